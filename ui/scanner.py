"""Takes what a scanner types out of the key events, whatever has the focus."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from models.i18n import _
from ui.wedge import FASTEST_PERSON_MS, LONGEST_SCAN, SHORTEST_SCAN, Verdict, Wedge

_ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
_POINTING = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}
_WATCHED = _KEYS | _POINTING | {QEvent.Type.InputMethod}
# The full-width forms that a Chinese input method makes of ASCII.
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_BLOCKED_MS = 15
_REPLAYED = 1  # the timestamp, in ms since the machine started, of what was held back


class Scanner(QObject):
    """Filters all events of the application: a scan is told, and nothing else sees it.

    Characters are held back for at most 35 ms (100 once there are enough for a scan
    that lacks only its Enter); what a person typed is then sent on as it came. Events
    whose timestamp is 0 are made by the program, such as the keypad's, and pass.
    """

    scanned = Signal(str)
    refused = Signal(str)  # in words for the cashier

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._wedge = Wedge()
        self._held: list[tuple[QObject, QKeyEvent | QInputMethodEvent]] = []
        self._unreleased: set[int] = set()  # keys whose press nobody saw
        self._composing_since_ms: int | None = None
        self._is_returning_commit = self._is_late = False
        self._stamp_ms, self._since_stamp = 0, QElapsedTimer()
        self._since_stamp.start()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setTimerType(Qt.TimerType.PreciseTimer)
        self._patience.timeout.connect(self._on_patience_over)
        app.installEventFilter(self)

    def stop(self) -> None:
        """Hear nothing more; what a person typed last is sent on."""
        self.flush()
        app = self.parent()
        assert app is not None
        app.removeEventFilter(self)
        self.deleteLater()

    def flush(self) -> None:
        """Send on at once whatever is held back."""
        self._wedge.give_up()
        self._replay()

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS or event.timestamp() == _REPLAYED:
            return False
        if event.type() is QEvent.Type.KeyRelease:
            return self._on_release(watched, event)
        character = "" if event.isAutoRepeat() else _character(event)
        if not character or not event.timestamp() or not self._judges(character):
            self.flush()
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return self._on_override(character, event)
        self._unreleased.discard(event.key())
        self._set_clock(event.timestamp())
        return self._take(character, event.timestamp(), watched, event)

    def _judges(self, character: str) -> bool:
        """Backspace, Esc and the like are a person's keys unless amid a burst."""
        return bool(self._held) or character.isprintable() or character in "\r\t\x1d"

    def _on_override(self, character: str, event: QKeyEvent) -> bool:
        """Let no shortcut act on a key before it is judged."""
        if character in "\r\t" and not self._wedge.awaits_end(event.timestamp()):
            self.flush()
            return False
        event.accept()
        return True

    def _on_release(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() or not event.timestamp():
            return False
        if event.key() in self._unreleased:
            self._unreleased.discard(event.key())
            return True
        if event.key() in _still_down(self._held):
            self._held.append((_receiver(watched), event.clone()))
            return True
        return False

    def _take(
        self,
        character: str,
        at_ms: int,
        watched: QObject,
        event: QKeyEvent | QInputMethodEvent,
    ) -> bool:
        """Act on the wedge's verdict; say whether the event stops here."""
        verdict, typed = self._wedge.feed(character, at_ms)
        if typed:
            self._replay()
        if verdict is Verdict.PASS:
            return False
        if verdict is Verdict.HOLD:
            self._held.append((_receiver(watched), event.clone()))
            self._is_late = False
            self._patience.start(self._wedge.waits_ms)
            return True
        self._forget([*self._held, (watched, event)])
        if verdict is Verdict.SCANNED:
            self.scanned.emit(self._wedge.scan)
        elif verdict is Verdict.REFUSED:
            self.refused.emit(_reason(self._wedge.scan))
        return True

    def _on_input_method(self, watched: QObject, event: QInputMethodEvent) -> bool:
        if self._is_returning_commit:
            return False
        at_ms = self._stamp_ms + self._since_stamp.elapsed()
        began_ms = self._composing_since_ms
        if not event.preeditString():
            self._composing_since_ms = None
        elif began_ms is None:
            self._composing_since_ms = at_ms
        text = event.commitString().translate(_HALF_WIDTH)
        if not text or not text.isascii() or not text.isprintable():
            self.flush()
            return False
        self._set_clock(at_ms)
        if began_ms is None and len(text) < SHORTEST_SCAN:
            return self._hold_commit(text, at_ms, watched, event)
        took_ms = 0 if began_ms is None else at_ms - began_ms
        return self._on_commit(text, at_ms, took_ms, watched)

    def _hold_commit(
        self, text: str, at_ms: int, watched: QObject, event: QInputMethodEvent
    ) -> bool:
        """One of a burst of commits, or a figure that a person typed."""
        for character in text[:-1]:
            if self._wedge.feed(character, at_ms)[1]:
                self._replay()
        return self._take(text[-1], at_ms, watched, event)

    def _on_commit(self, text: str, at_ms: int, took_ms: int, watched: QObject) -> bool:
        """Many characters in one: a scan, if no person could have typed them."""
        self.flush()
        is_too_slow = took_ms >= FASTEST_PERSON_MS * len(text)
        if len(text) < SHORTEST_SCAN or text.isalpha() or is_too_slow:
            return False
        empty = QInputMethodEvent()  # takes the composition out of the field
        for character in text:
            self._wedge.feed(character, at_ms)
        self._send_commit(watched, empty)
        return self._take("\r", at_ms, watched, empty)

    def _on_patience_over(self) -> None:
        late_ms = self._since_stamp.elapsed() - self._wedge.waits_ms
        if late_ms > _BLOCKED_MS and not self._is_late:
            # The program was busy: first judge the keys that came meanwhile.
            self._is_late = True
            self._patience.start(0)
            return
        self.flush()

    def _set_clock(self, at_ms: int) -> None:
        self._stamp_ms = at_ms
        self._since_stamp.restart()

    def _replay(self) -> None:
        """Send on what was held, marked so that it passes this time."""
        self._patience.stop()
        held, self._held = self._held, []
        for watched, event in held:
            if not shiboken6.isValid(watched):
                continue
            if isinstance(event, QKeyEvent):
                event.setTimestamp(_REPLAYED)
                QCoreApplication.sendEvent(watched, event)
            else:
                self._send_commit(watched, event)

    def _send_commit(self, watched: QObject, event: QInputMethodEvent) -> None:
        self._is_returning_commit = True
        QCoreApplication.sendEvent(watched, event)
        self._is_returning_commit = False

    def _forget(
        self, scan: list[tuple[QObject, QKeyEvent | QInputMethodEvent]]
    ) -> None:
        """Nobody saw these keys go down, so nobody shall see them come up."""
        self._patience.stop()
        self._held = []
        self._unreleased |= _still_down(scan)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _WATCHED:  # one look, since every event comes by here
            return False
        if isinstance(event, QKeyEvent):
            return self._on_key(watched, event)
        if isinstance(event, QInputMethodEvent):
            return self._on_input_method(watched, event)
        if not self._wedge.is_amid_burst:
            self.flush()  # what a person typed; a finger breaks no scan apart
        return False


def _character(event: QKeyEvent) -> str:
    """The one character that the key stands for, or nothing."""
    if event.key() in _ENDS:
        return _ENDS[Qt.Key(event.key())]
    text, modifiers = event.text(), event.modifiers()
    has_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    has_alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    is_alt_gr = has_control and has_alt
    if (has_control or has_alt) and text.isprintable() and not is_alt_gr:
        return ""
    return text if len(text) == 1 else ""


def _receiver(watched: QObject) -> QObject:
    """Who is to get the event later, even if the focus moves on meanwhile."""
    focused = QGuiApplication.focusObject()
    if not isinstance(watched, QWindow) or QApplication.activePopupWidget():
        return watched
    return focused or watched


def _still_down(held: list[tuple[QObject, QKeyEvent | QInputMethodEvent]]) -> set[int]:
    """The keys that went down in ``held`` and did not come up."""
    down: set[int] = set()
    for _watched, event in held:
        if not isinstance(event, QKeyEvent):
            continue
        if event.type() is QEvent.Type.KeyPress:
            down.add(event.key())
        else:
            down.discard(event.key())
    return down


def _reason(scan: str) -> str:
    if len(scan) > LONGEST_SCAN:
        return _("This code is too long for the till. Type its number instead.")
    return _("The scanner sent characters that no code has. Scan it once more.")

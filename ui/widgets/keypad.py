"""The keypad on the screen, for a finger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.icon import icon
from ui.widgets.named import described, named, styled

_Key = Qt.Key


@dataclass(frozen=True, slots=True)
class _Cap:
    """One key: its name, its place (row, column, rows), and what it types."""

    name: str
    place: tuple[int, int, int]
    strokes: tuple[tuple[_Key, str], ...]
    kind: str = "figure"
    icon: str = ""


def _digit(figure: str, row: int, column: int) -> _Cap:
    return _Cap(figure, (row, column, 1), _typed(figure))


def _typed(text: str) -> tuple[tuple[_Key, str], ...]:
    return tuple((_Key(ord(character)), character) for character in text)


_CLEAR = "clear"  # the one key that types nothing: it empties the field
_CAPS = (
    *(_digit(str(n), 2 - (n - 1) // 3, (n - 1) % 3) for n in range(1, 10)),
    _Cap("00", (3, 0, 1), _typed("00")),
    _digit("0", 3, 1),
    _digit(".", 3, 2),
    _Cap("backspace", (0, 3, 1), ((_Key.Key_Backspace, "\b"),), "act", "backspace"),
    _Cap(_CLEAR, (1, 3, 1), (), "act"),
    _Cap("enter", (2, 3, 2), ((_Key.Key_Enter, "\r"),), "enter", "keyboard_return"),
)


class Keypad(QWidget):
    """Types into its target, or into whatever has the focus, as a keyboard would.

    The keys never take the focus, and real key events are sent, so validators and
    Enter act as usual. ``pressed`` says the key's name: a figure, ".", "00",
    "backspace", "clear", "enter".
    """

    pressed = Signal(str)

    def __init__(
        self, target: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._target = target
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(size("gap_tiny"))
        for cap in _CAPS:
            self._add(cap)

    def type_into(self, target: QWidget | None) -> None:
        """Type into ``target`` from now on; None is whatever has the focus."""
        self._target = target

    def _add(self, cap: _Cap) -> None:
        button = styled("key", named(f"key_{cap.name}", QPushButton()))
        button.setProperty("kind", cap.kind)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(
            button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Expanding
        )
        if cap.icon:
            colour = "on_accent" if cap.kind == "enter" else "accent"
            button.setIcon(icon(cap.icon, colour))
            button.setIconSize(QSize(size("icon"), size("icon")))
        else:
            button.setText("C" if cap.name == _CLEAR else cap.name)
        if cap.kind != "figure":
            described(_words(cap.name), button)
        button.setAutoRepeat(cap.name == "backspace")
        button.pressed.connect(partial(self._press, cap))
        row, column, rows = cap.place
        self._grid.addWidget(button, row, column, rows, 1)

    def _press(self, cap: _Cap) -> None:
        target = self._target or QApplication.focusWidget()
        if target is not None:
            if cap.name == _CLEAR:
                _empty(target)
            for key, text in cap.strokes:
                _stroke(target, key, text)
        self.pressed.emit(cap.name)


def _words(name: str) -> str:
    return {
        "backspace": _("Delete the last figure"),
        "clear": _("Empty the field"),
        "enter": _("Enter"),
    }[name]


def _empty(target: QWidget) -> None:
    """Select all and delete it, as a person with a keyboard would."""
    _stroke(target, _Key.Key_A, "", Qt.KeyboardModifier.ControlModifier)
    _stroke(target, _Key.Key_Delete, "")


def _stroke(
    target: QWidget,
    key: Qt.Key,
    text: str,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))

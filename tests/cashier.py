"""Does what a person at the till does, and sees what a person sees."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QTableWidget,
    QWidget,
)

from models import clock
from models.i18n import Language, use_language
from models.people.deeds import Where
from models.selling import closing, shifts
from ui.application import Application
from ui.widgets.tile import TileButton

W = TypeVar("W", bound=QWidget)

_PERSON_MS, _SCANNER_MS = 120, 5
_PATIENCE_S = 30
_KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
    "Left": Qt.Key.Key_Left,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Del": Qt.Key.Key_Delete,
    "Ins": Qt.Key.Key_Insert,
    "L": Qt.Key.Key_L,
    **{f"F{n}": Qt.Key(Qt.Key.Key_F1.value + n - 1) for n in range(1, 13)},
}
_MODIFIERS = {
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
}


class Cashier:
    """Types keys, touches buttons and reads labels of the real window.

    Counts keys and touches, for what RULINGS.md 28 promises.
    """

    def __init__(
        self,
        folder: Path,
        *,
        is_demo: bool = False,
        language: Language | None = None,
        size: tuple[int, int] = (1366, 768),
    ) -> None:
        use_language(language or Language.ZH)  # as run() does
        config = folder / "config" / "Shanhai POS"  # as main.py names its own
        self.application = Application(folder, language, is_demo=is_demo, config=config)
        self.folder = folder
        self.keys = 0
        self.touches = 0
        self._clock_ms = 1000
        self._size = size
        folder.mkdir(parents=True, exist_ok=True)
        self.application.start()
        self.waits(lambda: self.screen is not None)
        self.screen.resize(*size)
        if self.application.window is not None:
            self.waits(lambda: self._is_connected() or not self.application.window)
        self.faces_the_window()

    def faces_the_window(self) -> None:
        """Keys go to a window only once it is the active one."""
        self.waits(lambda: bool(self.screen.isActiveWindow()))

    # --- doing --------------------------------------------------------------

    def scans(self, code: str) -> None:
        """A scanner types the code, 5 ms a character, and Enter."""
        self._clock_ms += 500
        for character in code:
            self._stroke(_key_of(character), character, _SCANNER_MS)
        self._stroke(Qt.Key.Key_Return, "\r", _SCANNER_MS)
        self._clock_ms += 500
        self._settle()

    def types(self, text: str) -> None:
        """Key by key at a person's speed, into whatever has the focus."""
        for character in text:
            self.keys += 1
            self._stroke(_key_of(character), character, _PERSON_MS)
        self._settle()

    def types_chinese(self, text: str) -> None:
        """What an input method commits."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focused, event)
        self._settle()

    def presses(self, key: str) -> None:
        """A key by its name, such as "F12", "Shift+F4", "Ctrl+Up" or "Enter"."""
        self.keys += 1
        *modifiers, name = key.split("+")
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= _MODIFIERS[modifier]
        if name == "Enter":
            self._stroke(_KEYS[name], "\r", _PERSON_MS)
        else:  # through the window system, which knows the shortcuts
            QTest.keyClick(self.screen.windowHandle(), _KEYS[name], held)
        self._settle()

    def touches_button(self, name: str) -> None:
        self._click(self.find(QAbstractButton, name))

    def chooses(self, group: str, value: str) -> None:
        """One of the buttons of a choice, as the settings have them."""
        button = self.find(QWidget, group).findChild(QAbstractButton, f"choice_{value}")
        assert isinstance(button, QAbstractButton)
        self._click(button)

    def double_clicks(self, name: str) -> None:
        """An impatient finger."""
        button = self.find(QAbstractButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.touches += 3
        self._settle()

    def touches_tile(self, words: str) -> None:
        """The tile whose name holds these words; it must be in reach of a finger."""
        found = [
            tile
            for tile in self.screen.findChildren(TileButton)
            if words in tile.face.name and tile.isVisible()
        ]
        assert found, f"no tile {words!r}"
        self._click(found[0])

    def touches_line(self, row: int) -> None:
        table = self.find(QTableWidget, "basket")
        self.touches += 1
        where = table.visualRect(table.model().index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self._settle()

    def fills(self, name: str, text: str) -> None:
        """Replace what stands in a field."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        if text.isascii():
            self.types(text)
        else:
            self.types_chinese(text)

    def ends_the_shift(self) -> None:
        """停售, as the closing issue's screen will do it."""
        work = self.application.work
        assert work is not None
        seat = work.desk.seat()
        with work.database.write() as session:
            shift = shifts.find_open(session, seat.till.id)
            assert shift is not None
            where = Where(
                seat.till.id, seat.staff_id, clock.now(), shift.business_date, shift.id
            )
            closing.seal(session, where, shift.id)

    def resizes(self, width: int, height: int) -> None:
        """And waits until everything has found its place."""
        self.screen.resize(width, height)
        for _again in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def leaves(self) -> None:
        """Close the till as the end of the day does."""
        self.application.stop()
        for view in (self.application.window, self.application.welcome):
            if view is not None:
                view.close()
                view.deleteLater()
        self.application.window = self.application.welcome = None
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- seeing -------------------------------------------------------------

    def sees(self, name: str, text: str) -> None:
        """Sooner or later the label or field shows exactly this."""
        self.waits(lambda: self.reads(name) == text, lambda: self.reads(name))

    def sees_in(self, name: str, part: str) -> None:
        self.waits(lambda: part in self.reads(name), lambda: self.reads(name))

    def reads(self, name: str) -> str:
        widget = self.find(QWidget, name)
        assert isinstance(widget, QLabel | QLineEdit | QAbstractButton), name
        return widget.text()

    def basket(self) -> list[str]:
        """The lines of the basket as a screen reader says them."""
        table = self.find(QTableWidget, "basket")
        texts = []
        for row in range(table.rowCount()):
            item = table.item(row, 0)
            assert item is not None
            texts.append(str(item.data(Qt.ItemDataRole.AccessibleTextRole)))
        return texts

    def tiles(self) -> list[str]:
        """The names on the tiles in view, in their order."""
        found = [
            tile for tile in self.screen.findChildren(TileButton) if tile.isVisible()
        ]
        places = {tile: (tile.y(), tile.x()) for tile in found}
        return [tile.face.name for tile in sorted(found, key=places.__getitem__)]

    def is_shown(self, name: str) -> bool:
        found = self.screen.findChild(QWidget, name)
        return isinstance(found, QWidget) and found.isVisible()

    def waits(
        self,
        condition: Callable[[], bool],
        explain: Callable[[], object] = lambda: "",
    ) -> None:
        """Until the condition holds; never for a time."""
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, explain()
            QTest.qWait(10)

    def photographs(self, file: Path) -> None:
        self._settle()
        file.parent.mkdir(parents=True, exist_ok=True)
        assert self.screen.grab().save(str(file))

    # --- finding ------------------------------------------------------------

    @property
    def screen(self) -> QWidget:
        """The window, or before there is a shop the welcome."""
        view = self.application.window or self.application.welcome
        assert view is not None
        return view

    @property
    def focused(self) -> QWidget:
        focused = self.screen.focusWidget()
        assert focused is not None
        return focused

    def find(self, kind: type[W], name: str) -> W:
        """The widget of that name that is in view, else any of that name."""
        found = [widget for widget in self.screen.findChildren(kind, name) if widget]
        assert found, f"nothing is called {name!r}"
        visible = [widget for widget in found if widget.isVisible()]
        return (visible or found)[0]

    def _is_connected(self) -> bool:
        work = self.application.work
        return work is not None and work.window is self.application.window

    def _click(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.objectName()
        assert button.isEnabled(), button.objectName()
        self.touches += 1
        where = QPoint(button.rect().center())
        if isinstance(button, QCheckBox):
            where.setX(button.height() // 2)  # the box itself, which is at the left
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=where)
        self._settle()

    def _stroke(self, key: Qt.Key, text: str, after_ms: int) -> None:
        """One key down and up, with the time that the scanner filter judges by."""
        self._clock_ms += after_ms
        window = self.screen.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self._clock_ms)
            QApplication.sendEvent(window, event)

    def _settle(self) -> None:
        """Let held-back keys, queued signals and paints happen."""
        if self.application.scanner is not None:
            self.application.scanner.flush()
        QTest.qWait(1)


def _key_of(character: str) -> Qt.Key:
    upper = character.upper()
    return Qt.Key(ord(upper)) if upper.isascii() else Qt.Key.Key_unknown

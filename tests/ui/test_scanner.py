"""Scans and typing as key events on real widgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.scanner import Scanner
from ui.widgets.keypad import Keypad

SCANNER_MS, PERSON_MS = 5, 120
CODE = "6901234567892"
_ENTERS = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}


@dataclass
class Keyboard:
    """Sends key events as a device would: to a window or widget, with timestamps."""

    target: QObject
    now_ms: int = 1_000
    modifiers: Qt.KeyboardModifier = field(
        default_factory=lambda: Qt.KeyboardModifier.NoModifier
    )

    def types(self, text: str, every_ms: int = PERSON_MS) -> None:
        for character in text:
            self.now_ms += every_ms
            key = _ENTERS.get(character) or Qt.Key(ord(character.upper()))
            self.strikes(key, character)

    def scans(self, code: str) -> None:
        self.types(code + "\r", SCANNER_MS)

    def strikes(self, key: Qt.Key, text: str = "") -> None:
        self._send(QEvent.Type.KeyPress, key, text)
        self._send(QEvent.Type.KeyRelease, key, text)

    def _send(self, kind: QEvent.Type, key: Qt.Key, text: str) -> None:
        event = QKeyEvent(kind, key, self.modifiers, text)
        event.setTimestamp(self.now_ms)
        QCoreApplication.sendEvent(self.target, event)


@dataclass
class Desk:
    scanner: Scanner
    edit: QLineEdit
    button: QPushButton
    window: QWidget
    keyboard: Keyboard
    scans: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    clicks: list[None] = field(default_factory=list)
    enters: list[None] = field(default_factory=list)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    window = QWidget()
    qtbot.addWidget(window)
    edit, button = QLineEdit(), QPushButton()
    layout = QVBoxLayout(window)
    layout.addWidget(edit)
    layout.addWidget(button)
    window.show()
    edit.setFocus()
    scanner = Scanner(qapp)
    made = Desk(scanner, edit, button, window, Keyboard(window.windowHandle()))
    scanner.scanned.connect(made.scans.append)
    scanner.refused.connect(made.refusals.append)
    button.clicked.connect(lambda: made.clicks.append(None))
    edit.returnPressed.connect(lambda: made.enters.append(None))
    yield made
    qapp.removeEventFilter(scanner)
    scanner.deleteLater()


def test_a_scan_is_told_and_the_focused_field_sees_nothing(desk: Desk) -> None:
    desk.keyboard.scans(CODE)
    assert desk.scans == [CODE]
    assert (desk.edit.text(), desk.enters) == ("", [])


def test_a_scan_sent_to_the_field_itself_is_told_as_well(desk: Desk) -> None:
    Keyboard(desk.edit).scans(CODE)
    assert (desk.scans, desk.edit.text(), desk.enters) == ([CODE], "", [])


def test_what_a_person_types_arrives_with_its_enter(desk: Desk) -> None:
    desk.keyboard.types("1001\r")
    assert (desk.scans, desk.edit.text(), len(desk.enters)) == ([], "1001", 1)


def test_a_typed_character_arrives_without_another_key(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.keyboard.types("7")
    assert desk.edit.text() == ""
    qtbot.waitUntil(lambda: desk.edit.text() == "7", timeout=1000)


def test_a_burst_without_enter_arrives_as_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.types("12345678", SCANNER_MS)
    qtbot.waitUntil(lambda: desk.edit.text() == "12345678", timeout=1000)
    assert desk.scans == []


def test_the_enter_of_a_scan_presses_no_button(desk: Desk) -> None:
    desk.button.setAutoDefault(True)
    desk.button.setFocus()
    desk.keyboard.scans(CODE)
    assert (desk.scans, desk.clicks) == ([CODE], [])
    assert not desk.button.isDown()


def test_a_space_in_a_scan_presses_no_button(desk: Desk) -> None:
    desk.button.setFocus()
    desk.keyboard.scans("ABC 12 34")
    assert (desk.scans, desk.clicks) == (["ABC 12 34"], [])
    assert not desk.button.isDown()


def test_a_space_of_a_person_presses_the_button_once(desk: Desk, qtbot: QtBot) -> None:
    desk.button.setFocus()
    desk.keyboard.types(" ")
    qtbot.waitUntil(lambda: len(desk.clicks) == 1, timeout=1000)
    assert not desk.button.isDown()


def test_a_scan_is_told_while_a_dialog_is_open(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk.window)
    button = QPushButton(dialog)
    button.setDefault(True)
    qtbot.addWidget(dialog)
    dialog.open()
    Keyboard(dialog.windowHandle()).scans(CODE)
    assert desk.scans == [CODE]
    assert dialog.isVisible()


def test_shortcuts_see_a_persons_keys_and_not_a_scanners(
    desk: Desk, qtbot: QtBot
) -> None:
    acts: list[None] = []
    for key in ("9", "Return"):
        shortcut = QShortcut(QKeySequence(key), desk.window)
        shortcut.activated.connect(lambda: acts.append(None))
    desk.button.setFocus()
    desk.keyboard.scans(CODE)
    assert (desk.scans, acts) == ([CODE], [])
    desk.keyboard.types("9\r")
    qtbot.waitUntil(lambda: len(acts) == 2, timeout=1000)


def test_other_keys_come_after_what_was_typed_before(desk: Desk) -> None:
    desk.keyboard.types("12")
    desk.keyboard.strikes(Qt.Key.Key_Home)
    desk.keyboard.types("3")
    desk.scanner.flush()
    assert desk.edit.text() == "312"


def test_a_backspace_comes_after_what_was_typed_before(desk: Desk) -> None:
    desk.keyboard.types("12\b3")
    desk.scanner.flush()
    assert desk.edit.text() == "13"


def test_what_was_typed_arrives_before_a_click(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.types("5")
    qtbot.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    assert desk.edit.text() == "5"


def test_a_click_does_not_break_a_scan_apart(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.types(CODE[:4], SCANNER_MS)
    qtbot.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    desk.keyboard.scans(CODE[4:])
    assert (desk.scans, desk.edit.text(), len(desk.clicks)) == ([CODE], "", 1)


def test_what_was_typed_goes_where_the_focus_was(desk: Desk) -> None:
    desk.keyboard.types("5")
    desk.button.setFocus()
    desk.scanner.flush()
    assert desk.edit.text() == "5"


def test_capitals_of_a_scanner_come_with_shift(desk: Desk) -> None:
    for character in "AbC1234":
        desk.keyboard.strikes(Qt.Key.Key_Shift)
        desk.keyboard.types(character, SCANNER_MS)
    desk.keyboard.types("\r", SCANNER_MS)
    assert (desk.scans, desk.edit.text()) == (["AbC1234"], "")


def test_a_group_separator_is_part_of_a_scan(desk: Desk) -> None:
    code = "0106901234567892\x1d10A7"
    desk.keyboard.scans(code)
    assert desk.scans == [code]


@pytest.mark.parametrize("code", ["690\x1b123456", "1" * 129, "1" * 3000])
def test_what_no_code_can_be_is_refused_in_words(desk: Desk, code: str) -> None:
    desk.keyboard.scans(code)
    assert (desk.scans, len(desk.refusals), desk.edit.text()) == ([], 1, "")
    assert desk.enters == []


def test_a_key_held_down_is_no_scan(desk: Desk) -> None:
    for stamp in range(1000, 1400, 30):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_1,
            Qt.KeyboardModifier.NoModifier,
            "1",
            autorep=True,
        )
        event.setTimestamp(stamp)
        QCoreApplication.sendEvent(desk.edit, event)
    desk.keyboard.types("\r", SCANNER_MS)
    assert (desk.scans, desk.edit.text()) == ([], "1" * 14)


def test_the_keypad_types_at_once_and_is_no_scan(desk: Desk, qtbot: QtBot) -> None:
    keypad = Keypad(desk.edit)
    qtbot.addWidget(keypad)
    for name in ("1", "2", "3", "4", "5", "00", "enter"):
        button = keypad.findChild(QPushButton, f"key_{name}")
        assert isinstance(button, QPushButton)
        button.click()
    assert (desk.edit.text(), desk.scans, len(desk.enters)) == ("1234500", [], 1)


def test_what_was_typed_is_lost_with_its_window(desk: Desk, qtbot: QtBot) -> None:
    other = QLineEdit()
    other.show()
    Keyboard(other).types("5")
    other.deleteLater()
    QCoreApplication.sendPostedEvents(other, QEvent.Type.DeferredDelete)
    desk.scanner.flush()
    assert desk.edit.text() == ""


def test_a_busy_program_does_not_break_a_scan_apart(desk: Desk) -> None:
    desk.keyboard.types(CODE[:3], SCANNER_MS)
    QThread.msleep(60)
    patience = desk.scanner.findChild(QTimer)
    assert isinstance(patience, QTimer)
    patience.timeout.emit()
    desk.keyboard.scans(CODE[3:])
    assert (desk.scans, desk.edit.text()) == ([CODE], "")


def commit(target: QWidget, text: str, preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)


def test_chinese_arrives_at_once(desk: Desk) -> None:
    commit(desk.edit, "瓮安毛峰")
    assert desk.edit.text() == "瓮安毛峰"


@pytest.mark.parametrize("text", [CODE, "６９０１２３４５６７８９２"])
def test_many_figures_in_one_commit_are_a_scan(desk: Desk, text: str) -> None:
    commit(desk.edit, text)
    assert (desk.scans, desk.edit.text()) == ([CODE], "")


def test_figures_committed_one_by_one_are_a_scan(desk: Desk) -> None:
    for figure in "６９０１２３４５６７８９２":
        commit(desk.edit, figure)
    stamp = desk.keyboard.now_ms = 1
    desk.keyboard.types("\r", stamp)
    assert (desk.scans, desk.edit.text(), desk.enters) == ([CODE], "", [])


def test_a_full_width_figure_of_a_person_arrives_as_it_was(
    desk: Desk, qtbot: QtBot
) -> None:
    commit(desk.edit, "６")
    qtbot.waitUntil(lambda: desk.edit.text() == "６", timeout=1000)
    assert desk.scans == []


def test_letters_committed_at_once_are_a_word(desk: Desk) -> None:
    commit(desk.edit, "maofeng")
    assert (desk.scans, desk.edit.text()) == ([], "maofeng")


def test_a_composition_that_a_scanner_filled_is_taken_out(desk: Desk) -> None:
    for end in range(1, 8):
        commit(desk.edit, "", preedit="abc1234"[:end])
    commit(desk.edit, "abc1234")
    assert (desk.scans, desk.edit.text()) == (["abc1234"], "")
    assert desk.edit.displayText() == ""


def test_a_short_composition_is_a_persons(desk: Desk) -> None:
    commit(desk.edit, "", preedit="ab1")
    commit(desk.edit, "ab1")
    assert (desk.scans, desk.edit.text()) == ([], "ab1")


turns = st.lists(
    st.one_of(
        st.tuples(st.just("types"), st.text("0123456789*\b", max_size=6)),
        st.tuples(st.just("scans"), st.text("0123456789AB -\x1d", min_size=6)),
    ),
    max_size=6,
)


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(turns)
def test_taking_turns_loses_and_doubles_nothing(
    desk: Desk, acts: list[tuple[str, str]]
) -> None:
    desk.edit.clear()
    desk.scans.clear()
    expected = ""
    for act, text in acts:
        desk.keyboard.now_ms += PERSON_MS
        if act == "scans":
            desk.keyboard.scans(text)
            continue
        desk.keyboard.types(text)
        for character in text:
            expected = expected[:-1] if character == "\b" else expected + character
    desk.scanner.flush()
    assert desk.scans == [text for act, text in acts if act == "scans"]
    assert desk.edit.text() == expected

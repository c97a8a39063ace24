"""The shared widgets, as a person uses them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assets.tokens import colour, size
from models.money import Money
from models.quantity import Quantity, Unit, WeightUnit
from tests.ui.pages import find
from ui.sounds import Sounds
from ui.widgets.bar_chart import Bar, BarChart, Chart, HourChart
from ui.widgets.elided import ElidedLabel
from ui.widgets.icon import icon
from ui.widgets.keypad import Keypad
from ui.widgets.list_model import RIGHT, Column, RowsModel
from ui.widgets.message_bar import Kind, MessageBar
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.number_edit import NumberEdit, QuantityEdit
from ui.widgets.search_edit import SearchEdit
from ui.widgets.status_dot import Health, StatusDot
from ui.widgets.tile import TileButton, TileFace


def types(widget: NumberEdit, text: str) -> str:
    for character in text:
        widget.insert(character)
    return widget.text()


def test_a_name_is_never_taken_for_html(qtbot: QtBot) -> None:
    label = styled("heading", QLabel("<b>茶</b>"))
    tile, elided, bar = TileButton(), ElidedLabel(), MessageBar()
    for widget in (label, tile, elided, bar):
        qtbot.addWidget(widget)
    tile.show_face(replace(tile.face, name="<img src=x> &lt; 茶"))
    elided.resize(20, 20)
    elided.setText("茶 & <i>酒</i>")

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert tile.toolTip() == "<span>&lt;img src=x&gt; &amp;lt; 茶</span>"
    assert elided.toolTip() == "<span>茶 &amp; &lt;i&gt;酒&lt;/i&gt;</span>"


def test_a_message_is_not_cut_inside_a_character(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.resize(300, bar.height())
    for more in range(4):
        bar.say("茶" * more + "👍🏽q\u0303" * 60)
        shown = find(bar, QLabel, "message").text()
        assert shown.endswith(("👍🏽…", "q\u0303…", "茶…"))


def test_a_widget_gets_its_name_place_role_and_words(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QHBoxLayout(page)
    button = styled("primary", named("pay", QPushButton(), layout))
    assert described("Pay", button) is button
    assert page.findChild(QPushButton, "pay") is button
    assert (button.property("role"), button.accessibleName()) == ("primary", "Pay")
    restyle(button, "role", "danger")
    assert button.property("role") == "danger"
    assert styled("hint", QLabel(), layout).parent() is page


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [
        ("12.5", "12.5", Money(1250)),
        ("12.345", "12.34", Money(1234)),
        ("12.", "12.", Money(1200)),
        (".5", "0.5", Money(50)),
        ("１２。５", "12.5", Money(1250)),
        ("1a-2,", "12", Money(1200)),
        ("1..2", "1.2", Money(120)),
        ("1234567890", "123456789", Money(12_345_678_900)),
        ("", "", None),
    ],
)
def test_a_money_field_takes_only_money(
    qtbot: QtBot, typed: str, shown: str, value: Money | None
) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    assert types(edit, typed) == shown
    assert edit.value() == value


def test_enter_hands_over_the_amount(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    types(edit, "8.")
    with qtbot.waitSignal(edit.entered) as entered:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert entered.args == [Money(800)]


def test_enter_on_an_empty_field_hands_over_nothing(qtbot: QtBot) -> None:
    for edit in (MoneyEdit(), QuantityEdit()):
        qtbot.addWidget(edit)
        with qtbot.assertNotEmitted(edit.entered):
            qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_typing_replaces_an_amount_that_was_filled_in(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    edit.show_amount(Money(16_716))
    assert edit.text() == "167.16"
    assert types(edit, "2") == "2"


@pytest.mark.parametrize(
    ("unit", "typed", "shown", "value"),
    [
        (None, "12", "12", Quantity(12, Unit.PIECE)),
        (None, "1.5", "15", Quantity(15, Unit.PIECE)),
        (None, "1234567", "123456", Quantity(123_456, Unit.PIECE)),
        (WeightUnit.JIN, "2.48", "2.48", Quantity(1240, Unit.GRAM)),
        (WeightUnit.KG, "1.24", "1.24", Quantity(1240, Unit.GRAM)),
        (WeightUnit.KG, "１。２", "1.2", Quantity(1200, Unit.GRAM)),
        (WeightUnit.KG, "", "", None),
    ],
)
def test_a_quantity_field_takes_pieces_or_a_weight(
    qtbot: QtBot,
    unit: WeightUnit | None,
    typed: str,
    shown: str,
    value: Quantity | None,
) -> None:
    edit = QuantityEdit(unit)
    qtbot.addWidget(edit)
    assert types(edit, typed) == shown
    assert edit.value() == value


def test_a_quantity_field_changes_what_it_takes(qtbot: QtBot) -> None:
    edit = QuantityEdit()
    qtbot.addWidget(edit)
    types(edit, "3")
    edit.weigh_in(WeightUnit.JIN)
    assert types(edit, "1.5") == "1.5"
    with qtbot.waitSignal(edit.entered) as entered:
        qtbot.keyClick(edit, Qt.Key.Key_Enter)
    assert entered.args == [Quantity(750, Unit.GRAM)]
    edit.count_pieces()
    assert types(edit, "1.5") == "15"


def test_number_fields_have_no_input_method_and_figures_to_the_right(
    qtbot: QtBot,
) -> None:
    for edit in (MoneyEdit(), QuantityEdit()):
        qtbot.addWidget(edit)
        assert not edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert edit.alignment() & Qt.AlignmentFlag.AlignRight


def press(keypad: Keypad, *names: str) -> None:
    for name in names:
        button = keypad.findChild(QPushButton, f"key_{name}")
        assert isinstance(button, QPushButton)
        button.click()


def test_the_keypad_types_what_the_field_accepts(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    keypad = Keypad(edit)
    qtbot.addWidget(edit)
    qtbot.addWidget(keypad)
    press(keypad, "1", ".", ".", "2", "00", "5")
    assert edit.text() == "1.20"
    press(keypad, "backspace")
    assert edit.text() == "1.2"
    with qtbot.waitSignal(edit.entered) as entered:
        press(keypad, "enter")
    assert entered.args == [Money(120)]
    press(keypad, "clear")
    assert edit.text() == ""


def test_the_keypad_types_into_what_has_the_focus_and_leaves_it_there(
    qtbot: QtBot,
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QHBoxLayout(page)
    edit, keypad = MoneyEdit(), Keypad()
    layout.addWidget(edit)
    layout.addWidget(keypad)
    page.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    button = keypad.findChild(QPushButton, "key_7")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert edit.hasFocus()
    assert edit.text() == "7"


def test_the_keypad_says_which_key_was_pressed(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    names: list[str] = []
    keypad.pressed.connect(names.append)
    press(keypad, "0", "00", ".", "clear", "backspace", "enter")
    assert names == ["0", "00", ".", "clear", "backspace", "enter"]


def test_every_key_says_what_it_does(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    buttons = keypad.findChildren(QPushButton)
    assert len(buttons) == 15
    assert all(button.text() or button.accessibleName() for button in buttons)


def test_the_bar_says_one_thing_at_a_time_in_its_colour(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert (bar.text(), bar.kind()) == ("", None)
    bar.say("Parked.")
    assert (bar.text(), bar.kind()) == ("Parked.", Kind.PLAIN)
    bar.say("Out of paper.", Kind.DANGER)
    assert (bar.text(), bar.kind()) == ("Out of paper.", Kind.DANGER)
    assert bar.accessibleName() == "Out of paper."
    bar.clear()
    assert (bar.text(), bar.kind(), bar.accessibleName()) == ("", None, "")


def test_a_long_message_takes_two_lines_and_the_rest_is_in_the_tool_tip(
    qtbot: QtBot,
) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.resize(400, bar.height())
    bar.show()
    long = "换纸后自动补打。" * 30
    bar.say(long, Kind.WARN)
    words = bar.findChild(QLabel, "message")
    assert isinstance(words, QLabel)
    assert words.text().endswith("…")
    assert len(words.text()) > 20
    assert (bar.text(), bar.toolTip()) == (long, long)
    assert bar.height() == size("message_bar")
    bar.resize(1366, bar.height())
    bar.say("Short.")
    assert (words.text(), bar.toolTip()) == ("Short.", "")


def test_the_search_can_be_left_and_emptied(qtbot: QtBot) -> None:
    search = SearchEdit()
    qtbot.addWidget(search)
    search.show()
    clear = search.findChild(QToolButton, "clear_search")
    assert isinstance(clear, QToolButton)
    assert not clear.isVisible()
    qtbot.keyClicks(search, "mf")
    assert clear.isVisible()
    with qtbot.waitSignal(search.left):
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    clear.click()
    assert search.text() == ""


def test_the_search_is_left_after_five_idle_seconds(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QHBoxLayout(page)
    search, other = SearchEdit(), QPushButton()
    layout.addWidget(search)
    layout.addWidget(other)
    page.show()
    search.setFocus()
    qtbot.waitUntil(search.hasFocus)
    idle = search.findChild(QTimer)
    assert isinstance(idle, QTimer)
    assert (idle.isActive(), idle.interval()) == (True, 5000)
    with qtbot.waitSignal(search.left):
        idle.timeout.emit()
    other.setFocus()
    assert not idle.isActive()


def test_only_the_search_takes_an_input_method(qtbot: QtBot) -> None:
    search = SearchEdit()
    qtbot.addWidget(search)
    assert search.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_long_text_is_cut_and_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("黔南布依族苗族自治州瓮安县建中镇")
    qtbot.addWidget(label)
    label.resize(80, 30)
    label.show()
    assert label.is_elided()
    assert label.toolTip() == label.text()
    label.setText("瓮安")
    assert not label.is_elided()
    assert (label.toolTip(), label.accessibleName()) == ("", "瓮安")
    assert not label.grab().isNull()


@pytest.mark.parametrize("health", list(Health))
def test_the_dot_says_the_same_in_colour_and_words(
    qtbot: QtBot, health: Health
) -> None:
    dot = StatusDot()
    qtbot.addWidget(dot)
    dot.show_health(health, "The printer has no paper.")
    assert dot.health() is health
    assert dot.toolTip() == dot.accessibleName() == "The printer has no paper."
    dot.resize(dot.sizeHint())
    middle = dot.rect().center() + QPoint(0, 1)
    assert dot.grab().toImage().pixelColor(middle).name() == colour(health).lower()


@dataclass(frozen=True)
class Row:
    name: str
    total: Money


def rows_model() -> RowsModel[Row]:
    return RowsModel(
        [
            Column[Row]("Name", lambda row: row.name),
            Column[Row](
                "Total",
                lambda row: row.total.grouped,
                is_figure=True,
                colour=lambda row: "danger" if row.total < Money.ZERO else "",
            ),
        ]
    )


def test_rows_are_a_proper_model(qtmodeltester: ModelTester) -> None:
    model = rows_model()
    qtmodeltester.check(model)
    model.show_rows([Row("毛峰", Money(123_400)), Row("差额", Money(-1_230))])
    qtmodeltester.check(model)


def test_rows_show_figures_to_the_right_and_minus_in_danger() -> None:
    model = rows_model()
    model.show_rows([Row("毛峰", Money(123_400)), Row("差额", Money(-1_230))])
    role = Qt.ItemDataRole
    plain, minus = model.index(0, 1), model.index(1, 1)
    assert model.data(plain) == "1,234.00"
    assert model.data(plain, role.ForegroundRole) is None
    assert model.data(minus, role.ForegroundRole) == QColor(colour("danger"))
    assert model.data(plain, role.TextAlignmentRole) == RIGHT
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Total"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.row(minus) == model.rows()[1]


BARS = [
    Bar("疏附县", 10_000, "¥100.00", "#D55E00"),
    Bar("瓮安县", 40_000, "¥400.00", "#009E73"),
    Bar("退货", -500, "-¥5.00"),
]


def test_a_bar_chart_shows_the_most_first(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.show_bars(BARS)
    assert [bar.label for bar in chart.bars()] == ["瓮安县", "疏附县", "退货"]
    assert chart.accessibleDescription().startswith("瓮安县 ¥400.00; ")
    chart.resize(400, chart.sizeHint().height())
    picture = chart.grab().toImage()
    step = chart.height() // 3
    names = [
        {picture.pixelColor(x, step * row + step // 2).name() for x in range(400)}
        for row in range(3)
    ]
    assert "#009e73" in names[0]
    assert "#d55e00" in names[1]
    assert not {"#009e73", "#d55e00"} & names[2]


@pytest.mark.parametrize("chart", [BarChart, HourChart])
@pytest.mark.parametrize("bars", [[], BARS, BARS * 8, [Bar("9", 0, "¥0.00")], BARS[2:]])
@pytest.mark.parametrize("width", [40, 300, 1000])
def test_a_chart_can_draw_anything(
    qtbot: QtBot, chart: type[Chart], bars: list[Bar], width: int
) -> None:
    drawn = chart()
    qtbot.addWidget(drawn)
    drawn.say_when_empty("No sales today. The first one appears here.")
    drawn.show_bars(bars)
    drawn.resize(width, 200)
    assert not drawn.grab().isNull()


def test_hours_stay_in_their_order(qtbot: QtBot) -> None:
    chart = HourChart()
    qtbot.addWidget(chart)
    chart.show_bars(BARS)
    assert chart.bars() == tuple(BARS)


@pytest.mark.usefixtures("qapp")
def test_an_icon_has_the_colour_asked_for() -> None:
    side = size("icon")
    picture = icon("add", "danger").pixmap(side, side).toImage()
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert middle.name() == colour("danger").lower()


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A player that only writes down what it is to play."""
    heard = tmp_path / "heard"
    player = tmp_path / "aplay"
    player.write_text(f'#!/bin/sh\necho "$1" >> "{heard}"\n', encoding="utf-8")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return heard


@pytest.mark.parametrize("name", ["accepted", "refused", "paid"])
def test_sounds_are_played_by_a_program_beside_us(
    qtbot: QtBot, played: Path, name: str
) -> None:
    getattr(Sounds(), name)()
    qtbot.waitUntil(played.exists)
    qtbot.waitUntil(lambda: f"{name}.wav" in played.read_text("utf-8"))


@pytest.mark.usefixtures("qapp")
def test_sounds_can_be_turned_off(qtbot: QtBot, played: Path) -> None:
    sounds = Sounds(is_on=False)
    sounds.paid()
    sounds.is_on = True
    sounds.accepted()
    qtbot.waitUntil(played.exists)
    qtbot.waitUntil(lambda: bool(played.read_text("utf-8")))
    assert "paid" not in played.read_text("utf-8")


def test_without_a_player_the_machine_beeps(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[None] = []
    monkeypatch.setattr("ui.sounds.QApplication.beep", lambda: beeps.append(None))
    monkeypatch.setenv("PATH", str(tmp_path))
    Sounds().refused()
    qtbot.waitUntil(lambda: beeps == [None])


def test_a_narrow_tile_leaves_out_the_old_price_rather_than_overlap(
    qtbot: QtBot,
) -> None:
    face = TileFace(
        "大埔蜜柚", "9.90", "/斤", "12.80", "1,494", is_short=False, colour="#d95f02"
    )
    tile = TileButton()
    qtbot.addWidget(tile)

    def looks(face: TileFace, width: int) -> QImage:
        tile.resize(width, 96)
        tile.show_face(face)
        return tile.grab().toImage()

    without = replace(face, old_price="")
    assert looks(face, 150) == looks(without, 150)
    assert looks(face, 300) != looks(without, 300)

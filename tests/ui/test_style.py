"""The tokens and the style sheet: readable, complete, and without a jump."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import assets
from assets.tokens import colour, county_colours, further_colours, size, tokens
from ui import style
from ui.goods_fields_view import ListEdit
from ui.goods_pick_view import GoodsPick
from ui.widgets.named import styled

# Every pair of text and background that the style sheet or a widget makes.
TEXTS = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "surface_pressed"),
    ("ink", "accent_tint"),
    ("ink_second", "page"),
    ("ink_second", "surface"),
    ("ink_disabled", "fill_disabled"),
    ("ink_disabled", "surface"),
    ("ink_disabled", "page"),
    ("accent", "surface"),
    ("accent", "page"),
    ("accent", "accent_tint"),
    ("accent", "surface_pressed"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_accent_second", "accent"),
    ("surface", "ink"),
    ("good", "surface"),
    ("good", "page"),
    ("good", "good_tint"),
    ("warn", "surface"),
    ("warn", "page"),
    ("warn", "warn_tint"),
    ("on_accent", "warn"),
    ("ink", "warn_tint"),
    ("ink_second", "warn_tint"),
    ("ink", "watermark"),
    ("ink_second", "watermark"),
    ("danger", "surface"),
    ("danger", "page"),
    ("danger", "accent_tint"),
    ("danger", "danger_tint"),
    ("danger_pressed", "danger_tint"),
]


def luminance(code: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "background"), TEXTS)
def test_text_stands_out_from_its_background(text: str, background: str) -> None:
    assert contrast(colour(text), colour(background)) >= 4.5


@pytest.mark.parametrize("mark", ["edge", "accent"])
def test_outlines_of_what_can_be_touched_are_seen(mark: str) -> None:
    assert contrast(colour(mark), colour("surface")) >= 3
    assert contrast(colour(mark), colour("page")) >= 2.8


def test_every_county_has_a_colour_of_its_own() -> None:
    assert list(county_colours()) == ["653121", "441422", "522702", "522725"]
    colours = [*county_colours().values(), *further_colours()]
    assert len(set(colours)) == len(colours)


def test_tokens_are_colours_and_whole_pixels() -> None:
    assert all(re.fullmatch("#[0-9A-F]{6}", code) for code in tokens().colours.values())
    assert all(isinstance(px, int) for px in tokens().sizes.values())


def test_sizes_that_follow_from_others_do() -> None:
    assert size("touch_content") == size("touch") - 2 * size("border")
    assert size("key_content") == size("key") - 2 * size("border")
    assert size("focus_gap") == size("focus") - size("border")
    assert size("check_round") == size("check") // 2 + size("focus_gap")
    outer = size("touch") + 2 * size("focus_gap")
    assert size("ring_content") == outer - 2 * size("ring")
    sideways = size("gap_wide") + size("border") + size("focus_gap")
    assert size("ring_padding") == sideways - size("ring")


def test_the_style_sheet_is_filled_in_and_balanced() -> None:
    sheet = style.style_sheet()
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_the_pictures_of_the_style_sheet_have_its_colours() -> None:
    folder = assets.path("styles")
    used = {
        code
        for picture in folder.glob("*.svg")
        for code in re.findall("#[0-9A-F]{6}", picture.read_text(encoding="utf-8"))
    }
    assert used <= {colour("accent"), colour("ink"), colour("on_accent")}


@pytest.fixture
def styled_app(qapp: QApplication) -> QApplication:
    style.apply(qapp)
    return qapp


def test_our_font_is_used_and_has_both_weights(styled_app: QApplication) -> None:
    assert QFontInfo(styled_app.font()).family() == style.FONT_FAMILY
    assert styled_app.font().pixelSize() == size("text")
    weights = QFontDatabase.styles(style.FONT_FAMILY)
    assert {"Regular", "Bold"} <= set(weights)


def fresh_hint(widget: QWidget) -> QSize:
    if isinstance(widget, QAbstractButton):
        widget.setText("Sell")  # a button remembers its hint until then
    return widget.sizeHint()


@pytest.mark.parametrize(
    "make",
    [
        QPushButton,
        lambda: styled("primary", QPushButton("Pay")),
        lambda: styled("danger", QPushButton("Void")),
        lambda: styled("chip", QPushButton("All")),
        lambda: styled("nav", QPushButton("Sell")),
        QLineEdit,
        QComboBox,
        QDateEdit,
        QCheckBox,
        lambda: QTableWidget(2, 2),
    ],
)
@pytest.mark.usefixtures("styled_app")
def test_the_focus_ring_is_seen_and_moves_nothing(
    make: Callable[[], QWidget], qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    other, widget = QPushButton("other"), make()
    layout.addWidget(other)
    layout.addWidget(widget)
    layout.addStretch()
    style.dress(page)
    page.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before, hint = widget.grab().toImage(), fresh_hint(widget)
    widget.setFocus()
    assert widget.hasFocus()
    assert fresh_hint(widget) == hint
    assert widget.grab().toImage() != before
    assert widget.grab().toImage().pixelColor(1, widget.height() // 2).name() == (
        colour("accent").lower()
    )


@pytest.mark.usefixtures("styled_app")
def test_what_is_touched_is_large_enough(qtbot: QtBot) -> None:
    for widget in (QPushButton("a"), QLineEdit(), QComboBox(), QCheckBox("a")):
        qtbot.addWidget(widget)
        style.dress(widget)
        assert widget.sizeHint().height() >= size("touch")
    key = styled("key", QPushButton("7"))
    qtbot.addWidget(key)
    style.dress(key)
    assert key.sizeHint().height() >= size("key")
    assert key.sizeHint().width() >= size("key")


@pytest.mark.parametrize("make", [ListEdit, GoodsPick])
def test_a_list_that_drops_down_has_the_look_of_the_rest(
    make: Callable[[], QLineEdit | QComboBox], qtbot: QtBot
) -> None:
    """It is a window of its own, which no other one's style sheet reaches."""
    field = make()
    qtbot.addWidget(field)
    completer = field.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.styleSheet() == style.style_sheet()

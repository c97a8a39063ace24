"""Weighing labels at the till, their layouts in the settings, any code explained."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from sqlalchemy import text

from models.codes import check_digit
from models.i18n import Language
from tests import looks
from tests.cashier import Cashier
from ui.labels_view import LabelsCard
from ui.page import Page
from ui.widgets.message_bar import Kind, MessageBar

MELON = "10002"  # 花蜜瓜, 9.00 a kilogram
PAYING = (  # WeChat, Alipay, and Alipay in the shape of a label of layout 26
    "134567890123456789",
    "2812345678901234567",
    "260999912345678901",
)


@pytest.fixture
def start(start: Callable[..., Cashier]) -> Callable[..., Cashier]:
    """Opens the demonstration shop, in English where nothing else is said."""
    return lambda language=Language.EN: start(language=language)


def label(*parts: str) -> str:
    digits = "".join(parts)
    return digits + check_digit(digits)


def layouts(cashier: Cashier) -> list[tuple[object, ...]]:
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        rows = session.execute(
            text(
                "SELECT prefix, length, item_digits, fields, weight_unit, "
                "weight_decimals, check_rule FROM label_layout WHERE is_active "
                "ORDER BY position"
            )
        )
        return [tuple(row) for row in rows]


def number(cashier: Cashier, prefix: str) -> int:
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        found = session.scalar(
            text("SELECT id FROM label_layout WHERE prefix = :prefix"),
            {"prefix": prefix},
        )
    assert isinstance(found, int)
    return found


def bar(cashier: Cashier) -> tuple[Kind | None, str]:
    shown = cashier.find(MessageBar, "message_bar")
    return shown.kind(), shown.text()


def texts(cashier: Cashier) -> str:
    """Everything that is written anywhere in the window."""
    screen = cashier.screen
    said = [one.text() for one in screen.findChildren(QLabel)]
    said += [one.text() for one in screen.findChildren(QLineEdit)]
    said += [one.accessibleName() for one in screen.findChildren(QWidget)]
    return "\n".join(said)


def test_a_label_printed_at_another_price_is_sold_as_printed_and_told(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(label("26", MELON, "00900", "01000"))
    assert bar(cashier) == (None, "")
    cashier.scans(label("26", MELON, "00800", "01000"))
    kind, words = bar(cashier)
    assert kind is Kind.WARN
    assert words == (
        "The label says ¥8.00, but 1.000 kg come to ¥9.00 now. "
        "Was the price changed after weighing?"
    )
    cashier.sees("total", "¥17.00")
    cashier.scans(label("21", MELON, "03520"))
    assert bar(cashier) == (None, "")  # what was said goes with the next act
    cashier.sees("total", "¥52.20")


def add_layout_28(cashier: Cashier) -> None:
    """Hundredths of a jin after five digits of item number."""
    cashier.presses("F11")
    cashier.touches_button("add_layout")
    cashier.types("28")
    cashier.chooses("layout_fields", "weight")
    cashier.chooses("label_unit", "500g")
    cashier.chooses("weight_decimals", "2")
    cashier.chooses("check_rule", "warn")
    cashier.touches_button("save_layout")
    assert bar(cashier) == (Kind.GOOD, "Saved")
    cashier.presses("F1")


def test_the_form_shows_what_matters_and_how_a_label_will_be_read(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.presses("F11")
    cashier.touches_button("add_layout")
    assert not cashier.is_shown("add_layout")
    assert cashier.reads("layout_example") == "–"
    cashier.types("28")
    code = label("28", "00042", "01250")
    assert cashier.reads("layout_example") == f"{code}: item 42 · ¥12.50"
    cashier.chooses("layout_fields", "weight")
    assert not cashier.is_shown("amount_decimals")
    assert not cashier.is_shown("weight_decimals")
    cashier.chooses("label_unit", "500g")
    cashier.chooses("weight_decimals", "2")
    assert cashier.reads("layout_example").endswith(": item 42 · 6.840 kg")
    cashier.touches_button("cancel_layout")
    assert not cashier.is_shown("layout_form")
    assert len(layouts(cashier)) == 4


def test_a_new_layout_is_read_at_the_next_scan(start: Callable[..., Cashier]) -> None:
    cashier = start()
    code = label("28", MELON, "00248")
    cashier.scans(code)
    assert bar(cashier)[0] is Kind.DANGER
    add_layout_28(cashier)
    assert layouts(cashier)[-1] == ("28", 13, 5, "weight", "500g", 2, "warn")
    cashier.scans(code)
    cashier.sees("total", "¥11.16")  # 2.48 jin are 1.240 kg
    cashier.scans(f"{code[:-1]}{(int(code[-1]) + 1) % 10}")
    cashier.sees("total", "¥22.32")
    assert bar(cashier)[0] is Kind.WARN


def test_a_retired_layout_is_read_no_more(start: Callable[..., Cashier]) -> None:
    cashier = start()
    add_layout_28(cashier)
    cashier.presses("F11")
    retire = f"retire_layout_{number(cashier, '28')}"
    cashier.touches_button(retire)
    assert cashier.reads(retire) == "Press again to retire"
    cashier.touches_button(retire)
    assert [row[0] for row in layouts(cashier)] == ["20", "21", "22", "26"]
    cashier.presses("F1")
    cashier.scans(label("28", MELON, "00248"))
    assert bar(cashier)[0] is Kind.DANGER
    assert cashier.basket() == []


def test_a_layout_is_changed_and_one_that_cannot_be_read_keeps_the_form_open(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.presses("F11")
    before = layouts(cashier)
    cashier.touches_button(f"change_layout_{number(cashier, '26')}")
    assert cashier.reads("layout_prefix") == "26"
    cashier.chooses("check_rule", "ignore")
    cashier.touches_button("save_layout")
    assert bar(cashier) == (
        Kind.DANGER,
        "Payment codes begin with 26 too, and only the check digit tells them apart: "
        "it must be right.",
    )
    assert cashier.is_shown("layout_form")
    cashier.touches_button("cancel_layout")
    assert not cashier.is_shown("layout_form")
    assert layouts(cashier) == before

    cashier.touches_button(f"change_layout_{number(cashier, '26')}")
    cashier.chooses("layout_fields", "weight_amount")
    assert cashier.reads("layout_example").endswith("item 42 · ¥12.50 · 1.368 kg")
    cashier.chooses("item_digits", "4")
    assert cashier.reads("layout_example") == "–"
    cashier.chooses("item_digits", "5")
    cashier.fills("layout_prefix", "24")
    cashier.presses("Enter")
    assert layouts(cashier)[-1] == (
        "24",
        18,
        5,
        "weight_amount",
        "g",
        0,
        "require",
    )


def test_without_a_layout_the_card_says_so(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.presses("F11")
    for prefix in ("20", "21", "22", "26"):
        retire = f"retire_layout_{number(cashier, prefix)}"
        cashier.touches_button(retire)
        cashier.touches_button(retire)
    assert layouts(cashier) == []
    assert "None: labels are not read." in texts(cashier)


def test_a_code_is_explained_whether_it_is_typed_or_scanned(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.presses("F11")
    cashier.presses("F2")
    cashier.types(label("21", MELON, "03520"))
    cashier.presses("Enter")
    said = cashier.reads("explanation").splitlines()
    assert said[1] == "Item number 10002: Honey melon."
    assert (
        said[-1] == "The till sells 3.911 kg of Honey melon (¥9.00 per kg) for ¥35.20."
    )
    assert cashier.reads("unknown_code") == ""

    cashier.scans("6970019000220")
    assert cashier.reads("explanation").splitlines()[0] == (
        "6970019000220 is a barcode of Weng'an maofeng tea 250 g."
    )
    cashier.presses("Enter")  # nothing asked, nothing changed
    assert "maofeng" in cashier.reads("explanation")
    window = cashier.application.window
    assert window is not None
    assert window.page is Page.SETTINGS

    cashier.presses("F1")
    assert cashier.basket() == []
    cashier.presses("F11")
    assert not cashier.is_shown("explanation")  # it is asked anew


def test_a_scan_that_nobody_asked_about_is_sold(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.presses("F11")
    cashier.scans("6970019000220")
    cashier.sees("total", "¥78.00")
    window = cashier.application.window
    assert window is not None
    assert window.page is Page.TILL


@pytest.mark.parametrize("language", Language)
def test_a_payment_code_leaves_no_trace(
    start: Callable[..., Cashier], language: Language
) -> None:
    cashier = start(language)
    for code in PAYING:
        cashier.scans(code)
        assert bar(cashier)[0] is Kind.DANGER
        cashier.presses("F11")
        cashier.presses("F2")
        cashier.types(code)
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("explanation"))
        assert code[2:10] not in texts(cashier)
        cashier.presses("F1")
    written = [file for file in cashier.folder.rglob("*") if file.is_file()]
    assert written
    for code in PAYING:
        assert not [file for file in written if code.encode() in file.read_bytes()]


def test_a_long_code_does_not_widen_the_page(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.screen.resize(1024, 768)
    cashier.presses("F11")
    cashier.presses("F2")
    cashier.scans("https://example.invalid/" + "W" * 100)
    width = cashier.find(QLabel, "explanation").width()
    cashier.waits(lambda: cashier.is_shown("explanation"))
    assert width < 512


@pytest.mark.parametrize("language", Language)
def test_the_whole_card_can_be_read_and_touched(
    start: Callable[..., Cashier], language: Language
) -> None:
    """In a window high enough to show all of the page at once."""
    cashier = start(language)
    cashier.presses("F11")
    cashier.presses("F2")
    cashier.scans(label("26", MELON, "00800", "01000"))
    cashier.touches_button("add_layout")
    cashier.chooses("layout_fields", "amount_weight")
    cashier.chooses("label_unit", "kg")
    card, data = cashier.screen.findChild(LabelsCard), looks.data_of(cashier)
    assert isinstance(card, LabelsCard)

    def faults() -> list[str]:
        return looks.findings(card, language, data)

    for width, _height in looks.SIZES:
        cashier.screen.resize(width, 2000)
        assert card.width() < width
        cashier.waits(lambda: not faults(), faults)

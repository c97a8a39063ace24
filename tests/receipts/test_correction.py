"""What the papers of refunds and other corrections say, and what they leave out."""

from dataclasses import replace

import pytest

from models.i18n import Language
from models.kinds import DiscountKind, PaperWidth, SaleKind
from models.quantity import WeightUnit
from receipts import pdf, text
from receipts.document import Document
from receipts.receipt import receipt_for
from tests.receipts import pdf_reader
from tests.receipts.correction_samples import CORRECTIONS, off

_OF_CORRECTIONS = [
    name for name, one in CORRECTIONS.items() if one.kind is not SaleKind.SALE
]


def _paper(name: str, language: Language = Language.EN, copy: int = 0) -> Document:
    return receipt_for(
        CORRECTIONS[name], language=language, weight_unit=WeightUnit.JIN, copy=copy
    )


def _said(name: str, copy: int = 0) -> str:
    return text.render(_paper(name, copy=copy), PaperWidth.MM80)


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", _OF_CORRECTIONS)
def test_a_pdf_says_what_goes_back_of_which_receipt(
    name: str, language: Language, width: PaperWidth
) -> None:
    record = CORRECTIONS[name]
    assert record.corrects is not None
    data = pdf.render(_paper(name, language), width)
    (said,) = pdf_reader.texts(data)
    for line in record.lines:
        assert line.net.plain in said
    for payment in record.payments:
        assert payment.net.plain.removeprefix("-") in said
    for words in (record.number, record.corrects.number, record.corrects.reason):
        assert words in said
    assert pdf_reader.codes(data) == [record.code]


def test_the_paper_is_named_after_what_it_is() -> None:
    named = {
        name: _paper(name).title.removesuffix(" T01-000124") for name in CORRECTIONS
    }
    assert named["late"] == "Receipt T01-000123"
    assert named["refund"] == "Refund slip"
    assert named["compensation"] == "Compensation slip"
    assert named["payment_correction"] == "Payment correction"


def test_the_day_of_the_original_is_told_only_if_it_is_another() -> None:
    assert "Original T01-000123 (2026-11-23)" in _said("refund")
    assert "Original T01-000123\n" in _said("refund_otherwise")
    assert "Without a receipt" in _said("refund_without_receipt")


def test_who_let_it_happen_is_named_where_somebody_had_to() -> None:
    assert "Approved by 王店长" in _said("refund")
    assert "Approved" not in _said("refund_otherwise")


def test_money_that_goes_another_way_than_it_came_says_so() -> None:
    said = _said("refund_otherwise")
    assert "Back otherwise, by Cash" in said
    assert "It had been paid by WeChat" in said
    assert "otherwise" not in _said("refund")


def test_both_papers_of_an_exchange_name_it() -> None:
    for name in ("exchanged", "refund_exchanged"):
        assert "\nExchange  " in _said(name)


def test_a_red_invoice_is_asked_for_only_where_one_was_issued() -> None:
    assert "Red invoice needed for 24442000000012345678" in _said("refund")
    assert "invoice needed" not in _said("refund_otherwise")


def test_a_copy_of_a_refund_is_marked_as_one() -> None:
    assert "Copy 2" in _said("refund", copy=2)


def test_what_is_taken_off_stands_line_by_line_and_adds_up() -> None:
    lines = _said("discounts").splitlines()
    start = next(n for n, line in enumerate(lines) if "list prices" in line)
    end = next(n for n, line in enumerate(lines) if line.startswith("Amount due"))
    fen = [int(line.split()[-1].replace(".", "")) for line in lines[start:end]]
    assert sum(fen) == CORRECTIONS["discounts"].net.fen
    assert "老顾客" not in "".join(lines)  # why is the shop's own matter
    assert any(line.startswith("Discount: 满200减20") for line in lines)
    assert any(line.startswith("Discount: Bargain") for line in lines)


def test_a_discount_of_an_amount_names_no_percent() -> None:
    given = replace(
        CORRECTIONS["promotion"], discounts=(off(DiscountKind.ORDER, 2000),)
    )
    document = receipt_for(given, language=Language.EN, weight_unit=WeightUnit.JIN)
    [line] = [
        line
        for line in text.render(document, PaperWidth.MM80).splitlines()
        if line.startswith("Discount")
    ]
    assert line.split() == ["Discount", "on", "all", "-20.00"]


def test_what_was_sold_on_a_paper_slip_tells_its_own_time_and_when_it_was_typed() -> (
    None
):
    said = _said("late")
    assert "Time 2026-11-24 10:42:05" in said
    assert "Paper slip 0017" in said
    assert "Entered 2026-11-24 18:05:30" in said

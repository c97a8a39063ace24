"""What receipts say, compared whole in both languages and on both papers."""

from dataclasses import replace

import pytest

from models.i18n import Language
from models.kinds import PaperWidth
from models.quantity import WeightUnit
from models.selling.sale_record import SaleRecord
from receipts import text
from receipts.document import Qr
from receipts.receipt import receipt_for
from tests.receipts import golden_files
from tests.receipts.correction_samples import CORRECTIONS
from tests.receipts.samples import SALES, TEA, sale

_ALL = SALES | CORRECTIONS
_PAPERS = [(x, y) for x in Language for y in PaperWidth]
_FURTHER = {
    "copy": ("cash_change_rounding", WeightUnit.JIN, 2),
    "weighed_500g": ("weighed", WeightUnit.G500, 0),
    "weighed_kg": ("weighed", WeightUnit.KG, 0),
}


def _said(
    record: SaleRecord,
    language: Language = Language.ZH,
    width: PaperWidth = PaperWidth.MM80,
    unit: WeightUnit = WeightUnit.JIN,
    copy: int = 0,
) -> str:
    document = receipt_for(record, language=language, weight_unit=unit, copy=copy)
    return text.render(document, width)


@pytest.mark.parametrize(("language", "width"), _PAPERS)
@pytest.mark.parametrize("name", [*_ALL, *_FURTHER])
def test_a_receipt_says_what_its_golden_file_says(
    name: str, language: Language, width: PaperWidth
) -> None:
    source, unit, copy = _FURTHER.get(name, (name, WeightUnit.JIN, 0))
    said = _said(_ALL[source], language, width, unit, copy)
    golden_files.check(f"{name}_{language}_{width}", said)


def test_no_line_is_wider_than_the_paper_or_ends_in_a_blank() -> None:
    for record in _ALL.values():
        for width, columns in ((PaperWidth.MM58, 32), (PaperWidth.MM80, 48)):
            for line in _said(record, width=width).splitlines():
                assert line == line.rstrip()
                wide = sum(1 if char.isascii() else 2 for char in line)
                assert wide <= columns, line


def test_the_yuan_on_paper_is_never_the_sign_that_printers_lack() -> None:
    for record in _ALL.values():
        for language in Language:
            assert "\u00a5" not in _said(record, language)


def test_the_sums_are_the_records_own() -> None:
    record = SALES["event_price"]
    said = _said(record)
    for amount in (record.list_total, -record.discount, record.net):
        assert amount.plain in said


def test_the_code_is_the_records() -> None:
    document = receipt_for(
        SALES["demo"], language=Language.ZH, weight_unit=WeightUnit.KG
    )
    assert Qr(SALES["demo"].code) in document.rows
    assert document.title == "小票 T01-000123"


def test_a_sale_of_other_goods_has_no_sentence_about_assisted_ones() -> None:
    assert "帮扶" not in _said(SALES["not_assisted"])
    assert "本单帮扶产品：瓮安县 156.00元" in _said(SALES["zero_line"])


def test_a_demo_says_so_above_everything_else() -> None:
    said = _said(SALES["demo"])
    assert said.index("演示") < said.index("单号")


def test_a_first_print_is_not_marked_as_a_copy() -> None:
    assert "副本" not in _said(sale(TEA))
    assert "副本 2" in _said(sale(TEA), copy=2)


def test_a_sale_of_before_the_journal_has_no_record_on_its_paper() -> None:
    kept = replace(SALES["cash_change_rounding"], mark=None)
    made = receipt_for(kept, language=Language.EN, weight_unit=WeightUnit.KG)
    assert not any("Record" in str(row) for row in made.rows)

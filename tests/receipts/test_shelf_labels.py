"""Labels for the shelf: read back from the sheet, and scanned from its picture."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
import zxingcpp

from models.goods.shelf_labels import ShelfLabel
from models.i18n import Language
from models.money import Money
from models.quantity import Unit
from receipts import bars, shelf_labels
from tests.receipts import golden_files, pdf_reader

SAUCE = ShelfLabel(
    name="福泉香辣酱",
    name_en="Fuquan chilli sauce",
    county="福泉市",
    county_en="Fuquan",
    colour="#0072B2",
    spec="280g/瓶",
    unit=Unit.PIECE,
    unit_name="瓶",
    price=Money(2390),
    list_price=Money(2390),
    code="6970019000015",
    plu="",
    is_certified=True,
)
WALNUT = replace(
    SAUCE,
    name="疏附核桃",
    name_en="Shufu walnuts",
    county="疏附县",
    county_en="Shufu",
    colour="#D55E00",
    spec="",
    unit=Unit.GRAM,
    unit_name="kg",
    price=Money(5800),
    list_price=Money(5800),
    code="",
    plu="301",
)
HONEY = replace(
    SAUCE,
    name="瓮安百花蜜",
    name_en="",
    price=Money(5990),
    list_price=Money(6600),
    code="HONEY",
    is_certified=False,
)
PLAIN = ShelfLabel(
    name="手提袋",
    name_en="",
    county="",
    county_en="",
    colour="",
    spec="",
    unit=Unit.PIECE,
    unit_name="",
    price=None,
    list_price=None,
    code="",
    plu="",
    is_certified=False,
)
LONG = replace(
    SAUCE,
    name="瓮安县猴场镇高山云雾有机手工炒制明前特级黄金芽茶礼盒装两罐(每罐125克)" * 3,
    spec="净含量" * 30,
    unit_name="特制木盒",
    price=Money(123_456_789),
    list_price=Money(223_456_789),
    code="x" * 48,
)
WEIGHED_OFFER = replace(WALNUT, price=Money(5001), plu="10001", code="20301")
SHEET = (SAUCE, WALNUT, HONEY, PLAIN, LONG, WEIGHED_OFFER)


def _sheet(*labels: ShelfLabel, language: Language = Language.ZH) -> bytes:
    return shelf_labels.render(labels, language=language)


def _lines(data: bytes, page: int = 0) -> str:
    return re.sub(r"\r\n?", "\n", pdf_reader.texts(data)[page]) + "\n"


@pytest.mark.parametrize("language", Language)
def test_a_sheet_says_what_its_golden_file_says(language: Language) -> None:
    said = _lines(_sheet(*SHEET, language=language))
    golden_files.check(f"shelf_labels_{language}", said)


def test_the_same_labels_give_the_same_bytes() -> None:
    assert _sheet(*SHEET) == _sheet(*SHEET)


def test_a_scanner_reads_every_code() -> None:
    picture = pdf_reader.picture(_sheet(SAUCE, HONEY, WEIGHED_OFFER, WALNUT), scale=4)
    found = {code.text: code.format.name for code in zxingcpp.read_barcodes(picture)}

    assert found == {
        "6970019000015": "EAN13",
        "HONEY": "Code128",
        "20301": "Code128",
    }


@pytest.mark.parametrize(
    "code",
    ["6901234567892", "POMELO1", "036000291452", "a-B_9/$", "1234567890123456", "=B"],
)
def test_bars_are_read_as_the_code_they_stand_for(code: str) -> None:
    picture = pdf_reader.picture(_sheet(replace(SAUCE, code=code)), scale=5)
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == code


def test_what_a_scanner_could_not_read_is_written_as_text() -> None:
    data = _sheet(replace(LONG, code="x" * 24))
    assert "x" * 24 in _lines(data)
    assert zxingcpp.read_barcodes(pdf_reader.picture(data, scale=5)) == []


def test_weighed_goods_are_priced_by_the_jin_and_the_kilogram() -> None:
    said = _lines(_sheet(WALNUT))
    assert "29.00元" in said
    assert "58.00元/kg" in said
    assert "301" in said


def test_an_event_price_strikes_the_list_price() -> None:
    plain = replace(HONEY, price=Money(6600))
    assert HONEY.struck_price == Money(6600)
    assert plain.struck_price is None
    assert replace(HONEY, list_price=None).struck_price is None
    assert "66.00元" in _lines(_sheet(HONEY))
    assert "59.90元" in _lines(_sheet(HONEY))
    assert "活动价" not in _lines(_sheet(plain))
    assert "活动价" in _lines(_sheet(replace(HONEY, list_price=None)))


def test_twenty_four_labels_fill_a_sheet_and_one_more_begins_another() -> None:
    labels = [replace(SAUCE, name=f"茶{number}号") for number in range(25)]
    first, second = pdf_reader.texts(_sheet(*labels))

    assert "茶23号" in first
    assert "茶24号" in second
    assert "茶0号" not in second


def test_no_label_reaches_into_another() -> None:
    """With the longest of everything, all ink stays inside its own three by eight."""
    data = _sheet(LONG)
    picture = pdf_reader.picture(data, scale=3).convert("L").point(lambda v: 255 - v)
    millimetre = picture.width / 210
    box = (70 * millimetre + 5, 0, picture.width, 30 * millimetre)
    assert picture.crop(box).getbbox() is None
    below = (0, 39 * millimetre, 60 * millimetre, 70 * millimetre)
    assert picture.crop(below).getbbox() is None


def test_the_county_s_colour_stands_at_the_edge() -> None:
    picture = pdf_reader.picture(_sheet(SAUCE, PLAIN), scale=3)
    millimetre = picture.width / 210
    at = int(4.8 * millimetre), int(20 * millimetre)
    assert picture.getpixel(at) == (0x00, 0x72, 0xB2)
    beside = int(74.8 * millimetre), int(20 * millimetre)
    assert picture.getpixel(beside) == (255, 255, 255)


def test_bars_lie_side_by_side() -> None:
    for code in ("6970019000015", "POMELO1"):
        found = bars.bars_of(code)
        assert found[0][0] == 0
        for (start, width), (after, _width) in pairwise(found):
            assert start + width < after
    assert bars.modules_of("6970019000015") == 95

"""The bytes for the printer, read by an interpreter that knows only the manual."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.i18n import Language
from models.kinds import PaperWidth, Scheme
from models.money import Money
from models.office.day_record import DaySummary
from models.quantity import WeightUnit
from models.selling.sale_record import PartRecord, SaleRecord
from receipts import escpos, pdf, text
from receipts.columns import Line, lay_out
from receipts.day_slip import slip_for
from receipts.document import Bar, Bars, Document, Qr, Size, Text, centred
from receipts.receipt import receipt_for
from tests.receipts import escpos_reader
from tests.receipts.correction_samples import CORRECTIONS
from tests.receipts.escpos_reader import Paper, UnknownCommand
from tests.receipts.samples import (
    NOWHERE,
    SALES,
    WENGAN,
    cash,
    county,
    day,
    line,
    pieces,
    sale,
    sums,
)

pytestmark = pytest.mark.usefixtures("strange_characters")

_ALL = SALES | CORRECTIONS
_AMOUNT = re.compile(r"\d\.\d\d(?!\d)")
_DOTS = {PaperWidth.MM58: 384, PaperWidth.MM80: 576}


def _document(record: SaleRecord, language: Language = Language.ZH) -> Document:
    return receipt_for(record, language=language, weight_unit=WeightUnit.JIN)


def _printed(document: Document, width: PaperWidth = PaperWidth.MM58) -> Paper:
    return escpos_reader.read(escpos.render(document, width))


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", _ALL)
def test_the_printer_says_what_the_text_says(
    name: str, language: Language, width: PaperWidth
) -> None:
    document = _document(_ALL[name], language)
    paper = _printed(document, width)
    shown = text.render(document, width).splitlines()
    assert len(paper.lines) == len(shown)
    for printed, expected in zip(paper.lines, shown, strict=True):
        if printed.qr:
            assert expected.strip() == f"[{printed.qr}]"
        elif printed.picture is None:
            assert printed.text.strip() == expected.strip()
        assert printed.columns <= _DOTS[width] // 12


@pytest.mark.parametrize("width", PaperWidth)
def test_no_amount_is_drawn_as_a_picture_or_a_question_mark(width: PaperWidth) -> None:
    for record in _ALL.values():
        for language in Language:
            document = _document(record, language)
            paper = _printed(document, width)
            sent = [_AMOUNT.findall(x.text) for x in paper.lines]
            shown = text.render(document, width).splitlines()
            assert sent == [_AMOUNT.findall(x) for x in shown]
            assert "?" not in paper.text


def test_a_paper_begins_with_a_reset_and_ends_with_a_cut() -> None:
    paper = _printed(_document(SALES["demo"]))
    assert paper.did == ["reset", "feed 3", "cut"]
    assert paper.was_cut
    assert paper.drawer_pulses == []


def test_the_drawer_opens_before_anything_is_printed() -> None:
    document = _document(SALES["demo"])
    paper = escpos_reader.read(
        escpos.render(document, PaperWidth.MM58, opens_drawer=True)
    )
    assert paper.did[0] == "drawer"
    assert paper.drawer_pulses == [(0, 25, 250)]


def test_the_total_is_tall_and_what_follows_is_not() -> None:
    lines = _printed(_document(SALES["cash_change_rounding"])).lines
    (total,) = [x for x in lines if x.text.startswith("应收")]
    (tendered,) = [x for x in lines if x.text.startswith("收现")]
    assert (total.wide, total.high) == (1, 2)
    assert (tendered.wide, tendered.high) == (1, 1)


def test_a_short_name_of_the_shop_is_wide_and_a_long_one_only_tall() -> None:
    short = _printed(_document(SALES["demo"])).lines[0]
    long = _printed(_document(SALES["long_names"])).lines[0]
    assert (short.wide, short.high) == (2, 2)
    assert (long.wide, long.high) == (1, 2)


def test_a_last_line_that_is_tall_leaves_the_printer_at_its_normal_size() -> None:
    data = escpos.render(Document("", (centred("终", Size.BIG),)), PaperWidth.MM58)
    assert data.index(b"\x1d!\x00") > data.index("终".encode("gbk"))


def test_what_gbk_lacks_is_drawn_in_the_printers_grid() -> None:
    document = Document("", (Text("㛃A"), centred("䶮", Size.BIG)))
    for width, dots in _DOTS.items():
        plain, big = _printed(document, width).lines
        assert plain.picture is not None
        assert big.picture is not None
        assert plain.picture.size == (dots, 30)
        assert big.picture.size == (dots // 2, 30)
        assert (big.wide, big.high) == (2, 2)
        left, top, right, bottom = plain.picture.getbbox() or (0, 0, 0, 0)
        assert 0 <= left < right <= 36  # a Chinese cell and an ASCII one
        assert 0 < top < bottom < 30  # neither cut above nor below


def test_a_strange_county_does_not_take_its_amount_along() -> None:
    paper = _printed(_document(SALES["hostile_names"]), PaperWidth.MM80)
    assert "50.00元" in [x.text for x in paper.lines]


@pytest.mark.parametrize("width", PaperWidth)
def test_an_amount_in_a_name_keeps_the_marks_on_its_last_figure(
    width: PaperWidth,
) -> None:
    marked = Document("", (Text("茶12.50\u0301元"), Text("￥9.00\u0301 酱")))
    lines = [one.text for one in lay_out(marked, width) if isinstance(one, Line)]
    assert lines == ["茶", "12.50\u0301元", "￥9.00\u0301 酱"]


def test_the_bars_of_a_strange_county_stand_below_its_name() -> None:
    bars = (
        Bar("㛃县", "12.00", 1000, "#009E73", "1单"),
        Bar("无", "0.00", 0, "#009E73"),
        Bar("瓮安县", "6.00", 100, "#009E73"),
    )
    name, amount, full, note, nothing, half = _printed(
        Document("", (Bars(bars),))
    ).lines
    assert name.picture is not None
    assert amount.text == "12.00".rjust(32)
    assert full.text == "■" * 16
    assert note.text == "  1单"
    assert nothing.text == "无" + "0.00".rjust(30)
    assert half.text == "瓮安县" + "6.00".rjust(26)


def test_bars_without_room_beside_their_names_stand_below() -> None:
    bars = (
        Bar("积石山保安族东乡族撒拉族自治县", "1.00", 1000, "#009E73"),
        Bar("无", "0.00", 0, "#009E73"),
    )
    lines = [x.text for x in _printed(Document("", (Bars(bars),))).lines]
    assert "■" * 16 in lines
    assert all(len(x.encode("gbk")) <= 32 for x in lines)


def test_the_reader_refuses_what_no_manual_explains() -> None:
    for wrong in (b"\x07", b"\x1bZ", b"\x1c.", b"\x1dZ", b"abc", b"\xce", b"\x1b"):
        with pytest.raises(UnknownCommand):
            escpos_reader.read(wrong)


_ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(max_codepoint=0x1F),
        st.sampled_from(
            "\x1b\x1d\x1c\x10\x7f\u202e\u200b\ufeff\u2028㛃䶮𫍯🥜<>&¥ 瓮安，。"
        ),
    ),
    max_size=60,
)


@st.composite
def _hostile_sale(draw: st.DrawFn) -> SaleRecord:
    part = PartRecord(draw(_ANYTHING), "", draw(_ANYTHING), "", pieces(1), Money(100))
    bought = line(
        draw(_ANYTHING), 100, pieces(1), ("1", draw(_ANYTHING), ""), parts=(part,)
    )
    return replace(
        sale(bought, paid=(cash(100, 100),)),
        shop_name=draw(_ANYTHING),
        outlet_name=draw(_ANYTHING),
        event_name=draw(_ANYTHING),
        seller_name=draw(_ANYTHING),
        till_code=draw(_ANYTHING),
    )


@pytest.mark.parametrize("width", PaperWidth)
@given(record=_hostile_sale())
def test_hostile_names_neither_steer_the_printer_nor_stop_a_paper(
    width: PaperWidth, record: SaleRecord
) -> None:
    document = _document(record)
    for printed in _printed(document, width).lines:
        assert printed.columns <= _DOTS[width] // 12
        if printed.picture is not None:
            assert printed.picture.width * printed.wide == _DOTS[width]
    assert text.render(document, width).isascii() is False
    assert pdf.render(document, width).startswith(b"%PDF")


def _hostile_day(name: str) -> DaySummary:
    strange = ("1", name, "")
    return day(
        (
            county(strange, Scheme.EAST_WEST, "#009E73", sums(100), 1),
            county(WENGAN, Scheme.EAST_WEST, "#009E73", sums(50), 1),
            county(NOWHERE, Scheme.NONE, "#009E73", sums(1), 1),
        ),
        each=1,
        shop_name=name,
    )


@given(name=_ANYTHING)
def test_hostile_names_do_not_stop_the_days_slip(name: str) -> None:
    slip = slip_for(_hostile_day(name), language=Language.ZH)
    for printed in _printed(slip).lines:
        assert printed.columns <= 32


def test_the_code_reaches_the_printer_whole() -> None:
    (printed,) = _printed(Document("", (Qr("SH1:T01:A:1:ABCDEFGHIJ"),))).lines
    assert printed.qr == "SH1:T01:A:1:ABCDEFGHIJ"
    assert printed.centred

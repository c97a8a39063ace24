"""日结单 on A4 and as a workbook, from one record."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from models.i18n import Language, translator
from models.kinds import SaleKind
from models.money import Money
from models.office import workbook
from models.office.day_close_record import CheckKind, DayRecord, DayState
from models.office.file_table import FileTable
from receipts import day_close_book, day_close_pdf
from receipts.day_close_tables import tables_of
from receipts.day_close_words import (
    check_name,
    difference_name,
    document_name,
    signature_line,
    state_name,
)
from receipts.day_tables import Table
from tests.receipts import pdf_reader
from tests.receipts.day_close_samples import (
    ALONE,
    CHECKS,
    DIFFERENT,
    FIRST,
    PHONE,
    RIGHT,
    SHORT,
    SIGNED,
)

EN = translator(Language.EN)


def _tables(day: DayRecord) -> dict[str, Table]:
    return {one.title: one for one in tables_of(day, Language.EN, EN)}


def _row(table: Table, name: str) -> tuple[str, ...]:
    return next(row.cells for row in table.rows if row.cells[0] == name)


def _page(day: DayRecord, language: Language = Language.EN) -> str:
    return "\n".join(pdf_reader.texts(day_close_pdf.render(day, language=language)))


def _book(day: DayRecord) -> bytes:
    sheets = day_close_book.sheets_of(day, language=Language.EN)
    return workbook.render(sheets)


def test_expected_counted_and_difference_stand_beside_each_other() -> None:
    table = _tables(DIFFERENT)["Expected, counted, difference"]
    assert [row.cells[:4] for row in table.rows] == [
        ("Cash, without float", "300.00", "297.00", "-3.00"),
        ("Phone code 山海惠农聚合码", "120.00", "121.00", "+1.00"),
        ("Alipay 林晓 (personal code)", "50.00", "not counted", "-"),
        ("Exchange", "0.00", "-", "-"),
        ("Total of what was counted", "420.00", "418.00", "-2.00"),
    ]
    assert [row.differs for row in table.rows] == [(3,), (3,), (2,), (), (3,)]


def test_shifts_stand_side_by_side_four_to_a_table() -> None:
    tables = [
        one
        for one in tables_of(DIFFERENT, Language.EN, EN)
        if one.title == "Shifts side by side"
    ]
    assert [len(one.columns) for one in tables] == [5, 2]
    first = tables[0]
    assert _row(first, "Over or short") == (
        "Over or short",
        "0.00",
        "-3.00",
        "0.00",
        "0.00",
    )
    assert _row(first, "Float as left before")[2:4] == ("500.00", "-")
    assert _row(first, "Opened after the close of")[1:4] == ("", "", "2026-11-23")
    counted = _row(first, "Alipay 林晓 (personal code), counted")
    assert counted[1:4] == ("-", "not counted", "-")
    assert _row(first, "Alipay 林晓 (personal code)")[1:3] == ("-", "50.00")
    differs = {row.cells[0]: row.differs for row in first.rows}
    assert differs["Float as counted"] == (2,)
    assert differs["Over or short"] == (2,)
    assert differs["Phone code 山海惠农聚合码, counted"] == (1, 4)
    assert "Opened after the close of" not in {x.cells[0] for x in tables[1].rows}


def test_the_shifts_of_a_day_are_not_torn_apart_by_the_pages_end() -> None:
    """What was expected and what was counted stand on one page."""
    two = replace(SIGNED, shifts=SIGNED.shifts[:2])
    pages = pdf_reader.texts(day_close_pdf.render(two, language=Language.EN))
    [page] = [one for one in pages if "Shifts side by side" in one]
    assert page.index("Cash expected") < page.index("Handed on")


def test_each_check_has_a_tick_or_its_difference() -> None:
    table = _tables(DIFFERENT)["Checks"]
    assert [row.cells[3] for row in table.rows] == [
        "✓",
        "+0.34",
        "1 not right",
        "-2.00  2 not right",
        "+50.00  1 not right",
        "✓",
    ]
    assert table.rows[2].cells[4] == "瓮安黄金芽茶"


def test_what_is_sold_elsewhere_is_a_column_of_its_own_and_never_added() -> None:
    table = _tables(DIFFERENT)["By county and channel"]
    assert [(row.cells[0], *row.cells[3:]) for row in table.rows] == [
        ("Weng'an", "1,056.00", "390,000.00"),
        ("Shufu", "143.84", "-"),
        ("Not assisted", "0.50", "-"),
        ("No county", "-", "114,900.00"),  # nobody says that it is not assisted
        ("Total", "1,200.34", "504,900.00"),
    ]


def test_counties_channels_and_products_have_their_subtotals() -> None:
    rows = _tables(DIFFERENT)["By county, channel and product"].rows
    assert [row.cells for row in rows if row.is_total] == [
        ("Weng'an · Exhibition stall", "12", "-", "1,056.00"),
        ("Shufu · Exhibition stall", "-", "2.480", "143.84"),
        ("Not assisted · Exhibition stall", "1", "-", "0.50"),
        ("Total", "13", "2.480", "1,200.34"),
    ]


def test_a_document_of_an_earlier_day_says_of_which() -> None:
    rows = _tables(DIFFERENT)["Documents of earlier days"].rows
    assert [row.cells for row in rows] == [
        ("T01-000031", "Refund", "T01-000019", "2026-11-23", "-23.90"),
        ("T01-000032", "Paper slip", "", "2026-11-23", "59.90"),
    ]


def test_a_day_with_nothing_special_has_no_empty_tables() -> None:
    assert list(_tables(RIGHT)) == [
        "Expected, counted, difference",
        "Checks",
        "Shifts side by side",
        "By county and channel",
    ]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("day", [DIFFERENT, SIGNED, ALONE, RIGHT])
def test_the_page_says_who_signed_and_what_the_day_came_to(
    day: DayRecord, language: Language
) -> None:
    said = _page(day, language)
    assert "￥1,200.34" in said
    assert "2026-11-24" in said
    assert ("周会计" in said) == (day.signed is not None)
    assert ("次日与商户后台核对" in said) == bool(day.note)


def test_the_page_says_that_one_alone_signed_and_that_it_is_a_demonstration() -> None:
    said = _page(ALONE)
    assert "DEMO" in said
    assert "only person" in said
    assert "Not signed yet" in _page(DIFFERENT)


def test_a_long_note_goes_on_on_the_next_page() -> None:
    long = replace(SIGNED, note="逐笔核对如下：" * 900)
    assert len(pdf_reader.texts(day_close_pdf.render(long, language=Language.EN))) > 4


def test_everything_has_a_name() -> None:
    assert all(check_name(one, EN) for one in CheckKind)
    assert all(document_name(one, EN) for one in SaleKind)
    assert [state_name(one, EN) for one in DayState] == [
        "",
        "Not handed over",
        "To be signed",
        "Different",
        "Closed",
    ]
    assert signature_line(SIGNED, EN) == "Signed by 周会计, 2026-11-24 21:00"


def test_the_head_says_what_differs_even_if_it_comes_to_nothing() -> None:
    over, short = (
        replace(RIGHT, shifts=(replace(FIRST, tenders=(tender,)),), checks=CHECKS)
        for tender in (PHONE, SHORT)
    )
    assert difference_name(over, EN) == "over 1.00"
    assert difference_name(short, EN) == "short 3.00"
    assert difference_name(DIFFERENT, EN) == "Different"
    assert difference_name(RIGHT, EN) == "No difference"


# --- the workbook -------------------------------------------------------------------


def test_the_workbook_says_the_same_and_holds_no_formula() -> None:
    book = _book(SIGNED)
    with ZipFile(BytesIO(book)) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/sheet" in name]
        content = [parts.read(name).decode() for name in sheets]
    assert len(sheets) == 7
    assert not [one for one in content if re.search("<f[ >]", one)]
    read = CalamineWorkbook.from_filelike(BytesIO(book))
    day = {row[0]: row[1] for row in read.get_sheet_by_name("Day").to_python()}
    assert (day["Net received"], day["Over or short"]) == (1200.34, 0)
    assert day["Signature"] == "Signed by 周会计, 2026-11-24 21:00"
    tenders = read.get_sheet_by_name("Tenders").to_python()
    assert tenders[2] == [7, "Phone code 山海惠农聚合码", 120, 121, 1, "串班"]
    assert tenders[4] == [8, "Alipay 林晓 (personal code)", 50, "", "", ""]
    checks = read.get_sheet_by_name("Checks").to_python()
    assert checks[2] == ["Lines = receipts", 1200.34, 1200, "+0.34"]


def test_what_begins_with_an_equals_sign_stays_text() -> None:
    read = CalamineWorkbook.from_filelike(BytesIO(_book(DIFFERENT)))
    cuts = read.get_sheet_by_name("County, channel, product").to_python()
    assert cuts[1][5] == "=Weng'an tea"
    elsewhere = read.get_sheet_by_name("Not of this till").to_python()
    assert elsewhere[1][0] == "=贵州平台月报"
    assert elsewhere[1][6] == 390_000


def test_a_sheet_is_as_wide_as_its_words_and_goes_on_a_page() -> None:
    """What is very long goes on below; figures stand under their names."""
    note = "很" * 60
    table = FileTable(
        "日结", ("项目", "金额"), (("备注", note), ("实收净额", Money(116_830_000)))
    )
    with ZipFile(BytesIO(workbook.render([table]))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    widths = [float(one) for one in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert [round(one) for one in widths] == [11, 45]
    assert re.search(
        r'<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"', sheet
    )
    assert 'fitToHeight="0"' in sheet


def test_a_sheets_name_holds_nothing_that_a_spreadsheet_refuses() -> None:
    odd = FileTable("县/渠道:*?[1]" + "很" * 40, ("=名称",), (("=1+1",), (3,)))
    read = CalamineWorkbook.from_filelike(BytesIO(workbook.render([odd])))
    assert read.sheet_names == [("县 渠道    1 " + "很" * 40)[:31]]
    assert read.get_sheet_by_index(0).to_python() == [["=名称"], ["=1+1"], [3]]

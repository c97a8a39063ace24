"""Imports: looked at first, then all or nothing; twice is the same as once."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import i18n
from models.errors import (
    ColumnMissing,
    InvisibleCharacters,
    PosError,
    TooLong,
    WrongAmount,
    WrongField,
)
from models.goods import catalog, search_index, stock
from models.goods.drafts import PackCode, Part, ProductDraft
from models.i18n import Language
from models.kinds import Terms
from models.money import Money
from models.office import import_rows, imports, table_files
from models.office.import_plan import Change, Preview
from models.office.imports import Imported
from models.office.refusals import (
    BoxHasNoStock,
    ChangedSince,
    CodeIsNumber,
    ImportCancelled,
    NoSuchPart,
    OtherDetails,
    PartOfABox,
    RowRefused,
    TableRefused,
    TableTooHeavy,
    TableTooLarge,
    TwiceInTable,
    UnitIsFixed,
    UnsafeArchive,
    WrongEncoding,
)
from models.office.table_files import Table, TableRow
from models.quantity import Unit
from tests.shop import AT, DAY, SAUCE_CODE, Shop, draft, on_hand

GOOD_CODE = "6970019000060"


def _table(text: str) -> Table:
    """Lines of cells divided by |; the first is the header."""
    lines = [tuple(line.split("|")) for line in text.strip().splitlines()]
    rows = [TableRow(number, cells) for number, cells in enumerate(lines[1:], 2)]
    return Table(lines[0], tuple(rows), None)


def _preview(shop: Shop, text: str | Table) -> Preview:
    table = _table(text) if isinstance(text, str) else text
    with shop.database.read() as session:
        return imports.preview(session, table)


def _import(shop: Shop, text: str | Table) -> Imported:
    preview = _preview(shop, text)
    with shop.database.write() as session:
        return imports.apply(
            session,
            preview,
            outlet_id=shop.outlet_id,
            at=AT,
            staff_id=shop.staff_id,
        )


def _stored(shop: Shop, sku: str) -> ProductDraft:
    with shop.database.read() as session:
        found = session.scalars(
            select(catalog.Product.id).where(catalog.Product.sku == sku)
        ).one()
        return catalog.get_draft(session, found)


def _reasons(preview: Preview) -> list[tuple[int, str, type[PosError]]]:
    return [(one.row, one.column, type(one.reason)) for one in preview.errors]


def _only_reason(shop: Shop, text: str) -> PosError:
    preview = _preview(shop, text)
    assert not preview.drafts
    (refused,) = preview.errors
    return refused.reason


def test_opening_stock_counts_once_in_pieces_and_in_kilograms(shop: Shop) -> None:
    text = """
sku|name|sold_by|price_yuan|opening_stock
A1|红枣|piece|12|30
A2|苹果|weight|8.5|12.345
A3|空货架|piece|1|0
"""
    for _time in range(2):
        _import(shop, text)

        with shop.database.read() as session:
            products = {
                sku: session.scalars(
                    select(catalog.Product.id).where(catalog.Product.sku == sku)
                ).one()
                for sku in ("A1", "A2", "A3")
            }
            amounts = session.execute(
                select(
                    stock.StockMovement.amount,
                    stock.StockMovement.reason,
                    stock.StockMovement.business_date,
                ).where(stock.StockMovement.product_id.in_(products.values()))
            ).all()
        assert [tuple(row) for row in amounts] == [
            (30, stock.Reason.OPENING, DAY),
            (12_345, stock.Reason.OPENING, DAY),
        ]


def test_goods_that_came_since_the_preview_keep_the_table_out(shop: Shop) -> None:
    text = "sku|name|opening_stock\nA1|红枣|30"
    early = _preview(shop, text)
    _import(shop, text)

    with pytest.raises(ChangedSince), shop.database.write() as session:
        imports.apply(session, early, outlet_id=shop.outlet_id, at=AT)

    with shop.database.read() as session:
        total = session.scalars(
            select(stock.StockMovement.amount).where(stock.StockMovement.amount == 30)
        ).all()
    assert total == [30]


# --- what a row changes -----------------------------------------------------------


def test_an_empty_cell_changes_nothing_and_a_code_is_added(shop: Shop) -> None:
    result = _import(
        shop, f"sku|name|price_yuan|barcode|town\nSAUCE||25.90|{GOOD_CODE}|"
    )

    assert result == Imported(new=0, changed=1, same=0)
    before, after = draft("SAUCE"), _stored(shop, "SAUCE")
    assert after.price == Money(2590)
    assert after.barcodes == tuple(
        sorted((*before.barcodes, PackCode(GOOD_CODE)), key=lambda one: one.pack_size)
    )
    assert (after.name, after.supplier, after.town, after.village, after.terms) == (
        before.name,
        before.supplier,
        before.town,
        before.village,
        before.terms,
    )
    assert on_hand(shop, "SAUCE") == 100


def test_a_code_that_is_there_already_is_no_change(shop: Shop) -> None:
    preview = _preview(shop, f"sku|barcode\nSAUCE|{SAUCE_CODE}")

    assert (preview.new, preview.changed, preview.same) == (0, 0, 1)
    assert preview.drafts[0].change is Change.SAME


def test_columns_go_by_their_names_in_either_language(shop: Shop) -> None:
    _import(
        shop,
        """
备注|货号|品名|产地代码|分类|单位|规格|单价|进价|计价方式|秤号|认定|认定编号|供应商|镇|村|经营方式|保质期天数
随便|B1|刺梨|522702|水果|kg|散装|9.9|6|称重|20001|是|FP-1|山味社|黄丝镇|邦乐村|代销|15
""",
    )

    found = _stored(shop, "B1")
    assert found == ProductDraft(
        sku="B1",
        name="刺梨",
        unit=Unit.GRAM,
        category="水果",
        county_code="522702",
        unit_name="kg",
        spec="散装",
        price=Money(990),
        cost=Money(600),
        plu="20001",
        supplier="山味社",
        town="黄丝镇",
        village="邦乐村",
        terms=Terms.CONSIGNMENT,
        is_certified=True,
        certificate="FP-1",
        shelf_life_days=15,
    )


def test_a_new_category_loses_the_old_one_s_english_name(shop: Shop) -> None:
    preview = _preview(shop, "sku|category\nSAUCE|酱菜")

    assert preview.drafts[0].draft.category_en == ""


def test_terms_may_be_written_as_the_file_stores_them(shop: Shop) -> None:
    _import(shop, "sku|name|supplier|terms\nB1|茶|山味社|Joint")

    assert _stored(shop, "B1").terms is Terms.JOINT


def test_a_supplier_s_village_is_written_once_for_all_its_goods(shop: Shop) -> None:
    _import(
        shop,
        """
sku|name|supplier|village
B1|茶|山味社|
B2|米|山味社|邦乐村
B3|油|山味社|邦乐村
""",
    )

    assert _stored(shop, "B1").village == "邦乐村"


def test_short_rows_and_a_title_without_cells_are_read(shop: Shop) -> None:
    preview = _preview(shop, "sku|name|price_yuan\nB1|茶")

    assert preview.drafts[0].draft.price is None


# --- gift boxes -------------------------------------------------------------------


def test_a_box_may_hold_goods_of_later_rows_and_of_the_shop(shop: Shop) -> None:
    _import(
        shop,
        """
sku|name|made_of|sold_by
B1|礼盒|B2：2； SAUCE:1;WALNUT:0.5;|
B2|苹果||piece
""",
    )

    assert _stored(shop, "B1").parts == (
        Part("B2", 2),
        Part("SAUCE", 1),
        Part("WALNUT", 500),
    )


@pytest.mark.parametrize(
    ("made_of", "reason"),
    [
        ("NOWHERE:1", NoSuchPart),
        ("BOX:1", NoSuchPart),
        ("B1:1", NoSuchPart),
        ("B2:1", NoSuchPart),
        ("SAUCE:0", WrongField),
        ("SAUCE:a", WrongField),
        ("SAUCE:1;SAUCE:2", WrongField),
        ("SAUCE", NoSuchPart),
    ],
)
def test_a_box_that_cannot_be_packed_is_refused(
    shop: Shop, made_of: str, reason: type[PosError]
) -> None:
    preview = _preview(shop, f"sku|name|made_of\nB1|礼盒|{made_of}\nB2|另一盒|SAUCE:1")

    assert _reasons(preview) == [(2, "made_of", reason)]


def test_what_lies_in_a_box_becomes_no_box(shop: Shop) -> None:
    _import(shop, "sku|name|made_of\nB1|礼盒|BAG:1")

    text = "sku|name|made_of\nBAG|袋装|POMELO:1"
    assert isinstance(_only_reason(shop, text), PartOfABox)


def test_goods_that_became_a_box_since_the_preview_keep_a_box_out(shop: Shop) -> None:
    early = _preview(shop, "sku|name|made_of\nB1|礼盒|BAG:1")
    _import(shop, "sku|name|made_of\nBAG|袋装|POMELO:1")

    with pytest.raises(ChangedSince), shop.database.write() as session:
        imports.apply(session, early, outlet_id=shop.outlet_id, at=AT)


def test_a_box_keeps_what_is_in_it_where_the_cell_is_empty(shop: Shop) -> None:
    parts = _stored(shop, "BOX").parts

    _import(shop, "sku|name|made_of\nBOX|新礼盒|")

    assert (_stored(shop, "BOX").name, _stored(shop, "BOX").parts) == ("新礼盒", parts)


def test_a_box_has_no_stock_of_its_own(shop: Shop) -> None:
    text = "sku|name|made_of|opening_stock\nB1|礼盒|SAUCE:1|5"

    assert isinstance(_only_reason(shop, text), BoxHasNoStock)


# --- rows that are refused ----------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "column", "reason"),
    [
        ("sku|name", "|茶", "sku", PosError),
        ("sku|name", "B1|", "name", PosError),
        ("sku|name", "6.97E+12|茶", "sku", CodeIsNumber),
        ("sku|name|barcode", "B1|茶|6.97E+12", "barcode", CodeIsNumber),
        ("sku|name|条码", "B1|茶|6970019000016", "条码", WrongField),
        ("sku|name|barcode", f"B1|茶|{SAUCE_CODE}", "barcode", PosError),
        ("sku|name|plu", "B1|茶|1e5", "plu", CodeIsNumber),
        ("sku|name|plu", "B1|茶|12a", "plu", WrongField),
        ("sku|name|plu", "B1|茶|301", "plu", PosError),
        ("sku|name|county_code", "B1|茶|440106", "county_code", WrongField),
        ("sku|name|price_yuan", "B1|茶|12.345", "price_yuan", WrongAmount),
        ("sku|name|price_yuan", "B1|茶|-1", "price_yuan", WrongAmount),
        ("sku|name|cost_yuan", "B1|茶|0.30000000000000004", "cost_yuan", PosError),
        ("sku|name|sold_by", "B1|茶|dozen", "sold_by", WrongField),
        ("sku|name|certified", "B1|茶|maybe", "certified", WrongField),
        ("sku|name|terms|supplier", "B1|茶|gift|x", "terms", WrongField),
        ("sku|name|shelf_life_days", "B1|茶|3.5", "shelf_life_days", PosError),
        ("sku|name|opening_stock", "B1|茶|2.5", "opening_stock", PosError),
        ("sku|name", "B1|茶\x00", "name", InvisibleCharacters),
        ("sku|name", "B1|茶\u202e叶", "name", InvisibleCharacters),
        ("sku|name", f"B1|{'茶' * 201}", "name", TooLong),
        ("sku|sold_by", "SAUCE|weight", "sold_by", UnitIsFixed),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_column(
    shop: Shop, header: str, cells: str, column: str, reason: type[PosError]
) -> None:
    preview = _preview(shop, f"{header}\n{cells}")

    assert not preview.drafts
    (refused,) = preview.errors
    assert (refused.row, refused.column) == (2, column)
    assert isinstance(refused.reason, reason)


def test_all_wrong_cells_of_all_rows_are_told(shop: Shop) -> None:
    preview = _preview(
        shop,
        """
sku|name|price_yuan|sold_by
B1|茶|abc|dozen
B2|米|3|piece
B1|油|x|piece
""",
    )

    assert [(one.row, one.column) for one in preview.errors] == [
        (2, "price_yuan"),
        (2, "sold_by"),
        (4, "sku"),
        (4, "price_yuan"),
    ]
    assert [one.draft.sku for one in preview.drafts] == ["B2"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("sku|name", "B1|茶"),
        ("name|barcode|sku", f"茶|{GOOD_CODE}|B%"),
        ("name|plu|sku", "茶|777|B%"),
    ],
)
def test_what_must_be_one_of_a_kind_stands_in_one_row_only(
    shop: Shop, header: str, cells: str
) -> None:
    rows = [cells.replace("%", str(number)) for number in (1, 2)]
    preview = _preview(shop, "\n".join((header, *rows)))

    (refused,) = preview.errors
    assert refused.row == 3
    assert isinstance(refused.reason, TwiceInTable)
    assert refused.reason.row == 2


def test_one_supplier_is_described_in_one_way(shop: Shop) -> None:
    preview = _preview(
        shop,
        "sku|name|supplier|town\nB1|茶|山味社|黄丝镇\nB2|米|山味社|牛场镇",
    )

    (refused,) = preview.errors
    assert (refused.row, refused.column) == (3, "town")
    assert isinstance(refused.reason, OtherDetails)


def test_a_box_keeps_out_of_counties(shop: Shop) -> None:
    preview = _preview(shop, "sku|name|county_code|made_of\nB1|礼盒|522702|SAUCE:1")

    assert _reasons(preview) == [(2, "county_code", WrongField)]


def test_all_of_a_long_table_is_found_at_once(shop: Shop) -> None:
    rows = "\n".join(f"L{n}|苹果{n}" for n in range(250))

    _import(shop, f"sku|name\n{rows}")

    with shop.database.read() as session:
        assert not search_index.is_due(session)


def test_one_wrong_row_keeps_the_whole_table_out(shop: Shop) -> None:
    text = "sku|name|price_yuan\nB1|茶|12\nB2|米|abc"

    with pytest.raises(TableRefused) as refused:
        _import(shop, text)

    assert refused.value.count == 1
    with shop.database.read() as session:
        skus = session.scalars(select(catalog.Product.sku)).all()
    assert "B1" not in skus


def test_a_table_without_a_column_for_the_sku_is_refused(shop: Shop) -> None:
    with pytest.raises(ColumnMissing, match="sku"):
        _preview(shop, "name|price_yuan\n茶|12")


@given(cells=st.lists(st.text(max_size=12), min_size=1, max_size=14))
def test_whatever_stands_in_a_row_is_read_or_refused(cells: list[str]) -> None:
    columns = ("sku", "price_yuan", "barcode", "sold_by", "certified", "terms")
    table = Table(columns, (TableRow(2, tuple(cells)),), None)
    (reader,) = import_rows.readers(table)

    reader.value("sku", import_rows.code)
    reader.value("price_yuan", import_rows.money)
    reader.value("barcode", import_rows.parts)
    reader.value("sold_by", import_rows.unit)
    reader.value("certified", import_rows.yes_or_no)
    reader.value("terms", import_rows.terms)

    assert all(str(one) for one in reader.refused)


def test_refusals_are_whole_sentences() -> None:
    i18n.use_language(Language.EN)
    sentences = [
        str(one)
        for one in (
            RowRefused(3, "price_yuan", WrongAmount()),
            TableRefused(2),
            TableTooLarge("goods.csv"),
            WrongEncoding("UTF-8"),
            CodeIsNumber("6.97E+12"),
            InvisibleCharacters(),
            TooLong(200),
            TwiceInTable("B1", 4),
            NoSuchPart("B9"),
            BoxHasNoStock(),
            UnitIsFixed(),
            OtherDetails("山味社", 2),
            PartOfABox("B9"),
            TableTooHeavy(),
            UnsafeArchive(),
            ImportCancelled(),
            ChangedSince(),
        )
    ]

    assert sentences[0] == (
        "Row 3, column “price_yuan”: This is not an amount. Enter yuan, such as 12.50."
    )
    assert all(one.endswith(".") for one in sentences)


# --- from a spreadsheet ---------------------------------------------------------------


def test_a_spreadsheet_is_imported_as_its_csv_would_be(
    shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "goods.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["sku", "name", "barcode", "price_yuan", "county_code"])
        sheet.write_row(1, 0, ["B1", "茶", 6970019000060, 12.8, 522702])

    _import(shop, table_files.parse(path))

    found = _stored(shop, "B1")
    assert (found.price, found.barcodes, found.county_code) == (
        Money(1280),
        (PackCode(GOOD_CODE),),
        "522702",
    )

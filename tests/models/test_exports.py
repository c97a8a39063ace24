"""The catalogue as a table: whole, harmless to open, and taken back unchanged."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from models import places, schema
from models import settings as choices
from models.database import Database
from models.errors import NotWritten
from models.file_format import FILE_NAME
from models.goods import catalog, regions
from models.goods.drafts import BelowZero, PackCode, Part, ProductDraft
from models.i18n import Language
from models.kinds import OutletKind, Terms
from models.money import Money
from models.office import exports, formulas, imports, table_files, table_writing
from models.office.import_plan import Preview
from models.office.refusals import WrongEnding
from models.office.stored_goods import StoredGoods
from models.office.table_writing import TableKind
from models.people import staff
from models.people.roles import Role
from models.places import NewOutlet
from models.quantity import Unit
from tests.shop import AT, COUNTIES, Shop, change, draft

BOTH = pytest.mark.parametrize("kind", list(TableKind))
LANGUAGES = pytest.mark.parametrize("language", list(Language))
HOSTILE = (
    "=1+1",
    "+86 20 茶",
    "-5",
    "@SUM(A1)",
    "＝cmd|' /C calc'!A0",
    "＋茶",
    "－茶",
    "＠茶",
    "'=1+1",
    "''@x",
    "'茶",
    '米,"一"袋',
    "1e5",
    "001",
    "TRUE",
    "2026-11-24",
    "http://x.example/?a=1",
    "=" * 200,
)


def _written(database: Database, kind: TableKind, language: Language) -> bytes:
    with database.read() as session:
        table = exports.catalogue(session, language)
    return table_writing.render(table, kind)


def _look(database: Database, content: bytes, folder: Path, kind: TableKind) -> Preview:
    file = folder / f"goods.{kind}"
    file.write_bytes(content)
    table = table_files.parse(file)
    with database.read() as session:
        return imports.preview(session, table)


def _goods(database: Database) -> list[ProductDraft]:
    with database.read() as session:
        return [one.draft for one in StoredGoods(session).all()]


def _unchanged(
    shop: Shop, folder: Path, kind: TableKind, language: Language = Language.ZH
) -> None:
    content = _written(shop.database, kind, language)
    found = _look(shop.database, content, folder, kind)
    assert found.errors == ()
    assert (found.new, found.changed, found.same) == (0, 0, len(_goods(shop.database)))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """A shop with the same counties and no goods yet."""
    opened = schema.open_shop(tmp_path / f"other-{FILE_NAME}")
    with opened.write() as session:
        choices.save(session, choices.Settings(shop_name="另一家"))
        for code, scheme, county_en in COUNTIES:
            regions.add_region(session, code, scheme, county_en=county_en)
        staff.add_staff(session, "陈舟", Role.MANAGER)
        outlet_id = places.add_outlet(session, NewOutlet("二号", OutletKind.STALL))
        places.add_till(session, name="一号机", outlet_id=outlet_id)
    yield opened
    opened.close()


@BOTH
@LANGUAGES
def test_what_was_exported_changes_nothing_when_it_is_imported(
    shop: Shop, tmp_path: Path, kind: TableKind, language: Language
) -> None:
    change(shop, "WALNUT", is_active=False, cost=Money(3001), tax_rate_bp=1300)
    _unchanged(shop, tmp_path, kind, language)


@BOTH
@LANGUAGES
def test_another_shop_takes_over_the_whole_catalogue(
    shop: Shop, other: Database, tmp_path: Path, kind: TableKind, language: Language
) -> None:
    change(shop, "TEA", is_active=False, tax_rate_bp=905)
    found = _look(other, _written(shop.database, kind, language), tmp_path, kind)
    assert found.errors == ()
    with other.write() as session:
        imports.apply(session, found, outlet_id=1, at=AT)

    expected = [replace(one, category_en="") for one in _goods(shop.database)]
    assert _goods(other) == expected
    sauce = next(one for one in expected if one.sku == "SAUCE")
    assert sauce.barcodes == draft("SAUCE").barcodes
    assert sauce.terms is Terms.CONSIGNMENT
    assert draft("BOX").parts == next(x for x in expected if x.sku == "BOX").parts


@BOTH
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_were(
    shop: Shop, tmp_path: Path, kind: TableKind, name: str
) -> None:
    change(shop, "BAG", name=name, spec=name, supplier=name, town=name)
    change(shop, "BAG", certificate=name, unit_name=name, category=name)
    code = name[:48] if name.isascii() and " " not in name else "-A"
    code = code.replace("1e5", "1e")  # which no code may look like
    risky = ProductDraft(
        sku=name[:60].replace("1e5", "1e"),
        name=name,
        unit=Unit.PIECE,
        barcodes=(PackCode(code, 3), PackCode("=B", 1, Money(5)), PackCode("+C")),
    )
    with shop.database.write() as session:
        catalog.save_product(session, risky, at=AT)
        box = replace(draft("BOX"), parts=(Part(risky.sku, 2), Part("BAG", 1)))
        catalog.save_product(session, box, at=AT)

    _unchanged(shop, tmp_path, kind)


@given(
    names=st.lists(st.text("'=+-@＝＋－＠a米 \"", min_size=1, max_size=6), max_size=5)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_defused_is_restored(names: list[str]) -> None:
    for name in names:
        assert formulas.restored(formulas.defused(name)) == name


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", *"＝＋－＠"])
def test_no_cell_of_a_csv_begins_like_a_formula(shop: Shop, first: str) -> None:
    named = text("UPDATE product SET name = :name, spec = :spec WHERE sku = 'BAG'")
    with shop.database.write() as session:  # as a file of an older till may have it
        session.execute(named, {"name": f"{first}1+1", "spec": f"''{first}x"})

    content = _written(shop.database, TableKind.CSV, Language.ZH)
    decoded = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(StringIO(decoded, newline="")) for cell in row]
    assert f"'{first}1+1" in cells
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]


def test_a_spreadsheet_holds_text_and_amounts_and_no_formula(shop: Shop) -> None:
    change(shop, "BAG", name="=1+1", spec="http://x.example/")

    content = _written(shop.database, TableKind.XLSX, Language.ZH)
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in book.namelist()
    assert "<f>" not in sheet
    assert "<v>23.90</v>" in sheet
    assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) == {"s"}


@BOTH
def test_long_lists_of_codes_and_parts_come_back(
    shop: Shop, tmp_path: Path, kind: TableKind
) -> None:
    codes = tuple(PackCode(f"CODE-{number:020}", number) for number in range(1, 41))
    change(shop, "BAG", barcodes=codes)
    parts = tuple(Part(f"A-LONG-SKU-{number}", number) for number in range(1, 41))
    with shop.database.write() as session:
        for part in parts:
            one = ProductDraft(sku=part.sku, name="茶", unit=Unit.PIECE)
            catalog.save_product(session, one, at=AT)
        catalog.save_product(session, replace(draft("BOX"), parts=parts), at=AT)

    _unchanged(shop, tmp_path, kind)


def test_titles_and_words_are_in_the_language_asked_for(shop: Shop) -> None:
    with shop.database.read() as session:
        zh = exports.catalogue(session, Language.ZH)
        en = exports.catalogue(session, Language.EN)

    assert zh.titles[:2] == ("货号", "名称")
    assert en.titles == exports.COLUMNS
    at = exports.COLUMNS.index
    assert (zh.rows[0][at("sold_by")], en.rows[0][at("sold_by")]) == ("计件", "piece")
    assert en.rows[0][at("barcode")] == "6970019000015; 6970019000022 ×10 220.00"
    assert en.rows[7][at("made_of")] == "SAUCE:2; WALNUT:0.5; POMELO:1; HONEY:1"


def test_a_pack_that_is_described_anew_is_changed(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(
        "sku,barcode\nSAUCE,6970019000022 x12 250；6970019000015;NEW-1 *6\n",
        encoding="utf-8",
    )
    with shop.database.read() as session:
        found = imports.preview(session, table_files.parse(file))
    with shop.database.write() as session:
        imports.apply(session, found, outlet_id=shop.outlet_id, at=AT)

    with shop.database.read() as session:
        stored = catalog.get_draft(session, shop.products["SAUCE"])
    assert stored.barcodes == (
        PackCode("6970019000015"),
        PackCode("NEW-1", 6),
        PackCode("6970019000022", 12, Money(25_000)),
    )


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("barcode", "NEW-1 ten"),
        ("barcode", "NEW-1 ×10 5.00 more"),
        ("barcode", "NEW-1 ×10 cheap"),
        ("barcode", "NEW-1 ×0"),
        ("tax_rate", "101"),
        ("below_zero", "maybe"),
        ("active", "perhaps"),
    ],
)
def test_cells_that_say_nothing_clear_are_refused(
    shop: Shop, tmp_path: Path, column: str, cell: str
) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(f"sku,{column}\nSAUCE,{cell}\n", encoding="utf-8")
    with shop.database.read() as session:
        (error,) = imports.preview(session, table_files.parse(file)).errors

    assert (error.row, error.column) == (2, column)


def test_what_is_said_of_tax_and_sale_is_stored(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("货号,税率,缺货时,在售\nTEA,9%,提醒,否\n", encoding="utf-8")
    with shop.database.read() as session:
        found = imports.preview(session, table_files.parse(file))
    with shop.database.write() as session:
        imports.apply(session, found, outlet_id=shop.outlet_id, at=AT)

    with shop.database.read() as session:
        stored = catalog.get_draft(session, shop.products["TEA"])
    assert (stored.tax_rate_bp, stored.below_zero, stored.is_active) == (
        900,
        BelowZero.WARN,
        False,
    )


def test_the_ending_of_its_name_says_how_a_file_is_written() -> None:
    assert table_writing.kind_of(Path("a/b.CSV")) is TableKind.CSV
    assert table_writing.kind_of(Path("b.xlsx")) is TableKind.XLSX
    with pytest.raises(WrongEnding, match=r"goods\.pdf"):
        table_writing.kind_of(Path("x/goods.pdf"))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "new" / "goods.csv"
    table_writing.write(file, b"one")
    table_writing.write(file, b"two")
    assert file.read_bytes() == b"two"
    assert [one.name for one in file.parent.iterdir()] == ["goods.csv"]
    with pytest.raises(NotWritten):
        table_writing.write(file / "below a file.csv", b"three")

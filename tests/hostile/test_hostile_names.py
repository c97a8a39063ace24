"""Names made to harm, into the till and onto paper, table, code and log.

What the catalogue refuses leaves nothing; what it takes is sold, and comes out as
words and nothing else. 1,000 of them, or 50,000 with HYPOTHESIS_PROFILE=prove.
"""

from __future__ import annotations

import csv
import json
import logging
import re
import unicodedata
import zipfile
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from models import logs
from models.errors import PosError, UnknownCode
from models.goods import listing, offers, shelf_labels
from models.i18n import Language
from models.kinds import PaperWidth
from models.office import (
    day_json,
    exports,
    formulas,
    imports,
    table_files,
    table_writing,
)
from models.office.table_files import Encoding, Table, TableRow
from models.office.table_writing import TableKind
from models.quantity import WeightUnit
from models.selling.sale_record import SaleRecord
from models.written import characters, tidy
from receipts import day_pdf, escpos, fonts, pdf
from receipts import shelf_labels as label_sheets
from receipts import text as plain_text
from receipts.clean import clean
from receipts.columns import COLUMNS, columns_of, gbk
from receipts.day_slip import slip_for
from receipts.receipt import receipt_for
from tests import invariants
from tests import shop as shops
from tests.hostile.fair import (
    NAMES,
    PROVE,
    Fair,
    packed,
    steers,
)
from tests.receipts import escpos_reader
from tests.receipts.pdf_reader import codes, texts

pytestmark = pytest.mark.timeout(3600 if PROVE else 120)


# --- in ---------------------------------------------------------------------------


def test_a_name_is_refused_in_one_sentence_or_kept_tidy(fair: Fair) -> None:
    print(f"{len(fair.stored)} names are taken, {len(fair.refused)} refused")
    assert len(fair.stored) + len(fair.refused) == len(NAMES)
    assert len(fair.stored) > len(NAMES) // 2
    assert len(fair.refused) > len(NAMES) // 20
    for error in fair.refused.values():
        assert re.fullmatch(r"[^\n]{4,80}[.。]", str(error)), str(error)
    for typed, name in fair.stored.items():
        assert name == tidy(name) == tidy(typed)
        assert 0 < len(name) <= 200
        assert not steers(name), name
    invariants.check(fair.shop.database)


def test_what_nobody_sees_is_taken_away_and_what_steers_is_refused(fair: Fair) -> None:
    assert fair.stored["\u200b=1"] == "=1"
    assert fair.stored["第一行\n第二行\r\n第三行"] == "第一行 第二行 第三行"
    assert fair.stored["𠮷" * 150] == "𠮷" * 150
    for typed in ("\u200b", "\u3164", "\x00", "\ud800", "\ufffe", "gpj.exe\u202e茶"):
        assert typed in fair.refused


def test_the_import_judges_names_as_the_form_does(fair: Fair) -> None:
    rows = (
        TableRow(number, (f"T{number:05}", name, "1.00"))
        for number, name in enumerate(NAMES, 2)
    )
    table = Table(("sku", "name", "price_yuan"), tuple(rows), None)
    with fair.shop.database.read() as session:
        preview = imports.preview(session, table)

    names = {one.row: one.draft.name for one in preview.drafts}
    reasons = {one.row: str(one.reason) for one in preview.errors}
    for number, typed in enumerate(NAMES, 2):
        assert names.get(number) == fair.stored.get(typed), typed
        assert (number in reasons) == (typed in fair.refused), typed
        if number in reasons:
            assert str(fair.refused[typed]).endswith(reasons[number])


def test_names_are_found_again_by_search_and_stop_no_search(fair: Fair) -> None:
    outlet, stand = fair.shop.outlet_id, fair.shop.stand()
    with fair.shop.database.read() as session:
        for typed in NAMES:
            found = offers.search(session, typed, stand, most=100)
            ids = [tile.product_id for tile in found]
            assert fair.ids.get(typed, 0) in [*ids, 0] or len(ids) == 100, typed
            with suppress(PosError):
                offers.find_line(session, typed, stand)
        for typed in NAMES[::10]:
            listing.list_products(session, outlet, typed)


# --- paper ------------------------------------------------------------------------


@pytest.mark.parametrize("width", PaperWidth)
def test_names_neither_steer_a_printer_nor_are_cut_in_half(
    fair: Fair, width: PaperWidth
) -> None:
    columns = COLUMNS[width]
    for record in fair.records():
        document = receipt_for(record, language=Language.ZH, weight_unit=WeightUnit.JIN)
        paper = escpos_reader.read(escpos.render(document, width))
        for printed in paper.lines:
            assert printed.columns <= columns
            assert not steers(printed.text)
            if printed.picture is not None:
                assert printed.picture.width * printed.wide == columns * 12
        (code,) = [printed.qr for printed in paper.lines if printed.qr]
        assert re.fullmatch(r"SH1:T01:A:\d+:[A-Z2-7]{10}", code)
        lines = plain_text.render(document, width).splitlines()
        assert all(columns_of(line) <= columns for line in lines)
        _check_whole(record, lines, packed(paper.text))


def _check_whole(record: SaleRecord, lines: list[str], printed: str) -> None:
    """Each name is there from end to end, and no line begins with half a character."""
    said = packed("".join(lines))
    begun = [first_of(line) for line in lines if line.strip()]
    names = [clean(line.name) for line in record.lines]
    for name in names:
        assert packed(name) in said
        if gbk(name) is not None:
            assert packed(name) in printed.replace("\n", "")
    starts = {name[0] for name in names}
    for first in begun:
        is_whole = not unicodedata.category(first[0]).startswith("M")
        assert is_whole or first[0] in starts, first


def first_of(line: str) -> str:
    """The first character behind the blanks, but for a blank that carries marks."""
    return next(one for one in characters(line) if one != " ")


def test_names_can_be_copied_from_the_pdf(fair: Fair) -> None:
    for record in fair.records():
        document = receipt_for(record, language=Language.ZH, weight_unit=WeightUnit.JIN)
        rendered = pdf.render(document, PaperWidth.MM80)
        said = _comparable("".join(texts(rendered)))
        for line in record.lines:
            assert _comparable(_drawn(clean(line.name))) in said, line.name
    assert codes(rendered) == [record.code]


def _drawn(name: str) -> str:
    """The name with a box for each letter that the fonts lack, as a person sees it."""
    return "".join(map(fonts.drawable, characters(name)))


def _comparable(words: str) -> str:
    """PDFium composes and opens characters its own way, and ends lines with its own.

    The same mark twice on one letter, in one place, it reads once.
    """
    words = unicodedata.normalize("NFKD", words.replace("\ufffe", ""))
    words = "".join(one for one in words if not one.isspace() and one != "\u00ad")
    return "".join("".join(dict.fromkeys(one)) for one in characters(words))


def test_the_days_papers_and_the_shelf_labels_take_all_names(fair: Fair) -> None:
    day = shops.day_summary(fair.shop)
    assert len(day.products) >= len(fair.stored)
    page = day_pdf.render(day, language=Language.ZH)
    said = _comparable("".join(texts(page)))
    short = [name for _id, name in fair.goods() if len(name) < 8]
    for name in short:
        assert _comparable(_drawn(clean(name))) in said, name
    slip = escpos_reader.read(
        escpos.render(slip_for(day, language=Language.ZH), PaperWidth.MM58)
    )
    assert all(printed.columns <= 32 for printed in slip.lines)
    shown = json.loads(day_json.render(day))
    assert {one["name"] for one in shown["products"]} >= set(fair.stored.values())


def test_shelf_labels_show_each_name_or_its_whole_beginning(fair: Fair) -> None:
    with fair.shop.database.read() as session:
        labels = shelf_labels.labels_for(
            session, [one for one, _name in fair.goods()][:2400], fair.shop.stand()
        )
    said = _comparable(
        "".join(texts(label_sheets.render(labels, language=Language.ZH)))
    )
    for label in labels:
        drawn = _comparable(_drawn(clean(label.name)))
        assert drawn in said or drawn[:20] in said, label.name


# --- tables -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", TableKind)
@pytest.mark.parametrize("language", Language)
def test_a_table_holds_no_formula_and_comes_back_the_same(
    fair: Fair, tmp_path: Path, kind: TableKind, language: Language
) -> None:
    with fair.shop.database.read() as session:
        content = table_writing.render(exports.catalogue(session, language), kind)
    if kind is TableKind.CSV:
        _check_csv(content)
    else:
        _check_xlsx(content)
    file = tmp_path / f"goods.{kind}"
    file.write_bytes(content)
    table = table_files.parse(file)
    with fair.shop.database.read() as session:
        preview = imports.preview(session, table)
    assert preview.errors == ()
    assert (preview.new, preview.changed) == (0, 0)
    kept = {one.draft.name for one in preview.drafts}
    assert kept >= set(fair.stored.values())


def _check_csv(content: bytes) -> None:
    assert content.startswith(b"\xef\xbb\xbf")
    written = content.decode(Encoding.UTF8)
    assert not steers(written.replace("\r\n", ""))
    rows = list(csv.reader(StringIO(written, newline="")))
    assert {len(row) for row in rows} == {len(exports.COLUMNS)}
    for row in rows[1:]:
        for cell in row:
            assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell), cell
            assert formulas.defused(formulas.restored(cell)) == cell


def _check_xlsx(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    assert not [name for name in parts if "vba" in name or "external" in name.lower()]
    assert "hyperlink" not in "".join(parts).lower()
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f" not in sheet.replace("<formatted", "")
    assert set(re.findall(r' t="(\w+)"', sheet)) <= {"s"}


# --- log --------------------------------------------------------------------------


def test_a_record_of_the_log_is_one_line_whatever_it_names(
    fair: Fair, tmp_path: Path
) -> None:
    handler = logs.start(tmp_path)
    sentences = [f"“{name}” is sold" for name in NAMES]
    sentences += map(str, fair.refused.values())
    sentences += [str(UnknownCode(name)) for name in NAMES]
    try:
        for sentence in sentences:  # past pytest, which cannot report half a character
            handler.handle(logging.makeLogRecord({"msg": "%s", "args": (sentence,)}))
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()

    written = (tmp_path / logs.FILE_NAME).read_bytes().decode("utf-8")
    lines = written.split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(written.splitlines())
    last = sentences[-len(lines) :]
    assert PROVE or last == sentences  # so many begin a file after file
    for line, sentence in zip(lines, last, strict=True):
        assert line.isprintable(), line
        said = json.loads(line)["said"]
        assert _in_units(said) == _in_units(re.sub(r"[0-9]{8,}", "…", sentence))


def _in_units(words: str) -> bytes:
    """JSON does not tell two halves of a character from the character."""
    return words.encode("utf-16", "surrogatepass")

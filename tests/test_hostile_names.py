"""Names made to harm, on every way out of the till: 1,000, or 50,000 to prove it.

What the catalogue refuses leaves nothing; what it takes is sold, and comes out on
screen, paper, table, code and log as words and nothing else.
"""

from __future__ import annotations

import csv
import html
import json
import logging
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from models import logs, schema
from models.cart import Cart, counted
from models.errors import PosError, UnknownCode
from models.file_format import FILE_NAME
from models.goods import catalog, listing, offers, shelf_labels
from models.goods.drafts import ProductDraft
from models.i18n import Language
from models.kinds import AccountKind, Method, PaperWidth
from models.money import Money
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
from models.quantity import Unit, WeightUnit
from models.selling import sale_reading
from models.selling.account_row import AccountRow
from models.selling.sale_reading import Wanted
from models.selling.sale_record import SaleRecord
from models.selling.sold import Sold
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
from tests.names import WHOLE, hostile
from tests.receipts import escpos_reader
from tests.receipts.pdf_reader import codes, texts
from tests.shop import AT, Shop
from ui import style
from ui.background import Background
from ui.basket_view import BasketView
from ui.entry_view import EntryView
from ui.goods_grid_view import face_of
from ui.goods_presenter import GoodsPresenter
from ui.goods_view import GoodsView
from ui.papers import Papers
from ui.payment_view import PaymentView
from ui.receipts_presenter import ReceiptsPresenter
from ui.receipts_view import ReceiptsView
from ui.widgets.elided import ElidedLabel
from ui.widgets.message_bar import Kind, MessageBar
from ui.widgets.tile import TileButton

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
NAMES = hostile(50_000 if PROVE else 1000)
PER_SALE = 30
STEERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # no cell, line or label may hold these

pytestmark = pytest.mark.timeout(3600 if PROVE else 120)


@dataclass(frozen=True)
class Fair:
    """A shop that was offered all the names."""

    shop: Shop
    refused: dict[str, PosError]  # by the name as it was typed
    stored: dict[str, str]  # the name as it was typed -> as it is kept
    ids: dict[str, int]  # by the name as it was typed
    sold: list[Sold]

    def goods(self) -> list[tuple[int, str]]:
        return [(self.ids[typed], name) for typed, name in self.stored.items()]

    def records(self) -> list[SaleRecord]:
        with self.shop.database.read() as session:
            return [sale_reading.get_record(session, one.sale_id) for one in self.sold]


@pytest.fixture(autouse=True, scope="module")
def strange_characters() -> Iterator[None]:
    """Characters that no font has are meant here; their warning is not news."""
    log = logging.getLogger("receipts.fonts")
    log.disabled = True
    yield
    log.disabled = False


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fair]:
    database = schema.open_shop(tmp_path_factory.mktemp("fair") / FILE_NAME)
    shop = shops.set_up(database)
    offered = Fair(shop, {}, {}, {}, [])
    with database.write() as session:  # one, for the sake of time
        for number, name in enumerate(NAMES):
            _offer(session, offered, number, name)
    offered.sold.extend(_sell(shop, list(offered.ids.values())))
    yield offered
    database.close()


def _offer(session: Session, fair: Fair, number: int, name: str) -> None:
    draft = ProductDraft(
        f"N{number:05}", name, Unit.PIECE, price=Money(100 + number), spec="500g"
    )
    try:
        product_id = catalog.save_product(session, draft, at=AT)
    except PosError as error:
        fair.refused[name] = error
        products, *_others = _count(session)  # nothing, not even for the same act
        assert products == len(shops.GOODS) + len(fair.ids), name
    else:
        fair.ids[name] = product_id
        fair.stored[name] = catalog.get_draft(session, product_id).name


_COUNT = text("""SELECT (SELECT count(*) FROM product),
  (SELECT count(*) FROM category), (SELECT count(*) FROM supplier)""")


def _count(session: Session) -> tuple[int, ...]:
    return tuple(session.execute(_COUNT).one())


def _sell(shop: Shop, ids: Sequence[int]) -> Iterator[Sold]:
    for first in range(0, len(ids), PER_SALE):
        yield shops.sell_basket(shop, _basket(shop, ids[first : first + PER_SALE]))


def _basket(shop: Shop, ids: Sequence[int]) -> Cart:
    stand, cart = shop.stand(), Cart()
    with shop.database.read() as session:
        for product_id in ids:
            item = offers.get_item(session, product_id, stand)
            cart, _row = cart.add(counted(item, 1))
    return cart


def _steers(words: str) -> list[str]:
    return [hex(ord(one)) for one in words if unicodedata.category(one) in STEERS]


def _packed(words: str) -> str:
    """Without blanks: where lines are broken, they go."""
    return "".join(words.split())


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
        assert not _steers(name), name
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
            assert not _steers(printed.text)
            if printed.picture is not None:
                assert printed.picture.width * printed.wide == columns * 12
        (code,) = [printed.qr for printed in paper.lines if printed.qr]
        assert re.fullmatch(r"SH1:T01:A:\d+:[A-Z2-7]{10}", code)
        lines = plain_text.render(document, width).splitlines()
        assert all(columns_of(line) <= columns for line in lines)
        _check_whole(record, lines, _packed(paper.text))


def _check_whole(record: SaleRecord, lines: list[str], printed: str) -> None:
    """Each name is there from end to end, and no line begins with half a character."""
    said = _packed("".join(lines))
    begun = [line.lstrip() for line in lines if line.strip()]
    names = [clean(line.name) for line in record.lines]
    for name in names:
        assert _packed(name) in said
        if gbk(name) is not None:
            assert _packed(name) in printed.replace("\n", "")
    starts = {name[0] for name in names}
    for line in begun:
        is_whole = not unicodedata.category(line[0]).startswith("M")
        assert is_whole or line[0] in starts, line


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
    """PDFium composes and opens characters its own way, and ends lines with its own."""
    words = unicodedata.normalize("NFKD", words.replace("\ufffe", ""))
    return "".join(one for one in words if not one.isspace() and one != "\u00ad")


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
    assert not _steers(written.replace("\r\n", ""))
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
    assert len(lines) == len(written.splitlines()) == len(sentences)
    for line, sentence in zip(lines, sentences, strict=True):
        assert line.isprintable(), line
        said = json.loads(line)["said"]
        assert _in_units(said) == _in_units(re.sub(r"[0-9]{8,}", "…", sentence))


def _in_units(words: str) -> bytes:
    """JSON does not tell two halves of a character from the character."""
    return words.encode("utf-16", "surrogatepass")


# --- screen -----------------------------------------------------------------------


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Background]:
    del qtbot
    made = Background("bulk")
    yield made
    made.stop()


def _show(qtbot: QtBot, view: QWidget) -> None:
    qtbot.addWidget(view)
    view.resize(1366, 690)
    with qtbot.waitExposed(view):
        view.show()


def _check_plain(view: QWidget) -> None:
    """No label and no tool tip takes a name for anything but words."""
    for label in view.findChildren(QLabel):
        if "<" in label.text() or "&" in label.text():
            assert label.textFormat().name == "PlainText", label.text()
    for widget in view.findChildren(QWidget):
        _check_tip(widget)


def _check_tip(widget: QWidget) -> None:
    tip = widget.toolTip()
    if "<" in tip or "&" in tip:
        assert tip == f"<span>{html.escape(_seen(tip))}</span>"


def _seen(tip: str) -> str:
    return html.unescape(tip.removeprefix("<span>").removesuffix("</span>"))


def test_the_basket_and_the_keypad_show_all_names(
    qtbot: QtBot, fair: Fair, qapp: object
) -> None:
    style.apply(qapp)  # type: ignore[arg-type]  # pytest-qt's own QApplication
    basket, entry = BasketView(WeightUnit.JIN), EntryView(WeightUnit.JIN)
    for view in (basket, entry):
        style.dress(view)
        _show(qtbot, view)
    ids = [product_id for product_id, _name in fair.goods()]
    for first in range(0, len(ids), 100):
        cart = _basket(fair.shop, ids[first : first + 100])
        basket.show_cart(cart, flash=0)
        for row in range(0, len(cart.lines), 9):
            basket.select(row)
            basket.grab()
    for line in cart.lines:
        entry.ask_quantity(line)
        entry.ask_weight(line.item)
    entry.grab()
    _check_plain(basket)
    _check_plain(entry)


def test_tiles_show_names_as_they_are_written(qtbot: QtBot, fair: Fair) -> None:
    stand, tile = fair.shop.stand(), TileButton()
    tile.resize(160, 110)
    with fair.shop.database.read() as session:
        first = offers.list_tiles(session, stand)[0]
    _show(qtbot, tile)
    tile.resize(160, 110)
    for name in fair.stored.values():
        tile.show_face(face_of(replace(first, name=name), WeightUnit.JIN))
        tile.grab()
        _check_tip(tile)
        assert _seen(tile.toolTip()) == name
        if tile.toolTip() != name:
            seen = QTextDocumentFragment.fromHtml(tile.toolTip()).toPlainText()
            assert _packed(seen) == _packed(name)


def test_messages_about_names_are_words(qtbot: QtBot, fair: Fair) -> None:
    bar, label = MessageBar(), ElidedLabel()
    _show(qtbot, bar)
    _show(qtbot, label)
    bar.resize(400, bar.height())
    label.resize(60, 30)
    for name in NAMES:
        words = str(UnknownCode(name))
        bar.say(words, Kind.WARN)
        label.setText(name)
        bar.grab()
        label.grab()
        assert bar.text() == words
        _check_tip(bar)
        _check_tip(label)
    for error in fair.refused.values():
        bar.say(str(error), Kind.DANGER)
        assert bar.findChild(QLabel, "message").text() == str(error)  # type: ignore[union-attr]  # it is there
    _check_plain(bar)


def _papers(fair: Fair, worker: Background, folder: Path) -> Papers:
    return Papers(fair.shop.database, worker, folder / "papers")


def test_the_list_of_goods_and_its_panels_show_all_names(
    qtbot: QtBot, fair: Fair, worker: Background, tmp_path: Path
) -> None:
    papers = _papers(fair, worker, tmp_path)
    presenter = GoodsPresenter(fair.shop.database, worker, papers)
    said: list[str] = []
    presenter.failed.connect(said.append)
    view = GoodsView()
    view.connect_to(presenter)
    _show(qtbot, view)
    table = view.findChild(QTableView, "goods")
    assert table is not None
    model = table.model()
    assert model.rowCount() == min(len(fair.stored) + len(shops.GOODS), 1000)
    for row in range(0, model.rowCount(), 12):
        table.scrollTo(model.index(row, 0))
        view.grab()
    for typed in ("<b>粗</b>", "茶 & 酒 && 米 &S", "{0} {name} {} {{ }}"):
        product_id = fair.ids[typed]
        presenter.start_stock(product_id)
        presenter.start_offers(product_id)
        presenter.start_edit(product_id)
        view.grab()
        _check_plain(view)
    assert said == []


def test_the_form_refuses_what_the_catalogue_refuses_and_marks_the_field(
    qtbot: QtBot, fair: Fair, worker: Background, tmp_path: Path
) -> None:
    presenter = GoodsPresenter(
        fair.shop.database, worker, _papers(fair, worker, tmp_path)
    )
    said: list[str] = []
    marked: list[str] = []
    presenter.failed.connect(said.append)
    presenter.form_refused.connect(marked.append)
    with fair.shop.database.read() as session:
        before = _count(session)
    presenter.start_new()
    assert presenter.draft is not None
    for typed, error in fair.refused.items():
        presenter.save(replace(presenter.draft, name=typed))
        assert said == [str(error)]
        assert marked == ["name"]
        said.clear()
        marked.clear()
    with fair.shop.database.read() as session:
        assert _count(session) == before


def test_the_list_of_receipts_shows_all_names(
    qtbot: QtBot, fair: Fair, worker: Background, tmp_path: Path
) -> None:
    presenter = ReceiptsPresenter(
        fair.shop.database, worker, _papers(fair, worker, tmp_path)
    )
    said: list[str] = []
    presenter.failed.connect(said.append)
    view = ReceiptsView()
    view.connect_to(presenter)
    _show(qtbot, view)
    view.refresh()
    table = view.findChild(QTableView, "receipts")
    sheet = view.findChild(QLabel, "sheet")
    assert table is not None
    assert sheet is not None
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    qtbot.waitUntil(sheet.isVisible)
    view.grab()
    presenter.search("no such thing \ud800")
    qtbot.waitUntil(lambda: table.model().rowCount() == 0)
    presenter.search("<b>粗</b>")
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    _check_plain(view)
    assert said == []


def test_receipts_are_found_by_every_name(fair: Fair) -> None:
    with fair.shop.database.read() as session:
        for typed in (*NAMES[: len(WHOLE)], *NAMES[len(WHOLE) :: 10]):
            found = sale_reading.list_sales(session, Wanted(typed), most=1000)
            if typed in fair.stored and len(found) < 1000:
                sale = fair.sold[list(fair.ids).index(typed) // PER_SALE]
                assert sale.sale_id in [row.id for row in found], typed
            for row in found:
                assert not _steers(row.summary)
            assert sale_reading.find_by_code(session, typed) is None


def test_buttons_take_no_ampersand_for_a_key(qtbot: QtBot) -> None:
    view = PaymentView()
    _show(qtbot, view)
    account = AccountRow(7, "茶 & 酒", AccountKind.MERCHANT, Method.WECHAT)
    view.choose_account(Method.WECHAT, [account])
    button = view.findChild(QAbstractButton, "account_7")
    assert button is not None
    assert button.text().startswith("茶 && 酒")
    assert button.shortcut().isEmpty()

"""The paper queue: papers follow the sale, and never the other way round."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from models import settings
from models.i18n import Language
from models.kinds import Method, PaperWidth
from models.selling import late_entries, prints, tender_corrections
from models.selling.late_entries import Slip
from models.selling.prints import PrintState
from models.selling.tender_corrections import RightTender
from tests import shop as shops
from tests.refunding import left, refund
from tests.shop import Shop
from ui import papers as paper_queue
from ui import printing
from ui.background import Background
from ui.papers import Papers, Printed

DRAWER = b"\x1bp\x00"


@pytest.fixture
def paper(qtbot: QtBot) -> Iterator[Background]:
    worker = Background("paper")
    yield worker
    worker.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "papers"


@pytest.fixture
def papers(shop: Shop, paper: Background, folder: Path) -> Papers:
    return Papers(shop.database, paper, folder)


def choose(shop: Shop, **choices: object) -> None:
    with shop.database.write() as session:
        chosen = settings.load(session)
        settings.save(session, replace(chosen, **choices))  # type: ignore[arg-type]  # one or another


def states(shop: Shop) -> list[PrintState]:
    with shop.database.read() as session:
        return [job.state for job in session.query(prints.PrintJob)]


def work_off(qtbot: QtBot, shop: Shop, papers: Papers) -> None:
    papers.work_off()
    qtbot.waitUntil(lambda: PrintState.QUEUED not in states(shop))


def words_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return str(text)


def a_printer_that(does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an `lp` in front of the path that is a shell script of one line."""
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def test_a_cash_sale_leaves_its_receipt_in_the_folder_of_its_day_and_opens_the_drawer(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    shops.sell(shop, {"SAUCE": 2})
    work_off(qtbot, shop, papers)

    names = sorted(file.name for file in (folder / "2026-11-24").iterdir())
    assert names == ["T01-000001.bin", "T01-000001.pdf"]
    assert "福泉香辣酱" in words_of(folder / "2026-11-24" / "T01-000001.pdf")
    sent = (folder / "2026-11-24" / "T01-000001.bin").read_bytes()
    assert sent.startswith(DRAWER)
    assert "福泉香辣酱".encode("gbk") in sent
    assert states(shop) == [PrintState.SENT]
    assert papers.waiting == 0


def test_a_sale_paid_by_phone_does_not_open_the_drawer(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    cart = shops.basket(shop, {"TEA": 1})
    bill = shops.paid_by_phone(shop, shops.bill_for(shop, cart))
    shops.sell_basket(shop, cart, bill)
    work_off(qtbot, shop, papers)

    sent = (folder / "2026-11-24" / "T01-000001.bin").read_bytes()
    assert DRAWER not in sent


def test_a_refund_in_cash_opens_the_drawer_and_has_a_paper_of_its_own(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    sold = shops.sell(shop, {"SAUCE": 2})
    refund(shop, sold.sale_id)
    work_off(qtbot, shop, papers)

    said = words_of(folder / "2026-11-24" / "T01-000002.pdf")
    assert "T01-000001" in said
    assert "-47.80" in said
    sent = (folder / "2026-11-24" / "T01-000002.bin").read_bytes()
    assert sent.startswith(DRAWER)


def test_what_only_puts_the_books_right_leaves_the_drawer_closed(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    """A tender that was booked wrongly, and a sale that was made on paper before."""
    sold = shops.sell(shop, {"SAUCE": 2})
    (tender,) = left(shop, sold.sale_id).tenders
    right = RightTender(
        sold.sale_id, tender.payment_id, Method.PHONE, "按错了", shop.accounts["phone"]
    )
    cart, seat = shops.basket(shop, {"SAUCE": 1}), shop.seat()
    shops.keep(shop, cart)
    bill = shops.paid_in_cash(shops.bill_for(shop, cart))
    slip = Slip("0017", shops.AT - shops.minutes(90), "停电")
    with shop.database.write() as session:
        tender_corrections.correct_tender(
            session, right, seat, at=shops.AT, approvals={}
        )
        late_entries.enter_late(
            session, cart, bill, seat, slip, at=shops.AT, approvals={}
        )
    work_off(qtbot, shop, papers)

    for number in ("T01-000002", "T01-000003"):
        sent = (folder / "2026-11-24" / f"{number}.bin").read_bytes()
        assert DRAWER not in sent
    assert "0017" in words_of(folder / "2026-11-24" / "T01-000003.pdf")


def test_everything_that_was_queued_while_the_till_was_off_is_printed_in_order(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    for count in range(1, 6):
        shops.sell(shop, {"POMELO": count})
    work_off(qtbot, shop, papers)

    files = sorted(
        (folder / "2026-11-24").glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns
    )
    assert [file.stem for file in files] == [f"T01-{n:06}" for n in range(1, 6)]


def test_a_reprint_is_marked_as_a_copy_and_leaves_the_drawer_closed(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    sold = shops.sell(shop, {"POMELO": 1})
    work_off(qtbot, shop, papers)
    for copy in (1, 2):
        with qtbot.waitSignal(papers.copy_printed) as told:
            papers.reprint(sold.sale_id)
        printed = (told.args or [None])[0]
        assert isinstance(printed, Printed)
        assert printed.copy == copy
        assert printed.file == folder / "2026-11-24" / f"T01-000001-copy{copy}.pdf"
        assert f"副本 {copy}" in words_of(printed.file)
        assert DRAWER not in printed.file.with_suffix(".bin").read_bytes()
        assert str(printed.file) in paper_queue.where(printed)


def test_papers_follow_the_settings_for_language_and_width(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    choose(shop, paper_language=Language.EN, paper_width=PaperWidth.MM58)
    shops.sell(shop, {"POMELO": 1})
    work_off(qtbot, shop, papers)

    file = folder / "2026-11-24" / "T01-000001.pdf"
    assert "Dabu pomelo" in words_of(file)
    (page,) = printing.pictures(file.read_bytes(), scale=25.4 / 72)
    assert page.width in {58, 59}


def test_a_folder_that_cannot_be_written_never_touches_the_sale_and_waits_for_a_retry(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    folder.write_text("a file is in the way")
    sold = shops.sell(shop, {"SAUCE": 1})
    with qtbot.waitSignals([papers.failed, papers.waiting_changed]):
        papers.work_off()
    assert papers.waiting == 1
    assert states(shop) == [PrintState.FAILED]
    assert shops.record(shop, sold.sale_id).number == "T01-000001"

    shops.sell(shop, {"SAUCE": 1})
    with qtbot.waitSignal(papers.waiting_changed):
        papers.work_off()  # does not try the first one again
    assert papers.waiting == 2

    with shop.database.read() as session:
        before = [job.content for job in session.query(prints.PrintJob)]
    folder.unlink()
    choose(shop, paper_language=Language.EN)
    papers.retry()
    qtbot.waitUntil(lambda: states(shop) == [PrintState.SENT, PrintState.SENT])
    qtbot.waitUntil(lambda: papers.waiting == 0)
    day = folder / "2026-11-24"
    sent = [(day / f"T01-00000{n}.bin").read_bytes() for n in (1, 2)]
    assert sent == before  # a retry sends the same bytes


def test_the_printer_of_the_operating_system_gets_the_page(
    qtbot: QtBot,
    shop: Shop,
    papers: Papers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_printer_that(f'echo "$@" > {tmp_path}/told', tmp_path, monkeypatch)
    choose(shop, printer="TP80")
    shops.sell(shop, {"SAUCE": 1})
    work_off(qtbot, shop, papers)

    told = (tmp_path / "told").read_text()
    assert told.startswith("-d TP80 -t ")
    assert re.search(r"-o media=Custom\.80x\d+mm -- \S+/T01-000001\.pdf$", told.strip())


def test_a_printer_that_refuses_is_told_with_its_own_words(
    qtbot: QtBot,
    shop: Shop,
    papers: Papers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_printer_that("echo 'lp: TP80 is out of paper' >&2; exit 1", tmp_path, monkeypatch)
    choose(shop, printer="TP80")
    shops.sell(shop, {"SAUCE": 1})
    with qtbot.waitSignal(papers.failed) as told:
        papers.work_off()
    assert "TP80 is out of paper." in str(told.args)
    assert states(shop) == [PrintState.FAILED]


def test_without_lp_a_printer_that_is_not_there_is_named(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(printing.NotPrinted, match="TP80"):
        printing.send(tmp_path / "any.pdf", "any", "TP80")


def test_a_receipt_drawn_through_qt_keeps_its_size(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path, tmp_path: Path
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    work_off(qtbot, shop, papers)
    receipt = (folder / "2026-11-24" / "T01-000001.pdf").read_bytes()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))

    printing.draw(receipt, printer)

    (wanted,) = printing.pictures(receipt, scale=1)
    (drawn,) = printing.pictures((tmp_path / "drawn.pdf").read_bytes(), scale=1)
    assert abs(drawn.width - wanted.width) <= 1
    assert abs(drawn.height - wanted.height) <= 1
    assert min(drawn.pixels) < 100  # something dark is on it


def test_a_day_is_printed_on_a_page_and_on_a_slip(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    shops.sell(shop, {"SAUCE": 2, "WALNUT": 500})
    day = shops.day_summary(shop)
    with qtbot.waitSignal(papers.day_printed) as told:
        papers.print_day_page(day)
    printed = (told.args or [None])[0]
    assert isinstance(printed, Printed)
    assert printed.file.name == "T01-2026-11-24-A4.pdf"
    with qtbot.waitSignal(papers.day_printed):
        papers.print_day_slip(day)

    names = sorted(file.name for file in (folder / "2026-11-24").iterdir())
    assert names == [
        "T01-2026-11-24-80mm.bin",
        "T01-2026-11-24-80mm.pdf",
        "T01-2026-11-24-A4.pdf",
    ]


def test_a_day_that_cannot_be_printed_is_told(
    qtbot: QtBot, shop: Shop, papers: Papers, folder: Path
) -> None:
    folder.write_text("a file is in the way")
    with qtbot.waitSignal(papers.failed) as told:
        papers.print_day_slip(shops.day_summary(shop))
    assert str(folder) in str(told.args)

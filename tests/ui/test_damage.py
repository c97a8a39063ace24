"""Stories of a damaged file, of the day's backup, and of a clock that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableView, QWidget
from sqlalchemy import text

import main
from models import clock
from models.database import Database
from models.file_format import FILE_NAME
from models.i18n import Language
from models.office import backups
from models.people import acts
from models.people.deeds import Deed, Where
from models.people.rights import Act
from tests import invariants
from tests.cashier import Cashier
from tests.damage import cut_short, spoil_header, spoil_table
from tests.shop import JOURNAL_KEY, Shop, lay_key, new_day, sell
from tests.shop import SAUCE_CODE as SAUCE
from tests.ui.test_selling import rows
from ui.widgets.message_bar import Kind, MessageBar


@pytest.fixture
def folder(shop: Shop) -> Path:
    """A shop that has sold three sauces today; nobody has it open."""
    seat = shop.seat(new_day(shop, at=clock.now()))
    for _ in range(3):
        sell(shop, {"SAUCE": 1}, at=clock.now(), seat=seat)
    lay_key(shop)
    shop.database.close()
    return shop.database.path.parent


@pytest.fixture
def path(folder: Path) -> Path:
    """The shop's file, with yesterday's backup in its folder.

    At its end lies a long note that neither receipts nor the day's figures need.
    """
    opened = Database(folder / FILE_NAME)
    opened.journal_key = JOURNAL_KEY
    now = clock.now()
    with opened.write() as session:
        here = Where(1, 1, now, clock.business_date(now))
        acts.record(session, here, Deed(Act.OPEN_DRAWER, note="-" * 20_000))
    backups.make_all(opened, now - timedelta(days=1))
    opened.close()
    return opened.path


@pytest.fixture
def start(folder: Path, open_at: Callable[..., Cashier]) -> Callable[[], Cashier]:
    """Opens the shop, as often as a story needs."""
    return partial(open_at, folder, language=Language.EN)


def _sells_sauce(cashier: Cashier) -> None:
    cashier.scans(SAUCE)
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))


def _backup_of(path: Path) -> Path:
    return next((path.parent / backups.FOLDER).glob("*.db.gz"))


def _message(cashier: Cashier) -> tuple[Kind | None, str]:
    bar = cashier.find(MessageBar, "message_bar")
    return bar.kind(), bar.text()


def _numbers(cashier: Cashier) -> list[str]:
    model = cashier.find(QTableView, "receipts").model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def _is_closed(cashier: Cashier) -> bool:
    return cashier.is_shown("why_closed")


# --- damage ---------------------------------------------------------------------------


def test_a_file_cut_short_opens_to_be_read_and_names_the_backup(
    start: Callable[[], Cashier], path: Path, folder: Path
) -> None:
    cut_short(path, pages=1)
    before = path.read_bytes()
    cashier = start()
    cashier.sees_in("why_closed", str(_backup_of(path)))
    cashier.sees_in("why_closed", "main.py restore")
    cashier.scans(SAUCE)
    assert _message(cashier)[0] is Kind.DANGER
    assert "damaged" in _message(cashier)[1]
    assert cashier.basket() == []
    assert _is_closed(cashier)
    cashier.presses("F8")
    cashier.waits(
        lambda: _numbers(cashier) == ["T01-000003", "T01-000002", "T01-000001"]
    )
    cashier.presses("F10")
    cashier.sees_in("figure_net", "71.70")
    cashier.touches_button("print_page")
    cashier.waits(lambda: bool(list((folder / "papers").rglob("*-A4.pdf"))))
    cashier.presses("F9")
    cashier.presses("F11")
    cashier.presses("F1")
    for key in ("F2", "F3", "F4", "F5", "F6", "F7", "F12", "Esc"):
        cashier.presses(key)
    assert _is_closed(cashier)
    cashier.leaves()
    assert path.read_bytes() == before


def test_going_back_to_the_backup_as_it_is_said_sells_again(
    start: Callable[[], Cashier], path: Path, folder: Path
) -> None:
    cut_short(path, pages=1)
    cashier = start()
    cashier.sees_in("why_closed", str(_backup_of(path)))
    cashier.leaves()
    asked = ["restore", str(_backup_of(path)), "--yes", "--data", str(folder)]
    assert main.main(asked) == 0
    cashier = start()
    _sells_sauce(cashier)
    assert rows(cashier, "SELECT max(number) FROM sale") == [("T01-000004",)]
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)


def test_damage_found_after_the_start_closes_selling_and_keeps_the_basket(
    start: Callable[[], Cashier], path: Path
) -> None:
    spoil_table(path, "event_price")
    cashier = start()
    cashier.sees_in("why_closed", str(_backup_of(path)))
    cashier.presses("F12")
    assert _is_closed(cashier)
    cashier.leaves()


def test_damage_that_a_sale_runs_into_closes_selling_at_once(
    start: Callable[[], Cashier], path: Path
) -> None:
    cashier = start()
    cashier.scans(SAUCE)
    assert len(cashier.basket()) == 1
    work = cashier.application.work
    assert work is not None
    cashier.waits(lambda: not _is_closed(cashier))
    work.database.checkpoint()  # so that the log has none of this page
    spoil_table(path, "barcode")
    cashier.scans("POMELO1")
    cashier.sees_in("why_closed", str(_backup_of(path)))
    assert len(cashier.basket()) == 1
    assert not cashier.find(QWidget, "pay").isEnabled()


@pytest.mark.parametrize("length", [16, 4096])
def test_a_file_that_cannot_be_read_at_all_says_so_and_names_the_backup(
    start: Callable[[], Cashier], path: Path, length: int
) -> None:
    spoil_header(path, length)
    before = path.read_bytes()
    cashier = start()
    cashier.sees_in("trouble", str(_backup_of(path)))
    assert "damaged" in cashier.reads("trouble")
    cashier.leaves()
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["till", "setting", "staff", "product"])
def test_whatever_table_is_gone_the_backup_is_named(
    start: Callable[[], Cashier], path: Path, table: str
) -> None:
    spoil_table(path, table)
    before = path.read_bytes()
    cashier = start()
    name = "trouble" if cashier.application.window is None else "why_closed"
    cashier.sees_in(name, str(_backup_of(path)))
    cashier.leaves()
    assert path.read_bytes() == before


def test_without_a_backup_the_file_is_to_be_kept(
    start: Callable[[], Cashier], path: Path
) -> None:
    shutil.rmtree(path.parent / backups.FOLDER)
    cut_short(path, pages=1)
    cashier = start()
    cashier.sees_in("why_closed", "No good backup was found")


# --- a full disk --------------------------------------------------------------------


def test_a_full_disk_is_told_loses_nothing_and_sells_once_there_is_room(
    start: Callable[[], Cashier],
) -> None:
    cashier = start()
    cashier.scans(SAUCE)
    _leave_room(cashier, 0)
    for key in 400 * ("", "F12", "Enter", "Esc"):  # until all room is used up
        if key:
            cashier.presses(key)
        else:
            cashier.scans(SAUCE)
        if _message(cashier)[0] is Kind.DANGER:
            break
    assert _message(cashier) == (
        Kind.DANGER,
        "The disk is full: nothing was stored. Free some space and repeat.",
    )
    before, sold = cashier.basket(), rows(cashier, "SELECT count(*) FROM sale")
    _leave_room(cashier, 1_000_000)
    if not before:
        cashier.scans(SAUCE)
    if not cashier.is_shown("amount"):
        cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    ((count,),) = rows(cashier, "SELECT count(*) FROM sale")
    assert count == int(str(sold[0][0])) + 1
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)


def _leave_room(cashier: Cashier, pages: int) -> None:
    """For so many pages more; SQLite then says that the disk is full."""
    work = cashier.application.work
    assert work is not None
    with work.database.write() as session:
        now = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {now + pages}"))


# --- the backup of the day -----------------------------------------------------------


def test_a_till_that_stands_idle_backs_itself_up(
    start: Callable[[], Cashier], folder: Path
) -> None:
    cashier = start()
    _sells_sauce(cashier)
    copies = folder / backups.FOLDER
    cashier.waits(lambda: bool(list(copies.glob("shop-*.db.gz"))))
    assert _message(cashier)[0] is Kind.GOOD


def test_a_backup_that_fails_is_told_once_in_amber(
    start: Callable[[], Cashier], folder: Path
) -> None:
    cashier = start()
    (folder / backups.FOLDER).write_text("in the way")
    cashier.waits(lambda: _message(cashier)[0] is Kind.WARN)
    assert "backup was not made" in _message(cashier)[1]
    cashier.scans(SAUCE)
    assert _message(cashier) == (None, "")


# --- the clock -----------------------------------------------------------------------


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Move the machine's clock by so much from where it is right."""
    right = clock.now

    def move(by: timedelta) -> None:
        def now() -> datetime:
            return right() + by

        monkeypatch.setattr(clock, "now", now)

    return move


def _ticks(cashier: Cashier) -> None:
    window = cashier.application.window
    assert window is not None
    window.header.ticked.emit()


_MOVES = {
    "a second": timedelta(seconds=-1),
    "a minute": timedelta(minutes=-1),
    "an hour": timedelta(hours=-1),
    "a day": timedelta(days=-1),
    "a year": timedelta(days=-365),
    "a year ahead": timedelta(days=365),
    "zone of Los Angeles": timedelta(hours=-16),
}


@pytest.mark.parametrize("name", _MOVES)
def test_whatever_the_clock_says_numbers_have_no_gap_and_dates_are_the_shift_s(
    start: Callable[[], Cashier], set_clock: Callable[[timedelta], None], name: str
) -> None:
    """TRUST.md 7, row 8."""
    cashier = start()
    _sells_sauce(cashier)
    set_clock(_MOVES[name])
    _sells_sauce(cashier)
    set_clock(timedelta(0))
    _sells_sauce(cashier)
    found = rows(cashier, "SELECT number, business_date FROM sale ORDER BY seq")
    assert [number for number, _ in found] == [f"T01-00000{n}" for n in range(1, 7)]
    assert len({day for _, day in found}) == 1
    told = rows(cashier, "SELECT count(*) FROM journal WHERE kind = 'clock_back'")
    assert told == [(int(name != "a second"),)]
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)
    cashier.presses("F8")
    newest_first = [number for number, _ in reversed(found)]
    cashier.waits(lambda: _numbers(cashier) == newest_first)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (timedelta(seconds=-1), ""),
        (timedelta(minutes=-5), "before the last record"),
        (timedelta(hours=-1), "set it now"),
        (timedelta(days=2), "check the date"),
    ],
)
def test_a_clock_that_was_moved_is_told_until_it_is_right_and_selling_goes_on(
    start: Callable[[], Cashier],
    set_clock: Callable[[timedelta], None],
    by: timedelta,
    words: str,
) -> None:
    cashier = start()
    _sells_sauce(cashier)
    set_clock(by)
    _ticks(cashier)
    assert cashier.is_shown("clock_notice") == bool(words)
    assert words in cashier.reads("clock_notice")
    _sells_sauce(cashier)
    assert cashier.is_shown("clock_notice") == bool(words)
    assert rows(cashier, "SELECT count(*) FROM sale") == [(5,)]
    set_clock(timedelta(0))
    _ticks(cashier)
    assert not cashier.is_shown("clock_notice")


def test_a_clock_that_is_behind_is_told_at_the_start(
    start: Callable[[], Cashier], set_clock: Callable[[timedelta], None]
) -> None:
    cashier = start()
    _sells_sauce(cashier)
    cashier.leaves()
    set_clock(timedelta(hours=-3))
    cashier = start()
    assert cashier.is_shown("clock_notice")
    assert "set it now" in cashier.reads("clock_notice")


def test_a_till_that_was_closed_for_a_week_says_nothing_of_the_clock(
    start: Callable[[], Cashier], set_clock: Callable[[timedelta], None]
) -> None:
    cashier = start()
    cashier.ends_the_shift()
    cashier.leaves()
    set_clock(timedelta(days=7))
    cashier = start()
    assert not cashier.is_shown("clock_notice")

"""Stories of disks, files and other programs in the way: one sentence, and on it goes.

TRUST.md 7, row 5. What stops a start is told in test_processes.py, a second start too,
and a stick that is pulled out while it is written in tests/models/test_backups.py.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from models import clock
from models.database import Database
from models.errors import FileGone
from models.file_format import FILE_NAME
from models.i18n import Language
from tests import children, invariants
from tests.cashier import Cashier
from tests.children import Child, needs_posix
from tests.shop import SAUCE_CODE as SAUCE
from tests.shop import Shop, lay_key, new_day, sell
from tests.ui.test_selling import rows
from ui.widgets.message_bar import Kind, MessageBar

pytestmark = needs_posix
both_languages = pytest.mark.parametrize("language", list(Language))


@pytest.fixture
def start(shop: Shop, open_at: Callable[..., Cashier]) -> Callable[[Language], Cashier]:
    """Opens a shop that has sold one sauce today."""
    lay_key(shop)
    seat = shop.seat(new_day(shop, at=clock.now()))
    sell(shop, {"SAUCE": 1}, at=clock.now(), seat=seat)
    shop.database.close()
    folder = shop.database.path.parent
    return lambda language: open_at(folder, language=language)


def _file(cashier: Cashier) -> Database:
    work = cashier.application.work
    assert work is not None
    return work.database


def _message(cashier: Cashier) -> tuple[Kind | None, str]:
    bar = cashier.find(MessageBar, "message_bar")
    return bar.kind(), bar.text()


def _pays(cashier: Cashier) -> None:
    cashier.presses("F12")
    cashier.presses("Enter")


# --- what is in the way ---------------------------------------------------------------


@contextmanager
def _no_file_may_grow(database: Database) -> Iterator[None]:
    log = database.path.with_name(f"{FILE_NAME}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _another_program_holds_it(database: Database) -> Iterator[None]:
    with database.write() as session:  # wait less than the five seconds
        session.execute(text("PRAGMA busy_timeout = 100"))
    holder = Child(children.hold, database.path, 60)
    assert holder.next() == "held"
    try:
        yield
    finally:
        holder.kill()


@contextmanager
def _it_is_moved_away(database: Database) -> Iterator[None]:
    folder = database.path.parent
    away = folder / "away"
    away.mkdir()
    for file in folder.glob(f"{FILE_NAME}*"):
        file.rename(away / file.name)
    try:
        yield
    finally:
        for file in away.iterdir():
            file.rename(folder / file.name)


_IN_THE_WAY = {
    "a file that may not grow": (
        _no_file_may_grow,
        "磁盘读写出错，什么都没有保存。",
        "The disk could not read or write: nothing was stored.",
    ),
    "another program": (
        _another_program_holds_it,
        "另一个程序占用了店铺文件。请关闭它后再做一次。",
        "Another program holds the shop's file. Close it and repeat.",
    ),
    "moved away": (_it_is_moved_away, None, None),  # a sentence of today
}


@both_languages
@pytest.mark.parametrize("what", _IN_THE_WAY)
def test_what_is_in_the_way_of_a_sale_is_told_and_afterwards_it_sells(
    start: Callable[[Language], Cashier], what: str, language: Language
) -> None:
    in_the_way, zh, en = _IN_THE_WAY[what]
    cashier = start(language)
    cashier.scans(SAUCE)
    before = cashier.basket()
    with in_the_way(_file(cashier)):
        _pays(cashier)
        words = zh if language is Language.ZH else en
        assert _message(cashier) == (Kind.DANGER, words or str(FileGone()))
        assert rows(cashier, "SELECT count(*) FROM sale") == [(1,)]
        cashier.presses("Esc")
        assert cashier.basket() == before
    _pays(cashier)
    cashier.waits(lambda: cashier.is_shown("change_due"))
    assert rows(cashier, "SELECT max(number) FROM sale") == [("T01-000002",)]
    invariants.check(_file(cashier))


@both_languages
def test_a_deleted_file_sells_no_more_and_a_backup_saves_what_was_sold(
    start: Callable[[Language], Cashier],
    tmp_path_factory: pytest.TempPathFactory,
    language: Language,
) -> None:
    """The last program that has it open still knows all of it."""
    cashier = start(language)
    cashier.scans(SAUCE)
    _pays(cashier)
    cashier.waits(lambda: cashier.is_shown("change_due"))
    folder = _file(cashier).path.parent
    for file in folder.glob(f"{FILE_NAME}*"):
        file.unlink()
    cashier.presses("Enter")
    cashier.scans(SAUCE)
    assert _message(cashier) == (Kind.DANGER, str(FileGone()))
    cashier.presses("F11")
    cashier.presses("F3")  # back up now
    backups = folder / "backups"
    cashier.waits(lambda: any(_is_backup(one) for one in _in(backups)))


def _in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _is_backup(file: Path) -> bool:
    return file.name.startswith("shop-T01-") and not file.name.endswith(".sha256")

"""Stories of backups: on a stick, at each close, and of going back to one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from models import clock
from models.database import Database
from models.file_format import FILE_NAME
from models.i18n import Language
from models.office import backups, packing
from models.people import signed_in, staff
from tests import invariants
from tests.cashier import Cashier
from tests.damage import cut_short, flip, spoil_table
from tests.shop import SAUCE_CODE as SAUCE
from tests.shop import Shop, lay_key, new_day, sell
from tests.ui.test_selling import rows
from ui.widgets.message_bar import Kind, MessageBar
from ui.widgets.status_dot import Health, StatusDot


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
def start(folder: Path, open_at: Callable[..., Cashier]) -> Callable[[], Cashier]:
    """Opens the shop, as often as a story needs."""
    return partial(open_at, folder, language=Language.EN)


@pytest.fixture
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stick")


@pytest.fixture
def earlier(folder: Path, stick: Path) -> Path:
    """A backup on the stick; two more sauces were sold since, and one ticket parked."""
    database = Database(folder / FILE_NAME)
    done = backups.make_all(database, clock.now() - timedelta(days=1))
    database.close()
    assert done.own.newest is not None
    file = stick / done.own.newest.path.name
    shutil.copy(done.own.newest.path, file)
    return file


def _sells_sauce(cashier: Cashier) -> None:
    cashier.scans(SAUCE)
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


def _chooses(cashier: Cashier, stick: Path) -> None:
    """The stick for backups, which gets the first one at once."""
    cashier.presses("F11")
    cashier.fills("backup_folder", str(stick))
    cashier.presses("Enter")
    cashier.waits(lambda: _health(cashier) is Health.GOOD and _on(stick) != [])
    cashier.sees_in("second_backup", "checked")


def _on(stick: Path) -> list[Path]:
    return list((stick / backups.CHOSEN).glob("shop-T01-*.db.gz"))


def _an_hour_passes(cashier: Cashier) -> None:
    work = cashier.application.work
    assert work is not None
    work.safekeeping.next_time.timeout.emit()


def _health(cashier: Cashier) -> Health:
    return cashier.find(StatusDot, "").health()


def _message(cashier: Cashier) -> tuple[Kind | None, str]:
    bar = cashier.find(MessageBar, "message_bar")
    return bar.kind(), bar.text()


def _asked(path: Path, query: str) -> list[object]:
    with packing.unpacked(path) as plain:
        raw = sqlite.connect(f"{plain.absolute().as_uri()}?mode=ro", uri=True)
        found = [one for (one,) in raw.execute(query)]
        raw.close()
        return found


def _looks_at(cashier: Cashier, file: Path) -> None:
    cashier.presses("F11")
    cashier.presses("F4")
    cashier.fills("checked_file", str(file))
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("checked"))


def _goes_back(cashier: Cashier) -> None:
    before = cashier.application.work
    cashier.touches_button("restore_backup")
    cashier.touches_button("restore_backup")
    cashier.waits(lambda: cashier.application.work not in (before, None))
    cashier.faces_the_window()


# --- a stick -------------------------------------------------------------------------


def test_a_stick_that_is_chosen_has_the_first_backup_at_once(
    start: Callable[[], Cashier], stick: Path
) -> None:
    cashier = start()
    _chooses(cashier, stick)
    assert cashier.reads("backup_folder") == str(stick / backups.CHOSEN)
    assert _message(cashier) == (Kind.GOOD, "The backup is made and checked.")
    assert _asked(_on(stick)[0], "SELECT count(*) FROM sale") == [3]
    cashier.fills("backup_folder", " ")
    cashier.presses("Enter")
    cashier.waits(lambda: not cashier.is_shown("second_backup"))


def test_a_folder_that_is_not_there_is_not_chosen(start: Callable[[], Cashier]) -> None:
    cashier = start()
    cashier.presses("F11")
    cashier.fills("backup_folder", "/nowhere")
    cashier.presses("Enter")
    cashier.waits(lambda: _message(cashier)[0] is Kind.DANGER)
    assert "There is no folder /nowhere." in _message(cashier)[1]


def test_a_stick_that_is_pulled_out_is_told_and_the_till_sells_on(
    start: Callable[[], Cashier], stick: Path
) -> None:
    cashier = start()
    _chooses(cashier, stick)
    elsewhere = stick.with_name("elsewhere")
    stick.rename(elsewhere)
    cashier.presses("F1")
    cashier.presses("Esc")
    _an_hour_passes(cashier)
    cashier.waits(lambda: _health(cashier) is Health.WARN)
    kind, words = _message(cashier)
    assert kind is Kind.WARN
    assert "Plug the stick in again" in words
    assert cashier.find(StatusDot, "").accessibleName() == words
    _sells_sauce(cashier)
    assert _health(cashier) is Health.WARN
    cashier.presses("F11")
    cashier.sees_in("second_backup", "Plug the stick in again")

    elsewhere.rename(stick)
    cashier.touches_button("status")
    cashier.waits(lambda: _health(cashier) is Health.GOOD)
    assert _asked(_on(stick)[0], "SELECT count(*) FROM sale") == [4]


def test_what_stays_wrong_is_told_once(
    start: Callable[[], Cashier], stick: Path
) -> None:
    cashier = start()
    _chooses(cashier, stick)
    shutil.rmtree(stick)
    work = cashier.application.work
    assert work is not None
    told: list[str] = []
    tried: list[bool] = []
    work.safekeeping.warned.connect(told.append)
    work.safekeeping.backed_up.connect(lambda: tried.append(True))
    _an_hour_passes(cashier)
    _an_hour_passes(cashier)
    cashier.waits(lambda: len(tried) == 2)
    assert len(told) == 1


def test_a_full_stick_is_told_and_the_till_sells_on(
    start: Callable[[], Cashier], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier = start()
    _chooses(cashier, stick)
    kept = [one.read_bytes() for one in _on(stick)]
    usage = shutil.disk_usage

    def nearly_full(path: Path) -> object:
        found = usage(path)
        return found._replace(free=1000) if stick in path.parents else found

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", nearly_full)
        cashier.presses("F3")  # back up now
        cashier.waits(lambda: _health(cashier) is Health.WARN)
        assert "The disk is full." in _message(cashier)[1]
        cashier.presses("F1")
        _sells_sauce(cashier)
        assert [one.read_bytes() for one in _on(stick)] == kept
    cashier.touches_button("status")
    cashier.waits(lambda: _health(cashier) is Health.GOOD)


def test_a_stick_is_the_owner_s_choice_alone(
    start: Callable[[], Cashier], folder: Path, stick: Path
) -> None:
    _signs_in(folder, "陈舟")
    cashier = start()
    cashier.presses("F11")
    cashier.fills("backup_folder", str(stick))
    cashier.presses("Enter")
    cashier.waits(lambda: _message(cashier)[0] is Kind.DANGER)
    assert not (stick / backups.CHOSEN).exists()


def _signs_in(folder: Path, name: str) -> None:
    database = Database(folder / FILE_NAME)
    with database.write() as session:
        people = {one.name: one.id for one in staff.list_staff(session)}
        signed_in.sign_in(session, people[name])
    database.close()


# --- when ----------------------------------------------------------------------------


def test_the_close_of_a_shift_is_on_the_stick_before_anybody_goes_home(
    start: Callable[[], Cashier], stick: Path
) -> None:
    cashier = start()
    _chooses(cashier, stick)
    cashier.presses("Shift+F10")
    cashier.chooses("closing_shift", "2")
    cashier.presses("F12")

    def states() -> list[object]:
        return _asked(_on(stick)[0], "SELECT state FROM shift WHERE number = 2")

    cashier.waits(lambda: states() == ["sealed"], states)


def test_a_till_that_is_closed_finishes_its_backup(
    start: Callable[[], Cashier], stick: Path
) -> None:
    cashier = start()
    _chooses(cashier, stick)
    cashier.presses("F1")
    _sells_sauce(cashier)
    _an_hour_passes(cashier)
    cashier.leaves()
    counts = [_asked(file, "SELECT count(*) FROM sale")[0] for file in _on(stick)]
    assert counts == [4]


# --- back from it --------------------------------------------------------------------


def test_going_back_to_yesterday_s_backup_shows_what_would_be_lost(
    start: Callable[[], Cashier], folder: Path, earlier: Path
) -> None:
    cashier = start()
    for _ in range(2):
        _sells_sauce(cashier)
    cashier.scans(SAUCE)
    cashier.presses("F6")
    _looks_at(cashier, earlier)
    assert "3 receipts up to T01-000003" in cashier.reads("checked")
    assert "Its SHA-256 does not lie beside it" in cashier.reads("checked")
    words = cashier.reads("would_be_lost")
    assert "2 receipts, T01-000004 to T01-000005, ¥47.80" in words
    assert "1 parked ticket" in words

    _goes_back(cashier)
    cashier.waits(lambda: _message(cashier)[0] is Kind.WARN)
    assert "2 receipts were lost" in _message(cashier)[1]
    (kept,) = folder.glob("shop-replaced-*.db")
    assert _asked(kept, "SELECT count(*) FROM sale") == [5]
    assert rows(cashier, "SELECT count(*) FROM sale") == [(3,)]
    assert rows(
        cashier, "SELECT subject, amount_fen FROM act WHERE act = 'restore'"
    ) == [(earlier.name, 4780)]
    _sells_sauce(cashier)
    assert rows(cashier, "SELECT max(number) FROM sale") == [("T01-000004",)]
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)
    cashier.leaves()
    cashier = start()
    assert "lost" not in _message(cashier)[1]


def test_a_damaged_shop_is_not_backed_up(
    start: Callable[[], Cashier], folder: Path
) -> None:
    spoil_table(folder / FILE_NAME, "event_price")
    cashier = start()
    cashier.waits(lambda: cashier.is_shown("why_closed"))
    cashier.presses("F11")
    cashier.presses("F3")
    assert _message(cashier)[0] is Kind.DANGER
    assert "damaged" in _message(cashier)[1]
    assert not (folder / backups.FOLDER).exists()


def test_a_damaged_shop_goes_back_from_its_settings(
    start: Callable[[], Cashier], folder: Path, earlier: Path
) -> None:
    spoil_table(folder / FILE_NAME, "event_price")
    cashier = start()
    cashier.waits(lambda: cashier.is_shown("why_closed"))
    _looks_at(cashier, earlier)
    _goes_back(cashier)
    cashier.waits(lambda: not cashier.is_shown("why_closed"))
    cashier.waits(lambda: _message(cashier)[0] is Kind.WARN)
    _sells_sauce(cashier)


@pytest.mark.parametrize("harm", ["cut", "flipped", "foreign", "gone"])
def test_a_file_that_is_no_way_back_is_told_as_what_it_is(
    start: Callable[[], Cashier], folder: Path, earlier: Path, harm: str
) -> None:
    digest = next((folder / backups.FOLDER).glob("*.sha256"))
    shutil.copy(digest, earlier.parent)
    if harm == "cut":
        cut_short(earlier, pages=3)
    elif harm == "flipped":
        flip(earlier, 9000, 4)
    elif harm == "foreign":
        earlier = earlier.with_name("list.txt")
        earlier.write_text("walnuts")
    else:
        earlier.unlink()
    cashier = start()
    _looks_at(cashier, earlier)
    told = {
        "cut": "cut short",
        "flipped": "damaged",
        "foreign": "no backup of a till",
        "gone": "cannot be read",
    }
    assert told[harm] in cashier.reads("checked")
    assert not cashier.is_shown("restore_backup")


def test_only_a_manager_goes_back(
    start: Callable[[], Cashier], folder: Path, earlier: Path
) -> None:
    _signs_in(folder, "陈舟")
    cashier = start()
    _looks_at(cashier, earlier)
    cashier.touches_button("restore_backup")
    cashier.touches_button("restore_backup")
    cashier.waits(lambda: _message(cashier)[0] is Kind.DANGER)
    refused = rows(cashier, "SELECT act, outcome FROM act ORDER BY id DESC LIMIT 1")
    assert refused == [("restore", "refused")]


def test_nobody_goes_back_while_a_customer_pays(
    start: Callable[[], Cashier], earlier: Path
) -> None:
    cashier = start()
    cashier.scans(SAUCE)
    cashier.presses("F12")
    _looks_at(cashier, earlier)
    cashier.touches_button("restore_backup")
    cashier.touches_button("restore_backup")
    assert "Finish or leave" in _message(cashier)[1]


def test_a_stick_pulled_out_at_the_last_moment_changes_nothing(
    start: Callable[[], Cashier], earlier: Path
) -> None:
    cashier = start()
    _looks_at(cashier, earlier)
    earlier.unlink()
    _goes_back(cashier)
    cashier.waits(lambda: _message(cashier)[0] is Kind.DANGER)
    assert "Nothing was restored" in _message(cashier)[1]
    cashier.presses("F1")
    _sells_sauce(cashier)
    assert rows(cashier, "SELECT max(number) FROM sale") == [("T01-000004",)]

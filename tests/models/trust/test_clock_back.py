"""A clock that is set back while the till runs stands in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models import clock
from models.clock import Watch
from models.database import Database
from models.journal.anchors import TipFile
from models.settings import Setting
from models.trust.verify import verify
from tests.shop import AT, JOURNAL_KEY, Shop, sell

SetClock = Callable[[float], datetime]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """So many seconds after AT; returns that time."""

    def set_to(seconds: float) -> datetime:
        now = AT + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda: now)
        return now

    return set_to


def _told(database: Database) -> list[tuple[int, str, int]]:
    """Of each step back: the record's number, its time, and by how many seconds."""
    with database.raw() as connection:
        found = connection.execute(
            "SELECT seq, body FROM journal WHERE kind = 'clock_back' ORDER BY seq"
        ).fetchall()
    bodies = [(seq, json.loads(body)) for seq, body in found]
    return [(seq, body["at"], body["what"]["seconds"]) for seq, body in bodies]


def _last(database: Database) -> int:
    return verify(database, key=JOURNAL_KEY).last_seq


def test_a_clock_set_back_an_hour_is_told_before_the_next_sale(
    shop: Shop, set_clock: SetClock
) -> None:
    sell(shop, {"SAUCE": 1}, at=set_clock(0))
    before = _last(shop.database)
    sell(shop, {"SAUCE": 1}, at=set_clock(-3600))
    sell(shop, {"SAUCE": 1}, at=set_clock(-3599))
    told = (before + 1, "2026-11-24T09:30:00.000+08:00", 3600)
    assert _told(shop.database) == [told]
    assert verify(shop.database, key=JOURNAL_KEY).is_good


def test_a_small_correction_of_the_clock_is_none_of_the_journal_s(
    shop: Shop, set_clock: SetClock
) -> None:
    for seconds in (0, -2, -1, 5, 3, 40_000_000):
        sell(shop, {"SAUCE": 1}, at=set_clock(seconds))
    assert _told(shop.database) == []


def test_many_small_steps_back_add_up(shop: Shop, set_clock: SetClock) -> None:
    for seconds in (0, -1.5, -3, -4.5):
        sell(shop, {"SAUCE": 1}, at=set_clock(seconds))
    assert [seconds for _seq, _at, seconds in _told(shop.database)] == [3]


def test_what_was_not_stored_has_told_nothing(shop: Shop, set_clock: SetClock) -> None:
    sell(shop, {"SAUCE": 1}, at=set_clock(0))
    set_clock(-60)
    with pytest.raises(ZeroDivisionError):
        with shop.database.write():
            1 / 0  # noqa: B018  # whatever goes wrong
    assert _told(shop.database) == []
    sell(shop, {"SAUCE": 1}, at=clock.now())
    assert len(_told(shop.database)) == 1


def test_a_step_back_is_told_outside_the_file_even_if_nothing_else_is(
    shop: Shop, set_clock: SetClock, tmp_path: Path
) -> None:
    tip = TipFile(tmp_path / "outside.tip", JOURNAL_KEY)
    shop.database.on_sealed = lambda sealed: tip.write(sealed.seq, sealed.hash)
    for seconds in (0, -60):
        set_clock(seconds)
        with shop.database.write() as session:  # no record tells of settings
            session.merge(Setting(key="shop_name", value=f"{seconds}"))
    anchor = tip.read()
    assert anchor is not None
    assert [seq for seq, _at, _seconds in _told(shop.database)] == [anchor.seq]
    tip.close()


def test_before_anything_was_heard_no_time_is_wrong() -> None:
    watch = Watch()
    assert watch.back(AT) is None
    watch.hear(AT)
    assert watch.back(AT - timedelta(minutes=1)) == timedelta(minutes=1)

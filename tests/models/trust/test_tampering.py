"""Whatever somebody changes in the file behind the till's back is found and named.

TRUST.md, campaign 9: 20,000 tamperings with HYPOTHESIS_PROFILE=prove.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from models.journal import notes
from models.journal.anchors import TipFile
from models.trust.verify import verify, verify_on
from tests.models.trust import full_day
from tests.models.trust.tampering import Tamperer
from tests.shop import JOURNAL_KEY, Shop, sell

PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
TAMPERINGS = 20_000 if PROVING else 2_000
SEED = 5
HONEST = 100_000 if PROVING else 10_000


@pytest.fixture
def tip(shop: Shop, tmp_path: Path) -> TipFile:
    """What the till keeps outside its file, after a day with everything in it."""
    tip = TipFile(tmp_path / "outside.tip", JOURNAL_KEY)
    shop.database.on_sealed = lambda sealed: tip.write(sealed.seq, sealed.hash)
    full_day.live_through(shop)
    shop.database.close()
    return tip


def test_every_tampering_is_found_and_the_right_record_named(
    shop: Shop, tip: TipFile
) -> None:
    tamperer = Tamperer(shop.database.path, SEED)
    connection, anchor = tamperer.connection, tip.read()
    done: Counter[str] = Counter()
    for number in range(TAMPERINGS):
        tampering = tamperer.begin()
        report = verify_on(connection, JOURNAL_KEY, anchor=anchor)
        told = (SEED, number, tampering, report.breaks[:3])
        assert report.breaks, told
        if tampering.is_of_a_row:  # moved to another sale, both of them are named
            assert tampering.seq in {one.seq for one in report.breaks}, told
        elif tampering.seq is not None:
            assert report.breaks[0].seq == tampering.seq, told
        tamperer.undo()
        done[tampering.what] += 1
    assert verify_on(connection, JOURNAL_KEY, anchor=anchor).is_good
    connection.close()
    print(f"{TAMPERINGS} tamperings of {len(done)} kinds found")


def test_honest_records_raise_no_alarm(shop: Shop, tip: TipFile) -> None:
    """The same day over and over, by writing records of it as the till does."""
    written = 0
    while written < HONEST:
        with shop.database.write() as session:
            for _number in range(500):
                notes.note(session, "print.sent", number="T01-000001", copy=0)
            written += 500
        sell(shop, {"BAG": 1}, seat=shop.seat(2))
    report = verify(shop.database, key=JOURNAL_KEY, anchor=tip)
    assert report.breaks == []
    assert report.records > HONEST

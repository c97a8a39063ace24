"""verify: what it says of honest files, of old ones, and of an old backup put back."""

from __future__ import annotations

import hmac
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysqlite3 import dbapi2 as sqlite

from models import clock, i18n, places, schema
from models.database import Database
from models.errors import FileDamaged
from models.file_format import FILE_NAME
from models.goods import stock
from models.i18n import Language
from models.journal import canonical, chain, notes
from models.journal.anchors import TipFile
from models.journal.kinds import MOST_IN_FULL
from models.people import keys, pins, recovery, staff
from models.people.refusals import KeyMissing
from models.people.roles import Role
from models.selling import training
from models.trust import keyed, words
from models.trust.findings import Break, Fault, Report
from models.trust.keyed import Keyed
from models.trust.verify import verify
from tests import drawer
from tests.drawer import where
from tests.prove import full_day
from tests.shop import AT, DAY, JOURNAL_KEY, Shop, minutes, sell, set_up

FILES = Path(__file__).parents[2] / "files"
PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"


def _faults(report: Report) -> list[Fault]:
    return [one.fault for one in report.breaks]


def _kinds(database: Database) -> list[str]:
    with database.raw() as connection:
        found = connection.execute("SELECT kind FROM journal ORDER BY seq").fetchall()
    return [kind for (kind,) in found]


def _anchored(shop: Shop, folder: Path) -> Keyed:
    """The shop with a tip file, under the key that it was made with."""
    tip = TipFile(folder / "outside" / "till.tip", JOURNAL_KEY)
    shop.database.on_sealed = lambda sealed: tip.write(sealed.seq, sealed.hash)
    return Keyed(JOURNAL_KEY, tip, anchor=None)


def _starts(shop: Shop, here: Keyed) -> Break | None:
    """What the next start finds, on the same machine."""
    return keyed.look_at_the_end(shop.database, replace(here, anchor=here.tip.read()))


def _spoil(path: Path, *statements: str) -> None:
    """Behind the till's back: nothing guards the file from SQL."""
    connection = sqlite.connect(path, isolation_level=None)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_day_with_everything_in_it_is_whole(shop: Shop) -> None:
    full_day.live_through(shop)
    report = verify(shop.database, key=JOURNAL_KEY)
    assert report.breaks == []
    assert report.with_key
    assert set(_kinds(shop.database)) >= full_day.SEALED_KINDS
    with shop.database.raw() as connection:
        sums = connection.execute(
            "SELECT count(*), sum(net_fen) FROM sale WHERE series = 'A'"
        ).fetchone()
    totals = report.totals
    assert (totals.receipts, totals.sales - totals.refunds) == sums
    assert report.documents == totals.receipts


def test_what_changes_honestly_later_is_no_alarm(shop: Shop) -> None:
    """Somebody's name in an approval; the record keeps what it was."""
    full_day.live_through(shop)
    with shop.database.write() as session:
        staff.change_staff(session, shop.staff_id, "林晓燕", Role.MANAGER)
    assert verify(shop.database, key=JOURNAL_KEY).is_good


def test_training_is_told_and_counts_in_no_total(shop: Shop) -> None:
    with shop.database.write() as session:
        training.start(session, where(shop))
    sell(shop, {"SAUCE": 1})
    report = verify(shop.database, key=JOURNAL_KEY)
    assert report.is_good
    assert "sale" in _kinds(shop.database)
    assert report.totals == canonical.Totals()
    assert verify(shop.database, with_tables=False).totals == canonical.Totals()


@pytest.mark.parametrize("number", [1, 4, 7])
def test_a_file_of_earlier_versions_begins_with_what_it_held(
    number: int, tmp_path: Path
) -> None:
    path = tmp_path / FILE_NAME
    shutil.copyfile(FILES / f"v{number}.db", path)
    database = schema.open_shop(path)
    report = verify(database)
    assert report.is_good
    assert _kinds(database) == ["journal_start"]
    assert report.totals.receipts == 2
    database.close()
    _spoil(path, "UPDATE sale_line SET name = name || 'x' WHERE id = 1")
    database = Database(path)
    assert verify(database).breaks == [Break(1, Fault.EARLIER, "sale_line")]
    database.close()


def test_a_first_record_that_somebody_made_up_is_told_as_such(
    tmp_path: Path,
) -> None:
    path = tmp_path / FILE_NAME
    shutil.copyfile(FILES / "v7.db", path)
    schema.open_shop(path).close()
    connection = sqlite.connect(path)
    body, prev = connection.execute("SELECT body, prev FROM journal").fetchone()
    connection.close()
    for old, new in ((b'"tables"', b'"fables"'), (b'"key":"id"', b'"key":"at"')):
        made = body.replace(old, new)
        assert made != body
        digest = chain.digest(1, prev, made)
        _spoil(
            path,
            f"UPDATE journal SET body = x'{made.hex()}', hash = x'{digest.hex()}'",
            f"UPDATE journal_tip SET hash = x'{digest.hex()}'",
        )
        database = Database(path)
        assert Break(1, Fault.COLUMNS, "journal_start") in verify(database).breaks
        database.close()


def test_a_later_break_of_its_own_is_found_too(shop: Shop) -> None:
    for _number in range(6):
        sell(shop, {"SAUCE": 1})
    with shop.database.raw() as connection:
        first, *_rest, last = [
            seq
            for (seq,) in connection.execute(
                "SELECT seq FROM journal WHERE kind = 'sale' ORDER BY seq"
            )
        ]
    _spoil(
        shop.database.path,
        f"UPDATE journal SET body = x'7b7d' WHERE seq = {first}",
        f"UPDATE payment SET reference = 'x' WHERE sale_id = "
        f"(SELECT first_row FROM journal WHERE seq = {last})",
        f"UPDATE journal SET v = 9 WHERE seq = {first + 1}",
    )
    found = verify(shop.database, key=JOURNAL_KEY).breaks
    assert [(one.seq, one.fault) for one in found] == [
        (first, Fault.HASH),
        (first + 1, Fault.VERSION),
        (last, Fault.ROWS),
    ]


# --- the key ------------------------------------------------------------------------


def test_without_the_key_the_chain_is_checked_and_the_mac_not(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    report = verify(shop.database)
    assert report.is_good
    assert not report.with_key
    i18n.use_language(Language.EN)
    assert any("MAC not" in line for line in words.lines(report))


def test_records_without_the_key_are_told(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    shop.database.journal_key = b""
    sell(shop, {"SAUCE": 1})
    bare = _kinds(shop.database)
    sell(shop, {"SAUCE": 1})
    assert verify(shop.database, key=JOURNAL_KEY).breaks == [
        Break(len(bare), Fault.NO_MAC)  # the first of them
    ]
    shop.database.journal_key = JOURNAL_KEY
    sell(shop, {"SAUCE": 1})
    assert _faults(verify(shop.database, key=JOURNAL_KEY)) == [Fault.NO_MAC]


def test_of_very_many_rows_the_journal_keeps_the_digest(shop: Shop) -> None:
    """Of an import; to change one of its rows breaks the record all the same."""
    act = stock.Act(shop.outlet_id, stock.Reason.COUNT, AT, DAY)
    moves = [stock.Move(shop.products["SAUCE"], 1)] * (MOST_IN_FULL + 1)
    with shop.database.write() as session:
        stock.move(session, act, moves)
    with shop.database.raw() as connection:
        [body] = connection.execute(
            "SELECT body FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert list(json.loads(body)["what"]) == ["sha256"]
    assert verify(shop.database, key=JOURNAL_KEY).is_good
    _spoil(
        shop.database.path,
        "UPDATE stock_movement SET note = 'x' WHERE id = (SELECT max(id) - 7 "
        "FROM stock_movement)",
    )
    [found] = verify(shop.database, key=JOURNAL_KEY).breaks
    assert found.fault is Fault.ROWS


def test_the_first_start_makes_the_key(shop: Shop, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shop.database.close()
    shop.database.path.unlink()
    new = schema.open_shop(shop.database.path)
    shop = set_up(new)
    made = keyed.give(shop.database, config)
    assert made.key == shop.database.journal_key != b""
    assert keyed.on_this_machine(shop.database, config).key == made.key
    sell(shop, {"SAUCE": 1})
    for closes in (False, True):
        if closes:
            drawer.seals(shop)
        anchor = made.tip.read()
        report = verify(shop.database, anchor=made.tip)
        assert anchor is not None
        assert (anchor.seq, anchor.hash) == (report.last_seq, report.last_hash)
    made.tip.close()


def test_a_shop_without_pins_on_another_machine_raises_no_false_alarm(
    shop: Shop, tmp_path: Path
) -> None:
    sell(shop, {"SAUCE": 1})
    here = keyed.give(shop.database, tmp_path / "elsewhere")
    assert here.key == b""
    sell(shop, {"SAUCE": 1})
    report = verify(shop.database, key=here.key)
    assert report.is_good
    assert not report.with_key


def test_a_new_key_vouches_for_what_was_written_under_a_lost_one(
    shop: Shop, tmp_path: Path
) -> None:
    """A shop without PINs moves, sells, and sets its first PIN there."""
    sell(shop, {"SAUCE": 1})
    elsewhere = tmp_path / "elsewhere"
    keyed.give(shop.database, elsewhere)
    sell(shop, {"SAUCE": 1})
    with shop.database.read() as session:
        uuid = places.till_uuid(session)
    made = keys.find_or_make(elsewhere, uuid, is_new=True)
    assert Fault.MAC in _faults(verify(shop.database, key=made.journal))
    here = keyed.give(shop.database, elsewhere)
    sell(shop, {"SAUCE": 1})
    report = verify(shop.database, key=here.key, anchor=here.tip)
    assert report.is_good, report.breaks
    assert report.other_key > 0
    i18n.use_language(Language.EN)
    assert any("an earlier key" in line for line in words.lines(report))
    before = _kinds(shop.database)
    keyed.give(shop.database, elsewhere)
    assert _kinds(shop.database) == before  # it is told once


def test_nobody_slips_a_record_in_under_a_key_of_his_own(
    shop: Shop, tmp_path: Path
) -> None:
    """Nor under one that was told to be lost; the next start vouches for neither."""
    with shop.database.read() as session:
        uuid = places.till_uuid(session)
    config = tmp_path / "config"
    made = keys.find_or_make(config, uuid, is_new=True)
    here = keyed.give(shop.database, config)
    assert here.key == made.journal
    sell(shop, {"SAUCE": 1})
    for other in (chain.key_id(JOURNAL_KEY), "00c0ffee"):
        _spoil(
            shop.database.path,
            f"UPDATE journal SET key_id = '{other}', mac = x'00' "
            "WHERE seq = (SELECT max(seq) FROM journal)",
        )
        last = len(_kinds(shop.database))
        keyed.give(shop.database, config)
        report = verify(shop.database, key=here.key)
        assert Break(last, Fault.MAC) in report.breaks
        sell(shop, {"SAUCE": 1})


def test_a_machine_without_the_key_sells_on_until_the_recovery_code_comes(
    shop: Shop, tmp_path: Path
) -> None:
    config, elsewhere = tmp_path / "config", tmp_path / "elsewhere"
    with shop.database.read() as session:
        uuid = places.till_uuid(session)
    found = keys.find_or_make(config, uuid, is_new=True)
    shop.database.journal_key = found.journal
    with shop.database.write() as session:
        pins.set_pin(session, found, shop.staff_id, "739154", at=AT)
    here = keyed.give(shop.database, elsewhere)
    assert here.key == b""
    with pytest.raises(KeyMissing):
        keys.find_or_make(elsewhere, uuid, is_new=False)
    sell(shop, {"SAUCE": 1})
    assert Fault.NO_MAC in _faults(verify(shop.database, key=found.journal))
    recovery.recover(
        shop.database,
        elsewhere,
        where(shop),
        shop.staff_id,
        found.recovery_code,
        "739154",
    )
    assert shop.database.journal_key == found.journal
    assert Fault.NO_MAC not in _faults(verify(shop.database, key=found.journal))


# --- anchors ------------------------------------------------------------------------


def test_an_old_backup_that_is_put_back_is_seen_and_stands_in_the_journal(
    shop: Shop, tmp_path: Path
) -> None:
    here = _anchored(shop, tmp_path)
    sell(shop, {"SAUCE": 1})
    shop.database.close()
    old = tmp_path / "old.db"
    shutil.copyfile(shop.database.path, old)
    for _number in range(3):
        sell(shop, {"SAUCE": 1})
    assert _starts(shop, here) is None
    last = verify(shop.database, key=here.key, anchor=here.tip).last_seq
    shop.database.close()
    shutil.copyfile(old, shop.database.path)

    report = verify(shop.database, key=here.key, anchor=here.tip)
    assert report.breaks == [Break(last - 2, Fault.BEHIND)]
    assert _starts(shop, here) == Break(last - 2, Fault.BEHIND)
    assert _starts(shop, here) is None  # it is told once
    report = verify(shop.database, key=here.key, anchor=here.tip)
    assert (report.is_good, report.restored) == (True, 1)
    i18n.use_language(Language.EN)
    assert "An older copy was put back 1 time." in list(words.lines(report))


def test_where_nothing_was_anchored_a_start_finds_nothing(
    shop: Shop, tmp_path: Path
) -> None:
    here = _anchored(shop, tmp_path)
    assert _starts(shop, here) is None
    sell(shop, {"SAUCE": 1})
    assert _starts(shop, here) is None
    assert _starts(shop, replace(here, key=b"")) is None


def test_an_end_that_was_cut_off_is_seen_at_the_next_start(
    shop: Shop, tmp_path: Path
) -> None:
    here = _anchored(shop, tmp_path)
    sell(shop, {"SAUCE": 1})
    last = len(_kinds(shop.database))
    _spoil(shop.database.path, f"DELETE FROM journal WHERE seq = {last}")
    found = _starts(shop, here)
    assert found == Break(last - 1, Fault.TIP)
    _spoil(shop.database.path, "DELETE FROM journal")
    assert _starts(shop, here) == Break(1, Fault.TIP)
    assert Fault.MISSING in _faults(verify(shop.database))


@pytest.mark.parametrize("told", ["{", "[]", '{"sale":"x"}'])
def test_a_tip_that_says_nothing_is_a_break_and_the_till_sells_no_more(
    shop: Shop, told: str
) -> None:
    sell(shop, {"SAUCE": 1})
    _spoil(shop.database.path, f"UPDATE journal_tip SET told = '{told}'")
    assert _faults(verify(shop.database, key=JOURNAL_KEY)) == [Fault.TIP]
    with pytest.raises(FileDamaged):
        sell(shop, {"SAUCE": 1})
    assert shop.database.is_read_only


def test_a_tip_file_of_somebody_else_says_nothing(shop: Shop, tmp_path: Path) -> None:
    here = _anchored(shop, tmp_path)
    other = TipFile(tmp_path / "other.tip", b"other")
    assert other.read() is None
    other.write(99, bytes(32))
    assert verify(shop.database, key=here.key, anchor=other).is_good
    other.make_durable()
    other.close()
    other.close()
    nowhere = TipFile(tmp_path / "other.tip" / "below.tip", b"")
    nowhere.write(1, bytes(32))  # no reason not to sell
    nowhere.make_durable()


def test_a_start_tells_another_version_and_a_clock_that_was_set_back(
    shop: Shop,
) -> None:
    keyed.tell_start(shop.database, at=clock.now())
    keyed.tell_start(shop.database, at=AT - minutes(10_000_000))
    told = _kinds(shop.database)
    assert told.count("app_version") == 1
    assert told[-1] == "clock_back"


# --- values ---------------------------------------------------------------------------


@given(
    key=st.binary(min_size=1, max_size=64), hash_=st.binary(min_size=32, max_size=32)
)
def test_many_macs_are_each_that_of_the_standard(key: bytes, hash_: bytes) -> None:
    of_key = chain.macs_under(key)
    for one in (hash_, bytes(32), hash_):
        assert of_key(one) == hmac.digest(key, one, "sha256") == chain.mac(key, one)


def test_canonical_json_is_sorted_composed_and_knows_no_floats() -> None:
    assert canonical.written({"b": 1, "a": ["e\u0301"]}) == '{"a":["\u00e9"],"b":1}'
    for wrong in (1.5, [1.5], {"a": (1.5,)}):
        with pytest.raises(TypeError):
            canonical.written(wrong)
    assert canonical.instant(0) == "1970-01-01T08:00:00.000+08:00"


def test_nothing_is_written_where_there_is_no_till_yet(database: Database) -> None:
    with database.write() as session:
        notes.note(session, "setting")
    assert _kinds(database) == []
    assert verify(database).is_good


def test_many_breaks_are_counted_and_the_first_hundred_listed() -> None:
    report = Report()
    for seq in range(103):
        report.add(seq, Fault.HASH)
    assert (len(report.breaks), report.more) == (100, 3)
    i18n.use_language(Language.EN)
    said = list(words.lines(replace(report)))
    assert said[0] == "The journal is broken at 103 places."
    assert said[-1] == "and 3 more"
    assert all(words.sentence(Break(1, fault)) for fault in Fault)


def test_verifying_is_quick(shop: Shop) -> None:
    """The bar, 50,000 records a second, is shown by make bench; this is its figure."""
    for _number in range(1000 if PROVING else 50):
        sell(shop, {"BAG": 1})
    for with_tables in (False, True):
        began = perf_counter()
        report = verify(shop.database, key=JOURNAL_KEY, with_tables=with_tables)
        each = (perf_counter() - began) / report.records
        print(f"tables {with_tables}: {1 / each:,.0f} records/s")
        assert report.is_good

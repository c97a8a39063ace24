"""Last records that somebody who knows the format made up, hash and tip with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pysqlite3 import dbapi2 as sqlite

from models.database import Database
from models.journal import chain, earlier, notes
from models.journal.kinds import root_of
from models.journal.telling import told_of
from models.trust.findings import Fault
from models.trust.verify import verify
from tests.shop import Shop, sell


def _forge(shop: Shop, change: Callable[[bytes], bytes], *more: str) -> None:
    """Behind the till's back, as whoever has no key can do it."""
    shop.database.close()
    connection = sqlite.connect(shop.database.path, isolation_level=None)
    connection.execute("DROP TRIGGER journal_no_update")
    seq, prev, body = connection.execute(
        "SELECT seq, prev, body FROM journal ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    made = change(body)
    assert made != body
    digest = chain.digest(chain.VERSION, prev, made)
    connection.execute(
        "UPDATE journal SET body = ?, hash = ? WHERE seq = ?", (made, digest, seq)
    )
    connection.execute("UPDATE journal_tip SET hash = ?", (digest,))
    for statement in more:
        connection.execute(statement)
    connection.close()


def _faults(shop: Shop, *, with_tables: bool) -> set[Fault]:
    report = verify(shop.database, with_tables=with_tables)
    return {one.fault for one in report.breaks}


@pytest.mark.parametrize("with_tables", [True, False])
@pytest.mark.parametrize(
    ("change", "plain", "compared"),
    [
        (lambda _body: b"{}", Fault.COLUMNS, Fault.ROWS),
        (lambda body: body[:-2], None, Fault.ROWS),
        (lambda body: body.replace(b'"seq":', b'"seq":9', 1), Fault.COLUMNS, None),
        (lambda body: body.replace(b'"count":1', b'"count":3'), Fault.TOTALS, None),
    ],
    ids=["empty", "cut", "another number", "another total"],
)
def test_a_sale_that_was_made_up_is_told(
    shop: Shop,
    change: Callable[[bytes], bytes],
    plain: Fault | None,
    compared: Fault | None,
    with_tables: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    """Words of it that are no more JSON are seen where they are compared."""
    sell(shop, {"SAUCE": 1})
    _forge(shop, change)
    found = _faults(shop, with_tables=with_tables)
    wanted = compared or plain if with_tables else plain
    assert wanted in found if wanted else not found - {Fault.TIP}


def test_a_record_of_rows_that_names_none_is_told(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    _forge(
        shop,
        lambda body: body + b" ",
        "UPDATE journal SET first_row = NULL WHERE kind = 'sale'",
    )
    assert Fault.ROWS in _faults(shop, with_tables=True)


def test_a_chain_without_its_tip_is_told(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    _forge(shop, lambda body: body + b" ", "DELETE FROM journal_tip")
    assert Fault.TIP in _faults(shop, with_tables=False)


def test_earlier_rows_of_columns_that_never_were_are_not_the_same(shop: Shop) -> None:
    said = {"columns": ["nothing"], "key": "id", "last": 0, "rows": 0}
    with shop.database.raw() as connection:
        assert earlier.changed(connection, {"act": said}) == ["act"]


def test_nothing_is_told_of_a_row_that_is_not_there(shop: Shop) -> None:
    root = root_of("sale")
    assert root is not None
    with shop.database.raw() as connection, pytest.raises(LookupError):
        told_of(connection, root, 4711, 4711)


def test_signs_of_progress_come_in_a_long_journal(shop: Shop) -> None:
    with shop.database.write() as session:
        for number in range(1_100):
            notes.note(session, "setting", number=number)
    heard: list[tuple[int, int]] = []
    report = verify(shop.database, tell=lambda done, of: heard.append((done, of)))
    assert heard == [(1_000, report.records)]


def test_a_file_without_a_till_has_no_journal(database: Database) -> None:
    assert verify(database).is_good
    assert verify(database).records == 0

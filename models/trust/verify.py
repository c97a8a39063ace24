"""Verify the journal: its chain, its totals, and the tables that it tells of.

Streams, in constant memory. After a break it goes on from what is stored, so that later
breaks of their own are found too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models.database import Database
from models.journal import chain, earlier
from models.journal.anchors import Anchor, TipFile
from models.journal.canonical import Totals, envelope, normal
from models.journal.kinds import (
    MARKED,
    MARKS,
    VARIANCE,
    Root,
    root_of,
)
from models.journal.sealing import (
    START,
    TIP_COLUMNS,
    Tip,
    rows_between,
    rows_told,
    tip_of,
)
from models.journal.telling import Told, find
from models.trust.findings import Fault, Record, Report
from models.trust.writers import Writers

_DOCUMENTS = root_of("sale")
_EVERY = 1000  # records between two signs of progress
_ANY_ROW = 2**63 - 1
_MOST_ROWS = 10_000_000  # of one act


def verify(
    database: Database,
    *,
    key: bytes = b"",
    anchor: TipFile | None = None,
    with_tables: bool = True,
    tell: Callable[[int, int], None] | None = None,
) -> Report:
    """Look at every record of the file; ``tell`` hears how many of how many were.

    Without the key no MAC is looked at, without tables the chain alone. What is stored
    meanwhile is not seen, so the anchor is read before.
    """
    kept = None if anchor is None else anchor.read()
    with database.raw() as connection:
        connection.execute("BEGIN")
        try:
            return verify_on(
                connection, key, anchor=kept, with_tables=with_tables, tell=tell
            )
        finally:
            connection.execute("ROLLBACK")


def verify_on(
    connection: sqlite.Connection,
    key: bytes,
    *,
    anchor: Anchor | None = None,
    with_tables: bool = True,
    tell: Callable[[int, int], None] | None = None,
) -> Report:
    """As ``verify``, on a connection whose view does not change meanwhile."""
    work = _Verifying(connection, key, with_tables=with_tables)
    work.run(tell)
    if anchor is not None:
        work.compare(anchor)
    work.report.breaks.sort(key=lambda one: one.seq)
    return work.report


class _Verifying:
    """One walk along the chain."""

    def __init__(
        self, connection: sqlite.Connection, key: bytes, *, with_tables: bool
    ) -> None:
        self.report = Report(with_key=bool(key))
        self._connection = connection
        self._key = key
        self._writers = Writers(key, self.report) if key else None
        self._with_tables = with_tables
        self._told: dict[str, int] = {}  # per table the last row that was told
        self._variances = 0
        self._totals = Totals()
        self._till_id, self._till = 0, ""

    def run(self, tell: Callable[[int, int], None] | None) -> None:
        connection, report = self._connection, self.report
        till = connection.execute(
            "SELECT id, uuid, code FROM till ORDER BY id LIMIT 1"
        ).fetchone()
        if till is None:
            return
        self._till_id, uuid, self._till = till
        report.last_hash = chain.genesis(uuid, self._till)
        count = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
        for record in map(Record._make, connection.execute(_RECORDS)):
            self._look_at(record)
            report.records += 1
            if tell is not None and report.records % _EVERY == 0:
                tell(report.records, count)
        if self._writers is not None:
            self._writers.end()
        if self._with_tables:
            self._look_at_the_rest()
        self._look_at_the_tip()
        report.totals = self._totals

    def compare(self, anchor: Anchor) -> None:
        """With what lies outside the file, if that is this till's."""
        report = self.report
        if not anchor.is_by(self._key):
            return
        if anchor.seq > report.last_seq:
            report.add(report.last_seq + 1, Fault.BEHIND)
            return
        found = self._connection.execute(
            "SELECT hash FROM journal WHERE seq = ?", (anchor.seq,)
        ).fetchone()
        if found is None or found[0] != anchor.hash:
            report.add(anchor.seq, Fault.BEHIND)

    # --- one record -----------------------------------------------------------

    def _look_at(self, record: Record) -> None:
        report, root = self.report, root_of(record.kind)
        fault = self._fault_of(record)
        if record.seq != report.last_seq + 1:
            report.add(report.last_seq + 1, Fault.GAP)
            fault = Fault.GAP
        elif record.seq == 1 and record.kind != START:
            report.add(1, Fault.MISSING)
        report.last_seq, report.last_hash = record.seq, record.hash
        if record.kind == "restore":
            report.restored += 1
        if fault is None:
            fault = self._content_fault(record, root)
        else:
            self._totals = _totals_in(record.body) or self._totals
        if fault is not None and fault is not Fault.GAP:
            report.add(record.seq, fault, record.kind)
        if root is not None:
            self._move_on(record, root, is_after_gap=fault is Fault.GAP)

    def _fault_of(self, record: Record) -> Fault | None:
        """Of the record as a link of the chain."""
        if record.v != chain.VERSION:
            return Fault.VERSION
        if chain.digest(record.v, record.prev, record.body) != record.hash:
            return Fault.HASH
        if self._writers is not None:
            fault = self._writers.fault_of(record)
            if fault is not None:
                return fault
        return Fault.LINK if record.prev != self.report.last_hash else None

    def _content_fault(self, record: Record, root: Root | None) -> Fault | None:
        """Of what the record says."""
        if record.till_id != self._till_id:
            return Fault.COLUMNS
        if record.seq == 1 and record.kind == START:
            return self._start(record)
        if root is None or not self._with_tables:
            return self._head_fault(record, is_document=root is _DOCUMENTS)
        told = self._find(root, record)
        if told is None:
            self._totals = _totals_in(record.body) or self._totals
            return Fault.ROWS
        return self._told_fault(record, told)

    def _told_fault(self, record: Record, told: Told) -> Fault | None:
        """Whether it says what the tables say, to the byte or but for names."""
        kind, at, net, what = told
        totals = self._totals.after(kind, net)
        if net is not None:
            self.report.documents += 1
        said = b"".join(
            (_head(record, self._till, totals), normal(what).encode(), b"}")
        )
        if said == record.body and kind == record.kind and at == record.at:
            self._totals = totals
            return None
        self._totals = _totals_in(record.body) or totals
        head = _HEAD.match(record.body)
        if head is None or not _is_same(record.body[head.end() : -1], what):
            return Fault.ROWS
        if self._totals != totals:
            return Fault.TOTALS
        is_so = record.body.startswith(_head(record, self._till, totals))
        return None if is_so and kind == record.kind else Fault.COLUMNS

    def _head_fault(self, record: Record, *, is_document: bool) -> Fault | None:
        """Whether its columns and totals are what its body says."""
        before = self._totals
        if not is_document and record.body.startswith(
            _head(record, self._till, before)
        ):
            return None
        totals = _totals_in(record.body)
        if totals is None:
            return Fault.COLUMNS
        self._totals = totals
        if not record.body.startswith(_head(record, self._till, totals)):
            return Fault.COLUMNS
        if totals == before:
            return None
        grown = is_document and totals.receipts == before.receipts + 1
        return None if grown else Fault.TOTALS

    def _find(self, root: Root, record: Record) -> Told | None:
        first, last = record.first_row, record.last_row
        if first is None or last is None or last - first > _MOST_ROWS:
            return None
        return find(self._connection, root, first, last)

    # --- the first record, and what none tells of ---------------------------------

    def _start(self, record: Record) -> Fault | None:
        self._totals = _totals_in(record.body) or self._totals
        fault = self._head_fault(record, is_document=False)
        tables = earlier.tables_in(record.body)
        if tables is None:
            return Fault.COLUMNS
        for root in MARKED:
            self._told[root.table] = (
                tables[root.table]["last"] if root.table in tables else 0
            )
        self._variances = tables[VARIANCE.table]["rows"] if tables else 0
        self.report.documents += self._totals.receipts
        if self._with_tables:
            for table in earlier.changed(self._connection, tables):
                self.report.add(1, Fault.EARLIER, table)
        return fault

    def _move_on(self, record: Record, root: Root, *, is_after_gap: bool) -> None:
        """Note which rows were told; those that none told of are a break."""
        first, last = record.first_row, record.last_row
        if first is None or last is None:
            return
        if not root.is_marked:
            self._variances += 1
            return
        told = self._told.get(root.table, 0)
        looks = self._with_tables and first > told + 1 and not is_after_gap
        if looks and rows_between(self._connection, root, told, first - 1):
            self.report.add(record.seq, Fault.UNTOLD, root.table)
        self._told[root.table] = max(told, last)

    def _look_at_the_rest(self) -> None:
        connection, report = self._connection, self.report
        end = report.last_seq + 1
        for root in MARKED:
            told = self._told.get(root.table, 0)
            if rows_between(connection, root, told, _ANY_ROW):
                report.add(end, Fault.UNTOLD, root.table)
        variances = connection.execute("SELECT count(*) FROM shift_variance")
        if variances.fetchone()[0] != self._variances:
            report.add(end, Fault.UNTOLD, VARIANCE.table)
        if connection.execute(_STOCK_DIFFERS).fetchone() is not None:
            report.add(end, Fault.ROWS, "stock")

    def _look_at_the_tip(self) -> None:
        report = self.report
        found = self._connection.execute(
            f"SELECT {TIP_COLUMNS} FROM journal_tip"  # noqa: S608  # names of our own
        ).fetchone()
        if not report.records:
            report.add(1, Fault.MISSING)
        elif found is None:
            report.add(report.last_seq + 1, Fault.TIP)
        elif not self._is_tip(tip_of(found)):
            report.add(min(found[2], report.last_seq) + 1, Fault.TIP)

    def _is_tip(self, tip: Tip) -> bool:
        report = self.report
        told = rows_told(tip.told) or {}
        marks = json.loads(self._connection.execute(f"SELECT {MARKS}").fetchone()[0])
        is_told = all(told.get(table, 0) == last for table, last in marks.items())
        return (
            (tip.till_id, tip.till) == (self._till_id, self._till)
            and (tip.seq, tip.hash) == (report.last_seq, report.last_hash)
            and tip.totals == self._totals
            and (is_told or not self._with_tables)
        )


def _head(record: Record, till: str, totals: Totals) -> bytes:
    return envelope(record.seq, till, record.kind, record.at, totals)


def _totals_in(body: bytes) -> Totals | None:
    found = _HEAD.match(body)
    if found is None:
        return None
    receipts, refunds, sales = found.groups()
    return Totals(int(receipts), int(refunds), int(sales))


def _is_same(said: bytes, what: str) -> bool:
    """Whether both say the same but for names, which may have changed since."""
    try:
        both = [_without_names(json.loads(one)) for one in (said, what)]
    except ValueError:
        return False
    return bool(both[0] == both[1])


def _without_names(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_names(one)
            for key, one in value.items()
            if not key.endswith("_name")
        }
    return [_without_names(one) for one in value] if isinstance(value, list) else value


_HEAD = re.compile(
    rb'\{"at":"[^"]*","gt":\{"count":(-?\d+),"refunds":(-?\d+),"sales":(-?\d+)\},'
    rb'"kind":"[^"]*","seq":\d+,"till":"[^"]*","what":'
)
_RECORDS = """SELECT seq, till_id, v, kind, at, body, prev, hash, mac, key_id,
  first_row, last_row FROM journal ORDER BY seq"""
_STOCK_DIFFERS = """SELECT 1 FROM (
    SELECT outlet_id, product_id, amount FROM stock_movement
    UNION ALL SELECT outlet_id, product_id, -on_hand FROM stock)
  GROUP BY outlet_id, product_id HAVING sum(amount) <> 0 LIMIT 1"""

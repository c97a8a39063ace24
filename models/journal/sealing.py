"""Write the journal: at each commit, of all that the transaction stored.

The tip knows the last row of each table that is told; what came after it is told now.
So nothing that is kept for good can be stored without a record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models import errors
from models.journal import chain
from models.journal.canonical import Totals, envelope, normal, written
from models.journal.kinds import MARKED, MARKS, Root, root_of
from models.journal.notes import Note
from models.journal.telling import told_of

START = "journal_start"
Row = tuple[Any, ...]


@dataclass(slots=True)
class Tip:
    """Where the chain ends."""

    till_id: int
    till: str
    seq: int
    hash: bytes
    totals: Totals
    told: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where the chain ends after a commit, for the file beside the database."""

    seq: int
    hash: bytes
    is_z: bool  # a Z was among it


def seal(
    connection: sqlite.Connection, key: bytes, notes: Sequence[Note]
) -> Sealed | None:
    """Tell of all that is new; None if nothing is, or as long as there is no till.

    Raises FileDamaged where the tip does not say what was told.
    """
    found = connection.execute(_TIP).fetchone()
    if found is None:
        tip = _begin(connection, key)
        if tip is None:
            return None
        marks = connection.execute(f"SELECT {MARKS}").fetchone()[0]
    else:
        *columns, marks = found
        tip = tip_of(columns)
        if marks == tip.told and not notes:
            return None
    is_z = False
    for kind, at, net, what, first, last in _new(connection, tip.told, marks, notes):
        is_z |= kind == "z_close"
        tip.totals = tip.totals.after(kind, net)
        _write(connection, key, tip, kind, at, what, first, last)
    tip.told = marks
    connection.execute(_NEXT_TIP, (*_of(tip), tip.till_id))
    return Sealed(tip.seq, tip.hash, is_z)


def tip_of(columns: Sequence[Any]) -> Tip:
    till_id, till, seq, hash_, count, refunds, sales, told = columns
    return Tip(till_id, till, seq, hash_, Totals(count, refunds, sales), told)


@lru_cache(maxsize=4)  # what is new now was told already when the next is sealed
def rows_told(told: str) -> Mapping[str, int] | None:
    """Of each table the last row that was told; None if somebody spoilt it."""
    try:
        rows = json.loads(told)
    except ValueError:
        return None
    is_ours = isinstance(rows, dict) and all(type(n) is int for n in rows.values())
    return rows if is_ours else None


def begin(  # what the chain begins with
    connection: sqlite.Connection,
    key: bytes,
    *,
    at: int,
    totals: Totals,
    told: str,
    what: str,
) -> Tip | None:
    """The first record of the till in this file; None as long as there is no till."""
    till = connection.execute("SELECT id, uuid, code FROM till ORDER BY id").fetchone()
    if till is None:
        return None
    till_id, uuid, code = till
    tip = Tip(till_id, code, 0, chain.genesis(uuid, code), totals, told)
    _write(connection, key, tip, START, at, what, None, None)
    connection.execute(_FIRST_TIP, (till_id, code, *_of(tip)))
    return tip


def _begin(connection: sqlite.Connection, key: bytes) -> Tip | None:
    """Of a new shop: nothing was there before, so all there is will be told."""
    at = connection.execute("SELECT unixepoch('subsec') * 1000").fetchone()[0]
    return begin(
        connection, key, at=int(at), totals=Totals(), told="{}", what='{"tables":{}}'
    )


def _new(
    connection: sqlite.Connection, told: str, marks: str, notes: Sequence[Note]
) -> Iterator[Row]:
    """Of all that is new: kind, time, net that counts, what, and which rows."""
    if told != marks:
        before, now = rows_told(told), rows_told(marks)
        if before is None or now is None:
            raise errors.FileDamaged
        for root in MARKED:  # a table of a later version has nothing told
            last_told, last = before.get(root.table, 0), now[root.table]
            if last != last_told:
                for first, end in _records_of(connection, root, last_told, last):
                    yield *told_of(connection, root, first, end), first, end
    for note in notes:
        if note.row is None:
            yield note.kind, note.at, None, written(note.what), None, None
        else:
            root_ = root_of(note.kind)
            assert root_ is not None, note.kind
            yield *told_of(connection, root_, note.row, note.row), note.row, note.row


def _records_of(
    connection: sqlite.Connection, root: Root, after: int, last: int
) -> list[tuple[int, int]]:
    """As ``rows_between``, where ``last`` is there: nothing is asked for one row."""
    if last == after + 1 and not root.of:
        return [(last, last)]
    return rows_between(connection, root, after, last)


def rows_between(
    connection: sqlite.Connection, root: Root, after: int, last: int
) -> list[tuple[int, int]]:
    """The first and the last row of each record that the rows after ``after`` need."""
    own = f" AND {root.of}" if root.of else ""
    grouped = f" GROUP BY {root.groups}" if root.groups else ""
    columns = f"min({root.key}), max({root.key})" if root.is_range else root.key
    found = connection.execute(
        f"SELECT {columns} FROM {root.table} x "
        f"WHERE {root.key} > ? AND {root.key} <= ?{own}{grouped} ORDER BY 1",
        (after, last),
    ).fetchall()
    return [(row[0], row[-1]) for row in found if row[0] is not None]


def _write(  # noqa: PLR0913, PLR0917  # one row
    connection: sqlite.Connection,
    key: bytes,
    tip: Tip,
    kind: str,
    at: int,
    what: str,
    first: int | None,
    last: int | None,
) -> None:
    tip.seq += 1
    head = envelope(tip.seq, tip.till, kind, at, tip.totals)
    body = b"".join((head, normal(what).encode(), b"}"))
    prev, tip.hash = tip.hash, chain.digest(chain.VERSION, tip.hash, body)
    connection.execute(
        _INSERT,
        (
            tip.seq,
            tip.till_id,
            chain.VERSION,
            kind,
            at,
            body,
            prev,
            tip.hash,
            chain.mac(key, tip.hash),
            chain.key_id(key),
            first,
            last,
        ),
    )


def _of(tip: Tip) -> tuple[Any, ...]:
    return tip.seq, tip.hash, *tip.totals, tip.told


TIP_COLUMNS = "till_id, till, seq, hash, count, refunds_fen, sales_fen, told"
_TIP = f"SELECT {TIP_COLUMNS}, {MARKS} FROM journal_tip"
_INSERT = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FIRST_TIP = "INSERT INTO journal_tip VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_NEXT_TIP = """UPDATE journal_tip SET seq = ?, hash = ?, count = ?, refunds_fen = ?,
  sales_fen = ?, told = ? WHERE till_id = ?"""

"""Changes to a shop's file that nobody may make unseen, made at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models import tables
from models.journal import chain
from models.journal.kinds import root_of


@dataclass(frozen=True, slots=True)
class Tampering:
    """What was done, and the record that has to be named first; None: the end."""

    what: str
    seq: int | None
    is_of_a_row: bool = False  # of a table, not of the journal itself


class Tamperer:
    """Works on a file as a thief does: with SQL, without triggers and without the key.

    Each change is rolled back after it was looked at, so that the next one finds an
    honest file.
    """

    def __init__(self, path: Path, seed: int) -> None:
        self._connection = sqlite.connect(path, isolation_level=None)
        self._dice = random.Random(seed)  # a seed that is printed
        self._connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in self._all("SELECT name FROM sqlite_master WHERE type='trigger'"):
            self._connection.execute(f"DROP TRIGGER {name}")
        self.last: int = self._one("SELECT max(seq) FROM journal")

    @property
    def connection(self) -> sqlite.Connection:
        return self._connection

    def begin(self) -> Tampering:
        """One change, in a transaction that is left open."""
        while True:
            self._connection.execute("BEGIN")
            with suppress(sqlite.IntegrityError):  # SQLite's own CHECKs stop this one
                done = self._dice.choice(self._ways)(self)
                if done is not None:
                    return done
            self.undo()

    def undo(self) -> None:
        self._connection.execute("ROLLBACK")

    # --- the chain ------------------------------------------------------------

    def _change_a_column(self) -> Tampering | None:
        seq = self._dice.randint(1, self.last)
        names = [
            "till_id",
            "v",
            "kind",
            "at",
            "body",
            "prev",
            "hash",
            "mac",
            "key_id",
            "first_row",
            "last_row",
        ]
        name = self._dice.choice(names)
        old = self._one(f"SELECT {name} FROM journal WHERE seq = {seq}")
        new = self._other(old)
        if seq == 1 and name in {"mac", "key_id", "first_row", "last_row"}:
            return None
        if name in {"first_row", "last_row"} and old is None:
            return None  # it tells of no row, so that nothing is said by this
        self._connection.execute(
            f"UPDATE journal SET {name} = ? WHERE seq = {seq}", (new,)
        )
        return Tampering(f"{name} of the record changed", seq)

    def _rewrite_a_body(self) -> Tampering | None:
        """Other words, and a right hash: only the key is missing."""
        seq = self._dice.randint(1, self.last)
        body, prev = self._connection.execute(
            f"SELECT body, prev FROM journal WHERE seq = {seq}"
        ).fetchone()
        body = self._other(body)
        new = chain.digest(chain.VERSION, prev, body)
        self._connection.execute(
            f"UPDATE journal SET body = ?, hash = ? WHERE seq = {seq}", (body, new)
        )
        # of the first one, which has no MAC, the next one tells
        return Tampering("body rewritten with its hash", seq if seq > 1 else None)

    def _rewrite_to_the_end(self) -> Tampering | None:
        """The whole chain from here on is made right again, but for the key."""
        seq = self._dice.randint(2, self.last)
        prev = self._one(f"SELECT hash FROM journal WHERE seq = {seq - 1}")
        for number, body in self._all(
            f"SELECT seq, body FROM journal WHERE seq >= {seq} ORDER BY seq"
        ):
            said = self._other(body) if number == seq else body
            new = chain.digest(chain.VERSION, prev, said)
            self._connection.execute(
                "UPDATE journal SET body = ?, prev = ?, hash = ? WHERE seq = ?",
                (said, prev, new, number),
            )
            prev = new
        self._connection.execute("UPDATE journal_tip SET hash = ?", (prev,))
        return Tampering("chain rewritten without the key", seq)

    def _delete(self) -> Tampering:
        seq = self._dice.randint(1, self.last - 1)
        self._connection.execute(f"DELETE FROM journal WHERE seq = {seq}")
        return Tampering("record deleted", seq)

    def _delete_and_close_up(self) -> Tampering:
        seq = self._dice.randint(1, self.last - 1)
        self._connection.execute(f"DELETE FROM journal WHERE seq = {seq}")
        self._move_up(seq, -1)
        self._connection.execute("UPDATE journal_tip SET seq = seq - 1")
        return Tampering("record deleted, later ones moved up", seq)

    def _swap(self) -> Tampering:
        one, other = sorted(self._dice.sample(range(1, self.last + 1), 2))
        for old, new in ((one, -1), (other, one), (-1, other)):
            self._connection.execute(
                f"UPDATE journal SET seq = {new} WHERE seq = {old}"
            )
        return Tampering("two records swapped", one)

    def _insert(self) -> Tampering:
        """A copy of some record, with a right hash, between two others."""
        seq = self._dice.randint(2, self.last)
        self._move_up(seq, 1)
        names = (
            "till_id, v, kind, at, body, prev, hash, mac, key_id, first_row, last_row"
        )
        source = self._dice.choice(
            [n for n in range(1, self.last + 2) if n - seq not in {0, 1}]
        )
        self._connection.execute(
            f"INSERT INTO journal (seq, {names}) SELECT {seq}, {names} FROM journal "
            f"WHERE seq = {source}"
        )
        prev = self._one(f"SELECT hash FROM journal WHERE seq = {seq - 1}")
        body = self._one(f"SELECT body FROM journal WHERE seq = {seq}")
        self._connection.execute(
            "UPDATE journal SET prev = ?, hash = ? WHERE seq = ?",
            (prev, chain.digest(chain.VERSION, prev, body), seq),
        )
        self._connection.execute("UPDATE journal_tip SET seq = seq + 1")
        return Tampering("record inserted", seq)

    def _cut_the_end(self) -> Tampering:
        seq = self._dice.randint(2, self.last)
        self._connection.execute(f"DELETE FROM journal WHERE seq >= {seq}")
        if self._dice.random() < 0.5:  # and the tip with it
            self._connection.execute(
                "UPDATE journal_tip SET (seq, hash) = "
                f"(SELECT seq, hash FROM journal WHERE seq = {seq - 1})"
            )
        return Tampering("end cut off", seq)

    def _change_the_tip(self) -> Tampering:
        name = self._dice.choice(
            ["till_id", "till", "seq", "hash", "count", "refunds_fen", "sales_fen",
             "told"]
        )  # fmt: skip
        old = self._one(f"SELECT {name} FROM journal_tip")
        self._connection.execute(
            f"UPDATE journal_tip SET {name} = ?", (self._other(old),)
        )
        return Tampering(f"{name} of the tip changed", None)

    # --- the tables -----------------------------------------------------------

    def _change_a_row(self) -> Tampering | None:
        """One column of one row that is kept for good."""
        table, name, rowid = self._some_value()
        old = self._one(f"SELECT {name} FROM {table} WHERE rowid = {rowid}")
        seq = self._record_of(table, rowid)
        new = self._other_value(table, name, old)
        self._connection.execute(
            f"UPDATE {table} SET {name} = ? WHERE rowid = {rowid}", (new,)
        )
        return Tampering(f"{table}.{name} changed", seq, is_of_a_row=True)

    def _delete_a_row(self) -> Tampering:
        table, _name, rowid = self._some_value()
        seq = self._record_of(table, rowid)
        self._connection.execute(f"DELETE FROM {table} WHERE rowid = {rowid}")
        return Tampering(f"{table} row deleted", seq, is_of_a_row=True)

    def _copy_a_row(self) -> Tampering:
        """A row more, which no record tells of."""
        table = self._dice.choice(
            ["act", "cash_movement", "stock_movement", "sale", "external_figure"]
        )
        columns = [row[1] for row in self._all(f"PRAGMA table_info({table})")]
        said = [
            {"id": "NULL", "uuid": "uuid || 'x'", "seq": "seq + 1000",
             "reverses_id": "NULL"}.get(one, one)
            for one in columns
        ]  # fmt: skip
        done = self._connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(said)} "
            f"FROM {table} ORDER BY random() LIMIT 1"
        )
        assert done.rowcount == 1, table
        return Tampering(f"{table} row added", None)

    def _change_the_stock(self) -> Tampering:
        """What is on hand is no longer the sum of what moved."""
        name = self._dice.choice(["on_hand", "outlet_id", "product_id", "", ""])
        rowid = self._dice.choice(self._all("SELECT rowid FROM stock"))[0]
        if not name:
            amount = self._one(f"SELECT on_hand FROM stock WHERE rowid = {rowid}")
            assert amount, "a sum of nothing would not be missed"
            self._connection.execute(f"DELETE FROM stock WHERE rowid = {rowid}")
            return Tampering("stock row deleted", None)
        old = self._one(f"SELECT {name} FROM stock WHERE rowid = {rowid}")
        self._connection.execute(
            f"UPDATE stock SET {name} = ? WHERE rowid = {rowid}", (self._other(old),)
        )
        return Tampering(f"stock.{name} changed", None)

    _ways: tuple[Callable[..., Tampering | None], ...] = (
        _change_a_column,
        _change_a_column,
        _rewrite_a_body,
        _rewrite_to_the_end,
        _delete,
        _delete_and_close_up,
        _swap,
        _insert,
        _cut_the_end,
        _change_the_tip,
        _change_a_row,
        _change_a_row,
        _change_a_row,
        _delete_a_row,
        _copy_a_row,
        _change_the_stock,
    )

    # --- tools ----------------------------------------------------------------

    def _some_value(self) -> tuple[str, str, int]:
        table = self._dice.choice(TABLES)
        names = [
            row[1]
            for row in self._all(f"PRAGMA table_info({table})")
            if row[1] not in KEYS.get(table, ("id",))
        ]
        rows = self._all(f"SELECT rowid FROM {table}")
        assert rows, f"there is no {table} to change"
        return table, self._dice.choice(names), self._dice.choice(rows)[0]

    def _record_of(self, table: str, rowid: int) -> int:
        """The record that tells of the row."""
        root, column = OWNERS.get(table, (table, "rowid"))
        where, extra = column, ""
        if table == "stock_movement":
            sale = self._one(f"SELECT sale_id FROM {table} WHERE rowid = {rowid}")
            if sale is not None:
                root, where = "sale", "sale_id"
        if where.startswith("SELECT"):
            row = self._one(where.format(rowid=rowid))
        else:
            row = self._one(f"SELECT {where} FROM {table} WHERE rowid = {rowid}")
        for seq, kind, last in self._all(
            f"SELECT seq, kind, last_row FROM journal WHERE first_row <= {row} "
            f"AND last_row >= {row} {extra}"
        ):
            found = root_of(kind)
            if found is not None and found.table == root and last is not None:
                return int(seq)
        raise AssertionError(table, rowid)

    def _move_up(self, seq: int, by: int) -> None:
        rows = self._all(f"SELECT seq FROM journal WHERE seq >= {seq} ORDER BY seq")
        for (one,) in reversed(rows) if by > 0 else rows:
            self._connection.execute(
                f"UPDATE journal SET seq = {one + by} WHERE seq = {one}"
            )

    def _other_value(self, table: str, name: str, old: Any) -> Any:
        return REFERENCES.get(name, lambda one, _dice: one)(
            self._other(old), self._dice
        )

    def _other(self, old: Any) -> Any:
        """Something else of the same type."""
        if old is None:
            return self._dice.choice([1, 2])
        if isinstance(old, int):
            return old + self._dice.choice([-100, -1, 1, 7, 1000])
        if isinstance(old, str):
            return old[:-1] if old and self._dice.random() < 0.3 else old + "x"
        at = self._dice.randrange(len(old)) if old else 0
        flipped = bytes((old[at] ^ (1 << self._dice.randrange(8)),)) if old else b"x"
        return old[:at] + flipped + old[at + 1 :]

    def _one(self, statement: str) -> Any:
        return self._connection.execute(statement).fetchone()[0]

    def _all(self, statement: str) -> list[Any]:
        found: list[Any] = self._connection.execute(statement).fetchall()
        return found


REFERENCES: dict[str, Callable[[Any, random.Random], Any]] = {}
KEYS = {
    "rounding": ("sale_id",),
    "correction": ("sale_id",),
    "late_entry": ("sale_id",),
    "corrected_line": ("line_id",),
    "corrected_payment": ("payment_id",),
    "shift_opening": ("shift_id",),
    "shift_variance": ("count_id",),
    "counted_pieces": ("count_id",),
}
TABLES = tuple(one for one in tables.KEPT_FOR_GOOD if one != "journal")
OWNERS = {
    "sale_line": ("sale", "sale_id"),
    "sale_bundle": ("sale", "sale_id"),
    "payment": ("sale", "sale_id"),
    "rounding": ("sale", "sale_id"),
    "sale_discount": ("sale", "sale_id"),
    "sale_discount_share": ("sale", "sale_id"),
    "correction": ("sale", "sale_id"),
    "late_entry": ("sale", "sale_id"),
    "counted_pieces": ("shift_count", "count_id"),
    "corrected_line": (
        "sale",
        "SELECT sale_id FROM sale_line WHERE id = {rowid}",
    ),
    "corrected_payment": (
        "sale",
        "SELECT sale_id FROM payment WHERE id = {rowid}",
    ),
}

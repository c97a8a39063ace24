"""The floor of a sale: the same reads and rows, straight through the driver."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models.ids import new_uuid

_PRAGMAS = (  # as the till sets them, see models/database.py
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "busy_timeout = 5000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "mmap_size = 0",
    "wal_autocheckpoint = 8192",
)


def connect(path: Path) -> sqlite.Connection:
    connection = sqlite.connect(path, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


class _Like:
    """Rows like those of one sale: the statement that writes them, and their values."""

    def __init__(self, connection: sqlite.Connection, table: str, where: str) -> None:
        found = connection.execute(f"SELECT * FROM {table} WHERE {where}")  # noqa: S608  # names in this module
        names = [name for name, *_ in found.description if name != "id"]
        rows = [
            dict(zip((n for n, *_ in found.description), row, strict=True))
            for row in found.fetchall()
        ]
        self.values = [{name: row[name] for name in names} for row in rows]
        marks = ", ".join("?" * len(names))
        self.insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  # the table's own names

    def row(self, **changed: object) -> tuple[Any, ...]:
        return tuple((self.values[0] | changed).values())

    def rows(self, **changed: object) -> Iterable[tuple[Any, ...]]:
        return [tuple((values | changed).values()) for values in self.values]


class RawTill:
    """Sells again and again what the last sale of the file sold.

    It reads what a sale must know (the shift, the next number, what is frozen on the
    lines, what is on hand) and writes every row of it. pysqlite3 keeps the statements
    that it has prepared, so each text is parsed once.
    """

    def __init__(self, connection: sqlite.Connection) -> None:
        self._connection = connection
        sale_id = connection.execute("SELECT max(id) FROM sale").fetchone()[0]
        self._sale = _Like(connection, "sale", f"id = {sale_id}")
        self._lines, self._payments, self._moves, self._jobs = (
            _Like(connection, table, f"sale_id = {sale_id}")
            for table in ("sale_line", "payment", "stock_movement", "print_job")
        )
        told = f"kind = 'sale' AND first_row = {sale_id}"
        self._journal = _Like(connection, "journal", told)
        uuid = self._sale.values[0]["uuid"]
        self._basket = _Like(connection, "basket", f"uuid = '{uuid}'")
        self._on_hand = [
            (move["outlet_id"], move["product_id"], move["amount"])
            for move in self._moves.values
        ]

    def save_basket(self, uuid: str, content: str) -> None:
        """One durable upsert, as after each scan."""
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        changed_at = time.time_ns()
        row = self._basket.row(
            uuid=uuid, state="open", content=content, changed_at=changed_at
        )
        run(f"{self._basket.insert} {_ON_SAVED}", row)
        run("COMMIT")

    def sell(self, uuid: str) -> None:
        """One durable sale of the open basket."""
        run, many = self._connection.execute, self._connection.executemany
        run("BEGIN IMMEDIATE")
        run(_MARK_PAID, (uuid,))
        sale = self._sale.values[0]
        found = run(_SHIFT, (sale["till_id"], sale["shift_id"])).fetchone()
        frozen = self._read()
        assert len(frozen) == len(self._on_hand)
        row = self._sale.row(uuid=uuid, seq=found[2] + 1)
        sale_id = run(self._sale.insert, row).lastrowid
        many(self._lines.insert, self._lines.rows(sale_id=sale_id))
        many(self._payments.insert, self._payments.rows(sale_id=sale_id))
        act = new_uuid()
        moves = [
            tuple(
                (move | {"sale_id": sale_id, "act": act, "uuid": new_uuid()}).values()
            )
            for move in self._moves.values
        ]
        many(self._moves.insert, moves)
        many(_ADD_TO_ON_HAND, self._on_hand)
        job = self._jobs.row(sale_id=sale_id, uuid=new_uuid(), state="queued")
        run(self._jobs.insert, job)
        last = run(_LAST_RECORD).fetchone()[0]
        told = {"seq": last + 1, "first_row": sale_id, "last_row": sale_id}
        run(self._journal.insert, self._journal.row(**told))
        run(_MOVE_TIP, (last + 1,))
        run("COMMIT")

    def _read(self) -> list[tuple[Any, ...]]:
        """What is frozen on each line, and what is on hand."""
        run = self._connection.execute
        return [
            run(_FACTS, (outlet, product)).fetchone()
            for outlet, product, _amount in self._on_hand
        ]


_ON_SAVED = """ON CONFLICT (uuid) DO UPDATE SET content = excluded.content,
  changed_at = excluded.changed_at WHERE state = 'open'"""
_MARK_PAID = """UPDATE basket SET state = 'paid', content = ''
  WHERE uuid = ? AND state = 'open'"""
_SHIFT = """SELECT business_date, state,
  (SELECT max(seq) FROM sale WHERE till_id = ? AND series = 'A')
  FROM shift WHERE id = ?"""
_FACTS = """SELECT p.*, c.name, r.*, s.*, k.on_hand
  FROM product p JOIN category c ON c.id = p.category_id
  LEFT JOIN region r ON r.code = p.region_code
  LEFT JOIN supplier s ON s.id = p.supplier_id
  LEFT JOIN stock k ON k.outlet_id = ? AND k.product_id = p.id WHERE p.id = ?"""
_LAST_RECORD = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
_MOVE_TIP = "UPDATE journal_tip SET seq = ?, count = count + 1"
_ADD_TO_ON_HAND = """INSERT INTO stock (outlet_id, product_id, on_hand) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET on_hand = on_hand + excluded.on_hand"""

"""What a file held before its journal began: counted, summed and digested once.

RULINGS.md 34. The first record says for each table its columns, its last row and the
digest of all rows up to there, so that none of them can be changed unseen either.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models.journal import chain, sealing
from models.journal.canonical import Totals, written
from models.journal.kinds import MARKS

# The tables that were kept for good when the journal came, and the key of each.
_TABLES = {
    "sale": "id",
    "sale_line": "id",
    "sale_bundle": "sale_id",
    "payment": "id",
    "rounding": "sale_id",
    "stock_movement": "id",
    "price_change": "id",
    "act": "id",
    "shift_opening": "shift_id",
    "cash_movement": "id",
    "z_close": "id",
    "shift_count": "id",
    "counted_pieces": "count_id",
    "shift_variance": "count_id",
    "shift_split": "id",
    "shift_answer": "id",
    "sale_discount": "sale_id",
    "sale_discount_share": "sale_id",
    "correction": "sale_id",
    "corrected_line": "line_id",
    "corrected_payment": "payment_id",
    "late_entry": "sale_id",
    "personal_handover": "id",
    "day_close": "id",
    "external_figure": "id",
}
_ANY_ORDER = {"shift_variance"}  # a later count may be signed first: rows by name

_SUMS = """SELECT count(*),
  COALESCE(-sum(net_fen) FILTER (WHERE kind <> 'sale'), 0),
  COALESCE(sum(net_fen) FILTER (WHERE kind = 'sale'), 0) FROM sale WHERE series = 'A'"""


def begin_over(connection: sqlite.Connection) -> None:
    """Begin the journal of a file that is being migrated to have one.

    Without the key, which a migration does not know: the records after it have a MAC,
    and hang on this one.
    """
    at = connection.execute("SELECT unixepoch('subsec') * 1000").fetchone()[0]
    count, refunds, sales = connection.execute(_SUMS).fetchone()
    last = connection.execute("SELECT number FROM sale ORDER BY id DESC").fetchone()
    tables = {
        table: summed_up(connection, table, key) for table, key in _TABLES.items()
    }
    what = {"last_number": last[0] if last else "", "tables": tables}
    marks = connection.execute(f"SELECT {MARKS}").fetchone()[0]
    sealing.begin(
        connection,
        chain.NO_MAC,
        at=int(at),
        totals=Totals(count, refunds, sales),
        told=marks,
        what=written(what),
    )


def summed_up(connection: sqlite.Connection, table: str, key: str) -> dict[str, Any]:
    """What the first record says of a table."""
    columns = sorted(_columns(connection, table))
    last = connection.execute(
        f"SELECT COALESCE(max({key}), 0) FROM {table}"
    ).fetchone()[0]
    said: dict[str, Any] = {"columns": columns, "key": key, "last": last}
    if table in _ANY_ORDER:
        found = connection.execute(f"SELECT {key} FROM {table} ORDER BY 1").fetchall()
        said["rows_by_key"] = [row[0] for row in found]
    return said | digested(connection, table, said)


def digested(
    connection: sqlite.Connection, table: str, said: dict[str, Any]
) -> dict[str, Any]:
    """How many rows there were then, and the digest of all that they say.

    The names are those of the first record, whose columns a later version keeps.
    """
    columns = ", ".join(said["columns"])
    key, given = said["key"], said["last"]
    where = f"{key} <= ?"
    if "rows_by_key" in said:
        where = f"{key} IN (SELECT value FROM json_each(?))"
        given = json.dumps(said["rows_by_key"])
    found = connection.execute(
        f"SELECT json_array({columns}) FROM {table} "
        f"WHERE {where} ORDER BY {key}, {columns}",
        (given,),
    )
    digest, rows = hashlib.sha256(), 0
    for (row,) in found:
        digest.update(row.encode() + b"\n")
        rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def tables_in(body: bytes) -> dict[str, Any] | None:
    """What the first record says of them: of all, or in a new shop of none.

    None for a record that somebody made up.
    """
    try:
        tables: dict[str, Any] = json.loads(body)["what"]["tables"]
        is_ours = not tables or (
            tables.keys() == _TABLES.keys()
            and all(
                said["key"] == _TABLES[table]
                and isinstance(said["last"], int)
                and isinstance(said["rows"], int)
                and all(isinstance(one, str) for one in said["columns"])
                for table, said in tables.items()
            )
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return tables if is_ours else None


def changed(connection: sqlite.Connection, tables: dict[str, Any]) -> list[str]:
    """The tables whose earlier rows are not what they were."""
    return [
        table for table, said in tables.items() if not _is_same(connection, table, said)
    ]


def _is_same(connection: sqlite.Connection, table: str, said: dict[str, Any]) -> bool:
    if not set(said["columns"]) <= _columns(connection, table):
        return False
    found = digested(connection, table, said)
    return all(said.get(key) == value for key, value in found.items())


def _columns(connection: sqlite.Connection, table: str) -> set[str]:
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return {row[1] for row in found}

"""Inserts that are worded once: SQLAlchemy says them, the driver carries them out.

Half of what a row of a sale costs is its way through SQLAlchemy (SPEED.md). Types are
bound as SQLAlchemy binds them, in the session's own transaction; what the driver
refuses is its own sqlite3.Error, which models.database names like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert

Row = Mapping[str, Any]
Bind = tuple[str, Callable[[Any], Any]]  # a key of the row, and its way into the file

_DIALECT = sqlite.dialect()


class Prepared:
    """An INSERT without defaults of Python's; rows of the same keys share its words."""

    def __init__(self, statement: Insert) -> None:
        self._statement = statement
        self._known: dict[tuple[str, ...], tuple[str, list[Bind]]] = {}

    def one(self, session: Session, row: Row) -> Any:
        """Store a row; returns the first column of RETURNING, if there is one."""
        words, binds = self._worded(tuple(row))
        found = _driver(session).execute(words, _bound(binds, row)).fetchone()
        return found[0] if found is not None else None

    def many(self, session: Session, rows: Sequence[Row]) -> None:
        """Store rows that all have the keys of the first."""
        if rows:
            words, binds = self._worded(tuple(rows[0]))
            given = [_bound(binds, row) for row in rows]
            _driver(session).executemany(words, given)

    def _worded(self, keys: tuple[str, ...]) -> tuple[str, list[Bind]]:
        known = self._known.get(keys)
        if known is None:
            made = self._statement.compile(dialect=_DIALECT, column_keys=list(keys))
            assert isinstance(made, SQLCompiler)
            assert not made.insert_prefetch, "a default would be left out"
            names = made.positiontup or []
            known = made.string, [_bind(made, name) for name in names]
            self._known[keys] = known
        return known


def _bind(made: SQLCompiler, name: str) -> Bind:
    """How a place is filled: from the row, or with what the statement itself says."""
    place = made.binds[name]
    into = place.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) or _as_it_is
    if place.required:
        return place.key, into
    constant = into(place.value)
    return "", lambda _nothing: constant


def _bound(binds: list[Bind], row: Row) -> list[Any]:
    return [into(row[key] if key else None) for key, into in binds]


def _as_it_is(value: Any) -> Any:
    return value


def _driver(session: Session) -> Any:
    return session.connection().connection.driver_connection

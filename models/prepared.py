"""Statements that are worded once: SQLAlchemy says them, the driver carries them out.

Half of what a row of a sale costs is its way through SQLAlchemy (SPEED.md). Types are
bound and read as SQLAlchemy does it, in the session's own transaction; what the driver
refuses is its own sqlite3.Error, which models.database names like any other.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert, ReturningUpdate

Row = Mapping[str, Any]
Bind = tuple[str, Callable[[Any], Any]]  # a key of the row, and its way into the file

DRIVER = "driver"  # where a session that writes tells its driver's connection
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


class Question:
    """A SELECT, or what an UPDATE returns; its words are the same each time."""

    def __init__(self, statement: Select[Any] | ReturningUpdate[Any]) -> None:
        self._statement = statement
        self._words = ""

    def rows(self, session: Session, given: Row) -> list[Any]:
        """The rows found, each by the names of its columns.

        Nothing is flushed before: what the session only holds in memory is not seen.
        """
        if not self._words:
            self._word()
        row, ways = self._row, self._ways
        found = _driver(session).execute(self._words, _bound(self._binds, given))
        return [
            row(*[into(value) for into, value in zip(ways, each, strict=True)])
            for each in found.fetchall()
        ]

    def _word(self) -> None:
        made = self._statement.compile(dialect=_DIALECT)
        assert isinstance(made, SQLCompiler)
        columns = list(self._statement.exported_columns)
        self._binds = [_bind(made, name) for name in made.positiontup or []]
        self._ways = [_way_out(column) for column in columns]
        self._row = _row_of([str(column.key) for column in columns])
        self._words = made.string


def _row_of(names: list[str]) -> Callable[..., Any]:
    return namedtuple("Found", names)


def _way_out(column: ColumnElement[Any]) -> Callable[[Any], Any]:
    """How a value comes out of the file."""
    impl = column.type.dialect_impl(_DIALECT)
    return impl.result_processor(_DIALECT, None) or _as_it_is


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
    return session.info.get(DRIVER) or session.connection().connection.driver_connection

"""Statements that are worded once: SQLAlchemy says them, the driver carries them out.

Half of what a row of a sale costs is its way through SQLAlchemy (SPEED.md). Types are
bound and read as SQLAlchemy does it, in the session's own transaction; what the driver
refuses is its own sqlite3.Error, which models.database names like any other.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert, ReturningUpdate
from sqlalchemy.types import TypeEngine

from models.database import DRIVER, Plain

Row = Mapping[str, Any]
Way = tuple[int, Callable[[Any], Any]]  # a place, and how its value is changed there

_DIALECT = sqlite.dialect()


class Prepared:
    """An INSERT without defaults of Python's; rows of the same keys share its words."""

    def __init__(self, statement: Insert) -> None:
        self._statement = statement
        self._known: dict[tuple[str, ...], tuple[str, _Places]] = {}

    def one(self, session: Session, row: Row) -> int:
        """Store a row; returns its id, where its table has one."""
        words, places = self._worded(tuple(row))
        row_id: int = _driver(session).execute(words, places.filled(row)).lastrowid
        return row_id

    def many(self, session: Session, rows: Sequence[Row]) -> None:
        """Store rows that all have the keys of the first."""
        if rows:
            words, places = self._worded(tuple(rows[0]))
            _driver(session).executemany(words, [places.filled(row) for row in rows])

    def _worded(self, keys: tuple[str, ...]) -> tuple[str, _Places]:
        known = self._known.get(keys)
        if known is None:
            made = self._statement.compile(dialect=_DIALECT, column_keys=list(keys))
            assert isinstance(made, SQLCompiler)
            assert not made.insert_prefetch, "a default would be left out"
            known = self._known[keys] = made.string, _Places(made)
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
        found = _driver(session).execute(self._words, self._places.filled(given))
        return [self._row(*_changed(each, self._ways)) for each in found.fetchall()]

    def _word(self) -> None:
        made = self._statement.compile(dialect=_DIALECT)
        assert isinstance(made, SQLCompiler)
        columns = list(self._statement.exported_columns)
        self._places = _Places(made)
        self._ways = [
            (at, kind.out) for at, kind in _plain(one.type for one in columns)
        ]
        self._row = _row_of([str(one.key) for one in columns])
        self._words = made.string


class _Places:
    """The places of a statement: filled from a row, or with what it says itself."""

    def __init__(self, made: SQLCompiler) -> None:
        places = [made.binds[name] for name in made.positiontup or []]
        self._said = {one.key: one.value for one in places if not one.required}
        self._keys = [one.key for one in places]
        self._take = itemgetter(*self._keys) if len(places) > 1 else self._take_few
        self._ways = [
            (at, kind.into) for at, kind in _plain(one.type for one in places)
        ]

    def filled(self, row: Row) -> list[Any]:
        return _changed(
            self._take({**self._said, **row} if self._said else row), self._ways
        )

    def _take_few(self, row: Row) -> list[Any]:
        """None or one, where an itemgetter would give no tuple."""
        return [row[key] for key in self._keys]


def _plain(types: Iterable[TypeEngine[Any]]) -> list[tuple[int, Plain[Any]]]:
    """Where values are changed on their way; most are numbers and texts already."""
    return [(at, one) for at, one in enumerate(types) if isinstance(one, Plain)]


def _changed(values: Iterable[Any], ways: list[Way]) -> list[Any]:
    changed = list(values)
    for at, way in ways:
        value = changed[at]
        if value is not None:
            changed[at] = way(value)
    return changed


def _row_of(names: list[str]) -> Callable[..., Any]:
    return namedtuple("Found", names)


def _driver(session: Session) -> Any:
    return session.info.get(DRIVER) or session.connection().connection.driver_connection

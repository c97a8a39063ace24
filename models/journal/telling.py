"""What rows of the tables say, as a record tells it."""

from __future__ import annotations

import hashlib

from pysqlite3 import dbapi2 as sqlite

from models.journal.canonical import normal, written
from models.journal.kinds import MOST_IN_FULL, Root

Told = tuple[str, int, int | None, str]  # kind, time, net that counts, what


def told_of(connection: sqlite.Connection, root: Root, first: int, last: int) -> Told:
    """Raises LookupError where no such row is."""
    found = find(connection, root, first, last)
    if found is None:
        raise LookupError(root.table, first)
    return found


def find(
    connection: sqlite.Connection, root: Root, first: int, last: int
) -> Told | None:
    """As ``told_of``; None where no such row is."""
    found = connection.execute(root.statement, (first, last)).fetchone()
    if found is None:
        return None
    kind, at, net, what = found
    if root.is_range and last - first >= MOST_IN_FULL:
        summed = hashlib.sha256(normal(what).encode()).hexdigest()
        what = written({"sha256": summed})
    return kind, at, net, what

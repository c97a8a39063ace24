"""Whether a closed shop's file is whole: what every backup has to pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models.errors import FileDamaged
from models.trust.verify import verify_on

_MAGIC = b"SQLite format 3\x00"


def size_said(header: bytes) -> int | None:
    """How many bytes a file has whose first hundred are these; None if it is no file
    of SQLite's.
    """
    if not header.startswith(_MAGIC):
        return None
    page = int.from_bytes(header[16:18])
    page_size = 65_536 if page == 1 else page
    return page_size * int.from_bytes(header[28:32])


def check(path: Path) -> None:
    """Raises FileDamaged unless the file passes every check.

    Nobody may have it open: it is read as a file that does not change.
    """
    for passes in _checks():
        if not passes(path):
            raise FileDamaged


def _checks() -> tuple[Callable[[Path], bool], ...]:
    """All that is asked, the most basic first."""
    return (_are_pages_sound, _do_references_hold, _does_the_chain_hold)


@contextmanager
def reading(path: Path) -> Iterator[sqlite.Connection]:
    """A closed file, read without a file beside it and without trust (TRUST.md C4)."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite.connect(uri, uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        yield connection


def _are_pages_sound(path: Path) -> bool:
    with reading(path) as connection:
        found: object = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return found == ("ok",)


def _do_references_hold(path: Path) -> bool:
    with reading(path) as connection:
        broken: object = connection.execute("PRAGMA foreign_key_check").fetchone()
    return broken is None


def _does_the_chain_hold(path: Path) -> bool:
    """The journal's; whether the tables say the same is asked by ``main.py verify``."""
    with reading(path) as connection:
        is_kept = connection.execute(_HAS_JOURNAL).fetchone() is not None
        return not is_kept or verify_on(connection, b"", with_tables=False).is_good


_HAS_JOURNAL = "SELECT 1 FROM sqlite_schema WHERE name = 'journal'"

"""Ways in which a shop's file comes to harm, as disks and people do it."""

from __future__ import annotations

from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

PAGE = 4096


def cut_short(path: Path, *, pages: int) -> None:
    """So many pages are missing at the end, as after a copy that broke off."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - pages * PAGE)


def spoil_header(path: Path, length: int) -> None:
    """Zeros over the beginning, as a stick leaves them that was pulled out."""
    with path.open("r+b") as file:
        file.write(bytes(length))


def spoil_table(path: Path, table: str) -> None:
    """Garbage over the first page of a table; the others stay as they were."""
    connection = sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    page: int = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
    ).fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def spoil_schema(path: Path) -> None:
    """A table's definition says nothing any more, and its name is no text at all.

    What SQLite says of it is no text either.
    """
    content = path.read_bytes()
    for old, new in (
        (b"tableroundingrounding", b"table\xecoundingrounding"),
        (b"CREATE TABLE rounding", b"CREATE TABLX rounding"),
    ):
        assert content.count(old) == 1
        content = content.replace(old, new)
    path.write_bytes(content)


def flip(path: Path, byte: int, bit: int) -> None:
    """One bit is the other way round, as old sticks have it."""
    with path.open("r+b") as file:
        file.seek(byte)
        value = file.read(1)[0]
        file.seek(byte)
        file.write(bytes([value ^ 1 << bit]))

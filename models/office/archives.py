"""A spreadsheet is an archive: what none may be is seen before it is unpacked."""

from __future__ import annotations

import stat
import zlib
from io import BytesIO
from pathlib import PureWindowsPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.errors import UnreadableTable
from models.office.refusals import UnsafeArchive

_MIB = 1024 * 1024
MOST_ENTRIES = 1000
MOST_BYTES_EACH = 64 * _MIB
MOST_BYTES = 256 * _MIB
MOST_RATIO = 100  # of what is larger than a megabyte
_SMALL = _MIB
_ENCRYPTED = 1  # a bit of the flags
_CHUNK = _MIB


def check(name: str, data: bytes) -> None:
    """Read the directory first, then see whether every entry is what it says.

    The rules are those of TRUST.md C4. Raises UnsafeArchive for one that breaks them,
    UnreadableTable for one that is broken itself.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            sizes = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or sizes > MOST_BYTES:
                raise UnsafeArchive
            if any(_is_unsafe(entry) for entry in entries):
                raise UnsafeArchive
            for entry in entries:
                _read_through(archive, entry)
    except (BadZipFile, EOFError, NotImplementedError, ValueError, zlib.error) as error:
        raise UnreadableTable(name) from error


def _is_unsafe(entry: ZipInfo) -> bool:
    return (
        entry.file_size > MOST_BYTES_EACH
        or (
            entry.file_size > _SMALL
            and entry.file_size > MOST_RATIO * entry.compress_size
        )
        or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}
        or bool(entry.flag_bits & _ENCRYPTED)
        or stat.S_ISLNK(entry.external_attr >> 16)
        or _leads_elsewhere(entry.orig_filename)
    )


def _leads_elsewhere(name: str) -> bool:
    """As any system would read the name."""
    path = PureWindowsPath(name)
    return bool(path.anchor) or ".." in path.parts or "\0" in name


def _read_through(archive: ZipFile, entry: ZipInfo) -> None:
    """What is larger than its entry says fails its checksum at the size it says."""
    with archive.open(entry) as content:
        while content.read(_CHUNK):
            pass

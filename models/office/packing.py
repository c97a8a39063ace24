"""Packed backups: gzip, asked for by a name and told by the first bytes."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from models.office.whole import size_said

SUFFIX = ".gz"

_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 20
_LEVEL = 1  # a quarter of the size; higher levels take much longer for little
_HEADER = 100  # bytes that tell how long a shop's file is


class PackingBroken(Exception):
    """What is packed cannot be got out of it as it went in."""


class PackingCutShort(PackingBroken):
    """The end is missing."""


def is_packed_name(path: Path) -> bool:
    """Whether a backup of this name is to be packed."""
    return path.suffix.lower() == SUFFIX


def is_packed(path: Path) -> bool:
    """Whether a file is packed, whatever its name. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def pack(plain: Path, packed: Path) -> None:
    """Pack a file and read it back. Raises OSError, PackingBroken."""
    with plain.open("rb") as source, packed.open("wb") as raw:
        # no name and no time: the same file is packed to the same bytes
        with gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as target:
            shutil.copyfileobj(source, target, _CHUNK)
    if content_digest(packed) != content_digest(plain):
        raise PackingBroken


def content_digest(path: Path) -> str:
    """The SHA-256 of what is in a backup. Raises OSError, PackingBroken."""
    digest = hashlib.sha256()
    with _reading(path) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def head(path: Path, length: int = _HEADER) -> bytes:
    """How the file in a backup begins. Raises OSError, PackingBroken."""
    with _reading(path) as file:
        return file.read(length)


def unpack(path: Path, target: Path) -> None:
    """Write what is in a backup. Raises OSError, PackingBroken.

    No more than the header says that it is: a few bytes could hide a disk's worth.
    """
    most = size_said(head(path))
    with _reading(path) as file, target.open("wb") as plain:
        while chunk := file.read(_CHUNK):
            plain.write(chunk)
            if most is None or plain.tell() > most:
                raise PackingBroken


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A backup as a plain file, while the block lasts. Raises as ``unpack``."""
    if not is_packed(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="shanhai-") as folder:
        plain = Path(folder) / "backup.db"
        unpack(path, plain)
        yield plain


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        if not is_packed(path):
            with path.open("rb") as file:
                yield file
        else:
            with gzip.open(path) as content:
                yield cast(BinaryIO, content)
    except EOFError as error:
        raise PackingCutShort from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise PackingBroken from error

"""The tip outside the database: one small file, so that an older copy is told as such.

It is written after each commit without waiting for the disk: after a power cut it may
say an earlier record, never a later one. At a Z it is made durable.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SEQ, _HASH, _MAC = 20, 64, 64
_LENGTH = _SEQ + 1 + _HASH + 1 + _MAC + 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """A record that the chain once ended in."""

    seq: int
    hash: bytes
    mac: bytes

    def is_by(self, key: bytes) -> bool:
        """Whether this shop's till wrote it; without the key nobody can say."""
        return not key or hmac.compare_digest(self.mac, _mac(key, self.seq, self.hash))


class TipFile:
    """The file beside the key, of one till."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._number: int | None = None

    def read(self) -> Anchor | None:
        """None where it is not there, or a power cut left it unreadable."""
        with suppress(OSError, ValueError):
            seq, hash_, mac = self._path.read_text("ascii").split()
            return Anchor(int(seq), bytes.fromhex(hash_), bytes.fromhex(mac))
        return None

    def write(self, seq: int, hash_: bytes) -> None:
        """Over what was there; a folder that takes no file is no reason not to sell."""
        mac = _mac(self._key, seq, hash_)
        text = f"{seq:0{_SEQ}} {hash_.hex()} {mac.hex()}\n"
        with suppress(OSError):
            number = self._opened()
            os.lseek(number, 0, os.SEEK_SET)
            os.write(number, text.encode("ascii"))

    def make_durable(self) -> None:
        """To the disk, as at a Z."""
        with suppress(OSError):
            os.fsync(self._opened())

    def close(self) -> None:
        if self._number is not None:
            os.close(self._number)
            self._number = None

    def _opened(self) -> int:
        if self._number is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._number = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        return self._number


def tip_path(folder: Path, till_uuid: str) -> Path:
    return folder / f"{till_uuid}.tip"


def _mac(key: bytes, seq: int, hash_: bytes) -> bytes:
    return hmac.digest(key, b"POSJ-TIP" + seq.to_bytes(8) + hash_, "sha256")

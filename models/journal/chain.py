"""How a record hangs on the one before it: SHA-256, and a MAC under the shop's key."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from functools import lru_cache

VERSION = 1
NO_MAC = b""
_MARK = b"POSJ\0"
_CODE_CHARACTERS = 10
_BLOCK = 64  # of SHA-256


def genesis(till_uuid: str, till: str) -> bytes:
    """What the first record of a till hangs on."""
    return hashlib.sha256(b"POSJ-GENESIS" + f"{till_uuid}{till}".encode()).digest()


def digest(version: int, prev: bytes, body: bytes) -> bytes:
    """The hash of a record; its length goes in, so that nothing can be shifted."""
    parts = (_MARK, bytes((version,)), prev, len(body).to_bytes(8), body)
    return hashlib.sha256(b"".join(parts)).digest()


def mac(key: bytes, hash_: bytes) -> bytes:
    """Nothing without a key: whoever verifies is told so (RULINGS.md 30)."""
    return macs_under(key)(hash_) if key else NO_MAC


@lru_cache(maxsize=2)
def macs_under(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC (RFC 2104) with SHA-256; what depends on the key alone is done once.

    The key has at most a block, as ours do.
    """
    assert len(key) <= _BLOCK
    block = key.ljust(_BLOCK, b"\0")
    inside = hashlib.sha256(bytes(one ^ 0x36 for one in block))
    outside = hashlib.sha256(bytes(one ^ 0x5C for one in block))

    def made(hash_: bytes) -> bytes:
        inner, outer = inside.copy(), outside.copy()
        inner.update(hash_)
        outer.update(inner.digest())
        return outer.digest()

    return made


@lru_cache(maxsize=2)
def key_id(key: bytes) -> str:
    """Tells keys apart and says nothing of them."""
    return hmac.digest(key, b"journal key id", "sha256").hex()[:8] if key else ""


def code(hash_: bytes) -> str:
    """The ten characters of a record's hash that stand on paper."""
    return base64.b32encode(hash_).decode("ascii")[:_CODE_CHARACTERS]

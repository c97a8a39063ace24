"""Identifiers that are unique on every machine and grow with time (UUID version 7)."""

from __future__ import annotations

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = [0]  # the last 60 bits of milliseconds and counter, never falling


def new_uuid() -> str:
    """A UUIDv7 that is larger than every one before it in this process.

    RFC 9562, 6.2: when the clock stands still or is set back, the twelve bits behind
    the milliseconds count on from where they were.
    """
    with _lock:
        value = max(time.time_ns() // 1_000_000 << 12, _last[0] + 1)
        _last[0] = value
    milliseconds, counter = value >> 12, value & 0xFFF
    tail = int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    number = milliseconds << 80 | 7 << 76 | counter << 64 | 0b10 << 62 | tail
    return str(uuid.UUID(int=number))

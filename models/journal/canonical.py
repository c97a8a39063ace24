"""Bytes that are the same whenever the same is said: a subset of RFC 8785.

Sorted keys, UTF-8 in NFC, no blanks; money is whole fen, and a float is refused.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from models import clock


class Totals(NamedTuple):
    """What the till ever took and gave back, in fen, and in how many documents."""

    receipts: int = 0
    refunds: int = 0
    sales: int = 0

    def after(self, kind: str, net: int | None) -> Totals:
        """With one more document; ``net`` is None for what moves no money."""
        if net is None:
            return self
        if kind == "sale":
            return Totals(self.receipts + 1, self.refunds, self.sales + net)
        return Totals(self.receipts + 1, self.refunds - net, self.sales)


def written(value: Any) -> str:
    """A value as canonical JSON. Raises TypeError for what is not plain, as a float."""
    _refuse_floats(value)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return normal(text)


def normal(text: str) -> str:
    """``text`` in NFC; nearly all is already."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(value)
    if isinstance(value, dict):
        for one in value.values():
            _refuse_floats(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _refuse_floats(one)


def instant(milliseconds: int) -> str:
    """The shop's time as ``2026-11-24T10:30:00.000+08:00``."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}.{rest:03}+08:00"


@lru_cache(maxsize=64)
def _second(seconds: int) -> str:
    at = clock.local(clock.from_milliseconds(seconds * 1000))
    return f"{at:%Y-%m-%dT%H:%M:%S}"


def envelope(seq: int, till: str, kind: str, at: int, totals: Totals) -> bytes:
    """How a record's body begins; what was done and a closing brace follow."""
    return (
        f'{{"at":"{instant(at)}","gt":{{"count":{totals.receipts},'
        f'"refunds":{totals.refunds},"sales":{totals.sales}}},"kind":"{kind}",'
        f'"seq":{seq},"till":"{till}","what":'
    ).encode()

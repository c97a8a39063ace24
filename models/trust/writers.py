"""Who wrote the records: this shop's till under its key, under an earlier one, or none.

Without a MAC are the first start, before there is a key and before anything is sold,
and a machine without the key, until the recovery code is given or a new key is made
(RULINGS.md 30). Both are told under the key that is there then, and so vouched for.
"""

from __future__ import annotations

import json

from models.journal import chain
from models.journal.kinds import ACT, OPENING, PRICES, STOCK, root_of
from models.trust.findings import Fault, Record, Report

KEY_CHANGED = "key_changed"  # tells which key was there before

# What the first start does before there is a key; nothing of it is money.
_AT_FIRST = {None, ACT, OPENING, PRICES, STOCK}
_VOUCHING = {"act.recover", KEY_CHANGED}


class Writers:
    """Hears each record in turn, and names those that nothing vouches for."""

    def __init__(self, key: bytes, report: Report) -> None:
        self._mac, self._key_id = chain.macs_under(key), chain.key_id(key)
        self._report = report
        self._bare: int | None = None  # the first without a MAC that is not vouched for
        self._of_other: dict[str, int] = {}  # likewise, by its key
        self._is_beginning = True

    def fault_of(self, record: Record) -> Fault | None:
        """Of a record whose hash is right."""
        if not record.mac and not record.key_id:
            self._hear_bare(record)
        elif record.mac == self._mac(record.hash):
            self._vouch(record)
            if record.key_id != self._key_id:
                return Fault.COLUMNS
        elif record.key_id == self._key_id:
            return Fault.MAC
        else:
            self._report.other_key += 1
            self._of_other.setdefault(record.key_id, record.seq)
        return None

    def end(self) -> None:
        """Nothing comes that vouches for the rest."""
        self._end_bare()
        for seq in self._of_other.values():
            self._report.add(seq, Fault.MAC)

    def _hear_bare(self, record: Record) -> None:
        self._report.without_mac += 1
        is_of_start = record.seq == 1 or root_of(record.kind) in _AT_FIRST
        if self._bare is None and not (self._is_beginning and is_of_start):
            self._bare = record.seq

    def _vouch(self, record: Record) -> None:
        """This till's record comes after them; an earlier key has to be named."""
        if record.kind not in _VOUCHING:
            self._end_bare()
        elif record.kind == KEY_CHANGED:
            self._of_other.pop(json.loads(record.body)["what"]["before"], None)
        self._bare, self._is_beginning = None, False

    def _end_bare(self) -> None:
        if self._bare is not None:
            self._report.add(self._bare, Fault.NO_MAC)

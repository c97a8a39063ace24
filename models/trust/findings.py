"""What verifying the journal looks at and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from models.journal.canonical import Totals

_MOST = 100  # breaks that are listed; the others are counted


class Fault(StrEnum):
    """What is wrong at a place of the chain."""

    GAP = "gap"  # records are missing before this one
    LINK = "link"  # it does not hang on the one before it
    HASH = "hash"  # it was changed
    MAC = "mac"  # it was not written by this shop's till
    NO_MAC = "no_mac"  # likewise, and nobody even tried
    VERSION = "version"
    COLUMNS = "columns"  # what stands beside it is not what it says
    TOTALS = "totals"  # the perpetual totals do not follow
    ROWS = "rows"  # the tables do not say what it says
    UNTOLD = "untold"  # rows before this record that none tells of
    EARLIER = "earlier"  # rows from before the journal were changed
    MISSING = "missing"  # there is a till and no journal, or no first record
    TIP = "tip"  # the chain does not end where its tip says
    BEHIND = "behind"  # the file is older than what was anchored outside it


@dataclass(frozen=True, slots=True)
class Break:
    """One place that is not as it was written."""

    seq: int
    fault: Fault
    about: str = ""  # the table, or what the record is of


class Record(NamedTuple):
    """One row of the journal."""

    seq: int
    till_id: int
    v: int
    kind: str
    at: int
    body: bytes
    prev: bytes
    hash: bytes
    mac: bytes
    key_id: str
    first_row: int | None
    last_row: int | None


@dataclass(slots=True)
class Report:
    """What was found; ``breaks`` in the order of the chain."""

    records: int = 0
    documents: int = 0
    last_seq: int = 0
    last_hash: bytes = b""
    totals: Totals = field(default_factory=Totals)
    breaks: list[Break] = field(default_factory=list)
    more: int = 0  # breaks that are not listed
    with_key: bool = False  # False: chain checked, MAC not
    without_mac: int = 0  # records of times without the key
    other_key: int = 0  # of times with an earlier one
    restored: int = 0  # an older copy came back, and it stands in the journal

    @property
    def is_good(self) -> bool:
        return not self.breaks

    def add(self, seq: int, fault: Fault, about: str = "") -> None:
        if len(self.breaks) < _MOST:
            self.breaks.append(Break(seq, fault, about))
        else:
            self.more += 1

"""A disk that fails at one call, or from one call on, and says what it did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from models.errors import DatabaseUnavailable, DiskFull, DiskTrouble, PosError
from tests.prove import faulty_disk, own_files
from tests.prove.faulty_disk import Call, Io

_IOERR = 10
_FULL = 13
_CANTOPEN = 14
_TROUBLE = {  # SQLite's extended codes
    Io.READ: _IOERR | 1 << 8,
    Io.WRITE: _IOERR | 3 << 8,
    Io.SYNC: _IOERR | 4 << 8,
    Io.TRUNCATE: _IOERR | 6 << 8,
    Io.DELETE: _IOERR | 10 << 8,
    Io.OPEN: _CANTOPEN,
}
_CHANGES = frozenset({Io.WRITE, Io.SYNC, Io.TRUNCATE})


class Fault(Enum):
    """What is wrong with the disk: the calls that fail, and what the till must say."""

    TROUBLE = (_CHANGES, DiskTrouble)
    FULL = (frozenset({Io.WRITE}), DiskFull)
    ANY = (frozenset(Io) - {Io.CLOSE}, DatabaseUnavailable)  # reading as well

    @property
    def calls(self) -> frozenset[Io]:
        calls: frozenset[Io] = self.value[0]
        return calls

    @property
    def sentence(self) -> type[PosError]:
        sentence: type[PosError] = self.value[1]
        return sentence

    def code(self, io: Io) -> int:
        return _FULL if self is Fault.FULL else _TROUBLE[io]


@dataclass
class FailingDisk:
    """Works until it is told at which call to fail."""

    fault: Fault = Fault.TROUBLE
    is_lasting: bool = False
    fail_at: int = 0  # 0: it works
    calls: int = 0
    has_failed: bool = False

    def watch(self, call: Call) -> int:
        if not self.fail_at or call.io not in self.fault.calls:
            return faulty_disk.OK
        self.calls += 1
        if self.calls == self.fail_at or (self.is_lasting and self.has_failed):
            self.has_failed = True
            return self.fault.code(call.io)
        return faulty_disk.OK

    @contextmanager
    def failing(self, at: int) -> Iterator[None]:
        """In the block the call of that number fails, counted from 1."""
        self.fail_at, self.calls, self.has_failed = at, 0, False
        try:
            yield
        finally:
            self.fail_at = 0


@contextmanager
def failing_disk(fault: Fault, *, is_lasting: bool) -> Iterator[FailingDisk]:
    """A disk for all files that SQLite or the program itself opens in the block."""
    made = FailingDisk(fault, is_lasting)
    with faulty_disk.disk(made.watch), own_files.watched(made.watch):
        yield made

"""What a disk holds when its power is cut.

What was synced is there. Of what was written since, each sector of 512 bytes came to
the disk or did not, in any order, or is garbage; a file that was made or deleted since
its folder was synced is there or is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.prove.faulty_disk import Call, Io

_SECTOR = 512


@dataclass(eq=False)
class _File:
    """What is on the disk of one file, and what is only on its way there."""

    synced: bytearray = field(default_factory=bytearray)
    unsynced: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for call in self.unsynced:
            _put(self.synced, call.at, None if call.io is Io.TRUNCATE else call.data)
        self.unsynced.clear()

    def after_cut(self, chance: Random) -> bytes:
        left = bytearray(self.synced)
        for at, data in _arrived(self.unsynced, chance):
            _put(left, at, data)
        return bytes(left)


def _put(content: bytearray, at: int, data: bytes | None) -> None:
    """Write ``data`` at ``at``; None makes that the length."""
    if data is None:
        del content[at:]
    content.extend(bytes(max(0, at - len(content))))
    if data is not None:
        content[at : at + len(data)] = data


def _arrived(calls: list[Call], chance: Random) -> list[tuple[int, bytes | None]]:
    """What came to the disk of calls that were not synced, as it came there."""
    likely = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))  # what a lost one has for company
    garbled = chance.choice((0.0, 0.0, 0.1))
    shuffled = chance.random() < 0.5
    arrived: list[tuple[int, bytes | None]] = []
    since_truncated = 0
    for call in calls:
        if call.io is Io.TRUNCATE:
            if chance.random() < likely:
                arrived.append((call.at, None))
                since_truncated = len(arrived)
            continue
        for at, sector in _sectors(call):
            if chance.random() < garbled:
                arrived.append((at, chance.randbytes(len(sector))))
            elif chance.random() < likely:
                place = chance.randint(since_truncated, len(arrived))
                arrived.insert(place if shuffled else len(arrived), (at, sector))
    return arrived


def _sectors(call: Call) -> list[tuple[int, bytes]]:
    """A write, cut where sectors end; nothing outside it is ever touched."""
    found, begin = [], 0
    while begin < len(call.data):
        end = begin + _SECTOR - (call.at + begin) % _SECTOR
        found.append((call.at + begin, call.data[begin:end]))
        begin = end
    return found


class Platter:
    """The files of a folder, followed call by call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = {  # as the program sees them, and as the disk has them
            path.name: _File(bytearray(path.read_bytes())) for path in folder.iterdir()
        }
        self._synced_names = dict(self._names)

    def follow(self, call: Call) -> None:
        """Let a call be done. Raises KeyError for a file that is not there."""
        name = call.path.relative_to(self._folder).name
        if call.io is Io.OPEN:
            self._names.setdefault(name, _File())
        elif call.io in {Io.WRITE, Io.TRUNCATE}:
            self._names[name].unsynced.append(call)
        elif call.io is Io.SYNC:
            self._names[name].sync()
        elif call.io is Io.DELETE:
            del self._names[name]
        if call.syncs_folder:
            self._synced_names = dict(self._names)

    def cut(self, folder: Path, chance: Random) -> None:
        """Lay out in ``folder`` what would be found if the power were cut now."""
        folder.mkdir(parents=True)
        for name in sorted(self._names.keys() | self._synced_names.keys()):
            one_of = chance.choice((self._names, self._synced_names))
            if name in one_of:
                (folder / name).write_bytes(one_of[name].after_cut(chance))

"""Campaign 23: a damaged backup is told as such, and a good one is a way back."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from models.database import Database
from models.journal.anchors import TipFile
from models.office import backup
from models.restore import inspection, restoring
from models.restore.refusals import BackupRefused
from models.trust.findings import Fault
from models.trust.verify import verify
from tests import drawer, invariants, shop
from tests.prove.outcome import Outcome
from tests.shop import AT, JOURNAL_KEY, Shop, sell

_LATER = AT + timedelta(hours=5)
_HARMS_A_TRY = 2


def run(size: int, folder: Path, seed: int = 23) -> Outcome:
    """Back a shop up, harm the backup and the shop, and go back, ``size`` times.

    Raises AssertionError.
    """
    made = shop.make(folder / "made")
    harms: Counter[str] = Counter()
    for number in range(size):
        chance = random.Random(f"{seed}-{number}")  # repeatable
        own = shop.copy(made, folder / f"{number}")
        try:
            _back_up_and_go_back(own, chance, harms)
        except AssertionError as error:
            raise AssertionError(seed, number, *error.args) from error
        shutil.rmtree(own.database.path.parent)
    kinds = ", ".join(f"{count:,} {what}" for what, count in sorted(harms.items()))
    return Outcome(
        "23 backup, damage, restore",
        f"{size:,} ways back, {harms.total():,} damaged backups ({kinds})",
        "all damage told; each restored shop as it was then, restore in the journal",
        is_good=harms.total() >= size,
    )


def _back_up_and_go_back(own: Shop, chance: random.Random, harms: Counter[str]) -> None:
    path, stick = own.database.path, own.database.path.parent / "stick"
    stick.mkdir()
    tip = TipFile(stick.with_name("outside.tip"), JOURNAL_KEY)
    own.database.on_sealed = lambda sealed: tip.write(sealed.seq, sealed.hash)
    _sells(own, chance)
    good = backup.make(own.database, stick / "good.db")
    was = _state(own.database)
    _sells(own, chance)
    bad = backup.make(own.database, stick / "bad.db")
    _sells(own, chance)
    for _ in range(_HARMS_A_TRY):
        harms[_harm(bad, chance)] += 1
    own.database.close()
    if chance.random() < 0.5:
        chance.choice(_WAYS)(path, chance)  # what is gone back from
    found = restoring.plan(good, path)
    before = path.read_bytes()
    kept = restoring.restore(found, at=_LATER, by="林晓")
    assert kept is not None
    if found.lost is None:  # too damaged to be read: nothing of it was changed
        assert kept.read_bytes() == before
    _look_over(own, tip, was)
    tip.close()


def _sells(own: Shop, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        sell(own, {chance.choice(["SAUCE", "BAG", "BOX", "HONEY"]): 1})


def _state(database: Database) -> tuple[object, ...]:
    """What a shop of an earlier moment is known by."""
    with database.read() as session:
        return tuple(
            tuple(map(tuple, session.execute(text(question))))
            for question in (
                "SELECT number, uuid, net_fen FROM sale ORDER BY id",
                "SELECT outlet_id, product_id, on_hand FROM stock ORDER BY 1, 2",
                "SELECT seq, hash FROM journal ORDER BY seq",
                "SELECT uuid, state FROM basket ORDER BY uuid",
            )
        )


def _look_over(own: Shop, tip: TipFile, was: tuple[object, ...]) -> None:
    """The shop that came back: told, as it was, and it sells on."""
    again = shop.opened(own.database.path)
    assert _state(again) == was
    behind = verify(again, key=JOURNAL_KEY, anchor=tip)
    assert [one.fault for one in behind.breaks] == [Fault.BEHIND], behind.breaks
    again.on_sealed = lambda sealed: tip.write(sealed.seq, sealed.hash)
    with again.write() as session:
        assert restoring.was_restored(session)
        assert restoring.note_restore(session, drawer.where(own, at=_LATER)) is not None
    report = verify(again, key=JOURNAL_KEY, anchor=tip)
    assert (report.breaks, report.restored) == ([], 1)
    sell(Shop(**{**vars(own), "database": again}), {"SAUCE": 1})
    invariants.check(again, anchor=tip)
    again.close()


# --- harm ---------------------------------------------------------------------------


def _harm(file: Path, chance: random.Random) -> str:
    """Do something to a backup, see that it is told, undo it; says what was done."""
    whole = file.read_bytes()
    way = chance.choice(_WAYS)
    way(file, chance)
    assert file.read_bytes() != whole, way.__name__
    with suppress(BackupRefused):
        inspection.look(file)
        raise AssertionError(way.__name__, "was not told")
    file.write_bytes(whole)
    inspection.look(file)
    return way.__name__.strip("_").replace("_", " ")


def _flipped(file: Path, chance: random.Random) -> None:
    """One to eight bits."""
    content = bytearray(file.read_bytes())
    for place in chance.sample(range(len(content)), chance.randint(1, 8)):
        content[place] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def _cut_short(file: Path, chance: random.Random) -> None:
    with file.open("r+b") as opened:
        opened.truncate(chance.randrange(file.stat().st_size))


def _zeroed(file: Path, chance: random.Random) -> None:
    """A run of zeros where there were none, as a stick that was pulled out has them."""
    content = bytearray(file.read_bytes())
    while True:
        start = chance.randrange(len(content))
        end = min(len(content), start + chance.choice([1, 512, 4096, 65_536]))
        if any(content[start:end]):
            break
    content[start:end] = bytes(end - start)
    file.write_bytes(content)


def _swapped(file: Path, chance: random.Random) -> None:
    """Two parts in each other's place."""
    content = bytearray(file.read_bytes())
    size = min(4096, len(content) // 8)
    parts = [slice(at, at + size) for at in range(0, len(content) - size + 1, size)]
    while True:
        one, other = chance.sample(parts, 2)
        if content[one] != content[other]:
            break
    content[one], content[other] = content[other], content[one]
    file.write_bytes(content)


def _grown(file: Path, chance: random.Random) -> None:
    with file.open("ab") as opened:
        opened.write(chance.randbytes(chance.choice([1, 4096])))


_WAYS: tuple[Callable[[Path, random.Random], None], ...] = (
    _flipped,
    _flipped,
    _cut_short,
    _zeroed,
    _swapped,
    _grown,
)

"""Campaign 3: the disk fails at each write and each sync of an operation.

The point of failure is moved on by one until it no longer hits, once and lasting, as
SQLite tests itself. Each time the till says in one sentence what it is, has stored
nothing of it, and does the same at the second try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count, product
from pathlib import Path
from random import Random
from typing import Any

from models.cart import Bill, Cart
from models.database import Database
from models.errors import BackupFailed, PosError
from models.office import backup, day_closing, imports, staged_goods
from models.people.roles import Role
from models.selling import refunds
from tests import drawer, invariants, refunding
from tests.prove import faults, shops
from tests.prove.faults import FailingDisk, Fault
from tests.prove.outcome import Outcome
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    complete,
    keep,
    paid_in_cash,
    sell,
)

_LOOKED_AT_EVERY = 10  # so many tries are followed by a look at all that must hold


@dataclass(frozen=True)
class Operation:
    """One act of the till, and what has to be there for it."""

    name: str
    prepare: Callable[[Shop], Any]
    do: Callable[[Shop, Any], object]
    is_repeatable: bool = True  # on the same file; else it begins with a copy each time
    stores: bool = True  # rows in the shop's file
    refusals: tuple[type[PosError], ...] = ()  # besides the disk's own


@dataclass
class Found:
    tries: int = 0
    hits: int = 0
    wrong: list[str] = field(default_factory=list)


# --- the operations -------------------------------------------------------------------


def _kept_basket(till: Shop) -> tuple[Cart, Bill]:
    cart = basket(till, {"BOX": 1, "WALNUT": 777})
    keep(till, cart)
    return cart, paid_in_cash(bill_for(till, cart))


def _sell(till: Shop, given: tuple[Cart, Bill]) -> None:
    complete(till, *given, seat=till.seat())


def _refund_to_make(till: Shop) -> refunds.Refund:
    return refunding.refund_of(till, sell(till, {"SAUCE": 2}).sale_id)


def _sold_a_little(till: Shop) -> int:
    sell(till, {"SAUCE": 1})
    sell(till, {"BOX": 1})
    return till.shift_id


def _counted(till: Shop) -> int:
    """The day is over and every drawer handed over; returns who may sign for it."""
    _sold_a_little(till)
    expected = drawer.looks(till).drawer.expected
    drawer.closes(till, expected.plain)
    return drawer.hire(till, "周会计", Role.RECONCILER)


def _close_the_day(till: Shop, by: int) -> None:
    here = drawer.where(till, by, at=AT)
    drawer.does(till, day_closing.close_day, here, DAY)


_numbers = count(1)


def _table(till: Shop) -> Path:
    """Thirty goods that nobody has yet, and one that there is."""
    path = till.database.path.with_name(f"{next(_numbers)}.csv")
    rows = (f"{path.stem}-{n},货品{n},福泉市,{n}.50,5" for n in range(30))
    lines = ("货号,品名,县,售价,期初库存", *rows, "SAUCE,福泉香辣酱,福泉市,24.9,")
    path.write_text("\n".join(lines), "utf-8")
    return path


def _look(till: Shop, table: Path) -> imports.Look:
    staged = table.with_suffix(".staged")
    staged.unlink(missing_ok=True)
    shop = till.database.path
    return imports.look_here(lambda _progress: None, table, None, shop, staged)


def _looked_at(till: Shop) -> imports.Look:
    return _look(till, _table(till))


def _import(till: Shop, look: imports.Look) -> None:
    with till.database.write_beside(look.staged) as session:
        imports.store(session, look, outlet_id=till.outlet_id, at=AT)


def _imported(till: Shop) -> imports.Look:
    look = _looked_at(till)
    _import(till, look)
    return look


def _let_be_found(till: Shop, look: imports.Look) -> None:
    is_left = True
    while is_left:
        with till.database.write_beside(look.staged) as session:
            is_left = staged_goods.let_some_be_found(session)


def _stick(till: Shop, name: str) -> Path:
    """An earlier backup lies there."""
    target = till.database.path.with_name("stick") / name
    if not target.exists():
        target.parent.mkdir()
        backup.make(till.database, target)
        sell(till, {"SAUCE": 1})
    return target


def _back_up(till: Shop, target: Path) -> None:
    """Made, or what was there is as it was; and nothing else lies about."""
    before = target.read_bytes()
    try:
        backup.make(till.database, target)
    except BackupFailed:
        assert target.read_bytes() == before
        raise
    finally:
        digest = backup.digest_file(target)
        assert set(target.parent.iterdir()) <= {target, digest}
    assert backup.read_digest(target) == backup.digest_of(target)


OPERATIONS = (
    Operation("a sale", _kept_basket, _sell),
    Operation("a refund", _refund_to_make, refunding.give_back),
    Operation("a shift's close (Z)", _sold_a_little, drawer.seals, is_repeatable=False),
    Operation("a day's close", _counted, _close_the_day, is_repeatable=False),
    Operation("a table looked at", _table, _look, stores=False),
    Operation("an import", _looked_at, _import),
    Operation("an import's index", _imported, _let_be_found),
    *(
        Operation(
            name,
            partial(_stick, name=file),
            _back_up,
            stores=False,
            refusals=(BackupFailed,),
        )
        for name, file in (("a backup", "shop.db"), ("a packed backup", "shop.db.gz"))
    ),
    Operation(
        "tidying up",
        lambda till: sell(till, {"SAUCE": 1}).sale_id,
        lambda till, _given: till.database.checkpoint(),
        stores=False,
    ),
)


# --- the tries ------------------------------------------------------------------------


def run(size: int, folder: Path, seed: int = 3) -> Iterator[Outcome]:
    """Every operation at one in ``size`` of its calls: 1 for all of them."""
    for operation in OPERATIONS:
        found = fail(operation, folder / "tries", one_in=size, seed=seed)
        yield Outcome(
            f"3 disk errors: {operation.name}",
            f"{found.hits:,} calls failed, once and lasting, seed {seed}",
            f"{len(found.wrong)} wrong{_first(found.wrong)}",
            not found.wrong and found.hits > 0,
        )


def _first(wrong: list[str]) -> str:
    return f" ({wrong[0]})" if wrong else ""


def fail(
    operation: Operation,
    folder: Path,
    *,
    one_in: int = 1,
    seed: int = 3,
    kinds: Iterable[Fault] = Fault,
) -> Found:
    """Let the operation fail at its calls, once and lasting."""
    found, chance = Found(), Random(seed)
    shop = shops.made(folder / "made")
    prepared = shops.copied(folder / "made", folder / "prepared")
    given = None
    if not operation.is_repeatable:
        with shops.opened(shop, prepared) as till:
            given = operation.prepare(till)
    for fault, is_lasting in product(kinds, (False, True)):
        with faults.failing_disk(fault, is_lasting=is_lasting) as disk:
            at, hits = chance.randint(1, one_in), True
            while hits:
                with shops.opened(shop, shops.copied(prepared, folder / "now")) as till:
                    while hits:
                        if operation.is_repeatable:
                            given = operation.prepare(till)
                        hits = _try(operation, till, given, disk, at, found)
                        at += chance.randint(1, 2 * one_in - 1)
                        if not operation.is_repeatable:
                            break
    return found


def _try(
    operation: Operation,
    till: Shop,
    given: Any,
    disk: FailingDisk,
    at: int,
    found: Found,
) -> bool:
    """One failure and the same act without it; whether there was a call to fail."""
    before = fingerprint(till.database)
    found.tries += 1
    try:
        with disk.failing(at):
            done = _is_done(operation, till, given, disk)
        if not done:
            assert fingerprint(till.database) == before, "something was stored"
            operation.do(till, given)
        changed = fingerprint(till.database) != before
        assert changed == operation.stores, "not stored, or what was not asked for"
        if not disk.has_failed or found.tries % _LOOKED_AT_EVERY == 0:
            invariants.check(till.database)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        lasting = ", lasting" if disk.is_lasting else ""
        found.wrong.append(f"{disk.fault.name} at {at}{lasting}: {error!r}")
        return False
    found.hits += disk.has_failed
    return disk.has_failed


def _is_done(operation: Operation, till: Shop, given: Any, disk: FailingDisk) -> bool:
    """Whether the act went through; what it says otherwise is right."""
    expected = (disk.fault.sentence, *operation.refusals)
    for _again in range(1 + disk.is_lasting):  # a lasting fault is told of each time
        try:
            operation.do(till, given)
        except expected as error:
            told = str(error)
        else:
            return True
        assert disk.has_failed, told
        assert told
        assert not till.database.is_read_only, "taken for damaged"
    return False


def fingerprint(database: Database) -> dict[str, int]:
    """All that is stored, table by table."""
    with database.raw() as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall()
        return {
            name: hash(tuple(connection.execute(f"SELECT * FROM {name}")))  # noqa: S608  # our own tables
            for (name,) in tables
        }

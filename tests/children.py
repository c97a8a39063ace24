"""Other processes at the same file: they sell, hold it, die, or may not write to it.

A fork server that has everything imported starts one in milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from models import errors, schema
from models.cart import Cart
from models.database import Database
from models.journal.anchors import TipFile
from models.selling import baskets, sales
from models.selling.baskets import SavedBasket
from tests.shop import (
    AT,
    JOURNAL_KEY,
    Shop,
    basket,
    bill_for,
    complete,
    keep,
    paid_in_cash,
)

NOBODY = 65_534

needs_posix = pytest.mark.skipif(
    os.name == "nt", reason="signals, limits and users as POSIX knows them"
)

_CONTEXT: Any = multiprocessing.get_context(  # both kinds start processes alike
    "spawn" if os.name == "nt" else "forkserver"
)
if os.name != "nt":
    _CONTEXT.set_forkserver_preload(
        ["tests.children", "alembic.command", "alembic.config", "alembic.op"]
    )


class Child:
    """A process of its own that tells through a pipe what it has done."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        self._pipe, told = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=work, args=(told, *arguments))
        self._process.start()
        told.close()

    def next(self) -> Any:
        """What it tells next; waits for it. Raises EOFError when it is gone."""
        return self._pipe.recv()

    def kill(self) -> list[Any]:
        """kill -9; returns all that it had told before."""
        self._process.kill()
        return self.rest()

    def rest(self) -> list[Any]:
        """All that it still tells, until it is gone."""
        told = []
        while True:
            try:
                told.append(self._pipe.recv())
            except EOFError:
                break
        self._process.join()
        self._pipe.close()
        return told

    @property
    def exit_code(self) -> int:
        code: int = self._process.exitcode
        return code


def _open(shop: Shop) -> Shop:
    """The shop as a process sees it that opens the file for itself."""
    database = schema.open_shop(shop.database.path)
    database.journal_key = JOURNAL_KEY
    return Shop(**{**vars(shop), "database": database})


def packed(shop: Shop) -> Shop:
    """The shop as it can be sent to a child: by the path of its file alone."""
    return Shop(**{**vars(shop), "database": _Path(shop.database.path)})


class _Path:
    """Stands for a database on its way into another process."""

    def __init__(self, path: Path) -> None:
        self.path = path


# --- what children do ------------------------------------------------------------


def sell_until_killed(
    told: Connection, shop: Shop, carts: list[Cart], tip: Path
) -> None:
    """Finish the basket left open, then sell on; tell each number after its commit."""
    own = _open(shop)
    outside = TipFile(tip, JOURNAL_KEY)
    own.database.on_sealed = lambda sealed: outside.write(sealed.seq, sealed.hash)
    with own.database.read() as session:
        left = baskets.find_open(session, 1)
    if left is not None:
        told.send(_sold(own, left.cart))
    told.send("ready")
    while True:
        for cart in carts:
            again = Cart(lines=cart.lines)
            keep(own, again)
            told.send(_sold(own, again))


def _sold(shop: Shop, cart: Cart) -> str:
    return complete(shop, cart, paid_in_cash(bill_for(shop, cart))).number


def sell_often(told: Connection, shop: Shop, goods: dict[str, int], times: int) -> None:
    """Keep and sell each basket in one transaction, as a till of its own would."""
    own = _open(shop)
    cart, seat = basket(own, goods), own.seat()
    bill = paid_in_cash(bill_for(own, cart))
    told.send("ready")
    for _ in range(times):
        again = Cart(lines=cart.lines)
        saved = SavedBasket(again, (), was_paying=True, changed_at=AT)
        with own.database.write() as session:
            baskets.save_open(session, seat.till.id, seat.staff_id, saved)
            sold = sales.complete_sale(session, again, bill, seat, at=AT)
        told.send(sold.number)
    own.database.close()


def hold(told: Connection, path: Path, seconds_at_most: int) -> None:
    """Begin to write, say so, and never finish."""
    with Database(path).write():
        told.send("held")
        signal.alarm(seconds_at_most)
        signal.pause()


def sell_with_full_disk(told: Connection, shop: Shop, step: int) -> None:
    """Let each sale fail one write later than the one before, until one goes through.

    RLIMIT_FSIZE makes the system refuse to let the log grow (TRUST.md A2).
    """
    import resource  # noqa: PLC0415  # there is none on Windows

    own = _open(shop)
    cart = basket(own, {"SAUCE": 1, "BOX": 1})
    keep(own, cart)
    bill = paid_in_cash(bill_for(own, cart))
    log = own.database.path.with_name(own.database.path.name + "-wal")
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    for room in range(0, 1_000_000, step):
        seat = own.seat()
        limit = log.stat().st_size + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            complete(own, cart, bill, seat=seat)
        except errors.DatabaseUnavailable as trouble:
            outcome = type(trouble).__name__
        else:
            outcome = "sold"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        told.send((outcome, _stored(own.database)))
        if outcome == "sold":
            break
    own.database.close()


def _stored(database: Database) -> tuple[int, ...]:
    """How many rows of a sale there are, and open baskets."""
    tables = ("sale", "sale_line", "payment", "rounding", "print_job")
    with database.read() as session:
        counts = [
            session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # the five words above
            for table in tables
        ]
        counts.append(
            session.scalar(text("SELECT count(*) FROM basket WHERE state = 'open'"))
        )
    return tuple(counts)


def write_as_nobody(told: Connection, path: Path) -> None:
    """Try to read and to write without any rights beyond everyone's."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    for act in (_read, _write):
        try:
            act(path)
        except errors.DatabaseUnavailable as trouble:
            told.send(type(trouble).__name__)
        else:
            told.send("done")


def _read(path: Path) -> None:
    opened = schema.open_shop(path)
    with opened.read() as session:
        session.scalar(text("SELECT count(*) FROM product"))
    opened.close()


def _write(path: Path) -> None:
    opened = schema.open_shop(path)
    with opened.write() as session:
        session.execute(text("UPDATE product SET name = name || '!'"))
    opened.close()


def migrate_and_die(told: Connection, path: Path, at_statement: int) -> None:
    """Make the file's tables, but be killed before the statement of that number."""
    count = 0

    def die(*_facts: object) -> None:
        nonlocal count
        count += 1
        if count == at_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", die)
    schema.open_shop(path).close()
    told.send(count)

"""Rows of the table: baskets and sales on disk, ours beside the same rows raw."""

from __future__ import annotations

from pathlib import Path

from models import clock, schema
from models.cart import Bill, Cart
from models.ids import new_uuid
from models.kinds import Method
from models.selling import baskets, sales
from models.selling.baskets import SavedBasket
from tests.bench.measure import Result, Task, in_turn
from tests.bench.raw_sale import RawTill, connect
from tests.bench.shop import Shop, open_shop, take_seat

ROUNDS, EACH = 5, 300  # 1,500 sales


class Till:
    """Saves a basket and sells it, one customer after another."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._customers = 0
        self._cart = Cart()

    def next_customer(self) -> None:
        self._customers += 1
        self._cart = self.shop.cart(self._customers)
        self.save_basket()

    def save_basket(self) -> None:
        """As after each scan."""
        saved = SavedBasket(self._cart, (), was_paying=False, changed_at=clock.now())
        seat = self.shop.seat
        with self.shop.database.write() as session:
            baskets.save_open(session, seat.till.id, seat.staff_id, saved)

    def sell(self) -> None:
        cart, seat = self._cart, self.shop.seat
        bill = Bill(cart.total, seat.till.outlet.rounding)
        bill = bill.take_phone(Method.WECHAT, bill.due, self.shop.account_id)
        with self.shop.database.write() as session:
            sales.complete_sale(session, cart, bill, seat, at=clock.now())

    def lull(self) -> None:
        self.shop.database.checkpoint()


class Floor:
    """The same customers, served by hand."""

    def __init__(self, path: Path) -> None:
        till = Till(open_shop(path))
        till.next_customer()
        with till.shop.database.raw() as reading:
            self._content = reading.execute("SELECT content FROM basket").fetchone()[0]
        till.sell()  # what is sold is sold again
        till.shop.database.close()
        self._connection = connect(path)
        self._till = RawTill(self._connection)
        self._uuid = ""

    def next_customer(self) -> None:
        self._uuid = new_uuid()
        self.save_basket()

    def save_basket(self) -> None:
        self._till.save_basket(self._uuid, self._content)

    def sell(self) -> None:
        self._till.sell(self._uuid)

    def lull(self) -> None:
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def rows(folder: Path, million: Path) -> list[Result]:
    """Sales and baskets in a new file, then sales in one that holds a million."""
    floor, till = Floor(folder / "floor.db"), Till(open_shop(folder / "ours.db"))

    def lull() -> None:
        floor.lull()
        till.lull()

    raw, ours = in_turn(
        Task(floor.sell, floor.next_customer),
        Task(till.sell, till.next_customer),
        rounds=ROUNDS,
        each=EACH,
        lull=lull,
    )
    results = [
        Result("durable sale of 3 lines, p50", "ms", raw.p50, ours.p50, 3),
        Result("durable sale of 3 lines, p99", "ms", raw.p99, ours.p99, 2),
        Result(f"worst of {EACH} sales", "ms", raw.worst, ours.worst, 3),
    ]
    floor.next_customer()
    till.next_customer()
    raw, ours = in_turn(Task(floor.save_basket), Task(till.save_basket), lull=lull)
    till.sell()
    results.append(Result("basket kept after a scan", "ms", raw.p50, ours.p50, 3))
    return [*results, _among_a_million(till, million)]


def _among_a_million(till: Till, million: Path) -> Result:
    full = Till(take_seat(schema.open_shop(million)))
    empty, ours = in_turn(
        Task(till.sell, till.next_customer),
        Task(full.sell, full.next_customer),
        each=EACH,
        lull=full.lull,
    )
    full.shop.database.close()
    what = "the same among 1 million sales, floor: an empty file"
    return Result(what, "ms", empty.p50, ours.p50, 1.1)

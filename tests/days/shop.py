"""The shop of a random day, beside plain figures of what it should hold."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models import schema
from models.cart import Cart
from models.database import Database
from models.file_format import FILE_NAME
from models.kinds import Method
from models.money import Money
from models.people import staff
from models.people.roles import Role
from models.selling.seat import Seat
from models.selling.shifts import State
from tests import drawer, invariants
from tests.drawer import CASHIER, MANAGER
from tests.shop import GOODS, ON_HAND, Shop, draft, item, on_hand

NTH = st.integers(0, 99)
SKU_BY_NAME = {one.name: one.sku for one in GOODS}


@dataclass
class Drawer:
    """What a shift's drawer and accounts should hold, kept beside the till."""

    cash: int
    phones: Counter[int]
    net: int = 0
    training: int = 0
    state: State = State.OPEN
    counted: int | None = None
    is_signed: bool = False
    is_split: bool = False
    is_doubted: bool = False
    is_unsigned_phone: bool = False

    @classmethod
    def opened(cls, fen: int) -> Drawer:
        return cls(fen, Counter())


class RandomShop(RuleBasedStateMachine):
    """Holds the file and the figures; the rules are in the classes over this one."""

    def __init__(self, made: Shop, folder: Path) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.path = self.folder / FILE_NAME
        shutil.copyfile(made.database.path, self.path)
        self.shop = replace(made, database=schema.open_shop(self.path))
        self.items = {sku: item(self.shop, sku) for sku in ON_HAND | {"BOX": 0}}
        self.shelf = Counter(ON_HAND)
        self.drawers = {made.shift_id: Drawer.opened(50_000)}
        self.open_id: int | None = made.shift_id
        self.seller = MANAGER
        self.is_training = False
        self.cart = Cart()
        self.sold: dict[bool, list[int]] = {False: [], True: []}  # by training
        with self.shop.database.write() as session:
            self.supervisor = staff.add_staff(session, "周督", Role.SUPERVISOR)

    def teardown(self) -> None:
        invariants.check(self.shop.database)
        self.check_papers()
        self.shop.database.close()
        shutil.rmtree(self.folder)

    def check_papers(self) -> None:
        """Each Z says what was done in its shift, and together they have no gap."""
        numbers, net = [], 0
        for shift_id, expected in self.drawers.items():
            net += expected.net
            if expected.state is State.OPEN:
                continue
            record = drawer.paper(self.shop, shift_id)
            figures = record.figures
            numbers.append(record.z_number)
            assert figures.drawer.expected.fen == expected.cash
            assert figures.sums.net.fen == expected.net
            assert figures.training.fen == expected.training
            assert figures.perpetual.fen == net
            found = {x.account_id: x.net.fen for x in figures.tenders if x.account_id}
            assert found == dict(expected.phones)
        assert numbers == list(range(1, len(numbers) + 1))

    # --- what the rules share ---

    @property
    def now(self) -> Drawer:
        """The shift that sells."""
        assert self.open_id is not None
        return self.drawers[self.open_id]

    @property
    def database(self) -> Database:
        return self.shop.database

    def seat(self) -> Seat:
        seat = self.shop.seat(self.open_id)
        names = {MANAGER: "林晓", CASHIER: "陈舟", self.supervisor: "周督"}
        return replace(seat, staff_id=self.seller, seller=names[self.seller])

    def is_open(self) -> bool:
        return self.open_id is not None

    def took(self, method: Method, account_id: int | None, fen: int) -> None:
        """Money came in, or went out below zero; practised money is none."""
        if self.is_training:
            return
        if method is Method.CASH:
            self.now.cash += fen
        elif account_id is not None:
            self.now.phones[account_id] += fen

    def came_to(self, fen: int) -> None:
        """A document's net."""
        if self.is_training:
            self.now.training += fen
        else:
            self.now.net += fen

    def left_the_shelf(self, sku: str, amount: int) -> None:
        """Pieces or grams; of a gift box what is in it."""
        if self.is_training:
            return
        if sku != "BOX":
            self.shelf[sku] -= amount
            return
        for part in draft("BOX").parts:
            self.shelf[part.sku] -= part.amount * amount

    # --- at any time ---

    @precondition(is_open)
    @rule(who=NTH)
    def somebody_else_takes_over(self, who: int) -> None:
        """No 交班: the drawer stays."""
        self.seller = (MANAGER, self.supervisor, MANAGER)[who % 3]

    @rule(is_sudden=st.booleans())
    def crash_and_reopen(self, *, is_sudden: bool) -> None:
        """Suddenly: the files as they lie there, without a word to SQLite."""
        if not is_sudden:
            self.database.close()
            self.shop = replace(self.shop, database=schema.open_shop(self.path))
            return
        after = Path(tempfile.mkdtemp(dir=self.folder)) / FILE_NAME
        for ending in ("", "-wal"):
            there = Path(f"{self.path}{ending}")
            if there.exists():
                shutil.copyfile(there, f"{after}{ending}")
        self.database.close()
        self.path = after
        self.shop = replace(self.shop, database=schema.open_shop(after))

    @invariant()
    def every_identity_holds(self) -> None:
        invariants.check(self.database)

    @invariant()
    def the_open_drawer_holds_what_it_should(self) -> None:
        if self.open_id is not None:
            figures = drawer.looks(self.shop, self.open_id)
            assert figures.drawer.expected.fen == self.now.cash
            assert figures.sums.net.fen == self.now.net
            assert figures.sums.net == Money.sum(one.net for one in figures.tenders)
            assert figures.training.fen == self.now.training

    @invariant()
    def the_shelf_holds_what_it_should(self) -> None:
        for sku, amount in self.shelf.items():
            assert on_hand(self.shop, sku) == amount, sku

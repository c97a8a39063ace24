"""What SQLite itself refuses: changing what happened, wrong types, loose ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models import tables
from models.database import Base, Database
from models.discounts import percent_off
from models.kinds import Channel, DiscountKind
from models.money import Money
from models.office import day_closing, external_figures
from models.office.external_draft import Draft
from models.people import acts, staff
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.people.roles import Role
from models.selling import late_entries, personal_money
from models.selling.figures import figures_of
from models.selling.late_entries import Slip
from models.selling.returns import Return
from models.selling.shift_record import CashKind
from tests import drawer, invariants
from tests import shop as shops
from tests.refunding import refund
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    change,
    keep,
    paid_by_phone,
    paid_in_cash,
    sell,
    sell_basket,
)

_TABLES = Base.metadata.tables
_CLOSING = {
    "shift_opening",
    "cash_movement",
    "z_close",
    "shift_count",
    "counted_pieces",
    "shift_variance",
    "shift_split",
    "shift_answer",
    "personal_handover",
    "day_close",
    "external_figure",
}


@pytest.fixture(scope="module")
def made(made_shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A shop with a row in each table of what happened, closed, to be copied."""
    shop = shops.copy(made_shop, tmp_path_factory.mktemp("sold"))
    _live(shop)
    shop.database.close()
    return shop


@pytest.fixture
def sold(made: Shop, tmp_path: Path) -> Iterator[Shop]:
    shop = shops.copy(made, tmp_path)
    yield shop
    shop.database.close()


def _live(shop: Shop) -> None:
    change(shop, "BAG", price=Money(60))
    sell(shop, {"BOX": 1, "WALNUT": 1234}, cash="200")
    sell_basket(
        shop,
        basket(shop, {"BAG": 1}).discount_all(
            percent_off(DiscountKind.ORDER, 5000, "破损")
        ),
    )
    phone = basket(shop, {"BAG": 1})
    by_phone = paid_by_phone(shop, bill_for(shop, phone), account="personal")
    sell_basket(shop, phone, by_phone)
    with shop.database.write() as session:
        staff.change_staff(session, 2, "陈舟", Role.SUPERVISOR)
    refund(shop, 1, Return(2, 100))
    cart = basket(shop, {"BAG": 1})
    keep(shop, cart)
    bill, slip = paid_in_cash(bill_for(shop, cart)), Slip("1", AT, "停电")
    with shop.database.write() as session:
        late_entries.enter_late(
            session, cart, bill, shop.seat(), slip, at=AT, approvals={}
        )
    where = Where(shop.till_id, shop.staff_id, AT, DAY, shop.shift_id)
    with shop.database.write() as session:
        acts.record(session, where, Deed(Act.OPEN_DRAWER))
    _closes(shop, where)


def _closes(shop: Shop, where: Where) -> None:
    """The shift, and after it the day."""
    drawer.moves(shop, CashKind.FUND, "100")
    drawer.seals(shop)
    with shop.database.read() as session:
        expected = figures_of(session, shop.shift_id).drawer.expected
    counted = (expected - Money(10)).round_down(10)
    drawer.signs(shop, drawer.counts_cash(shop, counted.plain))
    drawer.splits(shop, "500", (counted - Money(50_000)).plain)
    drawer.accepts(shop)
    with shop.database.write() as session:
        personal_money.hand_over(
            session, where, shop.accounts["personal"], Money(60), 2
        )
        there = Draft(DAY, Channel.ONLINE, "大埔电商后台", Money(100), "441422")
        external_figures.enter(session, where, there)
        office = staff.add_staff(session, "何苗", Role.RECONCILER)
        evening = replace(where, staff_id=office, shift_id=None)
        day_closing.close_day(session, evening, DAY, note="少一角")


@pytest.mark.parametrize("table", tables.KEPT_FOR_GOOD)
def test_what_happened_is_neither_changed_nor_deleted(sold: Shop, table: str) -> None:
    column = next(iter(_TABLES[table].columns)).name
    for statement in (
        f"UPDATE {table} SET {column} = {column}",  # noqa: S608  # names of our own
        f"DELETE FROM {table}",  # noqa: S608  # names of our own
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",  # noqa: S608  # names of our own
        f"UPDATE OR REPLACE {table} SET {column} = {column}",  # noqa: S608  # names of our own
    ):
        with pytest.raises(IntegrityError, match=f"{table} is kept for good"):
            with sold.database.write() as session:
                session.execute(text(statement))
    invariants.check(sold.database)


def test_all_that_happened_is_on_the_list(sold: Shop) -> None:
    """Tables that a sale fills may only change if they say something else."""
    may_change = {"basket", "print_job", "stock"}
    with sold.database.read() as session:
        filled = {
            table
            for table in _TABLES
            if "sale_id" in _TABLES[table].columns
            or table.startswith(("stock", "corrected_"))
            if session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # names of our own
        }
    assert filled - may_change == set(tables.KEPT_FOR_GOOD) - {
        "sale",
        "price_change",
        "act",
        "journal",
        *_CLOSING,
    }


@pytest.mark.parametrize("table", sorted(_TABLES))
def test_text_is_no_number(database: Database, table: str) -> None:
    """STRICT: even a table that may change takes no word for a number."""
    columns = list(_TABLES[table].columns)
    fitting = {"INTEGER": "5000", "TEXT": "'x'", "BLOB": "x''"}
    values = [fitting[str(column.type)] for column in columns]
    for place, column in enumerate(columns):
        if str(column.type) != "INTEGER":
            continue
        wrong = ", ".join([*values[:place], "'word'", *values[place + 1 :]])
        with pytest.raises(IntegrityError, match=r"store TEXT|datatype mismatch"):
            with database.write() as session:
                session.execute(text(f"INSERT INTO {table} VALUES ({wrong})"))  # noqa: S608  # names of our own


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM category",
        "DELETE FROM region",
        "DELETE FROM supplier",
        "DELETE FROM product",
        "DELETE FROM outlet",
        "DELETE FROM till",
        "DELETE FROM shift",
        "DELETE FROM staff",
        "DELETE FROM event",
        "UPDATE product SET region_code = '000000' WHERE NOT is_bundle",
        "UPDATE barcode SET product_id = 5000",
        "INSERT INTO stock VALUES (5000, 1, 1)",
        "INSERT INTO stock VALUES (1, 5000, 1)",
        "INSERT INTO rounding VALUES (5000, 'jiao', 1)",
        "INSERT INTO print_job VALUES (5000, 'x', 5000, 0, 'queued', 0, NULL)",
    ],
)
def test_nothing_points_into_the_void(sold: Shop, statement: str) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        with sold.database.write() as session:
            session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE product SET price_fen = -1", "ck_product_price"),
        ("UPDATE product SET cost_fen = -1", "ck_product_cost"),
        ("UPDATE product SET unit = 'box'", "ck_product_unit"),
        ("UPDATE product SET is_bundle = 1", "ck_product_bundle"),
        ("UPDATE barcode SET pack_size = 0", "ck_barcode_pack"),
        ("UPDATE barcode SET price_fen = -1", "ck_barcode_price"),
        ("UPDATE bundle_part SET amount = 0", "ck_bundle_part"),
        ("UPDATE event_price SET price_fen = -1", "ck_event_price"),
        ("UPDATE event_price SET from_date = 99999999", "ck_event_price_dates"),
        ("UPDATE shift SET state = 'lost'", "ck_shift_state"),
        ("UPDATE shift SET float_fen = -1", "ck_shift_float"),
        ("UPDATE basket SET state = 'lost'", "ck_basket_state"),
        (
            "INSERT INTO payment SELECT id + 9, sale_id, 9, till_id, shift_id, "
            "staff_id, business_date, method, account_id, holder, account_kind, "
            "reference, tendered_fen, change_fen, net_fen + 1 FROM payment",
            "ck_payment_net",
        ),
        (
            "INSERT INTO payment SELECT id + 9, sale_id, 9, till_id, shift_id, "
            "staff_id, business_date, 'wechat', 1, holder, account_kind, "
            "reference, tendered_fen, change_fen, net_fen FROM payment",
            "ck_payment_change",
        ),
        (
            "INSERT INTO payment SELECT id + 9, sale_id, 9, till_id, shift_id, "
            "staff_id, business_date, method, 1, holder, account_kind, "
            "reference, tendered_fen, change_fen, net_fen FROM payment",
            "ck_payment_account",
        ),
        (
            "INSERT INTO payment SELECT id + 9, sale_id, 9, till_id, shift_id, "
            "staff_id, business_date, 'shells', NULL, holder, account_kind, "
            "reference, 1, 0, 1 FROM payment",
            "ck_payment_method",
        ),
        (
            "INSERT INTO payment SELECT id + 9, sale_id, 9, till_id, shift_id, "
            "staff_id, business_date, method, account_id, holder, account_kind, "
            "reference, -1, 1, -2 FROM payment",
            "ck_payment_sign",
        ),
        ("INSERT INTO rounding VALUES (1, 'jiao', 0)", "ck_rounding"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused(
    sold: Shop, statement: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        with sold.database.write() as session:
            session.execute(text(statement))

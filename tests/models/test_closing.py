"""Closing a shift as a shopkeeper tells it: 停售, 点钱, 交接 (DOMAIN.md 3 and 4)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from models.errors import ShiftAlreadyOpen, ShiftClosed
from models.kinds import Channel, Method, Scheme
from models.money import Money
from models.people.refusals import NotPermitted
from models.people.roles import Role
from models.selling import baskets, checklist, closing, counts, shifts
from models.selling.baskets import SavedBasket
from models.selling.refusals import ShiftStillOpen
from models.selling.shift_record import CashKind, Figures, Left, LeftKind, Opening
from models.selling.shifts import ClosedRow, Shift, State
from models.selling.z_closes import ZClose
from tests import drawer, invariants
from tests.drawer import CASHIER, MANAGER, does, where, yuan
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    complete,
    keep,
    paid_by_phone,
    paid_in_cash,
    sell,
    sell_by_phone,
)

BEFORE_MIDNIGHT = datetime(2026, 11, 24, 15, 50, tzinfo=UTC)  # 23:50 in the shop


AFTER_MIDNIGHT = datetime(2026, 11, 24, 16, 40, tzinfo=UTC)  # 00:40 of the 25th


def _pays_back(shop: Shop, yuan_back: str, sale_id: int = 1) -> None:
    """A cash refund as the refunds of this issue store it: a signed sale."""
    back = -yuan(yuan_back).fen
    with shop.database.write() as session:
        session.execute(
            text(
                "INSERT INTO sale SELECT NULL, uuid || '-back', till_id, series, "
                "(SELECT max(seq) + 1 FROM sale), 'T01-' || printf('%06d', (SELECT "
                "max(seq) + 1 FROM sale)), shift_id, staff_id, seller, at, "
                "business_date, local_hour, outlet_id, outlet, outlet_kind, channel, "
                "event, buyer_kind, :fen, 0, 0, :fen, 'refund' FROM sale "
                "WHERE id = :id"
            ),
            {"fen": back, "id": sale_id},
        )
        session.execute(
            text(
                "INSERT INTO payment SELECT NULL, (SELECT max(id) FROM sale), 1, "
                "till_id, shift_id, staff_id, business_date, method, account_id, "
                "holder, account_kind, '', :fen, 0, :fen FROM payment "
                "WHERE sale_id = :id"
            ),
            {"fen": back, "id": sale_id},
        )


def _cash_line(figures: Figures) -> tuple[str, str, int]:
    (line,) = [one for one in figures.tenders if one.method is Method.CASH]
    return line.sales.plain, line.refunds.plain, line.refunds_n


# --- pain 1: what stays in the drawer -------------------------------------------------


def test_a_customer_pays_100_for_60_and_the_drawer_has_60_more(shop: Shop) -> None:
    sell(shop, {"HONEY": 1}, cash="100")  # 59.90
    figures = drawer.looks(shop)
    assert figures.drawer.expected == yuan("559.90")
    (line,) = figures.tenders
    assert (line.tendered, line.change, line.net) == (
        yuan("100"),
        yuan("40.10"),
        yuan("59.90"),
    )


def test_the_drawer_holds_its_float_its_cash_and_what_else_moved(shop: Shop) -> None:
    sell(shop, {"HONEY": 1}, cash="100")
    sell_by_phone(shop, "TEA")
    drawer.moves(shop, CashKind.FUND, "200")
    drawer.moves(shop, CashKind.DROP, "-300")
    drawer.moves(shop, CashKind.EXPENSE, "-15.50", "买垃圾袋")
    drawer.moves(shop, CashKind.CHANGE, "0", "100 元换硬币")
    assert drawer.looks(shop).drawer.expected == yuan("444.40")
    drawer.seals(shop)
    drawer.counts_cash(shop, "444.40")
    (count,) = drawer.counted(shop)
    assert count.variance == Money.ZERO
    invariants.check(shop.database)


# --- pain 2: one till, several shifts a day -------------------------------------------


def test_three_short_shifts_of_one_day_each_have_their_own_money(shop: Shop) -> None:
    sell(shop, {"HONEY": 1})  # 59.90
    drawer.closes(shop, "559.90", "200")
    second = drawer.opens(shop, "200", by=CASHIER)
    sell(shop, {"SAUCE": 1}, seat=shop.seat(second))  # 23.90
    sell(shop, {"SAUCE": 1}, seat=shop.seat(second))
    drawer.closes(shop, "247.80", "200", second)
    third = drawer.opens(shop, "200")
    drawer.closes(shop, "200", "200", third)  # nobody came
    papers = [drawer.paper(shop, one) for one in (shop.shift_id, second, third)]
    assert [one.z_name for one in papers] == ["T01-Z0001", "T01-Z0002", "T01-Z0003"]
    assert [one.figures.receipts for one in papers] == [1, 2, 0]
    assert [one.figures.sums.net.plain for one in papers] == ["59.90", "47.80", "0.00"]
    assert [one.figures.perpetual.plain for one in papers] == [
        "59.90",
        "107.70",
        "107.70",
    ]
    assert {one.business_date for one in papers} == {DAY}
    assert (papers[1].figures.first_number, papers[1].figures.last_number) == (
        "T01-000002",
        "T01-000003",
    )
    assert papers[2].figures.first_number == ""
    invariants.check(shop.database)


# --- pain 3: any count is taken -------------------------------------------------------


@pytest.mark.parametrize("counted", ["0", "559.80", "559.90", "560", "9999"])
def test_whatever_lies_in_the_drawer_can_be_counted(shop: Shop, counted: str) -> None:
    sell(shop, {"HONEY": 1})
    drawer.seals(shop)
    drawer.counts_cash(shop, counted)
    (count,) = drawer.counted(shop)
    assert count.variance == yuan(counted) - yuan("559.90")
    assert count.is_settled == (counted == "559.90")
    assert does(shop, shifts.list_awaiting, shop.till_id) == [
        ClosedRow(shop.shift_id, 1, DAY, State.COUNTED)
    ]
    invariants.check(shop.database)


# --- pain 4: the float between two shifts ---------------------------------------------


def test_a_float_that_is_20_short_in_the_morning_is_said_once_and_stays(
    shop: Shop,
) -> None:
    drawer.closes(shop, "500", "300")
    second = drawer.opens(shop, "280")
    assert drawer.opening(shop, second) == Opening(yuan("300"), yuan("280"))
    assert drawer.opening(shop, second).variance == -yuan("20")
    drawer.seals(shop, second)  # what was counted is what this shift answers for
    assert drawer.paper(shop, second).figures.drawer.expected == yuan("280")
    assert drawer.paper(shop, second).figures.opening.variance == -yuan("20")
    drawer.counts_cash(shop, "280", second)
    assert drawer.counted(shop, second)[0].variance == Money.ZERO


def test_the_first_float_of_a_till_has_nothing_to_be_compared_with(shop: Shop) -> None:
    assert drawer.opening(shop, shop.shift_id) == Opening(None, yuan("500"))
    assert drawer.opening(shop, shop.shift_id).variance is None


def test_what_was_left_is_known_once_the_last_shift_has_said_so(shop: Shop) -> None:
    assert does(shop, shifts.left_by_last, 99) is None  # a till without a shift
    drawer.seals(shop)
    assert does(shop, shifts.left_by_last, shop.till_id) is None
    drawer.counts_cash(shop, "500")
    drawer.splits(shop, "300", "200")
    assert does(shop, shifts.left_by_last, shop.till_id) == yuan("300")


def test_a_float_is_compared_later_if_the_shift_before_is_counted_later(
    shop: Shop,
) -> None:
    drawer.seals(shop)
    second = drawer.opens(shop, "290")
    assert drawer.opening(shop, second).expected is None
    drawer.counts_cash(shop, "500")
    drawer.splits(shop, "300", "200")
    assert drawer.opening(shop, second).variance == -yuan("10")


def test_a_shift_that_an_earlier_version_opened_has_no_float_to_compare(
    shop: Shop,
) -> None:
    with shop.database.write() as session:  # as its file came through the migration
        session.execute(text("DROP TRIGGER shift_opening_no_delete"))
        session.execute(text("DELETE FROM shift_opening"))
    assert drawer.opening(shop, shop.shift_id) == Opening(None, yuan("500"))


def test_who_opens_may_leave_a_note(shop: Shop) -> None:
    drawer.closes(shop, "500", "300")
    second = does(
        shop, shifts.open_shift, 1, CASHIER, yuan("299"), at=AT, note=" 少一张1元 "
    )
    assert drawer.opening(shop, second).note == "少一张1元"


# --- pain 5: refunds ------------------------------------------------------------------


def test_a_refund_leaves_the_drawer_and_stands_beside_the_sales(shop: Shop) -> None:
    sell(shop, {"HONEY": 1}, cash="100")
    _pays_back(shop, "20")
    figures = drawer.looks(shop)
    assert figures.drawer.expected == yuan("539.90")
    assert _cash_line(figures) == ("59.90", "20.00", 1)
    assert figures.sums.refunds == yuan("20")
    assert figures.sums.net == yuan("39.90")
    assert (figures.sales_n, figures.refunds_n, figures.receipts) == (1, 1, 2)
    assert figures.perpetual == yuan("39.90")


def test_a_refund_by_phone_is_the_accounts_and_not_the_drawers(shop: Shop) -> None:
    sell_by_phone(shop, "TEA")
    _pays_back(shop, "8")
    figures = drawer.looks(shop)
    assert figures.drawer.expected == yuan("500")
    (line,) = figures.tenders
    assert (line.sales, line.refunds, line.net) == (yuan("88"), yuan("8"), yuan("80"))


# --- pain 9: numbers ------------------------------------------------------------------


def test_a_z_number_is_taken_once_and_for_good(shop: Shop) -> None:
    sell(shop, {"HONEY": 1})
    drawer.seals(shop)
    with pytest.raises(ZeroDivisionError):  # the power goes while the next one closes
        with shop.database.write() as session:
            second = shifts.open_shift(session, 1, MANAGER, Money.ZERO, at=AT)
            closing.seal(session, where(shop, shift_id=second), second)
            raise ZeroDivisionError
    second = drawer.opens(shop, "0")
    drawer.seals(shop, second)
    assert drawer.paper(shop, second).z_number == 2
    with pytest.raises(IntegrityError, match="kept for good"):
        with shop.database.write() as session:
            session.execute(text("DELETE FROM z_close WHERE number = 2"))
    invariants.check(shop.database)


# --- pain 11: after the close ---------------------------------------------------------


def test_a_closed_shift_neither_sells_nor_closes_again(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    drawer.seals(shop)
    with pytest.raises(ShiftClosed, match=r"新的一天|班次"):
        complete(shop, cart, paid_in_cash(bill_for(shop, cart)))
    with pytest.raises(ShiftClosed):
        drawer.seals(shop)
    with pytest.raises(ShiftClosed):
        drawer.moves(shop, CashKind.FUND, "1")
    with pytest.raises(ShiftClosed):
        drawer.looks(shop)  # an X of what has its Z
    with shop.database.read() as session:
        assert len(session.scalars(select(ZClose)).all()) == 1
    invariants.check(shop.database)


def test_what_still_sells_is_not_counted(shop: Shop) -> None:
    with pytest.raises(ShiftStillOpen):
        drawer.counts_cash(shop, "500")
    with pytest.raises(ShiftStillOpen):
        does(shop, counts.count_account, where(shop), 1, 1, Money.ZERO, 0)
    with pytest.raises(ShiftStillOpen):
        drawer.paper(shop)
    assert drawer.counted(shop) == []


# --- pain 12: it can always be closed -------------------------------------------------


def test_a_shift_closes_over_parked_and_half_paid_tickets_and_tells_them(
    shop: Shop,
) -> None:
    parked = basket(shop, {"HONEY": 1})
    keep(shop, parked)
    does(shop, baskets.park, parked)
    half = basket(shop, {"TEA": 1})
    keep(shop, half, bill=paid_by_phone(shop, bill_for(shop, half), "30"))
    left = (
        Left(LeftKind.PARKED, 1, yuan("59.90")),
        Left(LeftKind.HALF_PAID, 1, yuan("30")),
    )
    assert does(shop, checklist.list_left, shop.till_id, shop.shift_id) == left
    drawer.seals(shop)
    assert drawer.paper(shop).figures.left == left
    with shop.database.read() as session:  # nothing of it is lost
        found = baskets.find_open(session, shop.till_id)
        assert found is not None
        assert found.cart == half
        assert len(baskets.list_parked(session, shop.till_id)) == 1


def test_the_list_before_the_close_counts_what_there_is(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})  # its paper has not come out
    drawer.seals(shop)
    second = drawer.opens(shop, "500")
    with shop.database.write() as session:
        saved = SavedBasket(
            basket(shop, {"TEA": 1}), (), was_paying=False, changed_at=AT
        )
        baskets.save_open(session, shop.till_id, CASHIER, saved)
    assert does(shop, checklist.list_left, shop.till_id, second) == (
        Left(LeftKind.BASKET, 1),
        Left(LeftKind.PRINTS, 1),
        Left(LeftKind.AWAITING, 1),
    )


def test_a_shift_that_nobody_takes_over_never_keeps_the_next_from_selling(
    shop: Shop,
) -> None:
    drawer.seals(shop)
    second = drawer.opens(shop, "500")
    sell(shop, {"SAUCE": 1}, seat=shop.seat(second))
    with pytest.raises(ShiftAlreadyOpen):
        drawer.opens(shop, "0")
    drawer.seals(shop, second)
    third = drawer.opens(shop, "500")
    sell(shop, {"SAUCE": 1}, seat=shop.seat(third))
    awaiting = does(shop, shifts.list_awaiting, shop.till_id)
    assert [one.number for one in awaiting] == [1, 2]
    closed = does(shop, shifts.list_closed, shop.till_id, 8)
    assert [one.number for one in closed] == [2, 1]  # the third still sells
    drawer.counts_cash(shop, "500")  # a day later
    drawer.splits(shop, "500", "0")
    drawer.accepts(shop)
    assert drawer.looks(shop, third).drawer.expected == yuan("523.90")
    invariants.check(shop.database)


def test_a_shift_that_an_earlier_version_sealed_gets_its_z_when_counted(
    shop: Shop,
) -> None:
    sell(shop, {"HONEY": 1})
    with shop.database.write() as session:
        session.execute(
            text("UPDATE shift SET state = 'sealed', sealed_at = 0, sealed_by = 1")
        )
    second = drawer.opens(shop, "0")
    sell(shop, {"SAUCE": 1}, seat=shop.seat(second))
    drawer.seals(shop, second)
    drawer.counts_cash(shop, "559.90")
    assert drawer.counted(shop)[0].variance == Money.ZERO
    papers = drawer.paper(shop), drawer.paper(shop, second)
    assert [one.z_number for one in papers] == [2, 1]
    assert [one.figures.perpetual.plain for one in papers] == ["59.90", "83.80"]
    invariants.check(shop.database)


# --- pain 14: sums --------------------------------------------------------------------


def test_lines_tickets_and_tenders_come_to_the_same_fen(shop: Shop) -> None:
    sell(shop, {"BOX": 1, "WALNUT": 1234}, cash="300")
    sell(shop, {"WALNUT": 777, "BAG": 1})
    sell_by_phone(shop, "BOX")
    figures = drawer.looks(shop)
    net = figures.sums.net
    assert net == Money.sum(one.net for one in figures.tenders)
    for cut in (figures.categories, figures.regions, figures.channels):
        assert net == Money.sum(one.net for one in cut)
    sums = figures.sums
    assert sums.rounding > Money.ZERO
    assert net == sums.gross - sums.discounts - sums.rounding - sums.refunds
    assert figures.channels[0].channel is Channel.STALL
    assert {one.scheme for one in figures.regions} == set(Scheme)
    drawer.seals(shop)
    invariants.check(shop.database)


# --- pain 22: midnight ----------------------------------------------------------------


def test_a_shift_across_midnight_is_one_shift_of_its_evening(shop: Shop) -> None:
    sell(shop, {"HONEY": 1}, at=BEFORE_MIDNIGHT)
    sell(shop, {"HONEY": 1}, at=AFTER_MIDNIGHT)
    drawer.seals(shop, at=AFTER_MIDNIGHT)
    paper = drawer.paper(shop)
    assert paper.business_date == DAY
    assert paper.figures.receipts == 2
    next_shift = drawer.opens(shop, "0", at=AFTER_MIDNIGHT)
    sell(shop, {"SAUCE": 1}, at=AFTER_MIDNIGHT, seat=shop.seat(next_shift))
    assert drawer.looks(shop, next_shift).receipts == 1
    invariants.check(shop.database)


def test_the_next_morning_begins_a_new_day(shop: Shop) -> None:
    drawer.closes(shop, "500", "500")
    morning = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    second = drawer.opens(shop, "500", at=morning)
    drawer.seals(shop, second, at=morning)
    assert drawer.paper(shop, second).business_date == date(2026, 11, 25)
    invariants.check(shop.database)


# --- who closes -----------------------------------------------------------------------


def test_a_reconciler_closes_no_drawer(shop: Shop) -> None:
    reconciler = drawer.hire(shop, "何苗", Role.RECONCILER)
    with pytest.raises(NotPermitted):
        drawer.seals(shop, by=reconciler)
    with shop.database.read() as session:  # and nothing of it was stored
        assert session.get_one(Shift, shop.shift_id).state is State.OPEN

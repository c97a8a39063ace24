"""A day with everything in it, so that every kind of record has its rows."""

from __future__ import annotations

from models.cart import Bill
from models.discounts import percent_off
from models.kinds import Channel, DiscountKind, Method, RoundingRule
from models.office import day_closing, external_figures
from models.office.external_draft import Draft
from models.people.deeds import Where
from models.people.roles import Role
from models.selling import (
    cash,
    late_entries,
    personal_money,
    refunds,
    tender_corrections,
)
from models.selling.late_entries import Slip
from models.selling.returns import Return
from models.selling.shift_record import CashKind
from models.selling.tender_corrections import RightTender
from tests import drawer, refunding
from tests.drawer import CASHIER, MANAGER, does, where, yuan
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    change,
    keep,
    minutes,
    paid_by_phone,
    paid_in_cash,
    sell,
    sell_basket,
)

SEALED_KINDS = {
    "journal_start",
    "shift_open",
    "sale",
    "refund",
    "compensation",
    "correction",
    "cash.drop",
    "cash.correction",
    "z_close",
    "count",
    "variance",
    "split",
    "handover.accepted",
    "personal_handover",
    "price",
    "stock.opening",
    "external",
    "day_close",
}


def live_through(shop: Shop, *, sales: int = 6) -> None:
    """Sell, correct, move cash, close with a difference, hand over; and sell on."""
    for number in range(sales):
        sell(shop, {"SAUCE": 1 + number % 2, "WALNUT": 300 + number}, cash="200")
    boxed = _discounted(shop)
    refunding.refund(shop, boxed, Return(1, 1))
    by_phone = basket(shop, {"POMELO": 2})
    bill = paid_by_phone(shop, bill_for(shop, by_phone))
    phoned = sell_basket(shop, by_phone, bill).sale_id
    refunding.compensate(shop, phoned, 1, 200)
    _exchange(shop)
    _correct_a_tender(shop)
    _enter_late(shop)
    _onto_a_personal_code(shop)
    change(shop, "SAUCE", price=yuan("24.90"))
    _move_cash(shop)
    _close(shop)
    second = drawer.opens(shop, "300")
    sell(shop, {"SAUCE": 1}, seat=shop.seat(second))
    does(
        shop,
        personal_money.hand_over,
        where(shop, CASHIER),
        shop.accounts["personal"],
        yuan("23.90"),
        MANAGER,
        note="微信转账",
    )
    _close_the_day(shop, second)


def begins_another(shop: Shop) -> int:
    """The first shift of the next date; returns its id."""
    return drawer.opens(shop, "300")


def _close_the_day(shop: Shop, shift_id: int) -> None:
    """What was sold elsewhere is entered, corrected once, and the day is signed."""
    closing = where(shop, shift_id=shift_id)
    elsewhere = Draft(DAY, Channel.ONLINE, "大埔电商后台", yuan("1149"), "441422")
    (figure,) = does(shop, external_figures.enter, closing, elsewhere)
    does(shop, external_figures.reverse, closing, figure, "看错了行")
    expected = drawer.looks(shop, shift_id).drawer.expected
    drawer.closes(shop, expected.plain, "300", shift_id)
    office = drawer.hire(shop, "何苗", Role.RECONCILER)
    evening = Where(shop.till_id, office, AT, DAY)
    does(shop, day_closing.close_day, evening, DAY, note="少五角")


def _discounted(shop: Shop) -> int:
    cart = basket(shop, {"BOX": 2, "SAUCE": 2})
    cart = cart.discount_all(percent_off(DiscountKind.ORDER, 500, "老顾客"))
    return sell_basket(shop, cart).sale_id


def _exchange(shop: Shop) -> None:
    sold = sell(shop, {"HONEY": 1}, cash="100")
    asked = refunding.refund_of(shop, sold.sale_id, method=Method.EXCHANGE)
    cart = basket(shop, {"HONEY": 1, "BAG": 1})
    keep(shop, cart)
    bill = bill_for(shop, cart).take_exchange(asked.backs[0].amount)
    bill = paid_in_cash(bill)
    seat = shop.seat()
    with shop.database.write() as session:
        refunds.exchange(session, asked, cart, bill, seat, at=AT, approvals={})


def _correct_a_tender(shop: Shop) -> None:
    sold = sell(shop, {"POMELO": 1}, cash="20")
    wrong = refunding.left(shop, sold.sale_id).tenders[-1].payment_id
    right = RightTender(
        sold.sale_id, wrong, Method.WECHAT, "按错了", shop.accounts["wechat"]
    )
    seat = shop.seat()
    with shop.database.write() as session:
        tender_corrections.correct_tender(session, right, seat, at=AT, approvals={})


def _enter_late(shop: Shop) -> None:
    cart = basket(shop, {"POMELO": 1})
    keep(shop, cart)
    bill, seat = paid_in_cash(bill_for(shop, cart)), shop.seat()
    slip = Slip("0017", AT - minutes(90), "停电")
    with shop.database.write() as session:
        late_entries.enter_late(session, cart, bill, seat, slip, at=AT, approvals={})


def _onto_a_personal_code(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    bill = Bill(cart.total, RoundingRule.OFF)
    bill = bill.take_phone(Method.ALIPAY, bill.due, shop.accounts["personal"])
    sell_basket(shop, cart, bill)


def _move_cash(shop: Shop) -> None:
    wrong = drawer.moves(shop, CashKind.DROP, "-100")
    does(shop, cash.correct, where(shop), wrong, "数错了")
    drawer.moves(shop, CashKind.DROP, "-50")


def _close(shop: Shop) -> None:
    drawer.hire(shop, "韦主任", Role.SUPERVISOR)
    expected = drawer.looks(shop).drawer.expected
    drawer.seals(shop)
    short = expected - yuan("0.50")
    drawer.signs(shop, drawer.counts_cash(shop, short.plain))
    drawer.splits(shop, "300", (short - yuan("300")).plain)
    drawer.accepts(shop)

"""Discounts, 改价 and 议价: who may, by how much, and where each fen goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from models import cart as carts
from models import settings
from models.cart import Cart
from models.discounts import Deal, Discount, amount_off, percent_off
from models.errors import NotLess, WrongAmount
from models.kinds import DiscountKind, PriceReason
from models.money import Money
from models.people import acts, permits, staff
from models.people.acts import Outcome
from models.people.deeds import Deed, Where
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.people.roles import Role
from models.selling import baskets, discounting
from models.selling.baskets import SavedBasket
from tests import invariants
from tests.models.approving import approved
from tests.models.test_cart import SAUCE, WALNUT
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    keep,
    minutes,
    paid_by_phone,
    record,
    sell_basket,
)

TENTH = percent_off(DiscountKind.ORDER, 1000, "老顾客")
LINE, ORDER = DiscountKind.LINE, DiscountKind.ORDER


def _where(shop: Shop) -> Where:
    return Where(shop.till_id, shop.staff_id, AT, DAY, shop.shift_id)


def _record(shop: Shop) -> list[tuple[Act, Outcome, Money | None, str, str]]:
    with shop.database.read() as session:
        rows = acts.list_of_shift(session, shop.shift_id)
    return [
        (one.act, one.outcome, one.amount, one.reason, one.approver) for one in rows
    ]


def _stored(shop: Shop) -> list[tuple[object, ...]]:
    with shop.database.read() as session:
        found = session.execute(
            text(
                "SELECT kind, label, reason, amount_fen, approver_id "
                "FROM sale_discount ORDER BY sale_id, position"
            )
        )
        return [tuple(row) for row in found]


# --- the basket ------------------------------------------------------------------


def test_a_line_gets_a_tenth_off_and_keeps_its_list_price() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 3))
    cart = cart.discount_line(0, percent_off(LINE, 1000, "瓶身有划痕"))
    assert (cart.list_total, cart.total) == (Money(7170), Money(6453))
    assert cart.set_count(0, 1).total == Money(2151)
    assert cart.discount_line(0, None).total == Money(7170)


def test_an_amount_off_never_takes_more_than_there_is() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 2))
    cart = cart.discount_line(0, amount_off(LINE, Money(3000), "破损"))
    assert cart.total == Money(1780)
    assert cart.set_count(0, 1).total == Money.ZERO


@pytest.mark.parametrize("percent", [0, -1, 10_001])
def test_a_share_is_of_something_and_at_most_of_all(percent: int) -> None:
    with pytest.raises(WrongAmount):
        percent_off(LINE, percent, "")
    with pytest.raises(WrongAmount):
        amount_off(LINE, Money.ZERO, "")


def test_a_discounted_line_and_a_plain_one_stay_apart() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 1))
    cart = cart.discount_line(0, percent_off(LINE, 5000, "临期"))
    cart, index = cart.add(carts.counted(SAUCE, 1))
    assert index == 1
    cart, index = cart.add(carts.counted(SAUCE, 1))
    assert index == 1


def test_a_changed_price_is_of_its_line_alone_and_names_the_old() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 2))
    cart = cart.change_price(0, Money(2000), "标签写错")
    cart = cart.change_price(0, Money(1900), "标签写错")
    (line,) = cart.lines
    assert (line.item.price, line.item.reason) == (Money(1900), PriceReason.CHANGED)
    assert (line.price_before, line.repriced) == (Money(2390), Money(980))
    assert (cart.total, cart.list_total) == (Money(3800), Money(4780))
    dearer = cart.change_price(0, Money(2500), "大瓶")
    assert (dearer.total, dearer.list_total) == (Money(5000), Money(5000))
    assert dearer.lines[0].repriced == Money(-220)
    with pytest.raises(WrongAmount):
        cart.change_price(0, Money(-1), "")


def test_a_changed_price_is_taken_back_with_the_reason_it_had() -> None:
    on_offer = replace(SAUCE, price=Money(1990), reason=PriceReason.EVENT)
    cart, _ = Cart().add(carts.counted(on_offer, 2))
    changed = cart.change_price(0, Money(1500), "磕碰").change_price(0, Money(9), "x")
    assert changed.restore_price(0) == cart
    assert cart.restore_price(0) == cart
    label = carts.as_printed(WALNUT, 500, Money(1000))
    weighed, _ = Cart().add(label)
    back = weighed.change_price(0, Money(100), "碎").restore_price(0)
    assert back.lines[0].item.reason is PriceReason.NONE
    assert back.total == Money(2900)


def test_a_changed_price_of_weighed_goods_is_per_kilogram() -> None:
    cart, _ = Cart().add(carts.for_amount(WALNUT, Money(2000)))
    cart = cart.change_price(0, Money(5000), "碎")
    assert (cart.lines[0].count, cart.total) == (345, Money(1725))


def test_a_discount_on_all_grows_with_the_basket_and_an_agreement_does_not() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 1))
    cart = cart.discount_all(TENTH)
    cart, _ = cart.add(carts.counted(SAUCE, 1))
    assert cart.total == Money(4302)
    agreed = cart.agree(Money(4000), "议价")
    assert agreed.total == Money(4000)
    assert agreed.discount == Discount(DiscountKind.BARGAIN, "议价", amount=Money(780))
    assert agreed.set_count(0, 3).total == Money(7170)
    assert agreed.remove(0).discount is None
    same = agreed.with_deals(agreed.deals)
    assert same.total == Money(4000)
    other = agreed.with_deals((Deal(1, "满减", ((0, Money(100)),)),))
    assert other.discount is None  # it was agreed for another total
    assert cart.discount_all(TENTH).with_deals(other.deals).discount == TENTH
    for wrong in (Money(4780), Money(5000), Money(-1)):
        with pytest.raises(NotLess):
            cart.agree(wrong, "议价")


def test_an_emptied_basket_gives_the_next_customer_nothing() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 1))
    cart, _ = cart.discount_all(TENTH).remove(0).add(carts.counted(SAUCE, 1))
    assert cart.total == Money(2390)


def test_what_a_promotion_took_off_goes_when_a_line_changes() -> None:
    cart, _ = Cart().add(carts.counted(SAUCE, 2))
    cart = cart.with_deals((Deal(1, "第二件半价", ((0, Money(1195)),)),))
    assert (cart.subtotal, cart.discount_all(TENTH).total) == (
        Money(3585),
        Money(3226),
    )
    assert cart.set_count(0, 1).total == Money(2390)


# --- the basket on disk -----------------------------------------------------------


def test_a_basket_on_disk_keeps_what_was_taken_off(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2, "POMELO": 1})
    cart = cart.change_price(0, Money(2000), "标签写错")
    cart = cart.discount_line(1, percent_off(LINE, 2000, "磕碰"))
    cart = cart.with_deals((Deal(7, "满减", ((0, Money(100)), (1, Money(1)))),))
    assert cart.lines[0].reason_before is PriceReason.NONE
    for kept in (cart.discount_all(TENTH), cart.agree(Money(1000), "议价")):
        keep(shop, kept)
        with shop.database.read() as session:
            saved = baskets.find_open(session, shop.till_id)
        assert saved == SavedBasket(kept, (), False, AT)  # noqa: FBT003  # no payment is open


def test_a_basket_that_an_older_version_kept_is_read(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2})
    keep(shop, cart)
    with shop.database.read() as session:
        content = session.scalar(text("SELECT content FROM basket"))
        saved = baskets.find_open(session, shop.till_id)
    assert "discount" not in content
    assert "price_before" not in content
    assert "deals" not in content
    assert saved is not None
    assert saved.cart == cart


# --- selling ------------------------------------------------------------------------


def test_pain_14_a_discounted_ticket_is_the_sum_of_its_lines(shop: Shop) -> None:
    """37.20 less 1.00 is 36.20, on the ticket and over its lines, to the fen."""
    cart = basket(shop, {"SAUCE": 1, "POMELO": 1, "BAG": 1})
    cart = cart.discount_all(amount_off(ORDER, Money(100), "抹一块"))
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    assert sold.payable == Money(3620)
    stored = record(shop, sold.sale_id)
    assert [line.net.fen for line in stored.lines] == [2326, 1245, 49]
    assert Money.sum(line.net for line in stored.lines) == stored.net
    assert _stored(shop) == [("order", "", "抹一块", 100, None)]
    invariants.check(shop.database)


def test_the_customer_asks_for_160_and_gets_it_by_any_tender(cashier: Shop) -> None:
    """议价: 167.30 becomes 160, by phone, and it is no 抹零."""
    cart = basket(cashier, {"SAUCE": 7}).agree(Money(16_000), "议价")
    sold = sell_basket(cashier, cart, paid_by_phone(cashier, bill_for(cashier, cart)))
    stored = record(cashier, sold.sale_id)
    assert (stored.net, stored.discount, stored.rounding) == (
        Money(16_000),
        Money(730),
        Money.ZERO,
    )
    assert _record(cashier) == [(Act.BARGAIN, Outcome.DONE, Money(730), "议价", "")]
    invariants.check(cashier.database)


def test_a_gift_box_carries_its_share_into_every_part(shop: Shop) -> None:
    cart = basket(shop, {"BOX": 2, "SAUCE": 1, "WALNUT": 333})
    cart = cart.discount_line(0, percent_off(LINE, 777, "盒角压坏"))
    cart = cart.change_price(1, Money(2222), "旧标签").discount_all(TENTH)
    sell_basket(shop, cart)
    assert [row[0] for row in _stored(shop)] == ["line", "price", "order"]
    invariants.check(shop.database)


def test_a_sale_given_away_whole_costs_nothing(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1}).discount_all(
        percent_off(ORDER, 10_000, "投诉补偿")
    )
    assert sell_basket(shop, cart).payable == Money.ZERO
    invariants.check(shop.database)


def test_a_reduction_of_nothing_is_no_row(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1}).change_price(0, Money(2390), "看错")
    sell_basket(shop, cart)
    assert _stored(shop) == []
    invariants.check(shop.database)


# --- who may ------------------------------------------------------------------------


def test_within_his_limit_a_cashier_needs_a_reason_only(cashier: Shop) -> None:
    for sku in ("SAUCE", "POMELO"):  # 5 % of 23.90 is 1.195: a fen more is no more
        cart = basket(cashier, {sku: 1})
        fifth = percent_off(ORDER, 500, "老顾客")
        sell_basket(cashier, cart.discount_all(fifth))
    assert {row[0] for row in _record(cashier)} == {Act.DISCOUNT}
    bare = basket(cashier, {"SAUCE": 1}).discount_all(replace(TENTH, reason=" "))
    with pytest.raises(ReasonMissing):
        sell_basket(cashier, bare)
    invariants.check(cashier.database)


@pytest.mark.parametrize(
    ("percent", "act"),
    [
        (500, Act.DISCOUNT),
        (501, Act.DISCOUNT_ABOVE_LIMIT),
        (3000, Act.DISCOUNT_ABOVE_LIMIT),
        (3001, Act.DISCOUNT_FAR_ABOVE),
    ],
)
def test_how_much_decides_which_act_it_is(
    cashier: Shop, percent: int, act: Act
) -> None:
    cart = basket(cashier, {"TEA": 2})
    whole = cart.discount_all(percent_off(ORDER, percent, "x"))
    line = cart.discount_line(0, percent_off(LINE, percent, "x"))
    agreed = cart.agree(whole.total, "x")
    with cashier.database.read() as session:
        limits = discounting.limits(session)
    assert discounting.deeds(whole, limits)[ORDER].act is act
    assert discounting.deeds(line, limits)[LINE].act is act
    bargain = discounting.deeds(agreed, limits)[DiscountKind.BARGAIN].act
    assert bargain is (Act.BARGAIN if act is Act.DISCOUNT else act)


def test_many_small_discounts_are_one_large_one(cashier: Shop) -> None:
    """Three per cent off the line and again off all of it is more than five."""
    cart = basket(cashier, {"TEA": 1})
    cart = cart.discount_line(0, percent_off(LINE, 300, "一"))
    cart = cart.discount_all(percent_off(ORDER, 300, "二"))
    with cashier.database.read() as session:
        deeds = discounting.deeds(cart, discounting.limits(session))
    assert {deed.act for deed in deeds.values()} == {Act.DISCOUNT_ABOVE_LIMIT}
    assert {deed.reason for deed in deeds.values()} == {"一; 二"}


def test_one_line_given_away_is_not_hidden_among_many(cashier: Shop) -> None:
    cart = basket(cashier, {"SAUCE": 10, "BAG": 1})
    cart = cart.discount_line(1, percent_off(LINE, 10_000, "送"))
    with cashier.database.read() as session:
        deeds = discounting.deeds(cart, discounting.limits(session))
    assert deeds[LINE].act is Act.DISCOUNT_FAR_ABOVE


def test_above_the_limit_a_pin_is_entered_and_both_names_stand_on_it(
    cashier: Shop,
) -> None:
    cart = basket(cashier, {"SAUCE": 2}).discount_all(TENTH)
    with pytest.raises(NotPermitted):
        with permits.deciding(cashier.database, _where(cashier)):
            sell_basket(cashier, cart)
    deed = Deed(Act.DISCOUNT_ABOVE_LIMIT, cart.uuid, cart.discounted, "老顾客")
    sell_basket(cashier, cart, approvals=approved(cashier, deed))
    assert _stored(cashier) == [("order", "", "老顾客", 478, 1)]
    refused, done = _record(cashier)
    act, amount, reason = Act.DISCOUNT_ABOVE_LIMIT, Money(478), "老顾客"
    assert refused == (act, Outcome.REFUSED, amount, reason, "")
    assert done == (act, Outcome.DONE, amount, reason, "林晓")
    invariants.check(cashier.database)


def test_what_is_promised_is_asked_for_at_once_and_spends_nothing(
    cashier: Shop,
) -> None:
    cart = basket(cashier, {"SAUCE": 2}).discount_all(TENTH)
    where = _where(cashier)

    def ask(approvals: dict[Act, str], at: Where = where) -> None:
        with permits.deciding(cashier.database, at), cashier.database.read() as session:
            discounting.check(session, cart, at, approvals)

    with pytest.raises(NotPermitted):
        ask({})
    deed = Deed(Act.DISCOUNT_ABOVE_LIMIT, cart.uuid, cart.discounted, "老顾客")
    approvals = approved(cashier, deed)
    ask(approvals)
    ask(approvals)
    with pytest.raises(NotPermitted):
        ask(approvals, replace(where, at=AT + minutes(6)))
    assert [row[1] for row in _record(cashier)] == [Outcome.REFUSED, Outcome.REFUSED]
    sell_basket(cashier, cart, approvals=approvals)
    with pytest.raises(NotPermitted):
        ask(approvals)


def test_what_was_approved_cannot_grow_afterwards(cashier: Shop) -> None:
    cart = basket(cashier, {"SAUCE": 2}).discount_all(TENTH)
    deed = Deed(Act.DISCOUNT_ABOVE_LIMIT, cart.uuid, cart.discounted, "老顾客")
    approvals = approved(cashier, deed)
    more = cart.discount_all(percent_off(ORDER, 2000, "老顾客"))
    with pytest.raises(NotPermitted):
        sell_basket(cashier, more, approvals=approvals)
    sell_basket(cashier, cart, approvals=approvals)


def test_a_cashier_changes_no_price_alone(cashier: Shop) -> None:
    cart = basket(cashier, {"SAUCE": 2}).change_price(0, Money(2380), "标签")
    with pytest.raises(NotPermitted):
        sell_basket(cashier, cart)
    approvals = approved(cashier, Deed(Act.PRICE, cart.uuid, Money(20), "标签"))
    sell_basket(cashier, cart, approvals=approvals)
    assert _stored(cashier) == [("price", "", "标签", 20, 1)]


def test_a_supervisor_stops_where_the_manager_begins(shop: Shop) -> None:
    with shop.database.write() as session:
        supervisor = staff.add_staff(session, "何苗", Role.SUPERVISOR)
    there = replace(shop, staff_id=supervisor)
    cart = basket(shop, {"SAUCE": 2})
    sell_basket(there, cart.discount_all(percent_off(ORDER, 3000, "临期")))
    cart = replace(basket(shop, {"SAUCE": 2}))
    with pytest.raises(NotPermitted):
        sell_basket(there, cart.discount_all(percent_off(ORDER, 5000, "临期")))
    sell_basket(shop, cart.discount_all(percent_off(ORDER, 5000, "临期")))


def test_alone_at_a_stall_a_reason_is_enough_up_to_an_amount(cashier: Shop) -> None:
    with cashier.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1 WHERE id = 1"))
        chosen = settings.load(session)
        settings.save(session, replace(chosen, alone_limit_fen=1000))
    sell_basket(cashier, basket(cashier, {"SAUCE": 2}).discount_all(TENTH))
    assert [row[1] for row in _record(cashier)] == [Outcome.UNWITNESSED]
    with pytest.raises(NotPermitted):
        sell_basket(cashier, basket(cashier, {"SAUCE": 9}).discount_all(TENTH))


def test_a_sale_without_discounts_asks_the_file_no_more_than_before(
    shop: Shop,
) -> None:
    """Basket, goods, lines, payment, movements, on hand, paper; then the journal's tip,
    what the sale says, its record, no other movement: and nothing more.
    """
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    asked: list[str] = []
    with shop.database.write() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
    driver.set_trace_callback(asked.append)
    sell_basket(shop, cart)
    verbs = [one.split()[0] for one in asked if not one.startswith("--")]
    kept, sold = verbs[: verbs.index("COMMIT")], verbs[verbs.index("COMMIT") + 1 :]
    assert kept
    assert sold == [
        *("BEGIN", "UPDATE", "SELECT"),
        *["INSERT"] * 6,
        *["SELECT"] * 2,
        *("INSERT", "SELECT", "UPDATE", "COMMIT"),
    ]


@given(
    counts=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    line_bp=st.integers(1, 10_000),
    order_fen=st.integers(1, 20_000),
)
def test_what_is_left_is_never_below_nothing(
    counts: list[int], line_bp: int, order_fen: int
) -> None:
    cart = Cart()
    for index, count in enumerate(counts):
        cart, _ = cart.add(carts.counted(replace(SAUCE, product_id=index), count))
    cart = cart.discount_line(0, percent_off(LINE, line_bp, "x"))
    cart = cart.discount_all(amount_off(ORDER, Money(order_fen), "x"))
    assert Money.ZERO <= cart.total <= cart.subtotal <= cart.list_total
    assert cart.list_total - cart.total == cart.discounted + Money.sum(
        line.discounted for line in cart.lines
    )

"""个人码: what is on somebody's own phone is listed until somebody else has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from models.cart import Bill
from models.errors import WrongAmount
from models.kinds import Method, RoundingRule
from models.money import Money
from models.people.acts import list_of_shift
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.people.roles import Role
from models.selling import personal_money
from models.selling.personal_money import Held, HeldOfShift
from models.selling.refusals import MoreThanHeld, SamePerson
from models.selling.returns import Return
from models.selling.seat import Seat
from models.selling.shift_record import PassedOn
from tests import drawer, invariants, refunding
from tests.drawer import CASHIER, MANAGER, does, hire, where, yuan
from tests.shop import AT, DAY, Shop, basket, day_summary, sell, sell_basket

SAUCE = yuan("23.90")


def _sells(shop: Shop, pieces: int, *, shift_id: int | None = None) -> int:
    """For the manager's own phone."""
    cart = basket(shop, {"SAUCE": pieces})
    bill = Bill(cart.total, RoundingRule.OFF)
    bill = bill.take_phone(Method.ALIPAY, bill.due, shop.accounts["personal"])
    seat = Seat(shop.seat().till, shift_id or shop.shift_id, CASHIER, "陈舟")
    return sell_basket(shop, cart, bill, seat=seat).sale_id


def _held(shop: Shop) -> list[Held]:
    return does(shop, personal_money.list_held, shop.till_id)


def _hands(shop: Shop, amount: str, to: int = MANAGER, by: int = CASHIER) -> None:
    does(
        shop,
        personal_money.hand_over,
        where(shop, by),
        shop.accounts["personal"],
        yuan(amount),
        to,
        note="微信转账",
    )


def test_it_is_listed_by_holder_and_shift_once_the_till_has_stopped(shop: Shop) -> None:
    _sells(shop, 1)
    sell(shop, {"SAUCE": 1})
    assert _held(shop) == []
    drawer.seals(shop)
    second = drawer.opens(shop, "0")
    _sells(shop, 2, shift_id=second)
    drawer.seals(shop, second)
    (held,) = _held(shop)
    assert held.holder == "林晓"
    assert held.shifts == (
        HeldOfShift(shop.shift_id, 1, DAY, SAUCE),
        HeldOfShift(second, 2, DAY, SAUCE.times(2)),
    )
    assert held.total == SAUCE.times(3)


def test_handed_over_in_parts_the_oldest_shift_comes_first(shop: Shop) -> None:
    _sells(shop, 1)
    drawer.seals(shop)
    second = drawer.opens(shop, "0")
    _sells(shop, 1, shift_id=second)
    drawer.seals(shop, second)
    _hands(shop, "30")
    (held,) = _held(shop)
    assert held.shifts == (HeldOfShift(second, 2, DAY, yuan("17.80")),)
    _hands(shop, "10")
    assert _held(shop)[0].total == yuan("7.80")
    _hands(shop, "7.80")
    assert _held(shop) == []
    invariants.check(shop.database)


def test_the_shifts_paper_says_who_has_it_and_what_still_waits(shop: Shop) -> None:
    _sells(shop, 1)
    drawer.seals(shop)
    assert drawer.paper(shop).still_held == SAUCE
    _hands(shop, "20")
    record = drawer.paper(shop)
    assert record.passed_on == (PassedOn(AT, "林晓", "林晓", yuan("20"), "微信转账"),)
    assert record.still_held == yuan("3.90")
    assert record.figures.to_hand_over == SAUCE  # the Z stays as it was


def test_the_days_paper_says_what_still_waits(shop: Shop) -> None:
    _sells(shop, 1)
    sell(shop, {"SAUCE": 1})
    assert day_summary(shop).still_held == SAUCE
    drawer.seals(shop)
    _hands(shop, "20")
    assert day_summary(shop).still_held == yuan("3.90")


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_is_not_handed_over(shop: Shop, amount: str) -> None:
    with pytest.raises(WrongAmount):
        _hands(shop, amount)


def test_more_than_there_is_is_refused(shop: Shop) -> None:
    with pytest.raises(MoreThanHeld) as refused:
        _hands(shop, "1")
    assert "0.00" in str(refused.value)
    _sells(shop, 1)
    drawer.seals(shop)
    with pytest.raises(MoreThanHeld):
        _hands(shop, "23.91")


def test_nobody_receives_from_himself_nor_without_the_right(shop: Shop) -> None:
    _sells(shop, 1)
    drawer.seals(shop)
    with pytest.raises(SamePerson):
        _hands(shop, "1", to=CASHIER)
    other = hire(shop, "何苗", Role.CASHIER)
    with pytest.raises(NotPermitted):
        _hands(shop, "1", to=other)
    _hands(shop, "1", to=hire(shop, "周会计", Role.RECONCILER))
    act = does(shop, list_of_shift, shop.shift_id)[-1]
    assert (act.staff, act.act, act.amount) == (
        "周会计",
        Act.RECEIVE_MONEY,
        yuan("1"),
    )


def test_the_only_person_there_is_signs_alone_and_that_is_written(shop: Shop) -> None:
    _sells(shop, 1)
    drawer.seals(shop, by=MANAGER)
    with shop.database.write() as session:
        session.execute(text("UPDATE staff SET is_active = 0 WHERE id = 2"))
    _hands(shop, "23.90", by=MANAGER)
    with shop.database.read() as session:
        found = session.execute(text("SELECT is_self_signed FROM personal_handover"))
        assert found.scalar_one() == 1


def test_what_was_refunded_in_a_later_shift_is_settled_with_the_rest(
    shop: Shop,
) -> None:
    sale = _sells(shop, 2)
    drawer.seals(shop)
    second = drawer.opens(shop, "0", at=AT + timedelta(hours=1))
    later = replace(shop, shift_id=second, staff_id=MANAGER)
    refunding.refund(later, sale, Return(1, 1))
    drawer.seals(shop, second)
    (held,) = _held(shop)
    assert [one.rest for one in held.shifts] == [SAUCE.times(2), -SAUCE]
    assert held.total == SAUCE
    _hands(shop, "3.90")
    assert _held(shop)[0].total == Money(2_000)
    _hands(shop, "20")
    assert _held(shop) == []
    invariants.check(shop.database)

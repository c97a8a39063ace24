"""Cash that moves without a sale: with a name, a reason, and kept for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from models.errors import ShiftClosed, WrongAmount
from models.money import Money
from models.people import acts, permits, pins
from models.people.acts import ActRow, Outcome
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.selling import cash, cash_slips
from models.selling.cash import CashMove, MovementRow
from models.selling.refusals import AlreadyCorrected
from models.selling.shift_record import CashKind, MovementSum
from tests import drawer, invariants
from tests.drawer import CASHIER, MANAGER, does, moves, where, yuan
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, Shop

DROP = CashMove(CashKind.DROP, -yuan("300"), "缴款", "中午", "财务王姐")


def _movements(shop: Shop) -> list[MovementRow]:
    return does(shop, cash.list_movements, shop.shift_id)


def _acts(shop: Shop) -> list[ActRow]:
    return does(shop, acts.list_of_shift, shop.shift_id)


def test_a_drop_stands_there_with_name_reason_and_recipient(shop: Shop) -> None:
    movement = does(shop, cash.move_cash, where(shop), DROP)
    assert _movements(shop) == [
        MovementRow(
            movement,
            AT,
            "林晓",
            CashKind.DROP,
            -yuan("300"),
            "缴款",
            "中午",
            "财务王姐",
            is_corrected=False,
        )
    ]
    (act,) = _acts(shop)
    assert (act.act, act.amount, act.outcome) == (
        Act.MOVE_CASH,
        -yuan("300"),
        Outcome.DONE,
    )


def test_movements_are_summed_by_kind(shop: Shop) -> None:
    moves(shop, CashKind.FUND, "100")
    moves(shop, CashKind.DROP, "-50")
    moves(shop, CashKind.FUND, "0.50")
    moves(shop, CashKind.RETURN, "-20", "还借来的备用金")
    assert does(shop, cash.sums_of, shop.shift_id) == (
        MovementSum(CashKind.FUND, 2, yuan("100.50")),
        MovementSum(CashKind.DROP, 1, -yuan("50")),
        MovementSum(CashKind.RETURN, 1, -yuan("20")),
    )


@pytest.mark.parametrize(
    ("kind", "amount"),
    [
        (CashKind.FUND, "0"),
        (CashKind.FUND, "-1"),
        (CashKind.DROP, "0"),
        (CashKind.DROP, "1"),
        (CashKind.EXPENSE, "1"),
        (CashKind.RETURN, "0"),
    ],
)
def test_what_is_no_such_movement_is_refused(
    shop: Shop, kind: CashKind, amount: str
) -> None:
    with pytest.raises(WrongAmount):
        moves(shop, kind, amount)
    assert _movements(shop) == []


@pytest.mark.parametrize("amount", ["0", "10", "-10"])
def test_fetched_change_may_come_to_nothing(shop: Shop, amount: str) -> None:
    moves(shop, CashKind.CHANGE, amount, "换零")
    assert drawer.looks(shop).drawer.moved == yuan(amount)


def test_a_movement_has_a_reason(shop: Shop) -> None:
    with pytest.raises(ReasonMissing):
        moves(shop, CashKind.FUND, "1", " ")


def test_a_movement_needs_an_open_shift(shop: Shop) -> None:
    for shift_id in (None, 99):
        with pytest.raises(ShiftClosed):
            does(shop, cash.move_cash, replace(where(shop), shift_id=shift_id), DROP)


def test_a_cashier_moves_cash_with_an_approval_for_that_amount(shop: Shop) -> None:
    does(shop, pins.set_pin, KEYS, MANAGER, MANAGER_PIN, at=AT)
    here = where(shop, CASHIER)
    deed = cash.deed_of(DROP)
    with pytest.raises(NotPermitted):
        with permits.deciding(shop.database, here):
            does(shop, cash.move_cash, here, DROP)
    approval = permits.approve(shop.database, KEYS, here, deed, MANAGER, MANAGER_PIN)
    does(shop, cash.move_cash, here, DROP, approval=approval)
    assert [(one.outcome, one.approver) for one in _acts(shop)] == [
        (Outcome.REFUSED, ""),
        (Outcome.DONE, "林晓"),
    ]
    drawer.seals(shop)
    assert drawer.paper(shop).figures.refused == 1


def test_one_person_alone_moves_a_little_with_a_reason(shop: Shop) -> None:
    with shop.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1"))
    moves(shop, CashKind.DROP, "-200", by=CASHIER)
    assert _acts(shop)[0].outcome is Outcome.UNWITNESSED
    with pytest.raises(NotPermitted):
        moves(shop, CashKind.DROP, "-200.10", by=CASHIER)


def test_a_wrong_movement_stays_and_its_opposite_is_added_once(shop: Shop) -> None:
    wrong = moves(shop, CashKind.FUND, "1000", "多打一个零")
    does(shop, cash.correct, where(shop), wrong, "多打一个零")
    with pytest.raises(AlreadyCorrected):
        does(shop, cash.correct, where(shop), wrong, "再来一次")
    assert [one.is_corrected for one in _movements(shop)] == [True, False]
    assert drawer.looks(shop).drawer.moved == Money.ZERO
    invariants.check(shop.database)


def test_a_movement_of_nothing_has_no_opposite(shop: Shop) -> None:
    nothing = moves(shop, CashKind.CHANGE, "0", "换零")
    with pytest.raises(WrongAmount):
        does(shop, cash.correct, where(shop), nothing, "换错")


def test_a_movement_of_a_closed_shift_is_corrected_in_the_open_one(shop: Shop) -> None:
    wrong = moves(shop, CashKind.EXPENSE, "-100", "买水")
    drawer.seals(shop)
    second = drawer.opens(shop, "400")
    does(shop, cash.correct, where(shop, shift_id=second), wrong, "未付")
    assert drawer.looks(shop, second).drawer.expected == yuan("500")
    drawer.seals(shop, second)
    invariants.check(shop.database)


def test_only_what_came_to_something_can_be_corrected_and_no_correction(
    shop: Shop,
) -> None:
    wrong = moves(shop, CashKind.FUND, "1000", "多打一个零")
    moves(shop, CashKind.CHANGE, "0", "换零")
    assert [one.can_be_corrected for one in _movements(shop)] == [True, False]
    does(shop, cash.correct, where(shop), wrong, "多打一个零")
    assert not any(one.can_be_corrected for one in _movements(shop))


def test_the_slip_of_a_movement_says_who_where_why_and_by_whose_leave(
    shop: Shop,
) -> None:
    does(shop, pins.set_pin, KEYS, MANAGER, MANAGER_PIN, at=AT)
    here, deed = where(shop, CASHIER), cash.deed_of(DROP)
    approval = permits.approve(shop.database, KEYS, here, deed, MANAGER, MANAGER_PIN)
    movement = does(shop, cash.move_cash, here, DROP, approval=approval)
    assert _movements(shop)[0].approver == "林晓"
    slip = does(shop, cash_slips.get_slip, movement)
    assert (slip.till_code, slip.shift_number, slip.number) == ("T01", 1, movement)
    assert (slip.staff, slip.approver, slip.recipient) == ("陈舟", "林晓", "财务王姐")
    assert (slip.amount, slip.kind, slip.corrects) == (
        -yuan("300"),
        CashKind.DROP,
        None,
    )
    assert slip.event
    with shop.database.write() as session:
        session.execute(text("UPDATE outlet SET event_id = NULL"))
    opposite = does(shop, cash.correct, where(shop), movement, "没有取")
    slip = does(shop, cash_slips.get_slip, opposite)
    assert (slip.event, slip.approver, slip.corrects) == ("", "", movement)


def test_the_drawer_opens_without_a_sale_only_with_a_name_and_a_reason(
    shop: Shop,
) -> None:
    with pytest.raises(ReasonMissing):
        does(shop, cash.open_drawer, where(shop), " ")
    with pytest.raises(NotPermitted):
        does(shop, cash.open_drawer, where(shop, CASHIER), "换零")
    does(shop, cash.open_drawer, where(shop), " 换零 ")
    drawer.seals(shop)
    figures = drawer.paper(shop).figures
    assert figures.done(Act.OPEN_DRAWER) == 1
    assert figures.deeds[0].reason == "换零"

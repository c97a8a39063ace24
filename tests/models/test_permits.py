"""Who may do what: asked in the operation, approved once, refused on the record."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import MissingField, NoShopYet
from models.money import Money
from models.people import acts, permits, pins, rights, signed_in, staff
from models.people.acts import ActRow, Outcome
from models.people.deeds import Deed, Where
from models.people.permits import Permit
from models.people.refusals import (
    LastManager,
    NameTaken,
    NotPermitted,
    ReasonMissing,
    WrongPin,
)
from models.people.rights import Act, Answer
from models.people.roles import Role
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, DAY, Shop, minutes

REFUND = Deed(Act.REFUND, "T01-000001", Money(5990), "烂果")


@pytest.fixture
def cashier(shop: Shop) -> Where:
    """She stands at the till; the manager has a PIN."""
    with shop.database.write() as session:
        pins.set_pin(session, KEYS, shop.staff_id, MANAGER_PIN, at=AT)
        _manager, cashier = staff.list_staff(session)
    return Where(shop.till_id, cashier.id, AT, DAY, shop.shift_id)


def _does(
    database: Database, where: Where, deed: Deed, *, approval: str = "", **limit: bool
) -> Permit:
    """As an operation does it: in a transaction whose refusal is recorded."""
    with permits.deciding(database, where), database.write() as session:
        return permits.require(session, where, deed, approval=approval, **limit)


def _approved(shop: Shop, where: Where, deed: Deed) -> str:
    return permits.approve(shop.database, KEYS, where, deed, shop.staff_id, MANAGER_PIN)


def _record(shop: Shop) -> list[ActRow]:
    with shop.database.read() as session:
        return acts.list_of_shift(session, shop.shift_id)


# --- the table ----------------------------------------------------------------------


def test_every_act_has_somebody_who_may_do_it_alone() -> None:
    for act in Act:
        assert rights.ask(Role.MANAGER, act) is Answer.YES
        assert any(rights.may_approve(role, act) for role in Role) or all(
            rights.ask(role, act) is not Answer.APPROVAL for role in Role
        )


def test_a_cashier_approves_nothing_and_never_sees_cost() -> None:
    assert not any(rights.may_approve(Role.CASHIER, act) for act in Act)
    assert rights.ask(Role.CASHIER, Act.SEE_COST) is Answer.NO


def test_a_reconciler_sells_nothing() -> None:
    assert rights.ask(Role.RECONCILER, Act.SELL) is Answer.NO


# --- doing --------------------------------------------------------------------------


def test_what_a_role_may_do_is_done_and_stands_on_the_record(
    shop: Shop, cashier: Where
) -> None:
    permit = _does(
        shop.database, cashier, Deed(Act.VOID, "basket", Money(100), "不要了")
    )
    assert permit == Permit()
    (row,) = _record(shop)
    assert row == ActRow(
        AT, "陈舟", Act.VOID, Outcome.DONE, "basket", Money(100), "不要了", "", ""
    )
    with shop.database.read() as session:
        assert acts.list_of_day(session, DAY)[-1] == row  # after the opening
        assert acts.list_of_day(session, DAY + timedelta(days=1)) == []


def test_what_needs_an_approval_is_refused_without_one(
    shop: Shop, cashier: Where
) -> None:
    with pytest.raises(NotPermitted) as refused:
        _does(shop.database, cashier, REFUND)
    assert refused.value.needs_approval
    assert "批准" in str(refused.value)
    assert [(row.act, row.outcome) for row in _record(shop)] == [
        (Act.REFUND, Outcome.REFUSED)
    ]


def test_what_nobody_can_approve_is_refused_otherwise(
    shop: Shop, cashier: Where
) -> None:
    with pytest.raises(NotPermitted) as refused:
        _does(shop.database, cashier, Deed(Act.STAFF))
    assert not refused.value.needs_approval
    assert "店长" in str(refused.value)


def test_an_approval_lets_it_happen_once_with_both_names(
    shop: Shop, cashier: Where
) -> None:
    approval = _approved(shop, cashier, REFUND)
    assert _does(shop.database, cashier, REFUND, approval=approval).approver_id == 1
    with pytest.raises(NotPermitted):
        _does(shop.database, cashier, REFUND, approval=approval)
    done, refused = _record(shop)
    assert (done.outcome, done.staff, done.approver) == (Outcome.DONE, "陈舟", "林晓")
    assert (refused.outcome, refused.approver) == (Outcome.REFUSED, "")


@pytest.mark.parametrize(
    "other",
    [
        replace(REFUND, subject="T01-000002"),
        replace(REFUND, act=Act.COMPENSATE),
    ],
)
def test_an_approval_is_for_one_act_on_one_subject(
    shop: Shop, cashier: Where, other: Deed
) -> None:
    approval = _approved(shop, cashier, REFUND)
    with pytest.raises(NotPermitted):
        _does(shop.database, cashier, other, approval=approval)


@pytest.mark.parametrize(
    ("approved", "done", "holds"),
    [
        (Money(500), Money(500), True),
        (Money(500), Money(400), True),
        (Money(500), Money(501), False),
        (Money(-500), Money(-500), True),
        (Money(-500), Money(-1_000_000), False),
        (None, None, True),
        (None, Money(1), False),
    ],
)
def test_an_approval_is_for_so_much(
    shop: Shop,
    cashier: Where,
    approved: Money | None,
    done: Money | None,
    *,
    holds: bool,
) -> None:
    """5 yuan out of the drawer approved are not 10,000."""
    approval = _approved(shop, cashier, replace(REFUND, amount=approved))
    doing = replace(REFUND, amount=done)
    if holds:
        _does(shop.database, cashier, doing, approval=approval)
    else:
        with pytest.raises(NotPermitted):
            _does(shop.database, cashier, doing, approval=approval)


def test_an_approval_is_for_one_person(shop: Shop, cashier: Where) -> None:
    with shop.database.write() as session:
        other = staff.add_staff(session, "何苗", Role.CASHIER)
    approval = _approved(shop, cashier, REFUND)
    with pytest.raises(NotPermitted):
        _does(
            shop.database, replace(cashier, staff_id=other), REFUND, approval=approval
        )


@pytest.mark.parametrize(("after", "holds"), [(4, True), (5, False), (60, False)])
def test_an_approval_holds_for_minutes(
    shop: Shop, cashier: Where, after: int, *, holds: bool
) -> None:
    approval = _approved(shop, cashier, REFUND)
    later = replace(cashier, at=AT + minutes(after))
    if holds:
        _does(shop.database, later, REFUND, approval=approval)
    else:
        with pytest.raises(NotPermitted):
            _does(shop.database, later, REFUND, approval=approval)


def test_an_approval_of_what_then_fails_can_be_used_again(
    shop: Shop, cashier: Where
) -> None:
    approval = _approved(shop, cashier, REFUND)
    with pytest.raises(ZeroDivisionError), shop.database.write() as session:
        permits.require(session, cashier, REFUND, approval=approval)
        raise ZeroDivisionError
    _does(shop.database, cashier, REFUND, approval=approval)


def test_nobody_approves_his_own_act_and_no_cashier_another_s(
    shop: Shop, cashier: Where
) -> None:
    with shop.database.write() as session:
        other = staff.add_staff(session, "何苗", Role.CASHIER)
        pins.set_pin(session, KEYS, cashier.staff_id, "4806", at=AT)
        pins.set_pin(session, KEYS, other, "7392", at=AT)
    for who, pin in ((cashier.staff_id, "4806"), (other, "7392")):
        with pytest.raises(NotPermitted):
            permits.approve(shop.database, KEYS, cashier, REFUND, who, pin)
    with pytest.raises(WrongPin):
        permits.approve(shop.database, KEYS, cashier, REFUND, shop.staff_id, "1")
    assert [row.outcome for row in _record(shop)] == [Outcome.REFUSED] * 2


# --- one person alone ---------------------------------------------------------------


@pytest.fixture
def alone(shop: Shop, cashier: Where) -> Where:
    with shop.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1 WHERE id = 1"))
    return cashier


def test_one_person_alone_gives_a_reason_instead_of_a_second_pin(
    shop: Shop, alone: Where
) -> None:
    assert _does(shop.database, alone, REFUND).outcome is Outcome.UNWITNESSED
    assert [row.outcome for row in _record(shop)] == [Outcome.UNWITNESSED]


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_even_one_person_alone_may_not(
    shop: Shop, alone: Where, reason: str
) -> None:
    with pytest.raises(ReasonMissing):
        _does(shop.database, alone, replace(REFUND, reason=reason))


def test_above_the_limit_the_approval_remains(shop: Shop, alone: Where) -> None:
    with pytest.raises(NotPermitted):
        _does(shop.database, alone, REFUND, is_within_limit=False)
    approval = _approved(shop, alone, REFUND)
    _does(shop.database, alone, REFUND, approval=approval, is_within_limit=False)


def test_what_one_person_alone_may_never_do_stays_so(shop: Shop, alone: Where) -> None:
    with pytest.raises(NotPermitted):
        _does(shop.database, alone, Deed(Act.CLOSE_FAR_OFF, reason="少钱"))


# --- all of it ----------------------------------------------------------------------


class _Tries:
    """Acts of all roles at random, and what the table says of each."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._chance = random.Random(16)  # noqa: S311  # no secret
        self.seen: Counter[Answer] = Counter()
        with shop.database.write() as session:
            self._people = {
                role: staff.add_staff(session, f"工号{number}", role)
                for number, role in enumerate(Role)
            }

    def one(self, number: int, does: Callable[[Where, Deed, str], object]) -> None:
        shop, chance = self._shop, self._chance
        role, act = chance.choice(list(Role)), chance.choice(list(Act))
        at = AT + timedelta(seconds=number)
        where = Where(shop.till_id, self._people[role], at, DAY, shop.shift_id)
        answer = rights.ask(role, act)
        approval = chance.choice(["", "made up", str(number)])
        try:
            does(where, Deed(act, str(number), reason="试"), approval)
        except NotPermitted:
            assert answer is not Answer.YES, (role, act)
        else:
            assert answer is Answer.YES, (role, act)
        self.seen[answer] += 1


_ACTS = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 1_500


@pytest.mark.timeout(600)  # a machine that is busy takes its time
def test_random_acts_of_all_roles_bypass_nothing(shop: Shop) -> None:
    """TRUST.md campaign 16: what is done is allowed, what is refused is recorded.

    Each twentieth as an operation does it; the others many in one transaction.
    """
    tries, alone = _Tries(shop), _ACTS // 20
    for number in range(alone):
        tries.one(number, lambda *given: _alone(shop.database, *given))
    with shop.database.write() as session:
        for number in range(alone, _ACTS):
            tries.one(number, lambda *given: _together(session, *given))
    outcomes = Counter(row.outcome for row in _record(shop))
    seen = tries.seen
    assert outcomes[Outcome.DONE] == seen[Answer.YES] > _ACTS // 5
    assert (
        outcomes[Outcome.REFUSED]
        == seen[Answer.APPROVAL] + seen[Answer.NO]
        > _ACTS // 5
    )


def _alone(database: Database, where: Where, deed: Deed, approval: str) -> None:
    _does(database, where, deed, approval=approval)


def _together(session: Session, where: Where, deed: Deed, approval: str) -> None:
    try:
        permits.require(session, where, deed, approval=approval)
    except NotPermitted:
        acts.record(session, where, deed, Outcome.REFUSED)
        raise


# --- staff --------------------------------------------------------------------------


def test_people_come_change_and_go(shop: Shop) -> None:
    with shop.database.write() as session:
        newcomer = staff.add_staff(session, " 何苗 ", Role.CASHIER)
        staff.change_staff(session, newcomer, "何苗苗", Role.SUPERVISOR)
        assert staff.get_staff(session, newcomer).name == "何苗苗"
        staff.change_staff(session, newcomer, "何苗苗", Role.CASHIER)
        staff.retire_staff(session, newcomer)
        assert [one.name for one in staff.list_staff(session)] == ["林晓", "陈舟"]
        with pytest.raises(NoResultFound):
            staff.get_staff(session, newcomer)


def test_a_name_belongs_to_one_person_even_when_gone(shop: Shop) -> None:
    with shop.database.write() as session:
        staff.retire_staff(session, 2)
        with pytest.raises(NameTaken, match="陈舟"):
            staff.add_staff(session, "陈舟", Role.CASHIER)
        with pytest.raises(MissingField):
            staff.add_staff(session, "  ", Role.CASHIER)


def test_the_last_manager_stays(shop: Shop) -> None:
    with shop.database.write() as session:
        with pytest.raises(LastManager, match="店长"):
            staff.retire_staff(session, shop.staff_id)
        with pytest.raises(LastManager):
            staff.change_staff(session, shop.staff_id, "林晓", Role.CASHIER)
        staff.change_staff(session, 2, "陈舟", Role.MANAGER)
        staff.change_staff(session, shop.staff_id, "林晓", Role.CASHIER)


def test_in_a_shop_without_anybody_nobody_is_at_the_till(database: Database) -> None:
    with database.read() as session, pytest.raises(NoShopYet):
        signed_in.who(session)

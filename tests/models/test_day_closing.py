"""Closing a day: when it can be signed, by whom, and that nothing comes to it then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from models.kinds import Method
from models.money import Money
from models.office import day_calendar, day_closing
from models.office.day_calendar import CalendarDay
from models.office.day_close_record import (
    Check,
    CheckKind,
    DayRecord,
    DayState,
)
from models.office.day_refusals import (
    NothingToClose,
    ShiftsWaiting,
    SignerSold,
)
from models.people import staff
from models.people.refusals import NotPermitted
from models.people.roles import Role
from models.selling import training
from models.selling.refusals import InTraining
from models.selling.shift_record import CashKind
from tests.drawer import (
    CASHIER,
    MANAGER,
    accepts,
    closes,
    counts_cash,
    does,
    hire,
    moves,
    seals,
    splits,
    where,
    yuan,
)
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    paid_by_phone,
    sell,
    sell_basket,
)

EVENING = AT + timedelta(hours=10)
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def reconciler(shop: Shop) -> int:
    return hire(shop, "周会计", Role.RECONCILER)


def looks_at(shop: Shop, day: date = DAY) -> DayRecord:
    with shop.database.read() as session:
        return day_closing.get_record(session, day, at=EVENING)


def signs_the_day(
    shop: Shop, by: int, day: date = DAY, *, note: str = ""
) -> DayRecord:
    here = where(shop, by, at=EVENING)
    return does(shop, day_closing.close_day, here, day, note=note)


def check(record: DayRecord, kind: CheckKind) -> Check:
    return next(one for one in record.checks if one.kind is kind)


def month(shop: Shop) -> dict[date, CalendarDay]:
    with shop.database.read() as session:
        return {one.day: one for one in day_calendar.month_of(session, DAY)}


def signers(shop: Shop) -> list[str]:
    with shop.database.read() as session:
        return [one.name for one in day_closing.list_signers(session, DAY)]


# --- when ---------------------------------------------------------------------------


def test_a_day_is_closed_only_when_every_shift_is_handed_over(
    shop: Shop, reconciler: int
) -> None:
    sell(shop, {"SAUCE": 2})
    with pytest.raises(ShiftsWaiting) as waits:
        looks_at(shop)
    assert waits.value.count == 1
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.OPEN)
    seals(shop)
    counts_cash(shop, "547.70")
    assert month(shop)[DAY].state is DayState.OPEN  # 待交接
    with pytest.raises(ShiftsWaiting):
        signs_the_day(shop, reconciler)
    splits(shop, "500", "47.70")
    accepts(shop)
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.COUNTED)
    record = signs_the_day(shop, reconciler)
    assert record.signed is not None
    assert record.signed.name == "周会计"
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.CLOSED, is_closed=True)
    assert month(shop)[NEXT_DAY] == CalendarDay(NEXT_DAY, DayState.EMPTY)
    assert len(month(shop)) == 30


def test_a_date_without_a_shift_is_not_closed(shop: Shop, reconciler: int) -> None:
    with pytest.raises(NothingToClose):
        signs_the_day(shop, reconciler, NEXT_DAY)


def test_in_training_no_day_is_closed(shop: Shop, reconciler: int) -> None:
    sell(shop, {"SAUCE": 1})
    does(shop, training.start, where(shop))
    with pytest.raises(InTraining):
        signs_the_day(shop, reconciler)


# --- by whom ------------------------------------------------------------------------


def test_who_sold_or_counted_does_not_sign_for_the_day(
    shop: Shop, reconciler: int
) -> None:
    """林晓, the manager, sold; 陈舟 counted; the reconciler did neither."""
    sell(shop, {"SAUCE": 2})
    closes(shop, "547.70", "500")
    assert signers(shop) == ["周会计"]
    with pytest.raises(SignerSold) as refused:
        signs_the_day(shop, MANAGER)
    assert refused.value.name == "林晓"
    with pytest.raises(SignerSold):
        signs_the_day(shop, CASHIER)
    assert not signs_the_day(shop, reconciler).is_self_signed


def test_a_supervisor_does_not_sign_for_a_day(shop: Shop, reconciler: int) -> None:
    del reconciler
    closes(shop, "500", "500")
    chief = hire(shop, "吴班长", Role.SUPERVISOR)
    with pytest.raises(NotPermitted) as refused:
        signs_the_day(shop, chief)
    assert not refused.value.needs_approval


def test_the_only_person_there_is_signs_for_himself_and_the_day_says_so(
    shop: Shop,
) -> None:
    does(shop, staff.retire_staff, CASHIER)
    sell(shop, {"SAUCE": 2})
    seals(shop, by=MANAGER)
    counts_cash(shop, "547.70", by=MANAGER)
    splits(shop, "500", "47.70")
    accepts(shop)
    assert signers(shop) == ["林晓"]
    assert signs_the_day(shop, MANAGER).is_self_signed


# --- what it says -------------------------------------------------------------------


def test_a_right_day_has_a_tick_at_each_check(shop: Shop, reconciler: int) -> None:
    sell(shop, {"SAUCE": 2, "BOX": 1})
    cart = basket(shop, {"WALNUT": 500})
    sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    moves(shop, CashKind.DROP, "-100")
    sold = looks_after_closing(shop)
    does(shop, count_phone, sold)
    record = signs_the_day(shop, reconciler)
    done = {one.kind for one in record.checks if one.is_right}
    assert set(CheckKind) - done == {CheckKind.PRINTS}  # nothing prints in this test
    assert not record.is_different
    assert record.net == Money.sum(one.net for one in record.shifts)
    assert record.net == Money.sum(one.net for one in record.cuts)
    assert [one.method for one in record.tenders] == [Method.CASH, Method.PHONE]


def looks_after_closing(shop: Shop) -> Shop:
    seals(shop)
    with shop.database.read() as session:
        cash = session.scalar(
            text(
                "SELECT sum(net_fen) FROM payment WHERE method = 'cash'"
            )
        )
        moved = session.scalar(
            text("SELECT COALESCE(sum(amount_fen), 0) FROM cash_movement")
        )
    lies = Money(50_000 + cash + moved)
    counts_cash(shop, lies.plain)
    splits(shop, "400", (lies - yuan("400")).plain)
    accepts(shop)
    return shop


def count_phone(session: object, shop: Shop) -> None:
    del session

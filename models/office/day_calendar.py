"""A month's dates: which are open, counted, closed, and where something differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.money import Money
from models.office.day_close_record import DayState
from models.selling.counts import ShiftCount
from models.selling.day_closes import DayClose
from models.selling.shifts import Shift, State


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: date
    state: DayState
    is_closed: bool = False  # also one that differs may be signed
    variance: Money = Money.ZERO  # 长短款, once it is counted


def month_of(session: Session, month: date) -> list[CalendarDay]:
    """All dates of the month in which ``month`` lies."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    closed = {
        one.business_date: one
        for one in session.scalars(
            select(DayClose).where(DayClose.business_date.between(first, last))
        )
    }
    waits = _waits(session, first, last)
    variances = _variances(session, first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [_day(one, closed.get(one), waits, variances) for one in days]


def _day(
    day: date,
    closed: DayClose | None,
    waits: dict[date, bool],
    variances: dict[date, list[Money]],
) -> CalendarDay:
    if closed is not None:
        state = DayState.DIFFERENT if closed.is_different else DayState.CLOSED
        return CalendarDay(day, state, is_closed=True, variance=closed.variance)
    if day not in waits:
        return CalendarDay(day, DayState.EMPTY)
    if waits[day]:
        return CalendarDay(day, DayState.OPEN)
    found = variances.get(day, [])
    state = DayState.DIFFERENT if any(found) else DayState.COUNTED
    return CalendarDay(day, state, variance=Money.sum(found))


def _waits(session: Session, first: date, last: date) -> dict[date, bool]:
    """Each date that has a shift, and whether one of its shifts is not handed over."""
    open_ones = func.sum(Shift.state != State.ACCEPTED)
    found = session.execute(
        select(Shift.business_date, open_ones)
        .where(Shift.business_date.between(first, last))
        .group_by(Shift.business_date)
    )
    return {day: bool(count) for day, count in found}


def _variances(session: Session, first: date, last: date) -> dict[date, list[Money]]:
    """Of each count the round that holds."""
    found = session.execute(
        select(Shift.business_date, ShiftCount)
        .join(Shift, Shift.id == ShiftCount.shift_id)
        .where(Shift.business_date.between(first, last))
        .order_by(ShiftCount.round)
    )
    holds = {
        (count.shift_id, count.method, count.account_id): (day, count.variance)
        for day, count in found
    }
    variances: dict[date, list[Money]] = {}
    for day, variance in holds.values():
        variances.setdefault(day, []).append(variance)
    return variances

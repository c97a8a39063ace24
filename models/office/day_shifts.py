"""One shift of a day as its close shows it: the frozen Z beside its counts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import clock
from models.kinds import Method, SaleKind, Series
from models.office.day_close_record import DayShift, TenderMatch
from models.people.staff import Staff
from models.places import Outlet, Till
from models.selling import counts, handover, shifts, splits, z_closes
from models.selling.accounts import Account
from models.selling.sales import Sale
from models.selling.shift_record import (
    CountRecord,
    Figures,
    Signature,
    TenderLine,
    of_account,
)
from models.selling.shifts import Shift


def shift_of(session: Session, shift: Shift) -> DayShift:
    """A shift that was handed over."""
    z = z_closes.find(session, shift.id)
    split = splits.find(session, shift.id)
    accepted = handover.find_acceptance(session, shift.id)
    assert z is not None
    assert split is not None
    assert accepted is not None
    figures = z_closes.figures_in(z)
    counted = counts.last_counts(session, shift.id)
    cash = next(one for one in counted if one.method is Method.CASH)
    till = session.get_one(Till, shift.till_id)
    opening, sums = shifts.opening_of(session, shift.id), figures.sums
    return DayShift(
        number=shift.number,
        z_name=f"{till.code}-Z{z.number:04}",
        outlet=session.get_one(Outlet, till.outlet_id).name,
        opened=Signature(_name(session, shift.opened_by), shift.opened_at),
        sealed=Signature(_name(session, z.staff_id), z.at),
        counted=Signature(cash.staff, cash.at),
        accepted=Signature(_name(session, accepted.staff_id), accepted.at),
        is_self_signed=accepted.is_self_signed,
        business_date=shift.business_date,
        calendar_date=clock.business_date(shift.opened_at),
        receipts=_receipts(session, shift),
        gross=sums.gross,
        discounts=sums.discounts,
        rounding=sums.rounding,
        refunds=sums.refunds,
        net=sums.net,
        float_=shift.float_,
        float_left=opening.expected,
        cash=figures.drawer.sales - figures.drawer.refunds,
        moved=figures.drawer.moved,
        cash_expected=cash.expected,
        cash_counted=cash.counted,
        left=split.left,
        banked=split.banked,
        handed=split.handed,
        tenders=tuple(_tenders(session, figures, cash, counted)),
    )


def _receipts(session: Session, shift: Shift) -> int:
    """Sales alone, as the day counts them: no refund and no other correction."""
    query = select(func.count()).where(
        Sale.business_date == shift.business_date,
        Sale.shift_id == shift.id,
        Sale.series == Series.LIVE,
        Sale.kind == SaleKind.SALE,
    )
    return session.execute(query).scalar_one()


def _name(session: Session, staff_id: int) -> str:
    return session.get_one(Staff, staff_id).name


def _tenders(
    session: Session, figures: Figures, cash: CountRecord, counted: list[CountRecord]
) -> Iterator[TenderMatch]:
    taken = figures.drawer.sales - figures.drawer.refunds
    yield TenderMatch(
        Method.CASH, None, "", None, taken, taken + cash.variance, _reasons(cash)
    )
    of = {one.account_id: one for one in counted}
    used = {one.account_id for one in figures.tenders if one.account_id is not None}
    for account_id in sorted(used):
        yield _account(session, account_id, figures.tenders, of.get(account_id))
    for line in figures.tenders:
        if line.account_id is None and line.method is not Method.CASH:
            yield TenderMatch(line.method, None, "", None, line.net, None)


def _account(
    session: Session,
    account_id: int,
    lines: tuple[TenderLine, ...],
    count: CountRecord | None,
) -> TenderMatch:
    account = session.get_one(Account, account_id)
    expected, _n = of_account(lines, account_id)
    return TenderMatch(
        account.wallet,
        account_id,
        account.holder,
        account.kind,
        expected,
        None if count is None else count.counted,
        () if count is None else _reasons(count),
    )


def _reasons(count: CountRecord) -> tuple[str, ...]:
    return () if count.signed is None else (count.signed.reason,)

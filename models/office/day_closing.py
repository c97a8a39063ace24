"""日结: a date's record, added up while it waits and frozen when it is signed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, or_, select, union
from sqlalchemy.orm import Session, aliased

from models import clock, settings
from models.ids import new_uuid
from models.kinds import Method, SaleKind, Series
from models.money import Money
from models.office import day_checks, day_totals, external_figures
from models.office.day_close_record import DayRecord, LateRow, TenderMatch
from models.office.day_cuts import cuts_of
from models.office.day_refusals import (
    DayNotYet,
    DifferenceUnexplained,
    NothingToClose,
    ShiftsWaiting,
    SignerSold,
)
from models.office.day_shifts import shift_of
from models.people import permits, staff
from models.people.deeds import Deed, Where
from models.people.rights import Act, Answer, ask
from models.people.roles import Role
from models.people.staff import StaffRow
from models.places import Till
from models.selling import day_closes, training
from models.selling.counts import ShiftCount
from models.selling.day_closes import DayClose
from models.selling.documents import Correction
from models.selling.late_entries import LateEntry
from models.selling.plain_values import from_plain, to_plain
from models.selling.sales import Sale
from models.selling.shift_record import Signature
from models.selling.shifts import Shift, State

_VERSION = 1  # of the body's shape


def get_record(session: Session, day: date, *, at: datetime) -> DayRecord:
    """As it was signed; else as it is now, for a day of which no shift waits.

    Raises NothingToClose, ShiftsWaiting.
    """
    closed = day_closes.find(session, day)
    if closed is not None:
        return record_in(closed)
    shifts = _shifts(session, day)
    if not shifts:
        raise NothingToClose
    waiting = [one for one in shifts if one.state is not State.ACCEPTED]
    if waiting:
        raise ShiftsWaiting(len(waiting))
    return _add_up(session, day, shifts, at)


def record_in(closed: DayClose) -> DayRecord:
    """The record as it was frozen."""
    found: DayRecord = from_plain(DayRecord, json.loads(closed.body))
    return found


def close_day(
    session: Session, where: Where, day: date, *, note: str = ""
) -> DayRecord:
    """Sign the date: from now on nothing of it changes and nothing is added to it.

    The caller has verified the signer's PIN. Who sold or counted cash on that day does
    not sign for it, unless nobody else works here at all; then page and paper say so.
    What differs needs a note. Raises DayIsClosed, DayNotYet, NothingToClose,
    ShiftsWaiting, SignerSold, DifferenceUnexplained, InTraining, NotPermitted.
    """
    training.refuse(session)
    day_closes.refuse_closed(session, day)
    if day > clock.business_date(where.at):
        raise DayNotYet  # or what is sold on it would belong to the one after
    draft = get_record(session, day, at=where.at)
    note = note.strip()
    here = replace(where, shift_id=None, business_date=day)
    permits.require(
        session, here, Deed(Act.CLOSE_DAY, day.isoformat(), draft.net, note=note)
    )
    signer = staff.get_staff(session, where.staff_id)
    is_self_signed = signer.id in _workers(session, day)
    if is_self_signed and len(staff.list_staff(session)) > 1:
        raise SignerSold(signer.name)
    if draft.is_different and not note:
        raise DifferenceUnexplained
    record = replace(
        draft,
        signed=Signature(signer.name, where.at),
        is_self_signed=is_self_signed,
        note=note,
    )
    _freeze(session, signer, record)
    _after(session, day)
    return record


def _freeze(session: Session, signer: StaffRow, record: DayRecord) -> None:
    body = json.dumps(
        to_plain(record), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    session.add(
        DayClose(
            uuid=new_uuid(),
            business_date=record.business_date,
            at=record.made_at,
            staff_id=signer.id,
            is_self_signed=record.is_self_signed,
            note=record.note,
            net=record.net,
            variance=record.difference,
            is_different=record.is_different,
            version=_VERSION,
            body=body,
        )
    )
    session.flush()


def _after(session: Session, day: date) -> None:
    """What else is written with a closed day, in the same transaction."""
    day_totals.write(session, day)


def list_signers(session: Session, day: date) -> list[StaffRow]:
    """Who may sign for the date: the office, without whoever sold or counted in it.

    The reconciler comes before a manager. Where one person alone works at all, it is
    that one (RULINGS.md 31).
    """
    people = staff.list_staff(session)
    if len(people) > 1:
        workers = _workers(session, day)
        people = [one for one in people if one.id not in workers]
    office = [one for one in people if ask(one.role, Act.CLOSE_DAY) is Answer.YES]
    return sorted(office, key=lambda one: one.role is not Role.RECONCILER)


def _workers(session: Session, day: date) -> set[int]:
    """Who sold or counted cash; phone accounts may be counted by who signs."""
    sold = select(Sale.staff_id).where(
        Sale.business_date == day, Sale.series == Series.LIVE
    )
    counted = (
        select(ShiftCount.staff_id)
        .join(Shift, Shift.id == ShiftCount.shift_id)
        .where(Shift.business_date == day, ShiftCount.method == Method.CASH)
    )
    return set(session.scalars(union(sold, counted)))


# --- adding up ----------------------------------------------------------------------


def _shifts(session: Session, day: date) -> list[Shift]:
    found = session.scalars(
        select(Shift).where(Shift.business_date == day).order_by(Shift.number)
    )
    return list(found)


def _add_up(
    session: Session, day: date, shifts: list[Shift], at: datetime
) -> DayRecord:
    chosen = settings.load(session)
    till = session.get_one(Till, shifts[0].till_id)
    of_day = tuple(shift_of(session, one) for one in shifts)
    receipts = select(func.count()).where(
        Sale.business_date == day,
        Sale.series == Series.LIVE,
        Sale.kind == SaleKind.SALE,
    )
    cuts = cuts_of(session, day)
    return DayRecord(
        business_date=day,
        made_at=at,
        shop_name=chosen.shop_name,
        till_code=till.code,
        is_demo=chosen.is_demo,
        receipts=session.execute(receipts).scalar_one(),
        net=Money.sum(one.net for one in cuts),
        shifts=of_day,
        tenders=_together(one for shift in of_day for one in shift.tenders),
        checks=tuple(day_checks.check_day(session, day, till.id, of_day)),
        cuts=cuts,
        external=external_figures.of_day(session, day),
        late=_late(session, day),
    )


def _together(matches: Iterable[TenderMatch]) -> tuple[TenderMatch, ...]:
    """Each tender over all shifts; cash first, then the accounts."""
    found: dict[tuple[bool, int, Method | None], list[TenderMatch]] = {}
    for one in matches:
        is_other = one.account_id is None and one.method is not Method.CASH
        method = one.method if is_other else None
        found.setdefault((is_other, one.account_id or 0, method), []).append(one)
    return tuple(_sum_of(some) for _key, some in sorted(found.items(), key=_place))


def _place(item: tuple[tuple[bool, int, Method | None], object]) -> tuple[int, int]:
    (is_other, account_id, _method), _some = item
    return (int(is_other), account_id)


def _sum_of(some: list[TenderMatch]) -> TenderMatch:
    counts = [one.counted for one in some if one.counted is not None]
    return replace(
        some[0],
        expected=Money.sum(one.expected for one in some),
        counted=Money.sum(counts) if len(counts) == len(some) else None,
        reasons=tuple(reason for one in some for reason in one.reasons),
    )


def _late(session: Session, day: date) -> tuple[LateRow, ...]:
    """What is booked on this date and belongs to an earlier one."""
    original = aliased(Sale)
    found = session.execute(
        select(Sale, LateEntry.sale_id, original)
        .outerjoin(LateEntry, LateEntry.sale_id == Sale.id)
        .outerjoin(Correction, Correction.sale_id == Sale.id)
        .outerjoin(original, original.id == Correction.original_id)
        .where(
            Sale.business_date == day,
            Sale.series == Series.LIVE,
            or_(LateEntry.sale_id.is_not(None), original.business_date < day),
        )
        .order_by(Sale.id)
    )
    rows = (
        LateRow(
            sale.number,
            sale.kind,
            corrected.business_date if corrected else clock.business_date(sale.at),
            corrected.number if corrected else "",
            sale.net,
        )
        for sale, _entry, corrected in found
    )
    return tuple(one for one in rows if one.belongs_to < day)

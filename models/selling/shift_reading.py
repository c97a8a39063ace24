"""A shift read back for screen and paper, from its stored Z and counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.journal import printed
from models.people import permits
from models.people.acts import ActRecord, Outcome
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.people.staff import Staff
from models.places import Event, Outlet, Till
from models.selling import (
    closing,
    counts,
    handover,
    personal_money,
    splits,
    z_closes,
)
from models.selling.refusals import ShiftStillOpen
from models.selling.shift_record import Figures, ShiftRecord, Signature
from models.selling.shifts import Shift, State


def x_report(
    session: Session, where: Where, shift_id: int, *, approval: str = ""
) -> ShiftRecord:
    """未结班 X: as the shift stands now; only the look at it is recorded.

    Raises ShiftClosed, NotPermitted.
    """
    figures = closing.x_figures(session, where, shift_id, approval=approval)
    shift = session.get_one(Shift, shift_id)
    return _record(session, shift, figures, at=where.at)


def get_record(
    session: Session, where: Where, shift_id: int, *, approval: str = ""
) -> ShiftRecord:
    """The shift's Z with its counts so far.

    Until the cash is counted only who may see figures sees them (RULINGS.md 32). Raises
    ShiftStillOpen, NotPermitted.
    """
    shift = session.get_one(Shift, shift_id)
    if shift.state is State.OPEN:
        raise ShiftStillOpen
    if shift.state is State.SEALED:
        closing.permit_looking(session, where, shift_id, approval=approval)
    figures = closing.frozen(session, shift_id, where)
    z = z_closes.find(session, shift_id)
    assert z is not None
    accepted = handover.find_acceptance(session, shift_id)
    return replace(
        _record(session, shift, figures, at=where.at),
        z_number=z.number,
        closing_note=z.note,
        accepted=_signature(session, accepted.staff_id, accepted.at)
        if accepted
        else None,
        is_self_signed=accepted is not None and accepted.is_self_signed,
        counts=tuple(counts.list_counts(session, shift_id)),
        split=splits.find(session, shift_id),
        passed_on=personal_money.list_passed_on(session, shift_id),
        mark=printed.mark_of_z(session, z.id),
    )


def deed_of_reprint(session: Session, shift_id: int) -> Deed:
    """What has to be permitted, and what an approval must name."""
    again = Act.REPRINT_AGAIN if _copies(session, shift_id) else Act.REPRINT
    return Deed(again, _paper(session, shift_id))


def reprint(
    session: Session, where: Where, shift_id: int, *, approval: str = ""
) -> int:
    """Which copy the next print of the shift's paper is; it stands on the record.

    The first by anybody, a further one by those who count. Raises NotPermitted.
    """
    copy = _copies(session, shift_id) + 1
    deed = deed_of_reprint(session, shift_id)
    real = replace(where, is_training=False)  # as the shift is, whatever the till does
    permits.require(session, real, deed, approval=approval)
    return copy


def _paper(session: Session, shift_id: int) -> str:
    return f"Z {closing.subject_of(session, shift_id)}"


def _copies(session: Session, shift_id: int) -> int:
    """How often the paper was printed again so far."""
    query = select(func.count()).where(
        ActRecord.subject == _paper(session, shift_id),
        ActRecord.act.in_((Act.REPRINT, Act.REPRINT_AGAIN)),
        ActRecord.outcome != Outcome.REFUSED,
    )
    return session.scalar(query) or 0


def _record(
    session: Session, shift: Shift, figures: Figures, *, at: datetime
) -> ShiftRecord:
    till = session.get_one(Till, shift.till_id)
    outlet = session.get_one(Outlet, till.outlet_id)
    event = session.get(Event, outlet.event_id) if outlet.event_id else None
    chosen = settings.load(session)
    sealed = None
    if shift.sealed_at is not None and shift.sealed_by is not None:
        sealed = _signature(session, shift.sealed_by, shift.sealed_at)
    return ShiftRecord(
        shop_name=chosen.shop_name,
        is_demo=chosen.is_demo,
        till_code=till.code,
        outlet=outlet.name,
        event=event.name if event else "",
        number=shift.number,
        z_number=None,
        business_date=shift.business_date,
        made_at=at,
        opened=_signature(session, shift.opened_by, shift.opened_at),
        sealed=sealed,
        accepted=None,
        is_self_signed=False,
        closing_note="",
        figures=figures,
        counts=(),
        split=None,
    )


def _signature(session: Session, staff_id: int, at: datetime) -> Signature:
    return Signature(session.get_one(Staff, staff_id).name, at)

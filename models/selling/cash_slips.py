"""A cash movement read back for its slip, which goes into the safe bag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models import settings
from models.money import Money
from models.people.staff import Staff
from models.places import Event, Outlet, Till
from models.selling.cash import CashMovement
from models.selling.shift_record import CashKind
from models.selling.shifts import Shift


@dataclass(frozen=True, slots=True)
class CashSlip:
    """One movement of cash with everybody who answers for it."""

    shop_name: str
    is_demo: bool
    outlet: str
    event: str
    till_code: str
    shift_number: int
    number: int  # of the movement in the shop's file
    business_date: date
    at: datetime
    kind: CashKind
    amount: Money  # negative: out of the drawer
    reason: str
    note: str
    recipient: str
    staff: str
    approver: str  # empty: nobody was asked
    corrects: int | None = None  # the number of the movement that was wrong


def get_slip(session: Session, movement_id: int) -> CashSlip:
    """What the paper of one movement says."""
    move = session.get_one(CashMovement, movement_id)
    till = session.get_one(Till, move.till_id)
    outlet = session.get_one(Outlet, till.outlet_id)
    event = session.get(Event, outlet.event_id) if outlet.event_id else None
    approver = session.get(Staff, move.approver_id) if move.approver_id else None
    chosen = settings.load(session)
    return CashSlip(
        shop_name=chosen.shop_name,
        is_demo=chosen.is_demo,
        outlet=outlet.name,
        event=event.name if event else "",
        till_code=till.code,
        shift_number=session.get_one(Shift, move.shift_id).number,
        number=move.id,
        business_date=move.business_date,
        at=move.at,
        kind=move.kind,
        amount=move.amount,
        reason=move.reason,
        note=move.note,
        recipient=move.recipient,
        staff=session.get_one(Staff, move.staff_id).name,
        approver=approver.name if approver else "",
        corrects=move.reverses_id,
    )

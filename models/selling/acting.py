"""Who acts at which till in which open shift, as the record of acts names it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import settings
from models.errors import ShiftClosed
from models.people.deeds import Where
from models.selling.refusals import TrainingChanged
from models.selling.seat import Seat
from models.selling.shifts import Shift, State


def acting(session: Session, seat: Seat, *, at: datetime) -> Where:
    """The seat as the record of acts wants it. Raises ShiftClosed, TrainingChanged."""
    day = session.scalar(
        select(Shift.business_date).where(
            Shift.id == seat.shift_id, Shift.state == State.OPEN
        )
    )
    if day is None:
        raise ShiftClosed
    if settings.is_training(session) is not seat.is_training:
        raise TrainingChanged
    return Where(seat.till.id, seat.staff_id, at, day, seat.shift_id, seat.is_training)

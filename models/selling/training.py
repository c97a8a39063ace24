"""培训模式: the till practises; nothing of it is real, and it is numbered apart.

Whether it does is a row of the file: after a restart it still does. Sales and what
corrects them go on as always; cash, counts and the close wait until it is left.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from models import settings
from models.errors import ShiftClosed
from models.people import permits
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.selling import baskets
from models.selling.refusals import BasketNotEmpty, InTraining
from models.selling.shifts import Shift, State

BEGUN, ENDED = "begun", "ended"  # notes on the record


def start(session: Session, where: Where, *, approval: str = "") -> None:
    """From now on the till practises; once more changes nothing.

    Raises ShiftClosed without an open shift, BasketNotEmpty, NotPermitted.
    """
    if settings.is_training(session):
        return
    shift = session.get(Shift, where.shift_id) if where.shift_id else None
    if shift is None or shift.state is not State.OPEN:
        raise ShiftClosed
    if baskets.find_open(session, where.till_id) is not None:
        raise BasketNotEmpty
    permits.require(session, where, Deed(Act.TRAIN, note=BEGUN), approval=approval)
    settings.set_training(session, is_on=True)


def stop(session: Session, where: Where, *, approval: str = "") -> None:
    """What is sold is real again; an open basket of the training goes.

    What was parked in training waits for the next one. Raises NotPermitted.
    """
    if not settings.is_training(session):
        return
    permits.require(session, where, Deed(Act.TRAIN, note=ENDED), approval=approval)
    baskets.forget_open(session, where.till_id)
    settings.set_training(session, is_on=False)


def refuse(session: Session) -> None:
    """For what is always real. Raises InTraining."""
    if settings.is_training(session):
        raise InTraining

"""Closing a shift: sealing it with its Z, and the X that is stored nowhere."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from models.errors import ShiftClosed
from models.people import permits
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.places import Till
from models.selling import shifts, training, z_closes
from models.selling.figures import figures_of
from models.selling.shift_record import Figures
from models.selling.shifts import Shift, State
from models.selling.z_closes import ZClose


def seal(session: Session, where: Where, shift_id: int, *, note: str = "") -> None:
    """停售: no more sales; the Z takes its number and is frozen (RULINGS.md 33).

    Nothing that is still to be settled keeps it from closing. Raises ShiftClosed,
    InTraining, NotPermitted.
    """
    training.refuse(session)
    shifts.move_on(
        session, shift_id, State.SEALED, sealed_at=where.at, sealed_by=where.staff_id
    )
    deed = Deed(Act.SEAL_SHIFT, subject_of(session, shift_id), note=note.strip())
    permits.require(session, on_record_of(session, where, shift_id), deed)
    _freeze(session, shift_id, where, note.strip())


def frozen(session: Session, shift_id: int, where: Where) -> Figures:
    """The figures of the shift's Z.

    A shift that an earlier version sealed gets its Z when it is counted.
    """
    z = z_closes.find(session, shift_id) or _freeze(session, shift_id, where, "")
    return z_closes.figures_in(z)


def _freeze(session: Session, shift_id: int, where: Where, note: str) -> ZClose:
    shift = session.get_one(Shift, shift_id)
    figures = figures_of(session, shift_id)
    return z_closes.store(session, shift, figures, where.staff_id, note, at=where.at)


def deed_of_looking(session: Session, shift_id: int) -> Deed:
    """What has to be permitted to who sees figures, and what an approval must name."""
    return Deed(Act.SEE_FIGURES, subject_of(session, shift_id))


def permit_looking(
    session: Session, where: Where, shift_id: int, *, approval: str = ""
) -> None:
    """Whoever sees the figures can tell the drawer (RULINGS.md 32).

    Raises NotPermitted.
    """
    deed = deed_of_looking(session, shift_id)
    here = on_record_of(session, where, shift_id)
    permits.require(session, here, deed, approval=approval)


def x_figures(
    session: Session, where: Where, shift_id: int, *, approval: str = ""
) -> Figures:
    """中途查看: the same figures with no number, no new state and nothing stored.

    Raises ShiftClosed, NotPermitted.
    """
    if session.get_one(Shift, shift_id).state is not State.OPEN:
        raise ShiftClosed
    permit_looking(session, where, shift_id, approval=approval)
    return figures_of(session, shift_id)


def subject_of(session: Session, shift_id: int) -> str:
    """The shift as the record of acts and an approval name it."""
    shift = session.get_one(Shift, shift_id)
    return f"{session.get_one(Till, shift.till_id).code}-{shift.number}"


def on_record_of(session: Session, where: Where, shift_id: int) -> Where:
    """What is done to an earlier shift stands on that one's record."""
    shift = session.get_one(Shift, shift_id)
    return replace(where, shift_id=shift_id, business_date=shift.business_date)

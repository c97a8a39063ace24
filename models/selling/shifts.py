"""Shifts: a drawer's stretch of work, which gives every row its business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.database import STRICT, Base, Kind
from models.errors import ShiftAlreadyOpen, ShiftClosed, WrongAmount
from models.ids import new_uuid
from models.money import Money
from models.people import permits
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.selling import day_closes, splits
from models.selling.refusals import NotCounted, ShiftHandedOver, ShiftStillOpen
from models.selling.shift_record import Opening


class State(StrEnum):
    """DOMAIN.md 4.2: selling, no more sales, counted, handed over."""

    OPEN = "open"
    SEALED = "sealed"
    COUNTED = "counted"
    ACCEPTED = "accepted"


ALLOWED = {
    (State.OPEN, State.SEALED),
    (State.SEALED, State.COUNTED),
    (State.COUNTED, State.ACCEPTED),
}


class Shift(Base):
    __tablename__ = "shift"
    __table_args__ = (
        Index(
            "ux_shift_one_open",
            "till_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
        ),
        CheckConstraint("float_fen >= 0", name="ck_shift_float"),
        CheckConstraint(
            "state IN ('open', 'sealed', 'counted', 'accepted')",
            name="ck_shift_state",
        ),
        UniqueConstraint("till_id", "number", name="ux_shift_number"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    number: Mapped[int]  # per till, without a gap
    business_date: Mapped[date]
    state: Mapped[State] = mapped_column(Kind(State))
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    float_: Mapped[Money] = mapped_column("float_fen")  # 备用金 as counted
    sealed_at: Mapped[datetime | None]
    sealed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ShiftOpening(Base):
    """What the float should have been when the shift began; kept for good."""

    __tablename__ = "shift_opening"
    __table_args__ = STRICT

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), primary_key=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    expected: Mapped[Money | None] = mapped_column("expected_fen")
    note: Mapped[str]


@dataclass(frozen=True, slots=True)
class ShiftRow:
    id: int
    number: int
    business_date: date
    opened_at: datetime
    float_: Money


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A shift that sells no more; 待交接 as long as nobody has taken it over."""

    id: int
    number: int
    business_date: date
    state: State


def open_shift(  # the float and its note
    session: Session,
    till_id: int,
    staff_id: int,
    float_: Money,
    *,
    at: datetime,
    note: str = "",
) -> int:
    """Start selling with so much counted in the drawer; returns the shift's id.

    The business date is the local date minus the cut-off (RULINGS.md 9), or the first
    one after it that is not closed. What the shift before left is kept beside it.
    Raises ShiftAlreadyOpen, WrongAmount, NotPermitted.
    """
    day = day_closes.open_day(session, clock.business_date(at))
    permits.require(
        session, Where(till_id, staff_id, at, day), Deed(Act.OPEN_SHIFT, amount=float_)
    )
    if float_ < Money.ZERO:
        raise WrongAmount
    if find_open(session, till_id) is not None:
        raise ShiftAlreadyOpen
    last = session.scalars(
        select(Shift).where(Shift.till_id == till_id).order_by(Shift.number.desc())
    ).first()
    shift = Shift(
        uuid=new_uuid(),
        till_id=till_id,
        number=last.number + 1 if last else 1,
        business_date=day,
        state=State.OPEN,
        opened_at=at,
        opened_by=staff_id,
        float_=float_,
    )
    session.add(shift)
    session.flush()
    session.add(
        ShiftOpening(
            shift_id=shift.id,
            previous_id=last.id if last else None,
            expected=_left_by(session, last.id) if last else None,
            note=note.strip(),
        )
    )
    session.flush()
    return shift.id


def left_by_last(session: Session, till_id: int) -> Money | None:
    """What the till's last shift left as float, if anybody has said.

    Told only to who has counted the drawer (DOMAIN.md 4.3).
    """
    last = session.scalar(
        select(Shift.id)
        .where(Shift.till_id == till_id)
        .order_by(Shift.number.desc())
        .limit(1)
    )
    return _left_by(session, last) if last is not None else None


def opening_of(session: Session, shift_id: int) -> Opening:
    """How the float came out at the opening.

    A shift that was counted only after the next one had begun says only then what it
    left, so that no difference between the two is lost.
    """
    counted = session.get_one(Shift, shift_id).float_
    row = session.get(ShiftOpening, shift_id)
    if row is None:  # opened by an earlier version
        return Opening(None, counted)
    expected = row.expected
    if expected is None and row.previous_id is not None:
        expected = _left_by(session, row.previous_id)
    return Opening(expected, counted, row.note)


def _left_by(session: Session, shift_id: int) -> Money | None:
    split = splits.find(session, shift_id)
    return split.left if split else None


def move_on(
    session: Session, shift_id: int, new: State, **stamps: datetime | int
) -> None:
    """One step on, compared and set: whoever comes second is refused.

    Raises ShiftClosed, ShiftStillOpen, NotCounted, ShiftHandedOver.
    """
    olds = [old for old, allowed in ALLOWED if allowed is new]
    changed = session.execute(
        update(Shift)
        .where(Shift.id == shift_id, Shift.state.in_(olds))
        .values(state=new, **stamps)
        .returning(Shift.id)
    ).scalar_one_or_none()
    if changed is None:
        raise _why_not(session.get_one(Shift, shift_id).state, new)


def _why_not(
    state: State, new: State
) -> ShiftClosed | ShiftStillOpen | NotCounted | ShiftHandedOver:
    if new is State.SEALED:
        return ShiftClosed()
    if state is State.OPEN:
        return ShiftStillOpen()
    return NotCounted() if state is State.SEALED else ShiftHandedOver()


def list_awaiting(session: Session, till_id: int) -> list[ClosedRow]:
    """The shifts still to be counted or taken over, the oldest first."""
    found = session.scalars(
        select(Shift)
        .where(Shift.till_id == till_id, Shift.state.in_((State.SEALED, State.COUNTED)))
        .order_by(Shift.number)
    )
    return [_closed(one) for one in found]


def list_closed(session: Session, till_id: int, most: int) -> list[ClosedRow]:
    """The till's last shifts that sell no more, the newest first."""
    found = session.scalars(
        select(Shift)
        .where(Shift.till_id == till_id, Shift.state != State.OPEN)
        .order_by(Shift.number.desc())
        .limit(most)
    )
    return [_closed(one) for one in found]


def _closed(one: Shift) -> ClosedRow:
    return ClosedRow(one.id, one.number, one.business_date, one.state)


def find_open(session: Session, till_id: int) -> ShiftRow | None:
    found = session.scalar(
        select(Shift).where(Shift.till_id == till_id, Shift.state == State.OPEN)
    )
    if found is None:
        return None
    return ShiftRow(
        found.id, found.number, found.business_date, found.opened_at, found.float_
    )


def is_past(shift: ShiftRow, at: datetime) -> bool:
    """Whether the shift's day is over, so that the till offers a new day (新的一天)."""
    return shift.business_date < clock.business_date(at)

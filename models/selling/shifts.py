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
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.database import STRICT, Base, Kind
from models.errors import ShiftAlreadyOpen, ShiftClosed, WrongAmount
from models.ids import new_uuid
from models.money import Money


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


@dataclass(frozen=True, slots=True)
class ShiftRow:
    id: int
    number: int
    business_date: date
    opened_at: datetime
    float_: Money


def open_shift(
    session: Session, till_id: int, staff_id: int, float_: Money, *, at: datetime
) -> int:
    """Start selling with so much in the drawer; returns the shift's id.

    The business date is the local date minus the cut-off (RULINGS.md 9). Raises
    ShiftAlreadyOpen, WrongAmount.
    """
    if float_ < Money.ZERO:
        raise WrongAmount
    if find_open(session, till_id) is not None:
        raise ShiftAlreadyOpen
    last = session.scalar(
        select(func.max(Shift.number)).where(Shift.till_id == till_id)
    )
    shift = Shift(
        uuid=new_uuid(),
        till_id=till_id,
        number=(last or 0) + 1,
        business_date=clock.business_date(at),
        state=State.OPEN,
        opened_at=at,
        opened_by=staff_id,
        float_=float_,
    )
    session.add(shift)
    session.flush()
    return shift.id


def seal(session: Session, shift_id: int, staff_id: int, *, at: datetime) -> None:
    """停售: no more sales; the drawer is counted later. Raises ShiftClosed."""
    shift = session.get_one(Shift, shift_id)
    if (shift.state, State.SEALED) not in ALLOWED:
        raise ShiftClosed
    shift.state, shift.sealed_at, shift.sealed_by = State.SEALED, at, staff_id
    session.flush()


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

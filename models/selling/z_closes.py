"""The Z of a shift: numbered per till without a gap, stored once, never recomputed."""

from __future__ import annotations

import json
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.ids import new_uuid
from models.money import Money
from models.selling.plain_values import from_plain, to_plain
from models.selling.shift_record import Figures
from models.selling.shifts import Shift

_VERSION = 1  # of the body's shape


class ZClose(Base):
    __tablename__ = "z_close"
    __table_args__ = (
        UniqueConstraint("till_id", "number", name="ux_z_close_number"),
        CheckConstraint("json_valid(body)", name="ck_z_close_body"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    number: Mapped[int]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), unique=True)
    business_date: Mapped[date]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str]  # the closing note
    version: Mapped[int]
    body: Mapped[str]  # the figures as JSON, money in fen
    perpetual: Mapped[Money] = mapped_column("perpetual_fen")


def store(  # one row
    session: Session,
    shift: Shift,
    figures: Figures,
    staff_id: int,
    note: str,
    *,
    at: datetime,
) -> ZClose:
    """Freeze the figures under the till's next number."""
    last = session.scalar(
        select(func.max(ZClose.number)).where(ZClose.till_id == shift.till_id)
    )
    body = json.dumps(
        to_plain(figures), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    z = ZClose(
        uuid=new_uuid(),
        till_id=shift.till_id,
        number=(last or 0) + 1,
        shift_id=shift.id,
        business_date=shift.business_date,
        at=at,
        staff_id=staff_id,
        note=note,
        version=_VERSION,
        body=body,
        perpetual=figures.perpetual,
    )
    session.add(z)
    session.flush()
    return z


def find(session: Session, shift_id: int) -> ZClose | None:
    return session.scalar(select(ZClose).where(ZClose.shift_id == shift_id))


def figures_in(z: ZClose) -> Figures:
    """The figures as they were frozen."""
    found: Figures = from_plain(Figures, json.loads(z.body))
    return found


def last_before(session: Session, shift: Shift) -> tuple[int, Money]:
    """The nearest earlier shift that has a Z, and the till's sum to its end."""
    found = session.execute(
        select(Shift.number, ZClose.perpetual)
        .join(Shift, Shift.id == ZClose.shift_id)
        .where(Shift.till_id == shift.till_id, Shift.number < shift.number)
        .order_by(Shift.number.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else (0, Money.ZERO)

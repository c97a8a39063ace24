"""The record of acts: who did what to what, why, and who let it; kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.database import STRICT, Base, Kind
from models.ids import new_uuid
from models.money import Money
from models.people.deeds import Deed, Where
from models.people.rights import PRACTISED, Act
from models.people.staff import Staff


class Outcome(StrEnum):
    DONE = "done"
    UNWITNESSED = "unwitnessed"  # by one person alone, for the reconciler to look at
    REFUSED = "refused"


class ActRecord(Base):
    __tablename__ = "act"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('done', 'unwitnessed', 'refused')", name="ck_act_outcome"
        ),
        Index("ix_act_shift", "shift_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    business_date: Mapped[date]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    act: Mapped[Act] = mapped_column(Kind(Act))
    outcome: Mapped[Outcome] = mapped_column(Kind(Outcome))
    subject: Mapped[str]  # a receipt's number, a basket's UUID, a person's name
    amount: Mapped[Money | None] = mapped_column("amount_fen")
    reason: Mapped[str]
    note: Mapped[str]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    is_training: Mapped[bool] = mapped_column(server_default=text("0"))


@dataclass(frozen=True, slots=True)
class ActRow:
    at: datetime
    staff: str
    act: Act
    outcome: Outcome
    subject: str
    amount: Money | None
    reason: str
    note: str
    approver: str  # empty: nobody was asked
    is_training: bool = False  # it was only practised


def record(
    session: Session,
    where: Where,
    deed: Deed,
    outcome: Outcome = Outcome.DONE,
    approver_id: int | None = None,
) -> None:
    """Write down the act, in the transaction that does it."""
    session.add(
        ActRecord(
            uuid=new_uuid(),
            at=where.at,
            business_date=where.business_date,
            till_id=where.till_id,
            shift_id=where.shift_id,
            staff_id=where.staff_id,
            act=deed.act,
            outcome=outcome,
            subject=deed.subject,
            amount=deed.amount,
            reason=deed.reason,
            note=deed.note,
            approver_id=approver_id,
            is_training=where.is_training and deed.act in PRACTISED,
        )
    )
    session.flush()


def list_of_shift(session: Session, shift_id: int) -> list[ActRow]:
    """All that was done and refused in the shift, the earliest first."""
    return _rows(session, ActRecord.shift_id == shift_id)


def list_of_day(session: Session, day: date) -> list[ActRow]:
    """All that was done and refused on the business date, the earliest first."""
    return _rows(session, ActRecord.business_date == day)


def _rows(session: Session, wanted: object) -> list[ActRow]:
    approver = aliased(Staff)
    found = session.execute(
        select(ActRecord, Staff.name, approver.name)
        .join(Staff, Staff.id == ActRecord.staff_id)
        .outerjoin(approver, approver.id == ActRecord.approver_id)
        .where(wanted)  # type: ignore[arg-type]  # a column's comparison
        .order_by(ActRecord.id)
    )
    return [
        ActRow(
            one.at,
            name,
            one.act,
            one.outcome,
            one.subject,
            one.amount,
            one.reason,
            one.note,
            approved or "",
            one.is_training,
        )
        for one, name, approved in found
    ]

"""Cash that moves without a sale: float, drops, expenses, change, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models import settings
from models.database import STRICT, Base, Kind
from models.errors import ShiftClosed, WrongAmount
from models.ids import new_uuid
from models.money import Money
from models.people import permits
from models.people.deeds import Deed, Where
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.people.staff import Staff
from models.selling import training
from models.selling.refusals import AlreadyCorrected
from models.selling.shift_record import CashKind, MovementSum
from models.selling.shifts import Shift, State


class CashMovement(Base):
    __tablename__ = "cash_movement"
    __table_args__ = (
        CheckConstraint(
            "CASE kind WHEN 'fund' THEN amount_fen > 0 WHEN 'drop' THEN amount_fen < 0 "
            "WHEN 'expense' THEN amount_fen < 0 WHEN 'change' THEN 1 "
            "ELSE amount_fen <> 0 END",
            name="ck_cash_movement_amount",
        ),
        CheckConstraint(
            "kind IN ('fund', 'drop', 'expense', 'change', 'return', 'correction')",
            name="ck_cash_movement_kind",
        ),
        CheckConstraint(
            "(kind = 'correction') = (reverses_id IS NOT NULL)",
            name="ck_cash_movement_reverses",
        ),
        Index("ix_cash_movement_shift", "shift_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    business_date: Mapped[date]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[CashKind] = mapped_column(Kind(CashKind))
    amount: Mapped[Money] = mapped_column("amount_fen")  # negative: out of the drawer
    reason: Mapped[str]
    note: Mapped[str]
    recipient: Mapped[str]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("cash_movement.id"), unique=True
    )


@dataclass(frozen=True, slots=True)
class CashMove:
    """What moves; the amount is what the drawer has more, negative if it has less."""

    kind: CashKind
    amount: Money
    reason: str
    note: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class MovementRow:
    id: int
    at: datetime
    staff: str
    kind: CashKind
    amount: Money
    reason: str
    note: str
    recipient: str
    is_corrected: bool
    approver: str = ""  # empty: nobody was asked

    @property
    def can_be_corrected(self) -> bool:
        """Once, and only what came to something; a correction is final."""
        is_final = self.is_corrected or self.kind is CashKind.CORRECTION
        return bool(self.amount) and not is_final


def deed_of(move: CashMove) -> Deed:
    """What has to be permitted, and what an approval must name."""
    return Deed(Act.MOVE_CASH, move.kind, move.amount, move.reason, move.note)


def move_cash(
    session: Session, where: Where, move: CashMove, *, approval: str = ""
) -> int:
    """Store the movement in the open shift; returns its id.

    Nothing is said of how much the drawer holds, or a refusal would tell it. Raises
    WrongAmount, ReasonMissing, InTraining, NotPermitted, ShiftClosed.
    """
    assert move.kind is not CashKind.CORRECTION
    if not _is_possible(move):
        raise WrongAmount
    return _store(session, where, move, deed_of(move), approval)


def _is_possible(move: CashMove) -> bool:
    match move.kind:
        case CashKind.FUND:
            return move.amount > Money.ZERO
        case CashKind.DROP | CashKind.EXPENSE:
            return move.amount < Money.ZERO
        case CashKind.CHANGE:
            return True
        case _:
            return bool(move.amount)


def deed_of_correction(session: Session, movement_id: int, reason: str) -> Deed:
    """As ``deed_of``, for the opposite of an earlier movement."""
    wrong = session.get_one(CashMovement, movement_id)
    return Deed(Act.MOVE_CASH, wrong.uuid, -wrong.amount, reason)


def correct(
    session: Session, where: Where, movement_id: int, reason: str, *, approval: str = ""
) -> int:
    """更正: a wrong movement stays, and its opposite is stored, once.

    It counts in the shift now open. Raises AlreadyCorrected and as ``move_cash``.
    """
    taken = select(CashMovement.id).where(CashMovement.reverses_id == movement_id)
    if session.scalar(taken) is not None:
        raise AlreadyCorrected
    deed = deed_of_correction(session, movement_id, reason)
    wrong = session.get_one(CashMovement, movement_id)
    move = CashMove(
        CashKind.CORRECTION, -wrong.amount, reason, recipient=wrong.recipient
    )
    if not wrong.amount:
        raise WrongAmount
    return _store(session, where, move, deed, approval, movement_id)


def _store(  # where, what, by whose leave
    session: Session,
    where: Where,
    move: CashMove,
    deed: Deed,
    approval: str,
    reverses_id: int | None = None,
) -> int:
    if not move.reason.strip():
        raise ReasonMissing
    training.refuse(session)
    shift = session.get(Shift, where.shift_id) if where.shift_id else None
    if shift is None or shift.state is not State.OPEN:
        raise ShiftClosed
    limit = settings.load(session).alone_cash_limit
    permit = permits.require(
        session,
        where,
        deed,
        approval=approval,
        is_within_limit=abs(move.amount.fen) <= limit.fen,
    )
    row = CashMovement(
        uuid=new_uuid(),
        till_id=shift.till_id,
        shift_id=shift.id,
        business_date=shift.business_date,
        at=where.at,
        staff_id=where.staff_id,
        kind=move.kind,
        amount=move.amount,
        reason=move.reason.strip(),
        note=move.note.strip(),
        recipient=move.recipient.strip(),
        approver_id=permit.approver_id,
        reverses_id=reverses_id,
    )
    session.add(row)
    session.flush()
    return row.id


def open_drawer(
    session: Session, where: Where, reason: str, *, approval: str = ""
) -> None:
    """The drawer springs open without a sale, and that stands on the shift's record.

    Raises ReasonMissing, InTraining, NotPermitted.
    """
    if not reason.strip():
        raise ReasonMissing
    training.refuse(session)
    deed = Deed(Act.OPEN_DRAWER, reason=reason.strip())
    permits.require(session, where, deed, approval=approval)


def list_movements(session: Session, shift_id: int) -> list[MovementRow]:
    """What moved in the shift, the earliest first."""
    approver = aliased(Staff)
    found = session.execute(
        select(CashMovement, Staff.name, approver.name)
        .join(Staff, Staff.id == CashMovement.staff_id)
        .outerjoin(approver, approver.id == CashMovement.approver_id)
        .where(CashMovement.shift_id == shift_id)
        .order_by(CashMovement.id)
    ).all()
    corrected = set(
        session.scalars(
            select(CashMovement.reverses_id).where(
                CashMovement.reverses_id.in_([row.id for row, *_ in found])
            )
        )
    )
    return [
        MovementRow(
            row.id,
            row.at,
            name,
            row.kind,
            row.amount,
            row.reason,
            row.note,
            row.recipient,
            row.id in corrected,
            approved or "",
        )
        for row, name, approved in found
    ]


def sums_of(session: Session, shift_id: int) -> tuple[MovementSum, ...]:
    """Per kind how often and how much; by the shift alone, never by time."""
    found = session.execute(
        select(CashMovement.kind, func.count(), func.sum(CashMovement.amount))
        .where(CashMovement.shift_id == shift_id)
        .group_by(CashMovement.kind)
        .order_by(func.min(CashMovement.id))
    )
    return tuple(MovementSum(kind, n, amount) for kind, n, amount in found)

"""Where a shift's counted cash went: left as float, banked, handed over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.ids import new_uuid
from models.money import Money
from models.selling.shift_record import Split


class ShiftSplit(Base):
    """Kept for good; the last one of a shift holds."""

    __tablename__ = "shift_split"
    __table_args__ = (
        CheckConstraint(
            "counted_fen = left_fen + banked_fen + handed_fen", name="ck_shift_split"
        ),
        CheckConstraint(
            "left_fen >= 0 AND banked_fen >= 0 AND handed_fen >= 0",
            name="ck_shift_split_parts",
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    round: Mapped[int]  # of the cash count that it divides
    counted: Mapped[Money] = mapped_column("counted_fen")
    left: Mapped[Money] = mapped_column("left_fen")
    banked: Mapped[Money] = mapped_column("banked_fen")
    handed: Mapped[Money] = mapped_column("handed_fen")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


def store(  # one row
    session: Session,
    shift_id: int,
    round_: int,
    split: Split,
    staff_id: int,
    *,
    at: datetime,
) -> None:
    session.add(
        ShiftSplit(
            uuid=new_uuid(),
            shift_id=shift_id,
            round=round_,
            counted=split.total,
            left=split.left,
            banked=split.banked,
            handed=split.handed,
            staff_id=staff_id,
            at=at,
        )
    )
    session.flush()


def find(session: Session, shift_id: int, round_: int | None = None) -> Split | None:
    """The split that holds; None as long as nobody said, or not for this round."""
    query = select(ShiftSplit).where(ShiftSplit.shift_id == shift_id)
    if round_ is not None:
        query = query.where(ShiftSplit.round == round_)
    row = session.scalars(query.order_by(ShiftSplit.id.desc())).first()
    return None if row is None else Split(row.left, row.banked, row.handed)

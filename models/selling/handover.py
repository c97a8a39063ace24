"""Handing a drawer over: the split of the cash, and who took it or asked again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.errors import WrongAmount
from models.ids import new_uuid
from models.kinds import Method
from models.money import Money
from models.people import permits, staff
from models.people.deeds import Deed, Where
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.selling import closing, counts, shifts, splits, training
from models.selling.refusals import (
    AccountUnsigned,
    NotCounted,
    RecountWanted,
    SamePerson,
    ShiftHandedOver,
    ShiftStillOpen,
    SplitMissing,
    SplitWrong,
    VarianceUnsigned,
)
from models.selling.shift_record import CountRecord, Split
from models.selling.shifts import Shift, State


class Answer(StrEnum):
    ACCEPTED = "accepted"
    RECOUNT = "recount"


class ShiftAnswer(Base):
    """What the receiver said to one round of the count."""

    __tablename__ = "shift_answer"
    __table_args__ = (
        CheckConstraint(
            "answer IN ('accepted', 'recount')", name="ck_shift_answer_answer"
        ),
        Index(
            "ux_shift_answer_accepted",
            "shift_id",
            unique=True,
            sqlite_where=text("answer = 'accepted'"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    round: Mapped[int]
    answer: Mapped[Answer] = mapped_column(Kind(Answer))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    note: Mapped[str]
    is_self_signed: Mapped[bool]  # the only person there is


def split_cash(session: Session, where: Where, shift_id: int, split: Split) -> None:
    """Say where the counted cash goes; said again before the handover, the last holds.

    Raises WrongAmount, SplitWrong, NotCounted, ShiftStillOpen, ShiftHandedOver,
    InTraining.
    """
    counted = _counted(session, shift_id)
    if min(split.left, split.banked, split.handed) < Money.ZERO:
        raise WrongAmount
    if split.total != counted.counted:
        raise SplitWrong(split.total - counted.counted)
    splits.store(session, shift_id, counted.round, split, where.staff_id, at=where.at)


def accept(session: Session, where: Where, shift_id: int, *, note: str = "") -> None:
    """交接: somebody else takes the drawer over as it was counted, for good.

    The caller has verified his PIN. Where only one person works at all, he signs for
    himself, and the paper says so (RULINGS.md 31). Raises SamePerson, NotCounted,
    VarianceUnsigned, SplitMissing, RecountWanted, ShiftHandedOver, InTraining,
    NotPermitted.
    """
    counted = _counted(session, shift_id)
    is_self_signed = where.staff_id == counted.staff_id
    if is_self_signed and len(staff.list_staff(session)) > 1:
        raise SamePerson
    if _is_answered(session, shift_id, counted.round):
        raise RecountWanted
    _check_signed(counts.last_counts(session, shift_id))
    if splits.find(session, shift_id, counted.round) is None:
        raise SplitMissing
    _answer(
        session,
        where,
        shift_id,
        counted,
        Answer.ACCEPTED,
        note,
        is_self_signed=is_self_signed,
    )
    shifts.move_on(session, shift_id, State.ACCEPTED)


def _check_signed(counted: list[CountRecord]) -> None:
    """Raises VarianceUnsigned, and AccountUnsigned where it is no matter of cash."""
    open_ones = [one for one in counted if not one.is_settled]
    if any(one.method is Method.CASH for one in open_ones):
        raise VarianceUnsigned
    if open_ones:
        raise AccountUnsigned(open_ones[0].holder)


def ask_recount(session: Session, where: Where, shift_id: int, note: str) -> None:
    """The receiver does not agree: the cash is counted once more.

    Raises ReasonMissing, NotCounted, ShiftStillOpen, ShiftHandedOver, InTraining,
    NotPermitted.
    """
    counted = _counted(session, shift_id)
    if not note.strip():
        raise ReasonMissing
    _answer(session, where, shift_id, counted, Answer.RECOUNT, note)


def find_acceptance(session: Session, shift_id: int) -> ShiftAnswer | None:
    return session.scalar(
        select(ShiftAnswer).where(
            ShiftAnswer.shift_id == shift_id, ShiftAnswer.answer == Answer.ACCEPTED
        )
    )


def _counted(session: Session, shift_id: int) -> CountRecord:
    """The cash count that is to be handed over."""
    training.refuse(session)
    state = session.get_one(Shift, shift_id).state
    if state is State.OPEN:
        raise ShiftStillOpen
    if state is State.ACCEPTED:
        raise ShiftHandedOver
    counted = counts.last_cash(session, shift_id)
    if counted is None:
        raise NotCounted
    return counted


def is_doubted(session: Session, shift_id: int) -> bool:
    """Whether the receiver asked for another count, and nobody has made it yet."""
    counted = counts.last_cash(session, shift_id)
    if counted is None or find_acceptance(session, shift_id) is not None:
        return False
    return _is_answered(session, shift_id, counted.round)


def _is_answered(session: Session, shift_id: int, round_: int) -> bool:
    found = session.scalars(
        select(ShiftAnswer.id).where(
            ShiftAnswer.shift_id == shift_id, ShiftAnswer.round == round_
        )
    )
    return found.first() is not None


def _answer(  # noqa: PLR0913  # one row
    session: Session,
    where: Where,
    shift_id: int,
    counted: CountRecord,
    answer: Answer,
    note: str,
    *,
    is_self_signed: bool = False,
) -> None:
    deed = Deed(
        Act.ACCEPT_SHIFT,
        closing.subject_of(session, shift_id),
        reason=answer,
        note=note,
    )
    permits.require(session, closing.on_record_of(session, where, shift_id), deed)
    session.add(
        ShiftAnswer(
            uuid=new_uuid(),
            shift_id=shift_id,
            round=counted.round,
            answer=answer,
            staff_id=where.staff_id,
            at=where.at,
            note=note.strip(),
            is_self_signed=is_self_signed,
        )
    )
    session.flush()

"""The blind count of a shift, round by round, and who answers for a difference."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models import settings
from models.database import STRICT, Base, Kind
from models.errors import WrongQuantity
from models.ids import new_uuid
from models.journal import notes
from models.kinds import Method
from models.money import Money
from models.people import permits
from models.people.acts import Outcome
from models.people.deeds import Deed, Where
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.people.staff import Staff
from models.selling import closing, day_closes, shifts, training
from models.selling.accounts import Account
from models.selling.denominations import CashCount, Denomination, Pieces
from models.selling.refusals import AlreadySigned, SecondCountNeeded, ShiftStillOpen
from models.selling.shift_record import CountRecord, Signed, of_account
from models.selling.shifts import Shift, State


class ShiftCount(Base):
    """One tender as it was counted, with what the Z expected; the last round holds."""

    __tablename__ = "shift_count"
    __table_args__ = (
        CheckConstraint(
            "variance_fen = counted_fen - expected_fen", name="ck_shift_count_variance"
        ),
        CheckConstraint(
            "method <> 'cash' OR (account_id IS NULL AND counted_n IS NULL "
            "AND expected_n IS NULL AND counted_fen >= 0)",
            name="ck_shift_count_cash",
        ),
        CheckConstraint(
            "method = 'cash' OR (counted_n >= 0 AND expected_n >= 0 "
            "AND suspect_fen = 0)",
            name="ck_shift_count_other",
        ),
        Index(
            "ux_shift_count_round",
            "shift_id",
            text("coalesce(account_id, 0)"),
            "method",
            "round",
            unique=True,
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    round: Mapped[int]
    method: Mapped[Method] = mapped_column(Kind(Method))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    counted: Mapped[Money] = mapped_column("counted_fen")
    counted_n: Mapped[int | None]
    expected: Mapped[Money] = mapped_column("expected_fen")
    expected_n: Mapped[int | None]
    variance: Mapped[Money] = mapped_column("variance_fen")
    suspect: Mapped[Money] = mapped_column("suspect_fen")
    note: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class CountedPieces(Base):
    """How many notes or coins of one denomination lay in the drawer."""

    __tablename__ = "counted_pieces"
    __table_args__ = (
        CheckConstraint(
            "whole >= 0 AND torn >= 0 AND suspect >= 0", name="ck_counted_pieces"
        ),
        STRICT,
    )

    count_id: Mapped[int] = mapped_column(
        ForeignKey("shift_count.id"), primary_key=True
    )
    denomination: Mapped[Denomination] = mapped_column(
        Kind(Denomination), primary_key=True
    )
    face: Mapped[Money] = mapped_column("face_fen")
    whole: Mapped[int]
    torn: Mapped[int]
    suspect: Mapped[int]


class ShiftVariance(Base):
    """长款/短款 as a row of its own: why, and who answers for it."""

    __tablename__ = "shift_variance"
    __table_args__ = (
        CheckConstraint("amount_fen <> 0", name="ck_shift_variance_amount"),
        CheckConstraint("trim(reason) <> ''", name="ck_shift_variance_reason"),
        STRICT,
    )

    count_id: Mapped[int] = mapped_column(
        ForeignKey("shift_count.id"), primary_key=True
    )
    uuid: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[Money] = mapped_column("amount_fen")
    reason: Mapped[str]
    note: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    is_unwitnessed: Mapped[bool]
    at: Mapped[datetime]


# --- counting ---------------------------------------------------------------------


def count_cash(
    session: Session, where: Where, shift_id: int, cash: CashCount, *, note: str = ""
) -> int:
    """Store what lies in the drawer, whatever it is; returns the count's id.

    A further call is a further round. What was expected is frozen beside it, and told
    by ``list_counts`` alone, afterwards. Raises WrongQuantity, ShiftStillOpen,
    ShiftHandedOver, InTraining, NotPermitted.
    """
    cash.check()
    if session.get_one(Shift, shift_id).state is not State.COUNTED:
        shifts.move_on(session, shift_id, State.COUNTED)
    _permit(session, where, shift_id, Act.COUNT_SHIFT)
    expected = closing.frozen(session, shift_id, where).drawer.expected
    count = ShiftCount(
        method=Method.CASH, counted=cash.total, suspect=cash.suspect, expected=expected
    )
    _store(session, where, shift_id, count, note)
    for one in cash.pieces:
        session.add(
            CountedPieces(
                count_id=count.id,
                denomination=one.denomination,
                face=one.denomination.face,
                whole=one.whole,
                torn=one.torn,
                suspect=one.suspect,
            )
        )
    session.flush()
    return count.id


def count_account(  # noqa: PLR0913  # what the merchant app says
    session: Session,
    where: Where,
    shift_id: int,
    account_id: int,
    counted: Money,
    counted_n: int,
    *,
    note: str = "",
) -> int:
    """Store sum and number of a 收款账户 as its app shows them; returns the count's id.

    At the last close of a day, or later by somebody who may see figures: it can wait
    for the reconciler though the drawer is handed over, until the day is closed. Raises
    WrongQuantity, ShiftStillOpen, DayIsClosed, InTraining, NotPermitted.
    """
    if counted_n < 0:
        raise WrongQuantity
    state = session.get_one(Shift, shift_id).state
    if state is State.OPEN:
        raise ShiftStillOpen
    is_late = state is State.ACCEPTED
    day_closes.refuse_closed(session, session.get_one(Shift, shift_id).business_date)
    _permit(session, where, shift_id, Act.SEE_FIGURES if is_late else Act.COUNT_SHIFT)
    lines = closing.frozen(session, shift_id, where).tenders
    expected, expected_n = of_account(lines, account_id)
    count = ShiftCount(
        method=session.get_one(Account, account_id).wallet,
        account_id=account_id,
        counted=counted,
        counted_n=counted_n,
        expected=expected,
        expected_n=expected_n,
        suspect=Money.ZERO,
    )
    _store(session, where, shift_id, count, note)
    return count.id


def _permit(session: Session, where: Where, shift_id: int, act: Act) -> None:
    training.refuse(session)
    deed = Deed(act, closing.subject_of(session, shift_id))
    permits.require(session, closing.on_record_of(session, where, shift_id), deed)


def _store(
    session: Session, where: Where, shift_id: int, count: ShiftCount, note: str
) -> None:
    last = session.scalar(
        select(func.max(ShiftCount.round)).where(
            ShiftCount.shift_id == shift_id,
            ShiftCount.method == count.method,
            ShiftCount.account_id.is_not_distinct_from(count.account_id),
        )
    )
    count.uuid, count.shift_id, count.round = new_uuid(), shift_id, (last or 0) + 1
    count.variance = count.counted - count.expected
    count.note, count.staff_id, count.at = note.strip(), where.staff_id, where.at
    session.add(count)
    session.flush()


# --- what came of it --------------------------------------------------------------


def list_counts(session: Session, shift_id: int) -> list[CountRecord]:
    """All rounds of all tenders that were counted, cash first; no others are told."""
    signer, approver = aliased(Staff), aliased(Staff)
    found = session.execute(
        select(ShiftCount, Staff.name, Account, ShiftVariance, signer, approver)
        .join(Staff, Staff.id == ShiftCount.staff_id)
        .outerjoin(Account, Account.id == ShiftCount.account_id)
        .outerjoin(ShiftVariance, ShiftVariance.count_id == ShiftCount.id)
        .outerjoin(signer, signer.id == ShiftVariance.staff_id)
        .outerjoin(approver, approver.id == ShiftVariance.approver_id)
        .where(ShiftCount.shift_id == shift_id)
        .order_by(
            ShiftCount.method != Method.CASH, ShiftCount.account_id, ShiftCount.round
        )
    ).all()
    return [
        _record(
            count,
            staff,
            account,
            _pieces(session, count.id),
            _signed(variance, signing, approving),
        )
        for count, staff, account, variance, signing, approving in found
    ]


def _record(
    count: ShiftCount,
    staff: str,
    account: Account | None,
    pieces: tuple[Pieces, ...],
    signed: Signed | None,
) -> CountRecord:
    return CountRecord(
        id=count.id,
        method=count.method,
        account_id=count.account_id,
        holder=account.holder if account else "",
        account_kind=account.kind if account else None,
        round=count.round,
        at=count.at,
        staff_id=count.staff_id,
        staff=staff,
        counted=count.counted,
        counted_n=count.counted_n,
        expected=count.expected,
        expected_n=count.expected_n,
        suspect=count.suspect,
        pieces=pieces,
        note=count.note,
        signed=signed,
    )


def _signed(
    variance: ShiftVariance | None, signer: Staff | None, approver: Staff | None
) -> Signed | None:
    if variance is None or signer is None:
        return None
    return Signed(
        variance.at,
        variance.reason,
        variance.note,
        signer.name,
        approver.name if approver else "",
        variance.is_unwitnessed,
    )


def _pieces(session: Session, count_id: int) -> tuple[Pieces, ...]:
    found = session.scalars(
        select(CountedPieces)
        .where(CountedPieces.count_id == count_id)
        .order_by(CountedPieces.face.desc(), CountedPieces.denomination)
    )
    return tuple(Pieces(x.denomination, x.whole, x.torn, x.suspect) for x in found)


def last_cash(session: Session, shift_id: int) -> CountRecord | None:
    """The round of the cash count that holds."""
    rounds = [x for x in list_counts(session, shift_id) if x.method is Method.CASH]
    return rounds[-1] if rounds else None


def last_counts(session: Session, shift_id: int) -> list[CountRecord]:
    """Of each tender the round that holds."""
    found = list_counts(session, shift_id)
    return list({(one.method, one.account_id): one for one in found}.values())


# --- answering for it -------------------------------------------------------------


def deed_of_variance(
    session: Session, count_id: int, reason: str, note: str = ""
) -> Deed:
    """What has to be permitted for this difference, and what an approval must name.

    Up to one limit the cashier signs, up to another a supervisor, above a manager
    (RULINGS.md 31).
    """
    count = session.get_one(ShiftCount, count_id)
    chosen = settings.load(session)
    size = abs(count.variance.fen)
    if size <= chosen.even_limit.fen:
        act = Act.CLOSE_EVEN
    elif size <= chosen.different_limit.fen:
        act = Act.CLOSE_DIFFERENT
    else:
        act = Act.CLOSE_FAR_OFF
    subject = f"{closing.subject_of(session, count.shift_id)} {count.method}"
    if count.account_id is not None:
        subject += f" {count.account_id}"
    return Deed(act, f"{subject} #{count.round}", count.variance, reason, note)


def sign_variance(  # who, what, why, by whose leave
    session: Session,
    where: Where,
    count_id: int,
    reason: str,
    *,
    note: str = "",
    approval: str = "",
) -> None:
    """Answer for a difference; one that is far off is counted twice before.

    Nothing has to be signed where there is none. Raises ReasonMissing, AlreadySigned,
    SecondCountNeeded, DayIsClosed, InTraining, NotPermitted.
    """
    count = session.get_one(ShiftCount, count_id)
    if not count.variance:
        return
    training.refuse(session)
    if not reason.strip():
        raise ReasonMissing
    if session.get(ShiftVariance, count_id) is not None:
        raise AlreadySigned
    deed = deed_of_variance(session, count_id, reason.strip(), note.strip())
    if deed.act is Act.CLOSE_FAR_OFF and count.round == 1:
        raise SecondCountNeeded(settings.load(session).different_limit)
    here = closing.on_record_of(session, where, count.shift_id)
    day_closes.refuse_closed(session, here.business_date)
    permit = permits.require(session, here, deed, approval=approval)
    session.add(
        ShiftVariance(
            count_id=count_id,
            uuid=new_uuid(),
            amount=count.variance,
            reason=deed.reason,
            note=deed.note,
            staff_id=where.staff_id,
            approver_id=permit.approver_id,
            is_unwitnessed=permit.outcome is Outcome.UNWITNESSED,
            at=where.at,
        )
    )
    session.flush()
    notes.tell(session, "variance", count_id)

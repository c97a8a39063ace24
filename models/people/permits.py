"""May this be done? Asked by every operation, in the transaction that does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, or_, select, true, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Database, Kind
from models.ids import new_uuid
from models.money import Money
from models.people import acts, pins, rights, staff
from models.people.acts import Outcome
from models.people.deeds import Deed, Where
from models.people.keys import Keys
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act, Answer
from models.people.roles import Role
from models.places import Outlet, Till

_LASTS = timedelta(minutes=5)


class Approval(Base):
    """One act on one subject for one person, let happen by another, once."""

    __tablename__ = "approval"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    act: Mapped[Act] = mapped_column(Kind(Act))
    subject: Mapped[str]
    requested_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    most: Mapped[Money | None] = mapped_column("most_fen")  # None: nothing is covered


@dataclass(frozen=True, slots=True)
class Permit:
    """How it came that the act may be done."""

    outcome: Outcome = Outcome.DONE
    approver_id: int | None = None


def approve(
    database: Database, keys: Keys, where: Where, deed: Deed, approver_id: int, pin: str
) -> str:
    """Somebody who may lets it happen, with his own PIN; returns the approval's UUID.

    It holds for this act on this subject by this person, for five minutes, once, and up
    to the amount that was asked for. Raises WrongPin, PinLocked, NotPermitted if the
    approver may not; each refusal is recorded.
    """
    with deciding(database, where):
        approver = pins.verify(database, keys, approver_id, pin, at=where.at)
        is_himself = approver.id == where.staff_id
        if is_himself or not rights.may_approve(approver.role, deed.act):
            raise NotPermitted(deed, needs_approval=True)
    with database.write() as session:
        approval = Approval(
            uuid=new_uuid(),
            act=deed.act,
            subject=deed.subject,
            requested_by=where.staff_id,
            approved_by=approver.id,
            at=where.at,
            most=deed.amount,
        )
        session.add(approval)
        session.flush()
        return approval.uuid


def require(
    session: Session,
    where: Where,
    deed: Deed,
    *,
    approval: str = "",
    is_within_limit: bool = True,
) -> Permit:
    """Let the act be done and write it down, or raise NotPermitted.

    An approval is spent by this. At an outlet of one person (单人展位) what ALONE names
    needs no second PIN within the limit, but a reason: without one ReasonMissing.
    """
    permit = _permit(session, where, deed, approval, is_within_limit=is_within_limit)
    acts.record(session, where, deed, permit.outcome, permit.approver_id)
    return permit


def check(
    session: Session,
    where: Where,
    deed: Deed,
    *,
    approval: str = "",
    is_within_limit: bool = True,
) -> None:
    """Raise what ``require`` would: nothing is written down and no approval is spent.

    It is for what is promised to a customer now and done later.
    """
    _permit(
        session, where, deed, approval, is_within_limit=is_within_limit, spends=False
    )


@contextmanager
def deciding(database: Database, where: Where) -> Iterator[None]:
    """Around the transaction of an act: what of it is refused is recorded alone."""
    try:
        yield
    except NotPermitted as refusal:
        with database.write() as session:
            acts.record(session, where, refusal.deed, Outcome.REFUSED)
        raise


def _permit(  # what is done, by whom, with whose help and how much
    session: Session,
    where: Where,
    deed: Deed,
    approval: str,
    *,
    is_within_limit: bool,
    spends: bool = True,
) -> Permit:
    role = staff.get_staff(session, where.staff_id).role
    answer = rights.ask(role, deed.act)
    if answer is Answer.YES:
        return Permit()
    if answer is Answer.APPROVAL and approval:
        approver_id = _approver(session, where, deed, approval, spends=spends)
        return Permit(approver_id=approver_id)
    if _is_alone(session, where, deed.act, role) and is_within_limit:
        if not deed.reason.strip():
            raise ReasonMissing
        return Permit(Outcome.UNWITNESSED)
    raise NotPermitted(deed, needs_approval=answer is Answer.APPROVAL)


def _is_alone(session: Session, where: Where, act: Act, role: Role) -> bool:
    outlet = session.get_one(Outlet, session.get_one(Till, where.till_id).outlet_id)
    return outlet.is_one_person and act in rights.ALONE and role is Role.CASHIER


def _approver(
    session: Session, where: Where, deed: Deed, approval: str, *, spends: bool
) -> int:
    """Compare and set: the second of two that use it finds nothing.

    It covers as much as was asked for, in or out, and no amount where none was.
    """
    wanted = Money(abs((deed.amount or Money.ZERO).fen))
    covers = or_(Approval.most >= wanted, Approval.most <= -wanted)
    holds = (
        Approval.uuid == approval,
        Approval.act == deed.act,
        Approval.subject == deed.subject,
        Approval.requested_by == where.staff_id,
        Approval.used_at.is_(None),
        Approval.at > where.at - _LASTS,
        covers if wanted else true(),
    )
    spend = update(Approval).where(*holds).values(used_at=where.at)
    found = session.execute(
        spend.returning(Approval.approved_by)
        if spends
        else select(Approval.approved_by).where(*holds)
    ).scalar_one_or_none()
    if found is None:
        raise NotPermitted(deed, needs_approval=True)
    return found

"""个人码: money on somebody's own phone, and who took it from him (待转交)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.errors import WrongAmount
from models.ids import new_uuid
from models.money import Money
from models.people import permits, staff
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.people.staff import Staff
from models.selling import training
from models.selling.accounts import Account
from models.selling.refusals import MoreThanHeld, SamePerson
from models.selling.shift_record import PassedOn
from models.selling.shifts import Shift
from models.selling.z_closes import ZClose, figures_in


class PersonalHandover(Base):
    """So much of what one shift took on one personal code was handed over."""

    __tablename__ = "personal_handover"
    __table_args__ = (
        CheckConstraint("amount_fen <> 0", name="ck_personal_handover_amount"),
        Index("ix_personal_handover_shift", "shift_id", "account_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    act: Mapped[str]  # one UUID for all shifts of one handover
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    amount: Mapped[Money] = mapped_column("amount_fen")  # below zero: of refunds
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    note: Mapped[str]
    is_self_signed: Mapped[bool]  # the only person there is


@dataclass(frozen=True, slots=True)
class HeldOfShift:
    """What one shift took on a personal code and nobody has handed over."""

    shift_id: int
    number: int
    business_date: date
    rest: Money  # below zero where more was given back than taken


@dataclass(frozen=True, slots=True)
class Held:
    """待转交, per personal code: all shifts, the oldest first."""

    account_id: int
    holder: str
    shifts: tuple[HeldOfShift, ...]

    @property
    def total(self) -> Money:
        return Money.sum(one.rest for one in self.shifts)


def list_held(session: Session, till_id: int) -> list[Held]:
    """What is still on somebody's own phone, of all shifts that sell no more.

    Read from the Z of each, which is frozen: no refund changes it afterwards.
    """
    handed = _handed(session)
    rests: dict[int, list[HeldOfShift]] = {}
    for shift, z in session.execute(
        select(Shift, ZClose)
        .join(ZClose, ZClose.shift_id == Shift.id)
        .where(Shift.till_id == till_id, ZClose.body.contains('"personal"'))
        .order_by(Shift.number)
    ):
        for account_id, taken in _taken(z):
            rest = taken - handed.get((shift.id, account_id), Money.ZERO)
            if rest:
                rests.setdefault(account_id, []).append(
                    HeldOfShift(shift.id, shift.number, shift.business_date, rest)
                )
    return [
        Held(account_id, session.get_one(Account, account_id).holder, tuple(shifts))
        for account_id, shifts in sorted(rests.items())
    ]


def _taken(z: ZClose) -> Iterator[tuple[int, Money]]:
    """What the shift took on each personal code, by whatever wallet."""
    lines = [one for one in figures_in(z).tenders if one.is_to_hand_over]
    for account_id in sorted({one.account_id or 0 for one in lines}):
        mine = [one.net for one in lines if one.account_id == account_id]
        yield account_id, Money.sum(mine)


def _handed(session: Session) -> dict[tuple[int, int], Money]:
    found = session.execute(
        select(
            PersonalHandover.shift_id,
            PersonalHandover.account_id,
            func.sum(PersonalHandover.amount),
        ).group_by(PersonalHandover.shift_id, PersonalHandover.account_id)
    )
    return {(shift_id, account_id): amount for shift_id, account_id, amount in found}


def hand_over(
    session: Session,
    where: Where,
    account_id: int,
    amount: Money,
    receiver_id: int,
    *,
    note: str = "",
) -> None:
    """转交: the receiver has the money of that personal code, the oldest shifts' first.

    The caller has verified his PIN. Where only one person works at all, he signs for
    himself. Raises InTraining, WrongAmount, MoreThanHeld, SamePerson,
    NotPermitted.
    """
    training.refuse(session)
    if amount <= Money.ZERO:
        raise WrongAmount
    found = [x for x in list_held(session, where.till_id) if x.account_id == account_id]
    held = found[0] if found else Held(account_id, "", ())
    if amount > held.total:
        raise MoreThanHeld(held.total)
    is_self_signed = receiver_id == where.staff_id
    if is_self_signed and len(staff.list_staff(session)) > 1:
        raise SamePerson
    receiver = replace(where, staff_id=receiver_id)
    deed = Deed(Act.RECEIVE_MONEY, held.holder, amount, note=note.strip())
    permits.require(session, receiver, deed)
    act = new_uuid()
    for shift_id, part in _parts(held, amount):
        session.add(
            PersonalHandover(
                uuid=new_uuid(),
                act=act,
                shift_id=shift_id,
                account_id=account_id,
                amount=part,
                staff_id=where.staff_id,
                receiver_id=receiver_id,
                at=where.at,
                note=note.strip(),
                is_self_signed=is_self_signed,
            )
        )
    session.flush()


def _parts(held: Held, amount: Money) -> Iterator[tuple[int, Money]]:
    """Which shift gives how much; with everything handed over, refunds are settled."""
    if amount == held.total:
        yield from ((one.shift_id, one.rest) for one in held.shifts)
        return
    for one in held.shifts:
        part = min(one.rest, amount)
        if part > Money.ZERO:
            yield one.shift_id, part
            amount -= part


def list_passed_on(session: Session, shift_id: int) -> tuple[PassedOn, ...]:
    """What of a shift's personal codes was handed over, when and to whom."""
    found = session.execute(
        select(PersonalHandover, Account.holder, Staff.name)
        .join(Account, Account.id == PersonalHandover.account_id)
        .join(Staff, Staff.id == PersonalHandover.receiver_id)
        .where(PersonalHandover.shift_id == shift_id)
        .order_by(PersonalHandover.id)
    )
    return tuple(
        PassedOn(one.at, holder, receiver, one.amount, one.note)
        for one, holder, receiver in found
    )


def passed_on(session: Session, day: date) -> Money:
    """How much of a business date's personal codes was handed over, until now."""
    query = (
        select(func.sum(PersonalHandover.amount))
        .join(Shift, Shift.id == PersonalHandover.shift_id)
        .where(Shift.business_date == day)
    )
    return session.scalar(query) or Money.ZERO

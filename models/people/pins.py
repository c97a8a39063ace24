"""PINs: Argon2id hashes under a pepper, locked after wrong ones (TRUST.md C2)."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import argon2
from sqlalchemy import CheckConstraint, ForeignKey, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Database, table_of
from models.journal import notes
from models.people.keys import Keys
from models.people.refusals import (
    PinLocked,
    PinNotDigits,
    PinTooCommon,
    PinTooShort,
    WrongPin,
)
from models.people.roles import Role
from models.people.staff import Staff, StaffRow, get_staff
from models.settings import Setting

FEWEST_DIGITS = {
    Role.CASHIER: 4,
    Role.SUPERVISOR: 6,
    Role.RECONCILER: 6,
    Role.MANAGER: 6,
}
MOST_DIGITS = 12
_FREE_TRIES = 5
_FIRST_LOCK, _LONGEST_LOCK = timedelta(seconds=30), timedelta(minutes=15)
_DEVICE = "device"
_MARK = "key_mark"
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Beside rows, repeats and dates: what people choose most.
_COMMON = frozenset(
    (
        "2580",
        "0852",
        "1357",
        "2468",
        "1470",
        "147258",
        "159753",
        "258369",
        "520520",
        "521521",
        "168168",
        "518518",
        "123321",
        "112233",
        "121212",
        "131313",
        "123123",
        "147147",
        "5201314",
        "1314520",
        "7758521",
        "666888",
        "888666",
        "147369",
        "110110",
        "101010",
        "112211",
        "123789",
    )
)


class StaffPin(Base):
    __tablename__ = "staff_pin"
    __table_args__ = STRICT

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    hash: Mapped[str]
    changed_at: Mapped[datetime]


class PinTries(Base):
    """Wrong PINs since the last right one, of one person or of this device."""

    __tablename__ = "pin_tries"
    __table_args__ = (CheckConstraint("wrong > 0", name="ck_pin_tries"), STRICT)

    who: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    locked_until: Mapped[datetime | None]


def set_pin(
    session: Session, keys: Keys, staff_id: int, pin: str, *, at: datetime
) -> None:
    """A new PIN; wrong tries before it are forgotten.

    Raises PinNotDigits, PinTooShort, PinTooCommon.
    """
    check_choice(pin, get_staff(session, staff_id).role)
    made = _HASHER.hash(_peppered(keys, pin))
    row = insert(StaffPin).values(staff_id=staff_id, hash=made, changed_at=at)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[StaffPin.staff_id],
            set_={"hash": row.excluded.hash, "changed_at": row.excluded.changed_at},
        )
    )
    unlock(session, staff_id)
    _keep_mark(session, keys)
    notes.note(session, "pin", at=at, staff=get_staff(session, staff_id).name)


def _keep_mark(session: Session, keys: Keys) -> None:
    """Which key the PINs of this file are under, so that a recovery code is proved."""
    row = insert(Setting).values(key=_MARK, value=keys.mark)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Setting.key], set_={"value": keys.mark}
        )
    )


def mark_of_key(session: Session) -> str:
    """Empty where no PIN was set since marks are kept."""
    return session.scalar(select(Setting.value).where(Setting.key == _MARK)) or ""


def check_choice(pin: str, role: Role) -> None:
    """Raises PinNotDigits, PinTooShort, PinTooCommon for what nobody should choose."""
    if not (pin.isascii() and pin.isdigit() and len(pin) <= MOST_DIGITS):
        raise PinNotDigits
    if len(pin) < FEWEST_DIGITS[role]:
        raise PinTooShort(FEWEST_DIGITS[role])
    if _is_common(pin):
        raise PinTooCommon


def has_pin(session: Session, staff_id: int) -> bool:
    return session.get(StaffPin, staff_id) is not None


def any_pin(session: Session) -> bool:
    """Whether anybody who works here has a PIN yet."""
    found = select(StaffPin.staff_id).join(Staff).where(Staff.is_active)
    return session.scalar(found.limit(1)) is not None


def verify(
    database: Database, keys: Keys, staff_id: int, pin: str, *, at: datetime
) -> StaffRow:
    """The person, if it is theirs. Raises WrongPin, PinLocked.

    A try is counted before it is looked at, so that ending the program saves nobody
    from the lock, and takes about 20 ms whoever it is for.
    """
    with database.write() as session:
        _count_a_try(session, _who(staff_id), at)
        _count_a_try(session, _DEVICE, at)
        known = session.scalar(
            select(StaffPin.hash)
            .join(Staff)
            .where(StaffPin.staff_id == staff_id, Staff.is_active)
        )
    if not _fits(known or _nobody_s(), _peppered(keys, pin)) or known is None:
        with database.write() as session:
            notes.note(session, "login_fail", at=at, staff=_name(session, staff_id))
        raise WrongPin
    with database.write() as session:
        unlock(session, staff_id)
        unlock_device(session)
        if _HASHER.check_needs_rehash(known):
            again = _HASHER.hash(_peppered(keys, pin))
            session.get_one(StaffPin, staff_id).hash = again
        return get_staff(session, staff_id)


def _name(session: Session, staff_id: int) -> str:
    """Of somebody who may not work here any more, or never did."""
    return session.scalar(select(Staff.name).where(Staff.id == staff_id)) or ""


def unlock(session: Session, staff_id: int) -> None:
    """Wrong tries of this person are forgotten; a manager may do so for another."""
    session.execute(delete(PinTries).where(PinTries.who == _who(staff_id)))


def unlock_device(session: Session) -> None:
    """Wrong tries at this device are forgotten."""
    session.execute(delete(PinTries).where(PinTries.who == _DEVICE))


def locked_for(session: Session, staff_id: int, *, at: datetime) -> timedelta:
    """How long nobody can sign in as this person at this device; zero: now."""
    found = session.scalars(
        select(PinTries.locked_until).where(
            PinTries.who.in_((_who(staff_id), _DEVICE)), PinTries.locked_until > at
        )
    )
    ends = [end for end in found if end is not None]
    return max(ends) - at if ends else timedelta(0)


def _count_a_try(session: Session, who: str, at: datetime) -> None:
    """Raises PinLocked where it may not be tried now."""
    tries = table_of(PinTries)
    before = session.execute(
        select(tries.c.wrong, tries.c.locked_until).where(tries.c.who == who)
    ).one_or_none()
    if before is not None and before.locked_until is not None:
        # A clock that is set back must not make the lock longer than it was.
        wait: timedelta = min(before.locked_until - at, _lock_after(before.wrong))
        if wait > timedelta(0):
            raise PinLocked(wait)
    wrong = 1 if before is None else before.wrong + 1
    locked = at + _lock_after(wrong) if wrong >= _FREE_TRIES else None
    row = insert(tries).values(who=who, wrong=wrong, locked_until=locked)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[tries.c.who],
            set_={
                "wrong": row.excluded.wrong,
                "locked_until": row.excluded.locked_until,
            },
        )
    )


def _lock_after(wrong: int) -> timedelta:
    """30 s after five wrong ones, doubling with each one more, to 15 minutes."""
    doubled = min(max(wrong - _FREE_TRIES, 0), 10)
    return min(_FIRST_LOCK * (1 << doubled), _LONGEST_LOCK)


def _who(staff_id: int) -> str:
    return f"staff {staff_id}"


def _peppered(keys: Keys, pin: str) -> bytes:
    return hmac.digest(keys.pepper, pin.encode(), "sha256")


def _fits(known: str, given: bytes) -> bool:
    try:
        return _HASHER.verify(known, given)
    except argon2.exceptions.VerifyMismatchError:
        return False


@cache
def _nobody_s() -> str:
    """A PIN that nobody has, so that a person without one takes as long to refuse."""
    return _HASHER.hash(b"")


def _is_common(pin: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    is_row = len(steps) == 1 and steps <= {0, 1, 9}
    half = len(pin) // 2
    is_repeated = len(pin) % 2 == 0 and len(pin) > 4 and pin[:half] == pin[half:]
    is_paired = len(pin) == 4 and (pin[:2] == pin[2:] or pin[::-1] == pin)
    return is_row or is_repeated or is_paired or pin in _COMMON or _is_date(pin)


def _is_date(pin: str) -> bool:
    """A year of somebody's life, or a birthday: yyyy, yymmdd, yyyymmdd."""
    if len(pin) == 4:
        return pin[:2] in {"19", "20"}
    if len(pin) not in (6, 8) or (len(pin) == 8 and pin[:2] not in {"19", "20"}):
        return False
    return 1 <= int(pin[-4:-2]) <= 12 and 1 <= int(pin[-2:]) <= 31

"""Closed days (日结): what was signed for a date, and to which date things go then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.money import Money
from models.selling.refusals import DayIsClosed


class DayClose(Base):
    """One business date of this file, signed once and never changed."""

    __tablename__ = "day_close"
    __table_args__ = (
        CheckConstraint("json_valid(body)", name="ck_day_close_body"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    business_date: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    is_self_signed: Mapped[bool]  # the only person there is
    note: Mapped[str]
    net: Mapped[Money] = mapped_column("net_fen")
    variance: Mapped[Money] = mapped_column("variance_fen")  # 长短款 of all tenders
    is_different: Mapped[bool]  # something does not agree, and the note says why
    version: Mapped[int]
    body: Mapped[str]  # the day's record as JSON, money in fen


def find(session: Session, day: date) -> DayClose | None:
    return session.scalar(select(DayClose).where(DayClose.business_date == day))


def closed_from(session: Session, day: date) -> frozenset[date]:
    """The closed ones of this date and all after it."""
    found = select(DayClose.business_date).where(DayClose.business_date >= day)
    return frozenset(session.scalars(found))


def next_open(day: date, closed: Collection[date]) -> date:
    """The date itself, or the first one after it that is not closed."""
    while day in closed:
        day += timedelta(days=1)
    return day


def open_day(session: Session, day: date) -> date:
    """Where what comes late for ``day`` is booked."""
    return next_open(day, closed_from(session, day))


def refuse_closed(session: Session, day: date) -> None:
    """For what would change a date that is signed. Raises DayIsClosed."""
    if find(session, day) is not None:
        raise DayIsClosed(day)

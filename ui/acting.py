"""An act of the person at the till: allowed, done and recorded in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models import clock, places, settings
from models.database import Database
from models.errors import NoShopYet
from models.people import permits, rights, signed_in
from models.people.deeds import Deed, Where
from models.people.refusals import NotPermitted
from models.people.rights import Answer
from models.selling import day_closes, shifts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def deciding(
    database: Database,
    *,
    beside: Path | None = None,
    is_training: bool | None = None,
) -> Iterator[tuple[Session, Where]]:
    """A transaction of an operation that asks for rights itself; where and by whom.

    What is refused in it is recorded alone; ``beside`` names another file to read. It
    is practised if ``is_training`` says so, else if the till is in training.
    """
    with database.read() as session:
        here = where(session, clock.now())
    if is_training is not None:
        here = replace(here, is_training=is_training)
    writing = database.write_beside(beside) if beside else database.write()
    with permits.deciding(database, here), writing as session:
        yield session, here


@contextmanager
def acting(
    database: Database,
    deed: Deed,
    *,
    approval: str = "",
    beside: Path | None = None,
    is_training: bool | None = None,
) -> Iterator[Session]:
    """The transaction of the act, if the person may do it, as ``deciding``.

    Raises NotPermitted, of which the refusal is recorded, and ReasonMissing.
    """
    with deciding(database, beside=beside, is_training=is_training) as (session, here):
        permits.require(session, here, deed, approval=approval)
        yield session


def where(session: Session, at: datetime) -> Where:
    """At this till, in its open shift if there is one, by whoever is signed in."""
    till = places.this_till(session)
    if till is None:
        raise NoShopYet
    shift = shifts.find_open(session, till.id)
    day = (
        shift.business_date
        if shift
        else day_closes.open_day(session, clock.business_date(at))
    )
    person = signed_in.who(session)
    return Where(
        till.id,
        person.id,
        at,
        day,
        shift.id if shift else None,
        settings.is_training(session),
    )


def check(database: Database, deed: Deed) -> None:
    """Of what is only looked at: raises NotPermitted, which is recorded, or nothing."""
    with database.read() as session:
        here = where(session, clock.now())
        answer = rights.ask(signed_in.who(session).role, deed.act)
    if answer is not Answer.YES:
        with permits.deciding(database, here):
            raise NotPermitted(deed, needs_approval=answer is Answer.APPROVAL)

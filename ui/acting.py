"""An act of the person at the till: allowed, done and recorded in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models import clock, places, settings
from models.database import Database
from models.errors import NoShopYet
from models.people import acts, permits, rights, signed_in
from models.people.acts import Deed, Outcome, Where
from models.people.refusals import NotPermitted
from models.people.rights import Answer
from models.selling import shifts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def acting(
    database: Database,
    deed: Deed,
    *,
    approval: str = "",
    beside: Path | None = None,
    is_training: bool | None = None,
) -> Iterator[Session]:
    """The transaction of the act, if the person may do it; ``beside`` another file.

    It is practised if ``is_training`` says so, else if the till is in training. Raises
    NotPermitted, of which the refusal is recorded, and ReasonMissing.
    """
    at = clock.now()

    def here(session: Session) -> Where:
        found = where(session, at)
        return found if is_training is None else replace(found, is_training=is_training)

    try:
        writing = database.write_beside(beside) if beside else database.write()
        with writing as session:
            permits.require(session, here(session), deed, approval=approval)
            yield session
    except NotPermitted:
        with database.write() as session:
            acts.record(session, here(session), deed, Outcome.REFUSED)
        raise


def where(session: Session, at: datetime) -> Where:
    """At this till, in its open shift if there is one, by whoever is signed in."""
    till = places.this_till(session)
    if till is None:
        raise NoShopYet
    shift = shifts.find_open(session, till.id)
    day = shift.business_date if shift else clock.business_date(at)
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
        with permits.deciding(database, here, deed):
            raise NotPermitted(
                deed.act, deed.subject, needs_approval=answer is Answer.APPROVAL
            )


@dataclass(frozen=True, slots=True)
class Request:
    """An act that waits for its approval; ``do`` is called with the approval's UUID."""

    deed: Deed
    do: Callable[[str], None]

"""What is done without a row that is kept for good: said now, written at the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import clock

_NOTES = "journal"


@dataclass(frozen=True, slots=True)
class Note:
    """One act as it goes into the journal: plain values, money in fen."""

    kind: str
    at: int  # milliseconds since 1970
    what: dict[str, Any]
    row: int | None = None  # of the table that its kind tells of, instead of ``what``


def note(
    session: Session, kind: str, *, at: datetime | None = None, **what: Any
) -> None:
    """Let the journal tell of it, in the transaction that does it."""
    moment = clock.milliseconds(at or clock.now())
    _notes(session).append(Note(kind, moment, what))


def tell(session: Session, kind: str, row: int) -> None:
    """Let the journal tell of a row that does not come in the order of its key."""
    _notes(session).append(Note(kind, 0, {}, row))


def clock_back(at: datetime, by: timedelta) -> Note:
    """The machine's clock says ``at``, and said ``by`` more before."""
    what = {"seconds": int(by.total_seconds())}
    return Note("clock_back", clock.milliseconds(at), what)


def say(session: Session, said: Note) -> None:
    """Let the journal tell what is worded already."""
    _notes(session).append(said)


def taken(session: Session) -> list[Note]:
    """What was said in this transaction, to be written now."""
    found: list[Note] = session.info.pop(_NOTES, [])
    return found


def _notes(session: Session) -> list[Note]:
    notes: list[Note] = session.info.setdefault(_NOTES, [])
    return notes

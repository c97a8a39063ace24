"""What papers say of the journal, so that a paper elsewhere proves its record."""

from __future__ import annotations

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from models.journal.kinds import ON_PAPER
from models.journal.marks import Mark


def mark_of_sale(session: Session, sale_id: int) -> Mark | None:
    """None for what was stored before there was a journal."""
    found = session.execute(_SALE, {"row": sale_id}).one_or_none()
    return None if found is None else Mark(*found)


def mark_of_z(session: Session, z_id: int) -> Mark | None:
    """The record of a Z: the last of its shift."""
    found = session.execute(_Z, {"row": z_id}).one_or_none()
    return None if found is None else Mark(*found)


_FIND = f"SELECT seq, hash FROM journal WHERE {ON_PAPER} AND first_row = :row "  # noqa: S608  # names of our own
_SALE = text(_FIND + "AND kind <> 'z_close'").bindparams(bindparam("row"))
_Z = text(_FIND + "AND kind = 'z_close'").bindparams(bindparam("row"))

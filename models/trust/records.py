"""The journal's tables: the records, kept for good, and the tip that they end in."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from models.database import STRICT, Base
from models.journal.kinds import ON_PAPER


class JournalRecord(Base):
    """One act. ``first_row`` to ``last_row`` only say where to look what it tells of.

    They are not under the hash: what is told is, and is compared with those rows.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index(
            "ix_journal_paper",
            "first_row",
            sqlite_where=text(ON_PAPER),
        ),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    v: Mapped[int]
    kind: Mapped[str]
    at: Mapped[int]  # milliseconds since 1970
    body: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    mac: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str]
    first_row: Mapped[int | None]
    last_row: Mapped[int | None]


class JournalTip(Base):
    """Where the chain ends, so that its end cannot be cut off unseen."""

    __tablename__ = "journal_tip"
    __table_args__ = STRICT

    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"), primary_key=True)
    till: Mapped[str]
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    count: Mapped[int]
    refunds_fen: Mapped[int]
    sales_fen: Mapped[int]
    told: Mapped[str]  # JSON: of each table in models.journal.kinds the last row told

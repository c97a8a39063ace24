"""Print jobs: queued with the sale, rendered and sent afterwards (RULINGS.md 36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, func, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind, table_of
from models.ids import new_uuid
from models.prepared import Prepared


class PrintState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class PrintJob(Base):
    """One paper of one sale; a reprint is a new job with the next copy number."""

    __tablename__ = "print_job"
    __table_args__ = (
        Index("ix_print_job_waiting", "id", sqlite_where=text("state <> 'sent'")),
        Index("ix_print_job_sale", "sale_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"))
    copy: Mapped[int]  # 0 is the original
    state: Mapped[PrintState] = mapped_column(Kind(PrintState))
    created_at: Mapped[datetime]
    content: Mapped[bytes | None]  # the ESC/POS bytes; a retry sends the same


def queue(session: Session, sale_id: int, *, copy: int, at: datetime) -> None:
    _QUEUE.one(
        session,
        {
            "uuid": new_uuid(),
            "sale_id": sale_id,
            "copy": copy,
            "state": PrintState.QUEUED,
            "created_at": at,
        },
    )


_QUEUE = Prepared(insert(table_of(PrintJob)))


def queue_copy(session: Session, sale_id: int, *, at: datetime) -> None:
    """A reprint, marked as the next copy (副本 n)."""
    last = session.scalar(
        select(func.max(PrintJob.copy)).where(PrintJob.sale_id == sale_id)
    )
    queue(session, sale_id, copy=0 if last is None else last + 1, at=at)


def has_copy(session: Session, sale_id: int) -> bool:
    """Whether the receipt was printed again already."""
    found = select(PrintJob.id).where(PrintJob.sale_id == sale_id, PrintJob.copy > 0)
    return session.scalar(found.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class PrintJobRow:
    id: int
    sale_id: int
    copy: int
    state: PrintState


def list_waiting(session: Session) -> list[PrintJobRow]:
    """The jobs that are still to be sent, the oldest first."""
    found = session.scalars(
        select(PrintJob).where(PrintJob.state != PrintState.SENT).order_by(PrintJob.id)
    )
    return [PrintJobRow(job.id, job.sale_id, job.copy, job.state) for job in found]


def count_waiting(session: Session) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(PrintJob)
            .where(PrintJob.state != PrintState.SENT)
        )
        or 0
    )


def store_content(session: Session, job_id: int, content: bytes) -> None:
    session.execute(
        update(PrintJob).where(PrintJob.id == job_id).values(content=content)
    )


def mark(session: Session, job_id: int, state: PrintState) -> None:
    session.execute(update(PrintJob).where(PrintJob.id == job_id).values(state=state))

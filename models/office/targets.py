"""年度目标: what a county or a scheme is to reach in a year."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.errors import WrongAmount
from models.journal import notes
from models.kinds import Cut
from models.money import Money
from models.office.report_record import WITH_TARGETS


class ReportTarget(Base):
    """One amount of one year; the key is that of the report's row."""

    __tablename__ = "report_target"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="ck_report_target_amount"),
        STRICT,
    )

    year: Mapped[int] = mapped_column(primary_key=True)
    cut: Mapped[Cut] = mapped_column(Kind(Cut), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Money] = mapped_column("amount_fen")


def set_target(
    session: Session, year: int, cut: Cut, key: str, amount: Money | None
) -> None:
    """Set, change or take away (None) a target. Raises WrongAmount if it is nothing."""
    assert cut in WITH_TARGETS
    if amount is not None and amount <= Money.ZERO:
        raise WrongAmount
    fen = None if amount is None else amount.fen
    notes.note(session, "target", year=year, cut=cut, key=key, amount=fen)
    target = session.get(ReportTarget, (year, cut, key))
    if amount is None:
        if target is not None:
            session.delete(target)
    elif target is None:
        session.add(ReportTarget(year=year, cut=cut, key=key, amount=amount))
    else:
        target.amount = amount


def targets_of(session: Session, year: int, cut: Cut) -> Mapping[str, Money]:
    """The year's targets by the key of the row."""
    found = session.execute(
        select(ReportTarget.key, ReportTarget.amount).where(
            ReportTarget.year == year, ReportTarget.cut == cut
        )
    )
    return {row.key: row.amount for row in found}

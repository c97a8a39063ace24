"""补录: what was written on paper while the till was down, entered afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.cart import Bill, Cart
from models.database import STRICT, Base
from models.errors import MissingField, WrongField
from models.i18n import _
from models.people.deeds import Approvals, Deed
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.selling import giving_back, sales
from models.selling.acting import acting
from models.selling.refusals import SlipEntered
from models.selling.sales import Sale
from models.selling.seat import Seat
from models.selling.sold import Sold


class LateEntry(Base):
    """Marks a sale that was made on paper: its slip, and when it was entered."""

    __tablename__ = "late_entry"
    __table_args__ = STRICT

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), primary_key=True)
    slip: Mapped[str] = mapped_column(index=True)
    entered_at: Mapped[datetime]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


@dataclass(frozen=True, slots=True)
class Slip:
    """The paper: its number, when the sale really was, and why it is on paper."""

    number: str
    happened_at: datetime
    reason: str


def enter_late(  # noqa: PLR0913  # as a sale, and its slip
    session: Session,
    cart: Cart,
    bill: Bill,
    seat: Seat,
    slip: Slip,
    *,
    at: datetime,
    approvals: Approvals,
) -> Sold:
    """A sale of the open shift at its real time, with its real tenders, marked 补录.

    Raises what ``check`` and ``sales.complete_sale`` raise: WrongField for a time yet
    to come, and SlipEntered for a slip of that day that is in the file already.
    """
    where = acting(session, seat, at=at)
    check(session, slip, seat, at=at)
    number = slip.number.strip()
    deed = Deed(Act.ENTER_LATE, number, bill.payable, slip.reason)
    permit = giving_back.require(session, where, deed, approvals)
    sold = sales.complete_sale(
        session, cart, bill, seat, at=slip.happened_at, approvals=approvals
    )
    session.add(
        LateEntry(
            sale_id=sold.sale_id,
            slip=number,
            entered_at=at,
            approver_id=permit.approver_id,
        )
    )
    session.flush()
    return sold


def check(session: Session, slip: Slip, seat: Seat, *, at: datetime) -> None:
    """Whether the slip can be entered, before anybody has typed its tenders.

    Raises MissingField, ReasonMissing, WrongField, SlipEntered.
    """
    number = slip.number.strip()
    if not number:
        raise MissingField(_("Slip number"))
    if not slip.reason.strip():
        raise ReasonMissing
    if slip.happened_at > at:
        raise WrongField(_("Time"), f"{clock.local(slip.happened_at):%Y-%m-%d %H:%M}")
    _refuse_twice(session, number, slip.happened_at, seat)


def _refuse_twice(
    session: Session, slip: str, happened_at: datetime, seat: Seat
) -> None:
    found = session.execute(
        select(Sale.number, Sale.at)
        .join(LateEntry, LateEntry.sale_id == Sale.id)
        .where(LateEntry.slip == slip, Sale.series == seat.series)
    )
    day = clock.local(happened_at).date()
    for number, at in found:
        if clock.local(at).date() == day:
            raise SlipEntered(slip, number)

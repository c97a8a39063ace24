"""活动价: prices that hold at an outlet or during an event, from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.errors import WrongField
from models.goods.catalog import Product
from models.i18n import _
from models.journal import notes
from models.money import Money
from models.places import Event, Outlet


class EventPrice(Base):
    """A price at one outlet or during one event, from one date to another."""

    __tablename__ = "event_price"
    __table_args__ = (
        CheckConstraint("price_fen >= 0", name="ck_event_price"),
        CheckConstraint("from_date <= to_date", name="ck_event_price_dates"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    price: Mapped[Money] = mapped_column("price_fen")
    from_date: Mapped[date]
    to_date: Mapped[date]


@dataclass(frozen=True, slots=True)
class EventPriceRow:
    """With neither outlet nor event it holds everywhere."""

    id: int
    price: Money  # per piece or kilogram
    outlet: str
    event: str
    first: date
    last: date

    def is_over(self, day: date) -> bool:
        return self.last < day


def add(  # noqa: PLR0913  # the columns of one row
    session: Session,
    product_id: int,
    price: Money,
    *,
    first: date,
    last: date,
    outlet_id: int | None = None,
    event_id: int | None = None,
) -> None:
    """An event price holds on both dates; with no outlet and no event, everywhere.

    Raises WrongField.
    """
    if price < Money.ZERO:
        raise WrongField(_("Event price"), price.plain)
    if last < first:
        raise WrongField(_("Last day"), last.isoformat())
    session.add(
        EventPrice(
            product_id=product_id,
            outlet_id=outlet_id,
            event_id=event_id,
            price=price,
            from_date=first,
            to_date=last,
        )
    )
    session.flush()
    notes.note(
        session,
        "event_price",
        sku=session.get_one(Product, product_id).sku,
        price=price.fen,
        first=first.isoformat(),
        last=last.isoformat(),
    )


def end(session: Session, event_price_id: int, *, today: date) -> None:
    """Let it hold no longer, from today on; what held before today stays as it was."""
    row = session.get_one(EventPrice, event_price_id)
    if row.from_date >= today:
        session.delete(row)
    elif row.to_date >= today:
        row.to_date = today - timedelta(days=1)
    session.flush()
    sku = session.get_one(Product, row.product_id).sku
    notes.note(session, "event_price_end", sku=sku, price=row.price.fen)


def list_for(session: Session, product_id: int) -> list[EventPriceRow]:
    """Those of the product, what ends last first."""
    found = session.execute(
        select(EventPrice, Outlet.name, Event.name)
        .outerjoin(Outlet, EventPrice.outlet_id == Outlet.id)
        .outerjoin(Event, EventPrice.event_id == Event.id)
        .where(EventPrice.product_id == product_id)
        .order_by(EventPrice.to_date.desc(), EventPrice.id.desc())
    )
    return [
        EventPriceRow(
            row.id, row.price, outlet or "", event or "", row.from_date, row.to_date
        )
        for row, outlet, event in found
    ]

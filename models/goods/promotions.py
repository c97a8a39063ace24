"""Promotions in the file: where and when each holds; its rule is never changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.deals import Promotion, Rule
from models.discounts import WHOLE_BP
from models.errors import MissingField, WrongField
from models.goods.catalog import Product
from models.i18n import _
from models.ids import new_uuid
from models.journal import notes
from models.money import Money
from models.places import Event, Outlet
from models.written import tidy_field


class PromotionRow(Base):
    """What differs from one that was begun is another one: sales name this."""

    __tablename__ = "promotion"
    __table_args__ = (
        CheckConstraint(
            "rule IN ('nth', 'free', 'bundle', 'over')", name="ck_promotion_rule"
        ),
        CheckConstraint("from_date <= to_date", name="ck_promotion_dates"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    rule: Mapped[Rule] = mapped_column(Kind(Rule))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    pieces: Mapped[int]
    free: Mapped[int]
    off_bp: Mapped[int]
    price: Mapped[Money] = mapped_column("price_fen")
    over: Mapped[Money] = mapped_column("over_fen")
    off: Mapped[Money] = mapped_column("off_fen")
    repeats: Mapped[bool]
    stacks: Mapped[bool]
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    from_date: Mapped[date]
    to_date: Mapped[date]
    is_active: Mapped[bool]


@dataclass(frozen=True, slots=True)
class Holds:
    """Where and when, both dates included; without outlet and event, everywhere."""

    first: date
    last: date
    outlet_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One promotion as the office lists it; what does not narrow it has no name."""

    promotion: Promotion
    holds: Holds
    is_active: bool  # not ended
    product: str = ""
    product_en: str = ""
    outlet: str = ""
    event: str = ""

    def is_over(self, day: date) -> bool:
        """Whether it holds on no day from this one on."""
        return not self.is_active or self.holds.last < day


def begin(session: Session, new: Promotion, holds: Holds) -> int:
    """Let it hold from its first day on; its id is given here.

    Raises MissingField, WordsRefused, WrongField.
    """
    name = tidy_field(new.name, _("Name"))
    _check(new)
    if holds.last < holds.first:
        raise WrongField(_("Last day"), holds.last.isoformat())
    row = PromotionRow(
        uuid=new_uuid(),
        name=name,
        rule=new.rule,
        product_id=new.product_id,
        pieces=new.pieces,
        free=new.free,
        off_bp=new.off_bp,
        price=new.price,
        over=new.over,
        off=new.off,
        repeats=new.repeats,
        stacks=new.stacks,
        outlet_id=holds.outlet_id,
        event_id=holds.event_id,
        from_date=holds.first,
        to_date=holds.last,
        is_active=True,
    )
    session.add(row)
    session.flush()
    _tell(session, row)
    return row.id


def end(session: Session, promotion_id: int) -> None:
    """Put it on no basket any more; what is being paid now keeps it."""
    row = session.get_one(PromotionRow, promotion_id)
    row.is_active = False
    session.flush()
    _tell(session, row)


def _tell(session: Session, row: PromotionRow) -> None:
    notes.note(
        session,
        "promotion",
        uuid=row.uuid,
        name=row.name,
        rule=row.rule,
        sku=_sku(session, row.product_id),
        pieces=row.pieces,
        free=row.free,
        off_bp=row.off_bp,
        price=row.price.fen,
        over=row.over.fen,
        off=row.off.fen,
        repeats=bool(row.repeats),
        stacks=bool(row.stacks),
        first=row.from_date.isoformat(),
        last=row.to_date.isoformat(),
        is_active=row.is_active,
    )


def _sku(session: Session, product_id: int | None) -> str:
    return session.get_one(Product, product_id).sku if product_id else ""


def list_running(session: Session, outlet_id: int, day: date) -> tuple[Promotion, ...]:
    """Those that hold at the outlet on that day, the earliest begun first."""
    return _values(session, _holding(outlet_id, day).where(PromotionRow.is_active))


def list_named(
    session: Session, ids: Collection[int], outlet_id: int, day: date
) -> tuple[Promotion, ...]:
    """Of these those that hold there and then, even if ended meanwhile."""
    return _values(session, _holding(outlet_id, day).where(PromotionRow.id.in_(ids)))


def list_all(session: Session) -> list[Listed]:
    """For the office: what was not ended first, the latest begun above."""
    found = session.execute(
        select(PromotionRow, Product.name, Product.name_en, Outlet.name, Event.name)
        .outerjoin(Product, PromotionRow.product_id == Product.id)
        .outerjoin(Outlet, PromotionRow.outlet_id == Outlet.id)
        .outerjoin(Event, PromotionRow.event_id == Event.id)
        .order_by(PromotionRow.is_active.desc(), PromotionRow.id.desc())
    )
    return [
        Listed(
            _value(row),
            Holds(row.from_date, row.to_date, row.outlet_id, row.event_id),
            row.is_active,
            *(name or "" for name in names),
        )
        for row, *names in found
    ]


def _holding(outlet_id: int, day: date) -> Select[PromotionRow]:
    event = select(Outlet.event_id).where(Outlet.id == outlet_id).scalar_subquery()
    return (
        select(PromotionRow)
        .where(
            PromotionRow.from_date <= day,
            PromotionRow.to_date >= day,
            or_(PromotionRow.outlet_id.is_(None), PromotionRow.outlet_id == outlet_id),
            or_(PromotionRow.event_id.is_(None), PromotionRow.event_id == event),
        )
        .order_by(PromotionRow.id)
    )


def _values(session: Session, rows: Select[PromotionRow]) -> tuple[Promotion, ...]:
    return tuple(_value(row) for row in session.scalars(rows))


def _value(row: PromotionRow) -> Promotion:
    return Promotion(
        id=row.id,
        name=row.name,
        rule=row.rule,
        product_id=row.product_id,
        pieces=row.pieces,
        free=row.free,
        off_bp=row.off_bp,
        price=row.price,
        over=row.over,
        off=row.off,
        repeats=row.repeats,
        stacks=row.stacks,
    )


def _check(new: Promotion) -> None:
    if not new.name.strip():
        raise MissingField(_("Name"))
    wrong = [
        (_("Pieces"), str(new.pieces), _counts(new) and new.pieces < 1),
        (_("Pieces free"), str(new.free), new.rule is Rule.FREE and new.free < 1),
        (
            _("Taken off"),
            f"{new.off_bp / 100:g} %",
            new.rule is Rule.NTH and not 0 < new.off_bp <= WHOLE_BP,
        ),
        (_("Price"), new.price.plain, new.price < Money.ZERO),
        (
            _("From an amount of"),
            new.over.plain,
            new.rule is Rule.OVER and new.over <= Money.ZERO,
        ),
        (
            _("Amount off"),
            new.off.plain,
            new.rule is Rule.OVER and not Money.ZERO < new.off <= new.over,
        ),
    ]
    for field, value, is_wrong in wrong:
        if is_wrong:
            raise WrongField(field, value)


def _counts(new: Promotion) -> bool:
    return new.rule is not Rule.OVER

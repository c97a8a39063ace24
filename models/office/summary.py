"""The day's summary: one business date added up in SQL, cut by cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, between, bindparam, case, func, select
from sqlalchemy.orm import Session

from models import settings
from models.goods.regions import Region
from models.money import Money
from models.office.day_record import (
    CountyRow,
    DaySummary,
    Goods,
    HourRow,
    PlaceRow,
    ProductRow,
    SchemeRow,
    Sums,
    TenderRow,
)
from models.places import this_till
from models.quantity import Unit
from models.selling.payments import Payment
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale


def summarize(session: Session, day: date, *, at: datetime) -> DaySummary:
    """Everything sold on one business date; every cut sums to the same net."""
    chosen = settings.load(session)
    till = this_till(session)
    span = _span(session, day)
    products = _products(session, span)
    first, last = _numbers(session, span)
    return DaySummary(
        business_date=day,
        made_at=at,
        shop_name=chosen.shop_name,
        till_code=till.code if till else "",
        is_demo=chosen.is_demo,
        receipts=span.receipts,
        first_number=first,
        last_number=last,
        goods=Goods(
            sum(row.goods.pieces for row in products),
            sum(row.goods.grams for row in products),
        ),
        sums=total_of(tuple(row.sums for row in products)),
        tenders=_tenders(session, span),
        counties=_counties(session, span),
        schemes=_schemes(session, span),
        places=_places(session, span),
        products=products,
        hours=_hours(session, span),
    )


def total_of(rows: tuple[Sums, ...]) -> Sums:
    """The sums of all rows of a cut."""
    return Sums(
        Money.sum(row.list_total for row in rows),
        Money.sum(row.discount for row in rows),
        Money.sum(row.rounding for row in rows),
        Money.sum(row.net for row in rows),
    )


_DAY = bindparam("day", type_=SaleLine.business_date.type)
_OF_SPAN = between(SaleLine.sale_id, bindparam("first"), bindparam("last"))
_OF_DAY = and_(_OF_SPAN, SaleLine.business_date == _DAY)
_RECEIPTS = func.count(SaleLine.sale_id.distinct()).label("receipts")
_AMOUNTS = (
    func.sum(case((SaleLine.unit == Unit.PIECE, SaleLine.amount), else_=0)).label(
        "pieces"
    ),
    func.sum(case((SaleLine.unit == Unit.GRAM, SaleLine.amount), else_=0)).label(
        "grams"
    ),
    func.sum(SaleLine.list_).label("list_total"),
    func.sum(SaleLine.discount).label("discount"),
    func.sum(SaleLine.order_discount).label("order_discount"),
    func.sum(SaleLine.rounding).label("rounding"),
    func.sum(SaleLine.net).label("net"),
)


def _goods(row: Any) -> Goods:
    return Goods(row.pieces, row.grams)


def _sums(row: Any) -> Sums:
    discount = row.discount + row.order_discount
    return Sums(row.list_total, discount, row.rounding, row.net)


@dataclass(frozen=True, slots=True)
class _Span:
    """The sales of a business date: how many, and the first and last id of them.

    Dates are indexed on sales alone, which keeps selling fast. Lines and payments are
    found by their sale; those of another date in between are left out by their own.
    """

    day: date
    receipts: int
    first: int
    last: int

    @property
    def parameters(self) -> dict[str, Any]:
        return {"day": self.day, "first": self.first, "last": self.last}


_SPAN = select(func.count(), func.min(Sale.id), func.max(Sale.id)).where(
    Sale.business_date == _DAY
)
_NUMBER = select(Sale.number).where(Sale.id == bindparam("id"))


def _span(session: Session, day: date) -> _Span:
    receipts, first, last = session.execute(_SPAN, {"day": day}).one()
    return _Span(day, receipts, first or 0, last or 0)


def _numbers(session: Session, span: _Span) -> tuple[str, str]:
    """The first and last receipt number of the day; empty when nothing was sold."""
    first, last = (
        session.execute(_NUMBER, {"id": sale_id}).scalar() or ""
        for sale_id in (span.first, span.last)
    )
    return first, last


_TENDERS = (
    select(
        Payment.method,
        Payment.account_id,
        Payment.holder,
        Payment.account_kind,
        func.count(Payment.sale_id.distinct()).label("receipts"),
        func.sum(Payment.tendered).label("tendered"),
        func.sum(Payment.change).label("change"),
        func.sum(Payment.net).label("net"),
    )
    .where(
        between(Payment.sale_id, bindparam("first"), bindparam("last")),
        Payment.business_date == _DAY,
    )
    .group_by(Payment.method, Payment.account_id, Payment.holder, Payment.account_kind)
    .order_by(func.sum(Payment.net).desc())
)


def _tenders(session: Session, span: _Span) -> tuple[TenderRow, ...]:
    """Cash first, then the accounts by what came in."""
    found = session.execute(_TENDERS, span.parameters).all()
    rows = [
        TenderRow(
            row.method,
            row.holder,
            row.account_kind,
            row.receipts,
            row.tendered,
            row.change,
            row.net,
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: row.account_kind is not None))


_COUNTIES = (
    select(
        SaleLine.region_code,
        SaleLine.scheme,
        func.max(SaleLine.county).label("county"),
        func.max(SaleLine.county_en).label("county_en"),
        func.max(SaleLine.province).label("province"),
        func.max(SaleLine.prefecture).label("prefecture"),
        _RECEIPTS,
        *_AMOUNTS,
    )
    .where(_OF_DAY)
    .group_by(SaleLine.region_code, SaleLine.scheme)
    .order_by(SaleLine.region_code == "", func.sum(SaleLine.net).desc())
)
_COLOURS = select(Region.code, Region.colour)


def _counties(session: Session, span: _Span) -> tuple[CountyRow, ...]:
    colours = dict(session.execute(_COLOURS).all())
    return tuple(
        CountyRow(
            row.region_code,
            row.county,
            row.county_en,
            row.province,
            row.prefecture,
            row.scheme,
            colours.get(row.region_code, ""),
            row.receipts,
            _goods(row),
            _sums(row),
        )
        for row in session.execute(_COUNTIES, span.parameters)
    )


_SCHEMES = (
    select(SaleLine.scheme, _RECEIPTS, *_AMOUNTS)
    .where(_OF_DAY)
    .group_by(SaleLine.scheme)
    .order_by(SaleLine.scheme == "none", SaleLine.scheme)
)


def _schemes(session: Session, span: _Span) -> tuple[SchemeRow, ...]:
    return tuple(
        SchemeRow(row.scheme, row.receipts, _goods(row), _sums(row))
        for row in session.execute(_SCHEMES, span.parameters)
    )


_PLACES = (
    select(SaleLine.channel, SaleLine.outlet, SaleLine.event, _RECEIPTS, *_AMOUNTS)
    .where(_OF_DAY)
    .group_by(SaleLine.channel, SaleLine.outlet, SaleLine.event)
    .order_by(SaleLine.channel, SaleLine.outlet, SaleLine.event)
)


def _places(session: Session, span: _Span) -> tuple[PlaceRow, ...]:
    return tuple(
        PlaceRow(
            row.channel, row.outlet, row.event, row.receipts, _goods(row), _sums(row)
        )
        for row in session.execute(_PLACES, span.parameters)
    )


_PRODUCTS = (
    select(
        SaleLine.product_id,
        SaleLine.region_code,
        func.max(SaleLine.sku).label("sku"),
        func.max(SaleLine.name).label("name"),
        func.max(SaleLine.name_en).label("name_en"),
        func.max(SaleLine.county).label("county"),
        func.max(SaleLine.county_en).label("county_en"),
        *_AMOUNTS,
    )
    .where(_OF_DAY)
    .group_by(SaleLine.product_id, SaleLine.region_code)
    .order_by(func.sum(SaleLine.net).desc(), SaleLine.product_id)
)


def _products(session: Session, span: _Span) -> tuple[ProductRow, ...]:
    return tuple(
        ProductRow(
            row.sku,
            row.name,
            row.name_en,
            row.county,
            row.county_en,
            row.region_code,
            _goods(row),
            _sums(row),
        )
        for row in session.execute(_PRODUCTS, span.parameters)
    )


_HOURS = (
    select(SaleLine.local_hour, _RECEIPTS, func.sum(SaleLine.net).label("net"))
    .where(_OF_DAY)
    .group_by(SaleLine.local_hour)
    .order_by(SaleLine.local_hour)
)


def _hours(session: Session, span: _Span) -> tuple[HourRow, ...]:
    """From the first to the last hour with a sale, the quiet ones between included."""
    found = {
        row.local_hour: HourRow(row.local_hour, row.receipts, row.net)
        for row in session.execute(_HOURS, span.parameters)
    }
    if not found:
        return ()
    return tuple(
        found.get(hour, HourRow(hour, 0, Money.ZERO))
        for hour in range(min(found), max(found) + 1)
    )

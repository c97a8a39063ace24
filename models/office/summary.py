"""The day's summary: one business date added up in SQL, cut by cut."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
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
    products = _products(session, day)
    first, last, receipts = _receipts(session, day)
    return DaySummary(
        business_date=day,
        made_at=at,
        shop_name=chosen.shop_name,
        till_code=till.code if till else "",
        is_demo=chosen.is_demo,
        receipts=receipts,
        first_number=first,
        last_number=last,
        goods=Goods(
            sum(row.goods.pieces for row in products),
            sum(row.goods.grams for row in products),
        ),
        sums=total_of(tuple(row.sums for row in products)),
        tenders=_tenders(session, day),
        counties=_counties(session, day),
        schemes=_schemes(session, day),
        places=_places(session, day),
        products=products,
        hours=_hours(session, day),
    )


def total_of(rows: tuple[Sums, ...]) -> Sums:
    """The sums of all rows of a cut."""
    return Sums(
        Money.sum(row.list_total for row in rows),
        Money.sum(row.discount for row in rows),
        Money.sum(row.rounding for row in rows),
        Money.sum(row.net for row in rows),
    )


# Dates are indexed on sales alone, which keeps selling fast: lines and payments of a
# day are found by their sale.
_DAY = bindparam("day", type_=Sale.business_date.type)
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


_RECEIPT_RANGE = select(
    func.count(), func.min(Sale.id).label("first"), func.max(Sale.id).label("last")
).where(Sale.business_date == _DAY)
_NUMBER = select(Sale.number).where(Sale.id == bindparam("id"))


def _receipts(session: Session, day: date) -> tuple[str, str, int]:
    """The first and last number of the day, and how many receipts there were."""
    count, first, last = session.execute(_RECEIPT_RANGE, {"day": day}).one()
    if not count:
        return "", "", 0
    numbers = [
        session.execute(_NUMBER, {"id": sale_id}).scalar_one()
        for sale_id in (first, last)
    ]
    return numbers[0], numbers[1], count


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
    .join(Sale, Sale.id == Payment.sale_id)
    .where(Sale.business_date == _DAY)
    .group_by(Payment.method, Payment.account_id, Payment.holder, Payment.account_kind)
    .order_by(func.sum(Payment.net).desc())
)


def _tenders(session: Session, day: date) -> tuple[TenderRow, ...]:
    """Cash first, then the accounts by what came in."""
    found = session.execute(_TENDERS, {"day": day}).all()
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
    .join(Sale, Sale.id == SaleLine.sale_id)
    .where(Sale.business_date == _DAY)
    .group_by(SaleLine.region_code, SaleLine.scheme)
    .order_by(SaleLine.region_code == "", func.sum(SaleLine.net).desc())
)
_COLOURS = select(Region.code, Region.colour)


def _counties(session: Session, day: date) -> tuple[CountyRow, ...]:
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
        for row in session.execute(_COUNTIES, {"day": day})
    )


_SCHEMES = (
    select(SaleLine.scheme, _RECEIPTS, *_AMOUNTS)
    .join(Sale, Sale.id == SaleLine.sale_id)
    .where(Sale.business_date == _DAY)
    .group_by(SaleLine.scheme)
    .order_by(SaleLine.scheme == "none", SaleLine.scheme)
)


def _schemes(session: Session, day: date) -> tuple[SchemeRow, ...]:
    return tuple(
        SchemeRow(row.scheme, row.receipts, _goods(row), _sums(row))
        for row in session.execute(_SCHEMES, {"day": day})
    )


_PLACES = (
    select(SaleLine.channel, SaleLine.outlet, SaleLine.event, _RECEIPTS, *_AMOUNTS)
    .join(Sale, Sale.id == SaleLine.sale_id)
    .where(Sale.business_date == _DAY)
    .group_by(SaleLine.channel, SaleLine.outlet, SaleLine.event)
    .order_by(SaleLine.channel, SaleLine.outlet, SaleLine.event)
)


def _places(session: Session, day: date) -> tuple[PlaceRow, ...]:
    return tuple(
        PlaceRow(
            row.channel, row.outlet, row.event, row.receipts, _goods(row), _sums(row)
        )
        for row in session.execute(_PLACES, {"day": day})
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
    .join(Sale, Sale.id == SaleLine.sale_id)
    .where(Sale.business_date == _DAY)
    .group_by(SaleLine.product_id, SaleLine.region_code)
    .order_by(func.sum(SaleLine.net).desc(), SaleLine.product_id)
)


def _products(session: Session, day: date) -> tuple[ProductRow, ...]:
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
        for row in session.execute(_PRODUCTS, {"day": day})
    )


_HOURS = (
    select(SaleLine.local_hour, _RECEIPTS, func.sum(SaleLine.net).label("net"))
    .join(Sale, Sale.id == SaleLine.sale_id)
    .where(Sale.business_date == _DAY)
    .group_by(SaleLine.local_hour)
    .order_by(SaleLine.local_hour)
)


def _hours(session: Session, day: date) -> tuple[HourRow, ...]:
    """From the first to the last hour with a sale, the quiet ones between included."""
    found = {
        row.local_hour: HourRow(row.local_hour, row.receipts, row.net)
        for row in session.execute(_HOURS, {"day": day})
    }
    if not found:
        return ()
    return tuple(
        found.get(hour, HourRow(hour, 0, Money.ZERO))
        for hour in range(min(found), max(found) + 1)
    )

"""The day's summary: one business date added up in SQL, cut by cut."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from models import settings
from models.database import Fen, table_of
from models.goods.regions import Region
from models.kinds import SaleKind, Series
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
from models.places import Till
from models.quantity import Unit
from models.selling import personal_money
from models.selling.payments import Payment
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale


def summarize(session: Session, day: date, *, at: datetime) -> DaySummary:
    """Everything sold on one business date; every cut sums to the same net."""
    chosen = settings.load(session)
    products = _products(session, day)
    counted = _receipts(session, day)
    return DaySummary(
        business_date=day,
        made_at=at,
        shop_name=chosen.shop_name,
        till_code=session.scalar(_TILL_CODE) or "",
        is_demo=chosen.is_demo,
        receipts=counted.sales,
        first_number=counted.first,
        last_number=counted.last,
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
        refunds=counted.refunds,
        refunded=counted.refunded,
        training=session.execute(_TRAINING, {"day": day}).scalar_one(),
        passed_on=personal_money.passed_on(session, day),
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
_till = table_of(Till).c
_TILL_CODE = select(_till.code).order_by(_till.id).limit(1)
_sale, _line = table_of(Sale).c, table_of(SaleLine).c
_payment, _region = table_of(Payment).c, table_of(Region).c
_SALES_LINES = table_of(Sale).join(table_of(SaleLine), _line.sale_id == _sale.id)
_SALES_PAYMENTS = table_of(Sale).join(table_of(Payment), _payment.sale_id == _sale.id)
_DAY = bindparam("day", type_=_sale.business_date.type)
_MINE = (_sale.business_date == _DAY, _sale.series == Series.LIVE)  # in every cut
_IS_SALE = _sale.kind == SaleKind.SALE
_GIVES_BACK = _sale.kind.in_([SaleKind.REFUND, SaleKind.COMPENSATION])
# Receipts are sales; what gives money back is counted apart and summed with them.
_RECEIPTS = func.count(case((_IS_SALE, _line.sale_id)).distinct()).label("receipts")
_AMOUNTS = (
    func.sum(case((_line.unit == Unit.PIECE, _line.amount), else_=0)).label("pieces"),
    func.sum(case((_line.unit == Unit.GRAM, _line.amount), else_=0)).label("grams"),
    func.sum(_line.list_fen).label("list_total"),
    func.sum(_line.discount_fen).label("discount"),
    func.sum(_line.order_discount_fen).label("order_discount"),
    func.sum(_line.rounding_fen).label("rounding"),
    func.sum(_line.net_fen).label("net"),
)


def _goods(row: Any) -> Goods:
    return Goods(row.pieces, row.grams)


def _sums(row: Any) -> Sums:
    discount = row.discount + row.order_discount
    return Sums(row.list_total, discount, row.rounding, row.net)


_RECEIPT_RANGE = select(
    func.count(case((_IS_SALE, _sale.id))).label("sales"),
    func.count(case((_GIVES_BACK, _sale.id))).label("refunds"),
    func.sum(case((_GIVES_BACK, _sale.net_fen), else_=0)).label("refunded"),
    func.min(_sale.id).label("first"),
    func.max(_sale.id).label("last"),
).where(*_MINE)
_TRAINING = select(
    func.coalesce(func.sum(_sale.net_fen), literal(Money.ZERO, Fen()))
).where(_sale.business_date == _DAY, _sale.series != Series.LIVE)
_NUMBER = select(_sale.number).where(_sale.id == bindparam("id"))


class _Counted(NamedTuple):
    first: str
    last: str
    sales: int
    refunds: int
    refunded: Money


def _receipts(session: Session, day: date) -> _Counted:
    """The first and last number of the day, and how many documents of which kind."""
    found = session.execute(_RECEIPT_RANGE, {"day": day}).one()
    if found.first is None:
        return _Counted("", "", 0, 0, Money.ZERO)
    first, last = (
        session.execute(_NUMBER, {"id": sale_id}).scalar_one()
        for sale_id in (found.first, found.last)
    )
    return _Counted(first, last, found.sales, found.refunds, -found.refunded)


_TENDERS = (
    select(
        _payment.method,
        _payment.account_id,
        _payment.holder,
        _payment.account_kind,
        func.count(case((_IS_SALE, _sale.id)).distinct()).label("receipts"),
        func.count(case((_GIVES_BACK, _sale.id)).distinct()).label("refunds"),
        func.sum(case((_GIVES_BACK, _payment.net_fen), else_=0)).label("refunded"),
        func.sum(_payment.tendered_fen).label("tendered"),
        func.sum(_payment.change_fen).label("change"),
        func.sum(_payment.net_fen).label("net"),
    )
    .select_from(_SALES_PAYMENTS)
    .where(*_MINE)
    .group_by(
        _payment.method, _payment.account_id, _payment.holder, _payment.account_kind
    )
    .order_by(func.sum(_payment.net_fen).desc())
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
            row.refunds,
            -row.refunded,
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: row.account_kind is not None))


_COUNTIES = (
    select(
        _line.region_code,
        _line.scheme,
        func.max(_line.county).label("county"),
        func.max(_line.county_en).label("county_en"),
        func.max(_line.province).label("province"),
        func.max(_line.prefecture).label("prefecture"),
        _RECEIPTS,
        *_AMOUNTS,
    )
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.region_code, _line.scheme)
    .order_by(_line.region_code == "", func.sum(_line.net_fen).desc())
)
_COLOURS = select(_region.code, _region.colour)


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
    select(_line.scheme, _RECEIPTS, *_AMOUNTS)
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.scheme)
    .order_by(_line.scheme == "none", _line.scheme)
)


def _schemes(session: Session, day: date) -> tuple[SchemeRow, ...]:
    return tuple(
        SchemeRow(row.scheme, row.receipts, _goods(row), _sums(row))
        for row in session.execute(_SCHEMES, {"day": day})
    )


_PLACES = (
    select(_line.channel, _line.outlet, _line.event, _RECEIPTS, *_AMOUNTS)
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.channel, _line.outlet, _line.event)
    .order_by(_line.channel, _line.outlet, _line.event)
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
        _line.product_id,
        _line.region_code,
        func.max(_line.sku).label("sku"),
        func.max(_line.name).label("name"),
        func.max(_line.name_en).label("name_en"),
        func.max(_line.county).label("county"),
        func.max(_line.county_en).label("county_en"),
        *_AMOUNTS,
    )
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.product_id, _line.region_code)
    .order_by(func.sum(_line.net_fen).desc(), _line.product_id)
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
    select(_line.local_hour, _RECEIPTS, func.sum(_line.net_fen).label("net"))
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.local_hour)
    .order_by(_line.local_hour)
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

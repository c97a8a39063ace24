"""Per-day totals of each cut, from which reports over years are read at once.

What is stored of a day counts once all its shifts are sealed; until then, and when
another shift of the date comes after, it is added up from lines and payments each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.database import STRICT, Base, Kind, table_of
from models.kinds import Cut, SaleKind, Series
from models.money import Money
from models.office.day_record import Goods, Sums
from models.office.periods import Period
from models.quantity import Unit
from models.selling.cuts import KEYS
from models.selling.payments import Payment
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale
from models.selling.shifts import Shift, State


class DayTotal(Base):
    """One row of one cut of one business date."""

    __tablename__ = "day_total"
    __table_args__ = (
        CheckConstraint(
            "net_fen = list_fen - discount_fen - rounding_fen OR cut = 'tender'",
            name="ck_day_total_net",
        ),
        STRICT | {"sqlite_with_rowid": False},
    )

    cut: Mapped[Cut] = mapped_column(Kind(Cut), primary_key=True)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    label_en: Mapped[str]
    receipts: Mapped[int]  # sales alone
    pieces: Mapped[int]
    grams: Mapped[int]
    list_: Mapped[Money] = mapped_column("list_fen")
    discount: Mapped[Money] = mapped_column("discount_fen")
    rounding: Mapped[Money] = mapped_column("rounding_fen")
    net: Mapped[Money] = mapped_column("net_fen")


class TotalledDay(Base):
    """A business date whose totals are stored, and of how many shifts."""

    __tablename__ = "totalled_day"
    __table_args__ = STRICT

    business_date: Mapped[date] = mapped_column(primary_key=True)
    shifts: Mapped[int]


@dataclass(frozen=True, slots=True)
class Total:
    """What one key of a cut came to; of tenders the net alone is known."""

    key: str
    label: str
    label_en: str
    receipts: int
    goods: Goods
    sums: Sums


# --- a day from its lines and payments ----------------------------------------------

_sale, _line = table_of(Sale).c, table_of(SaleLine).c
_payment, _shift = table_of(Payment).c, table_of(Shift).c
_total, _done = table_of(DayTotal).c, table_of(TotalledDay).c
_DATES = select(func.json_each(bindparam("days")).table_valued("value").c.value)
_NONE = literal(0, Integer)
_COUNTED = ("receipts", "pieces", "grams")
_MONEY = ("list_fen", "discount_fen", "rounding_fen", "net_fen")
_MEASURES = (*_COUNTED, *_MONEY)
_NOTHING = literal("")
_LABELS: dict[Cut, tuple[ColumnElement[str], ColumnElement[str]]] = {
    Cut.COUNTY: (func.max(_line.county), func.max(_line.county_en)),
    Cut.PRODUCT: (func.max(_line.name), func.max(_line.name_en)),
    Cut.SELLER: (func.max(_sale.seller), _NOTHING),
    Cut.TENDER: (func.max(_payment.holder), _NOTHING),
}


def _amounts(cut: Cut) -> tuple[ColumnElement[Any], ...]:
    """In the order of _MEASURES."""
    of_sale = _payment.sale_id if cut is Cut.TENDER else _line.sale_id
    sales = func.count(case((_sale.kind == SaleKind.SALE, of_sale)).distinct())
    if cut is Cut.TENDER:
        return sales, _NONE, _NONE, _NONE, _NONE, _NONE, func.sum(_payment.net_fen)
    return (
        sales,
        func.sum(case((_line.unit == Unit.PIECE, _line.amount), else_=0)),
        func.sum(case((_line.unit == Unit.GRAM, _line.amount), else_=0)),
        func.sum(_line.list_fen),
        func.sum(_line.discount_fen + _line.order_discount_fen),
        func.sum(_line.rounding_fen),
        func.sum(_line.net_fen),
    )


def _added_up(cut: Cut) -> Select[Any]:
    """Totals of some days, by date and key; dates are indexed on sales alone."""
    parts, of_sale = table_of(SaleLine), _line.sale_id
    if cut is Cut.TENDER:
        parts, of_sale = table_of(Payment), _payment.sale_id
    label, label_en = _LABELS.get(cut, (_NOTHING, _NOTHING))
    key = KEYS[cut]
    measures = zip(_MEASURES, _amounts(cut), strict=True)
    return (
        select(
            literal(cut.value).label("cut"),
            _sale.business_date.label("business_date"),
            key.label("key"),
            label.label("label"),
            label_en.label("label_en"),
            *(amount.label(name) for name, amount in measures),
        )
        .select_from(table_of(Sale).join(parts, of_sale == _sale.id))
        .where(
            type_coerce(_sale.business_date, Integer).in_(_DATES),
            _sale.series == Series.LIVE,
        )
        .group_by(_sale.business_date, key)
    )


_ADDED_UP = {cut: _added_up(cut) for cut in Cut}
_COLUMNS = ("cut", "business_date", "key", "label", "label_en", *_MEASURES)
_STORE = {
    cut: insert(table_of(DayTotal)).from_select(_COLUMNS, found)
    for cut, found in _ADDED_UP.items()
}
_DAY = bindparam("day", type_=_done.business_date.type)
_FORGET = delete(table_of(DayTotal)).where(
    _total.cut == bindparam("cut", type_=_total.cut.type), _total.business_date == _DAY
)
_FORGET_DAY = delete(table_of(TotalledDay)).where(_done.business_date == _DAY)
_TOTALLED = insert(table_of(TotalledDay)).from_select(
    ("business_date", "shifts"),
    select(_DAY, func.count()).where(
        _shift.business_date == _DAY, _shift.state != State.OPEN
    ),
)


def write(session: Session, day: date) -> None:
    """Store the totals of a date that is over, in place of what was stored of it."""
    for cut in Cut:
        session.execute(_FORGET, {"cut": cut, "day": day})
        session.execute(_STORE[cut], {"days": _as_json([day])})
    session.execute(_FORGET_DAY, {"day": day})
    session.execute(_TOTALLED, {"day": day})


def _as_json(days: Iterable[date]) -> str:
    return json.dumps([clock.day_number(day) for day in days])


# --- which days are stored ------------------------------------------------------------

_FIRST = bindparam("first", type_=_shift.business_date.type)
_LAST = bindparam("last", type_=_shift.business_date.type)
# What was stored of a date holds while it has the same shifts, all of them sealed.
_UNSTORED = (
    select(_shift.business_date)
    .select_from(
        table_of(Shift).outerjoin(
            table_of(TotalledDay), _done.business_date == _shift.business_date
        )
    )
    .where(_shift.business_date.between(_FIRST, _LAST))
    .group_by(_shift.business_date)
    .having(
        (func.coalesce(func.max(_done.shifts), 0) != func.count())
        | (func.max(_shift.state == State.OPEN) == 1)
    )
    .order_by(_shift.business_date)
)
_OVER = (
    _UNSTORED.having(func.max(_shift.state == State.OPEN) == 0)
    .order_by(None)
    .order_by(_shift.business_date.desc())
    .limit(1)
)


def next_due(session: Session, today: date) -> date | None:
    """The newest date before ``today`` that is over and not stored; None if all are."""
    yesterday = date.fromordinal(today.toordinal() - 1)
    return session.scalar(_OVER, {"first": date.min, "last": yesterday})


def _unstored(session: Session, period: Period) -> str:
    days = session.scalars(_UNSTORED, {"first": period.first, "last": period.last})
    return _as_json(days)


# --- reading a period -----------------------------------------------------------------

_CUT = bindparam("cut", type_=_total.cut.type)
_MINE = (
    _total.cut == _CUT,
    _total.business_date.between(_FIRST, _LAST),
    type_coerce(_total.business_date, Integer).not_in(_DATES),
)
_SUMS = tuple(func.sum(_total[name]).label(name) for name in _MEASURES)
# With max() SQLite takes the other columns from the row that has it: the last name.
_STORED = (
    select(
        _total.key,
        _total.label,
        _total.label_en,
        func.max(_total.business_date),
        *_SUMS,
    )
    .where(*_MINE)
    .group_by(_total.key)
)
_MONTH = type_coerce(_total.business_date, Integer) // 100
_STORED_MONTHS = (
    select(_MONTH.label("month"), _total.key, func.sum(_total.net_fen).label("net"))
    .where(*_MINE)
    .group_by(_MONTH, _total.key)
)


def read(session: Session, cut: Cut, period: Period) -> dict[str, Total]:
    """What each key of the cut came to in the period, by key."""
    days = _unstored(session, period)
    wanted = {"cut": cut, "first": period.first, "last": period.last, "days": days}
    found = {row.key: _read(row) for row in session.execute(_STORED, wanted)}
    for row in session.execute(_ADDED_UP[cut], {"days": days}):
        more, before = _read(row), found.get(row.key)
        found[row.key] = _sum(before, more) if before else more
    return found


def read_months(
    session: Session, cut: Cut, period: Period
) -> dict[tuple[int, str], Money]:
    """The net of each month (202611) and key of the cut."""
    days = _unstored(session, period)
    wanted = {"cut": cut, "first": period.first, "last": period.last, "days": days}
    nets: dict[tuple[int, str], Money] = {}
    for row in session.execute(_STORED_MONTHS, wanted):
        nets[row.month, row.key] = row.net
    for row in session.execute(_ADDED_UP[cut], {"days": days}):
        at = (clock.day_number(row.business_date) // 100, row.key)
        nets[at] = nets.get(at, Money.ZERO) + row.net_fen
    return nets


def _read(row: Any) -> Total:
    return Total(
        row.key,
        row.label,
        row.label_en,
        row.receipts,
        Goods(row.pieces, row.grams),
        Sums(*(_money(row, name) for name in _MONEY)),
    )


def _money(row: Any, name: str) -> Money:
    found = getattr(row, name)
    return found if isinstance(found, Money) else Money(found)


def _sum(one: Total, later: Total) -> Total:
    """The names are those of the later days, which are added up last."""
    return Total(
        one.key,
        later.label,
        later.label_en,
        one.receipts + later.receipts,
        Goods(
            one.goods.pieces + later.goods.pieces, one.goods.grams + later.goods.grams
        ),
        Sums(
            one.sums.list_total + later.sums.list_total,
            one.sums.discount + later.sums.discount,
            one.sums.rounding + later.sums.rounding,
            one.sums.net + later.sums.net,
        ),
    )

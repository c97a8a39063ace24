"""County × channel × product of a date, added up in SQL."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from models.database import table_of
from models.kinds import Series
from models.office.day_close_record import CutRow
from models.quantity import Unit
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale

_sale, _line = table_of(Sale).c, table_of(SaleLine).c
_NET = func.sum(_line.net_fen).label("net")
_CUTS = (
    select(
        _line.region_code.label("code"),
        func.max(_line.county).label("county"),
        func.max(_line.county_en).label("county_en"),
        _line.scheme,
        _line.channel,
        func.max(_line.sku).label("sku"),
        func.max(_line.name).label("name"),
        func.max(_line.name_en).label("name_en"),
        func.sum(case((_line.unit == Unit.PIECE, _line.amount), else_=0)).label(
            "pieces"
        ),
        func.sum(case((_line.unit == Unit.GRAM, _line.amount), else_=0)).label("grams"),
        _NET,
    )
    .select_from(table_of(Sale).join(table_of(SaleLine), _line.sale_id == _sale.id))
    .where(
        _sale.business_date == bindparam("day", type_=_sale.business_date.type),
        _sale.series == Series.LIVE,
    )
    .group_by(_line.region_code, _line.scheme, _line.channel, _line.product_id)
    .order_by(
        _line.region_code == "",
        _line.region_code,
        _line.channel,
        _NET.desc(),
        _line.product_id,
    )
)


def cuts_of(session: Session, day: date) -> tuple[CutRow, ...]:
    """Each county's rows together, 非帮扶 last; they sum to the day's net."""
    found = session.execute(_CUTS, {"day": day}).mappings()
    return tuple(CutRow(**row) for row in found)

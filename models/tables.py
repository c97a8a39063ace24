"""All tables of the shop's file, in one place for migrations and tests."""

from __future__ import annotations

from sqlalchemy import MetaData

from models import places, settings
from models.database import Base
from models.goods import catalog, regions, stock, suppliers
from models.people import staff
from models.selling import (
    accounts,
    baskets,
    payments,
    prints,
    sale_lines,
    sales,
    shifts,
)

_MODULES = (
    accounts,
    baskets,
    catalog,
    payments,
    places,
    prints,
    regions,
    sale_lines,
    sales,
    settings,
    shifts,
    staff,
    stock,
    suppliers,
)

# What happened stays: SQLite itself refuses to change or delete these rows.
KEPT_FOR_GOOD = (
    "sale",
    "sale_line",
    "sale_bundle",
    "payment",
    "rounding",
    "stock_movement",
)


def metadata() -> MetaData:
    return Base.metadata

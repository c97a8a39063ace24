"""All tables of the shop's file, in one place for migrations and tests."""

from __future__ import annotations

from sqlalchemy import MetaData

from models import places, settings
from models.database import Base
from models.goods import (
    catalog,
    event_prices,
    layouts,
    popularity,
    prices,
    promotions,
    regions,
    search_index,
    stock,
    suppliers,
)
from models.office import day_totals, external_figures, targets
from models.people import acts, permits, pins, staff
from models.selling import (
    accounts,
    baskets,
    cash,
    counts,
    day_closes,
    documents,
    handover,
    invoices,
    late_entries,
    payments,
    personal_money,
    prints,
    sale_discounts,
    sale_lines,
    sales,
    shifts,
    splits,
    z_closes,
)
from models.trust import records

_MODULES = (
    accounts,
    acts,
    baskets,
    cash,
    catalog,
    counts,
    day_closes,
    day_totals,
    event_prices,
    external_figures,
    handover,
    documents,
    event_prices,
    invoices,
    late_entries,
    layouts,
    payments,
    permits,
    personal_money,
    pins,
    places,
    popularity,
    prices,
    prints,
    promotions,
    records,
    regions,
    sale_discounts,
    sale_lines,
    sales,
    search_index,
    settings,
    shifts,
    splits,
    staff,
    stock,
    suppliers,
    targets,
    z_closes,
)

# What happened stays: SQLite itself refuses to change or delete these rows.
KEPT_FOR_GOOD = (
    "sale",
    "sale_line",
    "sale_bundle",
    "payment",
    "rounding",
    "stock_movement",
    "price_change",
    "act",
    "shift_opening",
    "cash_movement",
    "z_close",
    "shift_count",
    "counted_pieces",
    "shift_variance",
    "shift_split",
    "shift_answer",
    "sale_discount",
    "sale_discount_share",
    "correction",
    "corrected_line",
    "corrected_payment",
    "late_entry",
    "personal_handover",
    "day_close",
    "external_figure",
    "journal",
)


def metadata() -> MetaData:
    return Base.metadata

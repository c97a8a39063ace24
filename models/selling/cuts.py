"""By what a line or payment belongs to a row of a report, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, exists, func, literal, true

from models.database import table_of
from models.kinds import Cut
from models.selling.payments import Payment
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale

_sale, _line = table_of(Sale).c, table_of(SaleLine).c
_payment = table_of(Payment).c


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return cast(column, Text)


# As models.selling.cut_keys reads them.
KEYS: dict[Cut, ColumnElement[str]] = {
    Cut.ALL: literal("", Text),
    Cut.COUNTY: func.printf("%s:%s", _line.region_code, _line.scheme),
    Cut.SCHEME: _text(_line.scheme),
    Cut.CHANNEL: _text(_line.channel),
    Cut.OUTLET: _text(_line.outlet),
    Cut.PRODUCT: _text(_line.product_id),
    Cut.SELLER: _text(_sale.staff_id),
    Cut.TENDER: func.printf(
        "%s:%d:%s",
        _payment.method,
        func.coalesce(_payment.account_id, 0),
        func.coalesce(_text(_payment.account_kind), ""),
    ),
    Cut.HOUR: func.printf("%02d", _line.local_hour),
    Cut.CERTIFIED: _text(_line.is_certified),
    Cut.BUYER: _text(_line.buyer_kind),
    Cut.TERMS: _text(_line.terms),
}


def is_of(cut: Cut, key: str) -> ColumnElement[bool]:
    """Whether a sale has a line or a payment that the report's row sums."""
    if cut is Cut.ALL:
        return true()
    of_sale = _payment.sale_id if cut is Cut.TENDER else _line.sale_id
    if cut is Cut.SELLER:
        return KEYS[cut] == key
    return exists().where(of_sale == _sale.id, KEYS[cut] == key)

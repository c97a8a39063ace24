"""Goods, prices and refusals in the words of the goods page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.i18n import _, pick
from models.quantity import Quantity, Unit, WeightUnit, price_per
from ui.words import unit_word, weight

if TYPE_CHECKING:
    from models.goods.listing import ListedProduct
    from models.money import Money


def name_of(product: ListedProduct) -> str:
    return pick(product.name, product.name_en)


def county_of(product: ListedProduct) -> str:
    return pick(product.county, product.county_en) or "—"


def category_of(product: ListedProduct) -> str:
    return pick(product.category, product.category_en)


def price_of(product: ListedProduct, unit: WeightUnit) -> str:
    return price_words(product.price, product.on_hand.unit, unit)


def price_words(price: Money | None, unit: Unit, weight_unit: WeightUnit) -> str:
    """ "29.80", or "2.98 / 斤" for weighed goods."""
    if price is None:
        return _("no price")
    if unit is Unit.PIECE:
        return price.grouped
    return f"{price_per(price, weight_unit).grouped} / {unit_word(weight_unit)}"


def quantity_of(quantity: Quantity, unit: WeightUnit) -> str:
    """ "1,600", or "800.00斤"."""
    if quantity.is_weight:
        return weight(quantity.amount, unit)
    return f"{quantity.amount:,}"


def state_of(product: ListedProduct) -> str:
    """Only what is out of the ordinary is worth a word."""
    return "" if product.is_active else _("not sold")

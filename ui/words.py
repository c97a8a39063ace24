"""Basket lines and amounts in the words of the screen's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.i18n import _, pick
from models.kinds import Method
from models.quantity import WeightUnit, jin, kilograms, price_per

if TYPE_CHECKING:
    from models.cart import CartLine


def unit_word(unit: WeightUnit) -> str:
    """斤, 500g or kg as the language says it."""
    return {
        WeightUnit.JIN: _("jin"),
        WeightUnit.G500: "500g",
        WeightUnit.KG: "kg",
    }[unit]


def name_of(line: CartLine) -> str:
    name = pick(line.item.name, line.item.name_en)
    return f"{name} ×{line.item.pack_size}" if line.item.pack_size > 1 else name


def amount_of(line: CartLine, unit: WeightUnit) -> str:
    """ "2 × 78.00", or "2.48斤 × 4.50" for weighed goods."""
    if not line.quantity.is_weight:
        return f"{line.count} × {line.item.price.plain}"
    price = price_per(line.item.price, unit).plain
    return f"{weight(line.count, unit)} × {price}"


def origin_of(line: CartLine, unit: WeightUnit) -> str:
    """The county, and for weighed goods the kilograms and the price's unit."""
    county = pick(line.item.county, line.item.county_en)
    if not line.quantity.is_weight:
        return county
    if unit is WeightUnit.KG:
        return county
    return f"{county}  {kilograms(line.count)} kg".strip()


def weight(grams: int, unit: WeightUnit) -> str:
    if unit is WeightUnit.KG:
        return f"{kilograms(grams)}kg"
    return f"{jin(grams)}{unit_word(unit)}"


def method_name(method: Method) -> str:
    return {
        Method.CASH: _("Cash"),
        Method.WECHAT: _("WeChat"),
        Method.ALIPAY: _("Alipay"),
        Method.PHONE: _("Phone"),
    }[method]

"""Quantities in whole pieces or whole grams, and the units people say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from models.money import Money

GRAMS_PER_JIN = 500
GRAMS_PER_KG = 1000

_DECIMAL = re.compile(r"([0-9]{1,6})(?:[.。]([0-9]{1,4}))?")


class Unit(StrEnum):
    """What a product's quantity counts."""

    PIECE = "piece"
    GRAM = "gram"


class WeightUnit(StrEnum):
    """How weights are typed and shown; stored weights are always grams."""

    JIN = "jin"
    G500 = "500g"
    KG = "kg"

    @property
    def grams(self) -> int:
        return GRAMS_PER_KG if self is WeightUnit.KG else GRAMS_PER_JIN


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many pieces or grams; negative when goods go out or come back."""

    amount: int
    unit: Unit

    @property
    def is_weight(self) -> bool:
        return self.unit is Unit.GRAM

    def __add__(self, other: Quantity) -> Quantity:
        if other.unit is not self.unit:
            raise ValueError(other.unit)
        return Quantity(self.amount + other.amount, self.unit)

    def __neg__(self) -> Quantity:
        return Quantity(-self.amount, self.unit)

    def __str__(self) -> str:
        """Pieces as they are, weights in kg with three decimals ("1.240 kg")."""
        return f"{kilograms(self.amount)} kg" if self.is_weight else str(self.amount)


def price_of(price: Money, quantity: Quantity) -> Money:
    """What ``quantity`` costs at ``price`` per piece or per kilogram, rounded once."""
    per = GRAMS_PER_KG if quantity.is_weight else 1
    return price.times(quantity.amount, per)


def grams_for(amount: Money, price_per_kg: Money) -> int:
    """The weight that ``amount`` buys, rounded to 1 g (DOMAIN.md 5.5).

    Raises ValueError when the price is not positive.
    """
    if price_per_kg.fen <= 0:
        raise ValueError(price_per_kg)
    return amount.times(GRAMS_PER_KG, price_per_kg.fen).fen


def parse_grams(text: str, unit: WeightUnit) -> int:
    """Read a typed weight in ``unit`` as grams, rounded half up, or raise ValueError.

    Two decimals of 斤 are 5 g, three of kg are 1 g; a fourth is rounded.
    """
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    decimals = match[2] or ""
    scaled = int(match[1] + decimals) * unit.grams
    scale = int("1".ljust(len(decimals) + 1, "0"))
    return (2 * scaled + scale) // (2 * scale)


def parse_pieces(text: str) -> int:
    """Read a typed count of pieces (at most six digits), or raise ValueError."""
    if not re.fullmatch(r"[0-9]{1,6}", text.strip(), re.ASCII):
        raise ValueError(text)
    return int(text)


def kilograms(grams: int) -> str:
    """Grams as kilograms with three decimals ("1.240"), exact."""
    whole, rest = divmod(abs(grams), GRAMS_PER_KG)
    return f"{'-' if grams < 0 else ''}{whole:,}.{rest:03}"


def jin(grams: int) -> str:
    """Grams as 斤 with two or three decimals ("2.48", "2.482"), exact to the gram."""
    thousandths = abs(grams) * 1000 // GRAMS_PER_JIN
    whole, rest = divmod(thousandths, 1000)
    decimals = f"{rest:03}"
    if decimals.endswith("0"):
        decimals = decimals[:-1]
    return f"{'-' if grams < 0 else ''}{whole:,}.{decimals}"


def price_per(price_per_kg: Money, unit: WeightUnit) -> Money:
    """A price per kilogram as a price per ``unit``, rounded to the fen for show."""
    return price_per_kg.times(unit.grams, GRAMS_PER_KG)


def price_per_kg(price: Money, unit: WeightUnit) -> Money:
    """A price typed per ``unit`` as the stored price per kilogram, exact."""
    return price.times(GRAMS_PER_KG, unit.grams)

"""Basket lines and amounts in the words of the screen's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import clock
from models.i18n import _, pick
from models.kinds import DiscountKind, Method
from models.quantity import WeightUnit, jin, kilograms, price_per

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from models.cart import Cart, CartLine
    from models.clock import ClockTrouble
    from models.discounts import Discount
    from models.office.backups import Backup


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


def share_words(percent_bp: int) -> str:
    """ "9 折 / less 10%": who thinks in one of them sees the other."""
    tenths, percent = _decimal(10_000 - percent_bp, 1000), _decimal(percent_bp, 100)
    return _("{tenths} 折 / less {percent}%").format(tenths=tenths, percent=percent)


def _share(percent_bp: int) -> str:
    """In the way of the language alone, where there is little room."""
    tenths, percent = _decimal(10_000 - percent_bp, 1000), _decimal(percent_bp, 100)
    return pick(f"{tenths} 折", f"less {percent}%")


def _decimal(number: int, unit: int) -> str:
    """``number`` / ``unit`` with no more decimals than it needs: 9.5, 10."""
    whole, rest = divmod(number, unit)
    decimals = str(rest + unit)[1:].rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def discount_words(discount: Discount) -> str:
    """How much is taken off and why: "9 折  临期"."""
    off = f"−{discount.amount.grouped}"
    how_much = _share(discount.percent_bp) if discount.percent_bp else off
    return f"{how_much}  {discount.reason}"


def hand_words(line: CartLine, unit: WeightUnit) -> str:
    """What a person took off this line, and why; empty as a rule."""
    said = []
    if line.price_before is not None:
        old = line.price_before
        old = price_per(old, unit) if line.quantity.is_weight else old
        said.append(_("price changed, was {old}").format(old=old))
        said.append(line.price_note)
    if line.discount is not None:
        said.append(discount_words(line.discount))
    return "  ".join(said)


def origin_of(line: CartLine, unit: WeightUnit) -> str:
    """The county, and for weighed goods the kilograms and the price's unit."""
    county = pick(line.item.county, line.item.county_en)
    if not line.quantity.is_weight:
        return county
    if unit is WeightUnit.KG:
        return county
    return f"{county}  {kilograms(line.count)} kg".strip()


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is taken off below the goods of a basket, and what it is called."""

    words: str
    taken: str  # "−23.90"


def reductions_of(cart: Cart) -> tuple[Reduction, ...]:
    """What promotions take off, each by its name, and then what somebody does."""
    if not cart.deals and cart.discount is None:
        return ()  # most baskets
    taken = [
        (_("Promotion: {name}").format(name=deal.name), deal.amount)
        for deal in cart.deals
    ]
    if cart.discount is not None:
        taken.append((_given(cart.discount), cart.discounted))
    return tuple(Reduction(words, f"−{off.grouped}") for words, off in taken if off)


def _given(discount: Discount) -> str:
    """A reason that only says again what it is, is not said twice."""
    if discount.kind is DiscountKind.BARGAIN:
        if discount.reason == _("Bargained"):
            return _("Bargained")
        return _("Agreed: {reason}").format(reason=discount.reason)
    return _("Discount: {reason}").format(reason=discount.reason)


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
        Method.EXCHANGE: _("Exchange"),
        Method.TRANSFER: _("Money transfer"),
    }[method]


def clock_words(trouble: ClockTrouble) -> str:
    """What is wrong with the computer's clock, and that sales are safe."""
    if not trouble.is_back:
        words = _(
            "The computer's clock says {now}, a day or more after the last record "
            "({last}): check the date. Sales go on; numbers and order stay right."
        )
    elif trouble.is_far:
        words = _(
            "The computer's clock says {now}, long before the last record ({last}): "
            "set it now. Sales go on; numbers and order stay right."
        )
    else:
        words = _(
            "The computer's clock says {now}, before the last record ({last}): "
            "check it. Numbers and order stay right."
        )
    return words.format(now=_moment(trouble.now), last=_moment(trouble.last))


def _moment(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M:%S}"


def way_back(path: Path, backup: Backup | None) -> str:
    """The shop's file is damaged: which backup is good, and how to go back to it."""
    if backup is None:
        return _(
            "The shop's file is damaged, so nothing is sold and nothing is changed. "
            "No good backup was found in {folder}: keep {name} and ask for help."
        ).format(folder=path.parent, name=path.name)
    return _(
        "The shop's file is damaged, so nothing is sold and nothing is changed. "
        "Go back to the backup of {time}: in the settings (F11) with F4, or with the "
        "till closed by main.py restore. It is {backup}"
    ).format(time=f"{clock.local(backup.made_at):%Y-%m-%d %H:%M}", backup=backup.path)

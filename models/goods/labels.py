"""What a weighing label puts into the basket, and what is to be doubted about it."""

from __future__ import annotations

from models.cart import CartLine, Item, as_printed, for_amount, weighed
from models.codes import Label
from models.i18n import _
from models.kinds import PriceReason
from models.money import Money
from models.quantity import Quantity, Unit, price_of


def line_of(item: Item, label: Label) -> CartLine:
    """The printed amount stays the line's total; a weight alone is priced here.

    Raises WholePiecesOnly, WrongQuantity.
    """
    if label.amount is None:
        assert label.grams is not None
        return weighed(item, label.grams)
    if label.grams is None:
        return for_amount(item, label.amount, PriceReason.LABEL)
    return as_printed(item, label.grams, label.amount)


def doubts(item: Item, label: Label) -> str:
    """What the cashier should look at before the goods are sold; mostly nothing."""
    found = []
    if label.is_doubtful:
        found.append(
            _("The label's check digit is wrong. Compare the amount with the label.")
        )
    if label.amount is not None and label.grams is not None:
        weight = Quantity(label.grams, Unit.GRAM)
        if _differs(item.price, label.grams, label.amount):
            words = _(
                "The label says {amount}, but {weight} come to {computed} now. "
                "Was the price changed after weighing?"
            )
            computed = price_of(item.price, weight)
            found.append(
                words.format(amount=label.amount, weight=weight, computed=computed)
            )
    return " ".join(found)


def _differs(price: Money, grams: int, amount: Money) -> bool:
    """By more than 0.01 yuan, in thousandths of a fen so that nothing is rounded."""
    return abs(price.fen * grams - amount.fen * 1000) > 1000

"""What the right side of the selling screen shows."""

from __future__ import annotations

from enum import StrEnum


class Panel(StrEnum):
    """What stands over the goods; the basket and the total never leave the screen."""

    GOODS = "goods"
    WEIGHT = "weight"  # how much of a weighed product
    QUANTITY = "quantity"  # how many of the selected line
    PARKED = "parked"
    SHIFT = "shift"  # the float that a shift starts with
    PAYMENT = "payment"
    PAID = "paid"
    RETURN = "return"  # the basket's goods come back without a receipt
    SLIP = "slip"  # 补录: which paper the basket was sold on
    CASH = "cash"  # cash in and out without a sale
    MORE = "more"  # what is done seldom
    CLOSED = "closed"  # the shop's file is damaged: nothing is sold

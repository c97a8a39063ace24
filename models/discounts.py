"""What is taken off a basket: by a person with a reason, or by a promotion."""

from __future__ import annotations

from dataclasses import dataclass

from models import errors
from models.kinds import DiscountKind
from models.money import Money

WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class Discount:
    """What somebody takes off a line or the basket: a share of it or an amount."""

    kind: DiscountKind
    reason: str
    percent_bp: int = 0  # 1000 takes a tenth off; 0: the amount counts
    amount: Money = Money.ZERO

    def off(self, whole: Money) -> Money:
        """What it takes off ``whole``; never more than all of it."""
        if self.percent_bp:
            return whole.times(self.percent_bp, WHOLE_BP)
        return min(whole, self.amount)


def percent_off(kind: DiscountKind, percent_bp: int, reason: str) -> Discount:
    """Raises WrongAmount unless it is more than nothing and at most all."""
    if not 0 < percent_bp <= WHOLE_BP:
        raise errors.WrongAmount
    return Discount(kind, reason, percent_bp=percent_bp)


def amount_off(kind: DiscountKind, amount: Money, reason: str) -> Discount:
    """Raises WrongAmount unless it is more than nothing."""
    if amount <= Money.ZERO:
        raise errors.WrongAmount
    return Discount(kind, reason, amount=amount)


@dataclass(frozen=True, slots=True)
class Deal:
    """What a promotion takes off, and of which lines of the basket."""

    promotion_id: int
    name: str
    shares: tuple[tuple[int, Money], ...]  # index of the line, what is taken off it

    @property
    def amount(self) -> Money:
        return Money.sum(share for _, share in self.shares)

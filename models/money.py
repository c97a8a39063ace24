"""Money in whole fen, and the one way it is rounded and split."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

# At most nine digits of yuan: what a person types at a till, and safely inside
# SQLite's 64-bit integers even after multiplication by a weight in grams.
_WRITTEN = re.compile(r"([0-9]{1,9})(?:[.。]([0-9]{1,2}))?")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in fen; negative when money goes back to the customer."""

    fen: int

    ZERO: ClassVar[Money]

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read what a person typed ("12", "12.5", "12.50"), or raise ValueError."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(text)
        yuan, cents = match[1], (match[2] or "").ljust(2, "0")
        return cls(int(yuan) * 100 + int(cents))

    @classmethod
    def sum(cls, amounts: Iterable[Money]) -> Money:
        return cls(sum(amount.fen for amount in amounts))

    def times(self, numerator: int, denominator: int = 1) -> Money:
        """This amount × numerator / denominator, rounded half away from zero, once."""
        product = self.fen * numerator
        rounded = (2 * abs(product) + denominator) // (2 * denominator)
        return Money(rounded if product >= 0 else -rounded)

    def round_down(self, step_fen: int) -> Money:
        """Towards zero to a multiple of ``step_fen`` (抹零: 10 is 角, 100 is 元)."""
        rest = abs(self.fen) % step_fen
        return Money(self.fen - rest if self.fen >= 0 else self.fen + rest)

    @property
    def plain(self) -> str:
        """As papers and files write it: no sign of currency, no separators."""
        yuan, cents = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{yuan}.{cents:02}"

    @property
    def grouped(self) -> str:
        """As tables write it: thousands separated, no sign of currency."""
        yuan, cents = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{yuan:,}.{cents:02}"

    @property
    def ten_thousands(self) -> str:
        """In 万元 with two decimals, rounded once from fen (DOMAIN.md 5.8)."""
        hundredths = self.times(1, 10_000).fen
        whole, rest = divmod(abs(hundredths), 100)
        return f"{'-' if hundredths < 0 else ''}{whole:,}.{rest:02}"

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        yuan, cents = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}¥{yuan:,}.{cents:02}"


Money.ZERO = Money(0)


def spread(whole: Money, weights: Sequence[int]) -> list[Money]:
    """Split ``whole`` in proportion to ``weights`` so that the parts sum to it.

    Largest remainder; of equal remainders the earlier part gets the fen. Weights
    may not be negative; if all are zero the parts are as equal as fen allow.
    Raises ValueError when there is nothing to split over.
    """
    if not weights or min(weights) < 0:
        raise ValueError(weights)
    if not any(weights):
        weights = [1] * len(weights)
    size, total = abs(whole.fen), sum(weights)
    shares = [size * weight // total for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda i: (-(size * weights[i] % total), i)
    )
    for i in by_remainder[: size - sum(shares)]:
        shares[i] += 1
    sign = -1 if whole.fen < 0 else 1
    return [Money(sign * share) for share in shares]

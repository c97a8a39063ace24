"""The ways in which a person takes something off, as the panel names them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.money import Money


class TakeOff(StrEnum):
    LINE_SHARE = "line_share"
    LINE_AMOUNT = "line_amount"
    PRICE = "price"  # 改价
    BARGAIN = "bargain"  # 议价
    ALL_SHARE = "all_share"
    ALL_AMOUNT = "all_amount"

    @property
    def is_share(self) -> bool:
        """Whether a percentage is typed; else it is money."""
        return self in {TakeOff.LINE_SHARE, TakeOff.ALL_SHARE}

    @property
    def is_of_line(self) -> bool:
        return self in {TakeOff.LINE_SHARE, TakeOff.LINE_AMOUNT, TakeOff.PRICE}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the basket will come to; ``trouble`` says why it will not."""

    before: Money
    after: Money
    trouble: str = ""

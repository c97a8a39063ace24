"""Notes and coins as they are counted: whole, torn, and suspect ones apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.errors import WrongQuantity
from models.money import Money


class Denomination(StrEnum):
    """The largest first; one yuan is a note and a coin."""

    Y100 = "100"
    Y50 = "50"
    Y20 = "20"
    Y10 = "10"
    Y5 = "5"
    Y1 = "1"
    COIN1 = "1c"
    JIAO5 = "0.5"
    JIAO1 = "0.1"

    @property
    def face(self) -> Money:
        return Money.parse(self.value.rstrip("c"))


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many of one denomination: torn ones are money, suspect ones are not."""

    denomination: Denomination
    whole: int
    torn: int = 0
    suspect: int = 0

    @property
    def value(self) -> Money:
        return self.denomination.face.times(self.whole + self.torn)

    @property
    def suspect_value(self) -> Money:
        return self.denomination.face.times(self.suspect)


@dataclass(frozen=True, slots=True)
class CashCount:
    """All that lies in the drawer, denomination by denomination."""

    pieces: tuple[Pieces, ...] = ()

    @property
    def total(self) -> Money:
        """What counts as money; the bank takes torn notes, and keeps suspect ones."""
        return Money.sum(one.value for one in self.pieces)

    @property
    def suspect(self) -> Money:
        return Money.sum(one.suspect_value for one in self.pieces)

    def check(self) -> None:
        """Raises WrongQuantity where a number is negative or a denomination twice."""
        names = {one.denomination for one in self.pieces}
        numbers = [n for one in self.pieces for n in (one.whole, one.torn, one.suspect)]
        if len(names) < len(self.pieces) or min(numbers, default=0) < 0:
            raise WrongQuantity

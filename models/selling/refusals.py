"""What people are told while a shift is closed, counted and handed over."""

from __future__ import annotations

from models.errors import PosError
from models.i18n import _
from models.money import Money


class ShiftStillOpen(PosError):
    def __str__(self) -> str:
        return _("This shift still sells. Close it before you count.")


class ShiftHandedOver(PosError):
    def __str__(self) -> str:
        return _("This shift is handed over: it is corrected in the one now open.")


class NotCounted(PosError):
    def __str__(self) -> str:
        return _("Count the cash first.")


class VarianceUnsigned(PosError):
    def __str__(self) -> str:
        return _("Say first why the money is over or short.")


class AlreadySigned(PosError):
    def __str__(self) -> str:
        return _("This difference is signed already. Count again to change it.")


class SecondCountNeeded(PosError):
    def __init__(self, limit: Money) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return _("The difference is above {limit}. Count a second time.").format(
            limit=self.limit
        )


class SplitMissing(PosError):
    def __str__(self) -> str:
        return _("Say first what of the cash stays, goes to the bank or is handed on.")


class SplitWrong(PosError):
    """The parts do not come to what was counted."""

    def __init__(self, difference: Money) -> None:
        super().__init__(difference)
        self.difference = difference

    def __str__(self) -> str:
        return _("The parts and the counted cash differ by {amount}.").format(
            amount=self.difference
        )


class RecountWanted(PosError):
    def __str__(self) -> str:
        return _("A second look was asked for. Count the cash again.")


class SamePerson(PosError):
    """Whoever counted does not take over from himself while somebody else could."""

    def __str__(self) -> str:
        return _("Whoever counted cannot take over too. Let somebody else sign.")


class AlreadyCorrected(PosError):
    def __str__(self) -> str:
        return _("This cash movement is corrected already.")

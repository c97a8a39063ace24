"""What is told of a day that cannot be closed, and of figures from elsewhere."""

from __future__ import annotations

from models.errors import PosError
from models.i18n import _, ngettext


class NothingToClose(PosError):
    def __str__(self) -> str:
        return _("No shift has this date: there is nothing to close.")


class DayNotYet(PosError):
    def __str__(self) -> str:
        return _("This date is yet to come.")


class ShiftsWaiting(PosError):
    """The day is closed only when every drawer was handed over."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return ngettext(
            "{count} shift of this day is not handed over yet. Close it first.",
            "{count} shifts of this day are not handed over yet. Close them first.",
            self.count,
        ).format(count=self.count)


class SignerSold(PosError):
    """Who signs for the day has neither sold nor counted in it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _(
            "{name} sold or counted on this day. Somebody else signs; "
            "the day waits until then."
        ).format(name=self.name)


class DifferenceUnexplained(PosError):
    def __str__(self) -> str:
        return _("Something does not agree. Write in the note why; then sign.")


class PartsTooLarge(PosError):
    def __str__(self) -> str:
        return _("The counties come to more than the whole amount.")


class AlreadyReversed(PosError):
    def __str__(self) -> str:
        return _("This figure is taken back already.")

"""What is told of a sale or correction that cannot be made."""

from __future__ import annotations

from models.errors import PosError
from models.i18n import _
from models.money import Money


class DealsChanged(PosError):
    def __str__(self) -> str:
        return _("A promotion does not hold here any more. Look at the total again.")


class NotASale(PosError):
    """Of refunds and other corrections nothing is taken back."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return _("{number} is itself a correction. Look for the sale.").format(
            number=self.number
        )


class MoreThanLeft(PosError):
    """More goods than were sold and not brought back yet."""

    def __init__(self, name: str, left: str) -> None:
        super().__init__(name, left)
        self.name = name
        self.left = left

    def __str__(self) -> str:
        return _("Of {name} only {left} can still come back on this receipt.").format(
            name=self.name, left=self.left
        )


class MoreThanPaid(PosError):
    """More money than was paid and not given back yet."""

    def __init__(self, left: Money) -> None:
        super().__init__(left)
        self.left = left

    def __str__(self) -> str:
        return _("At most {left} of what was paid is left here.").format(left=self.left)


class BackDiffers(PosError):
    """What is given back by tenders is not what is due back."""

    def __init__(self, due: Money) -> None:
        super().__init__(due)
        self.due = due

    def __str__(self) -> str:
        return _("{due} is to be given back in all. Divide it again.").format(
            due=self.due
        )


class NotBackThisWay(PosError):
    def __str__(self) -> str:
        return _("Money goes back the way it came, in cash or by transfer.")


class NothingChosen(PosError):
    def __str__(self) -> str:
        return _("Choose first what comes back.")

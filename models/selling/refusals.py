"""What is told of a sale, a correction or a shift's closing that cannot be made."""

from __future__ import annotations

from datetime import date

from models.errors import PosError
from models.i18n import _
from models.money import Money


class ShiftStillOpen(PosError):
    def __str__(self) -> str:
        return _("This shift still sells. Close it before you count.")


class ShiftHandedOver(PosError):
    def __str__(self) -> str:
        return _("This shift is handed over: it is corrected in the one now open.")


class DayIsClosed(PosError):
    """It is signed; what comes late is booked on the next open day."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def __str__(self) -> str:
        return _("{day} is closed and signed: nothing of it can change.").format(
            day=self.day
        )


class NotCounted(PosError):
    def __str__(self) -> str:
        return _("Count the cash first.")


class NothingCounted(PosError):
    """An impatient second touch is no count of an empty drawer."""

    def __str__(self) -> str:
        return _("Nothing is counted yet. Type 0 if the drawer is empty.")


class VarianceUnsigned(PosError):
    def __str__(self) -> str:
        return _("Say first why the money is over or short.")


class AccountUnsigned(VarianceUnsigned):
    """The cash is right, a phone account is not."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder

    def __str__(self) -> str:
        return _("Say first why the account of {holder} is over or short.").format(
            holder=self.holder
        )


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


class MoreThanHeld(PosError):
    """More money than is still on a personal code."""

    def __init__(self, held: Money) -> None:
        super().__init__(held)
        self.held = held

    def __str__(self) -> str:
        return _("Only {amount} is still to be handed over here.").format(
            amount=self.held
        )


class AlreadyCorrected(PosError):
    def __str__(self) -> str:
        return _("This cash movement is corrected already.")


class DealsChanged(PosError):
    def __str__(self) -> str:
        return _("A promotion does not hold here any more. Look at the total again.")


class TendersRefused(PosError):
    """The total changed while it was being paid, and not all that was paid fits it."""

    def __init__(self, amount: Money) -> None:
        super().__init__(amount)
        self.amount = amount

    def __str__(self) -> str:
        return _(
            "A promotion does not hold here any more. {amount} of what was handed over "
            "does not fit the new total: hand it back, or take it anew."
        ).format(amount=self.amount)


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


class SameTender(PosError):
    def __str__(self) -> str:
        return _("It is booked like that already.")


class ShiftCounted(PosError):
    """A wrong tender is put right before the close only."""

    def __str__(self) -> str:
        return _("The shift of this receipt is over. Refund it and sell again.")


class SlipEntered(PosError):
    """A paper slip of that day is in the file already."""

    def __init__(self, slip: str, number: str) -> None:
        super().__init__(slip, number)
        self.slip = slip
        self.number = number

    def __str__(self) -> str:
        return _("Slip {slip} was entered already, as {number}.").format(
            slip=self.slip, number=self.number
        )


class InTraining(PosError):
    """Of what is always real: cash, counts, the close."""

    def __str__(self) -> str:
        return _("The till is in training. Leave training first.")


class TrainingChanged(PosError):
    """Training began or ended between the screen and the file."""

    def __str__(self) -> str:
        return _("Training began or ended meanwhile. Look at the screen again.")


class BasketNotEmpty(PosError):
    def __str__(self) -> str:
        return _("Goods are in the basket. Sell, park or clear them before training.")


class TrainingReceipt(PosError):
    """It is refunded, corrected or looked at in training alone."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return _("{number} is a training receipt: it holds in training only.").format(
            number=self.number
        )


class RealReceipt(PosError):
    """Nothing of it is changed by practising."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return _("{number} is a real receipt. Leave training first.").format(
            number=self.number
        )


class AlreadyInvoiced(PosError):
    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return _("An invoice for {number} is registered already.").format(
            number=self.number
        )


class InvoiceNotSo(PosError):
    """Issued once, then reversed once, and nothing else."""

    def __str__(self) -> str:
        return _("This invoice is not at that point. Look at the list again.")

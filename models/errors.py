"""Everything that a person at the till can understand and act on."""

from __future__ import annotations

from models.i18n import _
from models.money import Money


class PosError(Exception):
    """Base of all situations that are told in one sentence."""


class JournalBroken(PosError):
    """``verify`` found what it is there for; the list of breaks was told before."""

    def __str__(self) -> str:
        return _("The journal does not hold. Ask who worked on the file, and keep it.")


# --- the file ---------------------------------------------------------------


class DatabaseUnavailable(PosError):
    """The disk or the file refuses; nothing of the act was stored."""


class DiskFull(DatabaseUnavailable):
    def __str__(self) -> str:
        return _("The disk is full: nothing was stored. Free some space and repeat.")


class FileReadOnly(DatabaseUnavailable):
    def __str__(self) -> str:
        return _(
            "The shop's file cannot be written: nothing was stored. "
            "Check the folder's permissions."
        )


class FileBusy(DatabaseUnavailable):
    def __str__(self) -> str:
        return _("Another program holds the shop's file. Close it and repeat.")


class FileGone(DatabaseUnavailable):
    """Whoever has it open can still read it; it is lost with the last of them."""

    def __str__(self) -> str:
        return _(
            "The shop's file was moved or deleted: nothing was stored. Put it back, or "
            "make a backup before you close the till."
        )


class DiskTrouble(DatabaseUnavailable):
    def __str__(self) -> str:
        return _("The disk could not read or write: nothing was stored.")


class FileDamaged(DatabaseUnavailable):
    def __str__(self) -> str:
        return _(
            "The shop's file is damaged. Stop selling and go back to the last backup."
        )


class ForeignFile(DatabaseUnavailable):
    def __str__(self) -> str:
        return _("This file belongs to another program; it was not touched.")


class NewerFile(DatabaseUnavailable):
    def __str__(self) -> str:
        return _(
            "This file was written by a newer version of the till. "
            "Install that version; the file was not touched."
        )


class UnsafeFolder(DatabaseUnavailable):
    """SQLite did not take a setting that durability rests on (TRUST.md A1)."""

    def __init__(self, setting: str) -> None:
        super().__init__(setting)
        self.setting = setting

    def __str__(self) -> str:
        return _(
            "This folder cannot keep sales safe ({setting}). "
            "Choose one on the local disk."
        ).format(setting=self.setting)


class ShopInUse(PosError):
    """Another till program has this shop's file open."""

    def __str__(self) -> str:
        return _("The till is already open on this file.")


class NoShopYet(PosError):
    def __str__(self) -> str:
        return _("There is no shop in this folder yet. Start the till once first.")


class BackupFailed(PosError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _("The backup was not made: {reason}").format(reason=self.reason)


class NotWritten(PosError):
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return _("{path} cannot be written. Choose another folder.").format(
            path=self.path
        )


# --- goods ------------------------------------------------------------------


class UnknownCode(PosError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return _("No product has the code {code}. Search it by name.").format(
            code=self.code
        )


class UnknownPlu(PosError):
    def __init__(self, plu: str) -> None:
        super().__init__(plu)
        self.plu = plu

    def __str__(self) -> str:
        return _("No weighed product has the number {plu} of this label.").format(
            plu=self.plu
        )


class BadCheckDigit(PosError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return _("The label {code} was misread. Scan it again.").format(code=self.code)


class PaymentCodeScanned(PosError):
    """A payment code on the selling screen; it is neither kept nor repeated."""

    def __str__(self) -> str:
        return _("This is a customer's payment code, not a product.")


class UnreadableCode(PosError):
    def __str__(self) -> str:
        return _("This code cannot be read. Scan again or search by name.")


class NoPrice(PosError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("{name} has no price yet. Enter one under Goods.").format(
            name=self.name
        )


class NotForSale(PosError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("{name} is no longer sold.").format(name=self.name)


class OutOfStock(PosError):
    def __init__(self, name: str, on_hand: str) -> None:
        super().__init__(name, on_hand)
        self.name, self.on_hand = name, on_hand

    def __str__(self) -> str:
        return _("Only {on_hand} of {name} left.").format(
            on_hand=self.on_hand, name=self.name
        )


class WrongQuantity(PosError):
    def __str__(self) -> str:
        return _("This quantity cannot be sold. Enter a number above zero.")


class WholePiecesOnly(PosError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("{name} is sold by the piece: enter a whole number.").format(
            name=self.name
        )


class WrongAmount(PosError):
    def __str__(self) -> str:
        return _("This is not an amount. Enter yuan, such as 12.50.")


class FigureMissing(WrongAmount):
    def __str__(self) -> str:
        return _("Enter a figure above zero first.")


class NotLess(WrongAmount):
    """What was agreed on is no reduction."""

    def __init__(self, total: Money) -> None:
        super().__init__(total)
        self.total = total

    def __str__(self) -> str:
        return _("Agree on less than the {total} that are asked.").format(
            total=self.total
        )


class TooMuchOff(WrongAmount):
    def __init__(self, most: Money) -> None:
        super().__init__(most)
        self.most = most

    def __str__(self) -> str:
        return _("At most {most} can be taken off here.").format(most=self.most)


class PaymentOpen(PosError):
    """Goods neither come nor go while they are being paid."""

    def __str__(self) -> str:
        return _("Finish or leave the payment before you change the basket.")


class AmountTooLarge(PosError):
    def __str__(self) -> str:
        return _("A basket can hold at most ¥9,999,999.99.")


class ProductNotSaved(PosError):
    """One field of a product cannot be stored as it is."""


class MissingField(ProductNotSaved):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field

    def __str__(self) -> str:
        return _("{field} is missing.").format(field=self.field)


class AlreadyTaken(ProductNotSaved):
    def __init__(self, field: str, value: str, name: str) -> None:
        super().__init__(field, value, name)
        self.field, self.value, self.name = field, value, name

    def __str__(self) -> str:
        return _("{field} {value} already belongs to {name}.").format(
            field=self.field, value=self.value, name=self.name
        )


class WrongField(ProductNotSaved):
    def __init__(self, field: str, value: str) -> None:
        super().__init__(field, value)
        self.field, self.value = field, value

    def __str__(self) -> str:
        return _("{field} cannot be “{value}”.").format(
            field=self.field, value=self.value
        )


class InvisibleCharacters(PosError):
    def __str__(self) -> str:
        return _("There are invisible characters in it. Type it again.")


class TooLong(PosError):
    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def __str__(self) -> str:
        return _("It is too long: at most {most} characters.").format(most=self.most)


class WordsRefused(ProductNotSaved):
    """One field's words cannot be stored; the reason is a sentence of its own."""

    def __init__(self, field: str, reason: PosError) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason

    def __str__(self) -> str:
        return _("{field} cannot be stored. {reason}").format(
            field=self.field, reason=self.reason
        )


class UnreadableTable(PosError):
    """A file that is offered for import cannot be read as a table."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("{name} is not a CSV or XLSX table that can be read.").format(
            name=self.name
        )


class ColumnMissing(PosError):
    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column

    def __str__(self) -> str:
        return _("The table has no column “{column}”.").format(column=self.column)


# --- selling ----------------------------------------------------------------


class EmptyBasket(PosError):
    def __str__(self) -> str:
        return _("The basket is empty. Scan a product or tap a tile.")


class PaymentShort(PosError):
    def __init__(self, missing: Money) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return _("{missing} is still to be paid.").format(missing=self.missing)


class PhonePaysTooMuch(PosError):
    def __init__(self, due: Money) -> None:
        super().__init__(due)
        self.due = due

    def __str__(self) -> str:
        return _("A phone pays exactly: at most {due}.").format(due=self.due)


class NoSuchCoins(PosError):
    """The change or the cash would need 分, which nobody has."""

    def __init__(self, due: Money) -> None:
        super().__init__(due)
        self.due = due

    def __str__(self) -> str:
        return _("Cash has no coins below 1 角. Due in cash: {due}.").format(
            due=self.due
        )


class NothingDue(PosError):
    def __str__(self) -> str:
        return _("Everything is paid already.")


class NoAccount(PosError):
    def __str__(self) -> str:
        return _("Choose the account that was paid into.")


class ShiftClosed(PosError):
    def __str__(self) -> str:
        return _("No shift is open. Start a new day first.")


class ShiftAlreadyOpen(PosError):
    def __str__(self) -> str:
        return _("A shift is open already.")


class AlreadySold(PosError):
    """The basket became a sale before; its number is told instead of a second sale."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return _("This basket is already paid: receipt {number}.").format(
            number=self.number
        )


class NoSuchReceipt(PosError):
    def __str__(self) -> str:
        return _("There is no such receipt.")


class BasketGone(PosError):
    def __str__(self) -> str:
        return _("This parked ticket was taken up already.")


class NothingParked(PosError):
    def __str__(self) -> str:
        return _("No ticket is parked.")


class PrinterFailed(PosError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _(
            "The sale is stored, but the paper did not come: {reason} "
            "Print it again later."
        ).format(reason=self.reason)

"""What an import says of a table, or of rows in it, that it cannot take."""

from __future__ import annotations

from models.errors import PosError
from models.i18n import _, ngettext


class RowRefused(PosError):
    """One cell of one row; the reason is a sentence of its own."""

    def __init__(self, row: int, column: str, reason: PosError) -> None:
        super().__init__(row, column, reason)
        self.row, self.column, self.reason = row, column, reason

    def __str__(self) -> str:
        return _("Row {row}, column “{column}”: {reason}").format(
            row=self.row, column=self.column, reason=self.reason
        )


class TableRefused(PosError):
    """Some rows are wrong, so none is imported."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return ngettext(
            "Nothing was imported: {count} entry is wrong. "
            "Correct the table and choose it again.",
            "Nothing was imported: {count} entries are wrong. "
            "Correct the table and choose it again.",
            self.count,
        ).format(count=self.count)


class TableTooLarge(PosError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _(
            "{name} is too large: at most 20 MB and 200,000 rows. Divide the table."
        ).format(name=self.name)


class TableTooHeavy(PosError):
    """Reading the file takes what no table of goods takes: it may be made to harm."""

    def __str__(self) -> str:
        return _(
            "This file takes more memory or time than a table of goods does. "
            "Save it as CSV and choose that."
        )


class UnsafeArchive(PosError):
    """A spreadsheet whose parts are too large, hidden or lead elsewhere."""

    def __str__(self) -> str:
        return _(
            "This is no spreadsheet as an office writes it, and was not opened. "
            "Save it as CSV and choose that."
        )


class ImportCancelled(PosError):
    def __str__(self) -> str:
        return _("Cancelled. Nothing was imported.")


class ChangedSince(PosError):
    """The shop's goods are not what they were when the table was looked at."""

    def __str__(self) -> str:
        return _(
            "The goods were changed after this look at the table: nothing was "
            "imported. Choose the table again."
        )


class WrongEncoding(PosError):
    def __init__(self, encoding: str) -> None:
        super().__init__(encoding)
        self.encoding = encoding

    def __str__(self) -> str:
        return _("The file is not written in {encoding}. Choose another one.").format(
            encoding=self.encoding
        )


class WrongEnding(PosError):
    """A table is to be written to a file whose name does not say how."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("{name} must end in .csv or .xlsx.").format(name=self.name)


class WrongReportEnding(WrongEnding):
    """As of tables; a report may be a page as well."""

    def __str__(self) -> str:
        return _("{name} must end in .xlsx, .csv or .pdf.").format(name=self.name)


class CodeIsNumber(PosError):
    """A spreadsheet showed a long code as a number and lost its last digits."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return _(
            "The spreadsheet made a number of the code ({value}). "
            "Format the column as text and enter the code again."
        ).format(value=self.value)


class TwiceInTable(PosError):
    def __init__(self, value: str, row: int) -> None:
        super().__init__(value, row)
        self.value, self.row = value, row

    def __str__(self) -> str:
        return _("“{value}” stands in row {row} already.").format(
            value=self.value, row=self.row
        )


class NoSuchPart(PosError):
    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku

    def __str__(self) -> str:
        return _(
            "A gift box cannot hold “{sku}”: neither the table nor the shop has such "
            "goods, or they are a gift box themselves."
        ).format(sku=self.sku)


class PartOfABox(PosError):
    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku

    def __str__(self) -> str:
        return _(
            "“{sku}” is part of a gift box, so it cannot be a gift box itself."
        ).format(sku=self.sku)


class BoxHasNoStock(PosError):
    def __str__(self) -> str:
        return _("A gift box has no stock of its own: it is made of its parts.")


class UnitIsFixed(PosError):
    def __str__(self) -> str:
        return _(
            "These goods are sold the other way already (by the piece or by weight). "
            "Give them a new SKU."
        )


class OtherDetails(PosError):
    """Two rows give one supplier two different villages or terms."""

    def __init__(self, supplier: str, row: int) -> None:
        super().__init__(supplier, row)
        self.supplier, self.row = supplier, row

    def __str__(self) -> str:
        return _("{supplier} is described differently in row {row}.").format(
            supplier=self.supplier, row=self.row
        )

"""Fields that take only numbers: what cannot be read cannot be typed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from models.money import Money
from models.quantity import Quantity, Unit, WeightUnit, parse_grams, parse_pieces

_ALL_BP = 10_000  # 100 %

# What a Chinese input method or keyboard makes of figures and the point.
_PLAIN = str.maketrans("０１２３４５６７８９．。", "0123456789..")


class NumberEdit(QLineEdit):
    """Base of the fields for numbers; a child says how its text is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setValidator(_Readable(self))
        self.returnPressed.connect(self._on_return)

    def read(self, text: str) -> object:
        """The value that ``text`` means; raises ValueError."""
        raise NotImplementedError

    def _read_or_none(self) -> object | None:
        try:
            return self.read(self.text().rstrip("."))
        except ValueError:
            return None

    def _on_return(self) -> None:
        raise NotImplementedError


class _Readable(QValidator):
    """Lets through what its field can read, and what may still become that."""

    def __init__(self, edit: NumberEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def validate(self, typed: str, cursor: int) -> object:
        text = typed.translate(_PLAIN).strip()
        if text.startswith("."):
            text, cursor = f"0{text}", cursor + 1
        if not text:  # Enter in an empty field is an answer too
            return QValidator.State.Acceptable, text, 0
        return self._state(text), text, min(cursor, len(text))

    def _state(self, text: str) -> QValidator.State:
        try:
            # A point that ends the text is read as if it were followed by a zero.
            self._edit.read(re.sub(r"\.$", ".0", text))
        except ValueError:
            return QValidator.State.Invalid
        return QValidator.State.Acceptable


class QuantityEdit(NumberEdit):
    """Takes whole pieces, or a weight in the unit that the shop weighs in."""

    entered = Signal(Quantity)

    def __init__(
        self, weight_unit: WeightUnit | None = None, parent: QWidget | None = None
    ) -> None:
        self._weight_unit = weight_unit
        super().__init__(parent)

    def count_pieces(self) -> None:
        """Empty the field and take whole pieces from now on."""
        self._weight_unit = None
        self.clear()

    def weigh_in(self, unit: WeightUnit) -> None:
        """Empty the field and take weights in ``unit`` from now on."""
        self._weight_unit = unit
        self.clear()

    def value(self) -> Quantity | None:
        """What stands in the field, or None while it stands empty."""
        read = self._read_or_none()
        return read if isinstance(read, Quantity) else None

    def read(self, text: str) -> Quantity:
        if self._weight_unit is None:
            return Quantity(parse_pieces(text), Unit.PIECE)
        return Quantity(parse_grams(text, self._weight_unit), Unit.GRAM)

    def _on_return(self) -> None:
        value = self.value()
        if value is not None:
            self.entered.emit(value)


class PercentEdit(NumberEdit):
    """Takes a percentage of at most 100 with two decimals, as whole basis points."""

    def value(self) -> int | None:
        """What stands in the field, or None while it stands empty."""
        read = self._read_or_none()
        return read if isinstance(read, int) else None

    def read(self, text: str) -> int:
        basis_points = Money.parse(text).fen
        if basis_points > _ALL_BP:
            raise ValueError(text)
        return basis_points

    def _on_return(self) -> None:
        """Whoever holds the field decides where Enter leads."""


class WholeEdit(NumberEdit):
    """Takes a whole number of at most five digits."""

    def value(self) -> int | None:
        read = self._read_or_none()
        return read if isinstance(read, int) else None

    def show_value(self, value: int | None) -> None:
        self.setText("" if value is None else str(value))

    def read(self, text: str) -> int:
        if not text.isdecimal() or len(text) > 5:
            raise ValueError(text)
        return int(text)

    def _on_return(self) -> None:
        """Whoever holds the field decides where Enter leads."""

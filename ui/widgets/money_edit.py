"""The field for an amount of money."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.money import Money
from ui.widgets.number_edit import NumberEdit


class MoneyEdit(NumberEdit):
    """Takes only what Money.parse accepts, while it is being typed."""

    entered = Signal(Money)

    def value(self) -> Money | None:
        """What stands in the field, or None while it stands empty."""
        read = self._read_or_none()
        return read if isinstance(read, Money) else None

    def show_amount(self, amount: Money) -> None:
        """Fill in ``amount``, selected, so that typing replaces it."""
        self.setText(amount.plain)
        self.selectAll()

    def read(self, text: str) -> Money:
        return Money.parse(text)

    def _on_return(self) -> None:
        value = self.value()
        if value is not None:
            self.entered.emit(value)

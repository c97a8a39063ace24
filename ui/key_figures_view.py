"""The key figures of a day, read from left to right as one sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models import clock
from models.i18n import _
from models.quantity import kilograms
from receipts.day_words import refunds_counted, ten_thousands
from ui.widgets.named import named, styled

if TYPE_CHECKING:
    from models.office.day_record import DaySummary

_BLANK = "–"


class KeyFigures(QFrame):
    """Receipts and goods, then list value − discounts − 抹零 = net received."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            size("gap_wide"), size("gap_small"), size("gap_wide"), size("gap_small")
        )
        layout.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(size("gap_large"))
        self._grid.setVerticalSpacing(0)
        layout.addLayout(self._grid)
        self._receipts = self._add("receipts", _("Receipts"))
        self._pieces = self._add("pieces", _("Pieces"))
        self._weight = self._add("weight", _("kg"))
        self._grid.setColumnStretch(self._grid.columnCount(), 1)
        self._list = self._add("list_value", _("List value"))
        self._sign("−")
        self._discount = self._add("discounts", _("Discounts"))
        self._sign("−")
        self._rounding = self._add("rounded_off", _("Rounded off"))
        self._sign("=")
        self._net = self._add("net", _("Net received"))
        notes = QHBoxLayout()
        layout.addLayout(notes)
        self._about = styled("hint", named("about_day", QLabel()), notes)
        notes.addStretch(1)
        self._worth = styled("hint", named("worth", QLabel()), notes)

    def show_figures(self, day: DaySummary | None) -> None:
        """The figures of the day, or none while they are added up."""
        self._receipts.setText(f"{day.receipts:,}" if day else _BLANK)
        self._pieces.setText(f"{day.goods.pieces:,}" if day else _BLANK)
        self._weight.setText(kilograms(day.goods.grams) if day else _BLANK)
        self._list.setText(day.sums.list_total.grouped if day else _BLANK)
        self._discount.setText(day.sums.discount.grouped if day else _BLANK)
        self._rounding.setText(day.sums.rounding.grouped if day else _BLANK)
        self._net.setText(str(day.sums.net) if day else _BLANK)
        self._worth.setText(ten_thousands(day.sums.net, _) if day else "")
        self._about.setText(_about(day) if day else "")

    def _add(self, name: str, words: str) -> QLabel:
        column = self._grid.columnCount()
        title = styled("hint", QLabel(words))
        figure = styled("figure", named(f"figure_{name}", QLabel(_BLANK)))
        alignment = (
            Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        )
        for row, label in enumerate((title, figure)):
            label.setAlignment(alignment)
            self._grid.addWidget(label, row, column)
        title.setBuddy(figure)
        return figure

    def _sign(self, sign: str) -> None:
        label = styled("hint", QLabel(sign))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(label, 1, self._grid.columnCount())


def _about(day: DaySummary) -> str:
    made = _("Made at {time}").format(time=f"{clock.local(day.made_at):%H:%M}")
    if day.training:
        training = _("Training, in no sum")
        made += f"   {training} {day.training.grouped}"
    if not day.first_number:
        return made
    numbers = _("No. {first} to {last}")
    said = [numbers.format(first=day.first_number, last=day.last_number)]
    if day.refunds:
        said.append(refunds_counted(day.refunds, day.refunded, _))
    return "   ".join([*said, made])

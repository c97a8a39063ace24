"""Labels for the shelf, beside the list of goods: for which, and how many of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _, ngettext
from ui.goods_fields_view import Fields, panel_button
from ui.goods_words import name_of
from ui.widgets.choice import Choice
from ui.widgets.elided import ElidedLabel
from ui.widgets.keypad import Keypad
from ui.widgets.named import named, styled
from ui.widgets.number_edit import WholeEdit

if TYPE_CHECKING:
    from models.goods.listing import ListedProduct
    from ui.goods_labels_presenter import GoodsLabelsPresenter

SELECTED, SHOWN = "selected", "shown"
_PER_SHEET = 24


class GoodsLabelsView(QFrame):
    """Says what would be printed; the goods are those of the list beside it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._presenter: GoodsLabelsPresenter | None = None
        self._rows: tuple[ListedProduct, ...] = ()
        self._selected: ListedProduct | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        styled("heading", QLabel(_("Print shelf labels")), layout)
        layout.addWidget(self._which())
        self._name = named("labels_for", styled("strong", ElidedLabel()), layout)
        layout.addWidget(self._fields())
        self._sheets = named("labels_count", styled("hint", QLabel()), layout)
        layout.addWidget(Keypad(self._copies), 1)
        layout.addLayout(self._foot())

    def connect_to(self, presenter: GoodsLabelsPresenter) -> None:
        self._presenter = presenter

    def start(
        self, selected: ListedProduct | None, rows: Sequence[ListedProduct]
    ) -> None:
        """One label of the selected goods, unless told otherwise."""
        self._copies.show_value(1)
        self._goods.show_value(SELECTED)
        self.show_goods(selected, rows)
        self._copies.setFocus()
        self._copies.selectAll()

    def show_goods(
        self, selected: ListedProduct | None, rows: Sequence[ListedProduct]
    ) -> None:
        """What is selected and listed now."""
        self._selected, self._rows = selected, tuple(rows)
        self._show()

    def confirm(self) -> None:
        assert self._presenter is not None
        goods, copies = self._wanted(), self._copies.value()
        if goods and copies:
            self._presenter.print_labels([one.id for one in goods], copies)
        else:
            self._copies.setFocus()

    # --- building -------------------------------------------------------------

    def _which(self) -> Choice:
        self._goods = Choice(
            _("For which goods"),
            (
                (SELECTED, _("The selected goods")),
                (SHOWN, _("All that are listed")),
            ),
        )
        self._goods.chosen.connect(self._on_chosen)
        return named("labels_goods", self._goods)

    def _fields(self) -> Fields:
        fields = Fields()
        self._copies = styled("total", named("labels_copies", WholeEdit()))
        self._copies.textChanged.connect(self._show)
        self._copies.returnPressed.connect(self.confirm)
        fields.add(_("Labels of each"), self._copies)
        return fields

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        row.addWidget(panel_button("close_labels", _("Close  Esc"), self.left.emit))
        words = _("Print labels  F12")
        button = panel_button("print_labels", words, self.confirm, role="primary")
        row.addWidget(button, 1)
        return row

    # --- what is shown --------------------------------------------------------

    def _on_chosen(self, which: object) -> None:
        self._goods.show_value(which)
        self._show()
        self._copies.setFocus()

    def _wanted(self) -> tuple[ListedProduct, ...]:
        if self._goods.value() == SHOWN:
            return self._rows
        return (self._selected,) if self._selected else ()

    def _show(self) -> None:
        goods = self._wanted()
        count = len(goods) * (self._copies.value() or 0)
        one = len(goods) == 1
        words = _("{count} goods").format(count=len(goods))
        self._name.setText(name_of(goods[0]) if one else words)
        words = ngettext(
            "{count} label of 70 × 37 mm; A4 sheets: {sheets}",
            "{count} labels of 70 × 37 mm; A4 sheets: {sheets}",
            count,
        )
        sheets = -(-count // _PER_SHEET)
        self._sheets.setText(words.format(count=count, sheets=sheets))

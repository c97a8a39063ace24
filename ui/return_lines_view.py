"""The goods of a receipt with what comes back of each: more, less, typed, or waste."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from models.quantity import Unit, WeightUnit, jin, kilograms
from ui.widgets.named import described, named, styled
from ui.widgets.number_edit import QuantityEdit
from ui.words import unit_word

if TYPE_CHECKING:
    from ui.refund_presenter import RefundPresenter
    from ui.return_rows import ReturnRow


class ReturnLinesView(QWidget):
    """One row for each line; the products of a gift box stand below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: RefundPresenter | None = None
        self._rows: list[_Row] = []
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._lines = QWidget()
        self._outer.addWidget(self._lines)
        self._outer.addStretch(1)

    def connect_to(self, presenter: RefundPresenter) -> None:
        self._presenter = presenter
        presenter.opened.connect(self._make_rows)
        presenter.changed.connect(self._show)

    def first_field(self) -> QWidget | None:
        """Where the first quantity is typed."""
        fields = [row.count for row in self._rows if row.count.isEnabled()]
        return fields[0] if fields else None

    def _make_rows(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget()
        self._outer.insertWidget(0, self._lines)
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(size("gap_tiny"))
        grid.setVerticalSpacing(size("gap_tiny"))
        grid.setColumnStretch(0, 1)
        for column, words in (
            (0, _("Goods")),
            (1, _("Not back yet")),
            (3, _("Comes back")),
        ):
            title = styled("hint", QLabel(words))
            side = Qt.AlignmentFlag.AlignLeft
            if column:
                side = Qt.AlignmentFlag.AlignRight
            grid.addWidget(title, 0, column, side)
        unit = presenter.desk.settings.weight_unit
        self._rows = []
        for number, row in enumerate(presenter.rows, 1):
            shown = _Row(presenter, row, unit)
            for column, widget in enumerate(shown.widgets):
                grid.addWidget(widget, number, column)
            shown.count.returnPressed.connect(partial(self._to_next, shown))
            self._rows.append(shown)
        self._show()

    def _show(self) -> None:
        for row in self._rows:
            row.show()

    def _to_next(self, row: _Row) -> None:
        """Enter: to the next quantity; after the last one focus moves on."""
        after = self._rows[self._rows.index(row) + 1 :]
        for one in after:
            if one.count.isEnabled():
                one.count.setFocus()
                return
        self.focusNextChild()


class _Row:
    """The widgets of one line."""

    def __init__(
        self, presenter: RefundPresenter, row: ReturnRow, unit: WeightUnit
    ) -> None:
        self._presenter, self._row, self._unit = presenter, row, unit
        name = QLabel(row.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        styled("hint" if row.part_no else "strong", name)
        name.setIndent(size("gap_wide") if row.part_no else 0)
        self._left = named(self._called("left"), QLabel(self._words(row.left)))
        self._left.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        less = self._button("less", "−", _("Less of {name}"))
        less.clicked.connect(lambda: presenter.step(row, -1))
        more = self._button("more", "+", _("More of {name}"))
        more.clicked.connect(lambda: presenter.step(row, 1))
        is_weight = row.unit is Unit.GRAM
        self.count = named(
            self._called("count"), QuantityEdit(unit if is_weight else None)
        )
        self.count.setFixedWidth(size("field_count"))
        described(_("Comes back of {name}").format(name=row.name), self.count)
        self.count.textEdited.connect(self._on_typed)
        self._waste = self._button("waste", _("Waste"), _("To waste: {name}"))
        self._waste.setCheckable(True)
        self._waste.clicked.connect(
            lambda is_waste: presenter.throw_away(row, is_waste=is_waste)
        )
        self.widgets = (name, self._left, less, self.count, more, self._waste)
        for widget in self.widgets[2:]:
            widget.setEnabled(bool(row.left))

    def show(self) -> None:
        count = self._presenter.counts.get(self._row.key, 0)
        value = self.count.value()
        if (0 if value is None else value.amount) != count:
            self.count.setText(self._figures(count) if count else "")
        self._waste.setChecked(self._row.key in self._presenter.waste)

    def _on_typed(self) -> None:
        value = self.count.value()
        self._presenter.choose(self._row, 0 if value is None else value.amount)

    def _called(self, what: str) -> str:
        return f"{what}_{self._row.line_no}_{self._row.part_no}"

    def _button(self, what: str, words: str, said: str) -> QPushButton:
        button = named(self._called(what), styled("secondary", QPushButton(words)))
        button.setProperty("tight", True)  # noqa: FBT003  # Qt's signature
        least = size("touch") + 2 * size("focus_gap")
        if what == "waste":
            button.setMinimumWidth(least + size("gap_wide"))
        else:
            button.setFixedWidth(least)
        return described(said.format(name=self._row.name), button)

    def _words(self, count: int) -> str:
        figures = self._figures(count)
        if self._row.unit is Unit.GRAM:
            return f"{figures}{unit_word(self._unit)}"
        return figures

    def _figures(self, count: int) -> str:
        """As a person types it."""
        if self._row.unit is Unit.PIECE:
            return str(count)
        is_kg = self._unit is WeightUnit.KG
        return (kilograms(count) if is_kg else jin(count)).replace(",", "")

"""The panel of 坏果补偿: which goods, how much money, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from assets.tokens import size
from models.i18n import _
from models.money import Money
from ui.backs_view import BacksView
from ui.correction_view import CorrectionView
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.pick_table import PickTable

if TYPE_CHECKING:
    from ui.compensation_presenter import CompensationPresenter

_UNDER = "    "  # a product of the gift box above it


class CompensationView(CorrectionView):
    """Shows a CompensationPresenter and passes on what the cashier does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("compensation", _("Give back"), _reasons(), parent)
        self._presenter: CompensationPresenter | None = None
        self._lines = named(
            "compensated",
            PickTable(_("Which goods are bad?"), (_("Goods"), _("Paid for it"))),
        )
        self._lines.picked.connect(self._on_picked)
        self.goods_side.addWidget(self._lines, 1)
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        label = styled("strong", QLabel(_("Money for it")), row)
        self._amount = named("compensation", MoneyEdit())
        self._amount.setFixedWidth(size("field_money"))
        self._amount.textEdited.connect(self._on_typed)
        described(label.text(), self._amount)
        row.addWidget(self._amount)
        self.money_side.addLayout(row)
        self._backs = BacksView()
        self.money_side.addWidget(self._backs)
        self.bind_keys()

    def connect_to(self, presenter: CompensationPresenter) -> None:
        self._presenter = presenter
        self._backs.connect_to(presenter)
        presenter.opened.connect(self._on_opened)
        presenter.changed.connect(self._show)
        presenter.corrected.connect(self.show_done)

    def open(self, sale_id: int) -> None:
        """For this receipt, if it is one that can be compensated."""
        if self._presenter is not None:
            self._presenter.open(sale_id)

    def confirm(self) -> None:
        if self._presenter is not None:
            self._presenter.compensate(self.reason.value())

    def leave(self) -> None:
        if self._presenter is not None:
            self._presenter.leave()
        super().leave()

    def first_field(self) -> QWidget:
        presenter = self._presenter
        has_line = presenter is not None and presenter.row is not None
        return self._amount if has_line else self._lines

    def _on_opened(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self.heading.setText(
            _("Compensate goods of {number}").format(number=presenter.number)
        )
        self.show_notices(presenter.notices)
        self._amount.clear()
        self._lines.show_rows(
            [
                (f"{_UNDER if row.part_no else ''}{row.name}", row.net.grouped)
                for row in presenter.rows
            ]
        )
        self._show()
        self.opened.emit()
        self.start()

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        row = presenter.row
        self._lines.show_picked(presenter.rows.index(row) if row is not None else -1)
        if (self._amount.value() or Money.ZERO) != presenter.due:
            self._amount.setText(presenter.due.plain if presenter.due else "")

    def _on_picked(self, number: int) -> None:
        if self._presenter is not None:
            self._presenter.choose(self._presenter.rows[number])
            self._amount.setFocus()

    def _on_typed(self) -> None:
        if self._presenter is not None:
            self._presenter.pay(self._amount.value() or Money.ZERO)


def _reasons() -> tuple[str, ...]:
    return (
        _("Bad fruit"),
        _("Damaged"),
        _("Short weight"),
        _("Near its date"),
    )

"""How money goes back: how much, by which way, and how much of each tender."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from models.kinds import Method
from models.money import Money
from ui.widgets.choice import Choice
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.words import method_name

if TYPE_CHECKING:
    from models.selling.remaining import TenderLeft
    from ui.giving_back_presenter import GivingBackPresenter

_AS_PAID = "as_paid"


class BacksView(QWidget):
    """Shows a GivingBackPresenter's money."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: GivingBackPresenter | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        row = QHBoxLayout()
        styled("strong", QLabel(_("To hand back")), row)
        self._amount = named("back_amount", styled("total", QLabel()))
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._amount, 1)
        layout.addLayout(row)
        self._remark = named("back_remark", styled("hint", QLabel(), layout))
        self._trouble = named("back_trouble", styled("danger", QLabel(), layout))
        for label in (self._remark, self._trouble):
            label.setWordWrap(True)
        options = (
            (_AS_PAID, _("As it was paid")),
            (Method.CASH.value, _("Otherwise: cash")),
            (Method.TRANSFER.value, _("Otherwise: transfer")),
        )
        self._way = named("way", Choice(_("How it goes back"), options), layout)
        self._way.chosen.connect(self._on_way)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(size("gap_tiny"))
        layout.addLayout(self._rows)
        self._fields: dict[int, MoneyEdit] = {}
        self._row_widgets: list[QWidget] = []

    def connect_to(self, presenter: GivingBackPresenter) -> None:
        self._presenter = presenter
        presenter.opened.connect(self._make_rows)
        presenter.changed.connect(self._show)

    def _make_rows(self) -> None:
        """One field for each tender that something is left of."""
        assert self._presenter is not None
        for widget in self._row_widgets:
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._row_widgets, self._fields = [], {}
        for number, tender in enumerate(self._presenter.tenders, 1):
            self._row_widgets.append(self._row(number, tender))
            self._rows.addWidget(self._row_widgets[-1])
        self._show()

    def _row(self, number: int, tender: TenderLeft) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        words = f"{method_name(tender.method)} {tender.net}"
        label = styled("strong", QLabel(words), layout)
        label.setWordWrap(True)
        field = named(f"back_{number}", MoneyEdit())
        field.setFixedWidth(size("field_money"))
        described(_("Of this goes back: {tender}").format(tender=words), field)
        field.textEdited.connect(partial(self._on_typed, tender.payment_id))
        layout.addWidget(field)
        self._fields[tender.payment_id] = field
        return row

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._amount.setText(str(presenter.amount))
        for label, words in (
            (self._remark, presenter.remark),
            (self._trouble, presenter.trouble),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        otherwise = presenter.otherwise
        self._way.show_value(_AS_PAID if otherwise is None else otherwise.value)
        for tender in presenter.tenders:
            field, part = self._fields.get(tender.payment_id), presenter.part(tender)
            if field is not None and (field.value() or Money.ZERO) != part:
                field.setText(part.plain if part else "")

    def _on_way(self, value: object) -> None:
        assert self._presenter is not None
        method = None if value == _AS_PAID else Method(str(value))
        self._presenter.go_otherwise(method)

    def _on_typed(self, payment_id: int, _text: str) -> None:
        assert self._presenter is not None
        amount = self._fields[payment_id].value() or Money.ZERO
        self._presenter.give(payment_id, amount)

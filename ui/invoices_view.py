"""发票登记: the invoice of one receipt at the left, those of some days at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.selling.invoice_row import InvoiceRow, InvoiceState, Wanted
from ui.goods_fields_view import TextEdit, panel_button, scrolling
from ui.receipt_panel_view import ReceiptPanel
from ui.widgets.card import Card, add_hint, add_row
from ui.widgets.choice import Choice
from ui.widgets.day_edit import DayEdit
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.invoices_presenter import Invoiced, InvoicesPresenter

_TITLE = 2  # the column that takes what room is left
_ALL = "all"


def state_name(state: InvoiceState) -> str:
    return {
        InvoiceState.WANTED: _("Not issued"),
        InvoiceState.ISSUED: _("Issued"),
        InvoiceState.REVERSED: _("Reversed"),
    }[state]


class InvoicesView(ReceiptPanel):
    """Shows an InvoicesPresenter; one card at the left for what can be done next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: InvoicesPresenter | None = None
        self._none = _NoReceiptCard()
        self._form = RegisterCard()
        self._issue = _NumberCard(
            "issue", _("Invoice not issued yet"), _("Invoice number"), _("Issued  F12")
        )
        self._reverse = _NumberCard(
            "reverse", _("Invoice issued"), _("Red number"), _("Reversed  F12")
        )
        self.list = InvoiceListCard()
        self._cards = (self._none, self._form, self._issue, self._reverse)
        layout = QHBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, size("gap"), margin, size("gap"))
        layout.setSpacing(margin)
        layout.addLayout(self._own())
        layout.addWidget(self.list, 1)
        self._add_keys()

    def connect_to(self, presenter: InvoicesPresenter) -> None:
        self._presenter = presenter
        presenter.receipt_changed.connect(self._show_receipt)
        self._form.confirmed.connect(presenter.register)
        self._issue.confirmed.connect(presenter.issue)
        self._reverse.confirmed.connect(presenter.reverse)
        self.list.connect_to(presenter)

    def open(self, sale_id: int) -> None:
        """The invoice of this receipt, or why it has none."""
        assert self._presenter is not None
        self._presenter.show(sale_id)
        self.opened.emit()
        self.take_focus()

    def take_focus(self) -> None:
        assert self._presenter is not None
        self._presenter.refresh()
        self._start()

    def scan(self, code: str) -> None:
        """Another receipt."""
        assert self._presenter is not None
        self._presenter.scan(code)

    def _start(self) -> None:
        """The keys go to what is to be typed next."""
        card = self._card()
        if card is self._none:
            self.list.start()
        else:
            card.start()

    def _own(self) -> QVBoxLayout:
        """The card of the receipt, which scrolls where a screen is low."""
        cards = QWidget()
        inner = QVBoxLayout(cards)
        inner.setContentsMargins(0, 0, 0, 0)
        for card in self._cards:
            card.setFixedWidth(size("invoice"))
            inner.addWidget(card)
        inner.addStretch(1)
        area = scrolling(cards)
        area.setFixedWidth(size("invoice") + size("scroll_bar"))
        own = QVBoxLayout()
        own.setSpacing(size("gap_small"))
        own.addWidget(area, 1)
        back = panel_button("leave_invoices", _("Back  Esc"), self.left.emit)
        back.setFixedWidth(size("invoice"))
        own.addWidget(back)
        return own

    def _show_receipt(self) -> None:
        assert self._presenter is not None
        card, before = self._card(), self._shown()
        for one in self._cards:
            one.setVisible(one is card)
        if self._presenter.receipt is None:
            self._none.show_why(self._presenter.why_none)
        else:
            card.show_receipt(self._presenter.receipt)
        if card is not before and self.isVisible() and not self.list.has_keys():
            self._start()

    def _shown(self) -> Card | None:
        return next((card for card in self._cards if not card.isHidden()), None)

    def _card(self) -> _NoReceiptCard | RegisterCard | _NumberCard:
        """Of what can be done next."""
        assert self._presenter is not None
        receipt = self._presenter.receipt
        if receipt is None:
            return self._none
        if receipt.standing is None:
            return self._form
        is_wanted = receipt.standing.state is InvoiceState.WANTED
        return self._issue if is_wanted else self._reverse

    def _add_keys(self) -> None:
        keys: tuple[tuple[Qt.Key, Callable[[], object]], ...] = (
            (Qt.Key.Key_F12, lambda: self._card().confirm()),
            (Qt.Key.Key_F6, self.list.export),
            (Qt.Key.Key_Escape, self.left.emit),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)


class _ReceiptCard(Card):
    """Names the receipt, and the invoices of it that were reversed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._about = named("invoice_receipt", styled("strong", QLabel()))
        self._over = named("invoices_reversed", styled("hint", QLabel()))
        for label in (self._about, self._over):
            label.setWordWrap(True)
            self.body.addWidget(label)

    def show_receipt(self, receipt: Invoiced) -> None:
        said = _("Receipt {number}")
        if receipt.standing is None:
            said = _("Receipt {number}, {amount} left of it")
        self._about.setText(said.format(number=receipt.number, amount=receipt.left))
        told = _("Invoice {number} was reversed by {red_number}.")
        self._over.setText(
            "\n".join(
                told.format(number=one.number, red_number=one.red_number)
                for one in receipt.reversed
            )
        )
        self._over.setVisible(bool(receipt.reversed))


class _NoReceiptCard(Card):
    """Says why nothing can be registered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("No invoice for this"), parent)
        self._why = named("no_invoice", styled("strong", QLabel()), self.body)
        self._why.setWordWrap(True)
        self.hide()

    def show_why(self, words: str) -> None:
        self._why.setText(words)

    def show_receipt(self, receipt: Invoiced) -> None:
        """There is none."""

    def start(self) -> None:
        """There is nothing to type."""

    def confirm(self) -> None:
        """There is nothing to do."""


class RegisterCard(_ReceiptCard):
    """What the customer tells; the amount is all that is left unless typed over."""

    confirmed = Signal(object)  # Wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Register an invoice"), parent)
        self._title = named("invoice_title", TextEdit())
        self._tax_number = named("tax_number", TextEdit())
        self._amount = named("invoice_amount", MoneyEdit())
        self._contact = named("invoice_contact", TextEdit())
        add_row(self, _("Title"), self._title)
        add_row(self, _("Tax number"), self._tax_number)
        add_hint(self, _("A person has none."))
        add_row(self, _("Amount"), self._amount)
        add_row(self, _("Contact"), self._contact)
        add_hint(self, _("Where the invoice is sent: e-mail or phone."))
        words = _("Register  F12")
        self.body.addWidget(
            panel_button("register_invoice", words, self.confirm, role="primary")
        )
        for field in (self._title, self._tax_number):
            field.returnPressed.connect(field.focusNextChild)
        self._amount.entered.connect(lambda _amount: self._contact.setFocus())
        self._contact.returnPressed.connect(self.confirm)
        self._sale_id = 0
        self.hide()

    def show_receipt(self, receipt: Invoiced) -> None:
        """An empty form, unless it is of this receipt already."""
        super().show_receipt(receipt)
        if receipt.sale_id != self._sale_id:
            self._sale_id = receipt.sale_id
            for field in (self._title, self._tax_number, self._contact):
                field.clear()
            self._amount.show_amount(receipt.left)

    def start(self) -> None:
        self._title.setFocus()

    def confirm(self) -> None:
        self.confirmed.emit(
            Wanted(
                self._title.text(),
                self._tax_number.text(),
                self._contact.text(),
                self._amount.value(),
            )
        )


class _NumberCard(_ReceiptCard):
    """An invoice as it was registered, and the number that comes next."""

    confirmed = Signal(str)

    def __init__(
        self,
        name: str,
        title: str,
        field: str,
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._facts = named(f"{name}_facts", QLabel(), self.body)
        styled("", self._facts).setWordWrap(True)
        self._number = named(f"{name}_number", TextEdit())
        self._number.returnPressed.connect(self.confirm)
        add_row(self, field, self._number)
        self.body.addWidget(
            panel_button(f"{name}_invoice", words, self.confirm, role="primary")
        )
        self._invoice_id = 0
        self.hide()

    def show_receipt(self, receipt: Invoiced) -> None:
        super().show_receipt(receipt)
        assert receipt.standing is not None, "the card is of an invoice"
        self._facts.setText("\n".join(_facts_of(receipt.standing)))
        if receipt.standing.id != self._invoice_id:
            self._invoice_id = receipt.standing.id
            self._number.clear()

    def start(self) -> None:
        self._number.setFocus()

    def confirm(self) -> None:
        self.confirmed.emit(self._number.text())


def _facts_of(row: InvoiceRow) -> list[str]:
    facts = (
        (_("Title"), row.title),
        (_("Tax number"), row.tax_number),
        (_("Amount"), str(row.amount)),
        (_("Contact"), row.contact),
        (_("Invoice number"), row.number),
    )
    return [
        _("{name}: {value}").format(name=name, value=value)
        for name, value in facts
        if value
    ]


class InvoiceListCard(Card):
    """The invoices of some days, and their table for the tax bureau's system."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Invoices"), parent)
        self._presenter: InvoicesPresenter | None = None
        self.body.addLayout(self._days())
        states = [(state, state_name(state)) for state in InvoiceState]
        self._states = named(
            "invoice_states", Choice(_("State"), [(_ALL, _("All")), *states])
        )
        self._states.show_value(_ALL)
        self.body.addWidget(self._states)
        self._make_table()
        self.body.addWidget(self._table, 1)
        self._empty = styled("hint", named("no_invoices", QLabel()))
        self._empty.setText(_("No invoice is registered for these days."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._empty, 1)
        kinds = (("xlsx", _("Spreadsheet (XLSX)")), ("csv", _("Text (CSV)")))
        self._kind = named("invoices_kind", Choice(_("Kind of table"), kinds))
        self._kind.show_value("xlsx")
        self._kind.chosen.connect(self._on_kind)
        self.body.addWidget(self._kind)
        self.body.addLayout(self._file_row())

    def connect_to(self, presenter: InvoicesPresenter) -> None:
        self._presenter = presenter
        presenter.rows_changed.connect(self._show_rows)
        presenter.receipt_changed.connect(self._show_selected)
        presenter.busy_changed.connect(self._show_busy)
        self._first.chosen.connect(presenter.list_from)
        self._last.chosen.connect(presenter.list_to)
        self._states.chosen.connect(
            lambda state: presenter.list_only(None if state == _ALL else state)
        )

    def start(self) -> None:
        if self._table.isHidden():
            self._first.setFocus()
        else:
            self._table.setFocus()

    def has_keys(self) -> bool:
        """Whether somebody moves about in here."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def export(self) -> None:
        """Write what the list shows, to where the field says."""
        assert self._presenter is not None
        if self._path.text().strip():
            self._presenter.export(self._path.text().strip())
        else:
            self._path.setFocus()

    # --- building -------------------------------------------------------------

    def _days(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._first = described(_("First day"), named("invoices_first", DayEdit()))
        self._last = described(_("Last day"), named("invoices_last", DayEdit()))
        row.addWidget(self._first)
        styled("hint", QLabel("–"), row)
        row.addWidget(self._last)
        row.addStretch(1)
        return row

    def _make_table(self) -> None:
        columns = (
            Column[InvoiceRow](_("Date"), lambda row: f"{row.business_date:%m-%d}"),
            Column[InvoiceRow](_("Receipt"), lambda row: row.receipt),
            Column[InvoiceRow](_("Title"), lambda row: row.title),
            Column[InvoiceRow](
                _("Amount"), lambda row: row.amount.grouped, is_figure=True
            ),
            Column[InvoiceRow](_("State"), lambda row: state_name(row.state)),
        )
        self._model: RowsModel[InvoiceRow] = RowsModel(columns, self)
        table = described(_("Invoices"), named("invoices", QTableView()))
        table.setModel(self._model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("touch"))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._on_current)
        self._table = table

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._path = described(_("File"), named("invoices_path", TextEdit()))
        self._path.setMaxLength(4096)
        self._path.returnPressed.connect(self.export)
        row.addWidget(self._path, 1)
        choose = named("choose_invoices", QPushButton(_("Choose …")), row)
        choose.clicked.connect(self._on_choose)
        self._export = panel_button("export_invoices", _("Export  F6"), self.export)
        row.addWidget(self._export)
        return row

    # --- showing ----------------------------------------------------------------

    def _show_rows(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._first.show_last(presenter.today)
        self._last.show_last(presenter.today)
        self._first.show_day(presenter.first)
        self._last.show_day(presenter.last)
        with QSignalBlocker(self._table.selectionModel()):
            self._model.show_rows(presenter.rows)
        self._show_selected()
        self._table.setVisible(bool(presenter.rows))
        self._empty.setVisible(not presenter.rows)
        self._path.setText(presenter.proposed(str(self._kind.value())))

    def _show_selected(self) -> None:
        """The row of the receipt that the other card shows, if it is listed."""
        assert self._presenter is not None
        receipt = self._presenter.receipt
        ids = [row.sale_id for row in self._model.rows()]
        with QSignalBlocker(self._table.selectionModel()):
            if receipt is not None and receipt.sale_id in ids:
                self._table.selectRow(ids.index(receipt.sale_id))
            else:
                self._table.clearSelection()
        self._table.viewport().update()

    def _show_busy(self) -> None:
        assert self._presenter is not None
        self._export.setEnabled(not self._presenter.is_busy)

    # --- passing on -------------------------------------------------------------

    def _on_current(self, current: QModelIndex) -> None:
        if self._presenter is not None and current.isValid():
            self._presenter.show(self._model.row(current).sale_id)

    def _on_kind(self, kind: object) -> None:
        """The kind, and with it the ending of the file's name."""
        assert self._presenter is not None
        typed = self._path.text().strip() or self._presenter.proposed(str(kind))
        self._path.setText(str(Path(typed).with_suffix(f".{kind}")))

    def _on_choose(self) -> None:
        kind = str(self._kind.value())
        name, _filter = QFileDialog.getSaveFileName(
            self,
            _("Where to write the invoices"),
            self._path.text(),
            f"{kind.upper()} (*.{kind})",
        )
        if name:
            self._path.setText(name if Path(name).suffix else f"{name}.{kind}")

"""The panel of a tender that was booked wrongly: which one, what it was, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.correction_view import CorrectionView
from ui.widgets.named import described, named, styled
from ui.widgets.pick_table import PickTable
from ui.words import method_name

if TYPE_CHECKING:
    from ui.tender_correction_presenter import Right, TenderCorrectionPresenter


class TenderCorrectionView(CorrectionView):
    """Shows a TenderCorrectionPresenter and passes on what the cashier does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tender", _("Correct it"), _reasons(), parent)
        self._presenter: TenderCorrectionPresenter | None = None
        styled("strong", QLabel(_("Booked wrongly")), self.goods_side)
        self._tenders = named(
            "wrong_tenders",
            PickTable(
                _("Booked wrongly"), (_("Booked as"), _("Reference"), _("Amount"))
            ),
        )
        self._tenders.picked.connect(self._on_picked)
        self.goods_side.addWidget(self._tenders, 1)
        styled("strong", QLabel(_("It really was")), self.money_side)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(size("gap_tiny"))
        self.money_side.addLayout(self._choices)
        self._group = QButtonGroup(self)
        self._reference = named("right_reference", QLineEdit())
        self._reference.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._reference.setMaxLength(64)
        self._reference.setPlaceholderText(_("Phone reference (may stay empty)"))
        described(_("Reference of the phone payment"), self._reference)
        self.money_side.addWidget(self._reference)
        self.bind_keys()

    def connect_to(self, presenter: TenderCorrectionPresenter) -> None:
        self._presenter = presenter
        presenter.opened.connect(self._on_opened)
        presenter.changed.connect(self._show)
        presenter.corrected.connect(self.show_done)

    def open(self, sale_id: int) -> None:
        """For this receipt, if its shift is still open."""
        if self._presenter is not None:
            self._presenter.open(sale_id)

    def confirm(self) -> None:
        if self._presenter is not None:
            self._presenter.correct(
                self._right(), self._reference.text(), self.reason.value()
            )

    def leave(self) -> None:
        if self._presenter is not None:
            self._presenter.leave()
        super().leave()

    def first_field(self) -> QWidget:
        return self._tenders

    def _on_opened(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self.heading.setText(
            _("Correct a tender of {number}").format(number=presenter.number)
        )
        self._tenders.show_rows(
            [
                (
                    " · ".join(filter(None, (method_name(one.method), one.holder))),
                    one.reference,
                    one.net.grouped,
                )
                for one in presenter.tenders
            ]
        )
        self._make_choices()
        self._reference.clear()
        self._show()
        self.opened.emit()
        self.start()

    def _make_choices(self) -> None:
        assert self._presenter is not None
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._choices.removeWidget(old)
            old.hide()
            old.deleteLater()
        for number, right in enumerate(self._presenter.rights):
            account = right.account
            words = method_name(right.method)
            name = right.method.value
            if account is not None:
                words, name = f"{words} · {account.holder}", f"{name}_{account.id}"
            button = QPushButton(words.replace("&", "&&"))
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._choices.addWidget(named(f"right_{name}", button))

    def _right(self) -> Right | None:
        assert self._presenter is not None
        number = self._group.checkedId()
        return self._presenter.rights[number] if number >= 0 else None

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        wrong = presenter.wrong
        number = presenter.tenders.index(wrong) if wrong is not None else -1
        self._tenders.show_picked(number)

    def _on_picked(self, number: int) -> None:
        if self._presenter is not None:
            self._presenter.choose(self._presenter.tenders[number])


def _reasons() -> tuple[str, ...]:
    return (
        _("Wrong key"),
        _("Customer paid otherwise"),
        _("Wrong account"),
    )

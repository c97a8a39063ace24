"""The refund panel: what comes back of a receipt, and what is handed back for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.i18n import _
from ui.backs_view import BacksView
from ui.correction_view import CorrectionView, scrolling
from ui.return_lines_view import ReturnLinesView

if TYPE_CHECKING:
    from ui.refund_presenter import RefundPresenter


class RefundView(CorrectionView):
    """Shows a RefundPresenter and passes on what the cashier does."""

    till_wanted = Signal()  # the chosen goods pay for others there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("refund", _("Give back"), _reasons(), parent)
        self._presenter: RefundPresenter | None = None
        self._lines = ReturnLinesView()
        self.goods_side.addWidget(scrolling(self._lines), 1)
        self._backs = BacksView()
        self.money_side.addWidget(self._backs)
        self.add_button("everything", _("Everything back"), "F3", self._on_everything)
        self.add_button("exchange", _("Exchange"), "F7", self._on_exchange)
        self.bind_keys()

    def connect_to(self, presenter: RefundPresenter) -> None:
        self._presenter = presenter
        self._lines.connect_to(presenter)
        self._backs.connect_to(presenter)
        presenter.opened.connect(self._on_opened)
        presenter.corrected.connect(self.show_done)
        presenter.exchanged.connect(self._on_exchanged)

    def open(self, sale_id: int) -> None:
        """For this receipt, if it is one that can be refunded."""
        if self._presenter is not None:
            self._presenter.open(sale_id)

    def scan(self, code: str) -> None:
        """One more of these goods comes back."""
        if self._presenter is not None and not self.is_done:
            self._presenter.scan(code)

    def confirm(self) -> None:
        if self._presenter is not None:
            self._presenter.give_back(self.reason.value())

    def leave(self) -> None:
        if self._presenter is not None:
            self._presenter.leave()
        super().leave()

    def first_field(self) -> QWidget:
        return self._lines.first_field() or super().first_field()

    def _on_opened(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self.heading.setText(_("Refund of {number}").format(number=presenter.number))
        self.show_notices(presenter.notices)
        self.opened.emit()
        self.start()

    def _on_everything(self) -> None:
        if self._presenter is not None:
            self._presenter.choose_everything()

    def _on_exchange(self) -> None:
        if self._presenter is not None:
            self._presenter.exchange(self.reason.value())

    def _on_exchanged(self) -> None:
        self.left.emit()
        self.till_wanted.emit()


def _reasons() -> tuple[str, ...]:
    return (
        _("Not fresh"),
        _("Damaged"),
        _("Wrong goods"),
        _("Not wanted"),
        _("Typed wrongly"),
    )

"""The panel of goods that come back without a receipt, beside the open basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from models.i18n import _
from models.kinds import Method
from ui.correction_view import CorrectionView
from ui.widgets.choice import Choice
from ui.widgets.named import named, styled
from ui.words import method_name

if TYPE_CHECKING:
    from ui.return_presenter import ReturnPresenter


class ReturnView(CorrectionView):
    """Shows a ReturnPresenter and passes on what the cashier does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("return", _("Give back"), _reasons(), parent)
        self._presenter: ReturnPresenter | None = None
        self.heading.setText(_("Refund without a receipt"))
        self.heading.setWordWrap(True)
        self.explain(
            _("The goods of the basket come back, at today's price, to the shelf.")
        )
        styled("hint", QLabel(_("To hand back")), self.money_side)
        self._amount = named("return_amount", styled("change-due", QLabel()))
        self.money_side.addWidget(self._amount)
        options = [
            (method.value, method_name(method))
            for method in (Method.CASH, Method.TRANSFER)
        ]
        self._way = named("return_way", Choice(_("How it goes back"), options))
        self._way.chosen.connect(self._on_way)
        self.money_side.addWidget(self._way)

    def connect_to(self, presenter: ReturnPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.corrected.connect(self.show_done)

    def refresh(self) -> None:
        """The panel is shown."""
        self._show()
        self.start()

    def confirm(self) -> None:
        if self._presenter is not None:
            self._presenter.give_back(self.reason.value())

    def leave(self) -> None:
        if self._presenter is not None:
            self._presenter.leave()
        super().leave()

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._amount.setText(str(presenter.amount))
        self._amount.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._way.show_value(presenter.method.value)

    def _on_way(self, value: object) -> None:
        assert self._presenter is not None
        self._presenter.choose(Method(str(value)))


def _reasons() -> tuple[str, ...]:
    return (
        _("Not fresh"),
        _("Damaged"),
        _("Receipt lost"),
        _("Bought at another stall of ours"),
    )

"""The panel of goods that come back without a receipt: the open basket, backwards."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from models.cart import Cart
from models.errors import EmptyBasket
from models.i18n import _
from models.kinds import Method
from models.money import Money
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.selling import baskets, refunds
from models.selling.baskets import SavedBasket
from ui.acting import deciding
from ui.corrected import Corrected
from ui.panel import Panel
from ui.presenter import Presenter
from ui.till_presenter import TillPresenter
from ui.words import method_name


class ReturnPresenter(Presenter):
    changed = Signal()
    corrected = Signal(Corrected)  # once it is on disk
    paper_wanted = Signal()  # after the screen: the drawer, then the paper

    def __init__(self, till: TillPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._till = till
        self.method = Method.CASH
        till.cart_changed.connect(self.changed)

    @property
    def amount(self) -> Money:
        """What these goods bring back today."""
        return refunds.due_without_receipt(self._till.cart, self.method)

    def ask(self) -> None:
        """Show the panel, for a basket that holds what came back."""
        with self.telling_errors():
            self._till.desk.seat()
            if not self._till.cart.lines:
                raise EmptyBasket
            self.method = Method.CASH
            self._till.show_panel(Panel.RETURN)

    def choose(self, method: Method) -> None:
        """Cash or a transfer."""
        self.method = method
        self.changed.emit()

    def give_back(self, reason: str, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Store it, once; the basket is empty afterwards."""
        till = self._till
        if till.panel is not Panel.RETURN or not till.cart.lines:
            return
        with self.telling_errors(partial(self.give_back, reason), approvals):
            cart, method, seat = till.cart, self.method, till.desk.seat()
            with deciding(till.desk.database) as (session, here):
                done = refunds.refund_without_receipt(
                    session, cart, method, reason, seat, at=here.at, approvals=approvals
                )
                nothing = SavedBasket(Cart(cart.uuid), (), False, here.at)  # noqa: FBT003  # no payment is open
                baskets.save_open(session, here.till_id, here.staff_id, nothing)
            till.desk.note(here.at)
            till.start_over()
            title = _("Refunded: {number}").format(number=done.number)
            way = f"{method_name(method)}  {done.amount}"
            self.corrected.emit(Corrected(title, done.amount, (way,)))
            self.paper_wanted.emit()
            self.told.emit(title)

    def leave(self) -> None:
        self._till.leave_panel()

"""The payment panel's state: what was handed over, until the sale is on disk."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from models import clock, errors
from models.cart import Bill, Cart, Tender
from models.i18n import _
from models.kinds import BuyerKind, Method
from models.money import Money
from models.people import permits
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.selling import baskets
from models.selling.account_row import AccountRow
from models.selling.baskets import SavedBasket
from models.selling.late_entries import Slip
from models.selling.refusals import DealsChanged, TendersRefused
from models.selling.sold import Sold
from models.written import tidy_field
from ui.credit import Credit
from ui.desk import Desk
from ui.errands import Errand, Exchange, LateSale, Outcome, Plain
from ui.panel import Panel
from ui.presenter import Presenter
from ui.till_presenter import TillPresenter


class PaymentPresenter(Presenter):
    bill_changed = Signal()
    choice_wanted = Signal(object, object)  # the accounts to choose from, the method
    sale_completed = Signal(object)  # Sold, once it is on disk
    errand_changed = Signal(str)  # what the basket is sold for; "": simply paid

    def __init__(self, till: TillPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._till = till
        self.bill = Bill(Money.ZERO, till.desk.till.outlet.rounding)
        self.sold: Sold | None = None
        self.remarks: tuple[str, ...] = ()  # what is told beside the sale
        self.errand: Errand = Plain()
        self.was_restored = False  # tenders from before a crash: check them first
        self.failed.connect(till.refused)

    @property
    def desk(self) -> Desk:
        return self._till.desk

    @property
    def buyer_kind(self) -> BuyerKind:
        return self._till.cart.buyer_kind or self.desk.till.outlet.buyer_kind

    # --- coming and going -----------------------------------------------------

    def start(self) -> None:
        """Open the panel for the basket; the tenders so far are kept."""
        with self.telling_errors():
            if self._till.panel is Panel.PAYMENT:
                return
            self.desk.seat()
            if not self._till.cart.lines:
                raise errors.EmptyBasket
            if self._awaits_slip():
                self._ask_slip()
                return
            self.was_restored = False
            self._till.promote()
            self._set_bill(self.errand.begin(self.desk.bill(self._till.cart)))
            self._till.show_panel(Panel.PAYMENT)
            if self.bill.is_settled and not self.bill.tenders:  # everything was free
                self._complete()

    def leave(self) -> None:
        """Back to the goods; what was handed over must be handed back first."""
        with self.telling_errors():
            if _handed_over(self.bill):
                self.failed.emit(
                    _("Take back what was handed over before leaving the payment.")
                )
                return
            self._save(self.bill, was_paying=False)
            self._till.show_panel(Panel.GOODS)
            if isinstance(self.errand, LateSale):
                self._set_errand(Plain())

    def restore(self, saved: SavedBasket) -> None:
        """Open the panel as it was before the till stopped (RULINGS.md: ask first)."""
        self.was_restored = True
        self.bill = baskets.bill_of(saved, self.desk.bill(saved.cart))
        self._till.show_panel(Panel.PAYMENT)
        self.bill_changed.emit()
        self.failed.emit(_("The money may be here already: check what arrived first."))

    def start_next(self) -> None:
        """The next customer; the change due leaves the screen."""
        if self._till.panel is Panel.PAID:
            self._till.show_panel(Panel.GOODS)

    # --- paying ---------------------------------------------------------------

    def pay_cash(self, handed_over: Money | None = None) -> None:
        """Cash; nothing typed is exactly what is due in cash.

        A settled bill that could not be stored is stored now instead.
        """
        if self._till.panel is not Panel.PAYMENT:
            return
        with self.telling_errors():
            if not self.bill.is_settled:
                handed = self.bill.due_in_cash if handed_over is None else handed_over
                self._set_bill(self.bill.take_cash(handed))
            self._complete_if_settled()

    def pay_phone(
        self, method: Method, amount: Money | None = None, reference: str = ""
    ) -> None:
        """A phone paid; with several accounts the cashier chooses one."""
        if self._till.panel is not Panel.PAYMENT:
            return
        with self.telling_errors():
            found = self.accounts_for(method)
            if not found:
                raise errors.NoAccount
            if len(found) > 1:
                self.choice_wanted.emit(found, method)
                return
            self.pay_into(found[0].id, method, amount, reference)

    def pay_into(
        self, account_id: int, method: Method, amount: Money | None, reference: str
    ) -> None:
        """A phone paid into this account; no amount is all that is due."""
        if self._till.panel is not Panel.PAYMENT:
            return
        with self.telling_errors():
            paid = self.bill.due if amount is None else amount
            said = tidy_field(reference, _("Reference of the phone payment"))
            self._set_bill(self.bill.take_phone(method, paid, account_id, said))
            self._complete_if_settled()

    def take_back(self) -> None:
        """Undo the last tender."""
        with self.telling_errors():
            if _handed_over(self.bill):
                self._set_bill(self.bill.take_back())

    def sell_to(self, kind: BuyerKind) -> None:
        """Whether a person or a unit (单位) buys; the tenders stay as they are."""
        with self.telling_errors():
            self._till.cart = self._till.cart.sell_to(kind)
            self._set_bill(self.bill)

    def accounts_for(self, method: Method) -> list[AccountRow]:
        return [account for account in self.desk.accounts if account.takes(method)]

    # --- what the basket is sold for -------------------------------------------

    def exchange(self, credit: Credit) -> None:
        """换货: from now on these goods pay first. Raises PaymentOpen."""
        self._refuse_half_paid()
        self._set_errand(Exchange(credit))

    def enter_slips(self) -> None:
        """补录: the basket was sold on paper; its slip is asked for first."""
        with self.telling_errors():
            self._refuse_half_paid()
            self.desk.seat()
            self._set_errand(LateSale())
            self._till.show_panel(Panel.SLIP if self._till.cart.lines else Panel.GOODS)

    def enter_slip(self, slip: Slip) -> None:
        """The paper says this; now its tenders are taken."""
        self._set_errand(LateSale(slip))
        self.start()

    def drop_errand(self) -> None:
        """The basket is simply sold; nothing of an exchange was stored yet."""
        with self.telling_errors():
            self._refuse_half_paid()
            self._set_errand(Plain())
            if self._till.panel is Panel.SLIP:
                self._till.show_panel(Panel.GOODS)

    @property
    def goes_back(self) -> Money:
        """What the customer gets beside the goods (换货)."""
        return self.errand.goes_back(self.bill)

    @property
    def last_slip(self) -> Slip | None:
        """The one that was entered before."""
        return self.errand.last if isinstance(self.errand, LateSale) else None

    def _awaits_slip(self) -> bool:
        return isinstance(self.errand, LateSale) and self.errand.slip is None

    def _ask_slip(self) -> None:
        """What is typed there already stays."""
        if self._till.panel is not Panel.SLIP:
            self._till.show_panel(Panel.SLIP)

    def _refuse_half_paid(self) -> None:
        if self._till.panel is Panel.PAYMENT:
            raise errors.PaymentOpen

    def _set_errand(self, errand: Errand) -> None:
        self.errand = errand
        self.errand_changed.emit(errand.words)

    def _end_errand(self) -> None:
        """It is done; after a paper slip comes the next one."""
        done = self.errand
        if isinstance(done, LateSale):
            self._set_errand(LateSale(last=done.slip))
        else:
            self._set_errand(Plain())

    # --- on disk --------------------------------------------------------------

    def _set_bill(self, bill: Bill) -> None:
        """The tenders are on disk before they are on screen."""
        self._save(bill, was_paying=True)
        self.bill = bill
        self.bill_changed.emit()

    def _save(self, bill: Bill, *, was_paying: bool) -> None:
        self._save_basket(self._till.cart, bill, was_paying=was_paying)

    def _save_basket(self, cart: Cart, bill: Bill, *, was_paying: bool) -> None:
        self._till.save(
            SavedBasket(
                cart, _kept(bill), was_paying=was_paying, changed_at=clock.now()
            )
        )

    def _promote_anew(self) -> None:
        """What was promised holds no more: a new total, and the money against it.

        What does not fit any more has to be handed back, and is told.
        """
        self.desk.reload()
        cart = self.desk.promote(self._till.cart)
        bill = self.errand.begin(self.desk.bill(cart))
        bill, refused = _taken_again(_kept(self.bill), bill)
        self._save_basket(cart, bill, was_paying=True)
        self._till.show_cart(cart)
        self.bill = bill
        self.bill_changed.emit()
        if refused:
            raise TendersRefused(Money.sum(tender.tendered for tender in refused))

    def _complete_if_settled(self) -> None:
        if self.bill.is_settled:
            self._complete()

    def _complete(self, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Commit, then screen; drawer and paper follow the signal (TRUST.md A4)."""
        with self.telling_errors(self._complete, approvals):
            at = clock.now()
            try:
                outcome = self._store(at, approvals)
            except errors.AlreadySold:  # its number is told; nothing is left to sell
                self._till.show_panel(Panel.GOODS)
                self._till.start_over()
                self._end_errand()
                raise
            except DealsChanged:
                self._promote_anew()
                raise
            self.sold, self.remarks = outcome.sold, outcome.remarks
            self.desk.note(at)
            self._till.show_panel(Panel.PAID)
            self._till.start_over()
            self._end_errand()
            self.sale_completed.emit(self.sold)

    def _store(self, at: datetime, approvals: Approvals) -> Outcome:
        """As what the basket is sold for wants it, in one transaction."""
        cart, bill, seat = self._till.cart, self.bill, self.desk.seat()
        with (
            permits.deciding(self.desk.database, self.desk.where(at)),
            self.desk.database.write() as session,
        ):
            return self.errand.store(
                session, cart, bill, seat, at=at, approvals=approvals
            )


def _handed_over(bill: Bill) -> bool:
    """Whether anything was paid yet but with goods that came back."""
    return bool(_kept(bill))


def _kept(bill: Bill) -> tuple[Tender, ...]:
    """What a crash must not lose; an exchange begins anew at its receipt."""
    return tuple(one for one in bill.tenders if one.method is not Method.EXCHANGE)


def _taken_again(tenders: tuple[Tender, ...], bill: Bill) -> tuple[Bill, list[Tender]]:
    """The bill with what fits of the tenders, in their order, and what does not."""
    refused = []
    for tender in tenders:
        try:
            bill = baskets.take_again(bill, tender)
        except errors.PosError:
            refused.append(tender)
    return bill, refused

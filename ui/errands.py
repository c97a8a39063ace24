"""What a basket is sold for, where it is not simply paid: 换货 and 补录."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from models import clock
from models.cart import Bill, Cart
from models.errors import EmptyBasket
from models.i18n import _
from models.kinds import Method
from models.money import Money
from models.people.deeds import Approvals
from models.selling import giving_back, late_entries, refunds, returns, sales
from models.selling.giving_back import Back, Refunded
from models.selling.late_entries import Slip
from models.selling.refunds import Refund
from models.selling.remaining import Left, left_of
from models.selling.seat import Seat
from models.selling.sold import Sold
from ui.correction_presenter import red_words
from ui.credit import Credit
from ui.words import method_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sale on disk, and what else the cashier is told or hands back."""

    sold: Sold
    remarks: tuple[str, ...] = ()


class Errand(Protocol):
    """How the basket becomes a sale; ``words`` stand over it until then."""

    @property
    def words(self) -> str: ...

    def begin(self, bill: Bill) -> Bill:
        """The bill as the payment starts with it."""

    def goes_back(self, bill: Bill) -> Money:
        """What the customer gets beside the goods."""

    def store(
        self,
        session: Session,
        cart: Cart,
        bill: Bill,
        seat: Seat,
        *,
        at: datetime,
        approvals: Approvals,
    ) -> Outcome:
        """All of it in this transaction. Raises what its operation raises."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A sale."""

    words: str = ""

    def begin(self, bill: Bill) -> Bill:
        return bill

    def goes_back(self, bill: Bill) -> Money:
        del bill
        return Money.ZERO

    def store(  # as every errand
        self,
        session: Session,
        cart: Cart,
        bill: Bill,
        seat: Seat,
        *,
        at: datetime,
        approvals: Approvals,
    ) -> Outcome:
        return Outcome(
            sales.complete_sale(session, cart, bill, seat, at=at, approvals=approvals)
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """换货: goods of an earlier receipt pay, as far as they go."""

    credit: Credit

    @property
    def words(self) -> str:
        said = _("Exchange: {amount} of {number} pay for these goods")
        return said.format(amount=self.credit.due, number=self.credit.number)

    def begin(self, bill: Bill) -> Bill:
        """Raises EmptyBasket for goods that cost nothing."""
        if not bill.due:
            raise EmptyBasket
        return bill.take_exchange(min(self.credit.due, bill.due))

    def goes_back(self, bill: Bill) -> Money:
        return self.credit.due - _paid(bill)

    def store(  # as every errand
        self,
        session: Session,
        cart: Cart,
        bill: Bill,
        seat: Seat,
        *,
        at: datetime,
        approvals: Approvals,
    ) -> Outcome:
        credit = self.credit
        left = left_of(session, credit.sale_id)
        due = returns.due_back(left, credit.returns)
        backs = giving_back.for_exchange(left, due, _paid(bill), credit.otherwise)
        refund = Refund(
            credit.sale_id, credit.returns, backs, credit.reason, credit.uuid
        )
        refunded, sold = refunds.exchange(
            session, refund, cart, bill, seat, at=at, approvals=approvals
        )
        return Outcome(sold, _remarks(left, backs, refunded))


def _paid(bill: Bill) -> Money:
    """With the goods that came back."""
    return Money.sum(x.net for x in bill.tenders if x.method is Method.EXCHANGE)


def _remarks(
    left: Left, backs: tuple[Back, ...], refunded: Refunded
) -> tuple[str, ...]:
    """What is handed back beside the goods, and what the document is called."""
    said = [_("Goods taken back: {number}").format(number=refunded.number)]
    for back in backs:
        if back.method is not Method.EXCHANGE:
            method = back.method or giving_back.tender_of(left, back.payment_id).method
            words = _("Give back {amount}: {method}")
            said.append(words.format(amount=back.amount, method=method_name(method)))
    return tuple(filter(None, (*said, red_words(refunded.red_invoice))))


@dataclass(frozen=True, slots=True)
class LateSale:
    """补录: sold on paper, at its own time; without a slip the next one is awaited."""

    slip: Slip | None = None
    last: Slip | None = None  # what was entered before it

    @property
    def words(self) -> str:
        if self.slip is None:
            return _("Paper slips: enter the goods of the next one, then F12")
        said = _("Paper slip {number}, sold at {time}")
        at = clock.local(self.slip.happened_at)
        return said.format(number=self.slip.number, time=f"{at:%m-%d %H:%M}")

    def begin(self, bill: Bill) -> Bill:
        return bill

    def goes_back(self, bill: Bill) -> Money:
        del bill
        return Money.ZERO

    def store(  # as every errand
        self,
        session: Session,
        cart: Cart,
        bill: Bill,
        seat: Seat,
        *,
        at: datetime,
        approvals: Approvals,
    ) -> Outcome:
        assert self.slip is not None
        sold = late_entries.enter_late(
            session, cart, bill, seat, self.slip, at=at, approvals=approvals
        )
        words = _("Paper slip {number} is entered.")
        return Outcome(sold, (words.format(number=self.slip.number),))

"""Taking something off the basket: a line, a price, all of it, or 议价."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from models import clock
from models.cart import Cart, CartLine
from models.discounts import Discount, amount_off, percent_off
from models.errors import FigureMissing, PosError, TooMuchOff
from models.i18n import _, translator
from models.kinds import DiscountKind
from models.money import Money
from models.people import permits
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.people.refusals import ReasonMissing
from models.quantity import Unit, price_per_kg
from models.selling import discounting
from models.written import tidy_field
from ui.panel import Panel
from ui.presenter import Presenter
from ui.take_off import Outlook, TakeOff
from ui.till_presenter import TillPresenter

Figure = Money | int  # an amount, or hundredths of a per cent


class DiscountPresenter(Presenter):
    changed = Signal()  # another line, or another basket

    def __init__(self, till: TillPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._till = till
        till.line_selected.connect(self._on_changed)
        self.failed.connect(till.refused)

    # --- what there is --------------------------------------------------------

    @property
    def line(self) -> CartLine:
        """The one that the panel speaks of: it is open only while there is one."""
        return self._till.cart.lines[self._till.selected]

    @property
    def is_weighed(self) -> bool:
        """Whether a price is one per weight, in the shop's unit."""
        return self.line.item.unit is Unit.GRAM

    @property
    def discount(self) -> Discount | None:
        """What is taken off all of it."""
        return self._till.cart.discount

    def reasons(self) -> tuple[str, ...]:
        """What is said often, in the shop's language; the last one is that of 议价."""
        _ = translator(self._till.desk.settings.language)
        return (
            _("Near its date"),
            _("Damaged"),
            _("Regular customer"),
            _("Buys a lot"),
            _("Wrong label"),
            _("Bargained"),
        )

    def look_ahead(self, kind: TakeOff, figure: Figure | None) -> Outlook:
        """What the basket would come to."""
        before = self._till.cart.total
        if figure is None:
            return Outlook(before, before)
        try:
            after = self._till.desk.promote(self._with(kind, figure, ""))
            return Outlook(before, after.total)
        except PosError as error:
            return Outlook(before, before, str(error))

    # --- giving and taking back -----------------------------------------------

    def give(
        self,
        kind: TakeOff,
        figure: Figure | None,
        reason: str,
        approvals: Approvals = NOTHING_APPROVED,
    ) -> None:
        """Take it off; what is above the person's limit is asked for on the spot."""
        approvals = {**self._till.approvals, **approvals}
        with self.telling_errors(partial(self.give, kind, figure, reason), approvals):
            if figure is None:
                raise FigureMissing
            said = tidy_field(reason, _("Reason"))
            if not said:
                raise ReasonMissing
            cart = self._with(kind, figure, said)
            self._ask(cart, approvals)
            self._till.take_off(cart)
            self._till.approve(approvals)

    def take_back(self, kind: TakeOff) -> None:
        """What was given of this kind, so that the old price holds again."""
        with self.telling_errors():
            cart, index = self._till.cart, self._till.selected
            if kind is TakeOff.PRICE:
                cart = cart.restore_price(index)
            elif kind.is_of_line:
                cart = cart.discount_line(index, None)
            else:
                cart = cart.discount_all(None)
            self._till.take_off(cart)

    def _ask(self, cart: Cart, approvals: Approvals) -> None:
        """Raises NotPermitted, ShiftClosed; it is asked again when the basket is paid.

        So a customer hears no promise that nobody may keep.
        """
        desk, at = self._till.desk, clock.now()
        desk.seat()
        with (
            permits.deciding(desk.database, desk.where(at)),
            desk.database.read() as session,
        ):
            discounting.check(session, cart, desk.where(at), approvals)

    def _with(self, kind: TakeOff, figure: Figure, reason: str) -> Cart:
        """The basket with it. Raises WrongAmount, AmountTooLarge."""
        cart, index = self._till.cart, self._till.selected
        if kind is TakeOff.PRICE:
            return cart.change_price(index, self._price(_money(figure)), reason)
        if not figure and kind is not TakeOff.BARGAIN:
            raise FigureMissing
        if kind is TakeOff.BARGAIN:
            return cart.agree(_money(figure), reason)
        whole = self.line.gross if kind.is_of_line else cart.subtotal
        given = _discount(kind, figure, whole, reason)
        if kind.is_of_line:
            return cart.discount_line(index, given)
        return cart.discount_all(given)

    def _price(self, typed: Money) -> Money:
        """Per piece or per kilogram; it is typed per unit of weight as it is shown."""
        if self.is_weighed:
            return price_per_kg(typed, self._till.desk.settings.weight_unit)
        return typed

    def _on_changed(self) -> None:
        if self._till.panel is Panel.DISCOUNT and self._till.selected >= 0:
            self.changed.emit()


def _money(figure: Figure) -> Money:
    assert isinstance(figure, Money)
    return figure


def _discount(kind: TakeOff, figure: Figure, whole: Money, reason: str) -> Discount:
    """Raises TooMuchOff for more than there is."""
    scope = DiscountKind.LINE if kind.is_of_line else DiscountKind.ORDER
    if isinstance(figure, int):
        return percent_off(scope, figure, reason)
    if figure > whole:
        raise TooMuchOff(whole)
    return amount_off(scope, figure, reason)

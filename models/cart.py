"""The basket: pure values that become a sale when they are paid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from models import errors
from models.discounts import Deal, Discount, amount_off
from models.ids import new_uuid
from models.kinds import BuyerKind, DiscountKind, Method, PriceReason, RoundingRule
from models.money import Money
from models.quantity import Quantity, Unit, grams_for, price_of

_MOST = Money(999_999_999)


@dataclass(frozen=True, slots=True)
class Item:
    """A product as it can be sold right now: its name, origin and prices."""

    product_id: int
    sku: str
    name: str
    name_en: str
    county: str  # empty: 非帮扶 or a gift box
    county_en: str
    county_code: str
    unit: Unit
    list_price: Money  # per piece, per pack or per kilogram
    price: Money  # what is asked now
    reason: PriceReason = PriceReason.NONE
    pack_size: int = 1
    barcode: str = ""


@dataclass(frozen=True)  # no slots: what it comes to is worked out once
class CartLine:
    """So many of an item; ``fixed_total`` where an amount was typed or printed."""

    item: Item
    count: int  # pieces, packs or grams
    fixed_total: Money | None = None
    price_before: Money | None = None  # what was asked before 改价
    price_note: str = ""  # why
    reason_before: PriceReason = PriceReason.NONE  # of what was asked before 改价
    discount: Discount | None = None

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.count, self.item.unit)

    @property
    def pieces(self) -> int:
        """Pieces or grams that leave the shelf."""
        return self.count * self.item.pack_size

    @cached_property
    def gross(self) -> Money:
        """At the price asked, before a discount."""
        if self.fixed_total is not None:
            return self.fixed_total
        return price_of(self.item.price, self.quantity)

    @property
    def discounted(self) -> Money:
        """What its own discount takes off."""
        return Money.ZERO if self.discount is None else self.discount.off(self.gross)

    @property
    def repriced(self) -> Money:
        """What 改价 takes off; negative where the price was raised."""
        if self.price_before is None:
            return Money.ZERO
        return price_of(self.price_before, self.quantity) - self.gross

    @cached_property
    def total(self) -> Money:
        """Before what is taken off the whole basket."""
        return self.gross - self.discounted

    @cached_property
    def list_total(self) -> Money:
        """At the list price; rounding alone never takes it below what is asked."""
        if self.fixed_total is not None and self.item.price == self.item.list_price:
            return self.fixed_total
        return max(price_of(self.item.list_price, self.quantity), self.gross)

    def joins(self, other: CartLine) -> bool:
        """Whether both are the same thing at the same price; weighings stay apart."""
        return (
            self.item == other.item
            and self.item.unit is Unit.PIECE
            and self.fixed_total is None
            and other.fixed_total is None
            and self.discount is None
            and other.discount is None
            and self.price_before == other.price_before
        )


def weighed(item: Item, grams: int) -> CartLine:
    """So many grams of the item. Raises WrongQuantity."""
    if item.unit is not Unit.GRAM:
        raise errors.WholePiecesOnly(item.name)
    return _checked(CartLine(item, grams))


def counted(item: Item, count: int) -> CartLine:
    """So many pieces or packs of the item. Raises WrongQuantity."""
    assert item.unit is Unit.PIECE
    return _checked(CartLine(item, count))


def for_amount(
    item: Item, amount: Money, reason: PriceReason = PriceReason.NONE
) -> CartLine:
    """来20块钱的: the amount is the line's total and the grams follow from it.

    Raises WholePiecesOnly for goods sold by the piece, WrongQuantity if the amount buys
    less than a gram or the item costs nothing.
    """
    if item.unit is not Unit.GRAM:
        raise errors.WholePiecesOnly(item.name)
    if item.price <= Money.ZERO:
        raise errors.WrongQuantity
    grams = grams_for(amount, item.price)
    item = replace(item, reason=reason) if reason else item
    return _checked(CartLine(item, grams, fixed_total=amount))


def as_printed(item: Item, grams: int, amount: Money) -> CartLine:
    """What a label says in both: its amount is the total, whatever the grams cost now.

    Raises WholePiecesOnly, WrongQuantity.
    """
    if item.unit is not Unit.GRAM:
        raise errors.WholePiecesOnly(item.name)
    if amount <= Money.ZERO:
        raise errors.WrongQuantity
    item = replace(item, reason=PriceReason.LABEL)
    return _checked(CartLine(item, grams, fixed_total=amount))


def _unlabelled(item: Item, reason: PriceReason) -> PriceReason:
    """Why the price is as it is, once a label's amount has given way."""
    if reason is not PriceReason.LABEL:
        return reason
    is_event = item.price != item.list_price
    return PriceReason.EVENT if is_event else PriceReason.NONE


def _checked(line: CartLine) -> CartLine:
    if line.count <= 0:
        raise errors.WrongQuantity
    return line


@dataclass(frozen=True)  # as a line
class Cart:
    """What one customer takes. Its UUID becomes the sale's, so it is sold once."""

    uuid: str = field(default_factory=new_uuid)
    lines: tuple[CartLine, ...] = ()
    buyer_kind: BuyerKind | None = None  # None: the outlet's own
    discount: Discount | None = None  # on all of it
    deals: tuple[Deal, ...] = ()  # what promotions take off these lines

    @property
    def subtotal(self) -> Money:
        """After the lines' own discounts and promotions."""
        goods = Money.sum(line.total for line in self.lines)
        return goods - Money.sum(deal.amount for deal in self.deals)

    @property
    def discounted(self) -> Money:
        """What the discount on all of it takes off."""
        return Money.ZERO if self.discount is None else self.discount.off(self.subtotal)

    @cached_property
    def total(self) -> Money:
        return self.subtotal - self.discounted

    @cached_property
    def list_total(self) -> Money:
        return Money.sum(line.list_total for line in self.lines)

    @property
    def items(self) -> int:
        """Pieces and packs, each weighing counted as one."""
        return sum(1 if line.quantity.is_weight else line.count for line in self.lines)

    def add(self, line: CartLine) -> tuple[Cart, int]:
        """The basket with the line in it, joined to an equal one, and where it is."""
        for index, present in enumerate(self.lines):
            if present.joins(line):
                joined = replace(present, count=present.count + line.count)
                return self._with(index, joined), index
        lines = (*self.lines, line)
        return self._of(lines), len(lines) - 1

    def set_count(self, index: int, count: int) -> Cart:
        """Change a line's pieces, packs or grams; a typed amount gives way.

        Raises WrongQuantity.
        """
        line = replace(self.lines[index], count=count, fixed_total=None)
        item = replace(line.item, reason=_unlabelled(line.item, line.item.reason))
        return self._with(index, _checked(replace(line, item=item)))

    def remove(self, index: int) -> Cart:
        return self._of(self.lines[:index] + self.lines[index + 1 :])

    def change_price(self, index: int, price: Money, reason: str) -> Cart:
        """改价: another price for this line alone; a typed amount gives way.

        Raises WrongAmount below nothing, AmountTooLarge.
        """
        if price < Money.ZERO:
            raise errors.WrongAmount
        line = self.lines[index]
        if line.price_before is None:
            why = _unlabelled(line.item, line.item.reason)
            line = replace(line, price_before=line.item.price, reason_before=why)
        item = replace(line.item, price=price, reason=PriceReason.CHANGED)
        changed = replace(line, item=item, fixed_total=None, price_note=reason)
        return self._with(index, changed)

    def restore_price(self, index: int) -> Cart:
        """改价 is taken back: what was asked before is asked again."""
        line = self.lines[index]
        if line.price_before is None:
            return self
        item = replace(line.item, price=line.price_before, reason=line.reason_before)
        plain = PriceReason.NONE
        restored = replace(
            line, item=item, price_before=None, price_note="", reason_before=plain
        )
        return self._with(index, restored)

    def discount_line(self, index: int, discount: Discount | None) -> Cart:
        """Something off this line; None takes it back."""
        assert discount is None or discount.kind is DiscountKind.LINE
        return self._with(index, replace(self.lines[index], discount=discount))

    def discount_all(self, discount: Discount | None) -> Cart:
        """Something off the basket as it is and as it grows; None takes it back."""
        assert discount is None or discount.kind is DiscountKind.ORDER
        return replace(self, discount=discount)

    def agree(self, total: Money, reason: str) -> Cart:
        """议价: this basket for so much; it holds until a line changes.

        Raises NotLess unless that is less than what was asked.
        """
        if not Money.ZERO <= total < self.subtotal:
            raise errors.NotLess(self.subtotal)
        off = amount_off(DiscountKind.BARGAIN, self.subtotal - total, reason)
        return replace(self, discount=off)

    def with_deals(self, deals: tuple[Deal, ...]) -> Cart:
        """With what promotions take off these lines, and nothing else of that kind.

        Where they take off something else than before, what was agreed holds no more.
        """
        if deals == self.deals:
            return self
        return replace(self, discount=self._kept_discount(), deals=deals)

    def sell_to(self, buyer_kind: BuyerKind) -> Cart:
        return replace(self, buyer_kind=buyer_kind)

    def _with(self, index: int, line: CartLine) -> Cart:
        return self._of((*self.lines[:index], line, *self.lines[index + 1 :]))

    def _of(self, lines: tuple[CartLine, ...]) -> Cart:
        """Other lines: what was agreed or promised for the old ones holds no more."""
        # An empty basket is nobody's any more: what was given with it goes too.
        discount = self._kept_discount() if lines else None
        cart = replace(self, lines=lines, discount=discount, deals=())
        if cart.list_total > _MOST:
            raise errors.AmountTooLarge
        return cart

    def _kept_discount(self) -> Discount | None:
        """What stays when the basket costs something else: all but 议价."""
        if self.discount is None or self.discount.kind is DiscountKind.BARGAIN:
            return None
        return self.discount


# --- paying -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tender:
    """One thing that was handed over; only cash has change."""

    method: Method
    tendered: Money
    change: Money = Money.ZERO
    account_id: int | None = None
    reference: str = ""

    @property
    def net(self) -> Money:
        return self.tendered - self.change


@dataclass(frozen=True)  # as a line
class Bill:
    """What a basket comes to and what was handed over so far."""

    total: Money
    rule: RoundingRule
    tenders: tuple[Tender, ...] = ()
    rounding: Money = Money.ZERO  # 抹零, taken off when cash closes the sale

    @cached_property
    def due(self) -> Money:
        """Still to be paid, exactly, as a phone would."""
        paid = Money.sum(tender.net for tender in self.tenders)
        return self.total - self.rounding - paid

    @property
    def due_in_cash(self) -> Money:
        """Still to be paid if cash closes the sale (RULINGS.md 2)."""
        return self.due.round_down(self.rule.step_fen)

    @property
    def is_settled(self) -> bool:
        return not self.due

    @property
    def change(self) -> Money:
        return Money.sum(tender.change for tender in self.tenders)

    @property
    def payable(self) -> Money:
        return self.total - self.rounding

    def take_phone(
        self, method: Method, amount: Money, account_id: int, reference: str = ""
    ) -> Bill:
        """A phone pays exactly. Raises NothingDue, WrongAmount, PhonePaysTooMuch."""
        assert method is not Method.CASH
        if self.is_settled:
            raise errors.NothingDue
        if amount <= Money.ZERO:
            raise errors.WrongAmount
        if amount > self.due:
            raise errors.PhonePaysTooMuch(self.due)
        tender = Tender(method, amount, account_id=account_id, reference=reference)
        return replace(self, tenders=(*self.tenders, tender))

    def take_cash(self, handed_over: Money) -> Bill:
        """Cash, with change and 抹零 if it closes the sale.

        Change is always payable in coins that exist. Raises NothingDue, WrongAmount,
        NoSuchCoins.
        """
        if self.is_settled:
            raise errors.NothingDue
        closing = self.due_in_cash
        if handed_over < closing:
            return self._take_part(handed_over)
        change = handed_over - closing
        if change.fen % 10:
            raise errors.NoSuchCoins(closing)
        tender = Tender(Method.CASH, handed_over, change)
        return replace(
            self,
            tenders=(*self.tenders, tender),
            rounding=self.rounding + self.due - closing,
        )

    def take_exchange(self, amount: Money) -> Bill:
        """换货: what was taken back pays. Raises NothingDue, WrongAmount."""
        if self.is_settled:
            raise errors.NothingDue
        if not Money.ZERO < amount <= self.due:
            raise errors.WrongAmount
        tender = Tender(Method.EXCHANGE, amount)
        return replace(self, tenders=(*self.tenders, tender))

    def take_back(self) -> Bill:
        """Without the last tender (it was typed wrongly)."""
        return Bill(self.total, self.rule, self.tenders[:-1])

    def _take_part(self, handed_over: Money) -> Bill:
        if handed_over <= Money.ZERO:
            raise errors.WrongAmount
        if handed_over.fen % 10:
            raise errors.NoSuchCoins(self.due_in_cash)
        tender = Tender(Method.CASH, handed_over)
        return replace(self, tenders=(*self.tenders, tender))


def suggested_notes(due: Money) -> list[Money]:
    """The exact cash, then the next 10, 50 and 100 that a customer may hand over."""
    exact = due
    rounded = [Money(-(-exact.fen // step) * step) for step in (1000, 5000, 10_000)]
    return sorted({exact, *rounded} if exact else {exact})

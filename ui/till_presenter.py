"""The selling screen's state: the basket and everything that changes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from models import cart as carts
from models import clock, errors
from models.cart import Cart, CartLine, Item
from models.goods import offers
from models.goods.tiles import Tile
from models.i18n import _, pick, translator
from models.kinds import DiscountKind
from models.money import Money
from models.people import permits
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.quantity import Unit, WeightUnit, parse_grams, parse_pieces
from models.selling import baskets, closing, shifts, voids
from models.selling.baskets import SavedBasket
from models.selling.sale_reading import last_sale_id
from models.written import tidy_field
from ui.desk import Desk
from ui.panel import Panel
from ui.presenter import Presenter

# "3*" or "2.48*", alone or before a code.
_TIMES = re.compile(r"([0-9]{1,6}(?:[.。][0-9]{1,4})?)\s*[*xX×]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked ticket as the list shows it."""

    uuid: str
    time: str
    goods: str
    total: Money


class TillPresenter(Presenter):
    cart_changed = Signal(int)  # the line to flash and select, or -1
    line_selected = Signal()
    tiles_changed = Signal()  # stock or prices
    found = Signal(object)  # a tuple of tiles, or None when nothing is searched
    panel_changed = Signal()
    multiplier_changed = Signal(str)  # "3" while "3*" waits for its item, else ""
    parked_changed = Signal(int)  # how many tickets are parked
    shift_changed = Signal()
    float_differed = Signal(object, object)  # what was left, and what was counted
    accepted = Signal()  # for the ear
    refused = Signal()
    warned = Signal(str)  # the goods are in the basket, but look at them
    reprint_wanted = Signal(int)  # the sale's id

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.cart = Cart()
        self.selected = -1
        self.panel = Panel.GOODS if desk.shift is not None else Panel.SHIFT
        self.asked: Item | None = None  # whose weight the weight panel asks for
        self.why_closed = ""  # the sentence, once nothing can be sold any more
        self._multiplier = ""
        self._floats: list[Money] = []  # as counted, each told that it differs
        self._approved: tuple[str, Approvals] = ("", NOTHING_APPROVED)
        self._unexplained: Callable[..., None] | None = None  # a void without a reason
        self.failed.connect(self.refused)

    # --- adding goods ---------------------------------------------------------

    def scan(self, code: str) -> None:
        """What the scanner read, anywhere on the screen; a paid panel gives way."""
        self._leave_paid()
        if self.panel is Panel.PAYMENT:
            self.failed.emit(_("Finish or leave the payment before adding goods."))
            return
        self._add_code(code)

    def enter(self, text: str) -> None:
        """What was typed in the code line: "3*", a code, or both at once."""
        match = _TIMES.fullmatch(text.strip())
        if match is not None:
            self._set_multiplier(match[1].replace("。", "."))
            text = match[2]
        if text.strip():
            self._leave_paid()
            self._add_code(text)

    def tap(self, product_id: int) -> None:
        """A tile was touched."""
        self._leave_paid()
        with self.telling_errors():
            self.desk.seat()  # without a shift nothing is sold
            with self.desk.database.read() as session:
                item = offers.get_item(session, product_id, self.desk.stand())
            self._add_item(item)

    def weigh(self, text: str, unit: WeightUnit) -> None:
        """So much of the asked product, as a weight in ``unit``."""
        with self.telling_errors():
            assert self.asked is not None
            self._add_line(carts.weighed(self.asked, _grams(text, unit)))

    def take_amount(self, amount: Money) -> None:
        """来20块钱的: the asked product for exactly this amount."""
        with self.telling_errors():
            assert self.asked is not None
            self._add_line(carts.for_amount(self.asked, amount))

    def search(self, words: str) -> None:
        """Show the goods that match, or all again when nothing is typed."""
        if not words.strip():
            self.found.emit(None)
            return
        with self.telling_errors():
            with self.desk.database.read() as session:
                tiles = offers.search(session, words, self.desk.stand())
            self.found.emit(tuple(tiles))

    def _add_code(self, code: str) -> None:
        with self.telling_errors():
            self.desk.seat()
            with self.desk.database.read() as session:
                found = offers.find_line(session, code, self.desk.stand())
            if isinstance(found.goods, Item):
                self._add_item(found.goods)
            else:
                self._add_found(found.goods)
            if found.warning:
                self.warned.emit(found.warning)

    def _add_found(self, line: CartLine) -> None:
        """A scanned piece, pack or label; a waiting "3*" multiplies pieces only."""
        if self._multiplier and line.item.unit is Unit.PIECE:
            line = carts.counted(line.item, _pieces(self._multiplier, line.item))
        self._add_line(line)

    def _add_item(self, item: Item) -> None:
        if item.unit is Unit.PIECE:
            count = _pieces(self._multiplier, item) if self._multiplier else 1
            self._add_line(carts.counted(item, count))
        elif self._multiplier:
            unit = self.desk.settings.weight_unit
            self._add_line(carts.weighed(item, _grams(self._multiplier, unit)))
        else:
            self.asked = item
            self._show(Panel.WEIGHT)

    def _add_line(self, line: CartLine) -> None:
        cart, index = self.cart.add(line)
        self.asked = None
        self._set_multiplier("")
        self._set_cart(cart, index)
        self.accepted.emit()

    # --- changing the basket --------------------------------------------------

    def select(self, index: int) -> None:
        self.selected = index if 0 <= index < len(self.cart.lines) else -1
        self.line_selected.emit()

    def ask_quantity(self) -> None:
        """Open the quantity panel for the selected line."""
        with self.telling_errors():
            self._selected_line()
            self._show(Panel.QUANTITY)

    def set_quantity(self, text: str, unit: WeightUnit) -> None:
        """The selected line's pieces, packs or weight; zero removes it."""
        with self.telling_errors():
            line = self._selected_line()
            if line.item.unit is Unit.GRAM:
                count = _grams(text, unit)
            else:
                count = _pieces(text, line.item)
            self._set_count(self.selected, count)

    def change_quantity_by(self, step: int) -> None:
        """One more or one less of the selected line; less than one removes it."""
        with self.telling_errors():
            line = self._selected_line()
            if line.item.unit is Unit.GRAM:
                self._show(Panel.QUANTITY)
            else:
                self._set_count(self.selected, line.count + step)

    def remove_line(self) -> None:
        with self.telling_errors():
            self._selected_line()
            self._remove(self.selected)

    def clear(self) -> None:
        """Empty the basket; nothing of it was sold."""
        with self.telling_errors():
            self._check_goods()
            self._void(voids.void_basket, -1)

    def _check_goods(self) -> None:
        """Raises PaymentOpen, EmptyBasket."""
        self._refuse_while_paying()
        if not self.cart.lines:
            raise errors.EmptyBasket

    def _selected_line(self) -> CartLine:
        self._check_goods()
        if not 0 <= self.selected < len(self.cart.lines):
            self.selected = len(self.cart.lines) - 1
        return self.cart.lines[self.selected]

    def _set_count(self, index: int, count: int) -> None:
        """More is no matter; what goes of the line is on the record."""
        if count <= 0:
            self._remove(index)
        elif voids.is_less(self.cart, index, count):
            self._void(partial(voids.reduce_line, index=index, count=count), index)
        else:
            self._set_cart(self.cart.set_count(index, count), index)

    def _remove(self, index: int) -> None:
        left = len(self.cart.lines) - 1
        self._void(partial(voids.void_line, index=index), min(index, left - 1))

    # --- what leaves the basket -----------------------------------------------

    def reasons_to_void(self) -> tuple[str, ...]:
        """What is said often, in the shop's language."""
        _ = translator(self.desk.settings.language)
        return (_("Scanned by mistake"), _("Not wanted"), _("Too expensive"))

    def give_reason(self, words: str) -> None:
        """Why goods leave the basket; the void that waits for it goes on."""
        with self.telling_errors():
            reason = tidy_field(words, _("Reason"))
            if not reason:
                raise ReasonMissing
            if self._unexplained is not None:
                self._unexplained(reason=reason)

    def _void(
        self,
        void: Callable[..., Cart],
        selected: int,
        approvals: Approvals = NOTHING_APPROVED,
        reason: str = "",
    ) -> None:
        """Goods leave the basket on the record; much or often needs an approval.

        Whoever is alone and may do it with a reason is asked for one.
        """
        again = partial(self._void, void, selected, reason=reason)
        with self.telling_errors(again, approvals):
            try:
                cart = self._record_void(void, approvals, reason)
            except ReasonMissing:
                self._unexplained = again
                self._show(Panel.VOID)
                return
            self._unexplained = None
            promoted = self.desk.promote(cart)
            if promoted != cart:
                self._keep(promoted)
            self._put(promoted, selected)
            if void is voids.void_basket:
                self.told.emit(_("The basket is empty again."))

    def _record_void(
        self, void: Callable[..., Cart], approvals: Approvals, reason: str
    ) -> Cart:
        """The basket that is left, on disk with the record of what left it."""
        seat, at = self.desk.seat(), clock.now()
        approval = approvals.get(Act.VOID_ABOVE_LIMIT, "")
        with (
            permits.deciding(self.desk.database, self.desk.where(at)),
            self.desk.database.write() as session,
        ):
            return void(
                session, self.cart, seat=seat, at=at, reason=reason, approval=approval
            )

    # --- what is taken off ----------------------------------------------------

    @property
    def approvals(self) -> Approvals:
        """What somebody let happen to this basket; another basket has none of it."""
        uuid, approvals = self._approved
        return approvals if uuid == self.cart.uuid else NOTHING_APPROVED

    def approve(self, approvals: Approvals) -> None:
        """Keep what was approved until this basket is paid."""
        self._approved = (self.cart.uuid, {**self.approvals, **approvals})

    def ask_discount(self) -> None:
        """Open the panel of what is taken off, for the selected line and for all."""
        with self.telling_errors():
            self.desk.seat()
            self._selected_line()
            self._show(Panel.DISCOUNT)

    def take_off(self, cart: Cart) -> None:
        """The same goods at other prices. Raises DatabaseUnavailable."""
        self._set_cart(cart, self.selected)

    # --- parking --------------------------------------------------------------

    def park(self) -> None:
        with self.telling_errors():
            self._check_goods()
            with self.desk.database.write() as session:
                baskets.park(session, self.cart)
            self._start_over()
            self.told.emit(_("The ticket is parked. F7 takes it up again."))

    def ask_parked(self) -> None:
        """Show the parked tickets; the only one is taken up at once."""
        with self.telling_errors():
            self._refuse_while_paying()
            parked = self.list_parked()
            if not parked:
                raise errors.NothingParked
            if len(parked) == 1:
                self.resume(parked[0].uuid)
            else:
                self._show(Panel.PARKED)

    def resume(self, uuid: str) -> None:
        """Take a parked ticket up; goods in the open basket are parked for it."""
        with self.telling_errors():
            with self.desk.database.write() as session:
                if self.cart.lines:
                    baskets.park(session, self.cart)
                saved = baskets.resume(session, uuid)
            self._restore(self.desk.promote(saved.cart))
            self._show(Panel.GOODS)

    def _refuse_while_paying(self) -> None:
        """Keys reach further than buttons: what is half paid stays together."""
        if self.panel is Panel.PAYMENT:
            raise errors.PaymentOpen

    def list_parked(self) -> list[Parked]:
        with self.desk.database.read() as session:
            saved = baskets.list_parked(
                session, self.desk.till.id, is_training=self.desk.is_training
            )
        return [
            Parked(
                basket.cart.uuid,
                f"{clock.local(basket.changed_at):%H:%M}",
                "、".join(
                    pick(line.item.name, line.item.name_en)
                    for line in basket.cart.lines
                ),
                self.desk.promote(basket.cart).total,
            )
            for basket in saved
        ]

    # --- panels and shifts ----------------------------------------------------

    def leave_panel(self) -> None:
        """Esc: back to the goods; an unfinished question or "3*" is dropped."""
        self.asked = None
        self._set_multiplier("")
        if self.desk.shift is None:
            self._show(Panel.SHIFT)
        elif self.panel is not Panel.PAYMENT:
            self._show(Panel.GOODS)

    def ask_more(self) -> None:
        """What is done seldom; in the middle of a payment it has to wait."""
        if self.panel not in {Panel.PAYMENT, Panel.SHIFT}:
            self._show(Panel.MORE)

    def ask_shift(self) -> None:
        self._floats = []
        self._show(Panel.SHIFT)

    def start_shift(self, float_: Money, note: str = "") -> None:
        """Open a shift with so much in the drawer; one whose day is over ends first.

        A float that is not what the last shift left is told once, after it was
        counted; the same again, with a note or without, is taken (DOMAIN.md 4.3).
        """
        with self.telling_errors():
            if self._is_told(float_):
                self._open_shift(float_, note)

    def _is_told(self, float_: Money) -> bool:
        """Whether the cashier knows of the difference, or there is none."""
        with self.desk.database.read() as session:
            left = shifts.left_by_last(session, self.desk.till.id)
        if left is None or left == float_ or float_ in self._floats[-1:]:
            return True
        self._floats.append(float_)
        self.float_differed.emit(left, float_)
        return False

    def _open_shift(self, float_: Money, note: str) -> None:
        """What was counted at first is kept too: nobody counts until it fits."""
        if self._floats and self._floats[0] != float_:
            first = _("counted at first: {amount}").format(amount=self._floats[0])
            note = "  ".join(filter(None, (note.strip(), first)))
        desk, at = self.desk, clock.now()
        with (
            permits.deciding(desk.database, desk.where(at)),
            desk.database.write() as session,
        ):
            if desk.shift is not None and desk.is_new_day:
                closing.seal(session, desk.where(at), desk.shift.id)
            shifts.open_shift(
                session, desk.till.id, desk.seller.id, float_, at=at, note=note
            )
        self._floats = []
        desk.reload()
        self._show(Panel.GOODS)
        self.promote()
        self.shift_changed.emit()
        self.tiles_changed.emit()
        self._tell_of_closed_day()

    def _tell_of_closed_day(self) -> None:
        """A shift after the close of its day belongs to the next one."""
        assert self.desk.shift is not None
        day = clock.business_date(self.desk.shift.opened_at)
        if day < self.desk.shift.business_date:
            words = _("{day} is closed: this shift belongs to {next}.")
            self.told.emit(words.format(day=day, next=self.desk.shift.business_date))

    def close(self, why: str) -> None:
        """Sell nothing from now on; the basket stays as it was stored."""
        self.why_closed = why
        self._show(Panel.CLOSED)

    def reprint_last(self) -> None:
        with self.telling_errors():
            seat = self.desk.seat()
            with self.desk.database.read() as session:
                sale_id = last_sale_id(session, seat.shift_id, series=seat.series)
            if sale_id is None:
                raise errors.NoSuchReceipt
            self.reprint_wanted.emit(sale_id)

    def list_tiles(self) -> list[Tile]:
        if self.why_closed:
            return []
        with self.telling_errors():
            with self.desk.database.read() as session:
                return offers.list_tiles(session, self.desk.stand())
        return []

    def show_panel(self, panel: Panel) -> None:
        """What the payment's presenter moves on to."""
        self._show(panel)

    def start_over(self) -> None:
        """A new customer: an empty basket with a UUID of its own."""
        self._start_over()
        self.tiles_changed.emit()

    def begin_anew(self) -> None:
        """Training began or ended: an empty basket, whatever was open before."""
        self._show(Panel.GOODS if self.desk.shift is not None else Panel.SHIFT)
        self.start_over()

    # --- keeping the basket ---------------------------------------------------

    def restore(self) -> SavedBasket | None:
        """The basket that was open when the till stopped, taken up again."""
        with self.desk.database.read() as session:
            saved = baskets.find_open(session, self.desk.till.id)
        if saved is not None:
            keeps_deals = saved.was_paying and self.desk.shift is not None
            self._restore(saved.cart if keeps_deals else self.desk.promote(saved.cart))
        self.parked_changed.emit(len(self.list_parked()))
        return saved

    def promote(self) -> None:
        """Promotions may have changed: the open basket follows, unless it is paid."""
        if self.panel in {Panel.PAYMENT, Panel.CLOSED} or not self.cart.lines:
            return
        with self.telling_errors():
            cart = self.desk.promote(self.cart)
            if cart != self.cart:
                self._keep(cart)
                self.show_cart(cart)

    def show_cart(self, cart: Cart) -> None:
        """The same goods with something else taken off, which is on disk already."""
        self.cart = cart
        self.cart_changed.emit(-1)

    def save(self, basket: SavedBasket) -> None:
        """Keep the open basket on disk as it is now. Raises DatabaseUnavailable."""
        with self.desk.database.write() as session:
            baskets.save_open(session, self.desk.till.id, self.desk.seller.id, basket)

    def _set_cart(self, cart: Cart, index: int) -> None:
        """With its promotions, on disk first, then on screen."""
        cart = self.desk.promote(cart)
        self._keep(cart)
        self._put(cart, index)

    def _put(self, cart: Cart, index: int) -> None:
        """On screen, with the goods; what was agreed for other lines is gone."""
        if self.panel is not Panel.GOODS:
            self._show(Panel.GOODS)
        before, self.cart = self.cart, cart
        self.selected = index
        self.cart_changed.emit(index)
        given, is_other = before.discount, before.lines != cart.lines
        is_agreed = given is not None and given.kind is DiscountKind.BARGAIN
        if is_agreed and is_other and cart.lines and cart.discount is None:
            self.warned.emit(_("What was agreed on is off: the basket changed."))

    def _keep(self, cart: Cart) -> None:
        self.save(SavedBasket(cart, (), was_paying=False, changed_at=clock.now()))

    def _restore(self, cart: Cart) -> None:
        self.cart = cart
        self.selected = len(cart.lines) - 1
        self.cart_changed.emit(-1)
        self.parked_changed.emit(len(self.list_parked()))

    def _start_over(self) -> None:
        self.cart = Cart()
        self.selected = -1
        self._set_multiplier("")
        self.cart_changed.emit(-1)
        self.parked_changed.emit(len(self.list_parked()))

    def _leave_paid(self) -> None:
        if self.panel is Panel.PAID:
            self._show(Panel.GOODS)

    def _show(self, panel: Panel) -> None:
        self.panel = Panel.CLOSED if self.why_closed else panel
        self.panel_changed.emit()

    def _set_multiplier(self, text: str) -> None:
        if text != self._multiplier:
            self._multiplier = text
            self.multiplier_changed.emit(text)


def _pieces(text: str, item: Item) -> int:
    """Raises WholePiecesOnly for a count with decimals."""
    try:
        return parse_pieces(text)
    except ValueError:
        raise errors.WholePiecesOnly(item.name) from None


def _grams(text: str, unit: WeightUnit) -> int:
    """Raises WrongQuantity for what is no weight."""
    try:
        return parse_grams(text, unit)
    except ValueError:
        raise errors.WrongQuantity from None

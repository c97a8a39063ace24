"""The selling screen: basket left, goods or a panel right, keys for everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

# A panel is imported when it is first built: none is needed for the first paint.
# ruff: noqa: PLC0415
from assets.tokens import size
from models.first_glance import Chip
from models.goods.tiles import Tile
from models.kinds import Method
from models.money import Money
from models.quantity import WeightUnit
from ui.basket_view import BasketView
from ui.errand_view import ErrandView
from ui.goods_grid_view import GoodsGridView
from ui.offer import Offer
from ui.panel import Panel

if TYPE_CHECKING:
    from models.selling.account_row import AccountRow
    from models.selling.sold import Sold
    from ui.closed_view import ClosedView
    from ui.entry_view import EntryView
    from ui.more_view import MoreView
    from ui.paid_view import PaidView
    from ui.parked_view import ParkedView
    from ui.payment_presenter import PaymentPresenter
    from ui.payment_view import PaymentView
    from ui.till_presenter import TillPresenter


P = TypeVar("P", bound=QWidget)
_BUSY = {Panel.PAYMENT, Panel.SHIFT, Panel.CLOSED, Panel.DISCOUNT, Panel.VOID}


@runtime_checkable
class RefreshedPanel(Protocol):
    """A panel that reads its state again when it is shown, and takes the focus."""

    def refresh(self) -> None: ...


@runtime_checkable
class KeyedPanel(Protocol):
    """A panel with its own use of some of the till's keys; whether it had one."""

    def press(self, key: str) -> bool: ...


@runtime_checkable
class ChoosingPanel(Protocol):
    """A panel whose choices are named by the function keys from F2 on."""

    def choose(self, number: int) -> None: ...


class TillView(QWidget):
    """Built and painted before its presenters are there; acts meanwhile are kept."""

    def __init__(
        self,
        counties: Sequence[Chip],
        categories: Sequence[Chip],
        weight_unit: WeightUnit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._weight_unit = weight_unit
        self._till: TillPresenter | None = None
        self._payment: PaymentPresenter | None = None
        self._waiting: list[Callable[[], None]] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.basket = BasketView(weight_unit, self)
        layout.addWidget(self.basket)
        right = QVBoxLayout()
        right.setSpacing(0)
        layout.addLayout(right, 1)
        self.errand = ErrandView(self)
        right.addWidget(self.errand)
        self._right = QStackedWidget(self)
        right.addWidget(self._right, 1)
        self.goods = GoodsGridView(counties, categories, weight_unit, self._right)
        self._right.addWidget(self.goods)
        self._panels: dict[Panel, QWidget] = {Panel.GOODS: self.goods}
        self._guests: dict[Panel, Callable[[], QWidget]] = {}
        self._offers: list[Offer] = []
        self._connect_basket()
        self._add_keys()
        self.basket.focus_code()

    def take_focus(self) -> None:
        """The page is shown: the keys go to what is asked, else to the code."""
        if self._right.currentWidget() is self._panels.get(Panel.WEIGHT):
            self._entry_view().take_focus()
        else:
            self.basket.focus_code()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        self.goods.show_tiles(tiles)

    def connect_to(self, till: TillPresenter, payment: PaymentPresenter) -> None:
        """Show the presenters' state, and give them what was typed meanwhile."""
        self._till, self._payment = till, payment
        till.cart_changed.connect(self._show_cart)
        till.tiles_changed.connect(self._show_tiles)
        till.found.connect(self.goods.show_found)
        till.panel_changed.connect(self._show_panel)
        till.multiplier_changed.connect(self.basket.show_multiplier)
        till.parked_changed.connect(self.basket.show_parked)
        till.float_differed.connect(self._show_difference)
        payment.bill_changed.connect(self._show_bill)
        payment.choice_wanted.connect(self._choose_account)
        payment.sale_completed.connect(self._show_sale)
        payment.errand_changed.connect(self.errand.show_words)
        self.errand.show_words(payment.errand.words)
        self._show_cart(-1)
        self._show_tiles()
        self._show_panel()
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def warm_up(self) -> None:
        """Build what the next customer will need, while nobody is at the till."""
        self._payment_view()
        self._paid_view()
        self._entry_view()

    def scan(self, code: str) -> None:
        self._with_till(lambda till: till.scan(code))

    def add_panel(self, panel: Panel, make: Callable[[], QWidget]) -> None:
        """How a panel with a presenter of its own is made when it is first shown."""
        self._guests[panel] = make

    def offer(self, name: str, words: str, hint: str, act: Callable[[], None]) -> None:
        """Something seldom that the panel of more things offers."""
        self._offers.append(Offer(name, words, hint, act))

    # --- acts go to the presenters --------------------------------------------

    def _with_till(self, act: Callable[[TillPresenter], None]) -> None:
        if self._till is None:
            self._waiting.append(lambda: self._with_till(act))
        else:
            act(self._till)

    def _with_payment(self, act: Callable[[PaymentPresenter], None]) -> None:
        if self._payment is None:
            self._waiting.append(lambda: self._with_payment(act))
        else:
            act(self._payment)

    def _connect_basket(self) -> None:
        basket, till = self.basket, self._with_till
        basket.entered.connect(lambda text: till(lambda t: t.enter(text)))
        basket.selected.connect(lambda row: till(lambda t: t.select(row)))
        basket.quantity_wanted.connect(lambda: till(lambda t: t.ask_quantity()))
        basket.line_removed.connect(lambda: till(lambda t: t.remove_line()))
        basket.stepped.connect(lambda n: till(lambda t: t.change_quantity_by(n)))
        basket.cleared.connect(lambda: till(lambda t: t.clear()))
        basket.discount_wanted.connect(lambda: till(lambda t: t.ask_discount()))
        basket.parked.connect(lambda: till(lambda t: t.park()))
        basket.parked_wanted.connect(lambda: till(lambda t: t.ask_parked()))
        basket.more_wanted.connect(lambda: till(lambda t: t.ask_more()))
        basket.payment_wanted.connect(lambda: self._with_payment(lambda p: p.start()))
        self.errand.dropped.connect(self._drop_errand)
        self.goods.tapped.connect(lambda i: till(lambda t: t.tap(i)))
        self.goods.searched.connect(lambda words: till(lambda t: t.search(words)))

    def _add_keys(self) -> None:
        for keys, act in (
            ("F2", self._on_f2),
            ("F3", self._on_f3),
            ("F4", self._on_f4),
            ("Shift+F4", lambda: self._with_till(lambda t: t.clear())),
            ("Shift+F3", lambda: self._with_till(lambda t: t.ask_discount())),
            ("F5", lambda: self._on_choice(3, lambda t: t.reprint_last())),
            ("F6", lambda: self._on_choice(4, lambda t: t.park())),
            ("Shift+F6", lambda: self._with_till(lambda t: t.ask_more())),
            ("F7", lambda: self._on_choice(5, lambda t: t.ask_parked())),
            ("Shift+F7", self._drop_errand),
            ("F12", self._on_f12),
            ("Esc", self._on_escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self._on_key, keys, act))

    def _on_key(self, key: str, act: Callable[[], None]) -> None:
        """What the key does here, unless the panel has a use of its own for it."""
        shown = self._right.currentWidget()
        if not (isinstance(shown, KeyedPanel) and shown.press(key)):
            act()

    def _drop_errand(self) -> None:
        self._with_payment(lambda p: p.drop_errand())

    def _panel(self) -> Panel:
        return self._till.panel if self._till is not None else Panel.GOODS

    def _on_choice(self, number: int, act: Callable[[TillPresenter], None]) -> None:
        """A function key: a choice of the panel in view, or else what it always is."""
        if not self._chooses(number):
            self._with_till(act)

    def _chooses(self, number: int) -> bool:
        shown = self._right.currentWidget()
        if self._panel() in self._guests and isinstance(shown, ChoosingPanel):
            shown.choose(number)
            return True
        return False

    def _on_f2(self) -> None:
        panel = self._panel()
        if self._chooses(0):
            return
        if panel is Panel.PAYMENT:
            self._payment_view().pay_phone(Method.WECHAT)
        elif panel in {Panel.WEIGHT, Panel.QUANTITY}:
            self._entry_view().choose(0)
        else:
            self.goods.focus_search()

    def _on_f3(self) -> None:
        panel = self._panel()
        if self._chooses(1):
            return
        if panel is Panel.PAYMENT:
            self._payment_view().pay_phone(Method.ALIPAY)
        elif panel in {Panel.WEIGHT, Panel.QUANTITY}:
            self._entry_view().choose(1)
        else:
            self._with_till(lambda t: t.ask_quantity())

    def _on_f4(self) -> None:
        panel = self._panel()
        if panel is Panel.PAYMENT:
            self._with_payment(lambda p: p.take_back())
        elif panel is Panel.WEIGHT:
            self._entry_view().choose(2)
        else:
            self._on_choice(2, lambda t: t.remove_line())

    def _on_f12(self) -> None:
        """Pay; inside the payment it is the cash button, as Enter is."""
        if self._panel() is Panel.PAYMENT:
            self._payment_view().pay_cash()
        else:
            self._with_payment(lambda p: p.start())

    def _on_escape(self) -> None:
        if self._panel() is Panel.PAYMENT:
            self._with_payment(lambda p: p.leave())
        else:
            self.goods.clear_search()
            self._with_till(lambda t: t.leave_panel())
            self.basket.focus_code()

    # --- the presenters' state comes back -------------------------------------

    def _show_cart(self, index: int) -> None:
        till = self._till
        assert till is not None
        self.basket.show_cart(till.cart, index)
        self.basket.select(till.selected)
        if till.panel is Panel.GOODS:
            self.goods.clear_search()
            self.basket.focus_code()

    def _show_tiles(self) -> None:
        assert self._till is not None
        self.goods.show_tiles(self._till.list_tiles())

    def _show_panel(self) -> None:
        till = self._till
        assert till is not None
        panel = till.panel
        self.basket.allow(changes=panel not in _BUSY)
        shown = self._widget_for(panel)
        self._right.setCurrentWidget(shown)
        if isinstance(shown, RefreshedPanel):
            shown.refresh()
        self._fill_panel(till, panel)

    def _fill_panel(self, till: TillPresenter, panel: Panel) -> None:
        """What is asked now; the field that takes the answer takes the focus."""
        if panel is Panel.WEIGHT and till.asked is not None:
            self._entry_view().ask_weight(till.asked)
        elif panel is Panel.QUANTITY:
            self._entry_view().ask_quantity(till.cart.lines[till.selected])
        elif panel is Panel.SHIFT:
            self._entry_view().ask_float(is_new_day=till.desk.is_new_day)
        elif panel is Panel.PARKED:
            self._parked_view().show_parked(till.list_parked())
        elif panel is Panel.PAYMENT:
            self._show_bill()
        elif panel is Panel.CLOSED:
            self._closed_view().show_why(till.why_closed)
        elif panel is Panel.GOODS:
            self.basket.focus_code()

    def _show_bill(self) -> None:
        assert self._payment is not None
        view = self._payment_view()
        view.show_bill(self._payment.bill, self._payment.buyer_kind)
        view.show_goes_back(self._payment.goes_back)

    def _choose_account(self, accounts: list[AccountRow], method: Method) -> None:
        self._payment_view().choose_account(method, accounts)

    def _show_difference(self, left: Money, counted: Money) -> None:
        self._entry_view().tell_difference(left, counted)

    def _show_sale(self, sold: Sold) -> None:
        assert self._payment is not None
        self._paid_view().show_sale(sold, self._payment.remarks)

    # --- panels are built when first needed -----------------------------------

    def _widget_for(self, panel: Panel) -> QWidget:
        if panel in self._guests:
            if panel not in self._panels:
                self._keep(panel, self._guests[panel]())
            return self._panels[panel]
        makers: dict[Panel, Callable[[], QWidget]] = {
            Panel.GOODS: lambda: self.goods,
            Panel.WEIGHT: self._entry_view,
            Panel.QUANTITY: self._entry_view,
            Panel.SHIFT: self._entry_view,
            Panel.PARKED: self._parked_view,
            Panel.PAYMENT: self._payment_view,
            Panel.PAID: self._paid_view,
            Panel.CLOSED: self._closed_view,
            Panel.MORE: self._more_view,
        }
        return makers[panel]()

    def _entry_view(self) -> EntryView:
        from ui.entry_view import EntryView

        view = self._panels.get(Panel.WEIGHT)
        if isinstance(view, EntryView):
            return view
        view, till = EntryView(self._weight_unit), self._with_till
        view.weighed.connect(lambda text, unit: till(lambda t: t.weigh(text, unit)))
        view.counted.connect(
            lambda text, unit: till(lambda t: t.set_quantity(text, unit))
        )
        view.amount_taken.connect(lambda money: till(lambda t: t.take_amount(money)))
        view.float_counted.connect(
            lambda money, note: till(lambda t: t.start_shift(money, note))
        )
        view.left.connect(self._on_escape)
        return self._keep(Panel.WEIGHT, view)

    def _parked_view(self) -> ParkedView:
        from ui.parked_view import ParkedView

        view = self._panels.get(Panel.PARKED)
        if isinstance(view, ParkedView):
            return view
        view = ParkedView()
        view.chosen.connect(lambda uuid: self._with_till(lambda t: t.resume(uuid)))
        view.left.connect(self._on_escape)
        return self._keep(Panel.PARKED, view)

    def _payment_view(self) -> PaymentView:
        from ui.payment_view import PaymentView

        view = self._panels.get(Panel.PAYMENT)
        if isinstance(view, PaymentView):
            return view
        view, payment = PaymentView(), self._with_payment
        view.cash_paid.connect(lambda money: payment(lambda p: p.pay_cash(money)))
        view.phone_paid.connect(
            lambda method, money, ref: payment(
                lambda p: p.pay_phone(method, money, ref)
            )
        )
        view.account_chosen.connect(
            lambda i, method, money, ref: payment(
                lambda p: p.pay_into(i, method, money, ref)
            )
        )
        view.taken_back.connect(lambda: payment(lambda p: p.take_back()))
        view.buyer_changed.connect(lambda kind: payment(lambda p: p.sell_to(kind)))
        view.left.connect(self._on_escape)
        return self._keep(Panel.PAYMENT, view)

    def _paid_view(self) -> PaidView:
        from ui.paid_view import PaidView

        view = self._panels.get(Panel.PAID)
        if isinstance(view, PaidView):
            return view
        view = PaidView()
        view.next_wanted.connect(lambda: self._with_payment(lambda p: p.start_next()))
        view.reprint_wanted.connect(lambda: self._with_till(lambda t: t.reprint_last()))
        return self._keep(Panel.PAID, view)

    def _closed_view(self) -> ClosedView:
        from ui.closed_view import ClosedView

        view = self._panels.get(Panel.CLOSED)
        if isinstance(view, ClosedView):
            return view
        return self._keep(Panel.CLOSED, ClosedView())

    def _more_view(self) -> MoreView:
        from ui.more_view import MoreView

        view = self._panels.get(Panel.MORE)
        if isinstance(view, MoreView):
            return view
        view = MoreView()
        for one in self._offers:
            view.offer(one)
        view.left.connect(self._on_escape)
        return self._keep(Panel.MORE, view)

    def _keep(self, panel: Panel, view: P) -> P:
        self._panels[panel] = view
        self._right.addWidget(view)
        return view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The basket takes a good third of a wide window, a little more of a narrow."""
        super().resizeEvent(event)
        self.basket.setFixedWidth(
            max(
                size("basket_least"), min(size("basket_most"), self.width() * 31 // 100)
            )
        )

"""What comes in, goes out, is counted, repacked or sent elsewhere of one product."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.errors import MissingField
from models.goods import listing, stock
from models.goods.listing import ListedProduct
from models.goods.stock import Move, Reason
from models.i18n import _
from models.office.refusals import BoxHasNoStock
from models.people.deeds import Deed
from models.people.rights import Act
from models.places import OutletRow
from models.quantity import Quantity, WeightUnit
from models.selling import shifts
from models.written import tidy_field
from ui import goods_seat
from ui.acting import acting
from ui.goods_acts import StockAct
from ui.goods_words import name_of, quantity_of
from ui.presenter import Presenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FOUND_SHOWN = 8


class GoodsStockPresenter(Presenter):
    opened = Signal()
    moved = Signal()
    found = Signal()  # goods that one may repack into

    def __init__(self, database: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self.product: ListedProduct | None = None  # whose stock is being moved
        self.weight_unit = WeightUnit.JIN
        self.outlets: tuple[OutletRow, ...] = ()  # others, to send goods to
        self.goods: tuple[ListedProduct, ...] = ()  # what was looked for

    def start(self, product: ListedProduct, weight_unit: WeightUnit) -> None:
        """Open the panel for one product."""
        with self.telling_errors():
            if product.is_bundle:
                raise BoxHasNoStock
            with self._database.read() as session:
                here = goods_seat.till_of(session).outlet.id
                outlets = places.list_outlets(session)
            self.outlets = tuple(one for one in outlets if one.id != here)
            self.product, self.weight_unit = product, weight_unit
            self.goods = ()
            self.opened.emit()

    def look_for(self, words: str) -> None:
        """Find goods of which stock is kept, other than these."""
        with self.telling_errors():
            assert self.product is not None, "start opened the panel"
            with self._database.read() as session:
                here = goods_seat.till_of(session).outlet.id
                rows = listing.list_products(session, here, words)
            self.goods = tuple(
                row
                for row in rows
                if words and not row.is_bundle and row.id != self.product.id
            )[:_FOUND_SHOWN]
            self.found.emit()

    def move(self, act: StockAct) -> None:
        with self.telling_errors():
            product = self.product
            assert product is not None, "start opened the panel"
            deed = Deed(
                Act.STOCK, product.sku, reason=act.reason, note=act.note.strip()
            )
            with acting(self._database, deed) as session:
                here = _act(session, act)
                _do(session, here, product.id, act)
                left = stock.on_hand(session, here.outlet_id, product.id)
            on_hand = Quantity(left, product.on_hand.unit)
            self.product = replace(product, on_hand=on_hand)
            self.told.emit(
                _("{name}: {on_hand} on hand now.").format(
                    name=name_of(product),
                    on_hand=quantity_of(on_hand, self.weight_unit),
                )
            )
            self.moved.emit()


def _act(session: Session, act: StockAct) -> stock.Act:
    """On the open shift's business date, or today's without a shift."""
    till, now = goods_seat.till_of(session), clock.now()
    shift = shifts.find_open(session, till.id)
    return stock.Act(
        outlet_id=till.outlet.id,
        reason=Reason(act.reason),
        at=now,
        business_date=shift.business_date if shift else clock.business_date(now),
        till_id=till.id,
        shift_id=shift.id if shift else None,
        staff_id=goods_seat.seller_id(session),
        note=tidy_field(act.note, _("Note or delivery number")),
    )


def _do(session: Session, here: stock.Act, product_id: int, act: StockAct) -> None:
    amount = act.amount.amount
    match here.reason:
        case Reason.DELIVERY:
            stock.receive_delivery(session, here, product_id, amount)
        case Reason.COUNT:
            stock.count(session, here, product_id, amount)
        case Reason.TRANSFER:
            if act.outlet_id is None:
                raise MissingField(_("To which outlet"))
            stock.transfer(session, here, act.outlet_id, product_id, amount)
        case Reason.REPACK:
            if act.made_id is None or act.made is None:
                raise MissingField(_("Repacked into"))
            made = Move(act.made_id, act.made.amount)
            stock.repack(session, here, Move(product_id, amount), made)
        case _:
            stock.take_out(session, here, product_id, amount)

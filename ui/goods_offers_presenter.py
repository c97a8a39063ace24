"""活动价: the prices of one product that hold for some days only."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.goods import event_prices
from models.goods.event_prices import EventPriceRow
from models.goods.listing import ListedProduct
from models.i18n import _
from models.people.deeds import Deed
from models.people.rights import Act
from models.quantity import WeightUnit
from ui import goods_seat
from ui.acting import acting
from ui.goods_acts import NewOffer
from ui.goods_words import name_of
from ui.presenter import Presenter


class GoodsOffersPresenter(Presenter):
    opened = Signal()
    changed = Signal()

    def __init__(self, database: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self.product: ListedProduct | None = None
        self.weight_unit = WeightUnit.JIN
        self.rows: tuple[EventPriceRow, ...] = ()
        self.today = clock.business_date(clock.now())
        self.outlet_name = ""
        self.event_name = ""  # empty: the outlet takes part in none

    def start(self, product: ListedProduct, weight_unit: WeightUnit) -> None:
        """Open the panel for one product."""
        with self.telling_errors():
            self.product, self.weight_unit = product, weight_unit
            with self._database.read() as session:
                outlet = goods_seat.till_of(session).outlet
                self.today = goods_seat.business_date(session, clock.now())
            self.outlet_name, self.event_name = outlet.name, outlet.event_name
            self._load(product)
            self.opened.emit()

    def add(self, offer: NewOffer) -> None:
        with self.telling_errors():
            product = self._product()
            with acting(self._database, Deed(Act.GOODS, product.sku)) as session:
                outlet = goods_seat.till_of(session).outlet
                event_id = places.event_named(session, outlet.event_name)
                event_prices.add(
                    session,
                    product.id,
                    offer.price,
                    first=offer.first,
                    last=offer.last,
                    outlet_id=outlet.id if offer.where == "outlet" else None,
                    event_id=event_id if offer.where == "event" else None,
                )
            self._tell(_("{name} has another event price."), product)

    def end(self, event_price_id: int) -> None:
        """From today on it does not hold; days that are past keep it."""
        with self.telling_errors():
            product = self._product()
            with acting(self._database, Deed(Act.GOODS, product.sku)) as session:
                event_prices.end(session, event_price_id, today=self.today)
            self._tell(_("{name}: the event price is ended."), product)

    def _product(self) -> ListedProduct:
        assert self.product is not None, "start opened the panel"
        return self.product

    def _load(self, product: ListedProduct) -> None:
        with self._database.read() as session:
            self.rows = tuple(event_prices.list_for(session, product.id))

    def _tell(self, words: str, product: ListedProduct) -> None:
        self._load(product)
        self.told.emit(words.format(name=name_of(product)))
        self.changed.emit()

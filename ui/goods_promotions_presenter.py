"""促销: the rules that take something off baskets, begun and ended in the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.deals import Promotion, Rule
from models.discounts import WHOLE_BP
from models.errors import MissingField, WrongField
from models.goods import listing, promotions
from models.goods.listing import ListedProduct
from models.goods.promotions import Holds, Listed
from models.i18n import _
from models.money import Money
from models.people.deeds import Deed
from models.people.rights import Act
from models.written import tidy_field
from ui import goods_seat
from ui.acting import acting
from ui.goods_acts import NewPromotion
from ui.presenter import Presenter
from ui.promotion_words import rule_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")

_FOUND_SHOWN = 8
_TENTHS_BP = 10  # a hundredth of a 折 in basis points


class GoodsPromotionsPresenter(Presenter):
    """Tells what changed; ``changed`` also concerns the basket on the till."""

    opened = Signal()
    changed = Signal()
    found = Signal()  # goods that a promotion may be for

    def __init__(self, database: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self.product: ListedProduct | None = None  # what was selected in the list
        self.rows: tuple[Listed, ...] = ()
        self.goods: tuple[ListedProduct, ...] = ()  # what was looked for
        self.today = clock.business_date(clock.now())
        self.event_name = ""  # empty: the outlet takes part in none

    def start(self, product: ListedProduct | None) -> None:
        """Open the panel; a new promotion may be for the product."""
        with self.telling_errors():
            with self._database.read() as session:
                self.event_name = goods_seat.till_of(session).outlet.event_name
                self.today = goods_seat.business_date(session, clock.now())
            self.product, self.goods = product, ()
            self._load()
            self.opened.emit()

    def look_for(self, words: str) -> None:
        """Find goods by name, initials or code."""
        with self.telling_errors():
            with self._database.read() as session:
                here = goods_seat.till_of(session).outlet.id
                rows = listing.list_products(session, here, words) if words else []
            self.goods = tuple(rows[:_FOUND_SHOWN])
            self.found.emit()

    def begin(self, new: NewPromotion) -> None:
        with self.telling_errors():
            promotion = _promotion(new)
            with acting(self._database, Deed(Act.GOODS, promotion.name)) as session:
                promotions.begin(session, promotion, _holds(session, new))
            self._tell(_("The promotion {name} is begun."), promotion.name)

    def end(self, listed: Listed) -> None:
        """From now on it is put on no basket; what was sold keeps it."""
        with self.telling_errors():
            name = listed.promotion.name
            with acting(self._database, Deed(Act.GOODS, name)) as session:
                promotions.end(session, listed.promotion.id)
            self._tell(_("The promotion {name} is ended."), name)

    def _load(self) -> None:
        with self._database.read() as session:
            self.rows = tuple(promotions.list_all(session))

    def _tell(self, words: str, name: str) -> None:
        """The till follows first: what it does would take the words away."""
        self._load()
        self.changed.emit()
        self.told.emit(words.format(name=name))


def _promotion(new: NewPromotion) -> Promotion:
    """With the figures of its rule; its id comes when it is stored.

    Raises MissingField, WordsRefused, and WrongField for what is no 折.
    """
    product_id = _given(new.product_id, _("Product")) if new.is_for_one else None
    name = tidy_field(new.name, _("Name"))
    bare = Promotion(0, name, new.rule, product_id, stacks=new.stacks)
    promotion = replace(bare, **_FIGURES[new.rule](new))
    return promotion if name else replace(promotion, name=rule_words(promotion))


def _nth(new: NewPromotion) -> dict[str, Any]:
    return {"pieces": _pieces(new), "off_bp": _off_bp(new)}


def _free(new: NewPromotion) -> dict[str, Any]:
    return {"pieces": _pieces(new), "free": _given(new.free, _("Pieces free"))}


def _bundle(new: NewPromotion) -> dict[str, Any]:
    return {"pieces": _pieces(new), "price": _given(new.price, _("Price"))}


def _over(new: NewPromotion) -> dict[str, Any]:
    return {
        "over": _given(new.over, _("From an amount of")),
        "off": _given(new.off, _("Amount off")),
        "repeats": new.repeats,
    }


_FIGURES: dict[Rule, Callable[[NewPromotion], dict[str, Any]]] = {
    Rule.NTH: _nth,
    Rule.FREE: _free,
    Rule.BUNDLE: _bundle,
    Rule.OVER: _over,
}


def _pieces(new: NewPromotion) -> int:
    return _given(new.pieces, _("Pieces"))


def _off_bp(new: NewPromotion) -> int:
    tenths = _given(new.tenths, _("Tenths to pay"))
    if tenths * _TENTHS_BP >= WHOLE_BP:
        raise WrongField(_("Tenths to pay"), Money(tenths).plain)
    return WHOLE_BP - tenths * _TENTHS_BP


def _given(value: T | None, field: str) -> T:
    if value is None:
        raise MissingField(field)
    return value


def _holds(session: Session, new: NewPromotion) -> Holds:
    outlet = goods_seat.till_of(session).outlet
    return Holds(
        new.first,
        new.last,
        outlet_id=outlet.id if new.where == "outlet" else None,
        event_id=places.event_named(session, outlet.event_name)
        if new.where == "event"
        else None,
    )

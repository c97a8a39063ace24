"""The goods page: what there is, what it costs, and whether it is sold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, settings
from models.database import Database
from models.errors import AlreadyTaken, MissingField, WordsRefused, WrongField
from models.goods import (
    catalog,
    drafts,
    hand_order,
    listing,
    prices,
    regions,
    suppliers,
)
from models.goods.drafts import ProductDraft
from models.goods.listing import ListedProduct
from models.goods.prices import PriceRow
from models.goods.suppliers import SupplierRow
from models.i18n import _, pick
from models.kinds import TileOrder
from models.people.deeds import Deed
from models.people.rights import Act
from models.quantity import Unit, WeightUnit
from ui import goods_seat
from ui.acting import acting, check
from ui.background import Background
from ui.goods_export_presenter import GoodsExportPresenter
from ui.goods_import_presenter import GoodsImportPresenter
from ui.goods_labels_presenter import GoodsLabelsPresenter
from ui.goods_offers_presenter import GoodsOffersPresenter
from ui.goods_promotions_presenter import GoodsPromotionsPresenter
from ui.goods_stock_presenter import GoodsStockPresenter
from ui.goods_words import name_of
from ui.papers import Papers
from ui.presenter import Presenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_CHANGES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class PartChoice:
    """Goods that a gift box may hold."""

    sku: str
    name: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers in its lists and shows beside its fields."""

    categories: tuple[tuple[str, str], ...] = ()  # Chinese and English name
    counties: tuple[tuple[str, str], ...] = ()  # code and name
    suppliers: tuple[SupplierRow, ...] = ()
    parts: tuple[PartChoice, ...] = ()
    history: tuple[PriceRow, ...] = ()  # of the list price, for old goods


class GoodsPresenter(Presenter):
    """Tells what changed; ``goods_changed`` also concerns the selling screen."""

    rows_changed = Signal()
    form_opened = Signal()
    form_refused = Signal(str)  # the field that is wrong, by its name in the form
    form_saved = Signal(int)  # the product's id
    goods_changed = Signal()

    def __init__(
        self,
        database: Database,
        background: Background,
        papers: Papers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._words = ""
        self.rows: tuple[ListedProduct, ...] = ()
        self.weight_unit = WeightUnit.JIN
        self.is_by_hand = True  # how the tiles of the selling screen are ordered
        self.choices = Choices()
        self.draft: ProductDraft | None = None  # what the form was opened with
        self.is_new = False
        self.table = GoodsImportPresenter(database, background, self)
        self.stock = GoodsStockPresenter(database, self)
        self.offers = GoodsOffersPresenter(database, self)
        self.promotions = GoodsPromotionsPresenter(database, self)
        self.export = GoodsExportPresenter(database, background, self)
        self.labels = GoodsLabelsPresenter(database, papers, self)
        for panel in (
            self.table,
            self.stock,
            self.offers,
            self.promotions,
            self.export,
            self.labels,
        ):
            panel.failed.connect(self.failed)
            panel.told.connect(self.told)
        for changed in (self.table.imported, self.stock.moved, self.offers.changed):
            changed.connect(self._on_changed)

    def load(self) -> None:
        """Read the list again, narrowed by the words in use."""
        with self.telling_errors():
            with self._database.read() as session:
                outlet_id = goods_seat.till_of(session).outlet.id
                rows = listing.list_products(session, outlet_id, self._words)
                chosen = settings.load(session)
            self.rows = tuple(rows)
            self.weight_unit = chosen.weight_unit
            self.is_by_hand = chosen.tile_order is TileOrder.HAND
            self.rows_changed.emit()

    def search(self, words: str) -> None:
        self._words = words
        self.load()

    # --- the form -------------------------------------------------------------

    def start_new(self) -> None:
        """Open an empty form, with a number that is still free as SKU."""
        with self.telling_errors():
            check(self._database, Deed(Act.GOODS))
            with self._database.read() as session:
                self.choices = _choices(session)
                sku = _free_sku(session)
            self.draft, self.is_new = ProductDraft(sku, "", Unit.PIECE), True
            self.form_opened.emit()

    def start_edit(self, product_id: int) -> None:
        """Open the form, which shows the cost too."""
        with self.telling_errors():
            check(self._database, Deed(Act.GOODS))
            with self._database.read() as session:
                history = prices.list_changes(session, product_id, most=_CHANGES_SHOWN)
                self.choices = replace(_choices(session), history=tuple(history))
                self.draft = catalog.get_draft(session, product_id)
            self.is_new = False
            self.form_opened.emit()

    def save(self, draft: ProductDraft) -> None:
        """Store what the form holds; a field that is wrong is named."""
        with self.telling_errors():
            try:
                draft = drafts.tidied(draft)
                _refuse_twice(draft)
                deed = Deed(Act.GOODS, draft.sku)
                with acting(self._database, deed) as session:
                    if self.is_new:
                        _refuse_taken(session, draft)
                    product_id = catalog.save_product(
                        session,
                        draft,
                        at=clock.now(),
                        staff_id=goods_seat.seller_id(session),
                    )
            except (AlreadyTaken, MissingField, WordsRefused, WrongField) as error:
                self.form_refused.emit(_field_of(error.field))
                raise
            self.draft = None
            self.told.emit(_("{name} is saved.").format(name=_name(draft)))
            self.load()
            self.form_saved.emit(product_id)
            self.goods_changed.emit()

    # --- on sale or not ---------------------------------------------------------

    def switch(self, product_id: int) -> None:
        """停售, or 恢复 what is not on sale."""
        with self.telling_errors():
            found = self._row(product_id)
            with acting(self._database, Deed(Act.GOODS, found.sku)) as session:
                catalog.set_active(session, found.id, is_active=not found.is_active)
            words = _("{name} is no longer sold.")
            if not found.is_active:
                words = _("{name} is sold again.")
            self.told.emit(words.format(name=name_of(found)))
            self._on_changed()

    # --- which comes first ------------------------------------------------------

    def can_move(self, product_id: int, by: int) -> bool:
        """Whether the product may pass the one listed before (-1) or after it (1)."""
        return self.is_by_hand and self._passed(product_id, by) is not None

    def move(self, product_id: int, by: int) -> None:
        """Let the product pass its neighbour in the list, and on the selling screen."""
        if not self.is_by_hand:
            words = _("The tiles stand by what sells. The settings (F11) change that.")
            self.failed.emit(words)
            return
        passed = self._passed(product_id, by)
        if passed is None:
            return
        with self.telling_errors():
            deed = Deed(Act.GOODS, self._row(product_id).sku, note=_("Order of tiles"))
            with acting(self._database, deed) as session:
                hand_order.move(session, product_id, to_place_of=passed.id)
            self._on_changed()

    def _passed(self, product_id: int, by: int) -> ListedProduct | None:
        """The neighbour, unless something else than the hand puts it where it is."""
        number = next(n for n, row in enumerate(self.rows) if row.id == product_id)
        if not 0 <= number + by < len(self.rows):
            return None
        other = self.rows[number + by]
        return other if self.rows[number].stands_by_hand_with(other) else None

    # --- the other panels -------------------------------------------------------

    def start_stock(self, product_id: int) -> None:
        """Open the panel for deliveries, losses and counts of one product."""
        self.stock.start(self._row(product_id), self.weight_unit)

    def start_offers(self, product_id: int) -> None:
        """Open the panel for the event prices of one product."""
        self.offers.start(self._row(product_id), self.weight_unit)

    def start_promotions(self, product_id: int | None) -> None:
        """Open the panel for all promotions; a new one may be for the product."""
        chosen = None if product_id is None else self._row(product_id)
        self.promotions.start(chosen)

    def _row(self, product_id: int) -> ListedProduct:
        return next(row for row in self.rows if row.id == product_id)

    def _on_changed(self) -> None:
        self.load()
        self.goods_changed.emit()


def _choices(session: Session) -> Choices:
    here = goods_seat.till_of(session).outlet.id
    return Choices(
        categories=tuple(
            (row.name, row.name_en) for row in catalog.list_categories(session)
        ),
        counties=tuple(
            (row.code, pick(row.county, row.county_en))
            for row in regions.list_regions(session)
        ),
        suppliers=tuple(suppliers.list_suppliers(session)),
        parts=tuple(
            PartChoice(row.sku, name_of(row), row.on_hand.unit)
            for row in listing.list_products(session, here)
            if row.is_active and not row.is_bundle
        ),
    )


def _free_sku(session: Session) -> str:
    """P and a number, counting on from how many products there are."""
    taken = listing.list_skus(session)
    number = len(taken) + 1
    while f"P{number:04}" in taken:
        number += 1
    return f"P{number:04}"


def _refuse_taken(session: Session, draft: ProductDraft) -> None:
    """Adding must not change what is there: saving goes by the SKU."""
    owner = listing.find_name(session, draft.sku)
    if owner is not None:
        raise AlreadyTaken(_("SKU"), draft.sku, owner)


def _refuse_twice(draft: ProductDraft) -> None:
    codes = [pack.code for pack in draft.barcodes]
    parts = [part.sku for part in draft.parts]
    for values, label in ((codes, _("Barcode")), (parts, _("Content of the box"))):
        twice = next((one for one in values if values.count(one) > 1), None)
        if twice is not None:
            raise AlreadyTaken(label, twice, _name(draft))


def _field_of(label: str) -> str:
    """The form's field for what the catalogue calls it."""
    return {
        _("SKU"): "sku",
        _("Name"): "name",
        _("Sold by"): "unit",
        _("Price"): "price",
        _("PLU"): "plu",
        _("County"): "county",
        _("Barcode"): "barcodes",
        _("Content of the box"): "parts",
        _("English name"): "name_en",
        _("Category"): "category",
        _("Category in English"): "category_en",
        _("Unit, such as bag or box"): "unit_name",
        _("Specification"): "spec",
        _("Supplier"): "supplier",
        _("Town"): "town",
        _("Village"): "village",
        _("Certificate number"): "certificate",
    }[label]


def _name(draft: ProductDraft) -> str:
    return pick(draft.name, draft.name_en)

"""The goods page: what there is, what it costs, and what comes in or goes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, places, settings
from models.database import Database
from models.errors import AlreadyTaken, MissingField, NoShopYet, WrongField
from models.goods import catalog, listing, regions, stock, suppliers
from models.goods.drafts import ProductDraft
from models.goods.listing import ListedProduct
from models.goods.suppliers import SupplierRow
from models.i18n import _, pick
from models.office.refusals import BoxHasNoStock
from models.people import staff
from models.places import TillRow
from models.quantity import Quantity, Unit, WeightUnit
from models.selling import shifts
from ui.background import Background
from ui.goods_import_presenter import GoodsImportPresenter
from ui.goods_words import name_of, quantity_of
from ui.presenter import Presenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PartChoice:
    """Goods that a gift box may hold."""

    sku: str
    name: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers in its lists."""

    categories: tuple[tuple[str, str], ...] = ()  # Chinese and English name
    counties: tuple[tuple[str, str], ...] = ()  # code and name
    suppliers: tuple[SupplierRow, ...] = ()
    parts: tuple[PartChoice, ...] = ()


class GoodsPresenter(Presenter):
    """Tells what changed; ``goods_changed`` also concerns the selling screen."""

    rows_changed = Signal()
    form_opened = Signal()
    form_refused = Signal(str)  # the field that is wrong, by its name in the form
    form_saved = Signal(int)  # the product's id
    stock_opened = Signal()
    stock_moved = Signal()
    goods_changed = Signal()

    def __init__(
        self,
        database: Database,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._words = ""
        self.rows: tuple[ListedProduct, ...] = ()
        self.weight_unit = WeightUnit.JIN
        self.choices = Choices()
        self.draft: ProductDraft | None = None  # what the form was opened with
        self.is_new = False
        self.stocked: ListedProduct | None = None  # whose stock is being moved
        self.table = GoodsImportPresenter(database, background, self)
        self.table.failed.connect(self.failed)
        self.table.told.connect(self.told)
        self.table.imported.connect(self._on_imported)

    def load(self) -> None:
        """Read the list again, narrowed by the words in use."""
        with self.telling_errors():
            with self._database.read() as session:
                outlet_id = _till(session).outlet.id
                rows = listing.list_products(session, outlet_id, self._words)
                self.weight_unit = settings.load(session).weight_unit
            self.rows = tuple(rows)
            self.rows_changed.emit()

    def search(self, words: str) -> None:
        self._words = words
        self.load()

    # --- the form -------------------------------------------------------------

    def start_new(self) -> None:
        """Open an empty form, with a number that is still free as SKU."""
        with self.telling_errors():
            with self._database.read() as session:
                self.choices = _choices(session)
                sku = _free_sku(session)
            self.draft, self.is_new = ProductDraft(sku, "", Unit.PIECE), True
            self.form_opened.emit()

    def start_edit(self, product_id: int) -> None:
        with self.telling_errors():
            with self._database.read() as session:
                self.choices = _choices(session)
                self.draft = catalog.get_draft(session, product_id)
            self.is_new = False
            self.form_opened.emit()

    def save(self, draft: ProductDraft) -> None:
        """Store what the form holds; a field that is wrong is named."""
        with self.telling_errors():
            try:
                _refuse_twice(draft)
                with self._database.write() as session:
                    if self.is_new:
                        _refuse_taken(session, draft)
                    product_id = catalog.save_product(session, draft)
            except (AlreadyTaken, MissingField, WrongField) as error:
                self.form_refused.emit(_field_of(error.field))
                raise
            self.draft = None
            self.told.emit(_("{name} is saved.").format(name=_name(draft)))
            self.load()
            self.form_saved.emit(product_id)
            self.goods_changed.emit()

    # --- what comes in and goes out -------------------------------------------

    def start_stock(self, product_id: int) -> None:
        """Open the panel for deliveries, losses and counts of one product."""
        with self.telling_errors():
            found = next(row for row in self.rows if row.id == product_id)
            if found.is_bundle:
                raise BoxHasNoStock
            self.stocked = found
            self.stock_opened.emit()

    def move_stock(self, reason: str, amount: Quantity, note: str) -> None:
        """Goods come in, go out or are counted; ``amount`` has no sign."""
        with self.telling_errors():
            product = self.stocked
            assert product is not None, "start_stock opened the panel"
            with self._database.write() as session:
                act = _act(session, stock.Reason(reason), note)
                _do(session, act, product.id, amount.amount)
                left = stock.on_hand(session, act.outlet_id, product.id)
            on_hand = Quantity(left, product.on_hand.unit)
            self.stocked = replace(product, on_hand=on_hand)
            self.told.emit(
                _("{name}: {on_hand} on hand now.").format(
                    name=name_of(product),
                    on_hand=quantity_of(on_hand, self.weight_unit),
                )
            )
            self.load()
            self.stock_moved.emit()
            self.goods_changed.emit()

    def _on_imported(self) -> None:
        self.load()
        self.goods_changed.emit()


def _till(session: Session) -> TillRow:
    """Raises NoShopYet."""
    till = places.this_till(session)
    if till is None:
        raise NoShopYet
    return till


def _choices(session: Session) -> Choices:
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
            for row in listing.list_products(session, _till(session).outlet.id)
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
    }[label]


def _name(draft: ProductDraft) -> str:
    return pick(draft.name, draft.name_en)


def _act(session: Session, reason: stock.Reason, note: str) -> stock.Act:
    """On the open shift's business date, or today's without a shift."""
    till, now = _till(session), clock.now()
    shift = shifts.find_open(session, till.id)
    return stock.Act(
        outlet_id=till.outlet.id,
        reason=reason,
        at=now,
        business_date=shift.business_date if shift else clock.business_date(now),
        till_id=till.id,
        shift_id=shift.id if shift else None,
        staff_id=staff.list_staff(session)[0].id,
        note=note.strip(),
    )


def _do(session: Session, act: stock.Act, product_id: int, amount: int) -> None:
    if act.reason is stock.Reason.DELIVERY:
        stock.receive_delivery(session, act, product_id, amount)
    elif act.reason is stock.Reason.COUNT:
        stock.count(session, act, product_id, amount)
    else:
        stock.take_out(session, act, product_id, amount)

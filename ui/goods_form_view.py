"""The form of one product, beside the list of goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.goods.drafts import BelowZero, ProductDraft
from models.i18n import _, pick
from models.kinds import Terms
from models.quantity import Unit, WeightUnit
from ui.goods_fields_view import (
    Fields,
    ListEdit,
    PercentEdit,
    PriceEdit,
    TextEdit,
    panel_button,
    scrolling,
    show_place,
)
from ui.goods_history_view import PriceHistory
from ui.goods_lines_view import CodesEdit, PartsEdit
from ui.goods_picture_view import PictureEdit
from ui.widgets.choice import Choice
from ui.widgets.code_edit import CodeEdit
from ui.widgets.named import named, restyle, styled
from ui.widgets.number_edit import WholeEdit

if TYPE_CHECKING:
    from models.goods.prices import PriceRow
    from ui.goods_presenter import Choices

_TEXTS = (
    "sku",
    "name",
    "name_en",
    "category_en",
    "unit_name",
    "spec",
    "plu",
    "town",
    "village",
    "certificate",
)


class GoodsFormView(QFrame):
    """Shows a draft and gives it back as it was changed; decides nothing."""

    save_wanted = Signal(object)  # ProductDraft
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._draft = self._shown = ProductDraft("", "", Unit.PIECE)
        self._weight_unit = WeightUnit.JIN
        self._by_name: dict[str, QWidget] = {}
        self._english: dict[str, str] = {}  # of the categories
        self._terms: dict[str, tuple[str, str, Terms]] = {}  # and villages of suppliers
        self._make_fields()
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        self._title = styled("heading", QLabel(), layout)
        self._unsaved = named("unsaved", styled("warn", QLabel()), layout)
        self._unsaved.setWordWrap(True)
        self._area: QScrollArea = scrolling(self._fields())
        layout.addWidget(self._area, 1)
        layout.addLayout(self._foot())

    # --- in and out -----------------------------------------------------------

    def show_draft(
        self,
        draft: ProductDraft,
        choices: Choices,
        weight_unit: WeightUnit,
        *,
        is_new: bool,
    ) -> None:
        """Fill the form anew. The SKU and the way of selling of old goods are fixed."""
        self._draft, self._weight_unit = draft, weight_unit
        self._title.setText(_("New goods") if is_new else _("Change goods"))
        self._offer(choices)
        self._show_history(choices.history, draft.unit)
        for name in _TEXTS:
            self._text(name).setText(getattr(draft, name))
        self._sku.setReadOnly(not is_new)
        self._unit.setEnabled(is_new)
        self._unit.show_value(draft.unit)
        self._price.sell_by(draft.unit, weight_unit)
        self._price.show_price(draft.price)
        self._cost.sell_by(draft.unit, weight_unit)
        self._cost.show_price(draft.cost)
        self._category.show_value(draft.category)
        self._county.show_value(draft.county_code)
        self._supplier.show_value(draft.supplier)
        self._terms_choice.show_value(draft.terms)
        self._codes.show_codes(draft.barcodes)
        self._parts.show_parts(draft.parts, choices.parts, weight_unit)
        self._tax.show_rate(draft.tax_rate_bp)
        self._days.show_value(draft.shelf_life_days)
        self._picture.show_picture(draft.picture)
        self._below_zero.show_value(draft.below_zero)
        self._certified.setChecked(draft.is_certified)
        self._active.setChecked(draft.is_active)
        self._show_for_unit(draft.unit)
        self.mark("")
        self._area.verticalScrollBar().setValue(0)
        self._unsaved.hide()
        self._shown = self.draft()

    def draft(self) -> ProductDraft:
        """What the form holds now; what it does not show stays as it was."""
        unit = Unit(str(self._unit.value()))
        texts = {name: self._text(name).text().strip() for name in _TEXTS}
        return replace(
            self._draft,
            **texts,
            unit=unit,
            category=self._category.value(),
            county_code=self._county.value(),
            price=self._price.value(),
            cost=self._cost.value(),
            tax_rate_bp=self._tax.rate(),
            barcodes=self._codes.codes(),
            supplier=self._supplier.value(),
            terms=Terms(str(self._terms_choice.value())),
            is_certified=self._certified.isChecked(),
            shelf_life_days=self._days.value(),
            picture=self._picture.picture(),
            below_zero=BelowZero(str(self._below_zero.value())),
            is_active=self._active.isChecked(),
            parts=self._parts.parts() if unit is Unit.PIECE else (),
        )

    def may_leave(self) -> bool:
        """Whether nothing would be lost; asked once more, it always may."""
        if self._unsaved.isVisibleTo(self) or self.draft() == self._shown:
            return True
        words = _("Not saved yet. F12 saves; once more, and the changes are gone.")
        self._unsaved.setText(words)
        self._unsaved.show()
        return False

    def confirm(self) -> None:
        """Save what the form holds."""
        self.mark("")
        self.save_wanted.emit(self.draft())

    def focus_field(self, name: str) -> None:
        field = self._by_name[name]
        self._area.ensureWidgetVisible(field)
        if isinstance(field, QLineEdit):
            field.selectAll()
        first = field.findChild(QLineEdit) or field
        (field if field.focusPolicy() & Qt.FocusPolicy.TabFocus else first).setFocus()

    def mark(self, name: str) -> None:
        """Show which field is wrong and go there; "" is none."""
        for key, field in self._by_name.items():
            lines = field.findChildren(QLineEdit)
            for line in [field] if isinstance(field, QLineEdit) else lines:
                restyle(line, "wrong", "true" if key == name else "")
        if name:
            self.focus_field(name)

    def take_scan(self, code: str) -> None:
        """A scan while the form is open is one of the product's barcodes."""
        self._codes.take_scan(code)
        self._area.ensureWidgetVisible(self._codes)

    # --- building -------------------------------------------------------------

    def _make_fields(self) -> None:
        self._sku = CodeEdit()
        self._unit = Choice(
            _("Sold by"), ((Unit.PIECE, _("By piece")), (Unit.GRAM, _("By weight")))
        )
        self._unit.chosen.connect(self._on_unit)
        self._price, self._cost = PriceEdit("price"), PriceEdit("cost")
        self._category = ListEdit(is_open=True)
        self._category.currentTextChanged.connect(self._on_category)
        self._county = ListEdit()
        self._codes, self._parts = CodesEdit(), PartsEdit()
        self._supplier = ListEdit(is_open=True)
        self._supplier.currentTextChanged.connect(self._on_supplier)
        self._terms_choice = Choice(
            _("Terms"),
            (
                (Terms.OWN, _("Own")),
                (Terms.CONSIGNMENT, _("Consigned")),
                (Terms.JOINT, _("Joint")),
            ),
        )
        self._tax, self._days = PercentEdit(), WholeEdit()
        self._picture = PictureEdit()
        self._below_zero = Choice(
            _("When none is left"),
            ((BelowZero.WARN, _("Warn")), (BelowZero.BLOCK, _("Do not sell"))),
        )
        self._certified = QCheckBox(_("Certified assistance product"))
        self._active = QCheckBox(_("On sale"))
        self._history = PriceHistory()

    def _fields(self) -> QWidget:
        fields = Fields()
        for name, words, field, is_wide in self._order():
            self._by_name[name] = named(name, field)
            fields.add(words, field, is_wide=is_wide)
            if isinstance(field, QLineEdit):  # Enter goes on to the next one
                field.returnPressed.connect(field.focusNextChild)
        return fields

    def _order(self) -> tuple[tuple[str, str, QWidget, bool], ...]:
        """Name, words, field and whether it is wide; what is asked most comes first."""
        return (
            ("name", _("Name"), TextEdit(), True),
            ("sku", _("SKU"), self._sku, False),
            ("unit", _("Sold by"), self._unit, False),
            ("price", _("Price"), self._price, False),
            ("unit_name", _("Unit, such as bag or box"), TextEdit(), False),
            ("category", _("Category"), self._category, False),
            ("county", _("County"), self._county, False),
            ("barcodes", _("Barcodes"), self._codes, True),
            ("plu", _("Number on weighing labels"), CodeEdit(), True),
            ("parts", _("Content of the gift box"), self._parts, True),
            ("spec", _("Specification"), TextEdit(), False),
            ("name_en", _("English name"), TextEdit(), False),
            ("supplier", _("Supplier"), self._supplier, True),
            ("town", _("Town"), TextEdit(), False),
            ("village", _("Village"), TextEdit(), False),
            ("terms", _("Terms"), self._terms_choice, True),
            ("cost", _("Cost price"), self._cost, False),
            ("tax", _("Tax rate in %"), self._tax, False),
            ("certified", "", self._certified, True),
            ("certificate", _("Certificate number"), TextEdit(), False),
            ("days", _("Shelf life in days"), self._days, False),
            ("below_zero", _("When none is left"), self._below_zero, False),
            ("category_en", _("Category in English"), TextEdit(), False),
            ("picture", _("Picture"), self._picture, True),
            ("active", "", self._active, True),
            ("history", _("Price history"), self._history, True),
        )

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        row.addWidget(panel_button("close_form", _("Close  Esc"), self.left.emit))
        save = panel_button("save_form", _("Save  F12"), self.confirm, role="primary")
        row.addWidget(save, 1)
        return row

    # --- what follows from what -----------------------------------------------

    def _offer(self, choices: Choices) -> None:
        self._category.offer(
            [(name, pick(name, name_en)) for name, name_en in choices.categories]
        )
        self._english = dict(choices.categories)
        self._county.offer([("", _("none (boxes, other)"))])
        for code, name in choices.counties:
            self._county.addItem(name, code)
        self._terms = {
            row.name: (row.town, row.village, row.terms) for row in choices.suppliers
        }
        self._supplier.offer([(row.name, row.name) for row in choices.suppliers])

    def _show_history(self, changes: Sequence[PriceRow], unit: Unit) -> None:
        self._history.show_changes(changes, unit, self._weight_unit)
        show_place(self._history, is_shown=bool(changes))

    def _on_unit(self, unit: object) -> None:
        sold_by = Unit(str(unit))
        self._price.sell_by(sold_by, self._weight_unit)
        self._cost.sell_by(sold_by, self._weight_unit)
        self._show_for_unit(sold_by)

    def _show_for_unit(self, unit: Unit) -> None:
        """Labels are for weighed goods; barcodes with packs and boxes for pieces."""
        is_weighed = unit is Unit.GRAM
        show_place(self._by_name["plu"], is_shown=is_weighed)
        show_place(self._by_name["parts"], is_shown=not is_weighed)

    def _on_category(self, _words: str) -> None:
        english = self._english.get(self._category.value(), "")
        self._text("category_en").setText(english)

    def _on_supplier(self, name: str) -> None:
        """A supplier that is known brings its village and terms along."""
        if name in self._terms:
            town, village, terms = self._terms[name]
            self._text("town").setText(town)
            self._text("village").setText(village)
            self._terms_choice.show_value(terms)

    def _text(self, name: str) -> QLineEdit:
        field = self._by_name[name]
        assert isinstance(field, QLineEdit)
        return field

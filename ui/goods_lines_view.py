"""The barcodes of a product and the content of a gift box, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.goods.drafts import PackCode, Part
from models.i18n import _
from models.quantity import Quantity, Unit, WeightUnit, jin, kilograms
from ui.goods_fields_view import LinesEdit, ListEdit
from ui.widgets.code_edit import CodeEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named
from ui.widgets.number_edit import QuantityEdit, WholeEdit
from ui.words import unit_word

if TYPE_CHECKING:
    from ui.goods_presenter import PartChoice


@dataclass(frozen=True, slots=True)
class _CodeLine:
    line: QWidget
    code: CodeEdit
    size: WholeEdit
    price: MoneyEdit


class CodesEdit(LinesEdit):
    """Barcodes: a pack's code says how many are in it and may have its own price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Another barcode"), parent)
        self._fields: list[_CodeLine] = []
        self.added.connect(lambda: self.add_code(PackCode("")).setFocus())

    def show_codes(self, codes: tuple[PackCode, ...]) -> None:
        """At least one line stands ready."""
        self.clear()
        self._fields.clear()
        for code in codes or (PackCode(""),):
            self.add_code(code)

    def add_code(self, pack: PackCode) -> CodeEdit:
        code = described(_("Barcode"), named("code", CodeEdit()))
        code.setText(pack.code)
        code.setPlaceholderText(_("scan or type"))
        number = described(_("Pieces in the pack"), named("pack_size", WholeEdit()))
        number.setPlaceholderText(_("1 pc"))
        number.show_value(pack.pack_size if pack.pack_size > 1 else None)
        price = described(_("Price of the pack"), named("pack_price", MoneyEdit()))
        price.setPlaceholderText(_("pack price"))
        if pack.price is not None:
            price.setText(pack.price.plain)
        line = self.add_line(((code, 6), (number, 2), (price, 4)))
        self._fields.append(_CodeLine(line, code, number, price))
        return code

    def take_scan(self, text: str) -> None:
        """Fill the first empty line, or a new one."""
        for one in self._present():
            if not one.code.text():
                one.code.setText(text)
                one.code.setFocus()
                return
        self.add_code(PackCode(text)).setFocus()

    def codes(self) -> tuple[PackCode, ...]:
        return tuple(
            PackCode(one.code.text().strip(), one.size.value() or 1, one.price.value())
            for one in self._present()
            if one.code.text().strip()
        )

    def _present(self) -> list[_CodeLine]:
        return [one for one in self._fields if one.line in self.lines()]


@dataclass(frozen=True, slots=True)
class _PartLine:
    line: QWidget
    goods: ListEdit
    amount: QuantityEdit


class PartsEdit(LinesEdit):
    """What is in a gift box: so many pieces, or so much of weighed goods."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Put goods into the box"), parent)
        self._fields: list[_PartLine] = []
        self._choices: dict[str, PartChoice] = {}
        self._weight_unit = WeightUnit.JIN
        self.added.connect(lambda: self.add_part(Part("", 1)).setFocus())

    def show_parts(
        self,
        parts: tuple[Part, ...],
        choices: tuple[PartChoice, ...],
        weight_unit: WeightUnit,
    ) -> None:
        self.clear()
        self._fields.clear()
        self._choices = {one.sku: one for one in choices}
        self._weight_unit = weight_unit
        for part in parts:
            self.add_part(part)

    def add_part(self, part: Part) -> ListEdit:
        goods = described(_("Goods in the box"), named("part", ListEdit()))
        goods.offer([(sku, f"{one.name}  {sku}") for sku, one in self._choices.items()])
        amount = named("part_amount", QuantityEdit())
        line = self.add_line(((goods, 5), (amount, 2)))
        fields = _PartLine(line, goods, amount)
        self._fields.append(fields)
        goods.currentTextChanged.connect(lambda _text: self._measure(fields))
        goods.show_value(part.sku)
        self._measure(fields)
        self._show_amount(fields, part.amount)
        return goods

    def parts(self) -> tuple[Part, ...]:
        """An amount that is missing counts as none, which the shop refuses."""
        found = []
        for one in self._fields:
            if one.line in self.lines() and one.goods.currentText().strip():
                sku = one.goods.value() or one.goods.currentText().strip()
                amount = one.amount.value()
                found.append(Part(sku, amount.amount if amount else 0))
        return tuple(found)

    def _unit(self, fields: _PartLine) -> Unit:
        choice = self._choices.get(fields.goods.value())
        return choice.unit if choice else Unit.PIECE

    def _measure(self, fields: _PartLine) -> None:
        """Ask for pieces or for a weight, by what is chosen."""
        is_weighed = self._unit(fields) is Unit.GRAM
        words = unit_word(self._weight_unit) if is_weighed else _("pieces")
        if fields.amount.placeholderText() == words:
            return
        if is_weighed:
            fields.amount.weigh_in(self._weight_unit)
        else:
            fields.amount.count_pieces()
        fields.amount.setPlaceholderText(words)
        described(_("How much: {unit}").format(unit=words), fields.amount)

    def _show_amount(self, fields: _PartLine, amount: int) -> None:
        quantity = Quantity(amount, self._unit(fields))
        if not quantity.is_weight:
            fields.amount.setText(str(amount))
            return
        is_kg = self._weight_unit is WeightUnit.KG
        text = kilograms(amount) if is_kg else jin(amount)
        fields.amount.setText(text.replace(",", ""))

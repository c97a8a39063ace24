"""The form for a new promotion: a rule, its figures, and where and when it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.deals import Promotion, Rule
from models.discounts import WHOLE_BP
from models.i18n import _
from models.money import Money
from ui.goods_acts import NewPromotion
from ui.goods_fields_view import Fields, TextEdit, show_place
from ui.goods_offers_view import EVENT, EVERYWHERE, OUTLET
from ui.goods_pick_view import GoodsPick
from ui.promotion_words import rule_words
from ui.widgets.choice import Choice
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.number_edit import NumberEdit, WholeEdit

ALL, ONE = "all", "one"


class PromotionForm(QWidget):
    """Shows only the fields of the chosen rule, and says in words what it does."""

    confirmed = Signal()  # Enter in the last field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        self._rule = named("promotion_rule", Choice(_("Rule"), _rules()), layout)
        self._rule.chosen.connect(self._choose)
        layout.addLayout(self._figures())
        self._words = named("promotion_words", styled("strong", QLabel()), layout)
        self._words.setWordWrap(True)
        layout.addWidget(self._fields())
        self._repeats = self._check("promotion_repeats", _("Again for each time"))
        self._stacks = self._check(
            "promotion_stacks", _("On top of other promotions and discounts")
        )
        layout.addWidget(self._repeats)
        layout.addWidget(self._stacks)
        layout.addStretch(1)

    def start(self, today: date, *, takes_part: bool, sku: str) -> None:
        """第二件半价 for today, as most want it; of one product, this is offered."""
        for field, text in (
            (self._pieces, "2"),
            (self._free, "1"),
            (self._tenths, "5"),
            (self._price, ""),
            (self._over, ""),
            (self._off, ""),
            (self._name, ""),
        ):
            field.setText(text)
        self._repeats.setChecked(False)
        self._stacks.setChecked(False)
        self.pick.start()
        if sku:
            self.pick.take_scan(sku)
        self._where.show_option(EVENT, is_shown=takes_part)
        self._where.show_value(EVENT if takes_part else OUTLET)
        self._first.show_day(today)
        self._last.show_day(today)
        self._choose_goods(ALL)
        self._choose(Rule.NTH)

    def promotion(self) -> NewPromotion:
        """What the form says."""
        self.pick.settle()
        return self._typed()

    def take_scan(self, code: str) -> None:
        """The promotion is for what was scanned."""
        self._choose_goods(ONE)
        self.pick.take_scan(code)

    # --- building -------------------------------------------------------------

    def _figures(self) -> QHBoxLayout:
        """Of each rule those two that it has, beside each other."""
        self._pieces = named("promotion_pieces", WholeEdit())
        self._free = named("promotion_free", WholeEdit())
        self._tenths = named("promotion_tenths", TenthsEdit())
        self._price = named("promotion_price", MoneyEdit())
        self._over = named("promotion_over", MoneyEdit())
        self._off = named("promotion_off", MoneyEdit())
        row = QHBoxLayout()
        row.setSpacing(size("gap"))
        self._places = {
            field: _below(words, field, row)
            for field, words in (
                (self._pieces, _("Pieces")),
                (self._free, _("Pieces free")),
                (self._tenths, _("Tenths to pay: 5 is half price")),
                (self._price, _("Price of all of them")),
                (self._over, _("From an amount of")),
                (self._off, _("Amount off")),
            )
        }
        for field in self._places:
            field.textChanged.connect(self._show_words)
            field.returnPressed.connect(field.focusNextChild)
        return row

    def _fields(self) -> Fields:
        fields = Fields()
        self._goods = named(
            "promotion_for",
            Choice(_("For"), ((ALL, _("All goods")), (ONE, _("Only one")))),
        )
        self._goods.chosen.connect(self._choose_goods)
        self.pick = named("promotion_product", GoodsPick())
        self._where = named(
            "promotion_where",
            Choice(
                _("Where it holds"),
                (
                    (EVENT, _("This event")),
                    (OUTLET, _("This outlet")),
                    (EVERYWHERE, _("Everywhere")),
                ),
            ),
        )
        self._where.chosen.connect(self._where.show_value)
        self._first = named("promotion_first", DayEdit())
        self._last = named("promotion_last", DayEdit())
        self._name = named("promotion_name", TextEdit())
        self._name.returnPressed.connect(self.confirmed)
        fields.add(_("For"), self._goods)
        fields.add(_("Product"), self.pick)
        fields.add(_("Where it holds"), self._where, is_wide=True)
        fields.add(_("First day"), self._first)
        fields.add(_("Last day"), self._last)
        fields.add(_("Name on the receipt"), self._name, is_wide=True)
        return fields

    def _check(self, name: str, words: str) -> QCheckBox:
        box = named(name, QCheckBox(words))
        box.toggled.connect(self._show_words)
        return box

    # --- what happens ---------------------------------------------------------

    def _chosen_rule(self) -> Rule:
        rule = self._rule.value()
        assert isinstance(rule, Rule)
        return rule

    def _choose(self, rule: object) -> None:
        self._rule.show_value(rule)
        shown = {
            Rule.NTH: (self._pieces, self._tenths),
            Rule.FREE: (self._pieces, self._free),
            Rule.BUNDLE: (self._pieces, self._price),
            Rule.OVER: (self._over, self._off),
        }[self._chosen_rule()]
        for field, place in self._places.items():
            place.setVisible(field in shown)
        self._repeats.setVisible(rule is Rule.OVER)
        self._show_words()
        shown[0].setFocus()
        shown[0].selectAll()

    def _choose_goods(self, which: object) -> None:
        self._goods.show_value(which)
        show_place(self.pick, is_shown=which == ONE)
        if which == ONE:
            self.pick.setFocus()
        self._show_words()

    def _show_words(self) -> None:
        """The rule as a poster would say it, as far as it is typed."""
        if self._rule.value() is None:
            return  # the form is being filled
        words = self._in_words()
        self._name.setPlaceholderText(words)
        if words and self._goods.value() == ALL and self._rule.value() is not Rule.OVER:
            words = _("{rule}, counted for each product by itself").format(rule=words)
        self._words.setText(words or _("Fill in the figures."))

    def _typed(self) -> NewPromotion:
        picked = self.pick.goods()
        return NewPromotion(
            rule=self._chosen_rule(),
            where=str(self._where.value()),
            first=self._first.day(),
            last=self._last.day(),
            name=self._name.text(),
            is_for_one=self._goods.value() == ONE,
            product_id=picked.id if picked else None,
            pieces=self._pieces.value(),
            free=self._free.value(),
            tenths=self._tenths.hundredths(),
            price=self._price.value(),
            over=self._over.value(),
            off=self._off.value(),
            repeats=self._repeats.isChecked(),
            stacks=self._stacks.isChecked(),
        )

    def _in_words(self) -> str:
        typed = self._typed()
        figures: Sequence[object] = {
            Rule.NTH: (typed.pieces, typed.tenths),
            Rule.FREE: (typed.pieces, typed.free),
            Rule.BUNDLE: (typed.pieces, typed.price),
            Rule.OVER: (typed.over, typed.off),
        }[typed.rule]
        if None in figures:
            return ""
        return rule_words(
            Promotion(
                0,
                "",
                typed.rule,
                pieces=typed.pieces or 0,
                free=typed.free or 0,
                off_bp=max(0, WHOLE_BP - 10 * (typed.tenths or 0)),
                price=typed.price or Money.ZERO,
                over=typed.over or Money.ZERO,
                off=typed.off or Money.ZERO,
                repeats=typed.repeats,
            )
        )


class TenthsEdit(NumberEdit):
    """Takes 折: the tenths of the price that are left to pay, with two decimals."""

    def hundredths(self) -> int | None:
        """So that 5 折 is 500; None while the field stands empty."""
        read = self._read_or_none()
        return read if isinstance(read, int) else None

    def read(self, text: str) -> int:
        tenths = Money.parse(text).fen  # written and rounded like an amount
        if tenths > 99_99:
            raise ValueError(text)
        return tenths

    def _on_return(self) -> None:
        """Whoever holds the field decides where Enter leads."""


def _below(words: str, field: QLineEdit, row: QHBoxLayout) -> QWidget:
    """The field below its words, which take an equal share of the row."""
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    styled("hint", QLabel(words), layout)
    layout.addWidget(described(words, field))
    row.addWidget(place, 1, Qt.AlignmentFlag.AlignTop)
    return place


def _rules() -> list[tuple[object, str]]:
    return [
        (Rule.NTH, _("n-th cheaper")),
        (Rule.FREE, _("Some free")),
        (Rule.BUNDLE, _("n for ¥")),
        (Rule.OVER, _("Off a total")),
    ]

"""The panel that asks how much: a weight, an amount, a quantity or a shift's float."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.cart import CartLine, Item
from models.i18n import _, pick
from models.money import Money
from models.quantity import Unit, WeightUnit, price_per
from ui.widgets.keypad import Keypad
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.number_edit import NumberEdit, QuantityEdit
from ui.words import name_of, unit_word


class EntryView(QWidget):
    """One heading, one field, one keypad; what is asked decides the rest."""

    weighed = Signal(str, object)  # the typed weight and its WeightUnit
    amount_taken = Signal(object)  # Money
    counted = Signal(str, object)  # the typed quantity and its WeightUnit
    float_counted = Signal(object, str)  # Money, and a note
    left = Signal()

    def __init__(self, weight_unit: WeightUnit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._own_unit = weight_unit
        self._unit = weight_unit
        self._asks = "weight"
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_small"))
        self._heading = styled("heading", named("entry_heading", QLabel(), layout))
        self._heading.setWordWrap(True)
        self._hint = styled("hint", named("entry_hint", QLabel(), layout))
        self._hint.setWordWrap(True)
        layout.addWidget(self._choices())
        layout.addWidget(self._fields())
        self._note = named("float_note", QLineEdit(), layout)
        self._note.setMaxLength(200)
        self._note.setPlaceholderText(_("Why? (may stay empty)"))
        described(_("Note"), self._note)
        self._note.returnPressed.connect(self._on_enter)
        self._keypad = Keypad()
        layout.addWidget(self._keypad, 1)
        layout.addLayout(self._buttons())
        self._offer()  # nothing yet: with all of it the window would grow
        self._note.hide()

    # --- what is asked --------------------------------------------------------

    def ask_weight(self, item: Item) -> None:
        price = price_per(item.price, self._own_unit).plain
        self._asks = "weight"
        self._heading.setText(pick(item.name, item.name_en))
        self._hint.setText(f"{price} / {unit_word(self._own_unit)}")
        self._offer("jin", "kg", "amount")
        self._choose("kg" if self._own_unit is WeightUnit.KG else "jin")

    def ask_quantity(self, line: CartLine) -> None:
        self._asks = "quantity"
        self._heading.setText(_("How much of {name}?").format(name=name_of(line)))
        self._hint.setText(_("Zero removes the line."))
        if line.item.unit is Unit.GRAM:
            self._offer("jin", "kg")
            self._choose("kg" if self._own_unit is WeightUnit.KG else "jin")
        else:
            self._offer()
            self._quantity.count_pieces()
            self._show_field(self._quantity)

    def ask_float(self, *, is_new_day: bool) -> None:
        self._asks = "float"
        self._heading.setText(
            _("A new day: how much change money is in the drawer?")
            if is_new_day
            else _("How much change money is in the drawer?")
        )
        self._hint.setText(_("The shift starts with it. Enter starts selling."))
        self._offer()
        self._show_field(self._money)

    def tell_difference(self, left: Money, counted: Money) -> None:
        """The float is not what the last shift left: once more, with a note."""
        words = _("The last shift left {left}: {amount} more now. Enter again goes on.")
        if counted < left:
            words = _(
                "The last shift left {left}: {amount} is missing. Enter again goes on."
            )
        amount = max(left - counted, counted - left)
        self._hint.setText(words.format(left=left, amount=amount))
        restyle(self._hint, "role", "strong_warn")
        self._note.show()
        self._note.setFocus()

    # --- building -------------------------------------------------------------

    def _choices(self) -> QWidget:
        area = QWidget()
        row = QHBoxLayout(area)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size("gap_small"))
        group = QButtonGroup(self)
        self._choice: dict[str, QPushButton] = {}
        for key, text in (
            ("jin", f"{unit_word(WeightUnit.JIN)}  F2"),
            ("kg", "kg  F3"),
            ("amount", _("For an amount  F4")),
        ):
            button = named(f"by_{key}", styled("chip", QPushButton(text)), row)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked, chosen=key: self._choose(chosen))
            group.addButton(button)
            self._choice[key] = button
        row.addStretch(1)
        return area

    def _fields(self) -> QStackedWidget:
        stack = QStackedWidget()
        self._quantity = named("entry", styled("total", QuantityEdit()))
        self._money = named("entry_money", styled("total", MoneyEdit()))
        described(_("Quantity"), self._quantity)
        described(_("Amount"), self._money)
        for field in (self._quantity, self._money):
            field.returnPressed.connect(self._on_enter)
            stack.addWidget(field)
        stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stack = stack
        return stack

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_entry", styled("secondary", QPushButton()), row)
        leave.setText(_("Back  Esc"))
        leave.clicked.connect(self.left)
        done = named("done", styled("primary", QPushButton()), row)
        done.setText(_("Done  Enter"))
        done.clicked.connect(self._on_enter)
        for button in (leave, done):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return row

    # --- what happens ---------------------------------------------------------

    def take_focus(self) -> None:
        """The field that is asked for has the keys again."""
        field = self._stack.currentWidget()
        assert field is not None
        field.setFocus()

    def choose(self, number: int) -> None:
        """The choice that a function key names, if it is offered."""
        shown = [key for key, button in self._choice.items() if not button.isHidden()]
        if number < len(shown):
            self._choose(shown[number])

    def _offer(self, *keys: str) -> None:
        for key, button in self._choice.items():
            button.setVisible(key in keys)

    def _choose(self, key: str) -> None:
        self._choice[key].setChecked(True)
        if key == "amount":
            self._show_field(self._money)
            return
        self._unit = WeightUnit.KG if key == "kg" else self._jin()
        self._quantity.weigh_in(self._unit)
        self._show_field(self._quantity)

    def _jin(self) -> WeightUnit:
        return WeightUnit.JIN if self._own_unit is WeightUnit.KG else self._own_unit

    def _show_field(self, field: NumberEdit) -> None:
        restyle(self._hint, "role", "hint")
        self._note.clear()
        self._note.hide()
        field.clear()
        self._stack.setCurrentWidget(field)
        self._keypad.type_into(field)
        field.setFocus()

    def _on_enter(self) -> None:
        money = self._stack.currentWidget() is self._money
        typed = self._money.value() if money else None
        if self._asks == "float":
            self.float_counted.emit(typed or Money.ZERO, self._note.text())
        elif typed is not None:
            self.amount_taken.emit(typed)
        elif not money and self._quantity.text():
            signal = self.weighed if self._asks == "weight" else self.counted
            signal.emit(self._quantity.text(), self._unit)

"""The parts that the goods page's forms are put together from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.money import Money
from models.quantity import Unit, WeightUnit, price_per, price_per_kg
from ui import style
from ui.widgets.icon import icon
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.number_edit import NumberEdit
from ui.words import unit_word

_MOST_TYPED = 2000  # far above what is stored, so that it is told and not cut


class Fields(QWidget):
    """Fields in two columns, each below its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(size("gap"))
        self._grid.setVerticalSpacing(size("gap_tiny"))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._places: list[QWidget] = []
        self._next = 0  # half rows taken

    def add(self, words: str, field: QWidget, *, is_wide: bool = False) -> QLabel:
        """Put ``field`` where there is room; a wide one takes both columns.

        Returns the words, which may change; a field that says what it is has none.
        """
        if is_wide and self._next % 2:
            self._next += 1
        row, column = divmod(self._next, 2)
        place = QWidget()
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        label = styled("hint", QLabel(words), layout)
        if words:
            described(words, field.focusProxy() or field)
        else:
            label.hide()
        layout.addWidget(field)
        layout.addStretch(1)
        self._grid.addWidget(place, row, column, 1, 2 if is_wide else 1)
        self._next += 2 if is_wide else 1
        return label


def show_place(field: QWidget, *, is_shown: bool) -> None:
    """Show or hide a field of Fields together with its words."""
    place = field.parentWidget()
    assert place is not None, "the field stands in Fields"
    place.setVisible(is_shown)


class TextEdit(QLineEdit):
    """One line of words. What is too long is refused when saved, never cut unseen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_MOST_TYPED)


class PercentEdit(NumberEdit):
    """Takes a percentage with at most two decimals, kept in hundredths of it."""

    def rate(self) -> int | None:
        """In basis points, so that 9 % is 900."""
        read = self._read_or_none()
        return read if isinstance(read, int) else None

    def show_rate(self, rate_bp: int | None) -> None:
        self.setText("" if rate_bp is None else Money(rate_bp).plain)

    def read(self, text: str) -> int:
        rate = Money.parse(text).fen  # written and rounded like an amount
        if rate > 100_00:
            raise ValueError(text)
        return rate

    def _on_return(self) -> None:
        """Whoever holds the field decides where Enter leads."""


class ListEdit(QComboBox):
    """Choose from a list by typing any part; new words are welcome if ``is_open``."""

    def __init__(self, parent: QWidget | None = None, *, is_open: bool = False) -> None:
        super().__init__(parent)
        self._is_open = is_open
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        completer = self.completer()
        assert completer is not None, "the list can be typed into"
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = completer.popup()
        assert popup is not None
        style.dress(popup)  # a window of its own

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Values with their words; nothing is chosen then."""
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self.setCurrentIndex(-1)
        self.clearEditText()

    def value(self) -> str:
        """The value of what stands there; new words are their own value."""
        typed = self.currentText().strip()
        place = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if typed and place >= 0:
            return str(self.itemData(place))
        return typed if self._is_open else ""

    def show_value(self, value: str) -> None:
        place = self.findData(value)
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText(value)
        line = self.lineEdit()
        assert line is not None, "the list can be typed into"
        line.setCursorPosition(0)  # what is too long shows its beginning


class PriceEdit(QWidget):
    """A price per piece, or per kilogram typed per 斤 or kg; a button changes between.

    What was shown and is not typed over stays exact, whatever the unit shows of it.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_tiny"))
        self.amount = named(f"{name}_amount", MoneyEdit(), layout)
        self.amount.returnPressed.connect(self.amount.focusNextChild)
        self._switch = named(f"{name}_unit", QPushButton(), layout)
        self._switch.clicked.connect(self._on_switch)
        self._small = WeightUnit.JIN  # what the shop weighs in, if that is not kg
        self._unit: WeightUnit | None = None  # None: per piece
        self._price: Money | None = None
        self._shown = ""
        self.setFocusProxy(self.amount)
        self._show_unit()

    def sell_by(self, unit: Unit, weight_unit: WeightUnit) -> None:
        """Ask per piece, or per ``weight_unit``; what was typed stays as it is."""
        if weight_unit is not WeightUnit.KG:
            self._small = weight_unit
        self._unit = weight_unit if unit is Unit.GRAM else None
        self._price, self._shown = None, ""
        self._show_unit()

    def value(self) -> Money | None:
        """Per piece or kilogram; None while nothing stands there."""
        if self.amount.text() == self._shown:
            return self._price
        typed = self.amount.value()
        if typed is None or self._unit is None:
            return typed
        return price_per_kg(typed, self._unit)

    def show_price(self, price: Money | None) -> None:
        """Per kilogram where the smaller unit cannot show the price exactly."""
        if price and self._unit and not _is_exact(price, self._unit):
            self._unit = WeightUnit.KG
        self._price = price
        self._show_unit()
        if price is None:
            self.amount.clear()
        else:
            shown = price_per(price, self._unit) if self._unit else price
            self.amount.setText(shown.plain)
        self._shown = self.amount.text()

    def _show_unit(self) -> None:
        self._switch.setVisible(self._unit is not None)
        if self._unit is not None:
            words = _("yuan / {unit}").format(unit=unit_word(self._unit))
            self._switch.setText(words)
            described(_("Price unit: {unit}").format(unit=words), self._switch)

    def _on_switch(self) -> None:
        price, is_kg = self.value(), self._unit is WeightUnit.KG
        self._unit = self._small if is_kg else WeightUnit.KG
        self.show_price(price)
        self.amount.setFocus()


def _is_exact(price: Money, unit: WeightUnit) -> bool:
    return price_per_kg(price_per(price, unit), unit) == price


class LinesEdit(QWidget):
    """Lines of fields, each with a button that takes it away, and one that adds one."""

    added = Signal()

    def __init__(self, add_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(size("gap_tiny"))
        self._lines: list[QWidget] = []
        self.button = named("add_line", styled("quiet", QPushButton(add_words)))
        self.button.setIcon(icon("add", "accent"))
        self.button.clicked.connect(self.added)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def add_line(self, fields: Sequence[tuple[QWidget, int]]) -> QWidget:
        """A line of fields with their stretch."""
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_tiny"))
        for field, stretch in fields:
            layout.addWidget(field, stretch)
            if isinstance(field, QLineEdit):
                field.returnPressed.connect(self.focusNextChild)
        remove = named("remove_line", QToolButton(), layout)
        remove.setIcon(icon("close", "ink_second"))
        remove.setIconSize(QSize(size("icon"), size("icon")))
        described(_("Take this line away"), remove)
        remove.clicked.connect(lambda: self._remove(line))
        self._layout.insertWidget(len(self._lines), line)
        self._lines.append(line)
        return line

    def clear(self) -> None:
        for line in tuple(self._lines):
            self._remove(line)

    def lines(self) -> tuple[QWidget, ...]:
        return tuple(self._lines)

    def _remove(self, line: QWidget) -> None:
        self._lines.remove(line)
        self._layout.removeWidget(line)
        line.hide()
        line.setParent(None)
        line.deleteLater()


def scrolling(content: QWidget) -> QScrollArea:
    """``content`` in an area that a finger can push."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    return area


def panel_button(
    name: str, words: str, act: Callable[[], object], *, role: str = ""
) -> QPushButton:
    """A button at the foot of a panel."""
    button = named(name, QPushButton(words))
    if role:
        styled(role, button)
    button.clicked.connect(act)
    return button

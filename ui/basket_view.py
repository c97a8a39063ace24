"""The basket on the selling screen: its lines, its total and what acts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import colour, size
from models.i18n import _
from models.kinds import PriceReason
from models.quantity import WeightUnit
from ui.widgets.code_edit import CodeEdit
from ui.widgets.marked_table import MarkedTable
from ui.widgets.named import described, named, restyle, styled
from ui.words import (
    Reduction,
    amount_of,
    hand_words,
    name_of,
    origin_of,
    reductions_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.cart import Cart, CartLine

_FLASH_MS = 120
_FLASH = Qt.ItemDataRole.UserRole + 1
_LINE = Qt.ItemDataRole.UserRole
_GOODS_FLAGS = QTableWidgetItem().flags()  # as each is born


class BasketView(QFrame):
    """Shows the basket and says what the cashier wants done with it."""

    entered = Signal(str)  # what was typed in the code line
    selected = Signal(int)
    quantity_wanted = Signal()
    line_removed = Signal()
    stepped = Signal(int)  # one more or one less
    cleared = Signal()
    discount_wanted = Signal()
    parked = Signal()
    parked_wanted = Signal()
    payment_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, weight_unit: WeightUnit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._weight_unit = weight_unit
        layout = QVBoxLayout(self)
        gap = size("gap_small")
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._code_row())
        layout.addWidget(self._lines_area(), 1)
        layout.addLayout(self._total_row())
        layout.addLayout(self._buttons())
        self._flashing = -1  # its row
        self._goods = 0  # rows of goods; those below say what is taken off
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_FLASH_MS)
        self._calm.timeout.connect(self._end_flash)

    def show_cart(self, cart: Cart, flash: int) -> None:
        """Change only the rows that differ, and flash the one that was just added."""
        unit, table = self._weight_unit, self._table
        reductions = reductions_of(cart)
        table.setRowCount(len(cart.lines) + len(reductions))
        for row, line in enumerate(cart.lines):
            item = self._item(row)
            if item.data(_LINE) != line:
                self._make_line(item, row, is_goods=True)
                item.setData(_LINE, line)
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole,
                    f"{name_of(line)} {amount_of(line, unit)} {line.total}"
                    f" {hand_words(line, unit)}".rstrip(),
                )
        self._show_reductions(reductions, len(cart.lines))
        self._total.setText(str(cart.total))
        self._count.setText(_("{n} items").format(n=cart.items))
        self._empty.setVisible(not cart.lines)
        if flash >= 0:
            self._flash(flash)

    def select(self, row: int) -> None:
        if row >= 0:
            self._table.setCurrentCell(row, 0)
            self._table.scrollTo(self._table.model().index(row, 0))
            if row == self._goods - 1 < self._table.rowCount() - 1:
                self._table.scrollToBottom()  # what is taken off stays in view

    def show_multiplier(self, text: str) -> None:
        self._multiplier.setText(f"{text} ×" if text else "")
        self._multiplier.setVisible(bool(text))

    def show_parked(self, count: int) -> None:
        words = _("Resume  F7")
        self._resume.setText(f"{words} ({count})" if count else words)
        restyle(self._resume, "waits", bool(count))

    def show_training(self, *, is_on: bool) -> None:
        """Behind the lines, around them and on the button that looks like money."""
        self._table.show_mark(_("TRAINING") if is_on else "")
        for marked in (self, self._pay):
            restyle(marked, "training", is_on)

    def focus_code(self) -> None:
        self._code.clear()
        self._code.setFocus()

    def allow(self, *, changes: bool) -> None:
        """Whether goods may be added and changed (not while a payment is open)."""
        for button in self._changing:
            button.setEnabled(changes)
        self._code.setEnabled(changes)

    # --- what is taken off ----------------------------------------------------

    def _show_reductions(self, reductions: Sequence[Reduction], first: int) -> None:
        """In rows of their own below the goods, which nobody can go to."""
        self._goods = first
        for row, reduction in enumerate(reductions, first):
            item = self._item(row)
            if item.data(_LINE) != reduction:
                self._make_line(item, row, is_goods=False)
                item.setData(_LINE, reduction)
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole,
                    f"{reduction.words} {reduction.taken}",
                )

    def _item(self, row: int) -> QTableWidgetItem:
        item = self._table.item(row, 0)
        if item is None:
            item = QTableWidgetItem()
            self._table.setItem(row, 0, item)
        return item

    def _make_line(self, item: QTableWidgetItem, row: int, *, is_goods: bool) -> None:
        """Of goods, which can be selected and touched, or of what is taken off."""
        flags = _GOODS_FLAGS if is_goods else Qt.ItemFlag.NoItemFlags
        if item.flags() != flags:
            item.setFlags(flags)
            height = size("basket_row") if is_goods else size("row")
            self._table.setRowHeight(row, height)

    # --- building -------------------------------------------------------------

    def _code_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._multiplier = named("multiplier", styled("strong", QLabel()), row)
        self._multiplier.hide()
        self._code = named("code", CodeEdit(), row)
        self._code.setPlaceholderText(_("Code, or 3* for three"))
        described(_("Product code; 3* before it for three"), self._code)
        self._code.returnPressed.connect(self._on_code)
        return row

    def _lines_area(self) -> QWidget:
        area = QWidget()
        layout = QVBoxLayout(area)
        layout.setContentsMargins(0, 0, 0, 0)
        self._table = named("basket", MarkedTable(0, 1), layout)
        described(_("Basket"), self._table)
        table = self._table
        table.setItemDelegate(_LineDelegate(self._weight_unit, table))
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setDefaultSectionSize(size("basket_row"))
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.setTabKeyNavigation(False)  # Tab leads on, the arrows within
        table.currentCellChanged.connect(self._on_current)
        QScroller.grabGesture(
            table.viewport(), QScroller.ScrollerGestureType.TouchGesture
        )
        self._empty = styled("hint", QLabel(_("Scan a product, or tap a tile."), table))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        table.viewport().installEventFilter(self)
        return area

    def _total_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._count = named("count", styled("hint", QLabel()), row)
        row.addStretch(1)
        styled("strong", QLabel(_("Total")), row)
        self._total = named("total", styled("total", QLabel()), row)
        self._total.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        # Of a fixed size, so that a new sum does not lay the whole window out again.
        self._count.setFixedSize(size("count_width"), size("touch"))
        self._total.setFixedSize(size("total_width"), size("touch"))
        return row

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(size("gap_tiny"))
        grid.setVerticalSpacing(size("gap_small"))
        quantity = self._button("quantity", _("Quantity  F3"), self.quantity_wanted)
        remove = self._button("remove", _("Remove  F4"), self.line_removed)
        clear = self._button("clear", _("Clear  ⇧F4"), self.cleared)
        park = self._button("park", _("Park  F6"), self.parked)
        off = self._button("discount", _("Discount  ⇧F3"), self.discount_wanted)
        self._resume = self._button("resume", _("Resume  F7"), self.parked_wanted)
        more = self._button("more", _("More  ⇧F6"), self.more_wanted)
        self._pay = self._button("pay", _("Pay  F12"), self.payment_wanted)
        self._pay.setProperty("role", "primary")
        for column, button in enumerate((quantity, remove, clear)):
            grid.addWidget(button, 0, column)
        for column, button in enumerate((park, self._resume, more)):
            grid.addWidget(button, 1, column)
        last = QHBoxLayout()  # of its own, since its words are longer than a column
        last.setSpacing(size("gap_tiny"))
        last.addWidget(off, 1)
        last.addWidget(self._pay, 2)
        grid.addLayout(last, 2, 0, 1, 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        changing = (quantity, remove, clear, park, self._resume, more, off, self._pay)
        self._changing = changing
        return grid

    def _button(self, name: str, text: str, wanted: object) -> QPushButton:
        button = named(name, styled("secondary", QPushButton(text)))
        button.setProperty("tight", True)  # noqa: FBT003  # Qt's signature
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(wanted)
        return button

    # --- what happens ---------------------------------------------------------

    def _on_code(self) -> None:
        text = self._code.text()
        self._code.clear()
        if text.strip():
            self.entered.emit(text)

    def _on_current(self, row: int) -> None:
        self.selected.emit(row)

    def _flash(self, row: int) -> None:
        self._end_flash()
        item = self._table.item(row, 0)
        if item is not None:
            item.setData(_FLASH, True)  # noqa: FBT003  # Qt's signature
            self._flashing = row
            self._calm.start()

    def _end_flash(self) -> None:
        item, self._flashing = self._table.item(self._flashing, 0), -1
        if item is not None:
            item.setData(_FLASH, None)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._empty.setGeometry(self._table.viewport().rect())
        return False


class _LineDelegate(QStyledItemDelegate):
    """Draws a line of the basket in two rows: name and amount, county and sum."""

    def __init__(self, unit: WeightUnit, table: QTableWidget) -> None:
        super().__init__(table)
        self._unit, self._table = unit, table

    def _paint(self, painter: QPainter, room: QRect, line: CartLine) -> None:
        upper = QRect(room.left(), room.top(), room.width(), room.height() // 2)
        lower = upper.translated(0, room.height() // 2)
        amount = amount_of(line, self._unit)
        self._write(painter, upper, amount, "ink_second", "text", right=True)
        taken = painter.fontMetrics().horizontalAdvance(amount) + size("gap_small")
        self._write(
            painter, upper.adjusted(0, 0, -taken, 0), name_of(line), "ink", "strong"
        )
        total = line.total.grouped
        self._write(painter, lower, total, "ink", "strong", right=True, bold=True)
        taken = painter.fontMetrics().horizontalAdvance(total) + size("gap_small")
        left = lower.adjusted(0, 0, -taken, 0)
        origin = origin_of(line, self._unit)
        was = _reason(line, self._unit)
        if was:
            origin = f"{origin}  {was}" if origin else was
        self._write(painter, left, origin, "ink_second", "text")

    def _write(  # noqa: PLR0913  # what a piece of text needs
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        in_colour: str,
        in_size: str,
        *,
        right: bool = False,
        bold: bool = False,
    ) -> None:
        font = QFont(painter.font())
        font.setPixelSize(size(in_size))
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(colour(in_colour)))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(size("tile_width"), size("basket_row"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = index.data(_LINE)
        if line is None:
            return
        rect = option.rect
        if isinstance(line, Reduction):
            self._paint_reduction(painter, rect, line)
            return
        current = index.row() == self._table.currentRow()
        if index.data(_FLASH):
            painter.fillRect(rect, QColor(colour("good_tint")))
        elif current:
            painter.fillRect(rect, QColor(colour("accent_tint")))
        if current:
            painter.fillRect(
                QRect(rect.left(), rect.top(), size("gap_tiny"), rect.height()),
                QColor(colour("accent")),
            )
        painter.fillRect(
            QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colour("line"))
        )
        gap = size("gap")
        self._paint(painter, rect.adjusted(gap, 4, -gap, -4), line)

    def _paint_reduction(
        self, painter: QPainter, rect: QRect, reduction: Reduction
    ) -> None:
        """In one row: what takes something off, and how much."""
        painter.fillRect(
            QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colour("line"))
        )
        room = rect.adjusted(size("gap"), 0, -size("gap"), 0)
        taken = reduction.taken
        self._write(painter, room, taken, "good", "strong", right=True, bold=True)
        beside = painter.fontMetrics().horizontalAdvance(taken) + size("gap_small")
        left = room.adjusted(0, 0, -beside, 0)
        self._write(painter, left, reduction.words, "good", "text")


def _reason(line: CartLine, unit: WeightUnit) -> str:
    """Why this line costs other than the list price; empty where it does not."""
    by_hand = hand_words(line, unit)
    if line.gross == line.list_total or line.price_before is not None:
        return by_hand
    old = line.list_total.plain
    words = {
        PriceReason.EVENT: _("event price, was {old}"),
        PriceReason.PACK: _("pack price, was {old}"),
        PriceReason.LABEL: _("label price, was {old}"),
    }
    said = words.get(line.item.reason, _("was {old}")).format(old=old)
    return f"{said}  {by_hand}" if by_hand else said

"""The count of a drawer: how many of each note and coin, and what they come to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.money import Money
from models.selling.denominations import CashCount, Denomination, Pieces
from ui.widgets.card import Card, add_row
from ui.widgets.keypad import Keypad
from ui.widgets.named import described, named, styled
from ui.widgets.number_edit import WholeEdit

_KINDS = ("whole", "torn", "suspect")


class NotesView(QWidget):
    """Enter goes down the notes; torn and suspect ones stand beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[tuple[Denomination, str], WholeEdit] = {}
        self._sums: dict[Denomination, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size("gap_wide"))
        row.addWidget(self._grid_card(), 3)
        row.addWidget(self._side(), 2)

    def start(self) -> None:
        """An empty drawer; the first note has the keys."""
        for field in self._fields.values():
            field.clear()
        self._note.clear()
        self._add_up()
        self._first().setFocus()

    def pieces(self) -> list[Pieces]:
        return [
            Pieces(one, *(self._fields[one, kind].value() or 0 for kind in _KINDS))
            for one in Denomination
        ]

    def is_typed(self) -> bool:
        """Whether anything was counted, if only that there is nothing."""
        return any(field.text() for field in self._fields.values())

    def note(self) -> str:
        return self._note.text()

    # --- building -----------------------------------------------------------------

    def _grid_card(self) -> QFrame:
        """As low as nine lines for a finger can be: no heading."""
        card = styled("panel", QFrame())
        described(_("Count what lies in the drawer"), card)
        grid = QGridLayout(card)
        margin = size("gap_small")
        grid.setContentsMargins(size("gap_wide"), margin, size("gap_wide"), margin)
        grid.setHorizontalSpacing(size("gap_small"))
        grid.setVerticalSpacing(0)
        heads = ("", _("Pieces"), _("Torn"), _("Suspect"), "")
        for column, words in enumerate(heads):
            grid.addWidget(styled("hint", QLabel(words)), 0, column)
        for row, one in enumerate(Denomination, 1):
            self._add_line(grid, row, one)
        grid.setRowStretch(len(Denomination) + 1, 1)
        return card

    def _add_line(self, grid: QGridLayout, row: int, one: Denomination) -> None:
        words = _face_words(one)
        grid.addWidget(styled("strong", QLabel(words)), row, 0)
        for column, kind in enumerate(_KINDS, 1):
            field = named(f"{kind}_{one.value}", WholeEdit())
            described(f"{words} {_kind_words(kind)}", field)
            field.textChanged.connect(self._add_up)
            field.returnPressed.connect(self._on_return)
            self._fields[one, kind] = field
            grid.addWidget(field, row, column)
        total = styled("strong", QLabel())
        total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        total.setMinimumWidth(size("label"))
        self._sums[one] = total
        grid.addWidget(total, row, 4)

    def _side(self) -> Card:
        card = Card(_("Together"))
        self._total = named("count_total", styled("total", QLabel()))
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        card.body.addWidget(self._total)
        self._note = named("count_note", QLineEdit())
        add_row(card, _("Note"), self._note)
        card.body.addWidget(Keypad(), 1)
        return card

    # --- what happens -------------------------------------------------------------

    def _first(self) -> WholeEdit:
        return self._fields[next(iter(Denomination)), "whole"]

    def _add_up(self) -> None:
        pieces = self.pieces()
        for one in pieces:
            value = one.value
            self._sums[one.denomination].setText(value.grouped if value else "")
        total = CashCount(tuple(pieces)).total
        self._total.setText(f"¥{total.grouped}")

    def _on_return(self) -> None:
        """Down the column; from its end on to the confirmation."""
        order = [self._fields[one, "whole"] for one in Denomination]
        here = self.focusWidget()
        following = order[order.index(here) + 1 :] if here in order else []
        if following:
            following[0].setFocus()
            following[0].selectAll()


def _face_words(one: Denomination) -> str:
    if one is Denomination.Y1:
        return _("¥1 note")
    if one is Denomination.COIN1:
        return _("¥1 coin")
    face = one.face
    return f"¥{face.plain}" if face < Money(100) else f"¥{face.fen // 100}"


def _kind_words(kind: str) -> str:
    return {"whole": _("Pieces"), "torn": _("Torn"), "suspect": _("Suspect")}[kind]

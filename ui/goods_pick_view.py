"""The field in which other goods are picked: by name, initials, SKU or code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from models.i18n import _
from ui import style
from ui.goods_words import name_of

if TYPE_CHECKING:
    from models.goods.listing import ListedProduct


class GoodsPick(QLineEdit):
    """Asks for a search while something is typed, and lets one of the found be taken.

    What is typed means nothing until a product is picked.
    """

    search_wanted = Signal(str)
    picked = Signal()  # or nothing is any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Name, initials or code"))
        self._rows: tuple[ListedProduct, ...] = ()
        self._picked: ListedProduct | None = None
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        popup = completer.popup()
        assert popup is not None
        style.dress(popup)  # a window of its own
        self.textEdited.connect(self._on_edited)
        completer.activated.connect(self._on_activated)
        self.returnPressed.connect(self.settle)

    def start(self) -> None:
        """Nothing is picked."""
        self.clear()
        self._rows, self._picked = (), None
        self._words.setStringList([])

    def offer(self, rows: Sequence[ListedProduct]) -> None:
        """Show what the search found."""
        self._rows = tuple(rows)
        self._words.setStringList([_line(row) for row in rows])

    def goods(self) -> ListedProduct | None:
        return self._picked

    def settle(self) -> None:
        """Take what was found if nothing else is meant: the only one, or that SKU."""
        typed = self.text().strip().casefold()
        exact = [row for row in self._rows if row.sku.casefold() == typed]
        candidates = exact or self._rows
        if self._picked is None and len(candidates) == 1:
            self._pick(candidates[0])

    def take_scan(self, code: str) -> None:
        self.setText(code)
        self._on_edited(code)
        self.settle()

    def _on_edited(self, words: str) -> None:
        self._picked = None
        self.search_wanted.emit(words.strip())
        self.picked.emit()

    def _on_activated(self, line: str) -> None:
        self._pick(next(row for row in self._rows if _line(row) == line))

    def _pick(self, row: ListedProduct) -> None:
        self._picked = row
        self.setText(_line(row))
        self.setCursorPosition(0)
        self.picked.emit()


def _line(row: ListedProduct) -> str:
    return f"{name_of(row)}  {row.sku}"

"""The goods page as a person finds it, and what the file then holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models.goods import catalog
from models.goods.drafts import ProductDraft
from tests.shop import Shop
from tests.ui.pages import W, compose, find
from ui.goods_presenter import GoodsPresenter
from ui.goods_view import GoodsView

GOOD_CODE = "6970019000060"

# what the offscreen platform says of a list that drops down
LISTS_DROP_DOWN = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


class Goods:
    """The page, as a person finds it."""

    def __init__(self, qtbot: QtBot, presenter: GoodsPresenter) -> None:
        self._qtbot = qtbot
        self.said: list[str] = []
        presenter.failed.connect(self.said.append)
        presenter.told.connect(self.said.append)
        self.view = GoodsView()
        qtbot.addWidget(self.view)
        self.view.connect_to(presenter)
        self.view.resize(1366, 672)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.table = self.find(QTableView, "goods")

    def find(self, kind: type[W], name: str) -> W:
        """The widget of that name that is in view, else any of that name."""
        found = self.view.findChildren(kind, name)
        assert found, name
        return next((one for one in found if one.isVisible()), found[0])

    def presses(
        self,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self._qtbot.keyClick(focused, key, held)

    def touches(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        self._qtbot.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.rect().center())
        )

    def chooses(self, choice: str, value: str) -> None:
        """A button of a row of which one is chosen."""
        parent = self.find(QWidget, choice)
        button = find(parent, QPushButton, f"choice_{value}")
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def fills(self, name: str, words: str) -> None:
        field = self.find(QWidget, name)
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        assert isinstance(line, QLineEdit), name
        line.setFocus()
        line.selectAll()
        if words.isascii():
            self._qtbot.keyClicks(line, words)
        else:
            compose(line, words)

    def reads(self, name: str) -> str:
        widget = self.find(QWidget, name)
        assert isinstance(widget, QLabel | QLineEdit | QAbstractButton)
        return widget.text()

    def names(self) -> list[str]:
        return self.column(1)

    def column(self, number: int) -> list[str]:
        model = self.table.model()
        return [str(model.index(row, number).data()) for row in range(model.rowCount())]

    def searches(self, words: str) -> None:
        self.presses(Qt.Key.Key_F2)
        compose(self.find(QLineEdit, "goods_search"), words)

    def selects(self, words: str) -> None:
        """The one product whose name holds these words, found by a search."""
        self.searches(words)
        self.presses(Qt.Key.Key_Return)
        assert len(self.names()) == 1, self.names()

    def opens(self, words: str) -> None:
        """Its form, by the keyboard."""
        self.selects(words)
        self.presses(Qt.Key.Key_Return)
        assert self.find(QPushButton, "save_form").isVisible()

    def focused(self) -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused.objectName()


def stored_goods(shop: Shop, sku: str) -> ProductDraft:
    with shop.database.read() as session:
        product_id = session.scalar(
            text("SELECT id FROM product WHERE sku = :sku"), {"sku": sku}
        )
        assert isinstance(product_id, int), sku
        return catalog.get_draft(session, product_id)


def movements(shop: Shop) -> list[tuple[str, int, str]]:
    """What moved beside the opening stock: reason, amount, note."""
    with shop.database.read() as session:
        found = session.execute(
            text(
                "SELECT reason, amount, note FROM stock_movement "
                "WHERE reason <> 'opening' ORDER BY id"
            )
        )
        return [(row.reason, row.amount, row.note) for row in found]

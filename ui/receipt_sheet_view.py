"""A receipt on the screen, as its paper looks, with the button to print a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.widgets.icon import icon
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.printing import Picture
    from ui.receipts_presenter import ReceiptsPresenter

_POINTS = 80 / 25.4 * 72  # across the widest paper


class ReceiptSheet(QWidget):
    """The paper is drawn elsewhere, off the UI thread; this shows its picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = styled("sheet", named("sheet", QLabel()))
        described(_("The receipt as it is printed"), self._sheet)
        self._sheet.hide()
        self._print = named("reprint", QPushButton(_("Print a copy  F5")))
        self._print.setIcon(icon("print"))
        self._print.setIconSize(QSize(size("icon"), size("icon")))
        self._print.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        layout.addWidget(self._scroll_area(), 1)
        layout.addWidget(self._print)
        self.setFixedWidth(size("sheet") + size("scroll_bar") + 2 * size("gap_tiny"))

    def connect_to(self, presenter: ReceiptsPresenter) -> None:
        self._presenter = presenter
        presenter.pictured.connect(self._show_picture)
        presenter.selected_changed.connect(self._show_whether)
        self._print.clicked.connect(presenter.reprint)
        self._show_whether()

    def _scroll_area(self) -> QScrollArea:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self._scroll = named("sheet_scroll", QScrollArea())
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        return self._scroll

    def _show_whether(self) -> None:
        """Ask for the picture at this screen's scale; without a receipt show none."""
        has_receipt = self._presenter.selected is not None
        self._print.setEnabled(has_receipt)
        if not has_receipt:
            self._sheet.hide()
        self._presenter.draw_at(self.devicePixelRatioF() * size("sheet") / _POINTS)

    def _show_picture(self, picture: Picture) -> None:
        image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.row_bytes,
            QImage.Format.Format_RGB888,
        )
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.setPixmap(shown)
        self._sheet.show()
        self._scroll.verticalScrollBar().setValue(0)

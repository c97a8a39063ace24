"""The field in which goods are looked for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.icon import icon, pixmap
from ui.widgets.named import described, named

_IDLE_MS = 5000


class SearchEdit(QLineEdit):
    """The only field of the selling screen that takes Chinese from an input method.

    ``left`` says that the cashier is done with it: Esc, or nothing typed for 5 s.
    Enter is ``returnPressed``, as in any field.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Name, initials or code"))
        described(_("Search for goods"), self)
        self._clear = self._clear_button()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.left)
        self.textChanged.connect(self._on_text_changed)
        self._on_text_changed("")

    def _clear_button(self) -> QToolButton:
        button = named("clear_search", QToolButton(self))
        button.setIcon(icon("close", "ink_second"))
        button.setIconSize(QSize(size("icon"), size("icon")))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        described(_("Empty the search"), button).clicked.connect(self.clear)
        button.hide()
        return button

    def _on_text_changed(self, text: str) -> None:
        """The words of the empty field need the room of the button."""
        self._clear.setVisible(bool(text))
        right = size("touch") if text else 0
        self.setTextMargins(size("icon") + size("gap_small"), 0, right, 0)
        if self.hasFocus():
            self._idle.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._idle.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._idle.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        self._idle.start()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = size("touch")
        self._clear.setGeometry(self.width() - side, 0, side, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        top = (self.height() - size("icon")) // 2
        QPainter(self).drawPixmap(size("gap"), top, pixmap("search", "ink_second"))

"""A button for what should not happen by a slip: it is pressed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QWidget

from models.i18n import _
from ui.widgets.named import restyle, styled


class TwiceButton(QPushButton):
    """Asks back on the first press; leaving it takes the question back."""

    confirmed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, words: tuple[str, str] | None = None
    ) -> None:
        """``words`` before the first press and after it."""
        super().__init__(parent)
        styled("quiet", self)
        self._words = words or (_("Retire"), _("Press again to retire"))
        self.clicked.connect(self._on_clicked)
        self._ask(is_sure=False)

    def _ask(self, *, is_sure: bool) -> None:
        self._is_sure = is_sure
        self.setText(self._words[is_sure])
        restyle(self, "role", "danger" if is_sure else "quiet")

    def _on_clicked(self) -> None:
        if self._is_sure:
            self.confirmed.emit()
        else:
            self._ask(is_sure=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ask(is_sure=False)

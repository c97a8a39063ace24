"""The band across the window while the till practises, with the way out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.named import named, styled


class TrainingBand(QFrame):
    """Seen above every page, so that nobody sells for real without knowing."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "training-band")
        row = QHBoxLayout(self)
        row.setContentsMargins(size("gap"), 0, size("gap"), 0)
        said = _("TRAINING: nothing here counts, no goods and no money")
        named("training_words", styled("training-words", QLabel(said)), row)
        row.addStretch(1)
        words = _("Leave training  Shift+F9")
        self._leave = styled("training-leave", QPushButton(words))
        named("leave_training", self._leave, row)
        self._leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._leave.clicked.connect(self.left)
        self.hide()

    def allow(self, *, leaving: bool) -> None:
        """Whether the way out is open: not while somebody is asked for a PIN."""
        self._leave.setEnabled(leaving)

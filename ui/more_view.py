"""The panel of what is done seldom at the till: big buttons, each with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.offer import Offer


class MoreView(QWidget):
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_small"))
        styled("heading", QLabel(_("What else is to be done?")), layout)
        layout.addWidget(self._list(), 1)
        leave = named("leave_more", styled("secondary", QPushButton(_("Back  Esc"))))
        leave.clicked.connect(self.left)
        layout.addWidget(leave, 0, Qt.AlignmentFlag.AlignLeft)

    def offer(self, one: Offer) -> None:
        """One more thing that can be done, by touch or by its figure."""
        number = self._rows.count() + 1
        row = QHBoxLayout()
        row.setSpacing(size("gap_wide"))
        button = named(f"more_{one.name}", QPushButton(f"{one.words}  {number}"))
        described(one.words, button)
        button.setFixedWidth(size("more"))
        button.clicked.connect(lambda _on: one.act())
        row.addWidget(button)
        hint = styled("hint", QLabel(one.hint))
        hint.setWordWrap(True)
        row.addWidget(hint, 1)
        self._rows.addLayout(row)
        key = QShortcut(QKeySequence(str(number)), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)
        key.activated.connect(one.act)

    def refresh(self) -> None:
        """The panel is shown: the figures go to it."""
        first = self.findChild(QPushButton)
        if isinstance(first, QPushButton):
            first.setFocus()

    def _list(self) -> QScrollArea:
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(size("gap_small"))
        outer.addLayout(self._rows)
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

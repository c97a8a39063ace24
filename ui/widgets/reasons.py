"""Reasons for one touch: chips that fill the field beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assets.tokens import size
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.named import described, named, styled


class Reasons(QWidget):
    chosen = Signal(str)

    def __init__(
        self, offered: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offered: tuple[str, ...] = ()
        self._buttons: list[QPushButton] = []
        self.setLayout(FlowLayout(size("gap_tiny")))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.offer(offered)

    def offer(self, offered: Sequence[str]) -> None:
        """Show these in place of those before."""
        if tuple(offered) == self._offered:
            return
        self._offered = tuple(offered)
        row = self.layout()
        assert isinstance(row, FlowLayout)
        while row.takeAt(0) is not None:
            pass
        for button in self._buttons:
            button.setParent(None)  # at once: it must not be touched any more
            button.deleteLater()
        self._buttons = []
        for number, words in enumerate(offered, 1):
            button = styled("chip", QPushButton(words.replace("&", "&&")))
            row.addWidget(named(f"reason_{number}", described(words, button)))
            button.clicked.connect(partial(self.chosen.emit, words))
            self._buttons.append(button)
        self.updateGeometry()

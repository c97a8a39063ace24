"""The frame of every correction: goods, money and a reason, then the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.corrected import Corrected
from ui.corrected_view import CorrectedView
from ui.receipt_panel_view import ReceiptPanel
from ui.widgets.named import named, styled
from ui.widgets.reason_edit import ReasonEdit


class CorrectionView(ReceiptPanel):
    """A child fills both sides and says what F12 does in ``confirm``.

    Over the receipts it has its keys itself (``bind_keys``); on the selling screen the
    till passes them on by ``press``.
    """

    def __init__(
        self,
        name: str,
        confirm_words: str,
        reasons: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self.keys: dict[str, Callable[[], None]] = {
            "Esc": self.leave,
            "F2": self._on_reason_key,
            "F12": self._on_confirm_key,
        }
        styled("page", self)
        self._form = QWidget()
        self._done = CorrectedView()
        self._done.left.connect(self.leave)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._form)
        self._stack.addWidget(self._done)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._lay_out(confirm_words, reasons)

    # --- for a child ------------------------------------------------------------

    def confirm(self) -> None:
        """F12: do it."""
        raise NotImplementedError

    def start(self) -> None:
        """The fields are empty; the first of them takes the focus."""
        self.reason.clear()
        self._stack.setCurrentWidget(self._form)
        self.take_focus()

    def take_focus(self) -> None:
        """To the result, or to what is to be done first."""
        if self.is_done:
            self._done.take_focus()
        else:
            self.first_field().setFocus()

    def first_field(self) -> QWidget:
        return self._leave

    def show_done(self, corrected: Corrected) -> None:
        self._done.show_corrected(corrected)
        self._stack.setCurrentWidget(self._done)
        self._done.take_focus()

    @property
    def is_done(self) -> bool:
        return self._stack.currentWidget() is self._done

    def add_button(
        self, name: str, words: str, key: str, act: Callable[[], None]
    ) -> QPushButton:
        """One more thing to do, in the row at the foot, by touch and by ``key``."""
        button = named(name, styled("secondary", QPushButton(f"{words}  {key}")))
        button.clicked.connect(lambda: self._if_open(act))
        self._foot.insertWidget(self._foot.count() - 1, button)
        self.keys[key] = lambda: self._if_open(act)
        return button

    def explain(self, words: str) -> None:
        """What is done here, where the basket at the left shows the goods."""
        self._hint.setText(words)
        self._hint.show()
        self._columns.setSpacing(0)
        self._columns.setStretch(0, 0)

    def show_notices(self, notices: Sequence[str]) -> None:
        self._notice.setText("\n".join(notices))
        self._notice.setVisible(bool(notices))

    # --- keys -------------------------------------------------------------------

    def bind_keys(self) -> None:
        for key, act in self.keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def press(self, key: str) -> bool:
        """Whether the key means something here; then it was done."""
        act = self.keys.get(key)
        if act is not None:
            act()
        return act is not None

    def leave(self) -> None:
        self.left.emit()

    def _on_reason_key(self) -> None:
        self._if_open(self.reason.choose_next)

    def _on_confirm_key(self) -> None:
        if self.is_done:
            self.leave()
        else:
            self.confirm()

    def _if_open(self, act: Callable[[], None]) -> None:
        if not self.is_done:
            act()

    # --- what it is made of -------------------------------------------------------

    def _lay_out(self, confirm_words: str, reasons: Sequence[str]) -> None:
        layout = QVBoxLayout(self._form)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, size("gap_small"), margin, size("gap_small"))
        layout.setSpacing(size("gap_small"))
        self.heading = named(f"{self._name}_heading", styled("heading", QLabel()))
        layout.addWidget(self.heading)
        self._notice = named(f"{self._name}_notice", styled("warn", QLabel()))
        self._notice.setWordWrap(True)
        self._notice.hide()
        layout.addWidget(self._notice)
        self._hint = styled("strong", QLabel(), layout)
        self._hint.setWordWrap(True)
        self._hint.hide()
        self._columns = QHBoxLayout()
        self._columns.setSpacing(margin)
        self.goods_side = QVBoxLayout()
        self.goods_side.setSpacing(size("gap_small"))
        self._columns.addLayout(self.goods_side, 5)
        self._columns.addWidget(self._money_area(reasons), 4)
        layout.addLayout(self._columns, 1)
        layout.addLayout(self._foot_row(confirm_words))

    def _money_area(self, reasons: Sequence[str]) -> QScrollArea:
        inner = QWidget()
        side = QVBoxLayout(inner)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(size("gap_small"))
        self.money_side = QVBoxLayout()
        self.money_side.setSpacing(size("gap_small"))
        side.addLayout(self.money_side)
        styled("strong", QLabel(_("Reason  F2")), side)
        self.reason = ReasonEdit(reasons)
        self.reason.entered.connect(self._on_confirm_key)
        side.addWidget(self.reason)
        side.addStretch(1)
        return scrolling(inner)

    def _foot_row(self, confirm_words: str) -> QHBoxLayout:
        self._foot = QHBoxLayout()
        self._foot.setSpacing(size("gap_small"))
        self._leave = named(f"leave_{self._name}", QPushButton(_("Back  Esc")))
        self._leave.clicked.connect(self.leave)
        self._foot.addWidget(self._leave)
        self._go = named(f"confirm_{self._name}", styled("primary", QPushButton()))
        self._go.setText(f"{confirm_words}  F12")
        self._go.clicked.connect(lambda: self._if_open(self.confirm))
        self._foot.addWidget(self._go, 1)
        return self._foot


def scrolling(inner: QWidget) -> QScrollArea:
    """Up and down only, without a frame; its content takes the focus, not it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area

"""The header: where am I, is all well, and the way to every page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models import clock
from models.i18n import _
from ui.page import Page
from ui.widgets.elided import ElidedLabel
from ui.widgets.named import described, named, styled, tipped
from ui.widgets.status_dot import Health, StatusDot

_TICK_MS = 5000


class HeaderView(QFrame):
    page_wanted = Signal(object)  # Page
    health_touched = Signal()
    switch_wanted = Signal()
    ticked = Signal()  # now and then: has the day changed?

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        row = QHBoxLayout(self)
        gap = size("gap")
        row.setContentsMargins(gap, 0, gap, 0)
        row.setSpacing(size("gap_tiny"))
        row.addLayout(self._place(), 1)
        self._buttons: dict[Page, QPushButton] = {}
        self._add_pages(row)
        row.addWidget(self._status())
        self._clock = named("clock", styled("strong", QLabel()), row)
        described(_("Time"), self._clock)
        self._tick()
        timer = QTimer(self)
        timer.timeout.connect(self._tick)
        timer.start(_TICK_MS)

    def show_place(self, outlet: str, event: str, *, is_demo: bool) -> None:
        words = [word for word in (outlet, event) if word]
        if is_demo:
            words.insert(0, _("DEMO"))
        self._where.setText(" · ".join(words))

    def show_work(self, words: str) -> None:
        """The shop, the till, the seller, the shift and its date."""
        self._work.setText(words)

    def show_health(self, health: Health, words: str) -> None:
        """The dot's colour and shape, and its sentence."""
        self._dot.show_health(health, words)
        tipped(words, self._touch_dot)
        self._touch_dot.setAccessibleName(words)

    def show_page(self, page: Page) -> None:
        self._buttons[page].setChecked(True)

    def _place(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, size("gap_tiny"), 0, size("gap_tiny"))
        self._where = named("place", styled("strong", ElidedLabel()), column)
        self._work = named("work", styled("hint", ElidedLabel()), column)
        return column

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A finger on the seller's name: somebody else takes over."""
        super().mouseReleaseEvent(event)
        if self._work.geometry().contains(event.position().toPoint()):
            self.switch_wanted.emit()

    def _status(self) -> QPushButton:
        """The dot in a button: what is not well is acted on, all else looked at."""
        self._touch_dot = named("status", styled("page-key", QPushButton()))
        self._touch_dot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._touch_dot.setFixedWidth(size("touch"))
        self._touch_dot.clicked.connect(self.health_touched)
        inside = QHBoxLayout(self._touch_dot)
        self._dot = StatusDot()
        inside.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignCenter)
        self._dot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return self._touch_dot

    def _add_pages(self, row: QHBoxLayout) -> None:
        group = QButtonGroup(self)
        for page in Page:
            button = styled(
                "page-key", QPushButton(f"{page_name(page)} {_short(page.key)}")
            )
            named(f"page_{page.value}", button, row)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on, wanted=page: self._want(wanted))
            group.addButton(button)
            self._buttons[page] = button

    def _want(self, page: Page) -> None:
        self.page_wanted.emit(page)

    def _tick(self) -> None:
        self._clock.setText(f"{clock.local(clock.now()):%H:%M}")
        self.ticked.emit()


def _short(key: str) -> str:
    return key.replace("Shift+", "⇧")


def page_name(page: Page) -> str:
    return {
        Page.TILL: _("Sell"),
        Page.RECEIPTS: _("Receipts"),
        Page.GOODS: _("Goods"),
        Page.SUMMARY: _("Day"),
        Page.CLOSING: _("Shift"),
        Page.SETTINGS: _("Settings"),
    }[page]

"""The one window: header, pages and the message bar; here screens are connected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.first_glance import Glance
from models.i18n import _
from ui.header_view import HeaderView
from ui.page import Page
from ui.till_view import TillView
from ui.training_view import TrainingBand
from ui.widgets.message_bar import Kind, MessageBar
from ui.widgets.named import named, styled

if TYPE_CHECKING:
    from ui.scanner import Scanner


@runtime_checkable
class RefreshedPage(Protocol):
    """A page that reads its rows again when it is shown."""

    def refresh(self) -> None: ...


class MainWindow(QMainWindow):
    """Built from a glance at the file, so that it is painted before anything else."""

    page_shown = Signal(object)  # Page
    painted = Signal()  # once: there is something to look at
    new_day_wanted = Signal()
    switch_wanted = Signal()  # somebody else takes over
    training_left = Signal()

    def __init__(self, glance: Glance) -> None:
        super().__init__()
        self._is_painted = False
        self._cover: QWidget | None = None  # asks for a PIN before anything goes on
        self._covered: QWidget | None = None  # what had the keys before
        self.setWindowTitle(_("Shanhai POS"))
        # Each widget is born where it belongs: one that moves in later is styled twice.
        central = QWidget(self)
        self.setCentralWidget(central)
        self.header = HeaderView(central)
        self.header.show_place(glance.outlet, glance.event, is_demo=glance.is_demo)
        self.header.show_work(glance.shop_name)
        self.header.page_wanted.connect(self.show_page)
        self._stack = QStackedWidget(central)
        self.till = TillView(
            glance.counties, glance.categories, glance.weight_unit, self._stack
        )
        self.till.show_tiles(glance.tiles)
        self.message_bar = named("message_bar", MessageBar(central))
        self._pages: dict[Page, QWidget] = {Page.TILL: self.till}
        self._makers: dict[Page, Callable[[], QWidget]] = {}
        self._scan_takers: dict[Page, Callable[[str], None]] = {
            Page.TILL: self.till.scan
        }
        self._stack.addWidget(self.till)
        self._lay_out(central)
        self._add_keys()
        self.show_training(is_on=glance.is_training)
        self.page = Page.TILL
        self.header.show_page(Page.TILL)

    def listen_to(self, scanner: Scanner) -> None:
        """Scans go to the page in view: goods to the till, receipts to their list."""
        scanner.scanned.connect(self._on_scan)
        scanner.refused.connect(self.tell_trouble)

    def offer(self, page: Page, make: Callable[[], QWidget]) -> None:
        """How a page is made when it is first wanted."""
        self._makers[page] = make

    def take_scans(self, page: Page, take: Callable[[str], None]) -> None:
        """What a scan does while this page is in view."""
        self._scan_takers[page] = take

    def show_page(self, page: Page) -> None:
        """Go to a page; one that cannot be made yet stays closed."""
        if self._cover is not None:
            return
        if page not in self._pages:
            if page not in self._makers:
                self.header.show_page(self.page)
                return
            self._pages[page] = self._makers[page]()
            self._stack.addWidget(self._pages[page])
        self.page = page
        self.header.show_page(page)
        self.message_bar.clear()
        self._stack.setCurrentWidget(self._pages[page])
        view = self._pages[page]
        if isinstance(view, RefreshedPage):
            view.refresh()
        elif page is Page.TILL:
            self.till.take_focus()
        self.page_shown.emit(page)

    def forget_pages(self) -> None:
        """Somebody else is here: what was opened for the last person is gone."""
        opened = [page for page in self._pages if page is not Page.TILL]
        for page in opened:
            view = self._pages.pop(page)
            self._stack.removeWidget(view)
            view.deleteLater()
        if self.page in opened:
            self.show_page(Page.TILL)

    def cover(self, view: QWidget) -> None:
        """Nothing else is seen or done until ``uncover``."""
        if self._cover is None:
            self._covered = self.focusWidget()
        self._cover = view
        if self._stack.indexOf(view) < 0:
            self._stack.addWidget(view)
        self.header.setEnabled(False)
        self._training.allow(leaving=False)
        self.message_bar.clear()
        self._stack.setCurrentWidget(view)

    def uncover(self) -> None:
        """Back to the page that was covered, and to the field that had the keys."""
        self._cover = None
        self.header.setEnabled(True)
        self._training.allow(leaving=True)
        self.show_page(self.page)
        covered, self._covered = self._covered, None
        if covered is not None and shiboken6.isValid(covered) and covered.isVisible():
            covered.setFocus()

    def tell(self, text: str) -> None:
        self.message_bar.say(text, Kind.GOOD)

    def warn(self, text: str) -> None:
        self.message_bar.say(text, Kind.WARN)

    def tell_trouble(self, text: str) -> None:
        self.message_bar.say(text, Kind.DANGER)

    def offer_new_day(self, *, is_offered: bool) -> None:
        """The open shift's day is over (RULINGS.md 9)."""
        self._new_day.setVisible(is_offered)

    def show_clock(self, words: str) -> None:
        """What is wrong with the computer's clock, for as long as it is; else ""."""
        self._clock.setText(words)
        self._clock.setVisible(bool(words))

    def show_training(self, *, is_on: bool) -> None:
        """培训模式: the band above every page, and the basket marked."""
        self._training.setVisible(is_on)
        self.till.basket.show_training(is_on=is_on)

    def raise_to_front(self) -> None:
        """What a second start wants."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def _lay_out(self, central: QWidget) -> None:
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        self._training = named("training_band", TrainingBand(central), layout)
        self._training.left.connect(self._ask_real)
        self._new_day = named("new_day", styled("notice", QPushButton()), layout)
        self._new_day.setText(_("The shift's day is over. Start a new day  Shift+F12"))
        self._new_day.clicked.connect(self._ask_new_day)
        self._new_day.hide()
        self._clock = named("clock_notice", styled("notice", QLabel()), layout)
        self._clock.setTextFormat(Qt.TextFormat.PlainText)
        self._clock.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clock.setWordWrap(True)
        self._clock.hide()
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.message_bar)

    def _add_keys(self) -> None:
        for page in Page:
            shortcut = QShortcut(QKeySequence(page.key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda wanted=page: self.show_page(wanted))

        new_day = QShortcut(QKeySequence("Shift+F12"), self)
        new_day.activated.connect(self._ask_new_day)
        real = QShortcut(QKeySequence("Shift+F9"), self)
        real.activated.connect(self._ask_real)
        switch = QShortcut(QKeySequence("Ctrl+L"), self)
        switch.activated.connect(self._ask_switch)
        self.header.switch_wanted.connect(self._ask_switch)

    def _ask_switch(self) -> None:
        if self._cover is None:
            self.switch_wanted.emit()

    def _ask_real(self) -> None:
        if self._cover is None and not self._training.isHidden():
            self.training_left.emit()

    def _ask_new_day(self) -> None:
        if self._cover is None and not self._new_day.isHidden():
            self.show_page(Page.TILL)
            self.new_day_wanted.emit()

    def _on_scan(self, code: str) -> None:
        """A page without a use for scans leaves them to the till."""
        if self._cover is not None:
            return
        take = self._scan_takers.get(self.page)
        if take is not None:
            take(code)
        else:
            self.show_page(Page.TILL)
            self.till.scan(code)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

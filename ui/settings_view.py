"""The settings screen: cards of choices, each stored the moment it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import Language, _
from models.kinds import PaperWidth, RoundingRule, TileOrder
from models.quantity import WeightUnit
from ui.accounts_view import AccountsCard
from ui.backup_view import BackupCard
from ui.journal_view import KEY as VERIFY_KEY
from ui.journal_view import JournalCard
from ui.labels_view import LabelsCard
from ui.people_view import PeopleCard
from ui.widgets.card import Card, add_hint, add_row
from ui.widgets.choice import Choice
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.settings_presenter import SettingsPresenter

# Each language calls itself by its own name.
_LANGUAGES = ((Language.ZH, "中文"), (Language.EN, "English"))


class SettingsView(QWidget):
    """Shows a SettingsPresenter and passes on what the owner chooses."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: SettingsPresenter | None = None
        self._make_fields()
        self.accounts = AccountsCard()
        self.labels = LabelsCard()
        self.backup = BackupCard()
        self.people = PeopleCard()
        self.journal = JournalCard()
        columns = QHBoxLayout()
        columns.setSpacing(size("gap_wide"))
        columns.addLayout(
            _column(self._shop_card(), self._paper_card(), self.people), 1
        )
        columns.addLayout(_column(self._screen_card(), self.accounts), 1)
        self._lay_out(columns)
        self._add_key(Qt.Key.Key_Escape, self.left.emit)
        self._add_key(Qt.Key.Key_F2, self.labels.ask)
        self._add_key(Qt.Key.Key_F3, self.backup.back_up)
        self._add_key(Qt.Key.Key_F4, self.backup.ask)
        self._add_key(Qt.Key[f"Key_{VERIFY_KEY}"], self.journal.verify)

    def connect_to(self, presenter: SettingsPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.printers_found.connect(self._show_printers)
        self._shop_name.editingFinished.connect(self._on_shop_named)
        self._event.editingFinished.connect(self._on_event_named)
        self._rounding.chosen.connect(presenter.round_off)
        self._language.chosen.connect(presenter.speak)
        self._sounds.toggled.connect(lambda on: presenter.sound(is_on=on))
        self._weight.chosen.connect(presenter.weigh_in)
        self._tile_order.chosen.connect(presenter.order_tiles)
        self._paper_language.chosen.connect(presenter.print_in)
        self._width.chosen.connect(presenter.print_on)
        self._printer.opened.connect(presenter.look_for_printers)
        self._printer.activated.connect(self._on_printer_chosen)
        self.accounts.connect_to(presenter)
        self._show()

    def refresh(self) -> None:
        """The page is shown: read everything again."""
        if self._presenter is not None:
            self._presenter.refresh()
            self.labels.refresh()
            self.backup.refresh()
            self.people.refresh()
            self._shop_name.setFocus()

    # --- what it is made of ---------------------------------------------------

    def _make_fields(self) -> None:
        self._shop_name = named("shop_name", QLineEdit())
        self._event = named("event_name", QLineEdit())
        self._event.setPlaceholderText(_("None"))
        self._rounding = named("rounding", Choice(_("Rounding off"), _rules()))
        self._language = named("language", Choice(_("Language"), _LANGUAGES))
        self._sounds = named("sounds", QCheckBox(_("On, for scans and sales")))
        self._weight = named("weight_unit", Choice(_("Weights"), _weight_units()))
        self._tile_order = named("tile_order", Choice(_("Tiles"), _tile_orders()))
        self._paper_language = named(
            "paper_language", Choice(_("Language"), _LANGUAGES)
        )
        self._width = named("paper_width", Choice(_("Paper width"), _widths()))
        self._printer = named("printer", _PrinterBox())
        self._folder = named("papers_folder", QLabel())
        self._folder.setWordWrap(True)
        self._folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def _shop_card(self) -> Card:
        card = Card(_("Shop and outlet"))
        add_row(card, _("Shop name"), self._shop_name)
        add_row(card, _("Event"), self._event)
        add_hint(card, _("Sales from now on carry this event; earlier ones keep it."))
        add_row(card, _("Rounding off"), self._rounding)
        add_hint(card, _("Taken off when cash closes a sale; phones pay exactly."))
        return card

    def _screen_card(self) -> Card:
        card = Card(_("Screen and sound"))
        add_row(card, _("Language"), self._language)
        add_row(card, _("Weights"), self._weight)
        add_row(card, _("Tiles"), self._tile_order)
        add_hint(
            card,
            _(
                "By hand: move the goods with Ctrl+↑ and Ctrl+↓ under Goods (F9). "
                "What sells is counted at each start, over the last 30 days."
            ),
        )
        add_row(card, _("Sounds"), self._sounds)
        return card

    def _paper_card(self) -> Card:
        card = Card(_("Receipts and papers"))
        add_row(card, _("Language"), self._paper_language)
        add_row(card, _("Paper width"), self._width)
        add_row(card, _("Printer"), self._printer)
        add_row(card, _("Folder"), self._folder)
        add_hint(card, _("Every paper is also saved here."))
        return card

    def _lay_out(self, columns: QHBoxLayout) -> None:
        page = QWidget()
        page.setMaximumWidth(size("page_most"))
        inner = QVBoxLayout(page)
        margin = size("gap_wide")
        inner.setContentsMargins(margin, margin, margin, margin)
        inner.setSpacing(size("gap_wide"))
        inner.addLayout(columns)
        inner.addWidget(self.labels)
        inner.addWidget(self.backup)
        inner.addWidget(self.journal)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        queued = Qt.ConnectionType.QueuedConnection  # once all is laid out
        self.labels.said.connect(scroll.ensureWidgetVisible, queued)
        self.backup.said.connect(scroll.ensureWidgetVisible, queued)
        self.journal.said.connect(scroll.ensureWidgetVisible, queued)
        scroll.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        self._scroll = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _keep_in_view(self) -> None:
        """The page grew while the journal was pointed at, as it does when it is new."""
        focused = self.focusWidget()
        if focused is not None and self.journal.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused)

    def _add_key(self, key: Qt.Key, act: Callable[[], None]) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(key), self, act, context=context)

    # --- showing and passing on -----------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        chosen = presenter.settings
        self._shop_name.setText(chosen.shop_name)
        self._language.show_value(chosen.language)
        with QSignalBlocker(self._sounds):
            self._sounds.setChecked(chosen.has_sounds)
        self._weight.show_value(chosen.weight_unit)
        self._tile_order.show_value(chosen.tile_order)
        self._paper_language.show_value(chosen.paper_language)
        self._width.show_value(chosen.paper_width)
        self._folder.setText(str(presenter.papers_folder))
        if presenter.till is not None:
            self._event.setText(presenter.till.outlet.event_name)
            self._rounding.show_value(presenter.till.outlet.rounding)
        self._show_printers()
        self.accounts.show_accounts(
            presenter.accounts, accepts_personal=chosen.accepts_personal_codes
        )

    def _show_printers(self) -> None:
        assert self._presenter is not None
        chosen = self._presenter.settings.printer
        self._printer.show_printers(self._presenter.printers, chosen)

    def _on_shop_named(self) -> None:
        assert self._presenter is not None
        self._presenter.name_shop(self._shop_name.text())
        self._shop_name.setText(self._presenter.settings.shop_name)

    def _on_event_named(self) -> None:
        assert self._presenter is not None
        self._presenter.name_event(self._event.text())

    def _on_printer_chosen(self, row: int) -> None:
        assert self._presenter is not None
        self._presenter.print_through(self._printer.itemData(row))


class _PrinterBox(QComboBox):
    """Asks for the printers only when it is opened, since that may take a moment."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        described(_("Printer"), self)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_printers(self, printers: list[str], chosen: str) -> None:
        """The folder alone, the chosen printer, and those that were found."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("Folder only"), "")
            for name in dict.fromkeys([*([chosen] if chosen else []), *printers]):
                self.addItem(name, name)
            self.setCurrentIndex(self.findData(chosen))

    def showPopup(self) -> None:
        self.opened.emit()
        super().showPopup()


def _column(*cards: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(size("gap_wide"))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column


def _rules() -> list[tuple[object, str]]:
    return [
        (RoundingRule.OFF, _("Off")),
        (RoundingRule.JIAO, _("Down to 0.10")),
        (RoundingRule.YUAN, _("Down to 1.00")),
    ]


def _weight_units() -> list[tuple[object, str]]:
    return [
        (WeightUnit.JIN, _("jin")),
        (WeightUnit.G500, "500g"),
        (WeightUnit.KG, "kg"),
    ]


def _tile_orders() -> list[tuple[object, str]]:
    return [
        (TileOrder.HAND, _("By hand")),
        (TileOrder.SALES, _("By what sells")),
    ]


def _widths() -> list[tuple[object, str]]:
    return [(PaperWidth.MM58, "58 mm"), (PaperWidth.MM80, "80 mm")]

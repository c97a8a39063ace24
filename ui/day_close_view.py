"""The page of a day's close: its tables like a bank's statement, and who signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _, language
from receipts.day_close_tables import tables_of
from receipts.day_close_words import difference_name, signature_line
from ui.widgets.card import Card
from ui.widgets.choice import Choice
from ui.widgets.elided import ElidedLabel
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.pin_edit import PinEdit
from ui.widgets.statement_table import StatementTable

if TYPE_CHECKING:
    from models.office.day_close_record import DayRecord
    from ui.day_close_presenter import DayClosePresenter


class DayCloseView(QWidget):
    """Shows a DayClosePresenter; the note, the signer and his PIN stand below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: DayClosePresenter | None = None
        self._cards: list[Card] = []
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, 0, margin, 0)
        layout.setSpacing(size("gap_small"))
        layout.addLayout(self._head())
        layout.addWidget(self._statement(), 1)
        self._sign = self._signature()
        layout.addWidget(self._sign)

    def connect_to(self, presenter: DayClosePresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)

    @property
    def can_sign(self) -> bool:
        return self._presenter is not None and bool(self._presenter.signers)

    def sign(self) -> None:
        """As the button below says it."""
        presenter = self._presenter
        if presenter is None or not self.can_sign or self._who is None:
            return
        signer = self._who.value()
        if isinstance(signer, int):
            presenter.sign(signer, self._pin.text(), self._note.text())
            self._pin.clear()

    # --- building -----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_wide"))
        self._title = named("day_close_state", styled("heading", ElidedLabel()))
        row.addWidget(self._title, 1)
        self._variance = named("day_close_difference", styled("figure", QLabel()), row)
        self._net = named("day_close_net", styled("figure", QLabel()), row)
        return row

    def _statement(self) -> QScrollArea:
        scroll = self._scroll = named("day_close", QScrollArea())
        described(_("Closing the day"), scroll)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = QWidget()
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(size("gap_wide"))
        self._why = named("day_close_why", styled("hint", QLabel(), self._page))
        self._why.setWordWrap(True)
        self._page.addStretch(1)
        scroll.setWidget(page)
        return scroll

    def _signature(self) -> QFrame:
        frame = styled("panel", QFrame())
        layout = QVBoxLayout(frame)
        margin = size("gap_small")
        layout.setContentsMargins(size("gap_wide"), margin, size("gap_wide"), margin)
        layout.setSpacing(margin)
        row = QHBoxLayout()
        row.setSpacing(size("gap"))
        styled("strong", QLabel(_("Note")), row)
        self._note = named("day_note", QLineEdit(), row)
        self._note.setMaxLength(400)
        self._note.setPlaceholderText(_("Why something differs, and what follows"))
        described(_("Note"), self._note)
        layout.addLayout(row)
        self._who_row = QHBoxLayout()
        self._who_row.setSpacing(size("gap"))
        styled("strong", QLabel(_("Who signs?")), self._who_row)
        self._nobody = named("no_signer", styled("warn", QLabel()))
        self._who_row.addWidget(self._nobody, 1)
        self._nobody.setText(
            _("Whoever sold or counted does not sign: the day waits for the office.")
        )
        self._who: Choice | None = None
        self._pin_words = styled("strong", QLabel(_("PIN")), self._who_row)
        self._pin = named("day_pin", PinEdit(), self._who_row)
        self._pin.setFixedWidth(size("field_money"))
        described(_("PIN"), self._pin)
        for field in (self._note, self._pin):
            field.returnPressed.connect(self.sign)
        layout.addLayout(self._who_row)
        return frame

    # --- showing ------------------------------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        for card in self._cards:
            card.setParent(None)  # at once: it must not be seen any more
            card.deleteLater()
        self._cards = []
        day = presenter.record
        self._why.setText(presenter.why)
        self._why.setVisible(day is None)
        self._net.setText("" if day is None else f"¥{day.net.grouped}")
        self._variance.setText("" if day is None else difference_name(day, _))
        is_different = day is not None and day.is_different
        restyle(self._variance, "role", "figure_danger" if is_different else "figure")
        self._title.setText(
            _("Not ready to be closed") if day is None else signature_line(day, _)
        )
        self._sign.setVisible(presenter.is_to_be_signed)
        if day is not None:
            self._show_tables(day)
        if presenter.is_to_be_signed:
            self._show_signers()
        self._scroll.setFocus()  # so that the keys read on

    def _show_tables(self, day: DayRecord) -> None:
        if day.note:
            self._add(_("Note")).body.addWidget(_note(day.note))
        for number, table in enumerate(tables_of(day, language(), _), 1):
            shown = named(f"day_close_{number}", StatementTable())
            self._add(table.title).body.addWidget(shown)
            shown.show_table(table)  # in its place: it is as high as its look makes it
        self._scroll.verticalScrollBar().setValue(0)

    def _add(self, title: str) -> Card:
        card = Card(title)
        self._page.insertWidget(self._page.count() - 1, card)
        self._cards.append(card)
        return card

    def _show_signers(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        if self._who is not None:
            self._who.setParent(None)
            self._who.deleteLater()
            self._who = None
        options: list[tuple[object, str]] = [
            (one.id, one.name) for one in presenter.signers
        ]
        self._nobody.setVisible(not options)
        if options:
            self._who = named("day_signer", Choice(_("Who signs?"), options))
            self._who.show_value(options[0][0])
            self._who_row.insertWidget(1, self._who, 1)
        self._pin.clear()
        for widget in (self._pin_words, self._pin):
            widget.setVisible(presenter.needs_pin and bool(options))


def _note(words: str) -> QLabel:
    note = named("day_close_note", QLabel(words))
    note.setWordWrap(True)
    return note

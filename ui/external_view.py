"""外部数据填报: a list of what was entered, and the form for a source document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from assets.tokens import size
from models.i18n import _, language
from models.kinds import Channel
from models.money import Money
from models.office.external_draft import Draft, Share
from receipts.day_words import ten_thousands
from receipts.words import channel_name
from receipts.words import named as name_of
from ui.goods_fields_view import ListEdit
from ui.widgets.card import Card, add_hint, add_row
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.pick_table import PickTable

if TYPE_CHECKING:
    from models.office.external_draft import FigureRow
    from ui.external_presenter import ExternalPresenter

_MOST_LETTERS = 200


class ExternalView(QWidget):
    """Shows an ExternalPresenter; nothing of it is in this till's own figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: ExternalPresenter | None = None
        layout = QHBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, 0, margin, 0)
        layout.setSpacing(size("gap_wide"))
        layout.addWidget(self._list(), 1)
        layout.addWidget(self._form(), 1)

    def connect_to(self, presenter: ExternalPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.entered.connect(self._empty)
        self._table.picked.connect(presenter.choose)

    def refresh(self) -> None:
        if self._presenter is not None:
            self._day.show_last(self._presenter.today)
            self._day.show_day(self._presenter.today)
            self._presenter.refresh()
            self._source.setFocus()

    def enter(self) -> None:
        """As the button below says it."""
        if self._presenter is not None:
            self._presenter.enter(self._draft())

    # --- building -----------------------------------------------------------------

    def _list(self) -> Card:
        card = Card(_("Sold elsewhere, not at this till"))
        columns = (_("Source document"), _("Date"), _("County"), _("Elsewhere"))
        self._table = PickTable(_("Sold elsewhere, not at this till"), columns)
        named("external_rows", self._table)
        card.body.addWidget(self._table, 1)
        self._about = named("external_chosen", styled("hint", QLabel(), card.body))
        self._about.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._reason = named("external_reason", QLineEdit(), row)
        self._reason.setMaxLength(_MOST_LETTERS)
        self._reason.setPlaceholderText(_("What is wrong?"))
        described(_("What is wrong?"), self._reason)
        self._reason.returnPressed.connect(self._on_reversed)
        self._reverse = named("reverse_external", QPushButton(_("Take back")), row)
        self._reverse.clicked.connect(self._on_reversed)
        card.body.addLayout(row)
        return card

    def _form(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._fields())
        return scroll

    def _fields(self) -> Card:
        card = Card(_("Enter a source document"))
        self._source = named("external_source", QLineEdit())
        self._source.setMaxLength(_MOST_LETTERS)
        add_row(card, _("Source"), self._source)
        self._day = named("external_day", DayEdit())
        add_row(card, _("Date"), self._day)
        self._channel = named("external_channel", ListEdit())
        add_row(card, _("Channel"), self._channel)
        add_row(card, _("Amount"), self._of_all())
        self._county = named("external_county", ListEdit())
        add_row(card, _("County"), self._county)
        add_hint(card, _("Leave it empty where the document names no single county."))
        add_row(card, _("Of which"), self._of_which())
        self._note = named("external_note", QLineEdit())
        self._note.setMaxLength(_MOST_LETTERS)
        add_row(card, _("Note"), self._note)
        card.body.addStretch(1)
        for field in (self._source, self._amount, self._share, self._note):
            field.returnPressed.connect(self.enter)
        channels = [(str(one), channel_name(one, _)) for one in Channel]
        self._channel.offer(channels)
        self._channel.show_value(Channel.ONLINE)
        return card

    def _of_all(self) -> QWidget:
        """The amount in yuan, and beside it in 万元 as such documents have it."""
        place, row = _line()
        self._amount = named("external_amount", MoneyEdit(), row)
        described(_("Amount"), self._amount)
        self._worth = styled("hint", named("external_worth", QLabel()))
        self._worth.setMinimumWidth(size("label"))
        row.addWidget(self._worth)
        self._amount.textChanged.connect(self._show_worth)
        return place

    def _of_which(self) -> QWidget:
        """其中: one county of those that the document names, and its amount."""
        place, row = _line()
        self._share_county = named("external_share_county", ListEdit(), row)
        described(_("Of which county"), self._share_county)
        self._share = named("external_share", MoneyEdit(), row)
        described(_("Of which amount"), self._share)
        return place

    # --- showing ------------------------------------------------------------------

    def _show_worth(self) -> None:
        amount = self._amount.value()
        self._worth.setText("" if amount is None else ten_thousands(amount, _))

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        counties = [
            (one.code, name_of(one.county, one.county_en, language()))
            for one in presenter.regions
        ]
        none = ("", _("No county"))
        for edit, offered in (
            (self._county, [none, *counties]),
            (self._share_county, counties),
        ):
            kept = edit.value()
            edit.offer(offered)
            edit.show_value(kept)
        self._table.show_rows([_row(one) for one in presenter.rows])
        ids = [one.id for one in presenter.rows]
        chosen = presenter.chosen
        self._table.show_picked(ids.index(chosen.id) if chosen else -1)
        self._about.setText("" if chosen is None else _about(chosen))
        can = chosen is not None and chosen.can_be_reversed
        self._reason.setEnabled(can)
        self._reverse.setEnabled(can)

    def _empty(self) -> None:
        """For the next document; date and channel are often the same."""
        for field in (self._source, self._amount, self._share, self._note):
            field.clear()
        for edit in (self._county, self._share_county):
            edit.show_value("")
        self._source.setFocus()

    # --- what is done ---------------------------------------------------------------

    def _draft(self) -> Draft:
        county, share = _county(self._share_county), self._share.value()
        is_shared = bool(county) or share is not None
        return Draft(
            self._day.day(),
            Channel(self._channel.value() or Channel.ONLINE),
            self._source.text(),
            self._amount.value() or Money.ZERO,
            _county(self._county),
            (Share(county, share or Money.ZERO),) if is_shared else (),
            self._note.text(),
        )

    def _on_reversed(self) -> None:
        if self._presenter is not None:
            self._presenter.reverse(self._reason.text())
            self._reason.clear()


def _line() -> tuple[QWidget, QHBoxLayout]:
    """Room for several fields side by side."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(size("gap_small"))
    return place, row


def _county(edit: ListEdit) -> str:
    """Its code; what is no partner county stays as it was typed, to be refused."""
    typed = edit.currentText().strip()
    return "" if typed == _("No county") else edit.value() or typed


def _row(one: FigureRow) -> tuple[str, ...]:
    figure = one.figure
    source = figure.source
    if one.is_reversal or one.is_reversed:
        source = _("{source} (taken back)").format(source=source)
    county = name_of(figure.county, figure.county_en, language()) or _("No county")
    return (source, figure.day.isoformat(), county, figure.amount.grouped)


def _about(one: FigureRow) -> str:
    """What it is, who entered it, and where it is booked if that is another day."""
    channel = channel_name(one.figure.channel, _)
    said = [f"{one.figure.source} · {channel}", one.staff]
    if one.business_date != one.figure.day:
        booked = _("booked on {day}, as its day was closed")
        said.append(booked.format(day=one.business_date.isoformat()))
    said.append(one.figure.note)
    return "  ".join(filter(None, said))

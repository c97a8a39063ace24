"""The page on which a shift is closed: three big steps, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.money import Money
from models.selling.shift_record import CountRecord, Left, LeftKind, Split
from ui.notes_view import NotesView
from ui.widgets.card import Card, add_hint, add_row
from ui.widgets.choice import Choice
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import named, restyle, styled
from ui.widgets.pin_edit import PinEdit

if TYPE_CHECKING:
    from ui.closing_presenter import ClosingPresenter

_SEAL, _COUNT, _HAND_OVER, _NONE = range(4)


class ClosingView(QWidget):
    """Shows a ClosingPresenter and passes on what the cashier does."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: ClosingPresenter | None = None
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, size("gap_small"), margin, size("gap_small"))
        layout.setSpacing(size("gap_small"))
        layout.addLayout(self._ladder())
        self._steps = QStackedWidget()
        for make in (self._seal, self._count, self._hand_over, self._nothing):
            self._steps.addWidget(make())
        layout.addWidget(self._steps, 1)
        layout.addLayout(self._foot())
        for key, act in (
            ("Esc", self.left.emit),
            ("F12", self._on_confirm),
            ("F5", self._on_x),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def connect_to(self, presenter: ClosingPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        self._again.clicked.connect(presenter.count_again)
        self._print_x.clicked.connect(self._on_x)

    def refresh(self) -> None:
        """The page is shown: where does the shift stand?"""
        if self._presenter is not None:
            self._presenter.refresh()

    # --- what it is made of -----------------------------------------------------

    def _ladder(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_wide"))
        self._title = named("closing_title", styled("heading", QLabel()), row)
        row.addStretch(1)
        self._rungs = [styled("hint", QLabel(), row) for _step in range(3)]
        return row

    def _seal(self) -> QWidget:
        card = Card(_("Stop selling in this shift"))
        what = styled("strong", QLabel(), card.body)
        what.setText(
            _("The figures are frozen then. Nobody has to count before the next shift.")
        )
        what.setWordWrap(True)
        self._left = named("closing_left", styled("hint", QLabel(), card.body))
        self._left.setWordWrap(True)
        card.body.addStretch(1)
        self._print_x = named("print_x", QPushButton(_("Print the shift so far  F5")))
        card.body.addWidget(self._print_x, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _count(self) -> QWidget:
        self._notes = NotesView()
        return self._notes

    def _hand_over(self) -> QWidget:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(size("gap_wide"))
        columns.addWidget(self._difference(), 1)
        columns.addWidget(self._receiver(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        return scroll

    def _difference(self) -> Card:
        card = Card(_("Counted"))
        self._figures = {
            name: self._figure(card, name, words)
            for name, words in (
                ("counted", _("Counted")),
                ("expected", _("Expected")),
                ("variance", _("Over or short")),
            )
        }
        self._reason = named("variance_reason", QLineEdit())
        self._reason.returnPressed.connect(self._on_signed)
        add_row(card, _("Reason"), self._reason)
        self._sign = named("sign_variance", QPushButton(_("Sign the difference")))
        self._sign.clicked.connect(self._on_signed)
        card.body.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignRight)
        self._signed = named("variance_signed", styled("hint", QLabel(), card.body))
        self._signed.setWordWrap(True)
        card.body.addStretch(1)
        self._again = named("count_again", QPushButton(_("Count again")))
        card.body.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _figure(self, card: Card, name: str, words: str) -> QLabel:
        figure = named(name, styled("total", QLabel()))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        add_row(card, words, figure)
        return figure

    def _receiver(self) -> Card:
        card = Card(_("Hand over"))
        self._parts = {
            name: self._part(card, name, words)
            for name, words in (
                ("split_left", _("Stays as float")),
                ("split_banked", _("To the bank")),
                ("split_handed", _("Handed on")),
            )
        }
        self._who_row = QVBoxLayout()
        card.body.addLayout(self._who_row)
        self._who: Choice | None = None
        self._pin = named("receiver_pin", PinEdit())
        self._pin.returnPressed.connect(self._on_confirm)
        add_row(card, _("PIN"), self._pin)
        add_hint(card, _("Whoever takes the drawer over signs with the own PIN."))
        card.body.addStretch(1)
        return card

    def _part(self, card: Card, name: str, words: str) -> MoneyEdit:
        edit = named(name, MoneyEdit())
        add_row(card, words, edit)
        return edit

    def _nothing(self) -> QWidget:
        card = Card(_("No shift is open"))
        styled("hint", QLabel(_("Nothing is to be closed.")), card.body)
        card.body.addStretch(1)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_closing", QPushButton(_("Back  Esc")), row)
        leave.clicked.connect(self.left)
        self._go = named("confirm_closing", styled("primary", QPushButton()))
        self._go.clicked.connect(self._on_confirm)
        row.addWidget(self._go, 1)
        return row

    # --- showing ------------------------------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        is_any = presenter.shift_id is not None
        self._title.setText(
            _("Shift {number}").format(number=f"{presenter.number:04}")
            if is_any
            else _("Closing a shift")
        )
        self._show_rungs()
        self._go.setVisible(is_any)
        if not is_any:
            self._steps.setCurrentIndex(_NONE)
            return
        before = self._steps.currentIndex()
        self._steps.setCurrentIndex(presenter.step - 1)
        self._go.setText(
            (
                _("Stop selling  F12"),
                _("Counted  F12"),
                _("Hand over  F12"),
            )[presenter.step - 1]
        )
        self._left.setText("\n".join(map(_left_words, presenter.left)))
        if presenter.step - 1 == _COUNT and before != _COUNT:
            self._notes.start()
        if presenter.step - 1 == _HAND_OVER and presenter.count is not None:
            self._show_count(presenter.count)
            self._show_handover()
        elif presenter.step - 1 == _SEAL:
            self._go.setFocus()

    def _show_rungs(self) -> None:
        assert self._presenter is not None
        for number, (rung, words) in enumerate(
            zip(
                self._rungs,
                (_("1 Stop selling"), _("2 Count"), _("3 Hand over")),
                strict=True,
            ),
            1,
        ):
            rung.setText(words)
            is_here = number == self._presenter.step
            restyle(rung, "role", "strong" if is_here else "hint")

    def _show_count(self, count: CountRecord) -> None:
        self._figures["counted"].setText(count.counted.grouped)
        self._figures["expected"].setText(count.expected.grouped)
        variance = self._figures["variance"]
        variance.setText(_variance_words(count.variance))
        restyle(variance, "role", "total_danger" if count.variance else "total")
        assert self._presenter is not None
        is_open = self._presenter.is_doubtful
        self._reason.setEnabled(is_open)
        self._sign.setVisible(is_open)
        signed = count.signed
        self._reason.setText("" if signed is None else signed.reason)
        names = [] if signed is None else [signed.staff, signed.approver]
        self._signed.setText(" · ".join(filter(None, names)))

    def _show_handover(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        split = presenter.proposed()
        for name, amount in (
            ("split_left", split.left),
            ("split_banked", split.banked),
            ("split_handed", split.handed),
        ):
            self._parts[name].setText(amount.plain)
        if self._who is not None:
            self._who_row.removeWidget(self._who)
            self._who.setParent(None)
            self._who.deleteLater()
        options = [(one.id, one.name) for one in presenter.takers]
        self._who = named("receiver", Choice(_("Who takes over?"), options))
        self._who.show_value(options[0][0])
        self._who_row.addWidget(self._who)
        self._pin.clear()
        self._pin.setEnabled(presenter.needs_pin)
        self._go.setEnabled(not presenter.is_doubtful)
        if presenter.is_doubtful:
            self._reason.setFocus()
        else:
            (self._pin if presenter.needs_pin else self._go).setFocus()

    # --- what the cashier does ------------------------------------------------------

    def _on_confirm(self) -> None:
        presenter = self._presenter
        if presenter is None or presenter.shift_id is None:
            return
        step = presenter.step - 1
        if step == _SEAL:
            presenter.seal()
        elif step == _COUNT:
            presenter.count_cash(self._notes.pieces(), self._notes.note())
        elif self._go.isEnabled():
            parts = [self._parts[name].value() or Money.ZERO for name in self._parts]
            assert self._who is not None
            receiver = self._who.value()
            assert isinstance(receiver, int)
            presenter.hand_over(Split(*parts), receiver, self._pin.text())

    def _on_x(self) -> None:
        if self._presenter is not None and self._steps.currentIndex() == _SEAL:
            self._presenter.print_x()

    def _on_signed(self) -> None:
        if self._presenter is not None and self._presenter.is_doubtful:
            self._presenter.sign(self._reason.text())


def _variance_words(variance: Money) -> str:
    if not variance:
        return _("even")
    words = _("over {amount}") if variance > Money.ZERO else _("short {amount}")
    return words.format(amount=max(variance, -variance).grouped)


def _left_words(left: Left) -> str:
    words = {
        LeftKind.PARKED: _("Parked baskets, which stay for the next shift: {n}"),
        LeftKind.HALF_PAID: _("Half-paid baskets, look for the money first: {n}"),
        LeftKind.BASKET: _("A basket is open."),
        LeftKind.PRINTS: _("Papers that did not come yet: {n}"),
        LeftKind.AWAITING: _("Earlier shifts that wait to be taken over: {n}"),
    }[left.kind]
    return words.format(n=left.n)

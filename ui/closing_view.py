"""The page on which a shift is closed: three big steps, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.selling.shift_record import LeftKind
from ui.account_counts_view import AccountCountsView
from ui.handover_view import HandoverView
from ui.notes_view import NotesView
from ui.personal_money_view import PersonalMoneyView
from ui.seal_view import SealView
from ui.widgets.card import Card
from ui.widgets.choice import Choice
from ui.widgets.named import named, restyle, styled

if TYPE_CHECKING:
    from ui.account_counts_presenter import AccountCountsPresenter
    from ui.closing_presenter import ClosingPresenter
    from ui.personal_money_presenter import PersonalMoneyPresenter

_SEAL, _COUNT, _HAND_OVER, _NONE, _ACCOUNTS, _PERSONAL = range(6)


class ClosingView(QWidget):
    """Shows a ClosingPresenter and passes on what the cashier does.

    Phone accounts and personal codes stand beside the steps: both may wait.
    """

    left = Signal()
    settle_wanted = Signal(object)  # LeftKind: go where that is settled

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: ClosingPresenter | None = None
        self._shown: int | None = None  # the shift whose count is being typed
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, size("gap_small"), margin, size("gap_small"))
        layout.setSpacing(size("gap_small"))
        layout.addLayout(self._ladder())
        self._steps = QStackedWidget()
        self._seal = SealView()
        self._notes = NotesView()
        self._hand_over = HandoverView()
        self._accounts = AccountCountsView()
        self._personal = PersonalMoneyView()
        for step in (
            self._seal,
            self._notes,
            self._hand_over,
            self._nothing(),
            self._accounts,
            self._personal,
        ):
            self._steps.addWidget(step)
        layout.addWidget(self._steps, 1)
        layout.addLayout(self._foot())
        self._connect()

    def connect_to(
        self,
        presenter: ClosingPresenter,
        accounts: AccountCountsPresenter,
        personal: PersonalMoneyPresenter,
    ) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        self._hand_over.again_wanted.connect(presenter.count_again)
        self._hand_over.recount_asked.connect(presenter.ask_recount)
        self._accounts.connect_to(accounts)
        self._personal.connect_to(personal)
        personal.changed.connect(self._show_received)

    def refresh(self) -> None:
        """The page is shown: where does the shift stand?"""
        if self._presenter is None:
            return
        if self._steps.currentIndex() >= _ACCOUNTS:  # a PIN was asked for meanwhile
            self._beside(self._steps.currentIndex())
        else:
            self._presenter.refresh()

    def refresh_left(self) -> None:
        """Papers came or did not: the list of the first step follows."""
        if self._presenter is not None and self._steps.currentIndex() == _SEAL:
            self._presenter.refresh()

    # --- what it is made of -----------------------------------------------------

    def _ladder(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_wide"))
        self._title = named("closing_title", styled("heading", QLabel()), row)
        self._choice_row = QHBoxLayout()
        self._choice_row.addStretch(1)
        row.addLayout(self._choice_row, 1)
        self._choice: Choice | None = None
        self._rungs = [styled("hint", QLabel(), row) for _step in range(3)]
        return row

    def _nothing(self) -> QWidget:
        card = Card(_("No shift is open"))
        styled("hint", QLabel(_("Nothing is to be closed.")), card.body)
        card.body.addStretch(1)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._leave = named("leave_closing", QPushButton(_("Back  Esc")), row)
        self._leave.clicked.connect(self._on_leave)
        for name, words, page in (
            ("count_accounts", _("Phone accounts  F6"), _ACCOUNTS),
            ("personal_money", _("Personal codes  F7"), _PERSONAL),
        ):
            button = named(name, QPushButton(words), row)
            button.clicked.connect(lambda _checked, shown=page: self._beside(shown))
        self._go = named("confirm_closing", styled("primary", QPushButton()))
        self._go.clicked.connect(self._on_confirm)
        kept = self._go.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._go.setSizePolicy(kept)
        row.addWidget(self._go, 1)
        return row

    def _connect(self) -> None:
        self._seal.settled.connect(self._on_settled)
        self._seal.x_wanted.connect(self._on_x)
        self._hand_over.signed.connect(self._on_signed)
        self._hand_over.confirmed.connect(self._on_confirm)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Esc", self._on_leave),
            ("F12", self._on_confirm),
            ("F5", self._on_x),
            ("F6", lambda: self._beside(_ACCOUNTS)),
            ("F7", lambda: self._beside(_PERSONAL)),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

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
        self._show_choice()
        self._show_rungs()
        self._go.setVisible(is_any)
        if not is_any:
            self._steps.setCurrentIndex(_NONE)
            return
        step = presenter.step - 1
        before = (self._steps.currentIndex(), self._shown)
        self._steps.setCurrentIndex(step)
        self._shown = presenter.shift_id
        self._go.setText(
            (_("Stop selling  F12"), _("Counted  F12"), _("Hand over  F12"))[step]
        )
        self._go.setEnabled(step != _HAND_OVER or not presenter.is_doubtful)
        if step == _SEAL:
            self._seal.show_left(presenter.left)
            self._go.setFocus()
        elif step == _COUNT and before != (_COUNT, presenter.shift_id):
            self._notes.start()
        elif step == _HAND_OVER:
            self._show_handover()

    def _show_choice(self) -> None:
        """Which shift, where more than one can be closed."""
        presenter = self._presenter
        assert presenter is not None
        if self._choice is not None:
            self._choice.setParent(None)
            self._choice.deleteLater()
            self._choice = None
        if len(presenter.shifts) > 1:
            options: list[tuple[object, str]] = [
                (one.id, f"{one.number:04}") for one in presenter.shifts
            ]
            self._choice = named("closing_shift", Choice(_("Which shift?"), options))
            self._choice.show_value(presenter.shift_id)
            self._choice.chosen.connect(presenter.choose)
            self._choice_row.insertWidget(0, self._choice)

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
            rung.show()
            is_here = number == self._presenter.step
            restyle(rung, "role", "strong" if is_here else "hint")

    def _show_handover(self) -> None:
        presenter, view = self._presenter, self._hand_over
        assert presenter is not None
        assert presenter.count is not None
        view.show_count(presenter.count)
        view.show_split(presenter.proposed())
        view.show_receivers(presenter.takers, needs_pin=presenter.needs_pin)
        if presenter.is_doubtful:
            view.focus_reason()
        elif presenter.needs_pin:
            view.focus_pin()
        else:
            self._go.setFocus()

    def _beside(self, page: int) -> None:
        """Phone accounts or personal codes; Esc leads back to the step."""
        self._steps.setCurrentIndex(page)
        is_personal = page == _PERSONAL
        self._title.setText(_("Personal codes") if is_personal else _("Phone accounts"))
        for widget in (self._choice, *self._rungs):
            if widget is not None:
                widget.hide()
        self._leave.setFocus()  # the keys stay on this page, whatever it shows
        self._go.hide()
        (self._personal if is_personal else self._accounts).refresh()

    def _show_received(self) -> None:
        """Whether there is money of a personal code to be received."""
        if self._steps.currentIndex() == _PERSONAL:
            self._go.setVisible(self._personal.can_confirm)
            self._go.setEnabled(True)
            self._go.setText(_("Received  F12"))

    # --- what the cashier does ------------------------------------------------------

    def _on_leave(self) -> None:
        if self._steps.currentIndex() >= _ACCOUNTS:
            self._steps.setCurrentIndex(_NONE)
            self.refresh()
        else:
            self.left.emit()

    def _on_confirm(self) -> None:
        presenter, step = self._presenter, self._steps.currentIndex()
        if presenter is None:
            return
        if step == _SEAL:
            presenter.seal(self._seal.note())
            self._seal.forget_note()
        elif step == _COUNT:
            notes = self._notes
            presenter.count_cash(
                notes.pieces(), notes.note(), is_typed=notes.is_typed()
            )
        elif step == _PERSONAL:
            self._personal.confirm()
        elif step == _HAND_OVER and self._go.isEnabled():
            view = self._hand_over
            presenter.hand_over(view.split(), view.receiver(), view.pin())

    def _on_settled(self, kind: LeftKind) -> None:
        assert self._presenter is not None
        if kind is LeftKind.AWAITING:
            self._presenter.choose_waiting()
        else:
            self.settle_wanted.emit(kind)

    def _on_x(self) -> None:
        if self._presenter is not None and self._steps.currentIndex() == _SEAL:
            self._presenter.print_x()

    def _on_signed(self, reason: str) -> None:
        if self._presenter is not None and self._presenter.is_doubtful:
            self._presenter.sign(reason)

"""The panel of what is taken off: how, how much, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.money import Money
from models.quantity import WeightUnit
from ui.take_off import TakeOff
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.keypad import Keypad
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.number_edit import PercentEdit
from ui.widgets.reason_chips import ReasonChips
from ui.words import discount_words, hand_words, name_of, share_words, unit_word

if TYPE_CHECKING:
    from ui.discount_presenter import DiscountPresenter


class DiscountView(QWidget):
    """Shows a DiscountPresenter and passes on what the cashier gives."""

    left = Signal()

    def __init__(self, weight_unit: WeightUnit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: DiscountPresenter | None = None
        self._weight_unit = weight_unit
        self._kind = TakeOff.LINE_SHARE
        self._given = ""  # what this choice could take back
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_small"))
        self._heading = styled("heading", named("discount_heading", QLabel(), layout))
        self._heading.setWordWrap(True)
        layout.addWidget(self._choices())
        columns = QHBoxLayout()
        columns.setSpacing(margin)
        columns.addLayout(self._answers(), 1)
        columns.addWidget(self._keys(), 1)
        layout.addLayout(columns, 1)
        layout.addLayout(self._buttons())

    def connect_to(self, presenter: DiscountPresenter) -> None:
        self._presenter = presenter
        self._reason.offer(presenter.reasons())
        presenter.changed.connect(self._show)

    def refresh(self) -> None:
        """The panel is shown: nothing is typed yet."""
        self._reason.show_text("")
        self._choose(TakeOff.LINE_SHARE)

    def choose(self, number: int) -> None:
        """The choice that a function key names."""
        self._choose(list(TakeOff)[number])

    # --- building -------------------------------------------------------------

    def _choices(self) -> QWidget:
        area = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        area.setSizePolicy(policy)
        flow = FlowLayout(size("gap_tiny"), area)
        group = QButtonGroup(self)
        self._chips: dict[TakeOff, QPushButton] = {}
        for number, (kind, words) in enumerate(
            (
                (TakeOff.LINE_SHARE, _("Line, less %")),
                (TakeOff.LINE_AMOUNT, _("Line, less ¥")),
                (TakeOff.PRICE, _("Line's price")),
                (TakeOff.BARGAIN, _("Agreed total")),
                (TakeOff.ALL_SHARE, _("All, less %")),
                (TakeOff.ALL_AMOUNT, _("All, less ¥")),
            ),
            2,
        ):
            button = styled("chip", QPushButton(f"{words}  F{number}"))
            named(f"take_off_{kind}", button, flow)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._choose, kind))
            group.addButton(button)
            self._chips[kind] = button
        return area

    def _answers(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_small"))
        self._hint = styled("hint", named("discount_hint", QLabel(), side))
        self._hint.setWordWrap(True)
        side.addWidget(self._fields())
        self._outlook = styled("figure", named("outlook", QLabel(), side))
        self._said = styled("strong", named("outlook_words", QLabel(), side))
        self._said.setWordWrap(True)
        self._reason = ReasonChips()
        self._reason.entered.connect(self._on_enter)
        side.addWidget(self._reason)
        side.addStretch(1)
        return side

    def _fields(self) -> QStackedWidget:
        stack = QStackedWidget()
        self._percent = named("off_percent", styled("total", PercentEdit()))
        self._money = named("off_amount", styled("total", MoneyEdit()))
        described(_("Per cent taken off"), self._percent)
        described(_("Amount"), self._money)
        for field in (self._percent, self._money):
            field.returnPressed.connect(self._on_enter)
            field.textChanged.connect(self._show_outlook)
            stack.addWidget(field)
        stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stack = stack
        return stack

    def _keys(self) -> Keypad:
        self._keypad = Keypad()
        return self._keypad

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_discount", styled("secondary", QPushButton()), row)
        leave.setText(_("Back  Esc"))
        leave.clicked.connect(self.left)
        self._back = named("take_off_back", styled("secondary", QPushButton()), row)
        self._back.setText(_("Take it back"))
        self._back.clicked.connect(self._on_back)
        give = named("give", styled("primary", QPushButton()), row)
        give.setText(_("Take off  Enter"))
        give.clicked.connect(self._on_enter)
        for button in (leave, give, self._back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return row

    # --- showing --------------------------------------------------------------

    def _choose(self, kind: TakeOff) -> None:
        assert self._presenter is not None
        self._kind = kind
        self._chips[kind].setChecked(True)
        bargained = self._presenter.reasons()[-1]
        if kind is TakeOff.BARGAIN:
            self._reason.show_text(bargained)
        elif self._reason.text() == bargained:
            self._reason.show_text("")
        field = self._percent if kind.is_share else self._money
        field.clear()
        self._stack.setCurrentWidget(field)
        self._keypad.type_into(field)
        self._show()
        field.setFocus()

    def _show(self) -> None:
        """The line that is selected, what is asked, and what is given already."""
        presenter = self._presenter
        assert presenter is not None
        self._heading.setText(
            name_of(presenter.line) if self._kind.is_of_line else _("The whole basket")
        )
        self._hint.setText(self._asked(presenter))
        self._given = _given(presenter, self._kind, self._weight_unit)
        self._back.setVisible(bool(self._given))
        self._show_outlook()

    def _asked(self, presenter: DiscountPresenter) -> str:
        if self._kind is TakeOff.PRICE:
            if not presenter.is_weighed:
                return _("The new price")
            unit = unit_word(self._weight_unit)
            return _("The new price per {unit}").format(unit=unit)
        if self._kind is TakeOff.BARGAIN:
            return _("What the whole basket is to cost")
        if self._kind.is_share:
            return _("Per cent taken off: 10 is 9 折")
        return _("Amount taken off")

    def _show_outlook(self) -> None:
        assert self._presenter is not None
        figure = self._figure()
        seen = self._presenter.look_ahead(self._kind, figure)
        arrow = f"{seen.before} → {seen.after}"
        self._outlook.setText(arrow if seen.after != seen.before else str(seen.before))
        words = seen.trouble
        if not words and isinstance(figure, int):
            words = share_words(figure)
        elif figure is None and self._given:
            words = _("Now: {words}").format(words=self._given)
        self._said.setText(words)
        restyle(self._said, "role", "danger" if seen.trouble else "strong")

    def _figure(self) -> Money | int | None:
        return self._percent.value() if self._kind.is_share else self._money.value()

    # --- what the cashier does ------------------------------------------------

    def _on_enter(self) -> None:
        """What is missing takes the keys; the reason is asked for last."""
        assert self._presenter is not None
        figure = self._figure()
        if figure is not None and not self._reason.text().strip():
            self._reason.take_focus()
            return
        self._presenter.give(self._kind, figure, self._reason.text())

    def _on_back(self) -> None:
        assert self._presenter is not None
        self._presenter.take_back(self._kind)


def _given(presenter: DiscountPresenter, kind: TakeOff, unit: WeightUnit) -> str:
    """What this choice could take back; empty if there is nothing."""
    line = presenter.line
    if kind is TakeOff.PRICE:
        return hand_words(line, unit) if line.price_before is not None else ""
    given = line.discount if kind.is_of_line else presenter.discount
    return "" if given is None else discount_words(given)

"""What cash moved in the shift, one below the other, each with its correction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models import clock
from models.i18n import _
from models.money import Money
from ui.cash_words import kind_name
from ui.widgets.card import hairline
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from models.selling.cash import MovementRow


class CashListView(QWidget):
    corrected = Signal(int, str)  # the movement's id and the reason

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong: MovementRow | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        heading = styled("heading", QLabel(_("Cash in and out in this shift")))
        layout.addWidget(heading)
        self._none = named("no_movements", styled("hint", QLabel(), layout))
        self._none.setText(_("Nothing moved yet but what was sold."))
        layout.addWidget(self._scroll(), 1)
        layout.addWidget(self._correction())

    def show_rows(self, rows: Sequence[MovementRow]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)  # at once: it must not be touched any more
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(self._line(row))
            self._rows.addWidget(hairline())
        self._none.setVisible(not rows)
        self._ask(None)

    # --- building -----------------------------------------------------------------

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, size("gap"), 0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        outer.addLayout(self._rows)
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _line(self, row: MovementRow) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap"))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, size("gap_small"), 0, size("gap_small"))
        texts.setSpacing(0)
        what = f"{clock.local(row.at):%H:%M}  {kind_name(row.kind)}"
        _words(texts, "strong", what)
        _words(texts, "hint", " · ".join(filter(None, _facts(row))))
        layout.addLayout(texts, 1)
        role = "figure" if row.amount >= Money.ZERO else "figure_danger"
        layout.addWidget(
            named(f"moved_{row.id}", styled(role, QLabel(row.amount.grouped)))
        )
        button = named(f"correct_{row.id}", QPushButton(_("Correct")), layout)
        styled("quiet", button).clicked.connect(partial(self._ask, row))
        described(_("Correct {amount}").format(amount=row.amount.grouped), button)
        button.setEnabled(row.can_be_corrected)
        if row.is_corrected:
            button.setText(_("Corrected"))
        return line

    def _correction(self) -> QFrame:
        self._form = styled("panel", QFrame())
        layout = QVBoxLayout(self._form)
        self._about = named("correct_about", styled("strong", QLabel()), layout)
        self._about.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._reason = named("correct_reason", QLineEdit(), row)
        described(_("Reason"), self._reason)
        self._reason.setPlaceholderText(_("Reason"))
        self._reason.returnPressed.connect(self._on_corrected)
        done = styled("primary", QPushButton(_("Correct  Enter")))
        named("confirm_correct", done, row).clicked.connect(self._on_corrected)
        layout.addLayout(row)
        return self._form

    # --- correcting -----------------------------------------------------------------

    def _ask(self, row: MovementRow | None, _checked: object = None) -> None:
        self._wrong = row
        self._reason.clear()
        self._form.setVisible(row is not None)
        if row is not None:
            words = _("{kind} {amount} was wrong: it stays, its opposite is added.")
            self._about.setText(
                words.format(kind=kind_name(row.kind), amount=row.amount.grouped)
            )
            self._reason.setFocus()

    def _on_corrected(self) -> None:
        if self._wrong is not None:
            self.corrected.emit(self._wrong.id, self._reason.text())


def _words(layout: QVBoxLayout, role: str, text: str) -> None:
    label = styled(role, QLabel(text), layout)
    label.setWordWrap(True)


def _facts(row: MovementRow) -> tuple[str, ...]:
    approver = _("approved by {name}").format(name=row.approver) if row.approver else ""
    return (row.staff, approver, row.reason, row.recipient, row.note)

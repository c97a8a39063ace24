"""The card of 记录校验: one button, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.card import Card
from ui.widgets.named import named, styled
from ui.widgets.status_dot import Health, StatusDot

if TYPE_CHECKING:
    from ui.journal_presenter import JournalPresenter

KEY = "F6"
_HASH, _GROUP = 64, 8  # characters


class JournalCard(Card):
    """Shows a JournalPresenter."""

    said = Signal(QWidget)  # what should be in view now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Journal"), parent)
        self._presenter: JournalPresenter | None = None
        hint = _(
            "All that is done at the till is written down in one chain. Whoever "
            "changes it afterwards, or the figures that it tells of, is found here."
        )
        styled("hint", QLabel(hint), self.body).setWordWrap(True)
        self._verify = named("verify_journal", QPushButton(_("Verify  F6")))
        self._dot = named("journal_dot", StatusDot())
        self._verdict = styled("strong", named("journal_verdict", QLabel()))
        self._verdict.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(size("gap"))
        row.addWidget(self._verify)
        row.addWidget(self._dot)
        row.addWidget(self._verdict, 1)
        self.body.addLayout(row)
        self._lines = named("journal_lines", QLabel())
        self._lines.setTextFormat(Qt.TextFormat.PlainText)
        self._lines.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._lines.setWordWrap(True)
        self.body.addWidget(self._lines)

    def connect_to(self, presenter: JournalPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.progressed.connect(self._show_progress)
        presenter.pointed_at.connect(self._come_into_view)
        self._verify.clicked.connect(self.verify)
        self._show()

    def verify(self) -> None:
        if self._presenter is not None:
            self._presenter.verify()
            self.said.emit(self._lines)

    def _come_into_view(self) -> None:
        """With its button under the keys."""
        self._verify.setFocus()
        self.said.emit(self)

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        busy = presenter.is_busy
        self._verify.setEnabled(not busy)
        said = presenter.lines()
        verdict = said[0] if said else presenter.trouble
        if busy:
            verdict = _("Verifying…")
        self._verdict.setText(verdict)
        is_good = not presenter.trouble
        self._dot.setVisible(bool(verdict) and not busy)
        self._dot.show_health(Health.GOOD if is_good else Health.DANGER, verdict)
        self._lines.setText("\n".join(_broken(line) for line in said[1:]))
        self._lines.setVisible(bool(said[1:]) and not busy)

    def _show_progress(self, done: int, of: int) -> None:
        if self._presenter is not None and self._presenter.is_busy:
            words = _("Verifying… {done} of {n}")
            self._verdict.setText(words.format(done=f"{done:,}", n=f"{of:,}"))


def _broken(line: str) -> str:
    """A hash in groups of eight, which can be read out and wrapped."""
    return " ".join(
        word[at : at + _GROUP] if len(word) == _HASH else word
        for word in line.split(" ")
        for at in range(0, len(word) if len(word) == _HASH else 1, _GROUP)
    )

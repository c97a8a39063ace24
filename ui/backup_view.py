"""The card of backups: where they lie, and what is in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui import backup_words
from ui.widgets.card import Card
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.twice_button import TwiceButton

if TYPE_CHECKING:
    from models.office.backups import Place
    from ui.backup_presenter import BackupPresenter

_LONG_WORD = re.compile(r"(\S{20})(?=\S)")
_LONGEST = 4096


class BackupCard(Card):
    """Shows a BackupPresenter."""

    said = Signal(QWidget)  # what should be in view now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Backup"), parent)
        self._presenter: BackupPresenter | None = None
        columns = QHBoxLayout()
        columns.setSpacing(2 * size("gap_wide"))
        columns.addLayout(self._making(), 1)
        columns.addLayout(self._going_back(), 1)
        self.body.addLayout(columns)

    def connect_to(self, presenter: BackupPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        self._now.clicked.connect(presenter.back_up)
        self._restore.confirmed.connect(presenter.restore)
        self._folder.returnPressed.connect(self._on_folder)
        self._file.returnPressed.connect(self._on_file)
        self._show()

    def refresh(self) -> None:
        """The page is shown: nothing was looked at yet."""
        self._file.clear()
        if self._presenter is not None:
            self._presenter.refresh()

    def back_up(self) -> None:
        self._now.click()

    def ask(self) -> None:
        """Which backup is to be looked at?"""
        self._file.setFocus()
        self.said.emit(self._file)

    # --- what it is made of ---------------------------------------------------

    def _making(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(size("gap_small"))
        styled("strong", QLabel(_("In the shop's own folder")), column)
        self._own = _sentence("own_backup", column)
        self._folder = _path_edit("backup_folder", _("Second folder"))
        self._folder.setPlaceholderText(_("None: choose one on a USB stick"))
        column.addSpacing(size("gap_small"))
        _titled(column, _("Second folder, on a USB stick"), self._folder)
        choose = QPushButton(_("Choose …"))
        described(_("Choose the second folder"), choose)
        named("choose_backup_folder", choose).clicked.connect(self._on_choose_folder)
        column.addLayout(_beside(self._folder, choose))
        self._second = _sentence("second_backup", column)
        words = _(
            "Each hour and at each close of a shift. The last of 7 days, 8 weeks and "
            "12 months are kept."
        )
        styled("hint", QLabel(words), column).setWordWrap(True)
        self._now = named("back_up_now", QPushButton(_("Back up now  F3")))
        column.addWidget(self._now, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def _going_back(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(size("gap_small"))
        words = _("What is in this backup?")
        self._file = _path_edit("checked_file", words)
        self._file.setPlaceholderText(_("choose a file, or type and press Enter"))
        _titled(column, f"{words}  F4", self._file)
        choose = QPushButton(_("Choose …"))
        described(_("Choose a backup"), choose)
        named("choose_checked", choose).clicked.connect(self._on_choose_file)
        column.addLayout(_beside(self._file, choose))
        self._checked = _sentence("checked", column)
        self._lost = _sentence("would_be_lost", column)
        styled("warn", self._lost)
        words_twice = (_("Go back to it"), _("Press again to go back"))
        self._restore = named("restore_backup", TwiceButton(words=words_twice))
        column.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    # --- showing and passing on -----------------------------------------------

    def _show(self) -> None:
        assert self._presenter is not None
        places = self._presenter.places
        if places is not None:
            _show_place(self._own, places.own)
            self._second.setVisible(places.second is not None)
            if places.second is not None:
                _show_place(self._second, places.second)
            if not self._folder.hasFocus() or not self._folder.isModified():
                folder = places.second.folder if places.second is not None else ""
                self._folder.setText(str(folder))
        self._show_checked()

    def _show_checked(self) -> None:
        assert self._presenter is not None
        plan, refusal = self._presenter.plan, self._presenter.refusal
        self._restore.setVisible(plan is not None)
        self._lost.setVisible(plan is not None)
        self._checked.setVisible(plan is not None or bool(refusal))
        restyle(self._checked, "role", "danger" if refusal else "good")
        if plan is not None:
            self._checked.setText(_lines(backup_words.contents(plan.contents)))
            self._lost.setText(_lines(backup_words.lost(plan)))
            self._say(self._restore)
        elif refusal:
            self._checked.setText(_lines([refusal]))
            self._say(self._checked)

    def _say(self, widget: QWidget) -> None:
        """Once the sentences have their height."""
        QTimer.singleShot(0, widget, lambda: self.said.emit(widget))

    def _on_folder(self) -> None:
        assert self._presenter is not None
        self._folder.setModified(False)
        self._presenter.choose(self._folder.text())

    def _on_choose_folder(self) -> None:
        title = _("Where to keep the second backup")
        name = QFileDialog.getExistingDirectory(self, title, self._folder.text())
        if name:
            self._folder.setText(name)
            self._on_folder()

    def _on_file(self) -> None:
        assert self._presenter is not None
        self._presenter.look_at(self._file.text())

    def _on_choose_file(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Choose a backup"), self._file.text() or self._folder.text()
        )
        if name:
            self._file.setText(name)
            self._on_file()


def _show_place(label: QLabel, place: Place) -> None:
    words = [backup_words.newest(place.newest)]
    label.setText(_lines([*words, place.trouble] if place.trouble else words))
    restyle(label, "role", "warn" if place.trouble else "hint")


def _lines(sentences: list[str]) -> str:
    """One sentence a line; a long path may be broken anywhere."""
    return "\n".join(_LONG_WORD.sub("\\1\u200b", one) for one in sentences)


def _sentence(name: str, column: QVBoxLayout) -> QLabel:
    label = named(name, styled("hint", QLabel()), column)
    label.setWordWrap(True)
    return label


def _path_edit(name: str, words: str) -> QLineEdit:
    edit = described(words, named(name, QLineEdit()))
    edit.setMaxLength(_LONGEST)
    return edit


def _titled(column: QVBoxLayout, words: str, field: QWidget) -> None:
    styled("strong", QLabel(words), column).setBuddy(field)


def _beside(field: QWidget, button: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(size("gap_small"))
    row.addWidget(field, 1)
    row.addWidget(button)
    return row

"""A report as a file: which kind, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.goods_fields_view import TextEdit, panel_button
from ui.widgets.choice import Choice
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.reports_presenter import ReportsPresenter


class ReportExportView(QFrame):
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._presenter: ReportsPresenter | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        styled("heading", QLabel(_("Save this report")), layout)
        words = _("The page has charts; the tables hold every figure, to add up again.")
        styled("strong", QLabel(words), layout).setWordWrap(True)
        layout.addWidget(self._kinds())
        layout.addLayout(self._file_row())
        self._busy = named("report_busy", QProgressBar(), layout)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        layout.addStretch(1)
        layout.addLayout(self._foot())

    def connect_to(self, presenter: ReportsPresenter) -> None:
        self._presenter = presenter
        presenter.busy_changed.connect(self._show_busy)
        self._show_busy()

    def start(self) -> None:
        """Propose a spreadsheet in the shop's own folder."""
        assert self._presenter is not None
        self._kind.show_value("xlsx")
        self._path.setText(self._presenter.proposed("xlsx"))
        self._path.setFocus()

    def confirm(self) -> None:
        assert self._presenter is not None
        if self._path.text().strip():
            self._presenter.write(self._path.text().strip())
        else:
            self._path.setFocus()

    def _kinds(self) -> Choice:
        kinds = (
            ("xlsx", _("Spreadsheet (XLSX)")),
            ("csv", _("Text (CSV)")),
            ("pdf", _("Page (PDF)")),
        )
        self._kind = Choice(_("Kind of file"), kinds)
        self._kind.chosen.connect(self._choose)
        return named("report_kind", self._kind)

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._path = described(_("File"), named("report_path", TextEdit()))
        self._path.setMaxLength(4096)
        self._path.returnPressed.connect(self.confirm)
        row.addWidget(self._path, 1)
        choose = named("choose_report", QPushButton(_("Choose …")), row)
        choose.clicked.connect(self._on_choose)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        row.addWidget(panel_button("close_report", _("Close  Esc"), self.left.emit))
        words = _("Save  F12")
        self._save = panel_button("store_report", words, self.confirm, role="primary")
        row.addWidget(self._save, 1)
        return row

    def _choose(self, kind: object) -> None:
        """The kind, and with it the ending of the file's name."""
        assert self._presenter is not None
        self._kind.show_value(kind)
        typed = self._path.text().strip() or self._presenter.proposed(str(kind))
        self._path.setText(str(Path(typed).with_suffix(f".{kind}")))

    def _on_choose(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self,
            _("Where to save the report"),
            self._path.text(),
            f"{str(self._kind.value()).upper()} (*.{self._kind.value()})",
        )
        if name:
            ending = f".{self._kind.value()}"
            self._path.setText(name if Path(name).suffix else f"{name}{ending}")

    def _show_busy(self) -> None:
        assert self._presenter is not None
        self._busy.setVisible(self._presenter.is_busy)
        self._save.setEnabled(not self._presenter.is_busy)

"""The import of a table of goods, beside the list: a look at it, then 导入."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _, ngettext
from ui.goods_fields_view import TextEdit, panel_button
from ui.widgets.choice import Choice
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described, named, restyle, styled

if TYPE_CHECKING:
    from models.office.imports import Look
    from ui.goods_import_presenter import GoodsImportPresenter

_FILES = "*.csv *.xlsx *.ods *.xls"


@dataclass(frozen=True, slots=True)
class _Line:
    row: str
    says: str
    is_error: bool


class GoodsImportView(QFrame):
    """Nothing is stored before the button is pressed."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._presenter: GoodsImportPresenter | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        styled("heading", QLabel(_("Import a table of goods")), layout)
        layout.addLayout(self._file_row())
        styled("hint", QLabel(_("If the words look wrong, the encoding is:")), layout)
        layout.addWidget(self._encodings())
        self._summary = named("import_summary", styled("strong", QLabel()), layout)
        self._summary.setWordWrap(True)
        self._bar = described(_("Progress"), named("import_busy", QProgressBar()))
        self._bar.setTextVisible(False)
        layout.addWidget(self._bar)
        layout.addWidget(self._table(), 1)
        layout.addLayout(self._foot())

    def connect_to(self, presenter: GoodsImportPresenter) -> None:
        self._presenter = presenter
        presenter.preview_changed.connect(self._show)
        presenter.progressed.connect(self._show_progress)
        self._show()

    def start(self) -> None:
        """Begin with an empty preview, or show what is still being worked on."""
        assert self._presenter is not None
        if not self._presenter.is_busy:
            self._path.clear()
            self._encoding.show_value("")
            self._presenter.forget()
        self._path.setFocus()

    def confirm(self) -> None:
        """Store what the preview shows, if it may be stored."""
        if self._presenter is not None and self._store.isEnabled():
            self._presenter.store()

    def cancel(self) -> bool:
        """Stop looking at a table; whether there was something to stop."""
        if self._presenter is None or not self._presenter.can_cancel:
            return False
        self._presenter.cancel()
        return True

    # --- building -------------------------------------------------------------

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._path = described(_("File"), named("import_path", TextEdit()))
        self._path.setMaxLength(4096)
        self._path.setPlaceholderText(_("CSV or XLSX file"))
        self._path.returnPressed.connect(self._look)
        row.addWidget(self._path, 1)
        self._choose = named("choose_file", QPushButton(_("Choose …")), row)
        self._choose.clicked.connect(self._on_choose)
        return row

    def _encodings(self) -> Choice:
        self._encoding = Choice(
            _("Encoding"),
            (
                ("", _("Find out")),
                ("UTF8", "UTF-8"),
                ("GB18030", "GB18030"),
                ("UTF16", "UTF-16"),
            ),
        )
        self._encoding.chosen.connect(self._look)
        return named("encoding", self._encoding)

    def _table(self) -> QTableView:
        self._model: RowsModel[_Line] = RowsModel(
            (
                Column(_("Row"), lambda line: line.row, is_figure=True),
                Column(
                    _("What happens"),
                    lambda line: line.says,
                    colour=lambda line: "danger" if line.is_error else "",
                ),
            ),
            self,
        )
        table = described(_("Preview"), named("import_rows", QTableView()))
        table.setModel(self._model)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents
        )
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().resizeSection(0, size("touch") + size("gap_large"))
        self._rows = table
        return table

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._close = panel_button("close_import", _("Close  Esc"), self.left.emit)
        row.addWidget(self._close)
        self._store = panel_button(
            "store_import", _("Import  F12"), self.confirm, role="primary"
        )
        row.addWidget(self._store, 1)
        return row

    # --- what happens ---------------------------------------------------------

    def _on_choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self,
            _("A table of goods"),
            "",
            "CSV, XLSX, ODS, XLS (*.csv *.xlsx *.ods *.xls)",
        )
        if name:
            self._path.setText(name)
            self._look()

    def _look(self, _encoding: object = None) -> None:
        if self._presenter is not None and self._path.text().strip():
            encoding = str(self._encoding.value() or "")
            self._presenter.look_at(self._path.text().strip(), encoding)

    def _show(self) -> None:
        assert self._presenter is not None
        preview, is_busy = self._presenter.preview, self._presenter.is_busy
        self._bar.setVisible(is_busy)
        self._bar.setRange(0, 0)
        if is_busy:
            self._path.setFocus()  # what may have had it can be used no more
        self._choose.setEnabled(not is_busy)
        self._encoding.setEnabled(not is_busy)
        is_ending = self._presenter.can_cancel
        self._close.setText(_("Cancel  Esc") if is_ending else _("Close  Esc"))
        is_ready = preview is not None and not preview.wrong
        self._store.setEnabled(
            is_ready and preview is not None and bool(preview.new + preview.changed)
        )
        self._summary.setText(self._says(preview))
        restyle(
            self._summary, "role", "strong" if is_ready or not preview else "danger"
        )
        self._model.show_rows(_lines(preview) if preview else ())

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _says(self, preview: Look | None) -> str:
        assert self._presenter is not None
        if self._presenter.is_busy:
            return _("The table is being worked on. You can go on selling.")
        if preview is None:
            return _("Choose a file. Nothing is stored before you press Import.")
        if preview.wrong:
            return ngettext(
                "{count} entry is wrong. Correct the file and choose it again; "
                "nothing has been stored.",
                "{count} entries are wrong. Correct the file and choose it again; "
                "nothing has been stored.",
                preview.wrong,
            ).format(count=preview.wrong)
        return _("{new} new, {changed} changed, {same} unchanged.").format(
            new=preview.new, changed=preview.changed, same=preview.same
        )


def _lines(preview: Look) -> list[_Line]:
    """What is wrong, or else what is new and what changes."""
    if preview.errors:
        return [
            _Line(
                str(error.row),
                _("{column}: {reason}").format(
                    column=error.column, reason=error.reason
                ),
                is_error=True,
            )
            for error in preview.errors
        ]
    words = {"new": _("new"), "changed": _("changed")}
    return [
        _Line(
            str(one.row),
            f"{one.draft.sku}  {one.draft.name}  ({words[one.change.value]})",
            is_error=False,
        )
        for one in preview.rows
    ]

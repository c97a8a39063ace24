"""The card of 称重条码: what is this code, and the layouts of the shop's scales."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.codes import CheckRule, LabelFields, LabelUnit, Layout
from models.i18n import _
from ui.layout_form_view import LayoutForm
from ui.widgets.card import Card, hairline
from ui.widgets.code_edit import CodeEdit
from ui.widgets.named import described, named, styled
from ui.widgets.twice_button import TwiceButton

if TYPE_CHECKING:
    from ui.labels_presenter import LabelsPresenter

_LONG_WORD = re.compile(r"(\S{20})(?=\S)")


class LabelsCard(Card):
    """Explains codes and keeps the layouts that weighing labels are read by."""

    said = Signal(QWidget)  # what should be in view now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Weighing labels"), parent)
        self._presenter: LabelsPresenter | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._add = named("add_layout", QPushButton(_("New layout")))
        self._form = named("layout_form", LayoutForm())
        self._form.hide()
        columns = QHBoxLayout()
        columns.setSpacing(2 * size("gap_wide"))
        columns.addLayout(self._layouts(), 1)
        columns.addLayout(self._question(), 1)
        self.body.addLayout(columns)

    def connect_to(self, presenter: LabelsPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.explained.connect(self._show_explanation)
        self._code.returnPressed.connect(self._on_asked)
        self._add.clicked.connect(presenter.add)
        self._form.connect_to(presenter)

    def refresh(self) -> None:
        """The page is shown: nothing was asked yet."""
        self._code.clear()
        self._explanation.clear()
        self._explanation.hide()
        if self._presenter is not None:
            self._presenter.refresh()

    def asks(self) -> bool:
        """Whether a scan is meant for the question."""
        return self._code.hasFocus()

    def ask(self) -> None:
        self._code.setFocus()
        self.said.emit(self._code)

    def _layouts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(size("gap_small"))
        column.addLayout(self._rows)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._form)
        column.addStretch(1)
        return column

    def _question(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(size("gap_small"))
        words = _("What is this code?")
        self._code = described(words, named("unknown_code", CodeEdit()))
        self._code.setPlaceholderText(_("scan, or type and press Enter"))
        label = styled("strong", QLabel(f"{words}  F2"), column)
        label.setBuddy(self._code)
        column.addWidget(self._code)
        self._explanation = styled("strong", QLabel(), column)
        named("explanation", self._explanation)
        self._explanation.setTextFormat(Qt.TextFormat.PlainText)
        self._explanation.setWordWrap(True)
        self._explanation.hide()
        column.addStretch(1)
        return column

    def _show(self) -> None:
        assert self._presenter is not None
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row in self._presenter.layouts:
            line = _LayoutLine(row.id, row.layout)
            line.changed.connect(partial(self._presenter.change, row.id))
            line.retired.connect(partial(self._presenter.retire, row.id))
            self._rows.addWidget(line)
            self._rows.addWidget(hairline())
        if not self._presenter.layouts:
            styled("hint", QLabel(_("None: labels are not read.")), self._rows)
        edited = self._presenter.edited
        self._add.setVisible(edited is None)
        self._form.setVisible(edited is not None)
        if edited is not None:
            self._form.show_layout(edited)
            self.said.emit(self._form)

    def _on_asked(self) -> None:
        assert self._presenter is not None
        code = self._code.text()
        self._code.clear()  # it may be a payment code
        if code.strip():
            self._presenter.explain(code)

    def _show_explanation(self, sentences: tuple[str, ...]) -> None:
        """One sentence a line; a long code may be broken anywhere."""
        broken = [_LONG_WORD.sub("\\1\u200b", sentence) for sentence in sentences]
        self._explanation.setText("\n".join(broken))
        self._explanation.show()
        self.said.emit(self._explanation)


class _LayoutLine(QWidget):
    """One layout, with buttons to change it and, pressed twice, to retire it."""

    changed = Signal()
    retired = Signal()

    def __init__(
        self, layout_id: int, layout: Layout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        own = QHBoxLayout(self)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(size("gap_tiny"))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, size("gap_small"), 0, size("gap_small"))
        texts.setSpacing(0)
        words = _("Begins with {prefix}, {length} digits")
        title = words.format(prefix=layout.prefix, length=layout.length)
        styled("strong", QLabel(title), texts)
        facts = styled("hint", QLabel(" · ".join(_facts(layout))), texts)
        facts.setWordWrap(True)
        own.addLayout(texts, 1)
        button = styled("quiet", QPushButton(_("Edit")))
        own.addWidget(named(f"change_layout_{layout_id}", button))
        described(_("Edit {name}").format(name=title), button)
        button.clicked.connect(self.changed)
        retire = named(f"retire_layout_{layout_id}", TwiceButton(), own)
        described(_("Retire {holder}").format(holder=title), retire)
        retire.confirmed.connect(self.retired)


def _facts(layout: Layout) -> list[str]:
    said = [_("item number of {n} digits").format(n=layout.item_digits)]
    values = []
    if layout.fields.has_amount:
        step = {2: "¥0.01", 1: "¥0.1", 0: "¥1"}[layout.amount_decimals]
        values.append(_("amount in {step}").format(step=step))
    if layout.fields.has_weight:
        values.append(_("weight in {step}").format(step=_weight_step(layout)))
    if layout.fields is LabelFields.WEIGHT_AMOUNT:
        values.reverse()
    said += values
    said.append(
        {
            CheckRule.REQUIRE: _("check digit must be right"),
            CheckRule.WARN: _("warns of a wrong check digit"),
            CheckRule.IGNORE: _("check digit ignored"),
        }[layout.check]
    )
    return said


def _weight_step(layout: Layout) -> str:
    """What the last digit of the weight counts: g, 0.01 斤, 0.001 kg."""
    unit = {LabelUnit.G: "g", LabelUnit.G500: _("jin"), LabelUnit.KG: "kg"}
    word = unit[layout.weight_unit]
    if not layout.weight_decimals:
        return word
    return f"0.{'1'.zfill(layout.weight_decimals)} {word}"

"""The form of one label layout: what each digit of the label means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.codes import CheckRule, LabelFields, LabelUnit, Layout
from models.i18n import _
from ui.widgets.choice import Choice
from ui.widgets.code_edit import CodeEdit
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.labels_presenter import LabelsPresenter


class LayoutForm(QWidget):
    """Filled from a layout; what is shown follows from what the label says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: LabelsPresenter | None = None
        self._make_fields()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        self._add(_("Begins with"), self._prefix)
        self._add(_("Says"), self._fields)
        self._add(_("Item number"), self._item_digits)
        self._amount_row = self._add(_("Amount"), self._amount)
        self._unit_row = self._add(_("Weight"), self._unit)
        self._decimals_row = self._add(_("Decimals"), self._decimals)
        self._add(_("Check digit"), self._check)
        self._example = named("layout_example", styled("hint", QLabel()))
        self._example.setWordWrap(True)
        self._add(_("Example"), self._example)
        self._add("", self._buttons())

    def connect_to(self, presenter: LabelsPresenter) -> None:
        self._presenter = presenter
        self._prefix.textEdited.connect(self._follow)
        self._prefix.returnPressed.connect(self._on_saved)
        for choice in self._choices:
            choice.chosen.connect(self._follow)
        self._save.clicked.connect(self._on_saved)
        self._cancel.clicked.connect(presenter.cancel)

    def show_layout(self, layout: Layout) -> None:
        self._prefix.setText(layout.prefix)
        self._fields.show_value(layout.fields)
        self._item_digits.show_value(layout.item_digits)
        self._amount.show_value(layout.amount_decimals)
        self._unit.show_value(layout.weight_unit)
        self._decimals.show_value(layout.weight_decimals)
        self._check.show_value(layout.check)
        self._follow()
        self._prefix.setFocus()

    def _make_fields(self) -> None:
        self._prefix = named("layout_prefix", CodeEdit())
        self._prefix.setMaxLength(3)
        self._prefix.setPlaceholderText(_("such as 21"))
        self._fields = named("layout_fields", Choice(_("Says"), _fields()))
        digits = [(count, str(count)) for count in range(3, 8)]
        self._item_digits = named("item_digits", Choice(_("Item number"), digits))
        steps = [(2, "¥0.01"), (1, "¥0.1"), (0, "¥1")]
        self._amount = named("amount_decimals", Choice(_("Amount"), steps))
        self._unit = named("label_unit", Choice(_("Weight"), _units()))
        places = [(count, str(count)) for count in range(4)]
        self._decimals = named("weight_decimals", Choice(_("Decimals"), places))
        self._check = named("check_rule", Choice(_("Check digit"), _rules()))
        self._choices = (
            self._fields,
            self._item_digits,
            self._amount,
            self._unit,
            self._decimals,
            self._check,
        )

    def _add(self, title: str, field: QWidget) -> QWidget:
        """A row that can be hidden; its words stand where those of the card stand."""
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap"))
        label = styled("strong", QLabel(title))
        label.setFixedWidth(size("label"))
        label.setMinimumHeight(size("touch") + 2 * size("focus_gap"))  # as the field
        if title and not field.accessibleName():
            described(title, field)
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(field, 1)
        own = self.layout()
        assert own is not None
        own.addWidget(row)
        return row

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        layout = QHBoxLayout(buttons)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_tiny"))
        self._save = named("save_layout", styled("primary", QPushButton(_("Save"))))
        self._cancel = named("cancel_layout", QPushButton(_("Cancel")))
        layout.addWidget(self._save)
        layout.addWidget(self._cancel)
        layout.addStretch(1)
        return buttons

    def _value(self) -> Layout:
        fields, unit = self._fields.value(), self._unit.value()
        item_digits, amount = self._item_digits.value(), self._amount.value()
        decimals, check = self._decimals.value(), self._check.value()
        assert isinstance(fields, LabelFields)
        assert isinstance(unit, LabelUnit)
        assert isinstance(item_digits, int)
        assert isinstance(amount, int)
        assert isinstance(decimals, int)
        assert isinstance(check, CheckRule)
        return Layout(
            prefix=self._prefix.text().strip(),
            length=18 if fields.are_two else 13,
            item_digits=item_digits,
            fields=fields,
            amount_decimals=amount,
            weight_unit=unit,
            weight_decimals=0 if unit is LabelUnit.G else decimals,
            check=check,
        )

    def _follow(self, _chosen: object = None) -> None:
        """Show the rows that matter, and how a label is read by what is chosen."""
        assert self._presenter is not None
        layout = self._value()
        self._amount_row.setVisible(layout.fields.has_amount)
        self._unit_row.setVisible(layout.fields.has_weight)
        has_decimals = layout.weight_unit is not LabelUnit.G
        self._decimals_row.setVisible(layout.fields.has_weight and has_decimals)
        self._example.setText(self._presenter.example(layout) or "–")

    def _on_saved(self) -> None:
        assert self._presenter is not None
        self._presenter.save(self._value())


def _fields() -> list[tuple[object, str]]:
    return [
        (LabelFields.AMOUNT, _("Amount")),
        (LabelFields.WEIGHT, _("Weight")),
        (LabelFields.AMOUNT_WEIGHT, _("Amount, weight")),
        (LabelFields.WEIGHT_AMOUNT, _("Weight, amount")),
    ]


def _units() -> list[tuple[object, str]]:
    return [(LabelUnit.G, "g"), (LabelUnit.G500, _("jin")), (LabelUnit.KG, "kg")]


def _rules() -> list[tuple[object, str]]:
    return [
        (CheckRule.REQUIRE, _("Must be right")),
        (CheckRule.WARN, _("Warn")),
        (CheckRule.IGNORE, _("Ignore")),
    ]

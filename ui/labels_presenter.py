"""The state of the weighing labels: their layouts, and what a code turns out to be."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models import codes
from models.codes import LabelFields, Layout
from models.goods import explain, layouts
from models.goods.layouts import LayoutRow
from models.i18n import _
from models.people.deeds import Deed
from models.people.rights import Act
from models.quantity import Quantity, Unit
from ui.acting import acting
from ui.desk import Desk
from ui.presenter import Presenter

_DEED = Deed(Act.SETTINGS, "label_layout")
NEW = Layout("", 13, 5, LabelFields.AMOUNT)  # what the form offers first
_EXAMPLE_ITEM, _EXAMPLE_AMOUNT, _EXAMPLE_WEIGHT = "42", "1250", "1368"


class LabelsPresenter(Presenter):
    changed = Signal()  # the layouts, or which of them is being edited
    explained = Signal(object)  # a tuple of sentences

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.layouts: list[LayoutRow] = []
        self.edited: Layout | None = None  # what the form begins with; None: no form
        self._edited_id: int | None = None

    def refresh(self) -> None:
        """Read the layouts again; a form that was left open is closed."""
        with self.telling_errors():
            self._read()

    def add(self) -> None:
        self._edit(NEW, None)

    def change(self, layout_id: int) -> None:
        row = next(row for row in self.layouts if row.id == layout_id)
        self._edit(row.layout, row.id)

    def cancel(self) -> None:
        self._edit(None, None)

    def save(self, layout: Layout) -> None:
        with self.telling_errors():
            with acting(self._desk.database, _DEED) as session:
                layouts.save_layout(session, layout, self._edited_id)
            self._read()
            self.told.emit(_("Saved"))

    def retire(self, layout_id: int) -> None:
        with self.telling_errors():
            with acting(self._desk.database, _DEED) as session:
                layouts.retire_layout(session, layout_id)
            self._read()
            self.told.emit(_("Saved"))

    def explain(self, code: str) -> None:
        """Say what the code is; it is not kept."""
        with self.telling_errors():
            with self._desk.database.read() as session:
                said = explain.explain(session, code, self._desk.stand())
            self.explained.emit(said)

    def example(self, layout: Layout) -> str:
        """A label as this layout reads it; nothing while its digits do not fit."""
        values = {
            LabelFields.AMOUNT: (_EXAMPLE_AMOUNT,),
            LabelFields.WEIGHT: (_EXAMPLE_WEIGHT,),
            LabelFields.AMOUNT_WEIGHT: (_EXAMPLE_AMOUNT, _EXAMPLE_WEIGHT),
            LabelFields.WEIGHT_AMOUNT: (_EXAMPLE_WEIGHT, _EXAMPLE_AMOUNT),
        }[layout.fields]
        digits = layout.prefix + _EXAMPLE_ITEM.zfill(layout.item_digits)
        digits += "".join(value.zfill(layout.value_digits) for value in values)
        code = digits + codes.check_digit(digits) if digits.isdecimal() else ""
        if not layout.prefix or codes.find_layout(code, (layout,)) is None:
            return ""
        label = codes.read_as(code, layout)
        said = [_("item {number}").format(number=label.plu)]
        if label.amount is not None:
            said.append(str(label.amount))
        if label.grams is not None:
            said.append(str(Quantity(label.grams, Unit.GRAM)))
        return f"{code}: {' · '.join(said)}"

    def _read(self) -> None:
        with self._desk.database.read() as session:
            self.layouts = layouts.list_layouts(session)
        self._edit(None, None)

    def _edit(self, layout: Layout | None, layout_id: int | None) -> None:
        self.edited, self._edited_id = layout, layout_id
        self.changed.emit()

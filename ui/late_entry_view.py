"""The panel of 补录: the slip's number, when it was sold, and why on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from assets.tokens import size
from models.i18n import _
from ui.correction_view import CorrectionView
from ui.widgets.day_edit import DayEdit
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.late_entry_presenter import LateEntryPresenter


class LateEntryView(CorrectionView):
    """Shows a LateEntryPresenter and passes on what the cashier does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("slip", _("To the payment"), _reasons(), parent)
        self._presenter: LateEntryPresenter | None = None
        self.heading.setText(_("Enter a paper slip"))
        self.explain(
            _("The goods of the basket were sold on paper, while the till was down.")
        )
        self._number = named("slip_number", QLineEdit())
        self._number.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._number.setMaxLength(20)
        self._time = named("slip_time", QLineEdit())
        self._time.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._time.setMaxLength(5)
        self._time.setPlaceholderText("09:30")
        self._day = named("slip_day", DayEdit())
        self._number.returnPressed.connect(self._time.setFocus)
        self._time.returnPressed.connect(self.confirm)
        grid = QGridLayout()
        grid.setHorizontalSpacing(size("gap"))
        grid.setVerticalSpacing(size("gap_tiny"))
        for row, (title, field) in enumerate(
            (
                (_("Slip number"), self._number),
                (_("Sold at"), self._time),
                (_("On the day"), self._day),
            )
        ):
            label = styled("strong", QLabel(title))
            label.setFixedWidth(size("label"))
            label.setBuddy(field)
            described(title, field)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, row, 1)
        self.money_side.addLayout(grid)

    def connect_to(self, presenter: LateEntryPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)

    def refresh(self) -> None:
        """The panel is shown."""
        self.start()
        if self._presenter is not None:
            self._presenter.refresh()

    def confirm(self) -> None:
        if self._presenter is not None:
            self._presenter.go_on(
                self._number.text(),
                self._day.day(),
                self._time.text(),
                self.reason.value(),
            )

    def leave(self) -> None:
        if self._presenter is not None:
            self._presenter.leave()
        super().leave()

    def first_field(self) -> QWidget:
        return self._time if self._number.text() else self._number

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._number.setText(presenter.number)
        self._time.setText(presenter.time)
        self._day.show_last(presenter.latest)
        self._day.show_day(presenter.day)
        self.reason.show_reason(presenter.reason)
        self.take_focus()
        self._time.selectAll()


def _reasons() -> tuple[str, ...]:
    return (_("Power cut"), _("Till broken"), _("Till was elsewhere"))

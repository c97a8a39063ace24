"""The field for a date, with a calendar to choose from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from assets.tokens import colour, size
from models.i18n import Language, language

_LOCALES = {
    Language.ZH: QLocale(QLocale.Language.Chinese, QLocale.Country.China),
    Language.EN: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class DayEdit(QDateEdit):
    """Shows a business date with its day of the week, in the screen's language."""

    chosen = Signal(date)  # when a person chose it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        locale = _LOCALES[language()]
        self.setLocale(locale)
        self.setDisplayFormat("yyyy-MM-dd ddd")
        self.setCalendarPopup(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        _make_touchable(self.calendarWidget(), locale)
        self.dateChanged.connect(self._on_changed)

    def day(self) -> date:
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date) -> None:
        with QSignalBlocker(self):
            self.setDate(QDate(day.year, day.month, day.day))

    def show_last(self, day: date) -> None:
        """The latest day that can be chosen."""
        with QSignalBlocker(self):
            self.setMaximumDate(QDate(day.year, day.month, day.day))

    def _on_changed(self) -> None:
        self.chosen.emit(self.day())


def _make_touchable(calendar: QCalendarWidget, locale: QLocale) -> None:
    """Days large enough for a finger, and no colour that means nothing here."""
    calendar.setLocale(locale)
    calendar.setGridVisible(False)
    calendar.setVerticalHeaderFormat(
        QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
    )
    plain = QTextCharFormat()
    plain.setForeground(QColor(colour("ink")))
    for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekend, plain)
    # Seven days across; the bar, the names of the days and six weeks down.
    calendar.setMinimumSize(8 * size("touch"), 8 * size("touch"))

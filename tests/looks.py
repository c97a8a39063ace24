"""Looks at a window as a strict person would, and lists all that is not right.

As a program it shows every screen at one scale and prints what it found:
``QT_SCALE_FACTOR=1.25 python -m tests.looks``.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTableView,
    QTableWidget,
    QWidget,
)
from sqlalchemy import text

from assets.tokens import size
from models.i18n import Language
from models.quantity import WeightUnit
from tests.cashier import Cashier
from tests.screens import SMALLEST, every_screen
from ui import style
from ui.widgets.elided import ElidedLabel
from ui.widgets.keypad import Keypad
from ui.widgets.message_bar import MessageBar
from ui.widgets.tile import TileButton
from ui.words import Reduction, amount_of, name_of, origin_of

SCREENS = 115  # that every_screen() shows
SIZES = (SMALLEST, (1366, 768))

# What has the same name in both languages: keys, units, formats, and the languages.
_SAME = re.compile(
    r"F\d+|Enter|Esc|Shift|Ctrl|Ins|Del|Tab|CSV|XLSX|PDF|UTF-8|UTF-16|GB18030|SKU|PLU"
    r"|[\d.]+ 折|English|中文|kg|mm|(?:[A-Z2-7]{5}-){4}[A-Z2-7]{5}"
    r"|[A-Z]{1,2}\d{2,6}(?:-\d{6})?"
    r"|\b[0-9a-f]{8}\b"  # a group of a record's hash
)
_ENGLISH = re.compile(r"[A-Za-z]{4,}")
_CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff01-\uff60]")
_WORD = re.compile(r"[^\s\u2e80-\uffff]+")  # what no line break divides
_MOST_TABS = 150  # more than there are widgets, and parts of dates
_KEY = re.compile(
    r"\b(F\d+|Enter|Esc|Ins|Del)$|Ctrl\+[↑↓]$|\bF7 \(\d+\)$|⇧F3$|⇧F4$|⇧F10$"
)
_TOUCHED = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


def findings(window: QWidget, language: Language, data: list[str]) -> list[str]:
    """Every fault of what is in view, each in one line; none is well."""
    found: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        for check in (_fits, _lies_inside, _is_large_enough, _is_described):
            found += [f"{_who(widget)}: {fault}" for fault in check(widget)]
        for words in _words_of(widget):
            found += [
                f"{_who(widget)}: {fault}" for fault in _speaks(words, language, data)
            ]
        found += [f"{_who(widget)}: {fault}" for fault in _overlaps(widget)]
    return found


def _who(widget: QWidget) -> str:
    words = next(_words_of(widget), "")
    named = widget.objectName() or type(widget).__name__
    return f"{named} {words[:24]!r}" if words else named


# --- does its text fit? ------------------------------------------------------------


def _fits(widget: QWidget) -> Iterator[str]:
    for kind, check in _CHECKS:
        if isinstance(widget, kind):
            yield from check(widget)
            return


def _elided_fits(label: ElidedLabel) -> Iterator[str]:
    if label.is_elided():
        yield "is elided"


def _message_fits(bar: MessageBar) -> Iterator[str]:
    shown = bar.findChild(QLabel, "message")
    if shown is not None and shown.text() != bar.text():
        yield f"is cut: {bar.text()!r}"


def _label_fits(label: QLabel) -> Iterator[str]:
    if not label.text() or not label.pixmap().isNull():
        return
    if label.wordWrap():
        words = _WORD.findall(label.text())
        needed = max(map(label.fontMetrics().horizontalAdvance, words), default=0)
        yield from _exceeds(
            QSize(needed, label.heightForWidth(label.width())),
            QSize(label.contentsRect().width(), label.height()),
        )
    else:
        yield from _exceeds(label.sizeHint(), label.size())


def _exceeds(needed: QSize, room: QSize) -> Iterator[str]:
    if needed.width() > room.width():
        yield f"needs {needed.width()} px of width and has {room.width()}"
    if needed.height() > room.height():
        yield f"needs {needed.height()} px of height and has {room.height()}"


def _tile_fits(tile: TileButton) -> Iterator[str]:
    """A tile draws its words itself: the name on two lines, then price and stock."""
    face, gap = tile.face, size("gap_small")
    room = tile.rect().adjusted(size("tile_edge") + gap, gap, -gap, -gap)
    beside = room.height() // 2 if face.picture else 0
    if not any(
        _holds(_metrics(tile, letters), face.name, room.width() - beside, lines)
        for letters, lines in (("strong", 2), ("text", 3))
    ):
        yield "does not hold its name"
    text_ = _metrics(tile, "text")
    foot = _metrics(tile, "price", bold=True).horizontalAdvance(face.price)
    for words in (face.unit, face.left):  # an old price yields where there is no room
        foot += text_.horizontalAdvance(words) + (size("gap_tiny") if words else 0)
    if foot > room.width():
        yield f"needs {foot} px for price and stock and has {room.width()}"


def _holds(metrics: QFontMetrics, name: str, width: int, lines: int) -> bool:
    room = QRect(0, 0, width, lines * (metrics.lineSpacing() + 1))
    return room.contains(
        metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), name)
    )


def _metrics(widget: QWidget, token: str, *, bold: bool = False) -> QFontMetrics:
    font = QFont(widget.font())
    font.setPixelSize(size(token))
    font.setBold(bold)
    return QFontMetrics(font)


def _basket_fits(table: QTableWidget) -> Iterator[str]:
    """A line of the basket is drawn too: name and amount above county and sum."""
    room = table.viewport().width() - 2 * size("gap") - size("gap_small")
    strong, text_ = _metrics(table, "strong"), _metrics(table, "text")
    bold = _metrics(table, "strong", bold=True)
    for row in range(table.rowCount()):
        item = table.item(row, 0)
        assert item is not None
        line = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(line, Reduction):
            needed = text_.horizontalAdvance(line.words)
            needed += bold.horizontalAdvance(line.taken)
            if needed > room:
                yield f"{line.words!r} needs {needed} px and has {room}"
            continue
        amount = amount_of(line, WeightUnit.JIN)
        above = strong.horizontalAdvance(name_of(line)) + text_.horizontalAdvance(
            amount
        )
        below = text_.horizontalAdvance(origin_of(line, WeightUnit.JIN))
        below += bold.horizontalAdvance(line.total.grouped)
        for needed in (above, below):
            if needed > room:
                yield f"{name_of(line)!r} needs {needed} px and has {room}"


def _button_fits(button: QAbstractButton) -> Iterator[str]:
    option = QStyleOptionButton()
    option.initFrom(button)
    element = QStyle.SubElement.SE_PushButtonContents
    if isinstance(button, QCheckBox):
        element = QStyle.SubElement.SE_CheckBoxContents
    elif not isinstance(button, QPushButton):
        return  # an icon
    room = button.style().subElementRect(element, option, button)
    needed = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    if not button.icon().isNull():
        icon = button.iconSize()
        beside = size("gap_tiny") if button.text() else 0
        needed.setWidth(needed.width() + icon.width() + beside)
        needed.setHeight(max(needed.height(), icon.height()))
    yield from _exceeds(needed, room.size())


def _field_fits(field: QLineEdit) -> Iterator[str]:
    """What the field itself says; what is typed may be longer than it, and scrolls."""
    words = field.text() if _is_part(field) else field.placeholderText()
    if field.text() and not _is_part(field):
        return
    option = QStyleOptionFrame()
    option.initFrom(field)
    element = QStyle.SubElement.SE_LineEditContents
    room = field.style().subElementRect(element, option, field)
    room = room.marginsRemoved(field.textMargins())
    needed = field.fontMetrics().size(Qt.TextFlag.TextSingleLine, words)
    yield from _exceeds(needed, room.size())


def _combo_fits(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    option.initFrom(combo)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        combo,
    )
    for number in range(combo.count()):
        needed = combo.fontMetrics().horizontalAdvance(combo.itemText(number))
        if needed > room.width():
            words = combo.itemText(number)
            yield f"{words!r} needs {needed} px and has {room.width()}"


def _header_fits(header: QHeaderView) -> Iterator[str]:
    for section in _sections(header):
        needed = header.sectionSizeFromContents(section).width()
        if needed > header.sectionSize(section):
            words = _title(header, section)
            yield f"{words!r} needs {needed} px and has {header.sectionSize(section)}"


def _cells_fit(view: QAbstractItemView) -> Iterator[str]:
    """Figures must be whole; a long name may end in an ellipsis."""
    if isinstance(view, QTableWidget) and view.objectName() == "basket":
        yield from _basket_fits(view)
    elif isinstance(view, QTableView) and view.model() is not None:
        for index in _figures(view):
            needed = view.sizeHintForIndex(index).width()
            room = view.visualRect(index).width()
            if needed > room:
                yield f"{index.data()!r} needs {needed} px and has {room}"


def _figures(view: QTableView) -> Iterator[QModelIndex]:
    model, height = view.model(), view.viewport().height()
    for row in range(model.rowCount()):
        if not 0 <= view.rowViewportPosition(row) < height:
            continue
        for column in range(model.columnCount()):
            index = model.index(row, column)
            side = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
            is_figure = side & int(Qt.AlignmentFlag.AlignRight)
            if is_figure and not view.isColumnHidden(column):
                yield index


def _sections(header: QHeaderView) -> list[int]:
    if header.orientation() is Qt.Orientation.Vertical:
        return []
    return [n for n in range(header.count()) if not header.isSectionHidden(n)]


def _title(header: QHeaderView, section: int) -> str:
    return str(header.model().headerData(section, header.orientation()) or "")


_CHECKS: tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...] = (
    (ElidedLabel, _elided_fits),
    (QLabel, _label_fits),
    (TileButton, _tile_fits),
    (QAbstractButton, _button_fits),
    (QLineEdit, _field_fits),
    (QComboBox, _combo_fits),
    (QHeaderView, _header_fits),
    (QAbstractItemView, _cells_fit),
    (MessageBar, _message_fits),
)


# --- is it where it can be seen? -----------------------------------------------------


def _lies_inside(widget: QWidget) -> Iterator[str]:
    """Wholly within its window; what scrolls need not be wholly in view downwards."""
    here: QWidget | None = widget
    rect = widget.rect()
    while here is not None and not here.isWindow():
        rect.translate(here.pos())
        parent = here.parentWidget()
        if parent is None:
            return
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea):
            if rect.left() < 0 or rect.right() > parent.rect().right():
                yield f"is cut at the sides by {_who(area)}"
            return
        if not parent.rect().contains(rect):
            yield f"{rect.getRect()} leaves {_who(parent)} {parent.size().toTuple()}"
            return
        here = parent


def _overlaps(parent: QWidget) -> Iterator[str]:
    if isinstance(parent, QAbstractScrollArea):
        return
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    for one, other in combinations(children, 2):
        if one.geometry().intersects(other.geometry()):
            yield f"{_who(one)} and {_who(other)} overlap"


# --- can it be used? ---------------------------------------------------------------


def _is_large_enough(widget: QWidget) -> Iterator[str]:
    if not isinstance(widget, _TOUCHED) or _is_part(widget):
        return
    least = size("key") if isinstance(widget.parentWidget(), Keypad) else size("touch")
    if widget.height() < least:
        yield f"is {widget.height()} px high"
    if isinstance(widget, QAbstractButton) and widget.width() < least:
        yield f"is {widget.width()} px wide"


def _is_part(widget: QWidget) -> bool:
    """Of another widget that is touched as a whole."""
    return isinstance(widget.parentWidget(), _TOUCHED)


def _is_described(widget: QWidget) -> Iterator[str]:
    takes_keys = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    if not takes_keys and not isinstance(widget, _TOUCHED):
        return
    if isinstance(widget, QAbstractScrollArea) and not isinstance(
        widget, QAbstractItemView
    ):
        return
    if _is_part(widget) or isinstance(widget, QHeaderView):
        return
    asked = QAccessible.queryAccessibleInterface(widget)
    if not asked.text(QAccessible.Text.Name):
        yield "has no words for a screen reader"


def out_of_reach(cashier: Cashier) -> list[str]:
    """The buttons that can be pressed by a finger, but by no key."""
    window, visited = cashier.screen, set[QWidget]()
    start = focus = window.focusWidget()
    for _press in range(_MOST_TABS):
        assert focus is not None
        visited.add(focus)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        before, focus = focus, window.focusWidget()
        if focus is start and before is not start:
            break
    if start is not None:
        start.setFocus()
    return [
        _who(button)
        for button in window.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and visited.isdisjoint(_with_its_group(button))
        and not _KEY.search(button.text())
        and not _types_figures(button)
        and not _is_part(button)
    ]


def _with_its_group(button: QAbstractButton) -> list[QAbstractButton]:
    """From one button of a choice the arrow keys lead to the others."""
    group = button.group()
    return group.buttons() if group is not None and group.exclusive() else [button]


def _types_figures(button: QAbstractButton) -> bool:
    """Its figures can be typed as well."""
    name = button.objectName()
    return isinstance(button.parentWidget(), Keypad) or name.startswith("note_")


# --- does it speak the chosen language? --------------------------------------------


def _words_of(widget: QWidget) -> Iterator[str]:
    shown: list[str] = []
    if isinstance(widget, QLabel | QAbstractButton):
        shown.append(widget.text())
    elif isinstance(widget, QLineEdit):
        shown.append(widget.placeholderText())
    elif isinstance(widget, QComboBox):
        shown += [widget.itemText(number) for number in range(widget.count())]
    elif isinstance(widget, QHeaderView):
        shown += [_title(widget, section) for section in _sections(widget)]
    shown += [widget.accessibleName(), widget.toolTip()]
    yield from filter(None, shown)


def _speaks(words: str, language: Language, data: list[str]) -> Iterator[str]:
    foreign = _CHINESE if language is Language.EN else _ENGLISH
    if not foreign.search(_SAME.sub("", words)):
        return
    rest = words
    for known in data:
        rest = rest.replace(known, "")
    if foreign.search(_SAME.sub("", rest)):
        yield f"is not translated: {words!r}"


def data_of(cashier: Cashier) -> list[str]:
    """What the shop itself wrote: every text of its file; the longest first."""
    work = cashier.application.work
    if work is None:
        return []
    texts = {str(cashier.folder / "papers")}
    with work.database.read() as session:
        tables = session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).all()
        for table in tables:
            for row in session.execute(text(f"SELECT * FROM {table}")):  # noqa: S608  # a table's name
                texts |= {value for value in row if isinstance(value, str)}
    return sorted((each for each in texts if len(each) > 2), key=len, reverse=True)


# --- every screen ------------------------------------------------------------------


def look_at_every_screen(
    folder: Path, language: Language, sizes: Sequence[tuple[int, int]] = SIZES
) -> list[str]:
    """What is wrong on each of the SCREENS screens; one line for each fault."""
    found, screens = [], 0
    for name, cashier in every_screen(folder, language):
        screens += 1
        data = data_of(cashier)
        before = cashier.screen.size().toTuple()
        if before != SMALLEST:
            found.append(f"{language.value} {name}: the window became {before}")
        if language is Language.EN:  # the keys are the same in both
            found += [f"{name}: {button}" for button in out_of_reach(cashier)]
        for wanted in sizes:
            cashier.resizes(*wanted)
            where = f"{language.value} {wanted[0]} {name}"
            if cashier.screen.size().toTuple() != wanted:
                found.append(f"{where}: the window is {cashier.screen.size()}")
            found += [
                f"{where}: {fault}"
                for fault in findings(cashier.screen, language, data)
            ]
        cashier.resizes(*SMALLEST)
    assert screens == SCREENS, screens
    return found


def main() -> int:
    """``--smallest``: at that size alone; ``--chinese``, ``--english``: likewise."""
    app = QApplication(sys.argv[:1])
    style.apply(app)
    scale = app.primaryScreen().devicePixelRatio()
    sizes = SIZES[:1] if "--smallest" in sys.argv else SIZES
    given = {"--chinese": Language.ZH, "--english": Language.EN}
    named = [language for option, language in given.items() if option in sys.argv]
    languages = named or list(Language)
    told = f"{len(languages)} languages, {len(sizes)} sizes, {SCREENS} screens."
    print(f"Scale {scale:g}: {told}")
    with tempfile.TemporaryDirectory() as folder:
        for language in languages:
            own = Path(folder) / language.value
            for fault in look_at_every_screen(own, language, sizes):
                print(fault)
    return 0


if __name__ == "__main__":
    sys.exit(main())

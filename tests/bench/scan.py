"""In a child: the time from a scan's first key to the painted line, when asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem, QWidget

from models.file_format import FILE_NAME
from models.ids import new_uuid
from tests.bench.bare_window import COLUMNS, BareWindow
from tests.bench.raw_sale import RawTill, connect
from ui import style
from ui.application import Application

_LINES = 10  # then the basket is emptied
_CALM_MS = 140  # until a line that flashed is calm again
_clock_ms = count(1000, 5)  # a scanner types a character every 5 ms


class _Painted(QObject):
    """Whether the lines were painted since it was last asked for."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self.seen = False
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.seen = True
        return False


def _serve(
    table: QTableWidget, codes: Iterator[str], clear: Callable[[], None]
) -> None:
    """One scan and one time for each line read; other lines only let time pass."""
    window, painted = table.window(), _Painted(table)
    QTest.qWait(500)
    print("ready", flush=True)
    for number, line in enumerate(sys.stdin):
        if line.strip() == "scan":
            print(_time_scan(window, next(codes), painted), flush=True)
            continue
        if number % (2 * _LINES) == 2 * _LINES - 1:
            clear()
        QTest.qWait(_CALM_MS)
        print("calm", flush=True)


def _time_scan(window: QWidget, code: str, painted: _Painted) -> float:
    painted.seen = False
    start = perf_counter()
    for character in code:
        _stroke(window, Qt.Key(ord(character)), character)
    _stroke(window, Qt.Key.Key_Return, "\r")
    while not painted.seen:
        QApplication.processEvents()
    return (perf_counter() - start) * 1000


def _stroke(window: QWidget, key: Qt.Key, text: str) -> None:
    at_ms = next(_clock_ms)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(window.windowHandle(), event)


def _ours(folder: Path, codes: Iterator[str]) -> None:
    app = QApplication([])
    style.apply(app)
    application = Application(folder)
    application.start()
    while application.work is None or application.work.window is None:
        QTest.qWait(10)
    assert application.window is not None
    application.window.resize(1366, 768)
    table = application.window.findChild(QTableWidget, "basket")
    assert isinstance(table, QTableWidget)
    _serve(table, codes, application.work.till.clear)
    application.stop()


def _bare(folder: Path, codes: Iterator[str]) -> None:
    """A dict of goods; as in the till, the basket is on disk before it is on screen."""
    app = QApplication([])
    connection = connect(folder / FILE_NAME)
    goods, till = _goods(connection), RawTill(connection)
    window = BareWindow(60)
    uuid, content = new_uuid(), "x" * 1000

    def add() -> None:
        name, county, price = goods[window.code.text()]
        till.save_basket(uuid, content)
        row = window.table.rowCount()
        window.table.setRowCount(row + 1)
        for column, text in enumerate((name, county, "1", f"{price / 100:.2f}")):
            window.table.setItem(row, column, QTableWidgetItem(text))
        window.table.scrollToBottom()
        window.total.setText(f"{price / 100 * row:.2f}")
        window.code.clear()

    assert window.table.columnCount() == COLUMNS
    window.code.returnPressed.connect(add)
    window.show()
    _serve(window.table, codes, lambda: window.table.setRowCount(0))
    app.quit()


def _goods(connection: Any) -> dict[str, tuple[str, str, int]]:
    found = connection.execute(
        """SELECT b.code, p.name, r.county, p.price_fen FROM barcode b
        JOIN product p ON p.id = b.product_id JOIN region r ON r.code = p.region_code"""
    )
    return {code: (name, county, price) for code, name, county, price in found}


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    reading = connect(folder / FILE_NAME)
    all_codes = cycle(sorted(_goods(reading)))
    reading.close()
    {"ours": _ours, "bare": _bare}[sys.argv[1]](folder, all_codes)

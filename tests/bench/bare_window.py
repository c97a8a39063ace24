"""In a child: the floor of the selling screen, bare Qt with as many buttons."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from tests.bench.watch import Watch

COLUMNS = 4


class BareWindow(QWidget):
    """A line to type in, a table, a sum, and buttons that have two lines of text."""

    def __init__(self, buttons: int) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        left = QVBoxLayout()
        layout.addLayout(left)
        self.code = QLineEdit()
        self.table = QTableWidget(0, COLUMNS)
        self.total = QLabel()
        for widget in (self.code, self.table, self.total):
            left.addWidget(widget)
        area = QScrollArea()
        area.setWidgetResizable(True)
        inner = QWidget()
        grid = QGridLayout(inner)
        for number in range(buttons):
            button = QPushButton(f"糯米香米礼盒装{number}\n¥19.80")
            grid.addWidget(button, number // 5, number % 5)
        area.setWidget(inner)
        layout.addWidget(area, 1)
        self.resize(1366, 768)
        self.code.setFocus()


def start(buttons: int, *, reads_memory: bool) -> None:
    app = QApplication([])
    watch = Watch(app, reads_memory=reads_memory)
    window = BareWindow(buttons)
    window.show()

    def done() -> None:
        watch.tell()
        app.quit()

    QTimer.singleShot(0, lambda: QTimer.singleShot(0, done))
    app.exec()


if __name__ == "__main__":
    start(int(sys.argv[1]), reads_memory=sys.argv[2] == "memory")

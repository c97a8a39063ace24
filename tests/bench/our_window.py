"""In a child: the till itself, started as its owner starts it, and watched."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

import main
from tests.bench.watch import Watch
from ui import application


def start(folder: str, *, reads_memory: bool) -> int:
    """Run ``main.py`` until it can sell. The program itself knows nothing of this."""

    class Watched(application.Application):
        def start(self) -> None:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            watch = Watch(app, reads_memory=reads_memory)
            self.started.connect(lambda: _tell(watch, self))
            super().start()

    application.Application = Watched  # type: ignore[misc]  # one that is watched instead
    return main.main(["--data", folder])


def _tell(watch: Watch, ours: application.Application) -> None:
    """Nothing has been painted since the first time: the loop has not run again."""
    assert ours.window is not None
    buttons = len(ours.window.findChildren(QAbstractButton))
    watch.tell(able_ns=time.monotonic_ns(), buttons=buttons)
    QTimer.singleShot(0, QApplication.quit)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1], reads_memory=sys.argv[2] == "memory"))

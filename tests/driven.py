"""The till as a program of its own, for stories of whole processes.

``python -m tests.driven ARGUMENTS`` is ``main.py ARGUMENTS``, but each line on its
standard output says what can be seen, and each line on its standard input is done.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

import main
from tests import children
from ui import application, till_work, trouble_view
from ui.instance import Instance
from ui.main_window import MainWindow

ROOT = Path(__file__).parents[1]
_IMPORTED_EARLY = (till_work, trouble_view)  # nobody could not read what these need
_AS_NOBODY = "TILL_AS_NOBODY"


class Till:
    """The other end: reads what is seen, and says what to do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def sees(self) -> str:
        """The next thing that is to be seen; nothing once the program is gone."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def does(self, what: str) -> None:
        """ "Enter", "close" (the window's cross), or text to type with its Enter."""
        assert self._process.stdin is not None
        print(what, file=self._process.stdin, flush=True)

    def ends(self) -> tuple[int, str]:
        """Its exit code and all that it said to a person at the terminal."""
        _rest, told = self._process.communicate(timeout=30)
        return self._process.returncode, told


@contextmanager
def till(folder: Path, *arguments: str, as_nobody: bool = False) -> Iterator[Till]:
    """The program over this folder, which ends with the block at the latest."""
    command = [sys.executable, "-m", "tests.driven", "--data", str(folder), *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    if as_nobody:
        environment[_AS_NOBODY] = "1"
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield Till(process)
        finally:
            process.kill()


# --- inside the program ------------------------------------------------------------


class Watched(QApplication):
    """Looks at its windows now and then, and does what is asked."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._asked: SimpleQueue[str] = SimpleQueue()
        self._seen: list[str] = []
        if os.environ.get(_AS_NOBODY):
            _become_nobody()

    def exec(self) -> int:  # type: ignore[override]  # static in PySide6
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(10)
        threading.Thread(target=self._hear, daemon=True).start()
        return QApplication.exec()

    def _hear(self) -> None:
        for line in sys.stdin:
            self._asked.put(line.rstrip("\n"))

    def _look(self) -> None:
        window = self.activeWindow()
        if window is None:
            return
        shown = [
            f"{name}: {label.text()}"
            for name in ("trouble", "message")
            for label in window.findChildren(QLabel, name)
            if label.text()
        ]
        if shown != self._seen:
            self._seen = shown
            for words in shown:
                _say(words)
        if not self._asked.empty():
            _do(self._asked.get(), window)


def _do(what: str, window: QWidget) -> None:
    if what == "close":
        window.close()
        return
    for character in "" if what == "Enter" else what:
        QTest.keyClick(window.windowHandle(), Qt.Key(ord(character.upper())))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)


def _say(words: str) -> None:
    print(words, flush=True)


def _become_nobody() -> None:
    """Lose root's rights, once all is imported: Python's own files may be root's."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(children.NOBODY)
        os.setuid(children.NOBODY)


def _drive() -> int:
    """Run main.py, with an ear on standard input and an eye on its windows."""
    listen, to_front = Instance.listen, MainWindow.raise_to_front

    def listen_and_say(instance: Instance) -> None:
        listen(instance)
        _say("started")

    def to_front_and_say(window: MainWindow) -> None:
        to_front(window)
        _say("raised")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Instance, "listen", listen_and_say)
        patch.setattr(MainWindow, "raise_to_front", to_front_and_say)
        patch.setattr(application, "QApplication", Watched)
        return main.main()


if __name__ == "__main__":
    sys.exit(_drive())

"""The till's three sounds; packaging/make_sounds.py makes their files."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication

import assets

_PLAYERS = ("pw-play", "paplay", "aplay")

Play = Callable[[Path], bool]


class Sounds:
    """Plays beside the program: never waits, never fails, and can be turned off."""

    def __init__(self, *, is_on: bool = True) -> None:
        self.is_on = is_on

    def accepted(self) -> None:
        """A scan became a line."""
        self._play("accepted")

    def refused(self) -> None:
        """A scan or an act was not taken."""
        self._play("refused")

    def paid(self) -> None:
        """A sale is paid and stored."""
        self._play("paid")

    def _play(self, name: str) -> None:
        if self.is_on:
            # Starting a player takes some 5 ms: after what the act shows is painted.
            QTimer.singleShot(0, partial(self._sound, name))

    def _sound(self, name: str) -> None:
        if not self._player(assets.path(f"sounds/{name}.wav")):
            QApplication.beep()

    @cached_property
    def _player(self) -> Play:
        if sys.platform == "win32":
            return _play_on_windows
        found = next(filter(None, map(shutil.which, _PLAYERS)), None)
        return partial(_play_with, found) if found else _play_nothing


def _play_nothing(_file: Path) -> bool:
    return False


def _play_with(program: str, file: Path) -> bool:
    process = QProcess()
    process.setProgram(program)
    process.setArguments([str(file)])
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    started: tuple[bool, int] | bool = process.startDetached()
    return started if isinstance(started, bool) else started[0]


def _play_on_windows(file: Path) -> bool:
    winsound = importlib.import_module("winsound")
    try:
        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
    except RuntimeError:  # no sound card, or it is taken
        return False
    return True

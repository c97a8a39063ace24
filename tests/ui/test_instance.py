"""One program for one folder; the second one asks the first for its window."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.errors import FileReadOnly
from ui.instance import Instance, ask_first_to_show, is_held

ROOT = Path(__file__).parents[2]

_HOLDER = """
import sys
from pathlib import Path
from ui.instance import Instance
instance = Instance(Path(sys.argv[1]))
print(instance.claim(), flush=True)
sys.stdin.readline()
"""


@contextmanager
def held_by_another_program(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A second program that has claimed the folder and waits."""
    command = [sys.executable, "-c", _HOLDER, str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "True\n"
        yield program
        program.kill()


def test_a_folder_is_held_by_one_program_at_a_time(tmp_path: Path) -> None:
    with held_by_another_program(tmp_path):
        assert is_held(tmp_path)
        assert not Instance(tmp_path).claim()


def test_a_folder_that_was_let_go_can_be_claimed(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)

    assert first.claim()
    assert not second.claim()
    first.release()

    assert not is_held(tmp_path)
    assert second.claim()
    second.release()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_program_s_folder_is_taken_over(tmp_path: Path) -> None:
    with held_by_another_program(tmp_path) as program:
        program.send_signal(signal.SIGKILL)
        program.wait()

        instance = Instance(tmp_path)
        assert instance.claim()
        instance.release()


def test_a_second_program_brings_the_first_one_s_window_to_the_front(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = Instance(tmp_path)
    assert first.claim()
    assert not ask_first_to_show(tmp_path)  # nobody listens yet
    first.listen()

    with qtbot.waitSignal(first.raise_wanted):
        assert ask_first_to_show(tmp_path / "." / "sub" / "..")

    first.release()
    assert not ask_first_to_show(tmp_path)


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileReadOnly):
        Instance(tmp_path / "nowhere").claim()

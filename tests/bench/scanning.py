"""Rows of the table: from a scan to the painted line, in two windows in turn."""

from __future__ import annotations

import subprocess
from pathlib import Path

from models.file_format import FILE_NAME
from tests.bench import child
from tests.bench.measure import Result, Times
from tests.bench.selling import Till
from tests.bench.shop import open_shop

_ROUNDS, _EACH, _WARM = 3, 100, 20


class _Window:
    """A child that scans when it is told to."""

    def __init__(self, side: str, folder: Path) -> None:
        folder.mkdir()
        till = Till(open_shop(folder / FILE_NAME))
        till.next_customer()
        till.sell()
        till.shop.database.close()
        self._process = subprocess.Popen(
            child.command("scan", side, str(folder)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child.environment(),
            text=True,
        )
        self.answer()

    def tell(self, what: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def scan(self) -> float:
        self.tell("scan")
        return float(self.answer())

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def rows(folder: Path) -> list[Result]:
    windows = [_Window(side, folder / f"scan-{side}") for side in ("bare", "ours")]
    _round(windows, _WARM)
    rounds = [_round(windows, _EACH) for _ in range(_ROUNDS)]
    for window in windows:
        window.close()
    bare, ours = (Times(tuple(side)) for side in zip(*rounds, strict=True))
    return [
        Result("scan to painted line, p50", "ms", bare.p50, ours.p50, 1.5),
        Result("scan to painted line, p99", "ms", None, ours.p99, 16),
    ]


def _round(windows: list[_Window], each: int) -> tuple[tuple[float, ...], ...]:
    """Times of each window's scans; between scans both let their timers run out."""
    times: tuple[list[float], ...] = tuple([] for _ in windows)
    for number in range(each):
        order = (0, 1) if number % 2 else (1, 0)
        for side in order:
            times[side].append(windows[side].scan())
        for window in windows:
            window.tell("calm")
        for window in windows:
            window.answer()
    return tuple(map(tuple, times))

"""Rows of the table: how soon the till can sell, and how much memory it takes."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

from models.file_format import FILE_NAME
from tests.bench import child
from tests.bench.measure import Result
from tests.bench.shop import open_shop

_STARTS = 11


def rows(folder: Path) -> list[Result]:
    """Each start is a new process; ours and bare Qt's take turns."""
    shop = folder / "start"
    shop.mkdir()
    open_shop(shop / FILE_NAME).database.close()
    ours = [_start("our_window", str(shop), "time")]
    buttons = str(ours[0]["buttons"])
    bare = [_start("bare_window", buttons, "time")]
    for _ in range(_STARTS):
        bare.append(_start("bare_window", buttons, "time"))
        ours.append(_start("our_window", str(shop), "time"))
    bare_painted = _middle(bare[1:], "painted_ns")
    results = [
        Result(
            f"first painted window, {buttons} buttons",
            "ms",
            bare_painted,
            _middle(ours[1:], "painted_ns"),
            1.15,
        ),
        Result(
            "able to sell after start",
            "ms",
            bare_painted,
            _middle(ours[1:], "able_ns"),
            4,
        ),
    ]
    return results + _memory(folder, shop, buttons)


def _memory(folder: Path, shop: Path, buttons: str) -> list[Result]:
    bare = _start("bare_window", buttons, "memory")["memory_kib"] / 1024
    ours = _start("our_window", str(shop), "memory")["memory_kib"] / 1024
    if not bare:  # a system that does not tell
        return []
    used = folder / "used"
    used.mkdir()
    open_shop(used / FILE_NAME).database.close()
    everything = int(child.run("everything", str(used))) / 1024
    return [
        Result("peak memory at first paint", "MiB", bare, ours, 1.2),
        Result("peak memory with everything used", "MiB", None, everything, 150),
    ]


def _middle(starts: list[dict[str, int]], what: str) -> float:
    """Milliseconds from the start of the process."""
    return statistics.median((one[what] - one["begun_ns"]) / 1e6 for one in starts)


def _start(module: str, *arguments: str) -> dict[str, int]:
    begun = time.monotonic_ns()
    seen: dict[str, int] = json.loads(child.run(module, *arguments))
    return seen | {"begun_ns": begun}

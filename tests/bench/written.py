"""Rows of the table: how often a sale syncs, and how many bytes it writes (strace)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench import child
from tests.bench.measure import Result
from tests.bench.selling import Floor, Till
from tests.bench.shop import open_shop

_SALES = 20
_CALLS = "fsync,fdatasync,write,pwrite64,pwritev,pwritev2"
_BEGIN, _END = "bench: a sale begins", "bench: a sale ends"
_CALL = re.compile(r"(\w+)\(.*\)\s+= (\d+)")


def rows(folder: Path) -> list[Result]:
    """Nothing where there is no strace, or none may be used."""
    if shutil.which("strace") is None:
        return []
    floor, ours = (_traced(folder, side) for side in ("floor", "ours"))
    if floor is None or ours is None:
        return []
    return [
        Result("syncs of one sale", "syncs", floor[0], ours[0], 1),
        Result("written for one sale", "KB", floor[1] / 1000, ours[1] / 1000, 1.35),
    ]


def _traced(folder: Path, side: str) -> tuple[float, float] | None:
    """Syncs and bytes per sale of a child; None if it could not be traced."""
    trace = folder / f"{side}.strace"
    command = ["strace", "-f", "-qq", "-e", f"trace={_CALLS}", "-o", str(trace)]
    selling = child.command("written", side, str(folder))
    done = subprocess.run(
        [*command, *selling], check=False, capture_output=True, env=child.environment()
    )
    if done.returncode:
        return None
    return _count(trace.read_text(errors="replace"))


def _count(trace: str) -> tuple[float, float]:
    syncs = written = 0
    for sale in trace.split(_BEGIN)[1:]:
        calls = sale.split(_END)[0].splitlines()[1:-1]  # without the marks themselves
        for name, result in _CALL.findall("\n".join(calls)):
            if name.endswith("sync"):
                syncs += 1
            else:
                written += int(result)
    return syncs / _SALES, written / _SALES


def _sell(side: str, folder: Path) -> None:
    """In the child: sales between two marks that the trace shows."""
    path = folder / f"written-{side}.db"
    till = Floor(path) if side == "floor" else Till(open_shop(path))
    with Path(os.devnull).open("wb", buffering=0) as mark:
        for _ in range(_SALES):
            till.next_customer()
            mark.write(_BEGIN.encode())
            till.sell()
            mark.write(_END.encode())


if __name__ == "__main__":
    _sell(sys.argv[1], Path(sys.argv[2]))

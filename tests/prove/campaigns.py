"""The campaigns of TRUST.md 7 by name, and how one is carried out."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

from tests.prove import (
    clocks,
    disk_errors,
    going_back,
    kills,
    long_tests,
    migrations,
    power_cut,
    recovering,
    restoring,
    tamperings,
    trouble,
    verifying,
)
from tests.prove.outcome import Outcome

Run = Callable[[int, Path], Outcome | Iterable[Outcome]]
Rows = list[tuple[Outcome, float]]  # with seconds

# What is run by name: its function, its full size, and one that takes a minute. Where
# every n-th step is tried, the size is n.
CAMPAIGNS: dict[str, tuple[Run, int, int]] = {
    "tampering": (tamperings.run, 200_000, 500),
    "migrations": (migrations.run, 1, 60),
    "kills": (kills.run, 1_000, 20),
    "power": (power_cut.run, 10_000, 100),
    "disks": (disk_errors.run, 1, 30),
    "going-back": (going_back.run, 1, 30),
    "recovering": (recovering.run, 2_000, 50),
    "trouble": (trouble.run, 7, 1),
    "clocks": (clocks.run, 500, 20),
    "verifying": (verifying.run, 1_000_000, 100_000),
    "restoring": (restoring.run, 500, 20),
    "screens": (long_tests.of_screens, 0, 1),  # 0: all files that have long versions
    "names": (long_tests.of_names, 0, 1),
    "properties": (long_tests.of_models, 0, 2),
}


def carry_out(name: str, is_quick: bool) -> Rows:  # noqa: FBT001  # through submit
    """The rows of one campaign; what it could not go on from is a bad one."""
    run, full, quick = CAMPAIGNS[name]
    size = quick if is_quick else full
    print(f"{name}: {size:,} …", file=sys.stderr, flush=True)
    rows = []
    with tempfile.TemporaryDirectory(prefix=f"prove-{name}-") as folder:
        began = perf_counter()
        try:
            found = run(size, Path(folder))
            for outcome in [found] if isinstance(found, Outcome) else found:
                rows.append((outcome, perf_counter() - began))
                began = perf_counter()
        except Exception as error:  # noqa: BLE001  # whatever it was, the others run
            traceback.print_exc()
            about = f"0 {name}"
            bad = Outcome(about, f"of {size:,}", repr(error)[:300], is_good=False)
            rows.append((bad, perf_counter() - began))
    return rows

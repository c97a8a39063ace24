"""Measure everything, print one table, and write bench.json at the repository's root.

Parts can be named: python -m tests.bench sales papers

A plain runner and not pytest-benchmark: every row compares two figures that must be
taken in turn, in one process or in children, which a fixture that times one function at
a time cannot do.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    day_summary,
    importing,
    many_goods,
    million,
    papers,
    reporting,
    scanning,
    searching,
    selling,
    starting,
    verifying,
    written,
)
from tests.bench.measure import Result

OUT = Path(__file__).resolve().parents[2] / "bench.json"


def main(wanted: list[str]) -> int:
    """Run all parts, or those that are named; only all of them make a bench.json.

    Returns 0 whatever the figures are: a bar that is missed is told, not a failure.
    What was measured is told even if a later part cannot run.
    """
    results: list[Result] = []
    million.CACHE.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=million.CACHE) as folder:
            for part in wanted or PARTS:
                _say(f"{part} …")
                results += PARTS[part](Path(folder))
        if not wanted:
            OUT.write_text(
                json.dumps([_plain(one) for one in results], indent=2) + "\n"
            )
    finally:
        print(_table(results))
    return 0


PARTS: dict[str, Callable[[Path], list[Result]]] = {
    "sales": lambda folder: selling.rows(folder, million.million_sales()),
    "written": written.rows,
    "reports": reporting.rows,
    "summary": lambda _folder: day_summary.rows(million.million_sales()),
    "verify": verifying.rows,
    "papers": lambda _folder: papers.rows(),
    "search": lambda _folder: searching.rows(many_goods.many_goods()),
    "import": importing.rows,
    "scans": scanning.rows,
    "starts": starting.rows,
}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _table(results: list[Result]) -> str:
    heads = ("what", "floor", "ours", "ratio", "bar", "ok")
    lines = [heads, *(_cells(result) for result in results)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        f"{what:{widths[0]}}  "
        + "  ".join(
            f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True)
        )
        for what, *cells in lines
    )


def _cells(result: Result) -> tuple[str, ...]:
    ratio = "" if result.ratio is None else f"{result.ratio:.2f} ×"
    return (
        result.what,
        "" if result.floor is None else f"{result.floor:.3g} {result.unit}",
        f"{result.ours:.3g} {result.unit}",
        ratio,
        result.bar,
        "yes" if result.is_met else "NO",
    )


def _plain(result: Result) -> dict[str, object]:
    return {
        "what": result.what,
        "unit": result.unit,
        "floor": result.floor,
        "ours": result.ours,
        "ratio": result.ratio,
        "bar": result.bar,
        "ok": result.is_met,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

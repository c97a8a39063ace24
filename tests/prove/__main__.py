"""Run the campaigns of TRUST.md 7 in full, and print one table.

``python -m tests.prove [NAME ...] [--quick]``: those named or all, as many at a time as
there are processors; ``--quick`` runs each in a size that takes a minute, to see that
it works. Exits 1 if any is not good.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.prove.campaigns import CAMPAIGNS, Rows, carry_out
from tests.prove.outcome import Outcome


def main(given: list[str]) -> int:
    is_quick = "--quick" in given
    names = [one for one in given if one != "--quick"] or list(CAMPAIGNS)
    rows: Rows = []
    try:
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            begun = [processes.submit(carry_out, name, is_quick) for name in names]
            try:
                for done in as_completed(begun):
                    rows += done.result()
                    print(_table(done.result()), file=sys.stderr, flush=True)
            finally:  # who interrupts it is shown what is done
                processes.shutdown(cancel_futures=True)
    finally:
        print(_table(sorted(rows, key=_number)))
    return 0 if all(outcome.is_good for outcome, _seconds in rows) else 1


def _number(row: tuple[Outcome, float]) -> int:
    """Of the campaign in TRUST.md 7."""
    return int(row[0].campaign.split()[0])


def _table(rows: Rows) -> str:
    heads = ("campaign", "tries", "found", "time", "ok")
    lines = [heads, *(_cells(outcome, seconds) for outcome, seconds in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def _cells(outcome: Outcome, seconds: float) -> tuple[str, ...]:
    return (
        outcome.campaign,
        outcome.tries,
        outcome.found,
        f"{seconds:,.0f} s",
        "yes" if outcome.is_good else "NO",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

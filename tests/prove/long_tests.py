"""Tests that look longer and at random with HYPOTHESIS_PROFILE=prove, all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.prove.outcome import Outcome

_ROOT = Path(__file__).parents[2]
_SIGNS = ("hypothesis", "HYPOTHESIS_PROFILE")  # in a file that has a long version


def of_models(size: int, folder: Path) -> Outcome:
    """The first ``size`` files that have a long version, or all of them for 0."""
    return _run(
        "22 properties and random days", _files("models", "receipts"), size, folder
    )


def of_names(size: int, folder: Path) -> Outcome:
    """As ``of_models``."""
    return _run("14 hostile names", _files("hostile"), size, folder)


def of_screens(size: int, folder: Path) -> Outcome:
    """As ``of_models``."""
    return _run("22 screens at random", _files("ui"), size, folder)


def _run(campaign: str, files: list[str], size: int, folder: Path) -> Outcome:
    given = files[:size] if size else files
    return told_by_pytest(campaign, given, folder, {"HYPOTHESIS_PROFILE": "prove"})


def told_by_pytest(
    campaign: str, given: list[str], folder: Path, environment: dict[str, str]
) -> Outcome:
    """One row: what pytest says of these files and options."""
    report = folder / "report.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "--timeout", "36000", f"--junitxml={report}", *given],
        cwd=_ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    if done.returncode or not report.exists():
        print(done.stdout, file=sys.stderr)
    counts = _counts(report) if report.exists() else {}
    failed = counts.get("failures", 0) + counts.get("errors", 0)
    return Outcome(
        campaign,
        f"{counts.get('tests', 0):,} tests",
        f"{failed:,} failed, {counts.get('skipped', 0):,} skipped",
        is_good=done.returncode == 0 and counts.get("tests", 0) > 0,
    )


def _files(*folders: str) -> list[str]:
    """Those of the folders that have a long version."""
    paths = [
        path for one in folders for path in (_ROOT / "tests" / one).rglob("test_*")
    ]
    return [
        str(path.relative_to(_ROOT))
        for path in sorted(paths)
        if any(sign in path.read_text("utf-8") for sign in _SIGNS)
    ]


def _counts(report: Path) -> dict[str, int]:
    suite = next(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314  # pytest's own
    names = ("tests", "failures", "errors", "skipped")
    return {name: int(suite.get(name, "0")) for name in names}

"""Processes to measure in: as on a till, where Python's compiled modules are kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.million import CACHE

_ROOT = Path(__file__).resolve().parents[2]


def environment() -> dict[str, str]:
    """Without what some build machines set, and with a place for compiled modules."""
    kept = dict(os.environ)
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONPYCACHEPREFIX": str(CACHE / "pycache"),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "default.warning=false",  # what offscreen cannot do
    }


def command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"tests.bench.{module}", *arguments]


def run(module: str, *arguments: str) -> str:
    """What the module writes when it runs as a program."""
    return subprocess.run(
        command(module, *arguments),
        check=True,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
    ).stdout

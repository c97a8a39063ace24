"""Campaign 5: disks, files, programs and sticks in the way, told in one sentence."""

from __future__ import annotations

from pathlib import Path

from tests.prove import long_tests
from tests.prove.outcome import Outcome

_STORIES = [
    "tests/ui/test_trouble.py",  # a sale's disk and file
    "tests/ui/test_damage.py",
    "tests/ui/test_instance.py",  # a second start
    "tests/ui/test_processes.py",  # what stops a start
    "tests/models/test_database.py",
    "tests/models/test_damage.py",
    "tests/models/test_backups.py",  # a stick that is pulled out
]


def run(size: int, folder: Path, seed: int = 0) -> Outcome:
    """The first ``size`` files of stories; each tells of all that its title says."""
    del seed
    return long_tests.told_by_pytest(
        "5 disk, file or stick in the way", _STORIES[:size], folder, {}
    )

"""kill -9 in the middle of selling: no sale that was told of is ever lost."""

from __future__ import annotations

from pathlib import Path

from tests.children import needs_posix
from tests.prove import kills


@needs_posix
def test_a_killed_till_loses_no_sale_that_it_told_of(tmp_path: Path) -> None:
    """TRUST.md 7, row 1; `make prove` kills a thousand times."""
    assert kills.run(100, tmp_path, sales=range(1, 6)).is_good

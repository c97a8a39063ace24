"""What the papers' tests share."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def strange_characters() -> Iterator[None]:
    """Characters that no font has are meant here; their warning is not news."""
    log = logging.getLogger("receipts.fonts")
    log.disabled = True
    yield
    log.disabled = False

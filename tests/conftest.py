"""Fixtures that all tests share: a new file, a small shop, an ear on the log."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from models import i18n, schema
from models.database import Database
from models.file_format import FILE_NAME
from models.i18n import Language
from tests.shop import Shop, set_up

# HYPOTHESIS_PROFILE=prove looks long and at random; the others keep `make test` short.
_SLOW_MACHINE = (HealthCheck.too_slow,)
settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=_SLOW_MACHINE
)
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True)
settings.register_profile("prove", settings.get_profile("quick"), max_examples=2000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "quick")
)


class _Ear(logging.Handler):
    """Hears every record of WARNING or above, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@pytest.fixture(autouse=True)
def unexpected_records() -> Iterator[list[logging.LogRecord]]:
    """Fails the test on a log record of WARNING or above that it did not clear away.

    It also puts the language back to Chinese.
    """
    ear = _Ear()
    logging.getLogger().addHandler(ear)
    try:
        yield ear.heard
    finally:
        logging.getLogger().removeHandler(ear)
        i18n.use_language(Language.ZH)
    assert not ear.heard, [record.getMessage() for record in ear.heard]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new shop's file without a shop in it."""
    opened = schema.open_shop(tmp_path / FILE_NAME)
    yield opened
    opened.close()


@pytest.fixture
def shop(database: Database) -> Shop:
    """A stall with goods of four counties, two people, accounts and an open shift."""
    return set_up(database)

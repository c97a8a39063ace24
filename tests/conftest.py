"""Fixtures that all tests share: a new file, a small shop, an ear on the log."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

import gc
import itertools
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from models import i18n
from models.database import Database
from models.file_format import FILE_NAME
from models.i18n import Language
from tests import shop as shops
from tests.shop import Shop

# `make test` is short and tries the same each time, so that it turns red by a change
# alone; HYPOTHESIS_PROFILE=prove looks long and at random.
_SLOW_MACHINE = (HealthCheck.too_slow,)
settings.register_profile(
    "quick",
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=_SLOW_MACHINE,
)
settings.register_profile(
    "prove",
    settings.get_profile("quick"),
    max_examples=2000,
    derandomize=False,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks for more time begins first: at the end one worker would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


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


_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def collecting_here_alone() -> Iterator[None]:
    """Garbage is collected on this thread, between tests, as the till does when idle.

    A worker that collected would destroy a widget on its own thread, and the process
    with it.
    """
    gc.disable()
    yield
    gc.collect(2 if next(_tests) % 100 == 0 else 1)


@pytest.fixture(scope="session")
def made_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The shop whose file is copied for each test; nothing more is done to it."""
    return shops.make(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new shop's file, closed, to be copied for each test."""
    path = tmp_path_factory.mktemp("new") / FILE_NAME
    shops.opened(path).close()
    return path


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A shop's file: new and empty, or with the shop where the test asks for that."""
    if "shop" in request.fixturenames:
        made: Shop = request.getfixturevalue("made_shop")
        opened = shops.copy(made, tmp_path).database
    else:
        path = tmp_path / FILE_NAME
        shutil.copyfile(request.getfixturevalue("new_file"), path)
        opened = shops.opened(path)
    yield opened
    opened.close()


@pytest.fixture
def shop(made_shop: Shop, database: Database) -> Shop:
    """A stall with goods of four counties, two people, accounts and an open shift."""
    return replace(made_shop, database=database)

"""The shop with the harmful names, for all who look at a way out of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from models import schema
from models.file_format import FILE_NAME
from tests import shop as shops
from tests.hostile.fair import (
    NAMES,
    Fair,
    offer,
    sell_all,
)


@pytest.fixture(autouse=True, scope="package")
def strange_characters() -> Iterator[None]:
    """Characters that no font has are meant here; their warning is not news."""
    log = logging.getLogger("receipts.fonts")
    log.disabled = True
    yield
    log.disabled = False


@pytest.fixture(scope="package")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fair]:
    database = schema.open_shop(tmp_path_factory.mktemp("fair") / FILE_NAME)
    shop = shops.set_up(database)
    offered = Fair(shop, {}, {}, {}, [])
    with database.write() as session:  # one, for the sake of time
        for number, name in enumerate(NAMES):
            offer(session, offered, number, name)
    offered.sold.extend(sell_all(shop, list(offered.ids.values())))
    yield offered
    database.close()

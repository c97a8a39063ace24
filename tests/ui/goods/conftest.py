"""The goods page over a shop's file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests import invariants
from tests.shop import Shop
from tests.ui.goods.page import Goods
from ui.background import Background
from ui.goods_presenter import GoodsPresenter
from ui.papers import Papers


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Background]:
    made = Background("bulk")
    yield made
    made.stop()


@pytest.fixture
def presenter(shop: Shop, worker: Background) -> GoodsPresenter:
    folder = shop.database.path.parent / "papers"
    papers = Papers(shop.database, worker, folder)
    presenter = GoodsPresenter(shop.database, worker, papers)
    papers.failed.connect(presenter.failed)
    papers.setParent(presenter)
    return presenter


@pytest.fixture
def page(qtbot: QtBot, presenter: GoodsPresenter, shop: Shop) -> Iterator[Goods]:
    yield Goods(qtbot, presenter)
    invariants.check(shop.database)

"""A table of any size: looked at aside, stored from what was laid out."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from models.database import Database
from models.goods import popularity, search_index
from models.office import imports
from models.office.imports import Imported, Look
from models.office.refusals import ChangedSince, TableRefused
from tests import invariants
from tests.shop import AT, DAY, Shop, sell

GOOD = "sku,name,price_yuan,opening_stock\nA1,红枣,30.00,5\nA2,核桃,12.50,\n"


def _look(shop: Shop, folder: Path, content: str) -> Look:
    table = folder / "goods.csv"
    table.write_text(content, encoding="utf-8")
    staged = folder / "staged.db"
    staged.unlink(missing_ok=True)
    return imports.look_here(
        lambda _progress: None, table, None, shop.database.path, staged
    )


def _store(shop: Shop, look: Look) -> Imported:
    with shop.database.write_beside(look.staged) as session:
        return imports.store(session, look, outlet_id=shop.outlet_id, at=AT)


def _names(database: Database) -> list[str]:
    with database.read() as session:
        found = session.execute(
            text("SELECT name FROM product WHERE sku IN ('A1', 'A2') ORDER BY sku")
        )
        return [row.name for row in found]


def test_what_was_looked_at_is_stored(shop: Shop, tmp_path: Path) -> None:
    look = _look(shop, tmp_path, GOOD)
    assert (look.new, look.changed, look.same, look.wrong) == (2, 0, 0, 0)
    assert _store(shop, look) == Imported(2, 0, 0)
    assert _names(shop.database) == ["红枣", "核桃"]
    invariants.check(shop.database)


def test_the_same_look_comes_from_a_process_of_its_own(
    shop: Shop, tmp_path: Path
) -> None:
    (tmp_path / "goods.csv").write_text(GOOD, encoding="utf-8")
    look = imports.look_at(
        tmp_path / "goods.csv",
        None,
        shop=shop.database.path,
        staged=tmp_path / "aside.db",
    )
    assert look.new == 2


def test_a_wrong_row_keeps_everything_out(shop: Shop, tmp_path: Path) -> None:
    look = _look(shop, tmp_path, GOOD + "A3,杏干,很贵,\n")
    assert look.wrong == 1
    with pytest.raises(TableRefused), shop.database.write() as session:
        imports.store(session, look, outlet_id=shop.outlet_id, at=AT)
    assert _names(shop.database) == []


def test_goods_that_changed_since_the_look_refuse_it(
    shop: Shop, tmp_path: Path
) -> None:
    look = _look(shop, tmp_path, GOOD)
    _store(shop, look)
    with pytest.raises(ChangedSince):
        _store(shop, look)


def test_what_sells_is_ranked_and_due_for_the_index(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    with shop.database.read() as session:
        counted = popularity.count(session, DAY)
    assert counted == {shop.products["SAUCE"]: 1}
    with shop.database.write() as session:
        assert popularity.store(session, counted)
        assert not popularity.store(session, counted)
        assert search_index.is_due(session)
        search_index.catch_up(session)
        assert not search_index.is_due(session)

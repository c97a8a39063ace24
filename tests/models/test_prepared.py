"""Statements that are worded once store and read what SQLAlchemy would."""

from __future__ import annotations

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import bindparam, func, insert, literal, select, update

from models.database import table_of
from models.goods.catalog import Product
from models.money import Money
from models.people.staff import Staff
from models.prepared import Prepared, Question
from models.quantity import Unit
from models.selling.payments import Rounding
from models.settings import Setting
from tests.shop import GOODS, Shop

_setting = table_of(Setting)


def _stored(shop: Shop) -> dict[str, str]:
    with shop.database.read() as session:
        found = session.execute(select(_setting.c.key, _setting.c.value)).all()
        return {row.key: row.value for row in found}


def test_rows_come_into_the_file_each_with_its_own_keys(shop: Shop) -> None:
    insert_setting = Prepared(insert(_setting))
    with shop.database.write() as session:
        insert_setting.many(session, [])
        insert_setting.many(session, [{"key": "a", "value": "1"}])
        insert_setting.many(
            session, [{"value": "2", "key": "b"}, {"value": "3", "key": "c"}]
        )
    stored = _stored(shop)
    assert [stored[key] for key in "abc"] == ["1", "2", "3"]


def test_what_the_statement_itself_says_is_bound_too(shop: Shop) -> None:
    upper = Prepared(insert(_setting).values(value=func.upper(literal("said"))))
    with shop.database.write() as session:
        upper.one(session, {"key": "a"})
    assert _stored(shop)["a"] == "SAID"


def test_it_is_undone_with_its_transaction(shop: Shop) -> None:
    insert_setting = Prepared(insert(_setting))
    with pytest.raises(ZeroDivisionError), shop.database.write() as session:
        insert_setting.one(session, {"key": "a", "value": "1"})
        raise ZeroDivisionError
    assert "a" not in _stored(shop)


def test_what_the_file_refuses_is_refused(shop: Shop) -> None:
    insert_rounding = Prepared(insert(table_of(Rounding)))
    with pytest.raises(sqlite.IntegrityError), shop.database.write() as session:
        insert_rounding.one(session, {"sale_id": 4711, "rule": "jiao"})


def test_a_table_with_a_default_of_pythons_is_none_for_this(shop: Shop) -> None:
    insert_staff = Prepared(insert(table_of(Staff)))
    with pytest.raises(AssertionError), shop.database.write() as session:
        insert_staff.one(session, {"uuid": "x", "name": "何苗", "role": "cashier"})


def test_what_is_asked_is_read_as_sqlalchemy_reads_it(shop: Shop) -> None:
    product = table_of(Product)
    statement = (
        select(product, func.upper(product.c.sku).label("upper"))
        .where(product.c.sku == bindparam("wanted"), product.c.unit == Unit.PIECE)
        .order_by(product.c.id)
    )
    question = Question(statement)
    with shop.database.read() as session:
        for sku in ("SAUCE", "BOX", "WALNUT"):
            expected = session.execute(statement, {"wanted": sku}).all()
            found = question.rows(session, {"wanted": sku})
            assert [tuple(row) for row in found] == [tuple(row) for row in expected]
            assert len(found) == (sku != "WALNUT")
        [sauce] = question.rows(session, {"wanted": "SAUCE"})
    assert (sauce.price_fen, sauce.unit) == (Money(2390), Unit.PIECE)
    assert sauce.upper == "SAUCE"


def test_a_statement_may_have_one_place_or_none(shop: Shop) -> None:
    product = table_of(Product)
    of_one = Question(select(product.c.sku).where(product.c.sku == bindparam("wanted")))
    of_all = Question(select(func.count().label("goods")).select_from(product))
    with shop.database.read() as session:
        assert of_one.rows(session, {"wanted": "SAUCE"}) == [("SAUCE",)]
        assert of_one.rows(session, {"wanted": "none"}) == []
        [counted] = of_all.rows(session, {})
    assert counted.goods == len(GOODS)


def test_a_change_tells_what_it_changed(shop: Shop) -> None:
    product = table_of(Product)
    change = Question(
        update(product)
        .where(product.c.sku == bindparam("wanted"))
        .values(price_fen=Money(1))
        .returning(product.c.price_fen)
    )
    with shop.database.write() as session:
        [changed] = change.rows(session, {"wanted": "SAUCE"})
        assert change.rows(session, {"wanted": "none"}) == []
    assert changed.price_fen == Money(1)

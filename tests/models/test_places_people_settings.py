"""Outlets, events, tills, staff, accounts and the owner's choices."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models import places, settings
from models.database import Database
from models.errors import MissingField, NoShopYet
from models.i18n import Language
from models.kinds import (
    AccountKind,
    BuyerKind,
    Channel,
    Method,
    OutletKind,
    PaperWidth,
    RoundingRule,
)
from models.money import Money
from models.people import signed_in, staff
from models.people.roles import Role
from models.places import NewOutlet
from models.quantity import WeightUnit
from models.selling import accounts
from models.settings import Settings
from tests.shop import Shop


def test_a_file_without_a_till_has_none(database: Database) -> None:
    with database.read() as session:
        assert places.this_till(session) is None
        assert places.list_outlets(session) == []
        assert staff.list_staff(session) == []
        assert accounts.list_accounts(session, with_personal=True) == []


def test_an_outlet_sells_by_the_channel_of_its_kind(shop: Shop) -> None:
    with shop.database.read() as session:
        stall, canteen = places.list_outlets(session)
        till = places.this_till(session)
    assert (stall.kind, stall.channel) == (OutletKind.STALL, Channel.STALL)
    assert (canteen.kind, canteen.channel) == (OutletKind.CANTEEN, Channel.CANTEEN)
    assert (stall.event_name, canteen.event_name) == ("金秋消费帮扶展销", "")
    assert (stall.rounding, stall.buyer_kind) == (RoundingRule.JIAO, BuyerKind.PERSON)
    assert till is not None
    assert (till.code, till.name, till.outlet) == ("T01", "一号机", stall)


def test_one_person_alone_may_work_at_an_outlet(shop: Shop) -> None:
    for is_alone in (True, False):
        with shop.database.write() as session:
            places.set_one_person(session, shop.outlet_id, is_alone=is_alone)
        with shop.database.read() as session:
            stall, canteen = places.list_outlets(session)
        assert (stall.is_one_person, canteen.is_one_person) == (is_alone, False)


def test_who_signed_in_last_is_at_the_till_and_at_first_who_came_first(
    shop: Shop,
) -> None:
    with shop.database.write() as session:
        manager, cashier = staff.list_staff(session)
        assert signed_in.who(session) == manager
        for person in (cashier, manager, cashier):
            signed_in.sign_in(session, person.id)
            assert signed_in.who(session) == person


def test_nobody_is_at_the_till_of_no_shop(database: Database) -> None:
    with database.read() as session, pytest.raises(NoShopYet):
        signed_in.who(session)


def test_tills_are_numbered_and_the_first_is_this_one(shop: Shop) -> None:
    with shop.database.write() as session:
        places.add_till(session, name="二号机", outlet_id=shop.canteen_id)
        codes = session.scalars(text("SELECT code FROM till ORDER BY id")).all()
        till = places.this_till(session)
    assert codes == ["T01", "T02"]
    assert till is not None
    assert till.name == "一号机"


def test_an_event_is_shared_by_its_name_and_may_be_none(shop: Shop) -> None:
    with shop.database.write() as session:
        first = places.event_named(session, "年货节")
        assert places.event_named(session, "年货节") == first
        assert places.event_named(session, "") is None
        for event, rounding in (("年货节", RoundingRule.YUAN), ("", RoundingRule.OFF)):
            places.change_outlet(
                session, shop.outlet_id, event_name=event, rounding=rounding
            )
            outlet = places.list_outlets(session)[0]
            assert (outlet.event_name, outlet.rounding) == (event, rounding)


def test_an_outlet_may_round_as_it_likes_from_the_start(database: Database) -> None:
    with database.write() as session:
        places.add_outlet(
            session, NewOutlet("一", OutletKind.STALL, rounding=RoundingRule.YUAN)
        )
        assert places.list_outlets(session)[0].rounding is RoundingRule.YUAN


def test_staff_who_left_are_not_offered(shop: Shop) -> None:
    with shop.database.write() as session:
        rows = staff.list_staff(session)
        assert [(row.name, row.role) for row in rows] == [
            ("林晓", Role.MANAGER),
            ("陈舟", Role.CASHIER),
        ]
        session.execute(text("UPDATE staff SET is_active = 0 WHERE name = '陈舟'"))
        assert [row.name for row in staff.list_staff(session)] == ["林晓"]


# --- accounts ------------------------------------------------------------------


def _holders(shop: Shop, *, with_personal: bool) -> list[str]:
    with shop.database.read() as session:
        rows = accounts.list_accounts(session, with_personal=with_personal)
    return [row.holder for row in rows]


def test_personal_codes_are_offered_only_where_the_shop_allows_them(
    shop: Shop,
) -> None:
    assert not Settings().accepts_personal_codes
    assert _holders(shop, with_personal=False) == ["山海惠农商贸", "山海惠农聚合码"]
    assert _holders(shop, with_personal=True)[-1] == "林晓"


def test_a_retired_account_is_no_longer_offered(shop: Shop) -> None:
    with shop.database.write() as session:
        accounts.retire_account(session, shop.accounts["wechat"])
    assert _holders(shop, with_personal=True) == ["山海惠农聚合码", "林晓"]


def test_an_account_takes_its_wallet_and_an_aggregate_code_takes_both(
    shop: Shop,
) -> None:
    with shop.database.read() as session:
        rows = accounts.list_accounts(session, with_personal=True)
    takes = [
        [method for method in (Method.WECHAT, Method.ALIPAY) if row.takes(method)]
        for row in rows
    ]
    assert takes == [[Method.WECHAT], [Method.WECHAT, Method.ALIPAY], [Method.ALIPAY]]


def test_an_account_has_a_holder(shop: Shop) -> None:
    with pytest.raises(MissingField):
        with shop.database.write() as session:
            accounts.add_account(session, " ", AccountKind.MERCHANT, Method.WECHAT)
    with shop.database.write() as session:
        accounts.add_account(session, " 甲 ", AccountKind.MERCHANT, Method.WECHAT)
    assert _holders(shop, with_personal=False)[-1] == "甲"


# --- settings ------------------------------------------------------------------

CHOSEN = Settings(
    shop_name="山海“惠农” & Co",
    language=Language.EN,
    paper_language=Language.EN,
    paper_width=PaperWidth.MM58,
    weight_unit=WeightUnit.KG,
    has_sounds=False,
    accepts_personal_codes=True,
    is_demo=True,
    even_limit=Money(0),
    different_limit=Money(1_250),
    printer="XP-80",
)


def test_what_was_never_chosen_has_its_default(database: Database) -> None:
    with database.read() as session:
        assert settings.load(session) == Settings()


def test_what_was_chosen_is_kept(database: Database) -> None:
    for chosen in (CHOSEN, Settings(), CHOSEN):
        with database.write() as session:
            settings.save(session, chosen)
        with database.read() as session:
            assert settings.load(session) == chosen


def test_a_choice_that_an_older_file_lacks_has_its_default(database: Database) -> None:
    with database.write() as session:
        settings.save(session, CHOSEN)
        session.execute(text("DELETE FROM setting WHERE key = 'weight_unit'"))
        session.execute(text("INSERT INTO setting VALUES ('colour', 'green')"))
        assert settings.load(session).weight_unit is WeightUnit.JIN
        assert settings.load(session).shop_name == CHOSEN.shop_name

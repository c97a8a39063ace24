"""The first start: a few answers, or none, and the till can sell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import assets
from models import places, settings
from models.database import Database
from models.errors import MissingField, WordsRefused, WrongAmount
from models.goods import catalog, offers, regions
from models.goods.drafts import Part
from models.i18n import Language
from models.kinds import AccountKind, Channel, Method, OutletKind, PaperWidth, Scheme
from models.money import Money
from models.office import demo, imports, opening, table_files
from models.office.imports import Imported
from models.office.opening import Answers
from models.people import staff
from models.people.roles import Role
from models.quantity import Unit
from models.selling import accounts, shifts
from tests import invariants
from tests.shop import AT, DAY


def _set_up(database: Database, answers: Answers) -> None:
    with database.write() as session:
        opening.set_up(session, answers, at=AT)


def test_the_default_answers_make_a_stall_that_can_sell(database: Database) -> None:
    answers = opening.default_answers(Language.ZH)

    _set_up(database, answers)

    with database.read() as session:
        till = places.this_till(session)
        assert till is not None
        assert till.name == answers.till_name
        assert till.outlet.kind is OutletKind.STALL
        assert till.outlet.channel is Channel.STALL
        assert till.outlet.event_name == answers.event_name
        (seller,) = staff.list_staff(session)
        assert (seller.name, seller.role) == (answers.staff_name, Role.MANAGER)
        shift = shifts.find_open(session, till.id)
        assert shift is not None
        assert (shift.float_, shift.business_date) == (answers.float_, DAY)
        (account,) = accounts.list_accounts(session, with_personal=False)
        assert account.holder == answers.shop_name
        assert account.kind is AccountKind.AGGREGATE
        assert account.takes(Method.WECHAT)
        assert account.takes(Method.ALIPAY)
        assert settings.load(session) == settings.Settings(
            shop_name=answers.shop_name,
            language=Language.ZH,
            paper_language=Language.ZH,
            paper_width=PaperWidth.MM80,
        )


def test_a_canteen_has_its_own_defaults(database: Database) -> None:
    answers = opening.default_answers(Language.EN, OutletKind.CANTEEN)

    assert (answers.outlet_name, answers.event_name) == ("Staff Canteen", "")
    _set_up(database, replace(answers, paper_width=PaperWidth.MM58))

    with database.read() as session:
        till = places.this_till(session)
        assert till is not None
        assert till.outlet.channel is Channel.CANTEEN
        assert settings.load(session).paper_width is PaperWidth.MM58
        assert settings.load(session).paper_language is Language.EN
        assert settings.load(session).auto_lock_s == 120  # a stall never locks itself


def test_every_shop_knows_the_four_partner_counties(database: Database) -> None:
    _set_up(database, opening.default_answers(Language.ZH))

    with database.read() as session:
        found = regions.list_regions(session)

    assert [(one.code, one.county, one.county_en, one.scheme) for one in found] == [
        ("653121", "疏附县", "Shufu", Scheme.PARTNER_SUPPORT),
        ("441422", "大埔县", "Dabu", Scheme.WITHIN_PROVINCE),
        ("522702", "福泉市", "Fuquan", Scheme.EAST_WEST),
        ("522725", "瓮安县", "Weng'an", Scheme.EAST_WEST),
    ]


@pytest.mark.parametrize(
    "field", ["shop_name", "outlet_name", "till_name", "staff_name"]
)
def test_an_answer_that_is_missing_is_asked_for(database: Database, field: str) -> None:
    answers = opening.default_answers(Language.ZH)
    answers = replace(answers, **{field: "  "})  # type: ignore[arg-type]  # one of them

    with pytest.raises(MissingField):
        _set_up(database, answers)

    with database.read() as session:
        assert places.this_till(session) is None
        assert settings.load(session).shop_name == ""


@pytest.mark.parametrize(
    "field", ["shop_name", "outlet_name", "event_name", "till_name", "staff_name"]
)
def test_an_answer_that_holds_a_control_is_refused(
    database: Database, field: str
) -> None:
    answers = opening.default_answers(Language.ZH)
    answers = replace(answers, **{field: "山海\x1b@"})  # type: ignore[arg-type]  # one of them

    with pytest.raises(WordsRefused):
        _set_up(database, answers)

    with database.read() as session:
        assert places.this_till(session) is None


def test_a_drawer_cannot_hold_less_than_nothing(database: Database) -> None:
    answers = replace(opening.default_answers(Language.ZH), float_=Money(-1))

    with pytest.raises(WrongAmount):
        _set_up(database, answers)


def test_the_demonstration_is_stocked_and_has_a_price_for_its_event(
    database: Database,
) -> None:
    with database.write() as session:
        demo.set_up_demo(session, Language.EN, at=AT)

    with database.read() as session:
        assert settings.load(session).is_demo
        stand = offers.stand_at(session, 1, DAY)
        tiles = {tile.name: tile for tile in offers.list_tiles(session, stand)}
        later = offers.stand_at(session, 1, DAY + timedelta(days=31))
        (after,) = offers.search(session, "大埔蜜柚(红肉)", later)
        categories = catalog.list_categories(session)
    pomelo, melon = tiles["大埔蜜柚(红肉)"], tiles["花蜜瓜"]
    assert (pomelo.price, pomelo.list_price) == (Money(990), Money(1280))
    assert after.price == Money(1280)
    assert (melon.unit, melon.price, melon.on_hand) == (Unit.GRAM, Money(900), 300_000)
    assert tiles["四县山货礼盒"].on_hand == 150  # as many as its oil allows
    assert all(category.name_en for category in categories)
    invariants.check(database)


def test_the_demonstration_s_goods_imported_again_are_all_the_same(
    database: Database,
) -> None:
    table = table_files.parse(assets.path("demo/catalog.csv"))
    _set_up(database, opening.default_answers(Language.ZH))
    with database.write() as session:
        first = demo.load_demo_catalogue(session, 1, at=AT)
    assert first == Imported(new=30, changed=0, same=0)

    with database.write() as session:
        preview = imports.preview(session, table)
        second = imports.apply(session, preview, outlet_id=1, at=AT)

    assert second == Imported(new=0, changed=0, same=30)
    box = next(one.draft for one in preview.drafts if one.draft.sku == "GB001")
    assert box.parts == (
        Part("WA002", 1),
        Part("DP005", 1),
        Part("SF005", 1),
        Part("FQ003", 1),
    )
    invariants.check(database)

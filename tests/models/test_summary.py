"""The day's summary: every cut comes to the same net, to the fen."""

from __future__ import annotations

from datetime import timedelta

from models import cart as carts
from models import places
from models.database import Database
from models.goods import regions
from models.kinds import AccountKind, Channel, Method, RoundingRule, Scheme
from models.money import Money
from models.office import summary
from models.office.day_record import DaySummary, Goods, Sums
from tests import invariants
from tests.shop import (
    AT,
    DAY,
    SAUCE_PACK_CODE,
    Shop,
    basket,
    bill_for,
    day_summary,
    item,
    minutes,
    new_day,
    paid_by_phone,
    scanned,
    sell,
    sell_basket,
)


def _mixed_day(shop: Shop) -> DaySummary:
    """Boxes, weighings, packs, a bag, an event price; cash, phones, both."""
    sell(shop, {"BOX": 2, "BAG": 3, "WALNUT": 777}, cash="300")
    cart = basket(shop, {"HONEY": 3, "WALNUT": 1234})
    sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    pack = scanned(shop, SAUCE_PACK_CODE)
    assert isinstance(pack, carts.CartLine)
    cart, _ = basket(shop, {"POMELO": 7}).add(pack)
    cart, _ = cart.add(carts.for_amount(item(shop, "WALNUT"), Money(1999)))
    bill = paid_by_phone(shop, bill_for(shop, cart), "100.03", "wechat")
    bill = bill.take_cash(Money(30_000))
    sell_basket(shop, cart, bill, at=AT + minutes(180))
    return day_summary(shop)


def test_all_cuts_agree_to_the_fen(shop: Shop) -> None:
    day = _mixed_day(shop)
    for cut in (day.counties, day.schemes, day.places, day.products):
        assert summary.total_of(tuple(row.sums for row in cut)) == day.sums
    assert Money.sum(row.net for row in day.tenders) == day.sums.net
    assert Money.sum(row.net for row in day.hours) == day.sums.net
    assert day.sums.discount == Money(1830 + 1900)  # three honeys and a pack
    assert day.sums.list_total - day.sums.discount - day.sums.rounding == day.sums.net
    assert day.goods == Goods(
        pieces=2 * 4 + 3 + 3 + 7 + 10, grams=777 + 1234 + 345 + 1000
    )
    invariants.check(shop.database)


def test_goods_of_no_county_have_a_row_of_their_own_at_the_end(shop: Shop) -> None:
    day = _mixed_day(shop)
    last = day.counties[-1]
    assert (last.code, last.county, last.scheme) == ("", "", Scheme.NONE)
    assert last.goods == Goods(pieces=3, grams=0)
    assert last.sums.list_total == Money(150)
    nets = [row.sums.net.fen for row in day.counties[:-1]]
    assert nets == sorted(nets, reverse=True)
    assert {row.code for row in day.counties} == {
        "",
        "522702",
        "522725",
        "653121",
        "441422",
    }


def test_schemes_stand_side_by_side_and_are_not_added(shop: Shop) -> None:
    day = _mixed_day(shop)
    assert [row.scheme for row in day.schemes] == [
        Scheme.EAST_WEST,
        Scheme.PARTNER_SUPPORT,
        Scheme.WITHIN_PROVINCE,
        Scheme.NONE,
    ]
    east_west = Money.sum(
        row.sums.net for row in day.counties if row.scheme is Scheme.EAST_WEST
    )
    assert day.schemes[0].sums.net == east_west


def test_a_county_that_changes_its_scheme_during_the_day_has_a_row_for_each(
    shop: Shop,
) -> None:
    sell(shop, {"SAUCE": 1})
    with shop.database.write() as session:
        regions.add_region(session, "522702", Scheme.WITHIN_PROVINCE)
    sell(shop, {"SAUCE": 2})
    rows = day_summary(shop).counties
    assert [(row.code, row.scheme, row.sums.net.fen) for row in rows] == [
        ("522702", Scheme.WITHIN_PROVINCE, 4780),
        ("522702", Scheme.EAST_WEST, 2390),
    ]
    invariants.check(shop.database)


def test_tenders_stand_apart_by_account_with_cash_first(shop: Shop) -> None:
    day = _mixed_day(shop)
    cash, *phones = day.tenders
    assert (cash.method, cash.holder, cash.account_kind) == (Method.CASH, "", None)
    assert cash.receipts == 2
    assert cash.tendered - cash.change == cash.net
    assert [(row.holder, row.account_kind, row.receipts) for row in phones] == [
        ("山海惠农聚合码", AccountKind.AGGREGATE, 1),
        ("山海惠农商贸", AccountKind.MERCHANT, 1),
    ]
    assert phones[1].net == Money(10_003)


def test_personal_codes_are_marked(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart), None, "personal"))
    [row] = day_summary(shop).tenders
    assert row.account_kind is AccountKind.PERSONAL


def test_hours_run_from_the_first_sale_to_the_last(shop: Shop) -> None:
    day = _mixed_day(shop)
    assert [(row.hour, row.receipts) for row in day.hours] == [
        (10, 2),
        (11, 0),
        (12, 0),
        (13, 1),
    ]
    assert day.hours[1].net == Money(0)


def test_the_head_says_which_receipts_it_covers(shop: Shop) -> None:
    day = _mixed_day(shop)
    assert (day.receipts, day.first_number, day.last_number) == (
        3,
        "T01-000001",
        "T01-000003",
    )
    assert (day.shop_name, day.till_code, day.is_demo) == ("山海惠农", "T01", False)
    assert (day.business_date, day.made_at) == (DAY, AT)


def test_a_second_shift_of_the_day_counts_and_the_next_day_does_not(
    shop: Shop,
) -> None:
    sell(shop, {"SAUCE": 1})
    sell(shop, {"SAUCE": 1}, seat=shop.seat(new_day(shop, at=AT)))
    later = AT + timedelta(days=1)
    sell(shop, {"TEA": 1}, at=later, seat=shop.seat(new_day(shop, at=later)))
    day, next_day = day_summary(shop), day_summary(shop, DAY + timedelta(days=1))
    assert (day.receipts, day.sums.net) == (2, Money(4780))
    assert (next_day.receipts, next_day.sums.net) == (1, Money(8800))
    assert next_day.first_number == next_day.last_number == "T01-000003"
    invariants.check(shop.database)


def test_events_of_one_outlet_stand_apart(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    with shop.database.write() as session:
        places.change_outlet(
            session, shop.outlet_id, event_name="", rounding=RoundingRule.JIAO
        )
    sell(shop, {"SAUCE": 2})
    assert [
        (row.channel, row.outlet, row.event, row.sums.net.fen)
        for row in day_summary(shop).places
    ] == [
        (Channel.STALL, "体育东展位", "", 4780),
        (Channel.STALL, "体育东展位", "金秋消费帮扶展销", 2390),
    ]


def test_products_stand_largest_first_with_box_parts_among_them(shop: Shop) -> None:
    sell(shop, {"BOX": 1, "SAUCE": 1})
    rows = day_summary(shop).products
    assert [(row.sku, row.goods) for row in rows] == [
        ("SAUCE", Goods(3, 0)),
        ("HONEY", Goods(1, 0)),
        ("WALNUT", Goods(0, 500)),
        ("POMELO", Goods(1, 0)),
    ]
    assert (rows[0].county, rows[0].county_en, rows[0].county_code) == (
        "福泉市",
        "Fuquan",
        "522702",
    )


def test_a_day_without_a_sale_is_empty(shop: Shop) -> None:
    day = day_summary(shop)
    nothing = Money(0)
    assert (day.receipts, day.first_number, day.last_number) == (0, "", "")
    assert day.sums == Sums(nothing, nothing, nothing, nothing)
    assert day.goods == Goods(0, 0)
    for cut in (
        day.tenders,
        day.counties,
        day.schemes,
        day.places,
        day.products,
        day.hours,
    ):
        assert cut == ()


def test_a_file_without_a_till_has_an_empty_day(database: Database) -> None:
    with database.read() as session:
        assert summary.summarize(session, DAY, at=AT).till_code == ""

"""Promotions: found by the till itself, the best one, and frozen on the sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from models import cart as carts
from models import deals, places
from models.cart import Cart
from models.deals import Promotion, Rule
from models.discounts import percent_off
from models.errors import MissingField, WordsRefused, WrongField
from models.goods import promotions
from models.goods.promotions import Holds
from models.kinds import DiscountKind, RoundingRule
from models.money import Money
from models.selling.refusals import DealsChanged, TendersRefused
from tests import invariants
from tests.models.test_cart import PACK, SAUCE, WALNUT
from tests.shop import DAY, Shop, basket, record, sell_basket

HALF = Promotion(1, "第二件半价", Rule.NTH, pieces=2, off_bp=5000)
FREE = Promotion(2, "买二送一", Rule.FREE, pieces=2, free=1)
THREE = Promotion(3, "三瓶 60 元", Rule.BUNDLE, pieces=3, price=Money(6000))
OVER = Promotion(4, "满 100 减 15", Rule.OVER, over=Money(10_000), off=Money(1500))


def _cart(count: int, *, grams: int = 0) -> Cart:
    cart, _ = Cart().add(carts.counted(SAUCE, count))
    return cart.add(carts.weighed(WALNUT, grams))[0] if grams else cart


def _off(cart: Cart, *offered: Promotion) -> int:
    found = deals.apply(cart, offered)
    assert (
        Money.ZERO
        <= found.total
        == cart.total - Money.sum(deal.amount for deal in found.deals)
    )
    return (cart.total - found.total).fen


# --- each rule ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promotion", "off_by_count"),
    [
        (HALF, [0, 1195, 1195, 2390, 2390]),
        (FREE, [0, 0, 2390, 2390, 2390, 4780]),
        (replace(FREE, pieces=3, free=2), [0, 0, 0, 2390, 4780, 4780]),
        (THREE, [0, 0, 1170, 1170, 1170, 2340]),
        (replace(THREE, price=Money(9999)), [0, 0, 0]),
        (OVER, [0, 0, 0, 0, 1500, 1500, 1500, 1500, 1500]),
        (replace(OVER, repeats=True), [0, 0, 0, 0, 1500, 1500, 1500, 1500, 3000]),
        (replace(HALF, product_id=SAUCE.product_id), [0, 1195]),
        (replace(HALF, product_id=99), [0, 0]),
    ],
)
def test_what_a_rule_takes_off_so_many(
    promotion: Promotion, off_by_count: list[int]
) -> None:
    assert [
        _off(_cart(count), promotion) for count in range(1, len(off_by_count) + 1)
    ] == off_by_count


def test_the_cheapest_pieces_of_a_product_are_the_reduced_ones() -> None:
    event_price = replace(SAUCE, price=Money(1990))
    cart, _ = _cart(1).add(carts.counted(event_price, 2))
    assert _off(cart, HALF) == 995
    assert _off(cart, FREE) == 1990
    assert _off(cart, replace(THREE, pieces=2, price=Money(4000))) == 380


def test_packs_and_weighed_goods_are_not_counted_but_their_money_is() -> None:
    cart, _ = Cart().add(carts.counted(PACK, 2))
    cart, _ = cart.add(carts.weighed(WALNUT, 3000))
    assert _off(cart, HALF, FREE, THREE) == 0
    assert _off(cart, OVER) == 1500
    only_walnuts = replace(OVER, product_id=WALNUT.product_id)
    (deal,) = deals.apply(cart, [only_walnuts]).deals
    assert deal.shares == ((1, Money(1500)),)


# --- which of them -----------------------------------------------------------------


def test_the_best_one_counts_and_the_earlier_of_equals() -> None:
    assert _off(_cart(3), HALF, FREE, THREE) == 2390
    same = replace(FREE, id=9)
    assert [
        deal.promotion_id for deal in deals.apply(_cart(3), [FREE, same]).deals
    ] == [FREE.id]


def test_over_an_amount_counts_on_what_no_other_took() -> None:
    """半价 on the sauce, and 满减 on the walnuts: together more than 满减 on all."""
    cart = _cart(2, grams=2000)
    found = deals.apply(cart, [HALF, OVER])
    assert [(deal.name, deal.amount) for deal in found.deals] == [
        ("第二件半价", Money(1195)),
        ("满 100 减 15", Money(1500)),
    ]
    fewer = _cart(2, grams=1000)  # 58.00 alone is not 100; 105.80 is
    assert [deal.name for deal in deals.apply(fewer, [HALF, OVER]).deals] == [
        "满 100 减 15"
    ]


def test_one_promotion_on_several_products_is_one_line() -> None:
    tea = replace(SAUCE, product_id=3, price=Money(8800), list_price=Money(8800))
    cart, _ = _cart(2).add(carts.counted(tea, 2))
    (deal,) = deals.apply(cart, [HALF]).deals
    assert deal.shares == ((0, Money(1195)), (1, Money(4400)))


def test_what_stacks_comes_on_top_of_what_is_left() -> None:
    on_top = replace(OVER, id=5, stacks=True, over=Money(3000), off=Money(500))
    assert _off(_cart(2), HALF, on_top) == 1195 + 500
    of_sauce = replace(on_top, product_id=SAUCE.product_id)
    assert _off(_cart(2), HALF, of_sauce) == 1195 + 500
    assert _off(_cart(2), HALF, replace(on_top, product_id=99)) == 1195
    assert _off(_cart(1), on_top) == 0


def test_what_somebody_discounted_bears_no_promotion_unless_it_stacks() -> None:
    fifth = percent_off(DiscountKind.LINE, 2000, "临期")
    for cart in (
        _cart(2).discount_line(0, fifth),
        _cart(2).change_price(0, Money(2000), "标签"),
    ):
        assert _off(cart, HALF, replace(OVER, over=Money(100), off=Money(50))) == 0
        assert _off(cart, replace(HALF, stacks=True)) > 0


def test_a_hundred_thousand_pieces_are_no_more_work_than_one() -> None:
    assert _off(_cart(100_000), FREE) == 33_333 * 2390


_PROMOTIONS = st.lists(
    st.builds(
        Promotion,
        id=st.integers(1, 9),
        name=st.just("x"),
        rule=st.sampled_from(Rule),
        product_id=st.sampled_from([None, 0, 1, 2]),
        pieces=st.integers(1, 3),
        free=st.integers(1, 2),
        off_bp=st.integers(1, 10_000),
        price=st.builds(Money, st.integers(0, 3000)),
        over=st.builds(Money, st.integers(1, 9000)),
        off=st.builds(Money, st.integers(1, 9000)),
        repeats=st.booleans(),
        stacks=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)


@given(
    counts=st.lists(st.integers(1, 7), min_size=1, max_size=4),
    prices=st.lists(st.integers(0, 5000), min_size=4, max_size=4),
    offered=_PROMOTIONS,
)
def test_no_line_bears_more_than_it_costs_nor_two_that_do_not_stack(
    counts: list[int], prices: list[int], offered: list[Promotion]
) -> None:
    cart = Cart()
    for index, count in enumerate(counts):
        price = Money(prices[index])
        item = replace(SAUCE, product_id=index % 3, price=price, list_price=price)
        cart, _ = cart.add(carts.counted(item, count))
    found = deals.apply(cart, offered)
    stacking = {one.id for one in offered if one.stacks}
    borne = [Money.ZERO] * len(cart.lines)
    alone: set[int] = set()
    for deal in found.deals:
        for index, share in deal.shares:
            assert share > Money.ZERO
            borne[index] += share
            if deal.promotion_id not in stacking:
                assert index not in alone
                alone.add(index)
    assert all(off <= line.total for off, line in zip(borne, cart.lines, strict=True))
    ids = {deal.promotion_id for deal in found.deals}
    named = [one for one in offered if one.id in ids]
    assert deals.apply(cart, named).deals == found.deals


# --- in the file ---------------------------------------------------------------------


def _begin(shop: Shop, promotion: Promotion, holds: Holds) -> Promotion:
    with shop.database.write() as session:
        return replace(promotion, id=promotions.begin(session, promotion, holds))


def _running(shop: Shop, outlet_id: int, days: int = 0) -> list[str]:
    with shop.database.read() as session:
        found = promotions.list_running(session, outlet_id, DAY + timedelta(days))
    return [one.name for one in found]


def test_a_promotion_holds_where_and_when_it_was_begun(shop: Shop) -> None:
    with shop.database.write() as session:
        event_id = places.event_named(session, "金秋消费帮扶展销")
    tomorrow = DAY + timedelta(1)
    half = _begin(shop, HALF, Holds(DAY, DAY))
    _begin(shop, FREE, Holds(DAY, tomorrow, outlet_id=shop.canteen_id))
    _begin(shop, OVER, Holds(tomorrow, tomorrow, event_id=event_id))
    assert _running(shop, shop.outlet_id) == ["第二件半价"]
    assert _running(shop, shop.canteen_id) == ["第二件半价", "买二送一"]
    assert _running(shop, shop.outlet_id, 1) == ["满 100 减 15"]
    assert _running(shop, shop.canteen_id, 1) == ["买二送一"]
    assert _running(shop, shop.outlet_id, 2) == []
    with shop.database.write() as session:
        promotions.end(session, half.id)
        listed = promotions.list_all(session)
    assert _running(shop, shop.outlet_id) == []
    assert [(one.promotion.name, one.is_active) for one in listed] == [
        ("满 100 减 15", True),
        ("买二送一", True),
        ("第二件半价", False),
    ]
    assert (listed[2].promotion, listed[2].holds) == (half, Holds(DAY, DAY))
    assert [(one.outlet, one.event, one.product) for one in listed] == [
        ("", "金秋消费帮扶展销", ""),
        ("机关食堂", "", ""),
        ("", "", ""),
    ]
    assert [one.is_over(DAY) for one in listed] == [False, False, True]
    assert listed[0].is_over(tomorrow + timedelta(1))


def test_the_office_reads_which_product_a_promotion_is_for(shop: Shop) -> None:
    of_sauce = replace(HALF, product_id=shop.products["SAUCE"], name="  酱料\t半价 ")
    _begin(shop, of_sauce, Holds(DAY, DAY))
    with shop.database.read() as session:
        (listed,) = promotions.list_all(session)
    assert listed.promotion.name == "酱料 半价"
    assert (listed.product, listed.product_en) == ("福泉香辣酱", "Fuquan chilli sauce")


@pytest.mark.parametrize(
    "wrong",
    [
        replace(HALF, pieces=0),
        replace(HALF, off_bp=0),
        replace(HALF, off_bp=10_001),
        replace(FREE, free=0),
        replace(THREE, price=Money(-1)),
        replace(OVER, over=Money.ZERO),
        replace(OVER, off=Money.ZERO),
        replace(OVER, off=Money(10_001)),
    ],
)
def test_a_rule_without_its_figures_is_refused(shop: Shop, wrong: Promotion) -> None:
    with shop.database.write() as session:
        with pytest.raises(WrongField):
            promotions.begin(session, wrong, Holds(DAY, DAY))
        with pytest.raises(WrongField):
            promotions.begin(session, HALF, Holds(DAY, DAY - timedelta(1)))
        with pytest.raises(MissingField):
            promotions.begin(session, replace(HALF, name=" "), Holds(DAY, DAY))
        with pytest.raises(WordsRefused):
            promotions.begin(session, replace(HALF, name="x" * 999), Holds(DAY, DAY))


# --- on the sale ---------------------------------------------------------------------


def test_a_promotion_stands_on_the_sale_as_its_own_line(shop: Shop) -> None:
    """第二件半价 on the boxes: 优惠 59.00, borne by every county in them."""
    half = _begin(shop, HALF, Holds(DAY, DAY))
    cart = deals.apply(basket(shop, {"BOX": 2, "WALNUT": 100}), [half])
    assert cart.total == Money(11_800 + 5_900 + 580)
    with shop.database.write() as session:
        promotions.end(session, half.id)  # while the customer pays
    sold = sell_basket(shop, cart.agree(Money(18_000), "凑整"))
    with shop.database.read() as session:
        found = session.execute(
            text(
                "SELECT kind, promotion_id, label, reason, amount_fen "
                "FROM sale_discount ORDER BY position"
            )
        )
        assert [tuple(row) for row in found] == [
            ("promotion", half.id, "第二件半价", "", 5900),
            ("bargain", None, "", "凑整", 280),
        ]
    assert record(shop, sold.sale_id).net == Money(18_000)
    invariants.check(shop.database)


def test_what_a_promotion_does_not_say_is_not_taken_off(shop: Shop) -> None:
    half = _begin(shop, HALF, Holds(DAY, DAY))
    cart = deals.apply(basket(shop, {"SAUCE": 2}), [half])
    (deal,) = cart.deals
    more = replace(deal, shares=((0, Money(4000)),))
    other = replace(deal, promotion_id=99)
    for wrong in (more, other):
        with pytest.raises(DealsChanged) as told:
            sell_basket(shop, cart.with_deals((wrong,)))
        assert str(told.value)
        assert "¥3.00" in str(TendersRefused(Money(300)))
    sell_basket(shop, cart)


def test_a_promotion_and_rounding_leave_nothing_below_nothing(shop: Shop) -> None:
    """An almost free ticket, and 抹零 to the yuan on what is left."""
    with shop.database.write() as session:
        places.change_outlet(
            session, shop.outlet_id, event_name="", rounding=RoundingRule.YUAN
        )
    free = _begin(shop, replace(HALF, off_bp=9999), Holds(DAY, DAY))
    cart = deals.apply(basket(shop, {"BAG": 2, "POMELO": 1}), [free])
    sell_basket(shop, cart)
    invariants.check(shop.database)

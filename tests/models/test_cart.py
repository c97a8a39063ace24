"""The basket as values: what joins, counts, weighs and is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import cart as carts
from models.cart import Cart, CartLine, Item
from models.errors import AmountTooLarge, WholePiecesOnly, WrongQuantity
from models.kinds import BuyerKind, PriceReason
from models.money import Money
from models.quantity import Quantity, Unit

SAUCE = Item(
    1,
    "SAUCE",
    "香辣酱",
    "",
    "福泉市",
    "",
    "522702",
    Unit.PIECE,
    Money(2390),
    Money(2390),
)
WALNUT = Item(
    2, "WALNUT", "核桃", "", "疏附县", "", "653121", Unit.GRAM, Money(5800), Money(5800)
)
CHEAPER = replace(SAUCE, price=Money(1990), reason=PriceReason.EVENT)
PACK = replace(
    SAUCE,
    list_price=Money(23_900),
    price=Money(22_000),
    reason=PriceReason.PACK,
    pack_size=10,
    barcode="6970019000022",
)


def _cart(*lines: CartLine) -> Cart:
    cart = Cart()
    for line in lines:
        cart, _ = cart.add(line)
    return cart


def test_equal_pieces_join_and_the_joined_line_is_told() -> None:
    cart, first = Cart().add(carts.counted(SAUCE, 1))
    cart, second = cart.add(carts.weighed(WALNUT, 500))
    cart, third = cart.add(carts.counted(SAUCE, 2))
    assert (first, second, third) == (0, 1, 0)
    assert [line.count for line in cart.lines] == [3, 500]
    assert cart.total == Money(7170 + 2900)


def test_weighings_stay_apart() -> None:
    cart = _cart(carts.weighed(WALNUT, 500), carts.weighed(WALNUT, 500))
    assert [line.count for line in cart.lines] == [500, 500]
    assert cart.items == 2


@pytest.mark.parametrize("other", [CHEAPER, PACK, replace(SAUCE, name="辣酱")])
def test_what_differs_in_price_pack_or_name_stays_apart(other: Item) -> None:
    assert len(_cart(carts.counted(SAUCE, 1), carts.counted(other, 1)).lines) == 2


def test_a_pack_counts_as_one_and_takes_its_pieces_from_the_shelf() -> None:
    line = carts.counted(PACK, 2)
    assert (line.total, line.list_total) == (Money(44_000), Money(47_800))
    assert line.pieces == 20
    assert line.quantity == Quantity(2, Unit.PIECE)
    assert _cart(line).items == 2


def test_a_pack_dearer_than_its_pieces_gives_no_negative_discount() -> None:
    line = carts.counted(replace(PACK, price=Money(25_000)), 1)
    assert line.list_total == line.total == Money(25_000)


def test_an_amount_of_weighed_goods_stays_the_total() -> None:
    """来20块钱的."""
    line = carts.for_amount(WALNUT, Money(2000))
    assert (line.count, line.total, line.list_total) == (345, Money(2000), Money(2000))
    assert line.item.reason is PriceReason.NONE
    printed = carts.for_amount(WALNUT, Money(2000), PriceReason.LABEL)
    assert printed.item.reason is PriceReason.LABEL


@given(st.integers(1, 1_000_000), st.integers(1, 100_000), st.integers(0, 100_000))
def test_an_amount_never_gives_a_negative_discount(
    amount: int, price: int, more: int
) -> None:
    item = replace(WALNUT, price=Money(price), list_price=Money(price + more))
    try:
        line = carts.for_amount(item, Money(amount))
    except WrongQuantity:
        return
    assert line.total == Money(amount)
    assert line.list_total >= line.total
    if not more:
        assert line.list_total == line.total


@pytest.mark.parametrize(
    ("item", "amount"),
    [
        (replace(WALNUT, price=Money(0)), 2000),  # costs nothing
        (WALNUT, 0),
        (WALNUT, -2000),
        (WALNUT, 2),  # buys less than half a gram
    ],
)
def test_an_amount_that_buys_nothing_is_refused(item: Item, amount: int) -> None:
    with pytest.raises(WrongQuantity):
        carts.for_amount(item, Money(amount))


def test_pieces_are_not_sold_by_weight_or_amount() -> None:
    for act in (
        lambda: carts.weighed(SAUCE, 500),
        lambda: carts.for_amount(SAUCE, Money(2000)),
    ):
        with pytest.raises(WholePiecesOnly) as caught:
            act()
        assert caught.value.name == "香辣酱"


@pytest.mark.parametrize("count", [0, -1])
def test_only_more_than_nothing_is_sold(count: int) -> None:
    with pytest.raises(WrongQuantity):
        carts.counted(SAUCE, count)
    with pytest.raises(WrongQuantity):
        carts.weighed(WALNUT, count)
    with pytest.raises(WrongQuantity):
        _cart(carts.counted(SAUCE, 1)).set_count(0, count)


def test_a_count_can_be_set_and_a_line_removed() -> None:
    cart = _cart(carts.counted(SAUCE, 1), carts.weighed(WALNUT, 500))
    assert [line.count for line in cart.set_count(0, 7).lines] == [7, 500]
    assert [line.item.sku for line in cart.remove(0).lines] == ["WALNUT"]
    assert cart.remove(0).uuid == cart.uuid
    assert len(cart.lines) == 2  # the basket before is as it was


def test_a_typed_amount_gives_way_to_a_set_weight() -> None:
    printed = carts.for_amount(WALNUT, Money(2000), PriceReason.LABEL)
    line = _cart(printed).set_count(0, 1000).lines[0]
    assert (line.total, line.fixed_total) == (Money(5800), None)
    assert line.item.reason is PriceReason.NONE


def test_a_label_at_an_event_price_goes_back_to_the_event_price() -> None:
    item = replace(WALNUT, price=Money(4800), reason=PriceReason.EVENT)
    printed = carts.for_amount(item, Money(2000), PriceReason.LABEL)
    line = _cart(printed).set_count(0, 1000).lines[0]
    assert (line.total, line.list_total) == (Money(4800), Money(5800))
    assert line.item.reason is PriceReason.EVENT


def test_a_basket_holds_at_most_ten_million_yuan() -> None:
    house = replace(SAUCE, price=Money(999_999_999), list_price=Money(999_999_999))
    full = _cart(carts.counted(house, 1))
    with pytest.raises(AmountTooLarge):
        full.add(carts.counted(SAUCE, 1))
    with pytest.raises(AmountTooLarge):
        full.set_count(0, 2)
    given_away = replace(house, price=Money(0))
    with pytest.raises(AmountTooLarge):
        _cart(carts.counted(given_away, 2))


def test_a_basket_is_sold_to_persons_or_to_a_unit() -> None:
    cart = _cart(carts.counted(SAUCE, 1))
    assert cart.buyer_kind is None
    assert cart.sell_to(BuyerKind.UNIT).buyer_kind is BuyerKind.UNIT
    assert cart.sell_to(BuyerKind.UNIT).uuid == cart.uuid


def test_each_basket_has_its_own_name() -> None:
    assert Cart().uuid != Cart().uuid
    assert (Cart().total, Cart().list_total, Cart().items) == (Money(0), Money(0), 0)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 50_000), st.integers(0, 50_000), st.integers(1, 9_999)
        ),
        min_size=1,
        max_size=20,
    )
)
def test_a_total_is_the_sum_of_lines_that_are_rounded_once(
    lines: list[tuple[int, int, int]],
) -> None:
    cart = _cart(
        *(
            carts.weighed(
                replace(WALNUT, list_price=Money(of), price=Money(now)), grams
            )
            for of, now, grams in lines
        )
    )
    assert cart.total == Money.sum(line.total for line in cart.lines)
    assert cart.list_total >= cart.total
    for line, (_, now, grams) in zip(cart.lines, lines, strict=True):
        assert line.total == Money(now).times(grams, 1000)

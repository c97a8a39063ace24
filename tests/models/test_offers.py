"""What is on offer: every kind of code, today's price, tiles and search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import cart as carts
from models.cart import CartLine, Item
from models.codes import CheckRule, LabelFields, Layout, check_digit
from models.errors import (
    BadCheckDigit,
    NoPrice,
    NotForSale,
    PaymentCodeScanned,
    PosError,
    UnknownCode,
    UnknownPlu,
    UnreadableCode,
    WholePiecesOnly,
    WrongQuantity,
)
from models.goods import catalog, event_prices, layouts, offers
from models.goods.drafts import PackCode
from models.goods.tiles import Tile
from models.i18n import Language, use_language
from models.kinds import PriceReason, RoundingRule
from models.money import Money
from models.places import change_outlet, event_named
from models.quantity import Unit
from tests.shop import (
    AT,
    DAY,
    HONEY_EVENT_PRICE,
    SAUCE_CODE,
    SAUCE_PACK_CODE,
    Shop,
    change,
    draft,
    item,
    scanned,
)


def _label(prefix: str, plu: str, value: int) -> str:
    digits = f"{prefix}{plu}{value:0{10 - len(plu)}}"
    return digits + check_digit(digits)


def _line(shop: Shop, code: str) -> CartLine:
    found = scanned(shop, code)
    assert isinstance(found, CartLine)
    return found


# --- codes ---------------------------------------------------------------------


@pytest.mark.parametrize("code", [SAUCE_CODE, f" {SAUCE_CODE}\n", "SAUCE", "sauce"])
def test_a_barcode_or_sku_gives_one_piece(shop: Shop, code: str) -> None:
    line = _line(shop, code)
    assert (line.item.sku, line.count, line.total) == ("SAUCE", 1, Money(2390))
    assert (line.item.county, line.item.county_en) == ("福泉市", "Fuquan")
    assert line.item.county_code == "522702"
    assert line.item.barcode == SAUCE_CODE


def test_of_two_skus_the_one_that_was_typed_is_meant(shop: Shop) -> None:
    """``sauce`` finds SAUCE, unless there is a product of that very SKU."""
    with shop.database.write() as session:
        catalog.save_product(
            session, replace(draft("POMELO"), sku="sauce", barcodes=()), at=AT
        )
    assert _line(shop, "sauce").item.name == "大埔蜜柚"
    assert _line(shop, "SAUCE").item.name == "福泉香辣酱"


def test_the_code_of_a_pack_gives_the_pack_at_its_own_price(shop: Shop) -> None:
    line = _line(shop, SAUCE_PACK_CODE)
    assert (line.count, line.pieces, line.item.pack_size) == (1, 10, 10)
    assert (line.total, line.list_total) == (Money(22_000), Money(23_900))
    assert line.item.reason is PriceReason.PACK
    assert line.item.barcode == SAUCE_PACK_CODE


def test_a_pack_without_a_price_costs_what_its_pieces_cost(shop: Shop) -> None:
    change(shop, "HONEY", barcodes=(PackCode("HONEY6", 6),))
    line = _line(shop, "HONEY6")
    assert (line.total, line.list_total) == (Money(5990 * 6), Money(6600 * 6))
    assert line.item.reason is PriceReason.EVENT


def test_a_label_with_a_weight_is_priced_here(shop: Shop) -> None:
    line = _line(shop, _label("20", "00301", 1234))
    assert (line.item.sku, line.count, line.total) == ("WALNUT", 1234, Money(7157))
    assert line.item.reason is PriceReason.NONE


@pytest.mark.parametrize(
    "code", [_label("21", "00301", 3520), _label("22", "0301", 3520)]
)
def test_a_label_with_an_amount_keeps_its_amount(shop: Shop, code: str) -> None:
    line = _line(shop, code)
    assert (line.total, line.list_total) == (Money(3520), Money(3520))
    assert line.count == 607  # 35.20 at 58.00 a kilogram, to the gram
    assert line.item.reason is PriceReason.LABEL


def _both(amount: int, grams: int, prefix: str = "26") -> str:
    digits = f"{prefix}00301{amount:05}{grams:05}"
    return digits + check_digit(digits)


def _scan(shop: Shop, code: str) -> offers.Found:
    stand = shop.stand()
    with shop.database.read() as session:
        return offers.find_line(session, code, stand)


def test_a_label_with_both_keeps_its_amount_and_its_weight(shop: Shop) -> None:
    """35.20 is not what 620 g cost, but it is what is printed (DOMAIN.md 5.5)."""
    line = _line(shop, _both(3520, 620))
    assert (line.item.sku, line.count, line.total) == ("WALNUT", 620, Money(3520))
    assert line.item.reason is PriceReason.LABEL


@pytest.mark.parametrize(
    ("amount", "grams", "is_flagged"),
    [
        (3521, 607, False),  # 607 g at 58.00 are 35.206
        (3520, 607, False),
        (3519, 607, True),  # by 0.016
        (3522, 607, True),  # by 0.014
        (5800, 1000, False),
        (5801, 1000, False),  # by 0.01 and no more
        (5799, 1000, False),
        (5802, 1000, True),
        (5798, 1000, True),
        (4990, 1000, True),
    ],
)
def test_a_price_that_changed_after_weighing_is_told(
    shop: Shop, amount: int, grams: int, *, is_flagged: bool
) -> None:
    found = _scan(shop, _both(amount, grams))
    assert isinstance(found.goods, CartLine)
    assert found.goods.total == Money(amount)
    assert bool(found.warning) is is_flagged


def test_the_warning_says_what_is_printed_and_what_it_comes_to(shop: Shop) -> None:
    use_language(Language.EN)
    assert _scan(shop, _both(4990, 1000)).warning == (
        "The label says ¥49.90, but 1.000 kg come to ¥58.00 now. "
        "Was the price changed after weighing?"
    )
    amount_alone = _label("21", "00301", 3519)
    assert not _scan(shop, amount_alone).warning  # nothing to compare it with


def _let_check_digits_be(shop: Shop, prefix: str, rule: CheckRule) -> None:
    with shop.database.write() as session:
        rows = layouts.list_layouts(session)
        row = next(one for one in rows if one.layout.prefix == prefix)
        layouts.save_layout(session, replace(row.layout, check=rule), row.id)


def test_a_wrong_check_digit_is_refused_told_or_ignored_by_its_layout(
    shop: Shop,
) -> None:
    use_language(Language.EN)
    code = "2100301003500"  # 7 would be right
    with pytest.raises(BadCheckDigit):
        _scan(shop, code)
    _let_check_digits_be(shop, "21", CheckRule.WARN)
    found = _scan(shop, code)
    assert isinstance(found.goods, CartLine)
    assert found.goods.total == Money(350)
    assert found.warning == (
        "The label's check digit is wrong. Compare the amount with the label."
    )
    assert not _scan(shop, "2100301003507").warning
    _let_check_digits_be(shop, "21", CheckRule.IGNORE)
    assert not _scan(shop, code).warning


def test_both_doubts_are_told(shop: Shop) -> None:
    use_language(Language.EN)
    with shop.database.write() as session:
        both = Layout("23", 18, 5, LabelFields.AMOUNT_WEIGHT, check=CheckRule.WARN)
        layouts.save_layout(session, both)
    code = _both(4990, 1000, "23")
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    warning = _scan(shop, wrong).warning
    assert warning.startswith("The label's check digit is wrong.")
    assert warning.endswith("Was the price changed after weighing?")


def test_of_18_digits_that_begin_with_26_a_label_is_one_with_check_digit_and_goods(
    shop: Shop,
) -> None:
    """DOMAIN.md 5.4: all others are payment codes, and are not repeated."""
    good = _both(3520, 607)
    wrong = f"{good[:-1]}{(int(good[-1]) + 1) % 10}"
    digits = "26009990352000607"
    unknown = digits + check_digit(digits)
    _line(shop, good)
    for code in (wrong, unknown):
        with pytest.raises(PaymentCodeScanned) as caught:
            _scan(shop, code)
        assert code not in repr(caught.value) + str(caught.value)


def test_weighed_goods_without_a_label_ask_for_their_weight(shop: Shop) -> None:
    found = scanned(shop, "WALNUT")
    assert isinstance(found, Item)
    assert carts.weighed(found, 500).total == Money(2900)


def test_a_product_may_carry_what_looks_like_a_label_or_a_payment_code(
    shop: Shop,
) -> None:
    """DOMAIN.md 5.4: on the selling screen the catalogue decides first."""
    scale = "260030100350006036"
    scale = scale[:-1] + check_digit(scale[:-1])
    own = _label("21", "00301", 3520)
    change(shop, "POMELO", barcodes=(PackCode(scale), PackCode(own)))
    assert _line(shop, scale).item.sku == "POMELO"
    assert _line(shop, own).item.sku == "POMELO"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("6901234567892", UnknownCode),
        ("2912345123451", UnknownCode),  # a label of no layout of this shop
        ("nothing", UnknownCode),
        ("%", UnknownCode),
        ("' OR 1=1 --", UnknownCode),
        (_label("20", "00999", 500), UnknownPlu),
        (_label("21", "00000", 500), UnknownPlu),
        ("2100301003500", BadCheckDigit),
        ("134567890123456789", PaymentCodeScanned),
        ("2812345678901234567", PaymentCodeScanned),
        ("6212345678901234567", PaymentCodeScanned),
        ("", UnreadableCode),
        (" ", UnreadableCode),
        ("a\x00b", UnreadableCode),
        ("x" * 129, UnreadableCode),
        ("NEW", NoPrice),
        (_label("20", "00301", 0), WrongQuantity),
        (_label("21", "00301", 0), WrongQuantity),
        (_both(0, 607), WrongQuantity),
        (_both(3520, 0), WrongQuantity),
    ],
)
def test_a_code_that_sells_nothing_is_refused_by_name(
    shop: Shop, code: str, error: type[PosError]
) -> None:
    with pytest.raises(error):
        scanned(shop, code)


def test_a_payment_code_is_not_repeated(shop: Shop) -> None:
    with pytest.raises(PaymentCodeScanned) as caught:
        scanned(shop, "134567890123456789")
    assert "134567890123456789" not in repr(caught.value)


def test_what_is_no_longer_sold_is_refused_by_every_way(shop: Shop) -> None:
    change(shop, "SAUCE", is_active=False)
    for act in (lambda: scanned(shop, SAUCE_CODE), lambda: item(shop, "SAUCE")):
        with pytest.raises(NotForSale) as caught:
            act()
        assert caught.value.name == "福泉香辣酱"
    assert "SAUCE" not in _found(shop, "福泉")
    assert shop.products["SAUCE"] not in {tile.product_id for tile in _tiles(shop)}


def test_a_weighing_label_of_goods_sold_by_the_piece_is_refused(shop: Shop) -> None:
    change(shop, "POMELO", plu="77")
    digits = "26000770050000500"
    labels = [_label(prefix, "00077", 500) for prefix in ("20", "21")]
    for code in (*labels, digits + check_digit(digits)):
        with pytest.raises(WholePiecesOnly):
            scanned(shop, code)


# --- prices --------------------------------------------------------------------


def test_an_event_price_holds_at_its_outlet_on_its_days(shop: Shop) -> None:
    today = item(shop, "HONEY")
    assert (today.price, today.list_price) == (HONEY_EVENT_PRICE, Money(6600))
    assert today.reason is PriceReason.EVENT
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        other = item(shop, "HONEY", day)
        assert (other.price, other.reason) == (Money(6600), PriceReason.NONE)


def _price_at(shop: Shop, sku: str, outlet_id: int, day: date = DAY) -> Money:
    with shop.database.read() as session:
        stand = offers.stand_at(session, outlet_id, day)
        return offers.get_item(session, shop.products[sku], stand).price


def test_an_event_price_of_one_outlet_does_not_hold_at_another(shop: Shop) -> None:
    assert _price_at(shop, "HONEY", shop.outlet_id) == HONEY_EVENT_PRICE
    assert _price_at(shop, "HONEY", shop.canteen_id) == Money(6600)


def test_a_price_of_an_event_holds_while_the_outlet_names_it(shop: Shop) -> None:
    with shop.database.write() as session:
        event_id = event_named(session, "年货节")
        event_prices.add(
            session,
            shop.products["TEA"],
            Money(7900),
            first=DAY,
            last=DAY,
            event_id=event_id,
        )
    assert _price_at(shop, "TEA", shop.outlet_id) == Money(8800)
    with shop.database.write() as session:
        change_outlet(
            session, shop.outlet_id, event_name="年货节", rounding=RoundingRule.JIAO
        )
    assert _price_at(shop, "TEA", shop.outlet_id) == Money(7900)
    assert _price_at(shop, "TEA", shop.canteen_id) == Money(8800)


def test_of_several_event_prices_the_cheapest_is_asked_and_may_be_nothing(
    shop: Shop,
) -> None:
    with shop.database.write() as session:
        for fen in (7000, 0, 9000):
            event_prices.add(
                session, shop.products["TEA"], Money(fen), first=DAY, last=DAY
            )
    found = item(shop, "TEA")
    assert (found.price, found.list_price) == (Money(0), Money(8800))
    assert found.reason is PriceReason.EVENT


def test_a_product_with_an_event_price_alone_can_be_sold(shop: Shop) -> None:
    with shop.database.write() as session:
        event_prices.add(session, shop.products["NEW"], Money(500), first=DAY, last=DAY)
    found = item(shop, "NEW")
    assert (found.price, found.list_price) == (Money(500), Money(500))


# --- tiles and search ----------------------------------------------------------


def _tiles(shop: Shop) -> list[Tile]:
    stand = shop.stand()
    with shop.database.read() as session:
        return offers.list_tiles(session, stand)


def _found(shop: Shop, words: str, *, most: int = 60) -> list[str]:
    stand = shop.stand()
    skus = {value: key for key, value in shop.products.items()}
    with shop.database.read() as session:
        tiles = offers.search(session, words, stand, most=most)
    return [skus[tile.product_id] for tile in tiles]


def test_tiles_say_what_a_cashier_must_know(shop: Shop) -> None:
    tiles = {tile.product_id: tile for tile in _tiles(shop)}
    honey = tiles[shop.products["HONEY"]]
    assert (honey.price, honey.list_price) == (HONEY_EVENT_PRICE, Money(6600))
    assert (honey.county, honey.county_en, honey.on_hand) == ("瓮安县", "Weng'an", 40)
    assert honey.colour == "#009E73"
    new = tiles[shop.products["NEW"]]
    assert (new.price, new.list_price) == (None, None)
    bag = tiles[shop.products["BAG"]]
    assert (bag.county, bag.county_code, bag.colour) == ("", "", "")
    assert tiles[shop.products["WALNUT"]].unit is Unit.GRAM
    assert [tile.product_id for tile in _tiles(shop)] == sorted(tiles)


def test_a_gift_box_is_on_hand_as_often_as_its_scarcest_part_allows(
    shop: Shop,
) -> None:
    box = next(tile for tile in _tiles(shop) if tile.is_bundle)
    assert box.on_hand == 40  # of HONEY


@pytest.mark.parametrize(
    ("words", "skus"),
    [
        ("核桃", ["WALNUT"]),
        ("蜜", ["POMELO", "HONEY"]),
        ("福泉 香辣", ["SAUCE"]),
        ("hj", []),  # initials count from the first character
        ("fqxlj", ["SAUCE"]),
        ("FQX", ["SAUCE"]),
        ("waby", []),
        ("wabhm", ["HONEY"]),
        ("tea", ["TEA"]),
        ("dabu pomelo", ["POMELO"]),
        ("Dabu  POM", ["POMELO"]),
        ("000015", ["SAUCE"]),
        (SAUCE_PACK_CODE, ["SAUCE"]),
        ("697001900001", []),  # a beginning is no end
        ("%", []),
        ("_", []),
        ("'", ["TEA", "HONEY"]),  # Weng'an
        ("\\", []),
        ("'; DROP TABLE product; --", []),
        ("", []),
        ("  ", []),
    ],
)
def test_goods_are_found_by_what_people_type(
    shop: Shop, words: str, skus: list[str]
) -> None:
    assert _found(shop, words) == skus


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', "100%_\\'"])
def test_signs_stand_for_themselves(shop: Shop, sign: str) -> None:
    change(shop, "TEA", name=f"茶{sign}叶")
    expected = ["TEA", "HONEY"] if sign == "'" else ["TEA"]
    assert _found(shop, sign) == expected
    assert _found(shop, f"茶{sign}叶") == ["TEA"]


def test_goods_are_found_by_other_readings_of_their_name(shop: Shop) -> None:
    change(shop, "TEA", name="重庆长寿柚")  # yòu, or zhóu as in 柚木
    assert _found(shop, "cqcsy") == ["TEA"]
    assert _found(shop, "cqcsz") == ["TEA"]


def test_what_begins_with_the_letters_comes_first_and_no_more_than_asked(
    shop: Shop,
) -> None:
    change(shop, "SAUCE", name_en="with d")
    assert _found(shop, "d")[0] == "POMELO"
    assert len(_found(shop, "s")) > 2
    assert len(_found(shop, "s", most=2)) == 2

"""Sales: stored once and whole, numbered without a gap, refused without a trace."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models import cart as carts
from models import places
from models.cart import Bill, Cart
from models.database import Database
from models.errors import (
    AlreadySold,
    BasketGone,
    EmptyBasket,
    OutOfStock,
    PaymentShort,
    PosError,
)
from models.goods import catalog, event_prices
from models.goods.drafts import BelowZero, Part
from models.kinds import BuyerKind, Method, PriceReason, RoundingRule
from models.money import Money
from models.people import staff
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.people.roles import Role
from models.selling import baskets, sales, shifts
from tests import invariants
from tests.shop import (
    AT,
    DAY,
    SAUCE_PACK_CODE,
    Shop,
    basket,
    bill_for,
    change,
    complete,
    item,
    keep,
    on_hand,
    paid_by_phone,
    paid_in_cash,
    record,
    scanned,
    sell,
    sell_basket,
)


def _count(database: Database, table: str) -> int:
    with database.read() as session:
        found: int = session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # a test's own word
    return found


def _drawer(shop: Shop) -> Money:
    """What the shift's sales put into the drawer."""
    with shop.database.read() as session:
        found = session.scalar(
            text("SELECT COALESCE(sum(net_fen), 0) FROM payment WHERE method = 'cash'")
        )
    return Money(found)


# --- who sells ---


def test_a_reconciler_sells_nothing_and_opens_no_shift(shop: Shop) -> None:
    """Whoever counts the money takes none; the basket stays as it was."""
    with shop.database.write() as session:
        counter = staff.add_staff(session, "何苗", Role.RECONCILER)
    cart = basket(shop, {"SAUCE": 1})
    with pytest.raises(NotPermitted) as refused:
        sell_basket(shop, cart, seat=replace(shop.seat(), staff_id=counter))
    assert refused.value.deed.act is Act.SELL
    sell_basket(shop, cart)
    with pytest.raises(NotPermitted), shop.database.write() as session:
        shifts.open_shift(session, shop.till_id, counter, Money.ZERO, at=AT)


def test_who_does_not_work_here_any_more_sells_nothing(shop: Shop) -> None:
    with shop.database.write() as session:
        staff.retire_staff(session, 2)
    with pytest.raises(NotPermitted):
        sell_basket(
            shop, basket(shop, {"SAUCE": 1}), seat=replace(shop.seat(), staff_id=2)
        )


# --- money ----------------------------------------------------------------------


def test_payment_rows_keep_tendered_change_and_net_apart(shop: Shop) -> None:
    """Pain 1: a hundred for sixty puts sixty into the drawer."""
    change(shop, "SAUCE", price=Money(6000))
    sold = sell(shop, {"SAUCE": 1}, cash="100")
    assert sold.change == Money(4000)
    [payment] = record(shop, sold.sale_id).payments
    assert (payment.tendered, payment.change, payment.net) == (
        Money(10_000),
        Money(4000),
        Money(6000),
    )
    assert _drawer(shop) == Money(6000)
    invariants.check(shop.database)


def test_the_rounding_of_cash_has_its_own_row_and_a_share_on_each_line(
    shop: Shop,
) -> None:
    """应收 167.16, 抹零 0.06, 收现 200, 找零 32.90."""
    cart = basket(shop, {"SAUCE": 2, "WALNUT": 1000})
    walnut = item(shop, "WALNUT")
    cart, _ = cart.add(carts.for_amount(walnut, Money(16_716 - 10_580)))
    assert cart.total == Money(16_716)
    sold = sell_basket(shop, cart, bill_for(shop, cart).take_cash(Money(20_000)))
    assert (sold.payable, sold.change) == (Money(16_710), Money(3290))
    stored = record(shop, sold.sale_id)
    assert (stored.list_total, stored.discount) == (Money(16_716), Money(0))
    assert (stored.rounding, stored.net) == (Money(6), Money(16_710))
    # 6 fen over 4780, 5800 and 6136: 1.72, 2.08, 2.20
    shares = [line.total - line.net for line in stored.lines]
    assert [share.fen for share in shares] == [2, 2, 2]
    with shop.database.read() as session:
        row = session.execute(text("SELECT sale_id, rule, fen FROM rounding")).one()
    assert tuple(row) == (sold.sale_id, "jiao", 6)
    invariants.check(shop.database)


def test_a_phone_rounds_nothing_and_leaves_no_row_of_it(shop: Shop) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    stored = record(shop, sold.sale_id)
    assert (stored.net, stored.rounding) == (Money(7157), Money(0))
    [payment] = stored.payments
    assert (payment.method, payment.holder) == (Method.WECHAT, "山海惠农聚合码")
    assert _count(shop.database, "rounding") == 0
    assert _drawer(shop) == Money(0)
    invariants.check(shop.database)


def test_a_split_payment_is_stored_in_the_order_it_was_taken(shop: Shop) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    bill = bill_for(shop, cart).take_cash(Money(2000))
    bill = bill.take_phone(
        Method.ALIPAY, Money(3000), shop.accounts["personal"], "尾号 0412"
    )
    bill = bill.take_cash(Money(5000))
    sold = sell_basket(shop, cart, bill)
    stored = record(shop, sold.sale_id)
    assert [(one.method, one.net.fen) for one in stored.payments] == [
        (Method.CASH, 2000),
        (Method.ALIPAY, 3000),
        (Method.CASH, 2150),
    ]
    assert stored.payments[1].reference == "尾号 0412"
    assert (stored.tendered, stored.change) == (Money(10_000), Money(2850))
    assert stored.rounding == Money(7)
    assert _drawer(shop) == Money(4150)
    invariants.check(shop.database)


@pytest.mark.parametrize(
    ("rule", "net"),
    [(RoundingRule.OFF, 7157), (RoundingRule.JIAO, 7150), (RoundingRule.YUAN, 7100)],
)
def test_the_outlets_rule_rounds(shop: Shop, rule: RoundingRule, net: int) -> None:
    with shop.database.write() as session:
        places.change_outlet(session, shop.outlet_id, event_name="", rounding=rule)
    sold = sell(shop, {"WALNUT": 1234})
    assert sold.payable == Money(net)
    invariants.check(shop.database)


def test_a_price_of_nothing_is_sold_for_nothing(shop: Shop) -> None:
    with shop.database.write() as session:
        event_prices.add(session, shop.products["SAUCE"], Money(0), first=DAY, last=DAY)
    sold = sell(shop, {"SAUCE": 2})
    stored = record(shop, sold.sale_id)
    assert (stored.list_total, stored.discount) == (Money(4780), Money(4780))
    assert (stored.net, stored.payments) == (Money(0), ())
    [line] = stored.lines
    assert (line.list_price, line.price, line.total) == (
        Money(2390),
        Money(0),
        Money(0),
    )
    assert line.reason is PriceReason.EVENT
    assert on_hand(shop, "SAUCE") == 98
    invariants.check(shop.database)


def test_cash_may_close_a_sale_with_nothing_when_only_fen_are_left(
    shop: Shop,
) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    bill = paid_by_phone(shop, bill_for(shop, cart), "71.50").take_cash(Money(0))
    stored = record(shop, sell_basket(shop, cart, bill).sale_id)
    assert [one.net.fen for one in stored.payments] == [7150, 0]
    assert stored.rounding == Money(7)
    invariants.check(shop.database)


# --- lines -----------------------------------------------------------------------


def test_a_pack_is_one_line_at_its_own_price_and_takes_its_pieces(shop: Shop) -> None:
    pack = scanned(shop, SAUCE_PACK_CODE)
    assert isinstance(pack, carts.CartLine)
    cart, _ = basket(shop, {"SAUCE": 1}).add(pack)
    stored = record(shop, sell_basket(shop, cart).sale_id)
    single, packed = stored.lines
    assert (packed.count.amount, packed.pack_size) == (1, 10)
    assert (packed.list_price, packed.price) == (Money(23_900), Money(22_000))
    assert (packed.reason, packed.barcode) == (PriceReason.PACK, SAUCE_PACK_CODE)
    assert (single.count.amount, single.pack_size) == (1, 1)
    assert stored.discount == Money(1900)
    assert on_hand(shop, "SAUCE") == 89
    invariants.check(shop.database)


def test_weighings_and_amounts_keep_their_grams_and_totals(shop: Shop) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    cart, _ = cart.add(carts.for_amount(item(shop, "WALNUT"), Money(2000)))
    first, second = record(shop, sell_basket(shop, cart).sale_id).lines
    assert (first.count.amount, first.total) == (1234, Money(7157))
    assert (second.count.amount, second.total) == (345, Money(2000))
    assert on_hand(shop, "WALNUT") == 50_000 - 1234 - 345
    invariants.check(shop.database)


def test_a_gift_box_is_one_line_whose_parts_add_up_to_the_fen(shop: Shop) -> None:
    sold = sell(shop, {"BOX": 3}, cash="400")
    stored = record(shop, sold.sale_id)
    [box] = stored.lines
    assert (box.name, box.county, box.count.amount) == ("山海四县礼盒", "", 3)
    assert (box.price, box.total, box.net) == (
        Money(11_800),
        Money(35_400),
        Money(35_400),
    )
    assert [(part.name, part.quantity.amount) for part in box.parts] == [
        ("福泉香辣酱", 6),
        ("疏附核桃", 1500),
        ("大埔蜜柚", 3),
        ("瓮安百花蜜", 3),
    ]
    assert Money.sum(part.net for part in box.parts) == box.net
    # 47.80 + 29.00 + 12.80 + 66.00 = 155.60 at list prices, 354.00 for three boxes
    assert [part.net.fen for part in box.parts] == [10_875, 6598, 2912, 15_015]
    assert [on_hand(shop, sku) for sku in ("SAUCE", "WALNUT", "POMELO", "HONEY")] == [
        94,
        48_500,
        77,
        37,
    ]
    assert on_hand(shop, "BOX") == 0
    invariants.check(shop.database)


def test_a_box_at_an_event_price_spreads_its_discount_too(shop: Shop) -> None:
    with shop.database.write() as session:
        event_prices.add(
            session, shop.products["BOX"], Money(9999), first=DAY, last=DAY
        )
    cart = basket(shop, {"BOX": 1, "SAUCE": 1})
    stored = record(shop, sell_basket(shop, cart).sale_id)
    box = stored.lines[0]
    assert (box.list_total, box.total) == (Money(11_800), Money(9999))
    assert stored.discount == Money(1801)
    assert stored.rounding == Money(9)
    assert Money.sum(line.net for line in stored.lines) == stored.net
    assert Money.sum(share.net for share in stored.counties) == stored.net
    invariants.check(shop.database)


def test_a_box_of_goods_without_prices_is_spread_evenly(shop: Shop) -> None:
    cart = _box_without_prices(shop)
    stored = record(shop, sell_basket(shop, cart).sale_id)
    assert [part.net.fen for part in stored.lines[0].parts] == [50, 50]
    invariants.check(shop.database)


def _box_without_prices(shop: Shop) -> Cart:
    """A basket with a box of two products that have no price of their own."""
    change(shop, "BAG", price=None)
    with shop.database.write() as session:
        product_id = catalog.save_product(
            session,
            replace(
                catalog.get_draft(session, shop.products["BOX"]),
                sku="BOX2",
                price=Money(100),
                parts=(Part("NEW", 1), Part("BAG", 1)),
            ),
            at=AT,
        )
    more = replace(shop, products={**shop.products, "BOX2": product_id})
    return basket(more, {"BOX2": 1})


def test_the_counties_of_a_ticket_stand_largest_first(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1, "POMELO": 3, "HONEY": 1, "BAG": 1})
    shares = record(shop, sold.sale_id).counties
    assert [(share.county, share.net.fen) for share in shares] == [
        ("瓮安县", 5990),
        ("大埔县", 3840),
        ("福泉市", 2390),
    ]


# --- stock -----------------------------------------------------------------------


def test_below_zero_is_told_and_sold(shop: Shop) -> None:
    sold = sell(shop, {"POMELO": 81, "BAG": 1})
    assert sold.below_zero == ("大埔蜜柚",)
    assert on_hand(shop, "POMELO") == -1
    assert sell(shop, {"POMELO": 1}).below_zero == ("大埔蜜柚",)
    invariants.check(shop.database)


def test_below_zero_is_refused_where_it_is_blocked_and_nothing_is_stored(
    shop: Shop,
) -> None:
    cart = basket(shop, {"TEA": 4, "SAUCE": 1})
    with pytest.raises(OutOfStock) as caught:
        sell_basket(shop, cart)
    assert (caught.value.name, caught.value.on_hand) == ("瓮安黄金芽茶", "3")
    assert on_hand(shop, "TEA") == 3
    assert on_hand(shop, "SAUCE") == 100
    fewer = sell_basket(shop, cart.set_count(0, 3))
    assert fewer.number == "T01-000001"
    invariants.check(shop.database)


def test_lines_and_boxes_of_one_product_are_counted_together(shop: Shop) -> None:
    """Two lines that fit on their own may not fit together."""
    change(shop, "HONEY", below_zero=BelowZero.BLOCK)
    cart = basket(shop, {"BOX": 20, "HONEY": 20})
    sell_basket(shop, cart)
    assert on_hand(shop, "HONEY") == 0
    for goods in ({"BOX": 1}, {"HONEY": 1}):
        with pytest.raises(OutOfStock) as caught:
            sell(shop, goods)
        assert caught.value.name == "瓮安百花蜜"
        assert caught.value.on_hand == "0"
        _forget_open(shop)


def _forget_open(shop: Shop) -> None:
    with shop.database.write() as session:
        session.execute(text("DELETE FROM basket WHERE state = 'open'"))


def test_what_is_left_of_weighed_goods_is_told_in_kilograms(shop: Shop) -> None:
    change(shop, "WALNUT", below_zero=BelowZero.BLOCK)
    with pytest.raises(OutOfStock) as caught:
        sell(shop, {"WALNUT": 50_001})
    assert caught.value.on_hand == "50.000 kg"


# --- once, and in order ------------------------------------------------------------


def test_numbers_run_without_a_gap_and_an_unpaid_basket_draws_none(
    shop: Shop,
) -> None:
    assert sell(shop, {"SAUCE": 1}).number == "T01-000001"
    unpaid = basket(shop, {"BAG": 1})
    keep(shop, unpaid)
    with shop.database.write() as session:
        baskets.park(session, unpaid)
    with pytest.raises(OutOfStock):
        sell(shop, {"TEA": 4})
    _forget_open(shop)
    assert sell(shop, {"SAUCE": 1}).number == "T01-000002"
    invariants.check(shop.database)


def test_each_till_counts_for_itself(shop: Shop) -> None:
    with shop.database.write() as session:
        till_id = places.add_till(session, name="二号机", outlet_id=shop.outlet_id)
        shift_id = shifts.open_shift(session, till_id, shop.staff_id, Money(0), at=AT)
    first = shop.seat()
    till = replace(first.till, id=till_id, code="T02", name="二号机")
    second = replace(first, till=till, shift_id=shift_id)
    numbers = [
        sell(replace(shop, till_id=seat.till.id), {"BAG": 1}, seat=seat).number
        for seat in (first, second, second, first)
    ]
    assert numbers == ["T01-000001", "T02-000001", "T02-000002", "T01-000002"]
    invariants.check(shop.database)


class _PowerCutError(Exception):
    """Something unforeseen after the sale was written and before it was stored."""


def test_a_sale_that_is_rolled_back_leaves_no_gap_and_keeps_its_basket(
    shop: Shop,
) -> None:
    cart = basket(shop, {"SAUCE": 2})
    keep(shop, cart)
    bill, seat = paid_in_cash(bill_for(shop, cart)), shop.seat()
    with pytest.raises(_PowerCutError):
        with shop.database.write() as session:
            sales.complete_sale(session, cart, bill, seat, at=AT)
            raise _PowerCutError
    assert _count(shop.database, "sale") == 0
    assert on_hand(shop, "SAUCE") == 100
    assert complete(shop, cart, bill).number == "T01-000001"
    invariants.check(shop.database)


def test_a_basket_sold_twice_tells_the_receipt_of_the_first_time(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2})
    bill = paid_in_cash(bill_for(shop, cart))
    sold = sell_basket(shop, cart, bill)
    for _ in range(20):  # the Enter key, held down
        with pytest.raises(AlreadySold) as caught:
            complete(shop, cart, bill)
        assert caught.value.number == sold.number
    assert _count(shop.database, "sale") == 1
    assert _count(shop.database, "payment") == 1
    assert on_hand(shop, "SAUCE") == 98
    invariants.check(shop.database)


def test_twenty_threads_on_one_basket_make_one_sale(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2})
    keep(shop, cart)
    bill, seat = paid_in_cash(bill_for(shop, cart)), shop.seat()
    start = threading.Barrier(20)
    outcomes: list[str] = []

    def pay() -> None:
        start.wait()
        try:
            outcomes.append(complete(shop, cart, bill, seat=seat).number)
        except AlreadySold as error:
            outcomes.append(f"again {error.number}")

    threads = [threading.Thread(target=pay) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["T01-000001", *["again T01-000001"] * 19]
    assert _count(shop.database, "sale") == 1
    assert _count(shop.database, "payment") == 1
    invariants.check(shop.database)


def test_a_basket_that_is_parked_or_was_never_kept_is_not_sold(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    bill = paid_in_cash(bill_for(shop, cart))
    with pytest.raises(BasketGone):
        complete(shop, cart, bill)
    keep(shop, cart)
    with shop.database.write() as session:
        baskets.park(session, cart)
    with pytest.raises(BasketGone):
        complete(shop, cart, bill)
    assert _count(shop.database, "sale") == 0


@pytest.mark.parametrize(
    ("goods", "cash", "error"),
    [({}, None, EmptyBasket), ({"SAUCE": 1}, "10", PaymentShort)],
)
def test_an_empty_or_unpaid_basket_is_no_sale(
    shop: Shop, goods: dict[str, int], cash: str | None, error: type[PosError]
) -> None:
    with pytest.raises(error):
        sell(shop, goods, cash=cash)
    assert _count(shop.database, "sale") == 0
    assert on_hand(shop, "SAUCE") == 100


def test_what_is_still_to_be_paid_is_told(shop: Shop) -> None:
    with pytest.raises(PaymentShort) as caught:
        sell(shop, {"SAUCE": 1}, cash="10")
    assert caught.value.missing == Money(1390)


def test_a_bill_of_another_basket_is_our_bug(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    with pytest.raises(AssertionError):
        sell_basket(shop, cart, Bill(Money(0), RoundingRule.JIAO))


def test_a_tender_into_an_account_that_does_not_exist_is_our_bug_and_stores_nothing(
    shop: Shop,
) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    bill = bill_for(shop, cart).take_phone(Method.WECHAT, cart.total, 99)
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        complete(shop, cart, bill)
    assert _count(shop.database, "sale") == 0
    assert complete(shop, cart, paid_in_cash(bill_for(shop, cart))).number


def test_a_sale_to_a_unit_says_so_on_every_line(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1, "BOX": 1}).sell_to(BuyerKind.UNIT)
    sold = sell_basket(shop, cart)
    assert record(shop, sold.sale_id).buyer_kind is BuyerKind.UNIT
    with shop.database.read() as session:
        kinds = session.scalars(text("SELECT DISTINCT buyer_kind FROM sale_line"))
        assert list(kinds) == ["unit"]
    invariants.check(shop.database)


def test_each_sale_queues_its_paper_in_the_same_transaction(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    with pytest.raises(OutOfStock):
        sell(shop, {"TEA": 4})
    with shop.database.read() as session:
        rows = session.execute(text("SELECT sale_id, copy, state FROM print_job"))
        assert [tuple(row) for row in rows] == [(1, 0, "queued")]


def test_a_second_sale_of_one_uuid_is_refused_by_sqlite_too(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    with pytest.raises(IntegrityError):
        with shop.database.write() as session:
            session.execute(
                text(
                    "INSERT INTO sale SELECT id + 1, uuid, till_id, series, seq + 1, "
                    "'T01-000002', shift_id, staff_id, seller, at, business_date, "
                    "local_hour, outlet_id, outlet, outlet_kind, channel, event, "
                    "buyer_kind, list_fen, discount_fen, rounding_fen, net_fen, kind "
                    "FROM sale"
                )
            )

"""Refunds: back to the tender it came by, to the fen, once, and by name."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from models import cart as carts
from models import deals
from models.discounts import percent_off
from models.errors import (
    AlreadySold,
    NoSuchReceipt,
    PosError,
    ShiftClosed,
    WrongQuantity,
)
from models.goods import promotions
from models.goods.promotions import Holds
from models.i18n import Language, use_language
from models.ids import new_uuid
from models.kinds import DiscountKind, Method, PaperWidth, SaleKind
from models.money import Money
from models.people import acts
from models.people.acts import Outcome
from models.people.deeds import Deed
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.quantity import WeightUnit
from models.selling import refunds, returns, sale_reading
from models.selling.giving_back import Refunded
from models.selling.refusals import MoreThanLeft, NotASale, NothingChosen
from models.selling.returns import Return
from models.selling.sale_reading import Wanted
from models.selling.sale_record import CorrectsRecord
from receipts import day_pdf, day_slip, escpos
from receipts import text as receipts_text
from receipts.receipt import receipt_for
from tests import drawer, invariants
from tests.models.approving import approved
from tests.models.repaid import cash_taken, payments
from tests.models.test_promotions import HALF
from tests.refunding import compensate, give_back, left, refund, refund_of
from tests.shop import (
    DAY,
    SAUCE_PACK_CODE,
    Shop,
    basket,
    bill_for,
    day_summary,
    new_day,
    on_hand,
    paid_by_phone,
    record,
    scanned,
    sell,
    sell_basket,
)

# --- how much ------------------------------------------------------------


def test_pain_13_a_refund_returns_exactly_what_was_paid(shop: Shop) -> None:
    """应收 71.57, 抹零 0.07, 收现 71.50: 71.50 goes back, and the day is as before."""
    sold = sell(shop, {"WALNUT": 1234})
    assert sold.payable == Money(7150)
    refunded = refund(shop, sold.sale_id)
    assert (refunded.number, refunded.amount) == ("T01-000002", Money(7150))
    stored = record(shop, refunded.sale_id)
    assert (stored.list_total, stored.rounding, stored.net) == (
        Money(-7157),
        Money(-7),
        Money(-7150),
    )
    assert stored.kind is SaleKind.REFUND
    assert stored.corrects is not None
    assert stored.corrects.number == sold.number
    assert cash_taken(shop.database) == Money.ZERO
    assert on_hand(shop, "WALNUT") == 50_000
    assert left(shop, sold.sale_id).tenders == ()
    invariants.check(shop.database)


def test_piece_by_piece_the_last_one_takes_the_exact_rest(shop: Shop) -> None:
    """Three for 71.70 less a tenth are 64.46 by phone: what is odd goes back too."""
    cart = basket(shop, {"SAUCE": 3, "BAG": 1})
    cart = cart.discount_all(percent_off(DiscountKind.ORDER, 1010, "老顾客"))
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    parts = [refund(shop, sold.sale_id, Return(1, 1)).amount for _ in range(3)]
    parts.append(refund(shop, sold.sale_id).amount)
    assert Money.sum(parts) == sold.payable
    assert [part.fen for part in parts] == [2149, 2149, 2148, 45]
    invariants.check(shop.database)


def test_in_cash_what_coins_cannot_pay_goes_back_with_the_last_goods(
    shop: Shop,
) -> None:
    sold = sell(shop, {"WALNUT": 1234, "SAUCE": 1, "POMELO": 1})
    parts = [
        refund(shop, sold.sale_id, Return(line_no, count)).amount.fen
        for line_no, count in ((1, 1000), (1, 234), (2, 1), (3, 1))
    ]
    assert all(part % 10 == 0 for part in parts)
    assert sum(parts) == sold.payable.fen
    assert left(shop, sold.sale_id).net == Money.ZERO
    invariants.check(shop.database)


def test_a_gram_that_is_worth_no_coin_comes_back_and_waits_for_the_rest(
    shop: Shop,
) -> None:
    sold = sell(shop, {"WALNUT": 1000})
    assert refund(shop, sold.sale_id, Return(1, 1)).amount == Money.ZERO
    assert refund(shop, sold.sale_id).amount == Money(5800)
    invariants.check(shop.database)


def test_pain_5_a_refund_is_in_the_drawer_and_in_the_tender_it_left_by(
    shop: Shop,
) -> None:
    cash = sell(shop, {"SAUCE": 1}, cash="50")
    cart = basket(shop, {"POMELO": 2})
    phone = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    refund(shop, cash.sale_id)
    by_phone = refund(shop, phone.sale_id, Return(1, 1))
    assert cash_taken(shop.database) == Money.ZERO
    assert payments(shop, by_phone.sale_id) == [
        (Method.WECHAT, -1280, "山海惠农聚合码")
    ]
    day = day_summary(shop)
    assert (day.receipts, day.refunds, day.refunded) == (2, 2, Money(2390 + 1280))
    assert day.sums.net == Money(1280)
    assert [
        (one.method, one.receipts, one.refunds, one.refunded.fen, one.net.fen)
        for one in day.tenders
    ] == [
        (Method.CASH, 1, 1, 2390, 0),
        (Method.WECHAT, 1, 1, 1280, 1280),
    ]
    assert (day.first_number, day.last_number) == ("T01-000001", "T01-000004")
    assert [row.receipts for row in day.places] == [2]
    invariants.check(shop.database)


def test_a_promotion_is_taken_back_with_its_share(shop: Shop) -> None:
    """第二件半价: one of two brings back half of what both cost, not its full price."""
    with shop.database.write() as session:
        begun = promotions.begin(session, HALF, Holds(DAY, DAY))
    cart = deals.apply(basket(shop, {"POMELO": 2}), [replace(HALF, id=begun)])
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    assert sold.payable == Money(1920)
    (discount,) = record(shop, sold.sale_id).discounts
    assert (discount.label, discount.amount) == ("第二件半价", Money(640))
    assert refund(shop, sold.sale_id, Return(1, 1)).amount == Money(960)
    assert refund(shop, sold.sale_id).amount == Money(960)
    assert day_summary(shop).sums.list_total == Money.ZERO
    invariants.check(shop.database)


def test_what_was_free_brings_nothing_back_but_the_goods(shop: Shop) -> None:
    cart = basket(shop, {"BAG": 1, "SAUCE": 1}).discount_line(
        0, percent_off(DiscountKind.LINE, 10_000, "赠")
    )
    sold = sell_basket(shop, cart)
    refunded = refund(shop, sold.sale_id, Return(1, 1))
    assert refunded.amount == Money.ZERO
    assert payments(shop, refunded.sale_id) == []
    assert on_hand(shop, "BAG") == 500
    invariants.check(shop.database)


# --- which goods ------------------------------------------------------------


def test_of_a_line_no_more_comes_back_than_was_sold(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 2})
    with pytest.raises(MoreThanLeft) as told:
        refund(shop, sold.sale_id, Return(1, 3))
    assert "2" in str(told.value)
    refund(shop, sold.sale_id, Return(1, 1))
    with pytest.raises(MoreThanLeft):
        refund(shop, sold.sale_id, Return(1, 1), Return(1, 1))
    refund(shop, sold.sale_id, Return(1, 1))
    assert returns.everything(left(shop, sold.sale_id)) == ()
    with pytest.raises(NothingChosen):
        refund(shop, sold.sale_id)
    for none in (Return(1, 0), Return(1, -1)):
        with pytest.raises(WrongQuantity):
            refund(shop, sold.sale_id, none)
    with pytest.raises(NothingChosen):
        refund(shop, sold.sale_id, Return(7, 1))
    invariants.check(shop.database)


def test_what_cannot_be_sold_again_goes_to_waste(shop: Shop) -> None:
    sold = sell(shop, {"POMELO": 5})
    refund(shop, sold.sale_id, Return(1, 2), Return(1, 3, is_waste=True))
    assert on_hand(shop, "POMELO") == 77
    with shop.database.read() as session:
        moved = session.execute(
            text("SELECT reason, amount FROM stock_movement WHERE sale_id = 2")
        ).all()
    assert [tuple(row) for row in moved] == [
        ("refund", 2),
        ("refund", 3),
        ("waste", -3),
    ]
    invariants.check(shop.database)


def test_a_pack_comes_back_as_a_pack(shop: Shop) -> None:
    pack = scanned(shop, SAUCE_PACK_CODE)
    assert isinstance(pack, carts.CartLine)
    cart, _ = basket(shop, {"SAUCE": 1}).add(replace(pack, count=2))
    sold = sell_basket(shop, cart)
    refunded = refund(shop, sold.sale_id, Return(2, 1))
    assert refunded.amount == Money(22_000)
    (line,) = record(shop, refunded.sale_id).lines
    assert (line.count.amount, line.pack_size) == (-1, 10)
    assert on_hand(shop, "SAUCE") == 100 - 11
    refund(shop, sold.sale_id)
    invariants.check(shop.database)


def test_a_gift_box_comes_back_whole_or_by_its_products(shop: Shop) -> None:
    """Of three boxes one comes back, then one honey alone, then all that is left."""
    cart = basket(shop, {"BOX": 3, "BAG": 1})
    cart = cart.discount_all(percent_off(DiscountKind.ORDER, 333, "老顾客"))
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    whole = refund(shop, sold.sale_id, Return(1, 1))
    (box,) = record(shop, whole.sale_id).lines
    assert (box.name, box.count.amount, len(box.parts)) == ("山海四县礼盒", -1, 4)
    honey = refund(shop, sold.sale_id, Return(1, 1, part_no=4))
    (line,) = record(shop, honey.sale_id).lines
    assert (line.name, line.count.amount, line.parts) == ("瓮安百花蜜", -1, ())
    with pytest.raises(MoreThanLeft):
        refund(shop, sold.sale_id, Return(1, 2))
    rest = returns.everything(left(shop, sold.sale_id))
    assert [(one.line_no, one.count, one.part_no) for one in rest] == [
        (1, 1, 0),
        (1, 2, 1),
        (1, 500, 2),
        (1, 1, 3),
        (2, 1, 0),
    ]
    last = refund(shop, sold.sale_id)
    assert whole.amount + honey.amount + last.amount == sold.payable
    assert [on_hand(shop, sku) for sku in ("SAUCE", "WALNUT", "POMELO", "HONEY")] == [
        100,
        50_000,
        80,
        40,
    ]
    invariants.check(shop.database)


# --- whose right it is ------------------------------------------------------------


def test_a_cashier_asks_and_both_names_stand_on_it(cashier: Shop) -> None:
    sold = sell(cashier, {"SAUCE": 1})
    asked = refund_of(cashier, sold.sale_id)
    with pytest.raises(NotPermitted):
        give_back(cashier, asked)
    with pytest.raises(ReasonMissing):
        give_back(cashier, replace(asked, reason=" "))
    deed = Deed(Act.REFUND, sold.number, Money(2390), "不新鲜")
    give_back(cashier, asked, approvals=approved(cashier, deed))
    with cashier.database.read() as session:
        (row,) = acts.list_of_shift(session, cashier.shift_id)
        approver = session.scalar(text("SELECT approver_id FROM correction"))
    assert (row.staff, row.approver, row.subject, row.amount, row.outcome) == (
        "陈舟",
        "林晓",
        sold.number,
        Money(2390),
        Outcome.DONE,
    )
    assert approver == 1


def test_alone_at_a_stall_small_refunds_need_a_reason_only(cashier: Shop) -> None:
    with cashier.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1 WHERE id = 1"))
    small, large = sell(cashier, {"SAUCE": 1}), sell(cashier, {"SAUCE": 9})
    refund(cashier, small.sale_id)
    with pytest.raises(NotPermitted):
        refund(cashier, large.sale_id)


# --- once, in the right shift --------------------------------------------------


def test_pain_6_a_refund_sent_twice_is_made_once(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 2})
    asked = refund_of(shop, sold.sale_id, [Return(1, 1)])
    first = give_back(shop, asked)
    for _ in range(20):  # the Enter key, held down
        with pytest.raises(AlreadySold) as told:
            give_back(shop, asked)
        assert told.value.number == first.number
    assert on_hand(shop, "SAUCE") == 99
    invariants.check(shop.database)


def test_ten_threads_that_refund_one_piece_give_it_back_once(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    asked = [replace(refund_of(shop, sold.sale_id), uuid=new_uuid()) for _ in range(10)]
    told: list[Refunded | PosError] = []

    def send(one: refunds.Refund) -> None:
        try:
            told.append(give_back(shop, one))
        except PosError as error:
            told.append(error)

    threads = [threading.Thread(target=send, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, Refunded) for one in told) == 1
    assert cash_taken(shop.database) == Money.ZERO
    invariants.check(shop.database)


def test_a_receipt_of_a_closed_day_is_refunded_today_and_names_that_day(
    shop: Shop,
) -> None:
    sold = sell(shop, {"SAUCE": 1})
    tomorrow = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    later = replace(shop, shift_id=new_day(shop, at=tomorrow))
    refunded = give_back(later, refund_of(later, sold.sale_id), at=tomorrow)
    stored = record(later, refunded.sale_id)
    assert stored.business_date == DAY + timedelta(1)
    assert stored.corrects is not None
    assert (stored.corrects.number, stored.corrects.business_date) == (sold.number, DAY)
    assert day_summary(later).sums.net == Money(2390)
    today = day_summary(later, DAY + timedelta(1))
    assert (today.receipts, today.refunds, today.sums.net) == (0, 1, Money(-2390))
    assert today.first_number == refunded.number
    invariants.check(later.database)


def test_a_shift_that_is_over_refunds_nothing(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    asked = refund_of(shop, sold.sale_id)
    drawer.seals(shop)
    with pytest.raises(ShiftClosed):
        give_back(shop, asked)


def test_pain_24_a_finished_sale_is_as_it_was_after_its_refund(shop: Shop) -> None:
    sold = sell(shop, {"BOX": 1, "WALNUT": 333})
    before = record(shop, sold.sale_id)
    refund(shop, sold.sale_id, Return(2, 100))
    compensate(shop, sold.sale_id, 1, 500)
    refund(shop, sold.sale_id)
    assert record(shop, sold.sale_id) == before
    invariants.check(shop.database)


def test_of_a_refund_or_of_nothing_nothing_is_taken_back(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    refunded = refund(shop, sold.sale_id)
    with pytest.raises(NotASale) as told:
        left(shop, refunded.sale_id)
    assert refunded.number in str(told.value)
    with pytest.raises(NoSuchReceipt):
        left(shop, 99)


# --- read back ------------------------------------------------------------


def test_the_list_of_receipts_tells_refunds_from_sales(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    refund(shop, sold.sale_id)
    with shop.database.read() as session:
        rows = sale_reading.list_sales(session, Wanted())
        same = sale_reading.list_sales(session, Wanted("23.90"))
    assert [(row.kind, row.net.fen, row.summary) for row in rows] == [
        (SaleKind.REFUND, -2390, "福泉香辣酱"),
        (SaleKind.SALE, 2390, "福泉香辣酱"),
    ]
    assert same == rows


@pytest.mark.parametrize("language", Language)
def test_what_there_is_of_paper_does_not_break(shop: Shop, language: Language) -> None:
    use_language(language)
    sold = sell(shop, {"BOX": 1, "WALNUT": 1234})
    for document in (
        compensate(shop, sold.sale_id, 1, 1000),
        refund(shop, sold.sale_id, Return(2, 10)),
        refund(shop, sold.sale_id),
    ):
        stored = record(shop, document.sale_id)
        assert receipt_for(stored, language=language, weight_unit=WeightUnit.JIN)


@pytest.mark.parametrize("language", Language)
def test_a_day_of_refunds_alone_has_papers_too(shop: Shop, language: Language) -> None:
    sold = sell(shop, {"BOX": 1, "SAUCE": 1})
    tomorrow = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    later = replace(shop, shift_id=new_day(shop, at=tomorrow))
    asked = refund_of(later, sold.sale_id, [Return(1, 1)])
    give_back(later, asked, at=tomorrow)
    day = day_summary(later, DAY + timedelta(1))
    assert not day.is_empty
    assert day_pdf.render(day, language=language).startswith(b"%PDF")
    slip = day_slip.slip_for(day, language=language)
    assert "-118.00" in receipts_text.render(slip, PaperWidth.MM80)
    assert escpos.render(slip, PaperWidth.MM58)


def test_a_refunds_record_names_who_let_it_happen_and_how_the_money_had_come(
    cashier: Shop,
) -> None:
    cart = basket(cashier, {"SAUCE": 1})
    cart = cart.discount_line(0, percent_off(DiscountKind.LINE, 500, "破损"))
    sold = sell_basket(cashier, cart, paid_by_phone(cashier, bill_for(cashier, cart)))
    assert record(cashier, sold.sale_id).lines[0].discounted == Money(120)
    asked = refund_of(cashier, sold.sale_id, method=Method.CASH)
    deed = Deed(Act.REFUND, sold.number, Money(2270))
    otherwise = Deed(Act.REFUND_OTHERWISE, sold.number, Money(2270))
    approvals = approved(cashier, deed) | approved(cashier, otherwise)
    stored = record(cashier, give_back(cashier, asked, approvals=approvals).sale_id)
    assert stored.corrects == CorrectsRecord(sold.number, DAY, "不新鲜", "林晓", "")
    assert [(one.method, one.takes_back) for one in stored.payments] == [
        (Method.CASH, Method.WECHAT)
    ]

"""What a training leaves alone: real receipts, parked tickets, what is always real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.cart import Cart
from models.errors import BasketGone
from models.money import Money
from models.selling import (
    baskets,
    cash,
    checklist,
    invoice_row,
    invoices,
    late_entries,
    personal_money,
)
from models.selling.late_entries import Slip
from models.selling.refusals import (
    InTraining,
    RealReceipt,
    SlipEntered,
    TrainingReceipt,
)
from models.selling.shift_record import CashKind, LeftKind
from tests import drawer, invariants, refunding
from tests.drawer import CASHIER, MANAGER, does, where
from tests.practising import begins, ends
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    complete,
    keep,
    minutes,
    paid_in_cash,
    sell,
)

# --- what may be corrected ---------------------------------------------------------


def test_a_real_receipt_is_not_touched_in_training_nor_the_other_way(
    shop: Shop,
) -> None:
    real = sell(shop, {"SAUCE": 1})
    begins(shop)
    practised = sell(shop, {"SAUCE": 1})
    with pytest.raises(RealReceipt, match="T01-000001"):
        refunding.refund(shop, real.sale_id)
    with pytest.raises(RealReceipt):
        refunding.compensate(shop, real.sale_id, 1, 500)
    refunding.compensate(shop, practised.sale_id, 1, 500)
    ends(shop)
    with pytest.raises(TrainingReceipt, match="T01-T000001"):
        refunding.refund(shop, practised.sale_id)
    with pytest.raises(TrainingReceipt):
        does(
            shop,
            invoices.register,
            practised.sale_id,
            invoice_row.Wanted("张三"),
            shop.seat(),
            at=AT,
        )
    refunding.refund(shop, real.sale_id)
    invariants.check(shop.database)


def test_a_paper_slip_that_was_practised_can_still_be_entered(shop: Shop) -> None:
    def enters() -> None:
        cart = basket(shop, {"SAUCE": 1})
        keep(shop, cart)
        bill = paid_in_cash(bill_for(shop, cart))
        slip = Slip("7", AT, "停电")
        does(
            shop,
            late_entries.enter_late,
            cart,
            bill,
            shop.seat(),
            slip,
            at=AT + minutes(5),
            approvals={},
        )

    begins(shop)
    enters()
    ends(shop)
    enters()
    with pytest.raises(SlipEntered):
        enters()
    invariants.check(shop.database)


# --- what waits until it is left ---------------------------------------------------


def _counts_earlier(shop: Shop) -> None:
    drawer.counts_cash(shop, "500")


def _signs(shop: Shop) -> None:
    drawer.signs(shop, 1, by=MANAGER)


def _splits(shop: Shop) -> None:
    drawer.splits(shop, "480", "0")


def _issues(shop: Shop) -> None:
    does(shop, invoices.issued, 1, "123", shop.seat(), at=AT)


REAL: dict[str, Callable[[Shop], object]] = {
    "cash is moved": lambda shop: drawer.moves(shop, CashKind.FUND, "100"),
    "the drawer opens": lambda shop: does(
        shop, cash.open_drawer, where(shop), "换零钱"
    ),
    "the shift closes": drawer.seals,
    "an invoice is wanted": lambda shop: does(
        shop, invoices.register, 1, invoice_row.Wanted("张三"), shop.seat(), at=AT
    ),
}


@pytest.mark.parametrize("what", REAL)
def test_what_is_always_real_waits_until_training_is_left(
    shop: Shop, what: str
) -> None:
    sell(shop, {"SAUCE": 1})
    begins(shop)
    with pytest.raises(InTraining):
        REAL[what](shop)
    ends(shop)
    REAL[what](shop)
    invariants.check(shop.database)


@pytest.mark.parametrize("act", [_counts_earlier, _signs, _splits])
def test_an_earlier_shift_is_not_counted_while_its_till_practises(
    shop: Shop, act: Callable[[Shop], None]
) -> None:
    drawer.seals(shop)
    drawer.counts_cash(shop, "480")
    later = replace(shop, shift_id=drawer.opens(shop, "500"))
    begins(later)
    with pytest.raises(InTraining):
        act(shop)
    ends(later)
    act(shop)


def test_an_invoice_is_not_issued_while_the_till_practises(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    wanted = invoice_row.Wanted("张三")
    does(shop, invoices.register, sold.sale_id, wanted, shop.seat(), at=AT)
    begins(shop)
    with pytest.raises(InTraining):
        _issues(shop)
    ends(shop)
    _issues(shop)


def test_money_of_a_personal_code_is_not_handed_over_while_the_till_practises(
    shop: Shop,
) -> None:
    begins(shop)
    with pytest.raises(InTraining):
        does(
            shop,
            personal_money.hand_over,
            where(shop, MANAGER),
            shop.accounts["personal"],
            Money(1),
            CASHIER,
        )


# --- baskets -----------------------------------------------------------------------


def _parked(shop: Shop, *, is_training: bool) -> list[Cart]:
    with shop.database.read() as session:
        found = baskets.list_parked(session, shop.till_id, is_training=is_training)
    return [one.cart for one in found]


def test_parked_tickets_of_customers_and_of_training_are_kept_apart(shop: Shop) -> None:
    real, practised = basket(shop, {"SAUCE": 1}), basket(shop, {"BAG": 1})
    keep(shop, real)
    does(shop, baskets.park, real)
    begins(shop)
    keep(shop, practised)
    does(shop, baskets.park, practised)
    assert _parked(shop, is_training=True) == [practised]
    with pytest.raises(BasketGone):
        does(shop, baskets.resume, real.uuid)
    ends(shop)
    assert _parked(shop, is_training=False) == [real]
    with pytest.raises(BasketGone):
        does(shop, baskets.resume, practised.uuid)
    does(shop, baskets.resume, real.uuid)
    complete(shop, real, paid_in_cash(bill_for(shop, real)))
    begins(shop)
    does(shop, baskets.resume, practised.uuid)
    complete(shop, practised, paid_in_cash(bill_for(shop, practised)))
    invariants.check(shop.database)


def test_no_basket_of_a_training_is_left_to_be_settled(shop: Shop) -> None:
    begins(shop)
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart, bill=bill_for(shop, cart).take_cash(Money(1000)))
    with shop.database.read() as session:
        left = checklist.list_left(session, shop.till_id, shop.shift_id)
    assert LeftKind.HALF_PAID not in {one.kind for one in left}


def test_an_open_basket_of_the_training_goes_with_it(shop: Shop) -> None:
    begins(shop)
    keep(shop, basket(shop, {"SAUCE": 1}))
    ends(shop)
    with shop.database.read() as session:
        assert baskets.find_open(session, shop.till_id) is None

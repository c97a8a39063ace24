"""A till that practises, for tests."""

from __future__ import annotations

from dataclasses import replace

from models import settings
from models.discounts import Discount
from models.kinds import DiscountKind, Method
from models.money import Money
from models.people import acts
from models.people.acts import ActRow
from models.selling import refunds, tender_corrections, training, voids
from models.selling.tender_corrections import RightTender
from tests import refunding
from tests.drawer import CASHIER, does, where
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    keep,
    paid_by_phone,
    sell,
    sell_basket,
)


def begins(shop: Shop, by: int = CASHIER) -> None:
    does(shop, training.start, where(shop, by))


def ends(shop: Shop, by: int = CASHIER) -> None:
    does(shop, training.stop, where(shop, by))


def is_on(shop: Shop) -> bool:
    with shop.database.read() as session:
        return settings.is_training(session)


def acts_of(shop: Shop) -> list[ActRow]:
    with shop.database.read() as session:
        return acts.list_of_shift(session, shop.shift_id)


def practises_everything(shop: Shop) -> None:
    """Each kind of sale and of correction once; none of it is taken back in full."""
    first = sell(shop, {"SAUCE": 2, "WALNUT": 500}, cash="200")
    boxes = sell(shop, {"BOX": 2})
    cart = basket(shop, {"SAUCE": 1})
    by_phone = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    cart = basket(shop, {"HONEY": 3})
    discount = Discount(DiscountKind.ORDER, "老顾客", amount=Money(100))
    sell_basket(shop, replace(cart, discount=discount))
    cart = basket(shop, {"BAG": 1, "TEA": 1})
    keep(shop, cart)
    does(shop, voids.void_line, cart, 0, shop.seat(), at=AT, reason="不要了")
    does(shop, voids.void_basket, cart.remove(0), shop.seat(), at=AT, reason="不要了")
    refunding.refund(shop, boxes.sale_id)
    refunding.compensate(shop, first.sale_id, 1, 500)
    payment = refunding.left(shop, by_phone.sale_id).tenders[0].payment_id
    right = RightTender(by_phone.sale_id, payment, Method.CASH, "按错了")
    does(
        shop,
        tender_corrections.correct_tender,
        right,
        shop.seat(),
        at=AT,
        approvals={},
    )
    does(
        shop,
        refunds.refund_without_receipt,
        basket(shop, {"POMELO": 1}),
        Method.CASH,
        "坏了",
        shop.seat(),
        at=AT,
        approvals={},
    )

"""Which phone accounts a shift has to count, without saying what it expects."""

from __future__ import annotations

from models.cart import Bill
from models.kinds import AccountKind, Method, RoundingRule
from models.selling import account_lines, counts
from models.selling.account_lines import AccountLine
from tests import drawer
from tests.drawer import does, where, yuan
from tests.shop import Shop, basket, sell, sell_basket


def _lines(shop: Shop) -> list[AccountLine]:
    return does(shop, account_lines.list_lines, shop.shift_id)


def _by_phone(shop: Shop, account: str, method: Method) -> None:
    cart = basket(shop, {"SAUCE": 1})
    bill = Bill(cart.total, RoundingRule.OFF)
    bill = bill.take_phone(method, bill.due, shop.accounts[account])
    sell_basket(shop, cart, bill)


def test_the_accounts_that_money_came_into_are_listed_each_once(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    _by_phone(shop, "phone", Method.WECHAT)
    _by_phone(shop, "phone", Method.ALIPAY)
    _by_phone(shop, "personal", Method.ALIPAY)
    assert _lines(shop) == []  # it still sells
    drawer.seals(shop)
    assert [(one.account_id, one.kind, one.count) for one in _lines(shop)] == [
        (shop.accounts["phone"], AccountKind.AGGREGATE, None),
        (shop.accounts["personal"], AccountKind.PERSONAL, None),
    ]


def test_what_was_expected_stands_there_once_it_is_counted(shop: Shop) -> None:
    _by_phone(shop, "phone", Method.WECHAT)
    drawer.seals(shop)
    account = shop.accounts["phone"]
    for counted in ("20", "23.90"):
        does(
            shop,
            counts.count_account,
            where(shop),
            shop.shift_id,
            account,
            yuan(counted),
            1,
        )
    (line,) = _lines(shop)
    assert line.count is not None
    assert (line.count.round, line.count.expected) == (2, yuan("23.90"))

"""Paying: 抹零 for cash alone, change in coins that exist, phones to the fen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cart import Bill, Tender, suggested_notes
from models.errors import (
    NoSuchCoins,
    NothingDue,
    PhonePaysTooMuch,
    WrongAmount,
)
from models.kinds import Method, RoundingRule
from models.money import Money

DUE = Money(16_716)
CASH = Method.CASH


def _bill(fen: int = 16_716, rule: RoundingRule = RoundingRule.JIAO) -> Bill:
    return Bill(Money(fen), rule)


def _phone(bill: Bill, fen: int) -> Bill:
    return bill.take_phone(Method.WECHAT, Money(fen), 1)


def test_cash_is_rounded_down_and_gives_change() -> None:
    """应收 167.16, 抹零 0.06, 收现 200, 找零 32.90."""
    bill = _bill().take_cash(Money(20_000))
    assert bill.total == DUE
    assert bill.rounding == Money(6)
    assert bill.payable == Money(16_710)
    assert bill.change == Money(3290)
    assert bill.is_settled
    assert bill.tenders == (Tender(CASH, Money(20_000), Money(3290)),)
    assert bill.tenders[0].net == Money(16_710)


@pytest.mark.parametrize(
    ("rule", "in_cash", "rounding"),
    [
        (RoundingRule.OFF, 16_716, 0),
        (RoundingRule.JIAO, 16_710, 6),
        (RoundingRule.YUAN, 16_700, 16),
    ],
)
def test_the_rule_decides_how_far_cash_is_rounded(
    rule: RoundingRule, in_cash: int, rounding: int
) -> None:
    bill = _bill(rule=rule)
    assert (bill.due, bill.due_in_cash) == (DUE, Money(in_cash))
    bill = bill.take_cash(Money(in_cash))
    assert (bill.rounding, bill.change) == (Money(rounding), Money.ZERO)
    assert bill.is_settled


@pytest.mark.parametrize("rule", RoundingRule)
def test_a_phone_pays_to_the_fen_whatever_the_rule(rule: RoundingRule) -> None:
    bill = _phone(_bill(rule=rule), 16_716)
    assert bill.is_settled
    assert (bill.rounding, bill.payable, bill.change) == (Money(0), DUE, Money(0))


def test_a_phone_never_pays_more_than_is_due() -> None:
    with pytest.raises(PhonePaysTooMuch) as caught:
        _phone(_bill(), 16_717)
    assert caught.value.due == DUE


def test_a_phone_then_cash_rounds_what_the_cash_closes() -> None:
    bill = _phone(_bill(), 10_003)
    assert (bill.due, bill.due_in_cash) == (Money(6713), Money(6710))
    bill = bill.take_cash(Money(7000))
    assert (bill.rounding, bill.change, bill.payable) == (
        Money(3),
        Money(290),
        Money(16_713),
    )
    assert Money.sum(tender.net for tender in bill.tenders) == bill.payable


def test_cash_then_a_phone_rounds_nothing() -> None:
    bill = _bill().take_cash(Money(10_000))
    assert (bill.due, bill.rounding, bill.is_settled) == (Money(6716), Money(0), False)
    bill = _phone(bill, 6716)
    assert bill.is_settled
    assert (bill.rounding, bill.payable) == (Money(0), DUE)


def test_cash_in_two_parts_and_two_phones_settle_one_bill() -> None:
    bill = _bill().take_cash(Money(5000))
    bill = bill.take_phone(Method.ALIPAY, Money(5000), 2, "0001")
    bill = _phone(bill, 1001).take_cash(Money(10_000))
    assert bill.is_settled
    assert [tender.net.fen for tender in bill.tenders] == [5000, 5000, 1001, 5710]
    assert bill.rounding == Money(5)
    assert bill.tenders[1].reference == "0001"


def test_what_is_left_below_a_coin_is_closed_by_no_cash_at_all() -> None:
    bill = _phone(_bill(), 16_710).take_cash(Money.ZERO)
    assert bill.is_settled
    assert (bill.rounding, bill.change) == (Money(6), Money.ZERO)


def test_change_below_a_jiao_is_never_given() -> None:
    with pytest.raises(NoSuchCoins) as caught:
        _bill().take_cash(DUE)
    assert caught.value.due == Money(16_710)
    with pytest.raises(NoSuchCoins):
        _bill(rule=RoundingRule.OFF).take_cash(Money(20_000))
    with pytest.raises(NoSuchCoins):
        _bill().take_cash(Money(1005))  # a part that has fen


@pytest.mark.parametrize("fen", [0, -1, -1000])
def test_nothing_or_less_is_no_payment(fen: int) -> None:
    with pytest.raises(WrongAmount):
        _bill().take_cash(Money(fen))
    with pytest.raises(WrongAmount):
        _phone(_bill(), fen)


def test_a_settled_bill_takes_nothing_more() -> None:
    settled = _bill().take_cash(Money(20_000))
    with pytest.raises(NothingDue):
        settled.take_cash(Money(100))
    with pytest.raises(NothingDue):
        _phone(settled, 100)


def test_a_bill_of_nothing_is_settled_from_the_start() -> None:
    bill = _bill(0)
    assert bill.is_settled
    assert (bill.due, bill.due_in_cash, bill.change) == (Money(0), Money(0), Money(0))


def test_the_last_tender_can_be_taken_back() -> None:
    part = _phone(_bill(), 10_003)
    settled = part.take_cash(Money(7000))
    assert settled.take_back() == part
    assert part.take_back() == _bill()
    assert _bill().take_back() == _bill()


_ACTS = st.lists(
    st.tuples(st.sampled_from(["cash", "phone", "back"]), st.integers(-5, 30_000)),
    max_size=8,
)


@given(st.integers(0, 30_000), st.sampled_from(RoundingRule), _ACTS)
def test_however_it_is_paid_the_sums_hold(
    fen: int, rule: RoundingRule, acts: list[tuple[str, int]]
) -> None:
    bill = _bill(fen, rule)
    for act, amount in acts:
        try:
            if act == "back":
                bill = bill.take_back()
            elif act == "cash":
                bill = bill.take_cash(Money(amount))
            else:
                bill = _phone(bill, amount)
        except (NoSuchCoins, NothingDue, PhonePaysTooMuch, WrongAmount):
            continue
        _check(bill)


def _check(bill: Bill) -> None:
    paid = Money.sum(tender.net for tender in bill.tenders)
    assert paid + bill.due == bill.payable
    assert bill.due >= Money.ZERO
    assert bill.due_in_cash <= bill.due
    assert 0 <= bill.rounding.fen < bill.rule.step_fen
    assert bill.change.fen % 10 == 0
    for tender in bill.tenders:
        assert Money.ZERO <= tender.change <= tender.tendered
        assert tender.method is CASH or not tender.change
    if bill.rounding:
        assert bill.is_settled
        assert bill.tenders[-1].method is CASH


@given(
    st.integers(0, 99_999).filter(lambda fen: fen > 0),
    st.sampled_from([RoundingRule.JIAO, RoundingRule.YUAN]),
)
def test_suggested_notes_are_enough_and_can_be_taken(
    fen: int, rule: RoundingRule
) -> None:
    bill = _bill(fen, rule)
    notes = suggested_notes(bill.due_in_cash)
    assert notes == sorted(set(notes))
    assert 1 <= len(notes) <= 4
    assert notes[0] == bill.due_in_cash
    for note in notes:
        assert bill.take_cash(note).is_settled


@pytest.mark.parametrize(
    ("due", "notes"),
    [
        (16_710, [16_710, 17_000, 20_000]),
        (3_290, [3_290, 4_000, 5_000, 10_000]),
        (5_000, [5_000, 10_000]),
        (10_000, [10_000]),
        (0, [0]),
    ],
)
def test_the_next_ten_fifty_and_hundred_are_suggested(
    due: int, notes: list[int]
) -> None:
    assert [note.fen for note in suggested_notes(Money(due))] == notes

"""点钱 and 交接: blind counts, who signs a difference, who takes the drawer over."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest
from sqlalchemy import text

from models import settings
from models.errors import WrongAmount, WrongQuantity
from models.kinds import AccountKind
from models.money import Money
from models.people import permits, pins, staff
from models.people.deeds import Deed
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.people.roles import Role
from models.selling import counts, handover
from models.selling.denominations import CashCount, Denomination, Pieces
from models.selling.refusals import (
    AccountUnsigned,
    AlreadySigned,
    NotCounted,
    RecountWanted,
    SamePerson,
    SecondCountNeeded,
    ShiftHandedOver,
    ShiftStillOpen,
    SplitMissing,
    SplitWrong,
    VarianceUnsigned,
)
from models.selling.shift_record import Split
from tests import drawer, invariants
from tests.drawer import CASHIER, MANAGER, does, where, yuan
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    paid_by_phone,
    sell,
    sell_basket,
)

NOTE_100, COIN = Denomination.Y100, Denomination.COIN1


@pytest.fixture
def sealed(shop: Shop) -> Shop:
    """559.90 in the drawer, 88.00 by phone; closed, and not yet counted."""
    sell(shop, {"HONEY": 1})
    cart = basket(shop, {"TEA": 1})
    sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    drawer.seals(shop)
    return shop


def _counts_phone(
    shop: Shop, amount: str, number: int, *, by: int = CASHIER, account: str = "phone"
) -> int:
    given = shop.shift_id, shop.accounts[account], yuan(amount), number
    return does(shop, counts.count_account, where(shop, by), *given)


def _asks_again(shop: Shop, note: str = "我点的不一样") -> None:
    does(shop, handover.ask_recount, where(shop), shop.shift_id, note)


# --- the count --------------------------------------------------------------------


def test_notes_and_coins_add_up_torn_ones_too_and_suspect_ones_apart() -> None:
    cash = CashCount(
        (
            Pieces(NOTE_100, 5, torn=1, suspect=1),
            Pieces(COIN, 7),
            Pieces(Denomination.Y1, 2),
            Pieces(Denomination.JIAO5, 1),
            Pieces(Denomination.JIAO1, 4),
        )
    )
    assert cash.total == yuan("609.90")
    assert cash.suspect == yuan("100")
    assert [one.face.plain for one in Denomination] == [
        *("100.00", "50.00", "20.00", "10.00", "5.00", "1.00", "1.00"),
        *("0.50", "0.10"),
    ]


@pytest.mark.parametrize(
    "pieces",
    [
        (Pieces(NOTE_100, -1),),
        (Pieces(NOTE_100, 1, torn=-1),),
        (Pieces(NOTE_100, 1, suspect=-1),),
        (Pieces(NOTE_100, 1), Pieces(NOTE_100, 2)),
    ],
)
def test_a_count_that_cannot_be_is_refused(
    sealed: Shop, pieces: tuple[Pieces, ...]
) -> None:
    with pytest.raises(WrongQuantity):
        does(
            sealed,
            counts.count_cash,
            where(sealed),
            sealed.shift_id,
            CashCount(pieces),
        )
    with pytest.raises(WrongQuantity):
        _counts_phone(sealed, "88", -1)


def test_what_was_counted_is_kept_note_by_note(sealed: Shop) -> None:
    pieces = (
        Pieces(NOTE_100, 5, torn=0, suspect=1),
        Pieces(Denomination.Y50, 1),
        Pieces(Denomination.Y1, 4),
        Pieces(COIN, 5),
        Pieces(Denomination.JIAO1, 9),
    )
    does(
        sealed,
        counts.count_cash,
        where(sealed, CASHIER),
        sealed.shift_id,
        CashCount(pieces),
        note=" 一张百元可疑 ",
    )
    (count,) = drawer.counted(sealed)
    assert count.pieces == pieces
    assert (count.counted, count.suspect) == (yuan("559.90"), yuan("100"))
    assert (count.note, count.staff, count.round) == ("一张百元可疑", "陈舟", 1)
    assert (count.counted_n, count.expected_n) == (None, None)
    invariants.check(sealed.database)


def test_nothing_that_a_count_is_given_or_gives_back_tells_what_is_expected(
    sealed: Shop,
) -> None:
    for counting in (counts.count_cash, counts.count_account):
        told = inspect.signature(counting)
        assert told.return_annotation == "int"
        assert not any("expect" in name for name in told.parameters)
    assert drawer.counted(sealed) == []
    first = drawer.counts_cash(sealed, "1")
    (count,) = drawer.counted(sealed)  # cash was counted, so cash alone is told
    assert (count.id, count.variance) == (first, -yuan("558.90"))


def test_within_the_day_only_cash_is_counted(sealed: Shop) -> None:
    drawer.counts_cash(sealed, "559.90")
    drawer.splits(sealed, "500", "0", "59.90")
    drawer.accepts(sealed)
    record = drawer.paper(sealed)
    assert [one.method for one in record.last_counts] == ["cash"]
    assert record.split == Split(yuan("500"), Money.ZERO, yuan("59.90"))
    assert record.accepted is not None
    assert record.accepted.name == "林晓"
    assert not record.is_self_signed
    invariants.check(sealed.database)


def test_an_account_is_counted_by_sum_and_number_of_its_app(sealed: Shop) -> None:
    drawer.counts_cash(sealed, "559.90")
    _counts_phone(sealed, "88", 2)
    cash, phone = drawer.counted(sealed)
    assert (phone.counted, phone.expected, phone.variance) == (
        yuan("88"),
        yuan("88"),
        Money.ZERO,
    )
    assert (phone.counted_n, phone.expected_n) == (2, 1)
    assert (phone.holder, phone.account_kind) == (
        "山海惠农聚合码",
        AccountKind.AGGREGATE,
    )
    assert cash.account_id is None


def test_an_account_that_nobody_paid_into_is_counted_too(sealed: Shop) -> None:
    _counts_phone(sealed, "0", 0, account="wechat")
    (count,) = drawer.counted(sealed)
    assert (count.expected, count.expected_n) == (Money.ZERO, 0)
    with pytest.raises(NotCounted):  # the drawer is another matter
        drawer.accepts(sealed)
    assert drawer.paper(sealed).cash_count is None


def test_the_reconciler_counts_the_accounts_after_the_handover(sealed: Shop) -> None:
    reconciler = drawer.hire(sealed, "何苗", Role.RECONCILER)
    drawer.counts_cash(sealed, "559.90")
    drawer.splits(sealed, "0", "559.90")
    drawer.accepts(sealed)
    with pytest.raises(NotPermitted):
        _counts_phone(sealed, "87", 1, by=CASHIER)
    count = _counts_phone(sealed, "87", 1, by=reconciler)
    drawer.signs(sealed, count, "手续费", by=reconciler)
    assert drawer.counted(sealed)[1].is_settled
    with pytest.raises(ShiftHandedOver):
        drawer.counts_cash(sealed, "559.90")
    invariants.check(sealed.database)


# --- who signs a difference -------------------------------------------------------


def test_a_drawer_that_is_right_needs_no_word(sealed: Shop) -> None:
    drawer.signs(sealed, drawer.counts_cash(sealed, "559.90"), "")
    (count,) = drawer.counted(sealed)
    assert count.is_settled
    assert count.signed is None


def test_ten_jiao_are_signed_by_the_cashier_with_a_reason(sealed: Shop) -> None:
    count = drawer.counts_cash(sealed, "558.90")
    with pytest.raises(ReasonMissing):
        drawer.signs(sealed, count, " ")
    does(
        sealed,
        counts.sign_variance,
        where(sealed, CASHIER),
        count,
        "找零出错",
        note="记不清",
    )
    (found,) = drawer.counted(sealed)
    assert found.signed is not None
    assert (found.signed.staff, found.signed.reason, found.signed.note) == (
        "陈舟",
        "找零出错",
        "记不清",
    )
    assert found.signed.approver == ""
    with pytest.raises(AlreadySigned):
        drawer.signs(sealed, count)


@pytest.mark.parametrize("counted", ["558.80", "561", "579.90", "539.90"])
def test_up_to_twenty_yuan_a_supervisor_signs(sealed: Shop, counted: str) -> None:
    supervisor = drawer.hire(sealed, "何苗", Role.SUPERVISOR)
    count = drawer.counts_cash(sealed, counted)
    with pytest.raises(NotPermitted):
        drawer.signs(sealed, count, by=CASHIER)
    drawer.signs(sealed, count, by=supervisor)
    invariants.check(sealed.database)


@pytest.mark.parametrize("counted", ["539.80", "580"])
def test_above_that_it_is_counted_twice_and_the_manager_signs(
    sealed: Shop, counted: str
) -> None:
    supervisor = drawer.hire(sealed, "何苗", Role.SUPERVISOR)
    first = drawer.counts_cash(sealed, counted)
    with pytest.raises(SecondCountNeeded, match=r"20\.00"):
        drawer.signs(sealed, first, by=MANAGER)
    second = drawer.counts_cash(sealed, counted)
    with pytest.raises(NotPermitted):
        drawer.signs(sealed, second, by=supervisor)
    drawer.signs(sealed, second, by=MANAGER)
    drawer.splits(sealed, "0", counted)
    drawer.accepts(sealed)
    assert [one.round for one in drawer.counted(sealed)] == [1, 2]
    invariants.check(sealed.database)


def test_a_second_count_that_finds_the_money_needs_no_manager(sealed: Shop) -> None:
    drawer.counts_cash(sealed, "459.90")
    drawer.counts_cash(sealed, "559.90")
    drawer.splits(sealed, "0", "559.90")
    drawer.accepts(sealed)
    record = drawer.paper(sealed)
    assert len(record.counts) == 2
    assert record.cash_count == record.counts[1]
    invariants.check(sealed.database)


def test_a_supervisor_lets_it_pass_with_his_own_pin(sealed: Shop) -> None:
    does(sealed, pins.set_pin, KEYS, MANAGER, MANAGER_PIN, at=AT)
    count = drawer.counts_cash(sealed, "550")
    deed: Deed = does(sealed, counts.deed_of_variance, count, "找零出错")
    assert deed == Deed(Act.CLOSE_DIFFERENT, "T01-1 cash #1", -yuan("9.90"), "找零出错")
    here = where(sealed, CASHIER)
    approval = permits.approve(sealed.database, KEYS, here, deed, MANAGER, MANAGER_PIN)
    does(sealed, counts.sign_variance, here, count, "找零出错", approval=approval)
    signed = drawer.counted(sealed)[0].signed
    assert signed is not None
    assert (signed.staff, signed.approver) == ("陈舟", "林晓")


def test_the_limits_are_the_shops(sealed: Shop) -> None:
    with sealed.database.write() as session:
        chosen = settings.load(session)
        settings.save(session, replace(chosen, even_limit=yuan("10")))
    drawer.signs(sealed, drawer.counts_cash(sealed, "550"), by=CASHIER)
    assert drawer.counted(sealed)[0].is_settled


def test_one_person_alone_signs_with_a_reason_and_it_is_listed(sealed: Shop) -> None:
    with sealed.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1"))
    drawer.signs(sealed, drawer.counts_cash(sealed, "550"), by=CASHIER)
    signed = drawer.counted(sealed)[0].signed
    assert signed is not None
    assert signed.is_unwitnessed


def test_an_accounts_difference_is_named_after_it(sealed: Shop) -> None:
    count = _counts_phone(sealed, "87.50", 1)
    deed = does(sealed, counts.deed_of_variance, count, "")
    assert deed.subject == f"T01-1 phone {sealed.accounts['phone']} #1"


# --- where the cash goes ----------------------------------------------------------


@pytest.mark.parametrize(
    ("split", "refusal"),
    [
        (("500", "59.80", "0"), SplitWrong),
        (("500", "60", "0"), SplitWrong),
        (("-1", "560.90", "0"), WrongAmount),
        (("560.90", "-1", "0"), WrongAmount),
        (("560.90", "0", "-1"), WrongAmount),
    ],
)
def test_the_parts_add_up_to_what_was_counted(
    sealed: Shop, split: tuple[str, str, str], refusal: type[Exception]
) -> None:
    drawer.counts_cash(sealed, "559.90")
    with pytest.raises(refusal):
        drawer.splits(sealed, *split)


def test_a_wrong_split_is_said_by_how_much(sealed: Shop) -> None:
    drawer.counts_cash(sealed, "559.90")
    with pytest.raises(SplitWrong, match=r"0\.10"):
        drawer.splits(sealed, "500", "60")


def test_a_split_can_be_said_again_until_the_handover(sealed: Shop) -> None:
    drawer.counts_cash(sealed, "559.90")
    drawer.splits(sealed, "500", "59.90")
    drawer.splits(sealed, "400", "159.90")
    drawer.accepts(sealed)
    split = drawer.paper(sealed).split
    assert split == Split(yuan("400"), yuan("159.90"), Money.ZERO)
    with pytest.raises(ShiftHandedOver):
        drawer.splits(sealed, "0", "559.90")


def test_nothing_is_split_or_taken_over_before_it_is_counted(shop: Shop) -> None:
    with pytest.raises(ShiftStillOpen):
        drawer.splits(shop, "0", "0")
    with pytest.raises(ShiftStillOpen):
        drawer.accepts(shop)
    drawer.seals(shop)
    for act in (lambda: drawer.splits(shop, "0", "0"), lambda: drawer.accepts(shop)):
        with pytest.raises(NotCounted):
            act()


# --- who takes it over ------------------------------------------------------------


def test_who_counted_does_not_take_it_over_from_himself(sealed: Shop) -> None:
    drawer.counts_cash(sealed, "559.90", by=CASHIER)
    drawer.splits(sealed, "559.90", "0")
    with pytest.raises(SamePerson):
        drawer.accepts(sealed, by=CASHIER)
    drawer.accepts(sealed, by=MANAGER)
    with pytest.raises(ShiftHandedOver):
        drawer.accepts(sealed, by=MANAGER)


def test_the_only_person_signs_for_himself_and_the_record_says_so(
    sealed: Shop,
) -> None:
    does(sealed, staff.retire_staff, CASHIER)
    drawer.counts_cash(sealed, "559.90", by=MANAGER)
    drawer.splits(sealed, "559.90", "0")
    drawer.accepts(sealed, by=MANAGER)
    assert drawer.paper(sealed).is_self_signed
    invariants.check(sealed.database)


def test_what_is_not_explained_or_split_is_not_taken_over(sealed: Shop) -> None:
    count = drawer.counts_cash(sealed, "559")
    with pytest.raises(VarianceUnsigned):
        drawer.accepts(sealed)
    drawer.signs(sealed, count)
    with pytest.raises(SplitMissing):
        drawer.accepts(sealed)
    drawer.splits(sealed, "559", "0")
    phone = _counts_phone(sealed, "87", 1)
    with pytest.raises(AccountUnsigned, match="山海"):  # it says whose account
        drawer.accepts(sealed)
    drawer.signs(sealed, phone)
    drawer.accepts(sealed)
    invariants.check(sealed.database)


def test_before_any_count_nobody_doubts_it(sealed: Shop) -> None:
    assert not does(sealed, handover.is_doubted, sealed.shift_id)


def test_the_receiver_asks_for_a_recount_and_nothing_is_reopened(sealed: Shop) -> None:
    drawer.signs(sealed, drawer.counts_cash(sealed, "559"))
    drawer.splits(sealed, "559", "0")
    with pytest.raises(ReasonMissing):
        _asks_again(sealed, " ")
    assert not does(sealed, handover.is_doubted, sealed.shift_id)
    _asks_again(sealed)
    assert does(sealed, handover.is_doubted, sealed.shift_id)
    with pytest.raises(RecountWanted):
        drawer.accepts(sealed)
    drawer.counts_cash(sealed, "559.90")
    with pytest.raises(SplitMissing):  # the one before was of the round before
        drawer.accepts(sealed)
    drawer.splits(sealed, "559.90", "0")
    assert not does(sealed, handover.is_doubted, sealed.shift_id)
    drawer.accepts(sealed)
    assert not does(sealed, handover.is_doubted, sealed.shift_id)
    record = drawer.paper(sealed)
    assert [one.counted.plain for one in record.counts] == ["559.00", "559.90"]
    assert record.split is not None
    assert record.split.total == yuan("559.90")
    with pytest.raises(ShiftHandedOver):
        _asks_again(sealed)
    invariants.check(sealed.database)

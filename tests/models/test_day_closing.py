"""Closing a day: when it can be signed, by whom, and that nothing comes to it then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.goods import stock
from models.kinds import Channel, Method, SaleKind
from models.money import Money
from models.office import day_calendar, day_closing, external_figures
from models.office.day_calendar import CalendarDay
from models.office.day_close_record import (
    Check,
    CheckKind,
    DayRecord,
    DayState,
    LateRow,
)
from models.office.day_refusals import (
    DayNotYet,
    DifferenceUnexplained,
    NothingToClose,
    ShiftsWaiting,
    SignerSold,
)
from models.office.external_draft import Draft
from models.people import staff
from models.people.deeds import NOTHING_APPROVED
from models.people.refusals import NotPermitted
from models.people.roles import Role
from models.selling import (
    closing,
    counts,
    day_closes,
    late_entries,
    personal_money,
    prints,
    refunds,
    shifts,
    training,
)
from models.selling.late_entries import Slip
from models.selling.refusals import DayIsClosed, InTraining
from models.selling.returns import Return
from models.selling.shift_record import CashKind
from models.selling.sold import Sold
from tests import refunding
from tests.drawer import (
    CASHIER,
    MANAGER,
    accepts,
    closes,
    counts_cash,
    does,
    hire,
    moves,
    opens,
    seals,
    signs,
    splits,
    where,
    yuan,
)
from tests.shop import (
    AT,
    DAY,
    Shop,
    basket,
    bill_for,
    keep,
    paid_by_phone,
    paid_in_cash,
    sell,
    sell_basket,
)

EVENING = AT + timedelta(hours=10)
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def reconciler(shop: Shop) -> int:
    return hire(shop, "周会计", Role.RECONCILER)


def looks_at(shop: Shop, day: date = DAY) -> DayRecord:
    with shop.database.read() as session:
        return day_closing.get_record(session, day, at=EVENING)


def signs_the_day(shop: Shop, by: int, day: date = DAY, *, note: str = "") -> DayRecord:
    here = where(shop, by, at=EVENING)
    return does(shop, day_closing.close_day, here, day, note=note)


def check(record: DayRecord, kind: CheckKind) -> Check:
    return next(one for one in record.checks if one.kind is kind)


def month(shop: Shop) -> dict[date, CalendarDay]:
    with shop.database.read() as session:
        return {one.day: one for one in day_calendar.month_of(session, DAY)}


def signers(shop: Shop) -> list[str]:
    with shop.database.read() as session:
        return [one.name for one in day_closing.list_signers(session, DAY)]


# --- when ---------------------------------------------------------------------------


def test_a_day_is_closed_only_when_every_shift_is_handed_over(
    shop: Shop, reconciler: int
) -> None:
    sell(shop, {"SAUCE": 2})
    with pytest.raises(ShiftsWaiting) as waits:
        looks_at(shop)
    assert waits.value.count == 1
    assert "1" in str(waits.value)
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.OPEN)
    seals(shop)
    counts_cash(shop, "547.80")
    assert month(shop)[DAY].state is DayState.OPEN  # 待交接
    with pytest.raises(ShiftsWaiting):
        signs_the_day(shop, reconciler)
    splits(shop, "500", "47.80")
    accepts(shop)
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.COUNTED)
    record = signs_the_day(shop, reconciler)
    assert record.signed is not None
    assert record.signed.name == "周会计"
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.CLOSED, is_closed=True)
    assert month(shop)[NEXT_DAY] == CalendarDay(NEXT_DAY, DayState.EMPTY)
    assert len(month(shop)) == 30


def test_a_date_without_a_shift_is_not_closed(shop: Shop, reconciler: int) -> None:
    with pytest.raises(NothingToClose) as refused:
        signs_the_day(shop, reconciler, DAY - timedelta(days=1))
    assert str(refused.value)


def test_in_training_no_day_is_closed(shop: Shop, reconciler: int) -> None:
    sell(shop, {"SAUCE": 1})
    does(shop, training.start, where(shop))
    with pytest.raises(InTraining):
        signs_the_day(shop, reconciler)


# --- by whom ------------------------------------------------------------------------


def test_who_sold_or_counted_does_not_sign_for_the_day(
    shop: Shop, reconciler: int
) -> None:
    """林晓, the manager, sold; 陈舟 counted; the reconciler did neither."""
    sell(shop, {"SAUCE": 2})
    closes(shop, "547.80", "500")
    assert signers(shop) == ["周会计"]
    with pytest.raises(SignerSold) as refused:
        signs_the_day(shop, MANAGER)
    assert refused.value.name == "林晓"
    with pytest.raises(NotPermitted):
        signs_the_day(shop, CASHIER)
    assert "林晓" in str(refused.value)
    assert not signs_the_day(shop, reconciler).is_self_signed


def test_a_supervisor_does_not_sign_for_a_day(shop: Shop, reconciler: int) -> None:
    del reconciler
    closes(shop, "500", "500")
    chief = hire(shop, "吴班长", Role.SUPERVISOR)
    with pytest.raises(NotPermitted) as refused:
        signs_the_day(shop, chief)
    assert not refused.value.needs_approval


def test_the_only_person_there_is_signs_for_himself_and_the_day_says_so(
    shop: Shop,
) -> None:
    does(shop, staff.retire_staff, CASHIER)
    sell(shop, {"SAUCE": 2})
    seals(shop, by=MANAGER)
    counts_cash(shop, "547.80", by=MANAGER)
    splits(shop, "500", "47.80")
    accepts(shop)
    assert signers(shop) == ["林晓"]
    assert signs_the_day(shop, MANAGER).is_self_signed


# --- what it says -------------------------------------------------------------------


def hands_over(shop: Shop, shift_id: int | None = None, over: str = "0") -> None:
    """The three steps, with so much more in the drawer than should be there."""
    shift_id = shift_id or shop.shift_id
    seals(shop, shift_id)
    with shop.database.write() as session:
        expected = closing.frozen(session, shift_id, where(shop)).drawer.expected
    lies = expected + yuan(over)
    count_id = counts_cash(shop, lies.plain, shift_id)
    signs(shop, count_id)
    splits(shop, "0", lies.plain, shift_id=shift_id)
    accepts(shop, shift_id)


def counts_phone(shop: Shop, amount: str, by: int, *, account: str = "phone") -> int:
    return does(
        shop,
        counts.count_account,
        where(shop, by),
        shop.shift_id,
        shop.accounts[account],
        yuan(amount),
        1,
    )


def sells_by_phone(shop: Shop, account: str = "phone") -> Sold:
    cart = basket(shop, {"WALNUT": 500})
    bill = paid_by_phone(shop, bill_for(shop, cart), account=account)
    return sell_basket(shop, cart, bill)


def prints_all(shop: Shop) -> None:
    with shop.database.write() as session:
        for job in prints.list_waiting(session):
            prints.mark(session, job.id, prints.PrintState.SENT)


def test_a_right_day_has_a_tick_at_each_check(shop: Shop, reconciler: int) -> None:
    sell(shop, {"SAUCE": 2, "BOX": 1})
    sells_by_phone(shop)
    moves(shop, CashKind.DROP, "-100")
    hands_over(shop)
    counts_phone(shop, "29", reconciler)
    prints_all(shop)
    record = signs_the_day(shop, reconciler)
    assert {one.kind for one in record.checks if one.is_right} == set(CheckKind)
    assert not record.is_different
    assert record.difference == Money.ZERO
    assert record.receipts == 2
    assert record.net == Money.sum(one.net for one in record.shifts)
    assert record.net == Money.sum(one.net for one in record.cuts)
    cash, phone = record.tenders
    assert (cash.method, cash.holder, cash.expected) == (
        Method.CASH,
        "",
        record.net - yuan("29"),
    )
    assert cash.counted == cash.expected
    assert (phone.holder, phone.expected, phone.counted) == (
        "山海惠农聚合码",
        yuan("29"),
        yuan("29"),
    )
    walnuts = next(one for one in record.cuts if one.sku == "WALNUT")
    assert (walnuts.county, walnuts.channel, walnuts.grams) == (
        "疏附县",
        Channel.STALL,
        1_000,
    )


def test_a_signed_day_is_read_back_as_it_was_signed(
    shop: Shop, reconciler: int
) -> None:
    sell(shop, {"SAUCE": 2})
    hands_over(shop)
    signed = signs_the_day(shop, reconciler, note=" 一切正常 ")
    assert signed.note == "一切正常"
    assert looks_at(shop) == signed


def test_money_over_and_short_is_told_even_if_it_comes_to_nothing(
    shop: Shop, reconciler: int
) -> None:
    sell(shop, {"SAUCE": 2})
    hands_over(shop, over="0.50")
    second = opens(shop, "500", by=CASHIER)
    hands_over(shop, second, over="-0.50")
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.DIFFERENT)
    record = looks_at(shop)
    found = check(record, CheckKind.COUNTS)
    assert (found.n, found.difference, found.is_right) == (2, Money.ZERO, False)
    assert [one.difference for one in record.shifts] == [yuan("0.50"), yuan("-0.50")]
    assert [one.cash_difference for one in record.shifts] == [
        yuan("0.50"),
        yuan("-0.50"),
    ]
    assert record.tenders[0].reasons == ("找零出错", "找零出错")
    floats = check(record, CheckKind.FLOATS)  # 0 was left, 500 was found
    assert (floats.n, floats.difference) == (1, yuan("-500"))
    with pytest.raises(DifferenceUnexplained) as refused:
        signs_the_day(shop, reconciler)
    assert str(refused.value)
    signs_the_day(shop, reconciler, note="早班多、晚班少，系找零串班")
    assert month(shop)[DAY] == CalendarDay(DAY, DayState.DIFFERENT, is_closed=True)


def test_an_account_that_nobody_counted_is_named(shop: Shop, reconciler: int) -> None:
    del reconciler
    sells_by_phone(shop)
    hands_over(shop)
    record = looks_at(shop)
    found = check(record, CheckKind.ACCOUNTS)
    assert (found.n, found.difference, found.names) == (
        1,
        yuan("29"),
        ("山海惠农聚合码",),
    )
    assert found.must_be_explained
    assert record.tenders[1].counted is None
    assert record.tenders[1].difference == Money.ZERO


def test_an_account_that_differs_is_part_of_the_days_difference(
    shop: Shop, reconciler: int
) -> None:
    sells_by_phone(shop)
    hands_over(shop)
    count_id = counts_phone(shop, "30", reconciler)
    does(shop, counts.sign_variance, where(shop, reconciler), count_id, "串班")
    record = looks_at(shop)
    assert record.tenders[1].difference == record.difference == yuan("1")
    assert record.tenders[1].reasons == ("串班",)


def test_money_on_a_personal_code_is_told_until_somebody_has_it(
    shop: Shop, reconciler: int
) -> None:
    sells_by_phone(shop, "personal")
    hands_over(shop)
    found = check(looks_at(shop), CheckKind.HELD)
    assert (found.n, found.difference, found.names) == (1, yuan("29"), ("林晓",))
    assert not found.must_be_explained
    does(
        shop,
        personal_money.hand_over,
        where(shop, CASHIER),
        shop.accounts["personal"],
        yuan("29"),
        reconciler,
    )
    assert check(looks_at(shop), CheckKind.HELD).is_right


def test_money_taken_for_no_sale_and_papers_that_did_not_come_are_told(
    shop: Shop, reconciler: int
) -> None:
    del reconciler
    sell(shop, {"SAUCE": 1})
    hands_over(shop)
    cart = basket(shop, {"TEA": 1})
    keep(shop, cart, bill=bill_for(shop, cart).take_cash(yuan("50")))
    record = looks_at(shop)
    half_paid = check(record, CheckKind.HALF_PAID)
    assert (half_paid.n, half_paid.difference) == (1, yuan("50"))
    assert check(record, CheckKind.PRINTS).n == 1


def test_goods_that_left_the_shelf_otherwise_than_the_lines_say_are_named(
    shop: Shop, reconciler: int
) -> None:
    """As by a hand in the file: no operation of ours can bring it about."""
    del reconciler
    sold = sell(shop, {"SAUCE": 2})
    hands_over(shop)
    with shop.database.write() as session:
        act = stock.Act(
            shop.outlet_id, stock.Reason.SALE, AT, DAY, sale_id=sold.sale_id
        )
        stock.move(session, act, [stock.Move(shop.products["SAUCE"], -1)])
    found = check(looks_at(shop), CheckKind.STOCK)
    assert (found.n, found.names) == (1, ("福泉香辣酱",))


def test_refunds_and_exchanges_keep_a_day_right(shop: Shop, reconciler: int) -> None:
    del reconciler
    sold = sell(shop, {"SAUCE": 3})
    refunding.refund(shop, sold.sale_id, Return(1, 1))
    refunding.compensate(shop, sold.sale_id, 1, 500)
    returned = refunding.refund_of(shop, sold.sale_id, [Return(1, 1)], Method.EXCHANGE)
    cart = basket(shop, {"HONEY": 1})
    keep(shop, cart)
    exchanged = -Money.sum(-one.amount for one in returned.backs)
    bill = paid_in_cash(bill_for(shop, cart).take_exchange(exchanged))
    with shop.database.write() as session:
        refunds.exchange(
            session, returned, cart, bill, shop.seat(), at=AT, approvals={}
        )
    prints_all(shop)
    hands_over(shop)
    record = looks_at(shop)
    assert all(one.is_right for one in record.checks)
    assert [one.method for one in record.tenders] == [Method.CASH, Method.EXCHANGE]
    assert record.tenders[1].expected == Money.ZERO
    assert record.tenders[1].counted is None
    assert record.shifts[0].refunds > Money.ZERO
    assert record.receipts == record.shifts[0].receipts == 2  # sales alone


# --- what comes late ----------------------------------------------------------------


def test_a_shift_opened_after_the_close_belongs_to_the_next_open_day(
    shop: Shop, reconciler: int
) -> None:
    hands_over(shop)
    signs_the_day(shop, reconciler)
    late = opens(shop, "0", at=EVENING)
    with shop.database.read() as session:
        found = shifts.find_open(session, shop.till_id)
        assert day_closes.open_day(session, DAY) == NEXT_DAY
    assert found is not None
    assert found.business_date == NEXT_DAY
    hands_over(shop, late)
    record = looks_at(shop, NEXT_DAY)
    assert record.shifts[0].calendar_date == DAY
    with pytest.raises(DayNotYet):  # it is not over: more may be sold on it
        signs_the_day(shop, reconciler, NEXT_DAY)


def test_papers_of_a_closed_day_are_booked_on_the_next_and_say_of_which_they_are(
    shop: Shop, reconciler: int
) -> None:
    sold = sell(shop, {"SAUCE": 2})
    hands_over(shop)
    signs_the_day(shop, reconciler)
    late = opens(shop, "500", at=EVENING)
    tomorrow = replace(shop, shift_id=late)
    back = refunding.refund(tomorrow, sold.sale_id, Return(1, 1))
    cart = basket(shop, {"HONEY": 1})
    keep(shop, cart)
    with shop.database.write() as session:
        entered = late_entries.enter_late(
            session,
            cart,
            paid_in_cash(bill_for(shop, cart)),
            tomorrow.seat(),
            Slip("0017", AT, "停电"),
            at=EVENING,
            approvals=NOTHING_APPROVED,
        )
    sell(shop, {"SAUCE": 1}, seat=tomorrow.seat(), at=EVENING)
    hands_over(shop, late)
    assert looks_at(shop, NEXT_DAY).late == (
        LateRow(back.number, SaleKind.REFUND, DAY, sold.number, yuan("-23.90")),
        LateRow(entered.number, SaleKind.SALE, DAY, "", yuan("59.90")),
    )


def test_a_paper_slip_of_the_same_day_is_not_late(shop: Shop, reconciler: int) -> None:
    del reconciler
    cart = basket(shop, {"HONEY": 1})
    keep(shop, cart)
    with shop.database.write() as session:
        late_entries.enter_late(
            session,
            cart,
            paid_in_cash(bill_for(shop, cart)),
            shop.seat(),
            Slip("0017", AT, "停电"),
            at=EVENING,
            approvals=NOTHING_APPROVED,
        )
    hands_over(shop)
    assert looks_at(shop).late == ()


def test_nothing_of_a_closed_day_changes_any_more(shop: Shop, reconciler: int) -> None:
    sells_by_phone(shop)
    hands_over(shop)
    count_id = counts_phone(shop, "30", reconciler)
    signs_the_day(shop, reconciler, note="聚合码多 1 元，明日查")
    with pytest.raises(DayIsClosed):
        signs_the_day(shop, reconciler)
    with pytest.raises(DayIsClosed):
        counts_phone(shop, "29", reconciler)
    with pytest.raises(DayIsClosed) as refused:
        does(shop, counts.sign_variance, where(shop, reconciler), count_id, "串班")
    assert refused.value.day == DAY
    assert "2026-11-24" in str(refused.value)
    for statement in ("DELETE FROM day_close", "UPDATE day_close SET note = ''"):
        with pytest.raises(IntegrityError), shop.database.write() as session:
            session.execute(text(statement))


def test_a_closed_day_counts_what_is_sold_elsewhere_apart(
    shop: Shop, reconciler: int
) -> None:
    sell(shop, {"HONEY": 1})
    draft = Draft(DAY, Channel.ONLINE, "电商后台日报", yuan("100"))
    does(shop, external_figures.enter, where(shop, reconciler), draft)
    hands_over(shop)
    record = signs_the_day(shop, reconciler)
    assert [one.amount for one in record.external] == [yuan("100")]
    assert record.net == yuan("59.90")

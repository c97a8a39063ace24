"""培训模式: a trainee does everything, and nothing of it is real."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from models import first_glance, schema, settings
from models.errors import ShiftClosed
from models.goods import popularity
from models.money import Money
from models.office.day_record import DaySummary
from models.people import permits
from models.people.acts import Outcome
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.people.roles import Role
from models.selling import (
    baskets,
    prints,
    refunds,
    sale_reading,
    shift_reading,
    shifts,
    training,
    voids,
)
from models.selling.refusals import BasketNotEmpty, TrainingChanged
from models.selling.sale_reading import Wanted
from models.selling.seat import Seat
from models.selling.shift_record import Figures
from tests import drawer, invariants, refunding
from tests.drawer import CASHIER, MANAGER, does, where, yuan
from tests.practising import acts_of, begins, ends, is_on, practises_everything
from tests.shop import (
    AT,
    DAY,
    ON_HAND,
    Shop,
    basket,
    bill_for,
    complete,
    day_summary,
    keep,
    on_hand,
    paid_in_cash,
    record,
    sell,
)

FILES = Path(__file__).parents[1] / "files"


def told(shop: Shop) -> tuple[Figures, DaySummary, dict[int, int], dict[str, int]]:
    """All that is ever summed, but what tells of training itself."""
    figures = drawer.looks(shop)
    others = tuple(deed for deed in figures.deeds if deed.act is not Act.TRAIN)
    with shop.database.read() as session:
        sold = popularity.count(session, DAY)
    zero = Money.ZERO
    return (
        replace(figures, deeds=others, training=zero, left=()),
        replace(day_summary(shop), training=zero),
        sold,
        {sku: on_hand(shop, sku) for sku in ON_HAND},
    )


# --- in no total -------------------------------------------------------------------


def test_whatever_is_practised_changes_no_total_and_is_summed_apart(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1, "HONEY": 1})
    before = told(shop)
    begins(shop)
    practises_everything(shop)
    ends(shop)
    assert told(shop) == before
    with shop.database.read() as session:
        rows = sale_reading.list_sales(session, Wanted())
    practised = Money.sum(row.net for row in rows if row.is_training)
    assert practised
    assert drawer.looks(shop).training == practised
    assert day_summary(shop).training == practised
    assert [row.number for row in rows if not row.is_training] == ["T01-000001"]
    invariants.check(shop.database)


def test_a_day_of_nothing_but_training_sold_nothing(shop: Shop) -> None:
    begins(shop)
    sell(shop, {"SAUCE": 1})
    assert day_summary(shop).is_empty
    figures = drawer.looks(shop)
    assert (figures.receipts, figures.first_number, figures.last_number) == (0, "", "")
    assert figures.training == yuan("23.90")
    assert figures.drawer.expected == yuan("500.00")


def test_the_z_after_a_training_is_the_one_without_it(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    begins(shop)
    practises_everything(shop)
    ends(shop)
    sell(shop, {"SAUCE": 1})
    drawer.seals(shop)
    figures = drawer.paper(shop).figures
    assert (figures.first_number, figures.last_number) == ("T01-000001", "T01-000002")
    assert figures.perpetual == figures.sums.net == yuan("47.80")
    drawer.counts_cash(shop, "547.80")
    invariants.check(shop.database)


def test_goods_may_run_out_in_training_too_but_stay_on_the_shelf(shop: Shop) -> None:
    begins(shop)
    for _times in range(3):
        sell(shop, {"TEA": 3})  # there are three
    assert on_hand(shop, "TEA") == 3


# --- numbers -----------------------------------------------------------------------


def test_training_has_numbers_of_its_own_and_neither_series_a_gap(shop: Shop) -> None:
    numbers = [sell(shop, {"SAUCE": 1}).number]
    for _times in range(2):
        begins(shop)
        numbers.append(sell(shop, {"SAUCE": 1}).number)
        back = refunding.refund(shop, max(_ids(shop)))
        numbers.append(back.number)
        ends(shop)
        numbers.append(sell(shop, {"SAUCE": 1}).number)
    assert numbers == [
        "T01-000001",
        "T01-T000001",
        "T01-T000002",
        "T01-000002",
        "T01-T000003",
        "T01-T000004",
        "T01-000003",
    ]
    invariants.check(shop.database)


def _ids(shop: Shop) -> list[int]:
    with shop.database.read() as session:
        return [row.id for row in sale_reading.list_sales(session, Wanted())]


def test_both_receipts_of_the_same_count_are_found_by_code_and_number(
    shop: Shop,
) -> None:
    real = sell(shop, {"SAUCE": 1})
    begins(shop)
    practised = sell(shop, {"SAUCE": 1})
    with shop.database.read() as session:
        for sold, series in ((real, "A"), (practised, "T")):
            code = record(shop, sold.sale_id).code
            assert code.startswith(f"SH1:T01:{series}:1:")
            assert sale_reading.find_by_code(session, code) == sold.sale_id
            assert sale_reading.find_by_code(session, sold.number) == sold.sale_id
    assert not record(shop, real.sale_id).is_training
    assert record(shop, practised.sale_id).is_training


def test_the_last_receipt_is_the_last_of_its_kind(shop: Shop) -> None:
    real = sell(shop, {"SAUCE": 1})
    begins(shop)
    seat = shop.seat()
    with shop.database.read() as session:
        assert (
            sale_reading.last_sale_id(session, seat.shift_id, series=seat.series)
            is None
        )
    practised = sell(shop, {"SAUCE": 1})
    with shop.database.read() as session:
        last = sale_reading.last_sale_id(session, seat.shift_id, series=seat.series)
        assert last == practised.sale_id
        assert sale_reading.last_sale_id(session, seat.shift_id) == real.sale_id


# --- going in and out ----------------------------------------------------------------


def test_training_needs_an_empty_basket(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    with pytest.raises(BasketNotEmpty):
        begins(shop)
    does(shop, baskets.park, cart)
    begins(shop)
    assert is_on(shop)


def test_training_needs_an_open_shift(shop: Shop) -> None:
    with pytest.raises(ShiftClosed):
        does(shop, training.start, replace(where(shop), shift_id=None))
    drawer.seals(shop)
    with pytest.raises(ShiftClosed):
        begins(shop)
    assert not is_on(shop)


def test_who_goes_in_and_out_stands_on_the_record_and_on_the_z(shop: Shop) -> None:
    begins(shop)
    begins(shop)
    ends(shop, MANAGER)
    ends(shop)
    found = [(row.staff, row.note, row.is_training) for row in acts_of(shop)]
    assert found == [
        ("陈舟", training.BEGUN, False),
        ("林晓", training.ENDED, False),
    ]
    deeds = drawer.looks(shop).deeds
    assert [(deed.act, deed.staff) for deed in deeds] == [
        (Act.TRAIN, "陈舟"),
        (Act.TRAIN, "林晓"),
    ]


def test_who_does_not_sell_does_not_train(shop: Shop) -> None:
    reconciler = drawer.hire(shop, "周对账", Role.RECONCILER)
    with pytest.raises(NotPermitted):
        begins(shop, reconciler)
    assert not is_on(shop)


def test_a_screen_that_does_not_know_of_training_sells_nothing(shop: Shop) -> None:
    real: Seat = shop.seat()
    begins(shop)
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    bill = paid_in_cash(bill_for(shop, cart))
    with pytest.raises(TrainingChanged):
        complete(shop, cart, bill, seat=real)
    sold = complete(shop, cart, bill)
    practising = shop.seat()
    ends(shop)
    with pytest.raises(TrainingChanged):
        does(
            shop,
            refunds.refund_sale,
            refunding.refund_of(shop, sold.sale_id),
            practising,
            at=AT,
            approvals={},
        )


def test_after_a_restart_the_till_still_practises(shop: Shop) -> None:
    begins(shop)
    shop.database.close()
    glance = first_glance.take(shop.database.path)
    assert glance is not None
    assert glance.is_training
    again = replace(shop, database=schema.open_shop(shop.database.path))
    assert is_on(again)
    assert sell(again, {"SAUCE": 1}).number == "T01-T000001"
    ends(again)
    again.database.close()
    glance = first_glance.take(shop.database.path)
    assert glance is not None
    assert not glance.is_training


def test_saving_the_settings_does_not_end_a_training(shop: Shop) -> None:
    begins(shop)
    with shop.database.write() as session:
        settings.save(session, settings.load(session))
    assert is_on(shop)


# --- the record of acts ------------------------------------------------------------


def test_what_was_practised_is_on_the_record_and_not_on_the_z(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    begins(shop)
    practises_everything(shop)
    seat = shop.seat()
    here = replace(where(shop, CASHIER), is_training=seat.is_training)
    with pytest.raises(NotPermitted), permits.deciding(shop.database, here):
        raise NotPermitted(Deed(Act.REFUND), needs_approval=True)
    real = Deed(Act.GOODS, "SAUCE")
    does(shop, permits.require, replace(here, staff_id=MANAGER), real)
    ends(shop)
    marked = {row.act for row in acts_of(shop) if row.is_training}
    assert {Act.REFUND, Act.COMPENSATE, Act.VOID, Act.CORRECT_TENDER} <= marked
    assert Act.GOODS not in marked
    assert any(row.outcome is Outcome.REFUSED for row in acts_of(shop))
    assert {deed.act for deed in drawer.looks(shop).deeds} == {Act.TRAIN}
    refunding.refund(shop, sold.sale_id)
    assert Act.REFUND in {deed.act for deed in drawer.looks(shop).deeds}


def test_voids_that_are_practised_do_not_use_up_the_real_ones(shop: Shop) -> None:
    with shop.database.write() as session:
        settings.save(session, replace(settings.load(session), void_limit_count=1))
    cashier = replace(shop, staff_id=CASHIER)

    def voids_a_bag() -> None:
        cart = basket(shop, {"BAG": 1})
        keep(shop, cart)
        does(shop, voids.void_basket, cart, cashier.seat(), at=AT, reason="不要了")

    begins(shop)
    voids_a_bag()
    with pytest.raises(NotPermitted):
        voids_a_bag()
    ends(shop)
    voids_a_bag()


def test_a_shifts_paper_is_real_even_when_it_is_printed_in_training(shop: Shop) -> None:
    drawer.seals(shop)
    later = replace(shop, shift_id=drawer.opens(shop, "500"))
    begins(later)
    here = replace(where(later), is_training=True)
    does(later, shift_reading.reprint, here, shop.shift_id)
    reprint = acts_of(later)[-1]
    assert (reprint.act, reprint.is_training) == (Act.REPRINT, False)


def test_the_paper_of_a_training_sale_waits_like_any_other(shop: Shop) -> None:
    begins(shop)
    sold = sell(shop, {"SAUCE": 1})
    with shop.database.read() as session:
        (job,) = prints.list_waiting(session)
    assert (job.sale_id, job.copy) == (sold.sale_id, 0)


# --- files from before ---------------------------------------------------------------


def test_a_file_from_before_has_practised_nothing_and_begins_to(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    shutil.copyfile(FILES / "v6.db", path)
    database = schema.open_shop(path)
    with database.write() as session:
        shift = shifts.find_open(session, 1)
        assert shift is not None
        assert not settings.is_training(session)
        marks = session.scalars(select(baskets.Basket.is_training)).all()
        assert list(marks) == [False, False]
    database.close()

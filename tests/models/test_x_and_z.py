"""Pain 23, X and Z: what they say, and who may see and print them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from models.discounts import amount_off
from models.kinds import AccountKind, DiscountKind
from models.people import acts, permits, pins
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling import closing, shift_reading
from models.selling.shifts import Shift, State
from models.selling.z_closes import ZClose
from tests import drawer
from tests.drawer import CASHIER, MANAGER, does, where, yuan
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, Shop, basket, sell, sell_basket, sell_by_phone


def test_the_z_says_what_the_x_said_and_never_anything_else(shop: Shop) -> None:
    sell(shop, {"HONEY": 1, "WALNUT": 500})
    sell_by_phone(shop, "TEA", "personal")
    x = does(shop, shift_reading.x_report, where(shop), shop.shift_id)
    assert x.z_number is None
    assert x.z_name == ""
    assert (x.sealed, x.counts, x.split, x.cash_count) == (None, (), None, None)
    drawer.seals(shop)
    z = drawer.paper(shop)
    assert z.figures == x.figures
    assert z.sealed is not None
    assert (z.sealed.name, z.opened.name) == ("陈舟", "林晓")
    with shop.database.write() as session:
        session.execute(text("UPDATE category SET name_en = 'Other'"))
        session.execute(text("UPDATE stock SET on_hand = -1"))
    assert drawer.paper(shop).figures == z.figures


def test_an_x_leaves_nothing_behind_but_that_somebody_looked(shop: Shop) -> None:
    before = drawer.looks(shop)
    assert drawer.looks(shop) == before
    with shop.database.read() as session:
        assert session.scalars(select(ZClose)).all() == []
        assert session.get_one(Shift, shop.shift_id).state is State.OPEN
        looked = [one.act for one in acts.list_of_shift(session, shop.shift_id)]
    assert looked == [Act.SEE_FIGURES] * 2


def test_money_on_somebodys_own_phone_waits_to_be_handed_over(shop: Shop) -> None:
    sell_by_phone(shop, "TEA", "personal")
    sell_by_phone(shop, "BAG", "phone")
    figures = drawer.looks(shop)
    assert figures.to_hand_over == yuan("88")
    assert [one.account_kind for one in figures.tenders if one.is_to_hand_over] == [
        AccountKind.PERSONAL
    ]


def test_a_z_tells_who_corrected_what_and_who_was_refused(shop: Shop) -> None:
    here = where(shop, MANAGER)
    with shop.database.write() as session:
        for deed in (
            Deed(Act.VOID, "uuid of a basket", yuan("23.90"), "不要了", "福泉香辣酱"),
            Deed(Act.VOID_ABOVE_LIMIT, "篮子", yuan("239"), "不要了"),
            Deed(Act.DISCOUNT_FAR_ABOVE, "篮子", yuan("200"), "老顾客"),
            Deed(Act.PRICE, "SAUCE", yuan("20"), "临期"),
            Deed(Act.REPRINT, "T01-000001"),
            Deed(Act.SELL),
        ):
            acts.record(session, here, deed)
        acts.record(session, here, Deed(Act.SETTINGS), acts.Outcome.REFUSED)
        acts.record(
            session,
            where(shop, CASHIER),
            Deed(Act.VOID, "x", None, "一个人"),
            acts.Outcome.UNWITNESSED,
            MANAGER,
        )
    drawer.seals(shop)
    figures = drawer.paper(shop).figures
    assert figures.done(Act.VOID) == 2
    assert figures.done(Act.VOID_ABOVE_LIMIT, Act.DISCOUNT_FAR_ABOVE) == 2
    assert figures.done(Act.PRICE) == 1
    assert figures.done(Act.REPRINT, Act.REPRINT_AGAIN) == 1
    assert figures.refused == 1
    void, *_rest, alone = figures.deeds
    assert (void.staff, void.subject, void.amount, void.reason) == (
        "林晓",
        "福泉香辣酱",
        yuan("23.90"),
        "不要了",
    )
    assert (alone.staff, alone.approver, alone.amount) == ("陈舟", "林晓", None)
    assert alone.is_unwitnessed


def test_a_z_names_the_receipt_that_was_discounted(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2})
    off = amount_off(DiscountKind.ORDER, cart.total, "送客")
    sold = sell_basket(shop, cart.discount_all(off))
    drawer.seals(shop)
    (deed,) = drawer.paper(shop).figures.deeds
    assert (deed.act, deed.subject) == (Act.DISCOUNT_FAR_ABOVE, sold.number)


def test_a_z_lists_what_was_sold_below_zero(shop: Shop) -> None:
    sell(shop, {"HONEY": 41})
    drawer.seals(shop)
    (honey,) = drawer.paper(shop).figures.oversold
    assert (honey.name, honey.on_hand) == ("瓮安百花蜜", -1)


def test_training_is_in_no_sum_but_its_own(shop: Shop) -> None:
    sell(shop, {"HONEY": 1})
    with shop.database.write() as session:
        session.execute(
            text(
                "INSERT INTO sale SELECT NULL, 'x', till_id, 'T', 1, number || 'T', "
                "shift_id, staff_id, seller, at, business_date, local_hour, outlet_id, "
                "outlet, outlet_kind, channel, event, buyer_kind, list_fen, "
                "discount_fen, rounding_fen, net_fen, kind FROM sale"
            )
        )
    figures = drawer.looks(shop)
    assert (figures.receipts, figures.sums.net) == (1, yuan("59.90"))
    assert (figures.training, figures.perpetual) == (yuan("59.90"), yuan("59.90"))


# --- who sees and who prints ----------------------------------------------------------


def test_a_cashier_sees_no_figure_before_the_cash_is_counted(shop: Shop) -> None:
    with pytest.raises(NotPermitted):
        does(shop, closing.x_figures, where(shop, CASHIER), shop.shift_id)
    drawer.seals(shop, by=CASHIER)
    with pytest.raises(NotPermitted):
        drawer.paper(shop, by=CASHIER)
    drawer.counts_cash(shop, "500", by=CASHIER)
    assert drawer.paper(shop, by=CASHIER).figures.drawer.expected == yuan("500")


def test_a_supervisor_lets_a_cashier_look_and_print_again_once(shop: Shop) -> None:
    does(shop, pins.set_pin, KEYS, MANAGER, MANAGER_PIN, at=AT)
    cashier = where(shop, CASHIER)

    def approved(deed: Deed) -> str:
        return permits.approve(shop.database, KEYS, cashier, deed, MANAGER, MANAGER_PIN)

    looking = does(shop, closing.deed_of_looking, shop.shift_id)
    x = does(
        shop,
        shift_reading.x_report,
        cashier,
        shop.shift_id,
        approval=approved(looking),
    )
    assert x.figures.drawer.expected == yuan("500")
    drawer.seals(shop)
    z = does(
        shop,
        shift_reading.get_record,
        cashier,
        shop.shift_id,
        approval=approved(looking),
    )
    assert z.z_number == 1
    assert does(shop, shift_reading.reprint, cashier, shop.shift_id) == 1
    again = does(shop, shift_reading.deed_of_reprint, shop.shift_id)
    copy = does(
        shop,
        shift_reading.reprint,
        cashier,
        shop.shift_id,
        approval=approved(again),
    )
    assert copy == 2


def test_a_closing_note_stands_on_the_z(shop: Shop) -> None:
    does(shop, closing.seal, where(shop), shop.shift_id, note=" 雨天，人少 ")
    assert drawer.paper(shop).closing_note == "雨天，人少"


def test_a_reprint_is_counted_and_the_second_needs_more_than_a_cashier(
    shop: Shop,
) -> None:
    drawer.closes(shop, "500")
    cashier = where(shop, CASHIER)
    assert does(shop, shift_reading.reprint, cashier, shop.shift_id) == 1
    with pytest.raises(NotPermitted):
        does(shop, shift_reading.reprint, cashier, shop.shift_id)
    assert does(shop, shift_reading.reprint, where(shop), shop.shift_id) == 2

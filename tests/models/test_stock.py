"""Stock: every act is kept, and what is on hand is always their sum."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.errors import WrongQuantity
from models.goods import stock
from models.goods.stock import Act, Move, Reason
from tests import invariants
from tests.shop import AT, DAY, Shop, on_hand


def _act(shop: Shop, reason: Reason, note: str = "") -> Act:
    return Act(
        shop.outlet_id,
        reason,
        AT,
        DAY,
        shift_id=shop.shift_id,
        staff_id=shop.staff_id,
        note=note,
    )


def _movements(shop: Shop, reason: Reason) -> list[tuple[int, int, str]]:
    with shop.database.read() as session:
        found = session.execute(
            text(
                "SELECT outlet_id, amount, note FROM stock_movement "
                "WHERE reason = :reason ORDER BY id"
            ),
            {"reason": reason},
        )
        return [(row.outlet_id, row.amount, row.note) for row in found]


def test_a_delivery_adds(shop: Shop) -> None:
    with shop.database.write() as session:
        act = _act(shop, Reason.DELIVERY, "第3批")
        stock.receive_delivery(session, act, shop.products["SAUCE"], 24)
    assert on_hand(shop, "SAUCE") == 124
    assert _movements(shop, Reason.DELIVERY) == [(shop.outlet_id, 24, "第3批")]
    invariants.check(shop.database)


@pytest.mark.parametrize(
    "reason", [Reason.WASTE, Reason.TASTING, Reason.GIFT, Reason.RETURN]
)
def test_what_leaves_without_a_sale_has_its_reason(shop: Shop, reason: Reason) -> None:
    with shop.database.write() as session:
        stock.take_out(session, _act(shop, reason), shop.products["WALNUT"], 750)
    assert on_hand(shop, "WALNUT") == 49_250
    assert _movements(shop, reason) == [(shop.outlet_id, -750, "")]
    invariants.check(shop.database)


@pytest.mark.parametrize(
    ("counted", "difference"), [(97, -3), (104, 4), (100, 0), (0, -100)]
)
def test_a_count_sets_what_is_on_hand_and_tells_the_difference(
    shop: Shop, counted: int, difference: int
) -> None:
    with shop.database.write() as session:
        told = stock.count(
            session, _act(shop, Reason.COUNT), shop.products["SAUCE"], counted
        )
    assert told == difference
    assert on_hand(shop, "SAUCE") == counted
    invariants.check(shop.database)


def test_a_transfer_leaves_one_outlet_and_arrives_at_the_other_in_one_act(
    shop: Shop,
) -> None:
    with shop.database.write() as session:
        stock.transfer(
            session,
            _act(shop, Reason.TRANSFER),
            shop.canteen_id,
            shop.products["POMELO"],
            30,
        )
    assert on_hand(shop, "POMELO") == 50
    assert on_hand(shop, "POMELO", shop.canteen_id) == 30
    assert _movements(shop, Reason.TRANSFER) == [
        (shop.outlet_id, -30, ""),
        (shop.canteen_id, 30, ""),
    ]
    assert _acts(shop, Reason.TRANSFER) == 1
    invariants.check(shop.database)


def _acts(shop: Shop, reason: Reason) -> int:
    with shop.database.read() as session:
        found: int = session.scalar(
            text("SELECT count(DISTINCT act) FROM stock_movement WHERE reason = :one"),
            {"one": reason},
        )
    return found


def test_repacking_takes_one_product_and_makes_another_in_one_act(shop: Shop) -> None:
    """拆箱: five kilograms of walnuts become ten bags of something."""
    with shop.database.write() as session:
        stock.repack(
            session,
            _act(shop, Reason.REPACK),
            Move(shop.products["WALNUT"], 5000),
            Move(shop.products["BAG"], 10),
        )
    assert on_hand(shop, "WALNUT") == 45_000
    assert on_hand(shop, "BAG") == 510
    assert _acts(shop, Reason.REPACK) == 1
    invariants.check(shop.database)


@pytest.mark.parametrize("amount", [0, -1])
def test_only_more_than_nothing_moves(shop: Shop, amount: int) -> None:
    sauce, bag = shop.products["SAUCE"], shop.products["BAG"]
    with shop.database.write() as session:
        for reason in (Reason.WASTE, Reason.RETURN):
            with pytest.raises(WrongQuantity):
                stock.take_out(session, _act(shop, reason), sauce, amount)
        with pytest.raises(WrongQuantity):
            stock.receive_delivery(session, _act(shop, Reason.DELIVERY), sauce, amount)
        transfer = _act(shop, Reason.TRANSFER)
        with pytest.raises(WrongQuantity):
            stock.transfer(session, transfer, shop.canteen_id, sauce, amount)
        for taken, made in ((amount, 1), (1, amount)):
            with pytest.raises(WrongQuantity):
                stock.repack(
                    session,
                    _act(shop, Reason.REPACK),
                    Move(sauce, taken),
                    Move(bag, made),
                )
    assert on_hand(shop, "SAUCE") == 100
    invariants.check(shop.database)


def test_nothing_moves_onto_itself_and_nothing_is_counted_below_zero(
    shop: Shop,
) -> None:
    sauce = shop.products["SAUCE"]
    with shop.database.write() as session:
        with pytest.raises(WrongQuantity):
            stock.transfer(
                session, _act(shop, Reason.TRANSFER), shop.outlet_id, sauce, 1
            )
        with pytest.raises(WrongQuantity):
            stock.repack(
                session, _act(shop, Reason.REPACK), Move(sauce, 1), Move(sauce, 1)
            )
        with pytest.raises(WrongQuantity):
            stock.count(session, _act(shop, Reason.COUNT), sauce, -1)
    assert on_hand(shop, "SAUCE") == 100


def test_what_never_moved_is_not_on_hand(shop: Shop) -> None:
    assert on_hand(shop, "NEW") == 0
    assert on_hand(shop, "SAUCE", shop.canteen_id) == 0


def test_a_waste_of_more_than_is_there_goes_below_zero_and_stays_true(
    shop: Shop,
) -> None:
    with shop.database.write() as session:
        stock.take_out(session, _act(shop, Reason.WASTE), shop.products["TEA"], 5)
    assert on_hand(shop, "TEA") == -2
    invariants.check(shop.database)

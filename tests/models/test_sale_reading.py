"""Stored sales read back: by number, by the receipt's own code, in a list."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models import schema
from models.errors import NoSuchReceipt
from models.money import Money
from models.selling import sale_reading
from models.selling.sale_reading import SaleRow, Wanted
from tests.shop import (
    AT,
    DAY,
    OPENED,
    Shop,
    basket,
    bill_for,
    minutes,
    new_day,
    paid_by_phone,
    record,
    sell,
    sell_basket,
)


def _list(
    shop: Shop,
    words: str = "",
    *,
    day: date | None = None,
    before: int | None = None,
    most: int = 100,
) -> list[SaleRow]:
    with shop.database.read() as session:
        return sale_reading.list_sales(
            session, Wanted(words, day), before=before, most=most
        )


def _numbers(rows: list[SaleRow]) -> list[str]:
    return [row.number[-2:] for row in rows]


def _find(shop: Shop, code: str) -> int | None:
    with shop.database.read() as session:
        return sale_reading.find_by_code(session, code)


def test_a_record_says_where_when_and_by_whom(shop: Shop) -> None:
    stored = record(shop, sell(shop, {"SAUCE": 1}).sale_id)
    assert (stored.number, stored.at, stored.business_date) == ("T01-000001", AT, DAY)
    assert (stored.shop_name, stored.outlet_name) == ("山海惠农", "体育东展位")
    assert (stored.till_code, stored.till_name) == ("T01", "一号机")
    assert (stored.seller_name, stored.shift_number) == ("林晓", 1)
    assert stored.event_name == "金秋消费帮扶展销"
    assert not stored.is_demo


def test_there_is_no_record_of_what_was_not_sold(shop: Shop) -> None:
    with pytest.raises(NoSuchReceipt):
        record(shop, 1)


def test_a_receipts_code_leads_back_to_its_sale(shop: Shop) -> None:
    ids = [sell(shop, {"SAUCE": 1}).sale_id for _ in range(3)]
    for sale_id in ids:
        stored = record(shop, sale_id)
        assert _find(shop, stored.code) == sale_id
        assert _find(shop, f" {stored.code}\n") == sale_id
        assert _find(shop, stored.number) == sale_id
        assert _find(shop, stored.number.lower()) == sale_id


def test_a_receipts_code_names_till_series_number_and_ten_signs(shop: Shop) -> None:
    stored = record(shop, sell(shop, {"SAUCE": 1}).sale_id)
    head, till, series, seq, tail = stored.code.split(":")
    assert (head, till, series, seq) == ("SH1", "T01", "A", "1")
    assert len(tail) == 10
    assert set(tail) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert (
        sale_reading.receipt_code("T01", "A", 1, "00000000-0000-7000-8000-000000000000")
        == "SH1:T01:A:1:AAAAAAAAAA"
    )


@pytest.mark.parametrize(
    "forge",
    [
        lambda code: code[:-1] + ("A" if code[-1] != "A" else "B"),
        lambda code: code[:-1],
        lambda code: code + "A",
        lambda code: code.lower(),
        lambda code: code.replace(":1:", ":2:"),
        lambda code: code.replace(":1:", ":01:"),
        lambda code: code.replace(":1:", ":１:"),
        lambda code: code.replace(":1:", ":x:"),
        lambda code: code.replace(":1:", f":{'9' * 5000}:"),
        lambda code: code.replace(":A:", ":B:"),
        lambda code: code.replace("T01", "T02"),
        lambda code: code.replace("SH1", "SH2"),
        lambda _code: "",
        lambda _code: "SH1:T01:A:1:",
        lambda _code: "T01-000009",
        lambda _code: "%",
    ],
)
def test_a_forged_code_leads_nowhere(shop: Shop, forge: object) -> None:
    code = record(shop, sell(shop, {"SAUCE": 1}).sale_id).code
    assert callable(forge)
    assert _find(shop, forge(code)) is None


def _busy_day(shop: Shop) -> None:
    """Five sales, the last two on the next day."""
    sell(shop, {"SAUCE": 1, "BAG": 1})  # 24.40
    sell(shop, {"BOX": 1})  # 118.00
    cart = basket(shop, {"WALNUT": 1234})  # 71.57
    sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    later = AT + timedelta(days=1)
    seat = shop.seat(new_day(shop, at=later))
    sell(shop, {"TEA": 1}, at=later, seat=seat)  # 88.00
    sell(shop, {"SAUCE": 1}, at=later, seat=seat)  # 23.90


def test_the_newest_sale_is_listed_first_in_short(shop: Shop) -> None:
    _busy_day(shop)
    rows = _list(shop)
    assert _numbers(rows) == ["05", "04", "03", "02", "01"]
    oldest = rows[-1]
    assert oldest.summary == "福泉香辣酱、手提袋"
    assert (oldest.net, oldest.seller, oldest.at) == (Money(2440), "林晓", AT)
    assert (oldest.business_date, oldest.id) == (DAY, 1)
    assert rows[-2].summary == "山海四县礼盒"


_SEARCHES = {
    "": ["05", "04", "03", "02", "01"],
    "0003": ["03"],
    "3": ["03"],
    "T01-000002": ["02"],
    "t01-000002": ["02"],
    "71.57": ["03"],
    "¥71.57": ["03"],
    "￥88": ["04"],
    "香辣": ["05", "02", "01"],  # one of them inside a box
    "礼盒": ["02"],
    " 礼盒 ": ["02"],
    "box": ["02"],
    "sauce": ["05", "02", "01"],
    "没有": [],
    "%": [],
    "_": [],
    "\\": [],
    "'": [],
}


def test_sales_are_found_by_number_amount_or_goods(shop: Shop) -> None:
    _busy_day(shop)
    found = {words: _numbers(_list(shop, words)) for words in _SEARCHES}
    assert found == _SEARCHES


def test_sales_are_narrowed_to_a_day(shop: Shop) -> None:
    _busy_day(shop)
    assert _numbers(_list(shop, day=DAY)) == ["03", "02", "01"]
    assert _numbers(_list(shop, "香辣", day=DAY + timedelta(days=1))) == ["05"]
    assert _list(shop, day=DAY - timedelta(days=1)) == []


def test_sales_are_read_page_by_page(shop: Shop) -> None:
    _busy_day(shop)
    first = _list(shop, most=2)
    second = _list(shop, most=2, before=first[-1].id)
    last = _list(shop, most=2, before=second[-1].id)
    assert _numbers([*first, *second, *last]) == ["05", "04", "03", "02", "01"]
    assert _list(shop, most=2, before=last[-1].id) == []


def test_the_last_sale_is_the_shifts_own(shop: Shop) -> None:
    with shop.database.read() as session:
        assert sale_reading.last_sale_id(session, shop.shift_id) is None
    sell(shop, {"SAUCE": 1})
    second = sell(shop, {"SAUCE": 1})
    shift_id = new_day(shop, at=AT)
    with shop.database.read() as session:
        assert sale_reading.last_sale_id(session, shop.shift_id) == second.sale_id
        assert sale_reading.last_sale_id(session, shift_id) is None


def test_the_newest_instant_is_that_of_the_newest_shift(
    shop: Shop, tmp_path: Path
) -> None:
    """Whatever the clock said: a shift of a wrong day is over with the next one."""

    def newest() -> datetime | None:
        with shop.database.read() as session:
            return sale_reading.newest_instant(session, shop.till_id)

    assert newest() == OPENED
    sell(shop, {"SAUCE": 1}, at=AT)
    sell(shop, {"SAUCE": 1}, at=AT - minutes(30))
    assert newest() == AT
    new_day(shop, at=AT - minutes(60))
    assert newest() == AT - minutes(60)
    empty = schema.open_shop(tmp_path / "empty.db")
    with empty.read() as session:
        assert sale_reading.newest_instant(session, 1) is None
    empty.close()

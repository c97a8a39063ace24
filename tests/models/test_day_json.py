"""The day's summary as JSON has the figures of the summary, as text."""

from __future__ import annotations

import json

from models.office import day_json
from tests.shop import Shop, day_summary, sell


def test_a_day_is_written_with_exact_amounts_and_plain_words(shop: Shop) -> None:
    sell(shop, {"SAUCE": 2, "WALNUT": 1240}, cash="200")
    day = day_summary(shop)

    read = json.loads(day_json.render(day))

    assert read["business_date"] == "2026-11-24"
    assert read["made_at"] == "2026-11-24T02:30:00+00:00"
    assert read["shop_name"] == "山海惠农"
    assert read["is_demo"] is False
    assert read["goods"] == {"pieces": 2, "grams": 1240}
    assert read["sums"]["net"] == day.sums.net.plain
    assert [row["county"] for row in read["counties"]] == [
        row.county for row in day.counties
    ]
    assert read["tenders"][0]["account_kind"] is None
    assert read["places"][0]["channel"] == "stall"

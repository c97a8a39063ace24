"""Counties: names from the national table, a scheme, and a colour of their own."""

from __future__ import annotations

import pytest

import assets.tokens
from models.database import Database
from models.errors import WrongField
from models.goods import regions
from models.kinds import Scheme
from tests.shop import COUNTIES, Shop


def test_counties_carry_their_official_names(shop: Shop) -> None:
    with shop.database.read() as session:
        rows = regions.list_regions(session)
    assert [(row.code, row.scheme, row.county_en) for row in rows] == list(COUNTIES)
    assert [row.county for row in rows] == ["疏附县", "大埔县", "福泉市", "瓮安县"]
    assert rows[0].province == "新疆维吾尔自治区"
    assert rows[0].prefecture == "喀什地区"


def test_a_county_that_is_there_changes_its_scheme_and_english_name(
    shop: Shop,
) -> None:
    with shop.database.write() as session:
        regions.add_region(
            session, "522702", Scheme.WITHIN_PROVINCE, county_en="Fuquan City"
        )
        row = regions.list_regions(session)[2]
    assert (row.scheme, row.county_en) == (Scheme.WITHIN_PROVINCE, "Fuquan City")
    assert row.county == "福泉市"


def test_further_counties_take_their_colour_by_order(shop: Shop) -> None:
    named = assets.tokens.county_colours()
    further = assets.tokens.further_colours()
    with shop.database.write() as session:
        for code in ("522701", "522722"):
            regions.add_region(session, code, Scheme.EAST_WEST)
        rows = regions.list_regions(session)
    assert [row.colour for row in rows[:4]] == [named[row.code] for row in rows[:4]]
    assert [row.colour for row in rows[4:]] == [
        further[4 % len(further)],
        further[5 % len(further)],
    ]


def test_a_county_of_a_municipality_has_no_prefecture_of_another_name() -> None:
    province, _, county = regions.names_of("500101")
    assert (province, county) == ("重庆市", "万州区")


@pytest.mark.parametrize(
    "code",
    ["", "522700", "520000", "999999", "52270", "5227020", "52270a", "５２２７０２"],
)
def test_what_is_no_county_is_refused(database: Database, code: str) -> None:
    with pytest.raises(WrongField):
        with database.write() as session:
            regions.add_region(session, code, Scheme.EAST_WEST)
    with database.read() as session:
        assert regions.list_regions(session) == []

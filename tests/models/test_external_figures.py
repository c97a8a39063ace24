"""外部数据填报: what is sold elsewhere is written down by county, and kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.errors import MissingField, WrongAmount, WrongField
from models.kinds import Channel, Cut, Scheme
from models.money import Money
from models.office import day_closing, external_figures
from models.office.day_close_record import ExternalRow
from models.office.day_refusals import AlreadyReversed, DayNotYet, PartsTooLarge
from models.office.external_draft import Draft, FigureRow, Share
from models.office.external_figures import total_of
from models.office.periods import Period
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.roles import Role
from tests.drawer import CASHIER, MANAGER, closes, does, hire, where, yuan
from tests.shop import AT, DAY, Shop, day_summary

PLATFORM = Draft(
    DAY,
    Channel.STALL,
    "贵州展销平台月报 2026-11",
    yuan("3500000"),
    shares=(Share("522725", yuan("390000")),),
)
ONLINE = Draft(DAY, Channel.ONLINE, "大埔电商后台", yuan("114900"), "441422")


def enters(shop: Shop, draft: Draft, by: int = MANAGER) -> list[int]:
    return does(shop, external_figures.enter, where(shop, by), draft)


def reverses(shop: Shop, figure_id: int, reason: str = "报表有误") -> int:
    here = where(shop, MANAGER)
    return does(shop, external_figures.reverse, here, figure_id, reason)


def of_day(shop: Shop, day: date = DAY) -> tuple[ExternalRow, ...]:
    with shop.database.read() as session:
        return external_figures.of_day(session, day)


def listed(shop: Shop) -> list[FigureRow]:
    with shop.database.read() as session:
        return external_figures.list_figures(session, 50)


def test_of_three_and_a_half_million_thirty_nine_are_wengan(shop: Shop) -> None:
    """DOMAIN.md 5.8: 贵州平台 350 万元, of which 瓮安 39; 大埔 online 11.49."""
    enters(shop, PLATFORM)
    enters(shop, ONLINE)
    rows = of_day(shop)
    assert [(one.county, one.scheme, one.amount.ten_thousands) for one in rows] == [
        ("瓮安县", Scheme.EAST_WEST, "39.00"),
        ("", Scheme.NONE, "311.00"),
        ("大埔县", Scheme.WITHIN_PROVINCE, "11.49"),
    ]
    platform = [one for one in rows if one.source == PLATFORM.source]
    assert total_of(platform).ten_thousands == "350.00"
    assert day_summary(shop).sums.net == Money.ZERO  # in no receipt and no cash


def test_shares_that_make_up_the_whole_leave_no_rest(shop: Shop) -> None:
    whole = replace(PLATFORM, amount=yuan("390000"))
    assert len(enters(shop, whole)) == 1
    assert of_day(shop)[0].county == "瓮安县"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"source": "  "}, MissingField),
        ({"amount": Money.ZERO}, WrongAmount),
        ({"shares": (Share("522725", -yuan("1")),)}, WrongAmount),
        ({"shares": (Share("", yuan("1")),)}, MissingField),
        ({"shares": (Share("522725", yuan("3500000.01")),)}, PartsTooLarge),
        ({"day": DAY + timedelta(days=1)}, DayNotYet),
        ({"region_code": "440106"}, WrongField),
    ],
)
def test_what_makes_no_sense_is_not_stored(
    shop: Shop, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        enters(shop, replace(PLATFORM, **changes))  # type: ignore[arg-type]  # one field or another
    assert str(refused.value)
    assert listed(shop) == []


def test_the_office_enters_it_and_no_cashier(shop: Shop) -> None:
    enters(shop, ONLINE, by=hire(shop, "周会计", Role.RECONCILER))
    with pytest.raises(NotPermitted) as refused:
        enters(shop, ONLINE, by=CASHIER)
    assert refused.value.needs_approval


def test_a_wrong_figure_is_taken_back_once_with_a_reason(shop: Shop) -> None:
    [wrong] = enters(shop, ONLINE)
    with pytest.raises(ReasonMissing):
        reverses(shop, wrong, " ")
    opposite = reverses(shop, wrong)
    assert total_of(of_day(shop)) == Money.ZERO
    newest, first = listed(shop)
    assert (newest.id, newest.is_reversal, newest.figure.note) == (
        opposite,
        True,
        "报表有误",
    )
    assert first.is_reversed
    assert not newest.can_be_reversed
    assert not first.can_be_reversed
    for one in (wrong, opposite):
        with pytest.raises(AlreadyReversed) as refused:
            reverses(shop, one)
        assert str(refused.value)


def test_a_figure_stays_as_it_was_entered(shop: Shop) -> None:
    enters(shop, ONLINE)
    assert listed(shop)[0].can_be_reversed
    assert listed(shop)[0].staff == "林晓"
    for statement in (
        "DELETE FROM external_figure",
        "UPDATE external_figure SET amount_fen = 1",
    ):
        with pytest.raises(IntegrityError), shop.database.write() as session:
            session.execute(text(statement))


def test_a_figure_of_a_closed_day_is_booked_on_the_next_open_one(shop: Shop) -> None:
    [early] = enters(shop, ONLINE)
    closes(shop, "500", "500")
    reconciler = hire(shop, "周会计", Role.RECONCILER)
    here = where(shop, reconciler, at=AT)
    does(shop, day_closing.close_day, here, DAY)
    enters(shop, replace(ONLINE, amount=yuan("5")))
    reverses(shop, early)
    tomorrow = of_day(shop, DAY + timedelta(days=1))
    assert [(one.day, one.amount) for one in tomorrow] == [
        (DAY, yuan("5")),
        (DAY, -ONLINE.amount),
    ]
    assert [one.amount for one in of_day(shop)] == [ONLINE.amount]


def test_a_report_reads_them_by_county_scheme_and_channel(shop: Shop) -> None:
    """What was taken back is none, and another day is not asked for."""
    enters(shop, PLATFORM)
    (wrong,) = enters(shop, ONLINE)
    reverses(shop, wrong)
    enters(shop, replace(ONLINE, amount=yuan("100")))

    def read(cut: Cut, day: date = DAY) -> dict[str, Money]:
        with shop.database.read() as session:
            return external_figures.in_period(session, cut, Period(day, day))

    assert read(Cut.COUNTY) == {
        "522725:east_west": yuan("390000"),
        "-:none": yuan("3110000"),  # not divided is not 非帮扶
        "441422:within_province": yuan("100"),
    }
    assert read(Cut.SCHEME) == {
        "east_west": yuan("390000"),
        "-": yuan("3110000"),
        "within_province": yuan("100"),
    }
    assert read(Cut.CHANNEL) == {"stall": yuan("3500000"), "online": yuan("100")}
    assert read(Cut.CHANNEL, DAY - timedelta(days=1)) == {}

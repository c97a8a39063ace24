"""The two plain charts of a day, for slip and page alike."""

from __future__ import annotations

from assets import tokens
from models.i18n import Language
from models.office.day_record import CountyRow, DaySummary
from receipts import words
from receipts.day_words import (
    county_name,
    goods_counted,
    receipts_counted,
    thousandths,
)
from receipts.document import Bar, Bars
from receipts.words import Translate


def county_bars(day: DaySummary, language: Language, _: Translate) -> Bars:
    """One bar for each county, in its own colour, the largest first."""
    longest = max(row.sums.net for row in day.counties)
    return Bars(
        tuple(
            Bar(
                county_name(row, language, _),
                row.sums.net.grouped,
                thousandths(row.sums.net, longest),
                row.colour or tokens.colour("edge"),  # what is not assisted has none
                _details(row, _),
            )
            for row in day.counties
        )
    )


def _details(row: CountyRow, _: Translate) -> str:
    said = f"{receipts_counted(row.receipts, _)}  {goods_counted(row.goods, _)}"
    return f"{words.scheme_name(row.scheme, _)}  {said}" if row.code else said


def hour_bars(day: DaySummary, _: Translate) -> Bars:
    """One bar for each hour of the day's selling."""
    longest = max(row.net for row in day.hours)
    return Bars(
        tuple(
            Bar(
                f"{row.hour:02}:00  {receipts_counted(row.receipts, _)}",
                row.net.grouped,
                thousandths(row.net, longest),
                tokens.colour("accent"),
            )
            for row in day.hours
        )
    )

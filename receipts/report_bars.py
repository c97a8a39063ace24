"""The charts of a report: its rows as bars, and its months."""

from __future__ import annotations

from assets import tokens
from models.i18n import Language
from models.kinds import Cut
from models.money import Money
from models.office.report_record import Report
from receipts.day_words import thousandths
from receipts.document import Bar, Bars
from receipts.report_words import row_name
from receipts.words import Translate


def row_bars(report: Report, most: int, language: Language, _: Translate) -> Bars:
    """The largest rows first, in the colours of counties; hours in their order."""
    rows = [row for row in report.rows if row.sums.net]
    if report.cut is not Cut.HOUR:
        rows.sort(key=lambda row: -row.sums.net.fen)
    plain = "edge" if report.cut is Cut.COUNTY else "accent"
    nets = [row.sums.net for row in rows]
    longest = max(nets, default=Money.ZERO)
    return Bars(
        tuple(
            Bar(
                row_name(report.cut, row, language, _),
                row.sums.net.grouped,
                thousandths(row.sums.net, longest),
                row.colour or tokens.colour(plain),
            )
            for row in rows[:most]
        )
    )


def month_bars(report: Report) -> Bars:
    longest = max(month.net for month in report.months)
    return Bars(
        tuple(
            Bar(
                f"{month.period.first:%Y-%m}",
                month.net.grouped,
                thousandths(month.net, longest),
                tokens.colour("accent"),
            )
            for month in report.months
        )
    )

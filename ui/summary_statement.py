"""What the day's statement shows: the tables of the paper, with two lines to a name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assets.tokens import colour
from models.i18n import _, language
from models.kinds import AccountKind, Scheme
from models.office.day_record import CountyRow, DaySummary
from receipts.day_tables import Table, TableRow, tables_of
from receipts.day_words import county_name
from ui.widgets.bar_chart import Bar


@dataclass(frozen=True, slots=True)
class Statement:
    tenders: Table
    schemes: Table
    counties: Table
    places: Table
    products: Table
    personal: frozenset[int]  # rows of tenders that a person's own code took


def statement_of(day: DaySummary) -> Statement:
    """The cuts in the screen's language; the day must have a sale."""
    tenders, schemes, counties, places, products = tables_of(day, language(), _)
    personal = (
        place
        for place, row in enumerate(day.tenders)
        if row.account_kind is AccountKind.PERSONAL
    )
    return Statement(
        tenders,
        schemes,
        _with_prefectures(counties, day),
        _without_second(places),
        _without_second(products),
        frozenset(personal),
    )


def county_bars(day: DaySummary) -> list[Bar]:
    return [
        Bar(
            county_name(row, language(), _),
            row.sums.net.fen,
            row.sums.net.grouped,
            row.colour or colour("edge"),
        )
        for row in day.counties
    ]


def hour_bars(day: DaySummary) -> list[Bar]:
    return [Bar(f"{row.hour:02}", row.net.fen, row.net.grouped) for row in day.hours]


def _with_prefectures(table: Table, day: DaySummary) -> Table:
    """Each county with the line that tells where it lies."""
    ordered = (
        row for scheme in day.schemes for row in _counties_of(day, scheme.scheme)
    )
    rows = [
        row if row.is_total else _with_second_line(row, _prefecture(next(ordered)))
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows))


def _counties_of(day: DaySummary, scheme: Scheme) -> list[CountyRow]:
    return [row for row in day.counties if row.scheme is scheme]


def _prefecture(row: CountyRow) -> str:
    return " · ".join(name for name in (row.province, row.prefecture) if name)


def _without_second(table: Table) -> Table:
    """The second column as a second line of the first, where names need the room."""
    rows = [
        _with_second_line(
            replace(row, cells=(row.cells[0], *row.cells[2:])), row.cells[1]
        )
        for row in table.rows
    ]
    columns = (replace(table.columns[0], width=0), *table.columns[2:])
    return Table(table.title, columns, tuple(rows))


def _with_second_line(row: TableRow, line: str) -> TableRow:
    first = "\n".join(text for text in (row.cells[0], line) if text)
    return replace(row, cells=(first, *row.cells[1:]))

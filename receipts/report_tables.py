"""The tables of a report, the same on screen and page, and what opens behind a row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby

from models.i18n import Language
from models.kinds import Cut, Scheme
from models.money import Money
from models.office.file_table import Cell, FileTable
from models.office.report_record import KNOWN_ELSEWHERE, Report, ReportRow
from models.quantity import kilograms
from models.selling.cut_keys import UNDIVIDED, Behind, county_of
from receipts import words
from receipts.day_tables import Column, Table, TableRow
from receipts.report_words import (
    against_name,
    cut_name,
    percent,
    row_name,
    scheme_of,
    title_of,
)
from receipts.words import Translate

_MOST_COLUMNS = 5  # of the months' table, beside all and the others


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table, and for each of its rows which receipts are behind it."""

    table: Table
    behind: tuple[Behind, ...]


def main_table(report: Report, language: Language, _: Translate) -> ReportTable:
    """Each row's figures beside the period before; the totals last.

    Counties have a subtotal for each scheme and no total: schemes are not added up.
    """
    subtotals = {row.key: row for row in report.schemes}
    rows, behind = [], []

    def add(row: ReportRow, cut: Cut, name: str, *, is_total: bool = False) -> None:
        cells = (name, *_figures(report, row))
        rows.append(TableRow(cells, is_total=is_total, colour=row.colour))
        behind.append(_behind(report, cut, row.key, name))

    for scheme, of_scheme in groupby(report.rows, partial(_scheme, report.cut)):
        for row in of_scheme:
            add(row, report.cut, row_name(report.cut, row, language, _))
        if scheme in subtotals:
            name = words.scheme_name(Scheme(scheme), _)
            name = _("{scheme}, total").format(scheme=name)
            add(subtotals[scheme], Cut.SCHEME, name, is_total=True)
    if report.cut not in {Cut.COUNTY, Cut.SCHEME}:
        add(report.total, Cut.ALL, _("Total"), is_total=True)
    columns = (
        Column(cut_name(report.cut, _), 0, is_figure=False),
        *_columns(report, _),
    )
    return ReportTable(Table(title_of(report, _), columns, tuple(rows)), tuple(behind))


def month_table(report: Report, language: Language, _: Translate) -> ReportTable:
    """A row for each month: all of it, the largest rows of the cut, and the others."""
    order = sorted(
        range(len(report.rows)), key=lambda at: -report.rows[at].sums.net.fen
    )
    shown = order if len(order) <= _MOST_COLUMNS + 1 else order[:_MOST_COLUMNS]
    rows = []
    for month in report.months:
        each = [month.nets[at] for at in shown]
        if len(shown) < len(order):
            each.append(month.net - Money.sum(each))
        figures = (one.grouped for one in (month.net, *each))
        rows.append(TableRow((f"{month.period.first:%Y-%m}", *figures)))
    names = [row_name(report.cut, report.rows[at], language, _) for at in shown]
    if len(shown) < len(order):
        names.append(_("Others"))
    columns = (
        Column(_("Month"), 18, is_figure=False),
        Column(_("Net received"), 24),
        *(Column(name, 23) for name in names),
    )
    behind = tuple(
        Behind(Cut.ALL, "", month.period.first, month.period.last, _("Total"))
        for month in report.months
    )
    title = _("Month by month")
    return ReportTable(Table(title, columns, tuple(rows)), behind)


def with_targets(report: Report) -> list[ReportRow]:
    """The rows that may have a target: nothing is to be reached of 非帮扶."""
    none = {Scheme.NONE, UNDIVIDED}
    return [row for row in report.rows if _scheme(report.cut, row) not in none]


def target_table(report: Report, language: Language, _: Translate) -> ReportTable:
    """What the year is to reach, and how far it is by the period's end."""
    rows, behind = [], []
    for row in with_targets(report):
        name = row_name(report.cut, row, language, _)
        cells = (
            name,
            "-" if row.target is None else row.target.grouped,
            "-" if row.target is None else row.so_far.grouped,
            percent(row.done_permille),
        )
        rows.append(TableRow(cells, colour=row.colour))
        behind.append(_behind(report, report.cut, row.key, name))
    title = _("Targets of {year}").format(year=report.target_year)
    columns = (
        Column(cut_name(report.cut, _), 0, is_figure=False),
        Column(_("Target"), 32),
        Column(_("Reached, here and elsewhere"), 44),
        Column(_("Of the target"), 26),
    )
    return ReportTable(Table(title, columns, tuple(rows)), tuple(behind))


def file_tables(report: Report, language: Language, _: Translate) -> list[FileTable]:
    """The cut with every measure, and its months, as tables that can be added up."""
    titles = (
        _("From"),
        _("To"),
        _("Code"),
        cut_name(report.cut, _),
        _("Scheme"),
        _("Receipts"),
        _("Pieces"),
        _("kg"),
        _("List value"),
        _("Discounts"),
        _("Rounded off"),
        _("Net received"),
        _("Net in ￥10,000"),
        _("Elsewhere"),
        against_name(report.against, _),
        _("Target of {year}").format(year=report.target_year),
        _("Reached, here and elsewhere"),
    )
    rows = [_file_row(report, row, language, _) for row in report.rows]
    names = [row_name(report.cut, row, language, _) for row in report.rows]
    months: list[tuple[Cell, ...]] = [
        (f"{month.period.first:%Y-%m}", month.net, *month.nets)
        for month in report.months
    ]
    of_months = (_("Month"), _("Net received"), *names)
    return [
        FileTable(cut_name(report.cut, _), titles, tuple(rows)),
        FileTable(_("Month by month"), of_months, tuple(months)),
    ]


def _file_row(
    report: Report, row: ReportRow, language: Language, _: Translate
) -> tuple[Cell, ...]:
    scheme, code = "", row.key
    if report.cut is Cut.COUNTY:
        code = county_of(row.key)[0]
        scheme = "" if code == UNDIVIDED else words.scheme_name(scheme_of(row), _)
    code = "" if code == UNDIVIDED else code
    return (
        report.period.first.isoformat(),
        report.period.last.isoformat(),
        code,
        row_name(report.cut, row, language, _),
        scheme,
        row.receipts,
        *_measures(report, row),
        row.sums.net,
        Decimal(row.sums.net.ten_thousands.replace(",", "")),
        row.elsewhere,
        row.before,
        "" if row.target is None else row.target,
        "" if row.target is None else row.so_far,
    )


def _measures(report: Report, row: ReportRow) -> tuple[Cell, ...]:
    """Of the goods; what was paid how says nothing of them."""
    if report.cut is Cut.TENDER:
        return ("",) * 5
    return (
        row.goods.pieces,
        Decimal(row.goods.grams) / 1000,
        row.sums.list_total,
        -row.sums.discount,
        -row.sums.rounding,
    )


def _behind(report: Report, cut: Cut, key: str, name: str) -> Behind:
    return Behind(cut, key, report.period.first, report.period.last, name)


def _columns(report: Report, _: Translate) -> list[Column]:
    columns = [Column(_("Receipts"), 16)]
    if report.cut is not Cut.TENDER:
        columns += [Column(_("Pieces"), 15), Column(_("kg"), 19)]
    columns += [Column(_("Net received"), 25), Column(_("Share"), 14)]
    if report.cut in KNOWN_ELSEWHERE:
        columns.append(Column(_("Elsewhere"), 25))
    return [*columns, Column(_("Compared"), 25), Column(_("Growth"), 16)]


def _figures(report: Report, row: ReportRow) -> tuple[str, ...]:
    """In the order of _columns."""
    figures = [f"{row.receipts:,}"]
    if report.cut is not Cut.TENDER:
        figures.append(f"{row.goods.pieces:,}" if row.goods.pieces else "-")
        figures.append(kilograms(row.goods.grams) if row.goods.grams else "-")
    figures += [row.sums.net.grouped, percent(report.share(row))]
    if report.cut in KNOWN_ELSEWHERE:
        figures.append(row.elsewhere.grouped if row.elsewhere else "-")
    figures.append(row.before.grouped if row.before else "-")
    return (*figures, percent(row.change_permille, signed=True))


def _scheme(cut: Cut, row: ReportRow) -> str:
    """Of a county or a scheme itself; nothing else is under one."""
    if cut is Cut.COUNTY:
        return scheme_of(row).value
    return row.key if cut is Cut.SCHEME else ""

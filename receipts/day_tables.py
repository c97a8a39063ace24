"""The cuts of a day as tables of text, for the page that the office files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.i18n import Language
from models.kinds import Scheme
from models.money import Money
from models.office.day_record import CountyRow, DaySummary, Goods, SchemeRow, Sums
from models.quantity import kilograms
from receipts import words
from receipts.day_words import (
    county_name,
    ten_thousands,
    tender_name,
)
from receipts.words import Translate, named


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float  # mm; those without one share what is left
    is_figure: bool = True


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[str, ...]
    is_total: bool = False
    colour: str = ""  # of the county, as a mark before the first cell
    differs: tuple[int, ...] = ()  # cells that say what does not agree


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]


def tables_of(day: DaySummary, language: Language, _: Translate) -> Iterator[Table]:
    """Every cut, in the order of the page; none for a day without a sale."""
    if day.is_empty:
        return
    yield _tenders(day, _)
    yield _schemes(day, _)
    yield _counties(day, language, _)
    yield _places(day, _)
    yield _products(day, language, _)


def _name(title: str, width: float = 0) -> Column:
    return Column(title, width, is_figure=False)


def _measures(_: Translate) -> tuple[Column, ...]:
    return (
        Column(_("Pieces"), 14),
        Column(_("kg"), 18),
        Column(_("List value"), 22),
        Column(_("Discounts"), 19),
        Column(_("Rounding"), 17),
        Column(_("Net received"), 23),
    )


def _measured(goods: Goods, sums: Sums) -> tuple[str, ...]:
    return (
        f"{goods.pieces:,}" if goods.pieces else "-",
        kilograms(goods.grams) if goods.grams else "-",
        sums.list_total.grouped,
        taken_off(sums.discount),
        taken_off(sums.rounding),
        sums.net.grouped,
    )


def taken_off(amount: Money) -> str:
    return (-amount).grouped


def _total(day: DaySummary, blank: int, _: Translate) -> TableRow:
    """The day's own figures; each cut sums to them."""
    name = (_("Total"), *[""] * blank)
    counted = f"{day.receipts:,}"
    return TableRow((*name, counted, *_measured(day.goods, day.sums)), is_total=True)


def _tenders(day: DaySummary, _: Translate) -> Table:
    rows = [
        TableRow(
            (
                tender_name(row, _),
                words.account_kind_name(row.account_kind, _)
                if row.account_kind
                else "",
                f"{row.receipts:,}",
                row.tendered.grouped,
                taken_off(row.change),
                row.net.grouped,
            )
        )
        for row in day.tenders
    ]
    sums = (
        Money.sum(row.tendered for row in day.tenders).grouped,
        taken_off(Money.sum(row.change for row in day.tenders)),
        Money.sum(row.net for row in day.tenders).grouped,
    )
    # One receipt may be paid in several ways: their counts do not add up.
    rows.append(TableRow((_("Total"), "", "", *sums), is_total=True))
    if day.still_held:
        waits = _("To be handed over (personal codes)")
        rows.append(TableRow((waits, "", "", "", "", day.still_held.grouped)))
    columns = (
        _name(_("Tender and account")),
        _name(_("Kind of account"), 40),
        Column(_("Receipts"), 18),
        Column(_("Tendered"), 26),
        Column(_("Change"), 24),
        Column(_("Net received"), 26),
    )
    return Table(_("By tender and account"), columns, tuple(rows))


def _schemes(day: DaySummary, _: Translate) -> Table:
    """The schemes side by side; nowhere are they summed into one."""
    rows = (
        (_("Receipts"), [f"{x.receipts:,}" for x in day.schemes]),
        (_("Pieces"), [f"{x.goods.pieces:,}" for x in day.schemes]),
        (_("kg"), [kilograms(x.goods.grams) for x in day.schemes]),
        (_("List value"), [x.sums.list_total.grouped for x in day.schemes]),
        (_("Discounts"), [taken_off(x.sums.discount) for x in day.schemes]),
        (_("Rounded off"), [taken_off(x.sums.rounding) for x in day.schemes]),
    )
    figures = [TableRow((name, *cells)) for name, cells in rows]
    net = (_("Net received"), *[x.sums.net.grouped for x in day.schemes])
    worth = ("", *[ten_thousands(x.sums.net, _) for x in day.schemes])
    figures += [TableRow(net, is_total=True), TableRow(worth)]
    columns = [Column(words.scheme_name(x.scheme, _), 38) for x in day.schemes]
    return Table(_("By scheme"), (_name(""), *columns), tuple(figures))


def _counties(day: DaySummary, language: Language, _: Translate) -> Table:
    rows: list[TableRow] = []
    for scheme in day.schemes:
        name = words.scheme_name(scheme.scheme, _)
        mine = [row for row in day.counties if row.scheme is scheme.scheme]
        rows += [_county(row, language, _) for row in mine]
        if scheme.scheme is not Scheme.NONE:
            subtotal = _("{scheme}, total").format(scheme=name)
            rows.append(_subtotal(scheme, subtotal))
    columns = (
        _name(_("County and scheme")),
        Column(_("Receipts"), 14),
        *_measures(_),
    )
    return Table(_("By county"), columns, tuple(rows))


def _county(row: CountyRow, language: Language, _: Translate) -> TableRow:
    cells = (county_name(row, language, _), f"{row.receipts:,}")
    return TableRow((*cells, *_measured(row.goods, row.sums)), colour=row.colour)


def _subtotal(row: SchemeRow, name: str) -> TableRow:
    cells = (name, f"{row.receipts:,}", *_measured(row.goods, row.sums))
    return TableRow(cells, is_total=True)


def _places(day: DaySummary, _: Translate) -> Table:
    rows = [
        TableRow(
            (
                words.channel_name(row.channel, _),
                " · ".join(name for name in (row.outlet, row.event) if name),
                f"{row.receipts:,}",
                *_measured(row.goods, row.sums),
            )
        )
        for row in day.places
    ]
    columns = (
        _name(_("Channel"), 22),
        _name(_("Outlet and event")),
        Column(_("Receipts"), 12),
        *_measures(_),
    )
    return Table(_("By channel and outlet"), columns, (*rows, _total(day, 1, _)))


def _products(day: DaySummary, language: Language, _: Translate) -> Table:
    rows = [
        TableRow(
            (
                named(row.name, row.name_en, language),
                named(row.county, row.county_en, language),
                *_measured(row.goods, row.sums),
            )
        )
        for row in day.products
    ]
    total = TableRow((_("Total"), "", *_measured(day.goods, day.sums)), is_total=True)
    columns = (_name(_("Product")), _name(_("Origin"), 17), *_measures(_))
    return Table(_("By product"), columns, (*rows, total))

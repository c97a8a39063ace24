"""A day's close as tables of text, for the page on screen and the one on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from models.i18n import Language
from models.kinds import Channel, Scheme
from models.money import Money
from models.office.day_close_record import (
    CutRow,
    DayRecord,
    DayShift,
    ExternalRow,
    TenderMatch,
)
from models.quantity import kilograms
from models.selling.cut_keys import UNDIVIDED
from models.selling.shift_record import Signature
from receipts import words
from receipts.day_close_words import (
    check_name,
    check_verdict,
    county_name,
    document_name,
    tender_name,
)
from receipts.day_tables import Column, Table, TableRow
from receipts.shift_words import moment, signed
from receipts.words import Translate, named

SIDE_BY_SIDE = 4  # shifts in one table; further ones stand in the next
_NONE = "-"


def tables_of(day: DayRecord, language: Language, _: Translate) -> Iterator[Table]:
    """All of them, in the order of the page; one with nothing in it is left out."""
    yield tenders_table(day, _)
    yield checks_table(day, _)
    for at in range(0, len(day.shifts), SIDE_BY_SIDE):
        yield shifts_table(day.shifts[at : at + SIDE_BY_SIDE], _)
    yield places_table(day, language, _)
    if day.cuts:
        yield cuts_table(day, language, _)
    if day.external:
        yield external_table(day, language, _)
    if day.late:
        yield late_table(day, _)


# --- shifts -------------------------------------------------------------------------


class _Line(NamedTuple):
    name: str
    cell: Callable[[DayShift], str]
    is_total: bool = False
    differs: Callable[[DayShift], bool] | None = None


def shifts_table(shifts: tuple[DayShift, ...], _: Translate) -> Table:
    """Side by side, each shift a column."""
    columns = [
        Column(_("Shift {number}").format(number=f"{one.number:04}"), 36)
        for one in shifts
    ]
    rows = tuple(_shift_row(line, shifts) for line in _lines(shifts, _))
    return Table(_("Shifts side by side"), (_name(""), *columns), rows)


def _shift_row(line: _Line, shifts: tuple[DayShift, ...]) -> TableRow:
    cells = (line.name, *[line.cell(one) for one in shifts])
    differs = line.differs
    marked = [
        at for at, one in enumerate(shifts, 1) if differs is not None and differs(one)
    ]
    return TableRow(cells, is_total=line.is_total, differs=tuple(marked))


def _lines(shifts: tuple[DayShift, ...], _: Translate) -> Iterator[_Line]:
    yield _Line(_("Z no."), lambda one: one.z_name)
    yield _Line(_("Opened"), lambda one: _who(one.opened))
    if any(_is_late(one) for one in shifts):
        yield _Line(
            _("Opened after the close of"),
            lambda one: one.calendar_date.isoformat() if _is_late(one) else "",
        )
    yield _Line(_("Closed by"), lambda one: _who(one.sealed))
    yield _Line(_("Counted by"), lambda one: _who(one.counted))
    yield _Line(_("Taken over by"), lambda one: _who(one.accepted))
    yield _Line(_("Receipts"), lambda one: f"{one.receipts:,}")
    yield _Line(_("Refunds"), lambda one: (-one.refunds).grouped)
    yield _Line(_("Net received"), lambda one: one.net.grouped, is_total=True)
    yield _Line(
        _("Float as counted"),
        lambda one: one.float_.grouped,
        differs=lambda one: one.float_left not in {None, one.float_},
    )
    yield _Line(
        _("Float as left before"),
        lambda one: _NONE if one.float_left is None else one.float_left.grouped,
    )
    yield _Line(_("Cash of sales"), lambda one: one.cash.grouped)
    yield _Line(_("Moved in and out"), lambda one: one.moved.grouped)
    yield _Line(_("Cash expected"), lambda one: one.cash_expected.grouped)
    yield _Line(_("Cash as counted"), lambda one: one.cash_counted.grouped)
    yield _Line(
        _("Over or short"),
        lambda one: _difference(one.cash_difference),
        is_total=True,
        differs=lambda one: bool(one.cash_difference),
    )
    yield from _account_lines(shifts, _)
    yield _Line(_("Stays as float"), lambda one: one.left.grouped)
    yield _Line(_("To the bank"), lambda one: one.banked.grouped)
    yield _Line(_("Handed on"), lambda one: one.handed.grouped)


def _account_lines(shifts: tuple[DayShift, ...], _: Translate) -> Iterator[_Line]:
    """Each 收款账户: what came in, and what its app said."""
    used = {
        one.account_id: one
        for shift in shifts
        for one in shift.tenders
        if one.account_id is not None
    }
    for account_id, account in sorted(used.items()):
        name = tender_name(account, _)
        yield _Line(name, partial(_expected_in, account_id))
        yield _Line(
            _("{name}, counted").format(name=name),
            partial(_counted_in, account_id, _),
            differs=partial(_is_off, account_id),
        )


def _find(account_id: int, shift: DayShift) -> TenderMatch | None:
    return next((one for one in shift.tenders if one.account_id == account_id), None)


def _expected_in(account_id: int, shift: DayShift) -> str:
    one = _find(account_id, shift)
    return _NONE if one is None else one.expected.grouped


def _counted_in(account_id: int, _: Translate, shift: DayShift) -> str:
    one = _find(account_id, shift)
    if one is None:
        return _NONE
    return _("not counted") if one.counted is None else one.counted.grouped


def _is_off(account_id: int, shift: DayShift) -> bool:
    one = _find(account_id, shift)
    return one is not None and (one.counted is None or bool(one.difference))


def _who(one: Signature) -> str:
    return f"{one.name}  {moment(one.at)[-11:]}"


def _is_late(one: DayShift) -> bool:
    return one.calendar_date < one.business_date


# --- money --------------------------------------------------------------------------


def tenders_table(day: DayRecord, _: Translate) -> Table:
    """As on a bank's statement: expected, counted, difference."""
    rows = [_tender(one, _) for one in day.tenders]
    counted = [one.counted for one in day.tenders if one.counted is not None]
    expected = [one.expected for one in day.tenders if one.counted is not None]
    total = Money.sum(counted) - Money.sum(expected)
    rows.append(
        TableRow(
            (
                _("Total of what was counted"),
                Money.sum(expected).grouped,
                Money.sum(counted).grouped,
                _difference(total),
                "",
            ),
            is_total=True,
            differs=(3,) if total else (),
        )
    )
    columns = (
        _name(_("Tender and account")),
        Column(_("Expected"), 26),
        Column(_("Counted"), 26),
        Column(_("Over or short"), 26),
        _name(_("Reason")),
    )
    return Table(_("Expected, counted, difference"), columns, tuple(rows))


def _tender(one: TenderMatch, _: Translate) -> TableRow:
    reasons = "  ".join(dict.fromkeys(one.reasons))
    if one.counted is None:
        missing = _("not counted") if one.account_id is not None else _NONE
        cells = (tender_name(one, _), one.expected.grouped, missing, _NONE, reasons)
        return TableRow(cells, differs=(2,) if one.account_id is not None else ())
    return TableRow(
        (
            tender_name(one, _),
            one.expected.grouped,
            one.counted.grouped,
            _difference(one.difference),
            reasons,
        ),
        differs=(3,) if one.difference else (),
    )


def _difference(amount: Money) -> str:
    return signed(amount) if amount else "0.00"


def checks_table(day: DayRecord, _: Translate) -> Table:
    """Each with a tick, or with what is between the two."""
    rows = [
        TableRow(
            (
                check_name(one.kind, _),
                "" if one.one is None else one.one.grouped,
                "" if one.other is None else one.other.grouped,
                check_verdict(one, _),
                "  ".join(one.names),
            ),
            differs=() if one.is_right else (3,),
        )
        for one in day.checks
    ]
    columns = (
        _name(_("What is held against what")),
        Column(_("The first"), 26),
        Column(_("The second"), 26),
        Column(_("Difference"), 32),
        _name(_("Of which")),
    )
    return Table(_("Checks"), columns, tuple(rows))


# --- counties, channels, products ---------------------------------------------------

_Place = tuple[str, Scheme, Channel]


def places_table(day: DayRecord, language: Language, _: Translate) -> Table:
    """County × channel; what is sold elsewhere stands beside it and is not added."""
    here: dict[_Place, Money] = {}
    elsewhere: dict[_Place, Money] = {}
    names = {"": _("Not assisted"), UNDIVIDED: _("No county")}
    both: list[tuple[CutRow | ExternalRow, str, Money, dict[_Place, Money]]] = [
        *((one, one.code, one.net, here) for one in day.cuts),
        *((one, one.code or UNDIVIDED, one.amount, elsewhere) for one in day.external),
    ]
    for row, code, amount, sums in both:
        place = (code, row.scheme, row.channel)
        sums[place] = sums.get(place, Money.ZERO) + amount
        if row.code:
            names[code] = county_name(row, language, _)
    places = sorted(here.keys() | elsewhere.keys(), key=_last_without_county)
    rows = [
        TableRow(
            (
                names[code],
                _NONE if code == UNDIVIDED else words.scheme_name(scheme, _),
                words.channel_name(channel, _),
                _or_none(here.get((code, scheme, channel))),
                _or_none(elsewhere.get((code, scheme, channel))),
            )
        )
        for code, scheme, channel in places
    ]
    rows.append(
        TableRow(
            (
                _("Total"),
                "",
                "",
                Money.sum(here.values()).grouped,
                Money.sum(elsewhere.values()).grouped,
            ),
            is_total=True,
        )
    )
    columns = (
        _name(_("County")),
        _name(_("Scheme"), 34),
        _name(_("Channel"), 34),
        Column(_("This till"), 32),
        Column(_("Elsewhere"), 34),
    )
    return Table(_("By county and channel"), columns, tuple(rows))


def _last_without_county(place: _Place) -> tuple[int, _Place]:
    """What is divided among counties, then 非帮扶, then what nobody divided."""
    return {"": 1, UNDIVIDED: 2}.get(place[0], 0), place


def _or_none(amount: Money | None) -> str:
    return _NONE if amount is None else amount.grouped


def cuts_table(day: DayRecord, language: Language, _: Translate) -> Table:
    """County × channel × product, with a subtotal for each county and channel."""
    rows: list[TableRow] = []
    for (_code, channel), some in groupby(
        day.cuts, key=lambda one: (one.code, one.channel)
    ):
        group = list(some)
        county = county_name(group[0], language, _) or _("Not assisted")
        name = f"{county} · {words.channel_name(channel, _)}"
        rows.append(_cut_total(name, group))
        rows += [
            TableRow(
                (
                    named(one.name, one.name_en, language),
                    f"{one.pieces:,}" if one.pieces else _NONE,
                    kilograms(one.grams) if one.grams else _NONE,
                    one.net.grouped,
                )
            )
            for one in group
        ]
    rows.append(_cut_total(_("Total"), list(day.cuts)))
    columns = (
        _name(_("County, channel and product")),
        Column(_("Pieces"), 22),
        Column(_("kg"), 26),
        Column(_("Net received"), 30),
    )
    title = _("By county, channel and product")
    return Table(title, columns, tuple(rows))


def _cut_total(name: str, rows: list[CutRow]) -> TableRow:
    pieces, grams = sum(x.pieces for x in rows), sum(x.grams for x in rows)
    return TableRow(
        (
            name,
            f"{pieces:,}" if pieces else _NONE,
            kilograms(grams) if grams else _NONE,
            Money.sum(x.net for x in rows).grouped,
        ),
        is_total=True,
    )


def external_table(day: DayRecord, language: Language, _: Translate) -> Table:
    """非本机, with the day that each amount belongs to and where it stands written."""
    rows = [
        TableRow(
            (
                one.source,
                one.day.isoformat(),
                county_name(one, language, _) or _("No county"),
                words.channel_name(one.channel, _),
                one.amount.grouped,
            )
        )
        for one in day.external
    ]
    total = Money.sum(one.amount for one in day.external).grouped
    rows.append(TableRow((_("Total"), "", "", "", total), is_total=True))
    columns = (
        _name(_("Source document")),
        _name(_("Belongs to"), 26),
        _name(_("County"), 26),
        _name(_("Channel"), 32),
        Column(_("Elsewhere"), 34),
    )
    return Table(_("Sold elsewhere, not at this till"), columns, tuple(rows))


def late_table(day: DayRecord, _: Translate) -> Table:
    rows = tuple(
        TableRow(
            (
                one.number,
                document_name(one.kind, _),
                one.original,
                one.belongs_to.isoformat(),
                one.amount.grouped,
            )
        )
        for one in day.late
    )
    columns = (
        _name(_("Number")),
        _name(_("Document"), 34),
        _name(_("Of receipt"), 34),
        _name(_("Belongs to"), 28),
        Column(_("Amount"), 30),
    )
    return Table(_("Documents of earlier days"), columns, rows)


def _name(title: str, width: float = 0) -> Column:
    return Column(title, width, is_figure=False)

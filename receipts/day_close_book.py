"""A day's close as sheets of a workbook, for who goes on calculating with it."""

from __future__ import annotations

from collections.abc import Iterator

from models.i18n import Language, translator
from models.money import Money
from models.office.day_close_record import DayRecord, DayShift, TenderMatch
from models.office.file_table import Cell, FileTable
from receipts import words
from receipts.day_close_words import (
    check_name,
    check_verdict,
    county_name,
    document_name,
    signature_line,
    tender_name,
)
from receipts.shift_words import moment
from receipts.words import Translate, named


def sheets_of(day: DayRecord, *, language: Language) -> list[FileTable]:
    """Each table of the day with figures that can be added up."""
    return list(_sheets(day, language, translator(language)))


def _sheets(day: DayRecord, language: Language, _: Translate) -> Iterator[FileTable]:
    yield FileTable(
        _("Day"), (_("Day close"), day.business_date.isoformat()), tuple(_day(day, _))
    )
    yield FileTable(_("Shifts"), _shift_titles(_), tuple(map(_shift, day.shifts)))
    yield FileTable(
        _("Tenders"),
        (
            _("Shift"),
            _("Tender and account"),
            _("Expected"),
            _("Counted"),
            _("Over or short"),
            _("Reason"),
        ),
        tuple(_tenders(day, _)),
    )
    yield FileTable(
        _("Checks"),
        (
            _("What is held against what"),
            _("The first"),
            _("The second"),
            _("Difference"),
        ),
        tuple(
            (
                check_name(one.kind, _),
                _or_blank(one.one),
                _or_blank(one.other),
                check_verdict(one, _),
            )
            for one in day.checks
        ),
    )
    yield _cuts(day, language, _)
    yield _external(day, language, _)
    yield _late(day, _)


def _day(day: DayRecord, _: Translate) -> Iterator[tuple[Cell, ...]]:
    yield (_("Shop"), day.shop_name)
    yield (_("Till"), day.till_code)
    yield (_("Receipts"), day.receipts)
    yield (_("Net received"), day.net)
    yield (_("Over or short"), day.difference)
    yield (_("Signature"), signature_line(day, _))
    yield (_("Note"), day.note)


def _shift_titles(_: Translate) -> tuple[str, ...]:
    return (
        _("Shift"),
        _("Z no."),
        _("Opened by"),
        _("Opened at"),
        _("Counted by"),
        _("Taken over by"),
        _("Receipts"),
        _("Net received"),
        _("Float as counted"),
        _("Cash expected"),
        _("Cash as counted"),
        _("Over or short"),
        _("Stays as float"),
        _("To the bank"),
        _("Handed on"),
    )


def _shift(one: DayShift) -> tuple[Cell, ...]:
    return (
        one.number,
        one.z_name,
        one.opened.name,
        moment(one.opened.at),
        one.counted.name,
        one.accepted.name,
        one.receipts,
        one.net,
        one.float_,
        one.cash_expected,
        one.cash_counted,
        one.cash_difference,
        one.left,
        one.banked,
        one.handed,
    )


def _tenders(day: DayRecord, _: Translate) -> Iterator[tuple[Cell, ...]]:
    for shift in day.shifts:
        for one in shift.tenders:
            yield (shift.number, *_tender(one, _))


def _tender(one: TenderMatch, _: Translate) -> tuple[Cell, ...]:
    return (
        tender_name(one, _),
        one.expected,
        _or_blank(one.counted),
        "" if one.counted is None else one.difference,
        "  ".join(one.reasons),
    )


def _or_blank(amount: Money | None) -> Cell:
    return "" if amount is None else amount


def _cuts(day: DayRecord, language: Language, _: Translate) -> FileTable:
    rows = tuple(
        (
            one.code,
            county_name(one, language, _) or _("Not assisted"),
            words.scheme_name(one.scheme, _),
            words.channel_name(one.channel, _),
            one.sku,
            named(one.name, one.name_en, language),
            one.pieces,
            one.grams,
            one.net,
        )
        for one in day.cuts
    )
    titles = (
        _("County code"),
        _("County"),
        _("Scheme"),
        _("Channel"),
        _("SKU"),
        _("Product"),
        _("Pieces"),
        _("Grams"),
        _("Net received"),
    )
    return FileTable(_("County, channel, product"), titles, rows)


def _external(day: DayRecord, language: Language, _: Translate) -> FileTable:
    rows = tuple(
        (
            one.source,
            one.day.isoformat(),
            one.code,
            county_name(one, language, _) or _("No county"),
            words.scheme_name(one.scheme, _) if one.code else "",
            words.channel_name(one.channel, _),
            one.amount,
            one.note,
        )
        for one in day.external
    )
    titles = (
        _("Source document"),
        _("Belongs to"),
        _("County code"),
        _("County"),
        _("Scheme"),
        _("Channel"),
        _("Elsewhere"),
        _("Note"),
    )
    return FileTable(_("Not of this till"), titles, rows)


def _late(day: DayRecord, _: Translate) -> FileTable:
    rows = tuple(
        (
            one.number,
            document_name(one.kind, _),
            one.original,
            one.belongs_to.isoformat(),
            one.amount,
        )
        for one in day.late
    )
    titles = (
        _("Number"),
        _("Document"),
        _("Of receipt"),
        _("Belongs to"),
        _("Amount"),
    )
    return FileTable(_("Earlier days"), titles, rows)

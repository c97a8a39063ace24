"""The day's summary as a slip for the till's own printer."""

from __future__ import annotations

from collections.abc import Iterator

from models import clock
from models.i18n import Language, translator
from models.office.day_record import DaySummary, TenderRow
from models.quantity import kilograms
from receipts import words
from receipts.day_bars import county_bars, hour_bars
from receipts.day_words import (
    goods_counted,
    place_name,
    receipts_counted,
    refunds_counted,
    ten_thousands,
    tender_name,
)
from receipts.document import (
    Document,
    Pair,
    Row,
    Rule,
    Size,
    Text,
    Tone,
    centred,
    note,
)
from receipts.words import Translate, named


def slip_for(day: DaySummary, *, language: Language) -> Document:
    """All cuts of ``day`` below each other, with plain charts."""
    _ = translator(language)
    rows: list[Row] = [*_heading(day, _), Rule(), *_key_figures(day, _)]
    if day.is_empty:
        rows += [Rule(), centred(_("Nothing was sold on this day."))]
    else:
        for title, cut in _cuts(day, language, _):
            rows += [Rule(), Text(title, size=Size.STRONG), *cut]
    title = _("Day summary {date}").format(date=day.business_date.isoformat())
    return Document(title, tuple(rows))


def _heading(day: DaySummary, _: Translate) -> Iterator[Row]:
    yield centred(day.shop_name, Size.BIG)
    yield centred(_("Day summary"), Size.STRONG)
    if day.is_demo:
        yield centred(_("DEMO - not real sales"), Size.STRONG)
    yield Rule()
    yield Pair(_("Business date"), day.business_date.isoformat())
    yield Pair(_("Till no."), day.till_code)
    yield Pair(_("Made at"), f"{clock.local(day.made_at):%Y-%m-%d %H:%M}")
    if day.first_number:
        numbers = _("No. {first} to {last}")
        yield Text(numbers.format(first=day.first_number, last=day.last_number))


def _key_figures(day: DaySummary, _: Translate) -> Iterator[Row]:
    yield Pair(_("Receipts"), f"{day.receipts:,}")
    if day.refunds:
        yield note(refunds_counted(day.refunds, day.refunded, _))
    yield Pair(_("Pieces"), f"{day.goods.pieces:,}")
    yield Pair(_("Weight"), f"{kilograms(day.goods.grams)}kg")
    yield Pair(_("List value"), day.sums.list_total.grouped)
    yield Pair(_("Discounts"), (-day.sums.discount).grouped)
    yield Pair(_("Rounded off"), (-day.sums.rounding).grouped)
    yield Pair(_("Net received"), f"￥{day.sums.net.grouped}", Tone.STRONG)
    yield Pair("", ten_thousands(day.sums.net, _))
    if day.training:
        yield Pair(_("Training, in no sum"), day.training.grouped)


def _cuts(
    day: DaySummary, language: Language, _: Translate
) -> Iterator[tuple[str, Iterator[Row]]]:
    yield _("By tender and account"), _tenders(day, _)
    yield _("By county"), iter((county_bars(day, language, _),))
    yield _("By scheme"), _schemes(day, _)
    yield _("By channel and outlet"), _places(day, _)
    yield _("By hour"), iter((hour_bars(day, _),))
    yield _("By product"), _products(day, language, _)


def _tenders(day: DaySummary, _: Translate) -> Iterator[Row]:
    for row in day.tenders:
        yield Pair(tender_name(row, _), row.net.grouped)
        yield note(_tender_details(row, _))
    if day.still_held:
        waits = _("To be handed over (personal codes)")
        yield Pair(waits, day.still_held.grouped)


def _tender_details(row: TenderRow, _: Translate) -> str:
    said = [receipts_counted(row.receipts, _)]
    if row.refunds:
        said.append(refunds_counted(row.refunds, row.refunded, _))
    if row.change:
        said.append(_("received {amount}").format(amount=row.tendered.grouped))
        said.append(_("change {amount}").format(amount=row.change.grouped))
    return "  ".join(said)


def _schemes(day: DaySummary, _: Translate) -> Iterator[Row]:
    for row in day.schemes:
        yield Pair(words.scheme_name(row.scheme, _), row.sums.net.grouped)
        counted = receipts_counted(row.receipts, _)
        worth = ten_thousands(row.sums.net, _)
        yield note(f"{counted}  {goods_counted(row.goods, _)}  {worth}")


def _places(day: DaySummary, _: Translate) -> Iterator[Row]:
    for row in day.places:
        yield Pair(place_name(row, _), row.sums.net.grouped)
        counted = receipts_counted(row.receipts, _)
        yield note(f"{counted}  {goods_counted(row.goods, _)}")


def _products(day: DaySummary, language: Language, _: Translate) -> Iterator[Row]:
    for row in day.products:
        name = named(row.name, row.name_en, language)
        yield Pair(name, row.sums.net.grouped)
        county = named(row.county, row.county_en, language)
        yield note(f"{county}  {goods_counted(row.goods, _)}".strip())

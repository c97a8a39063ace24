"""The customer's receipt: what a stored sale says on paper."""

from __future__ import annotations

from collections.abc import Iterator

from models import clock
from models.i18n import Language, translator
from models.kinds import Method, PriceReason
from models.money import Money
from models.quantity import WeightUnit, kilograms
from models.selling.sale_record import LineRecord, PartRecord, PaymentRecord, SaleRecord
from receipts import words
from receipts.document import (
    Align,
    Document,
    Pair,
    Phrases,
    Qr,
    Row,
    Rule,
    Size,
    Text,
    Tone,
    centred,
    note,
)
from receipts.words import Translate, named

TRAINING = "培训 TRAINING"  # in both languages: whoever finds the paper reads one


def receipt_for(
    sale: SaleRecord, *, language: Language, weight_unit: WeightUnit, copy: int = 0
) -> Document:
    """The receipt of ``sale``; its ``copy``-th copy if that is not 0."""
    _ = translator(language)
    rows: list[Row] = [*_heading(sale, copy, _), Rule()]
    for line in sale.lines:
        rows += _line(line, language, weight_unit, _)
    rows += [Rule(), *_totals(sale, _), Rule(), *_tenders(sale, _)]
    rows += [*_assisted(sale, language, _), Qr(sale.code)]
    rows.append(note(_("This slip is not an invoice."), Align.CENTRE))
    if sale.mark is not None:
        said = _("Record {seq} {code}")
        mark = said.format(seq=sale.mark.seq, code=sale.mark.code)
        rows.append(note(mark, Align.CENTRE))
    title = _("Receipt {number}").format(number=sale.number)
    if not sale.is_training:
        return Document(title, tuple(rows))
    ends = _training(_)
    return Document(title, (*ends, Rule(), *rows, Rule(), *ends), TRAINING)


def _training(_: Translate) -> tuple[Row, ...]:
    """At both ends of the paper, so that neither half of it passes for a real one."""
    said = _("Practice only - not a sale")
    return centred(TRAINING, Size.BIG), note(said, Align.CENTRE)


def _heading(sale: SaleRecord, copy: int, _: Translate) -> Iterator[Row]:
    yield centred(sale.shop_name, Size.BIG)
    place = (sale.outlet_name, sale.event_name)
    yield centred(" · ".join(name for name in place if name))
    if sale.is_demo:
        yield centred(_("DEMO - not a real sale"), Size.STRONG)
    if copy:
        yield centred(_("Copy {n}").format(n=copy), Size.STRONG)
    yield Rule()
    yield Text(_("No. {number}").format(number=sale.number))
    at = clock.local(sale.at)
    yield Text(_("Time {time}").format(time=f"{at:%Y-%m-%d %H:%M:%S}"))
    yield Pair(
        _("Till {code}").format(code=sale.till_code),
        _("Cashier {name}").format(name=sale.seller_name),
    )


def _line(
    line: LineRecord, language: Language, unit: WeightUnit, _: Translate
) -> Iterator[Row]:
    county = named(line.county, line.county_en, language)
    yield Pair(named(line.name, line.name_en, language), county, Tone.ITEM)
    yield Pair(_count_and_price(line, unit, _), line.total.plain)
    beside = _beside_the_price(line, unit, _)
    if beside:
        yield note(beside)
    for part in line.parts:
        yield _part(part, language)


def _count_and_price(line: LineRecord, unit: WeightUnit, _: Translate) -> str:
    if line.count.is_weight:
        grams = line.count.amount
        said = words.weight(grams, unit, _)
        said += f" × {words.unit_price(line.price, unit, _)}"
        # Whoever thinks in 斤 may check against a scale that shows kilograms.
        return said if unit is WeightUnit.KG else f"{said} {kilograms(grams)}kg"
    said = f"{line.count.amount} × {words.yuan(line.price, _)}"
    if line.pack_size > 1:
        said += " " + _("pack of {n}").format(n=line.pack_size)
    return said


def _beside_the_price(line: LineRecord, unit: WeightUnit, _: Translate) -> str:
    """原价 where it differs, and why; a gift says that it is one."""
    said = []
    if line.list_price != line.price:
        price = (
            words.unit_price(line.list_price, unit, _)
            if line.count.is_weight
            else words.yuan(line.list_price, _)
        )
        said.append(_("List price {price}").format(price=price))
    if line.reason is not PriceReason.NONE:
        said.append(words.price_reason_name(line.reason, _))
    elif not line.total:
        said.append(_("Gift"))
    return "  ".join(said)


def _part(part: PartRecord, language: Language) -> Pair:
    amount = part.quantity.amount
    count = f"{kilograms(amount)}kg" if part.quantity.is_weight else f"×{amount}"
    name = named(part.name, part.name_en, language)
    county = named(part.county, part.county_en, language)
    return Pair(f"{name} {count}", county, Tone.PART)


def _totals(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    yield from _counts(sale, _)
    if sale.discount:
        yield Pair(_("Total at list prices"), sale.list_total.plain)
        yield Pair(_("Discount"), (-sale.discount).plain)
    elif sale.rounding:
        yield Pair(_("Total"), sale.list_total.plain)
    if sale.rounding:
        yield Pair(_("Rounded off"), (-sale.rounding).plain)
    reduced = sale.discount or sale.rounding
    due = _("Amount due") if reduced else _("Total")
    yield Pair(due, f"￥{sale.net.plain}", Tone.STRONG)


def _counts(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    """Pieces (of a pack all that are in it) and weights, which never add up."""
    lines = sale.lines
    pieces = sum(x.count.amount * x.pack_size for x in lines if not x.count.is_weight)
    grams = sum(line.count.amount for line in lines if line.count.is_weight)
    if pieces:
        yield Pair(_("Pieces"), f"{pieces}")
    if grams:
        yield Pair(_("Weight"), f"{kilograms(grams)}kg")


def _tenders(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    for payment in sale.payments:
        yield from _tender(payment, _)
    if sale.change != Money.ZERO:
        yield Pair(_("Change"), sale.change.plain)


def _tender(payment: PaymentRecord, _: Translate) -> Iterator[Row]:
    if payment.method is Method.CASH:
        yield Pair(_("Cash received"), payment.tendered.plain)
        return
    name = words.method_name(payment.method, _)
    yield Pair(f"{name} {payment.holder}".rstrip(), payment.tendered.plain)
    if payment.reference:
        yield note(_("Reference {text}").format(text=payment.reference))


def _assisted(sale: SaleRecord, language: Language, _: Translate) -> Iterator[Row]:
    """本单帮扶产品: what each county receives of this sale."""
    if not sale.counties:
        return
    shares = [
        _("{county} ￥{amount}").format(
            county=named(share.county, share.county_en, language),
            amount=share.net.plain,
        )
        for share in sale.counties
    ]
    parted = [share + _(", ") for share in shares[:-1]]
    yield Rule()
    yield Phrases((_("Assisted goods in this sale: "), *parted, shares[-1]))

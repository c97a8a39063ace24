"""What the papers of sales and of their corrections have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models import clock
from models.i18n import Language
from models.kinds import PriceReason
from models.quantity import WeightUnit, kilograms
from models.selling.sale_record import (
    CountyShare,
    LineRecord,
    PartRecord,
    PaymentRecord,
    SaleRecord,
)
from receipts import words
from receipts.document import (
    Align,
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


def heading(sale: SaleRecord, title: str, copy: int, _: Translate) -> Iterator[Row]:
    """Whose paper it is, and what it is if it is no plain receipt."""
    yield centred(sale.shop_name, Size.BIG)
    place = (sale.outlet_name, sale.event_name)
    yield centred(" · ".join(name for name in place if name))
    if title:
        yield centred(title, Size.STRONG)
    if sale.is_demo:
        yield centred(_("DEMO - not a real sale"), Size.STRONG)
    if copy:
        yield centred(_("Copy {n}").format(n=copy), Size.STRONG)
    yield Rule()


def numbers(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    """Number, time and till; of what was sold on a paper slip, that slip's number."""
    yield Text(_("No. {number}").format(number=sale.number))
    yield Text(_("Time {time}").format(time=_second(sale)))
    if sale.entered_at is not None:
        yield Text(_("Paper slip {number}").format(number=sale.slip))
        entered = f"{clock.local(sale.entered_at):%Y-%m-%d %H:%M:%S}"
        yield Text(_("Entered {time}").format(time=entered))
    yield Pair(
        _("Till {code}").format(code=sale.till_code),
        _("Cashier {name}").format(name=sale.seller_name),
    )


def _second(sale: SaleRecord) -> str:
    return f"{clock.local(sale.at):%Y-%m-%d %H:%M:%S}"


def sold_line(
    line: LineRecord, language: Language, unit: WeightUnit, _: Translate
) -> Iterator[Row]:
    """Goods that were sold, at the price paid for them."""
    yield goods(line, language)
    yield Pair(count_and_price(line, unit, _), line.total.plain)
    beside = _beside_the_price(line, unit, _)
    if beside:
        yield note(beside)
    for part in line.parts:
        yield part_row(part, language)


def goods(line: LineRecord, language: Language) -> Pair:
    county = named(line.county, line.county_en, language)
    return Pair(named(line.name, line.name_en, language), county, Tone.ITEM)


def count_and_price(line: LineRecord, unit: WeightUnit, _: Translate) -> str:
    """ "2 × 78.00元", or for what is weighed "2.48斤 × 4.50元/斤"."""
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
    elif not line.total and not line.discounted:
        said.append(_("Gift"))
    if line.discounted:
        discount = _("Discount")
        said.append(f"{discount} {(-line.discounted).plain}")
    return "  ".join(said)


def part_row(part: PartRecord, language: Language) -> Pair:
    """A product inside a gift box; how many of it, whether sold or taken back."""
    amount = abs(part.quantity.amount)
    count = f"{kilograms(amount)}kg" if part.quantity.is_weight else f"×{amount}"
    name = named(part.name, part.name_en, language)
    county = named(part.county, part.county_en, language)
    return Pair(f"{name} {count}", county, Tone.PART)


def counts(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    """Pieces (of a pack all that are in it) and weights, which never add up."""
    lines = sale.lines
    pieces = sum(x.count.amount * x.pack_size for x in lines if not x.count.is_weight)
    grams = sum(line.count.amount for line in lines if line.count.is_weight)
    if pieces:
        yield Pair(_("Pieces"), f"{pieces}")
    if grams:
        yield Pair(_("Weight"), f"{kilograms(grams)}kg")


def way(payment: PaymentRecord, _: Translate) -> str:
    """How money moves, and whose account it is."""
    return f"{words.method_name(payment.method, _)} {payment.holder}".rstrip()


def assisted(
    counties: Sequence[CountyShare], title: str, language: Language, _: Translate
) -> Iterator[Row]:
    """帮扶产品: what each county receives, or gives back."""
    if not counties:
        return
    shares = [
        _("{county} ￥{amount}").format(
            county=named(share.county, share.county_en, language),
            amount=share.net.plain,
        )
        for share in counties
    ]
    parted = [share + _(", ") for share in shares[:-1]]
    yield Rule()
    yield Phrases((title, *parted, shares[-1]))


def foot(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    yield Qr(sale.code)
    yield note(_("This slip is not an invoice."), Align.CENTRE)
    if sale.mark is not None:
        said = _("Record {seq} {code}")
        mark = said.format(seq=sale.mark.seq, code=sale.mark.code)
        yield note(mark, Align.CENTRE)

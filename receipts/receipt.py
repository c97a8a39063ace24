"""The papers of one stored document: a sale's receipt, or what corrects a sale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models.discounts import WHOLE_BP
from models.i18n import Language, translator
from models.kinds import DiscountKind, Method, SaleKind
from models.money import Money
from models.quantity import WeightUnit
from models.selling.sale_record import DiscountRecord, PaymentRecord, SaleRecord
from receipts import words
from receipts.correction import correction_rows
from receipts.document import (
    Align,
    Document,
    Pair,
    Row,
    Rule,
    Size,
    Tone,
    centred,
    note,
)
from receipts.receipt_parts import (
    assisted,
    counts,
    foot,
    heading,
    numbers,
    sold_line,
    way,
)
from receipts.words import Translate

TRAINING = "培训 TRAINING"  # in both languages: whoever finds the paper reads one


def receipt_for(
    sale: SaleRecord, *, language: Language, weight_unit: WeightUnit, copy: int = 0
) -> Document:
    """The paper of ``sale``; its ``copy``-th copy if that is not 0."""
    _ = translator(language)
    title = f"{words.document_name(sale.kind, _)} {sale.number}"
    if sale.kind is SaleKind.SALE:
        matter = _sale_rows(sale, copy, language, weight_unit, _)
    else:
        matter = correction_rows(sale, copy, language, weight_unit, _)
    rows = (*matter, *foot(sale, _))
    if not sale.is_training:
        return Document(title, rows)
    mark = _training(_)
    return Document(title, (*mark, Rule(), *rows, Rule(), *mark), TRAINING)


def _training(_: Translate) -> tuple[Row, ...]:
    """At both ends of the paper, so that neither half of it passes for a real one."""
    said = _("Practice only - not a sale")
    return centred(TRAINING, Size.BIG), note(said, Align.CENTRE)


def _sale_rows(
    sale: SaleRecord, copy: int, language: Language, unit: WeightUnit, _: Translate
) -> Iterator[Row]:
    title = _("Entered late") if sale.entered_at else ""
    yield from heading(sale, title, copy, _)
    yield from numbers(sale, _)
    yield Rule()
    for line in sale.lines:
        yield from sold_line(line, language, unit, _)
    yield Rule()
    yield from _totals(sale, language, _)
    yield Rule()
    yield from _tenders(sale, _)
    yield from assisted(sale.counties, _("Assisted goods in this sale: "), language, _)


def _totals(sale: SaleRecord, language: Language, _: Translate) -> Iterator[Row]:
    yield from counts(sale, _)
    if sale.discount or sale.discounts:
        yield Pair(_("Total at list prices"), sale.list_total.plain)
        yield from _discounts(sale, language, _)
    elif sale.rounding:
        yield Pair(_("Total"), sale.list_total.plain)
    if sale.rounding:
        yield Pair(_("Rounded off"), (-sale.rounding).plain)
    reduced = sale.discount or sale.rounding
    due = _("Amount due") if reduced else _("Total")
    yield Pair(due, f"￥{sale.net.plain}", Tone.STRONG)


def _discounts(sale: SaleRecord, language: Language, _: Translate) -> Iterator[Row]:
    """Each with its own line; what lower prices make stands before them as one.

    A changed price stands beside the price of its line already.
    """
    named = [one for one in sale.discounts if one.kind is not DiscountKind.PRICE]
    by_price = sale.discount - Money.sum(one.amount for one in named)
    if by_price:
        words_ = _("Lower prices") if named else _("Discount")
        yield Pair(words_, (-by_price).plain)
    for one in named:
        yield Pair(_discount_name(one, language, _), (-one.amount).plain)


def _discount_name(one: DiscountRecord, language: Language, _: Translate) -> str:
    """What the customer knows it by; why it was given is the shop's own matter."""
    if one.kind is DiscountKind.PROMOTION:
        return _("Discount: {name}").format(name=one.label)
    if one.kind is DiscountKind.BARGAIN:
        return _("Discount: {name}").format(name=_("Bargain"))
    is_line = one.kind is DiscountKind.LINE
    name = _("Discount on goods") if is_line else _("Discount on all")
    if not one.percent_bp:
        return name
    if language is Language.ZH:
        return f"{name} {Decimal(WHOLE_BP - one.percent_bp) / 1000:f} 折"
    return f"{name} {Decimal(one.percent_bp) / 100:f}%"


def _tenders(sale: SaleRecord, _: Translate) -> Iterator[Row]:
    for payment in sale.payments:
        yield from _tender(payment, _)
    if sale.change != Money.ZERO:
        yield Pair(_("Change"), sale.change.plain)


def _tender(payment: PaymentRecord, _: Translate) -> Iterator[Row]:
    if payment.method is Method.CASH:
        yield Pair(_("Cash received"), payment.tendered.plain)
        return
    yield Pair(way(payment, _), payment.tendered.plain)
    if payment.reference:
        yield note(_("Reference {text}").format(text=payment.reference))

"""The papers of what corrects a sale: 退货单, 补偿单 and 支付更正单."""

from __future__ import annotations

from collections.abc import Iterator

from models.i18n import Language
from models.kinds import Method, SaleKind
from models.money import Money
from models.quantity import WeightUnit
from models.selling.sale_record import (
    CorrectsRecord,
    LineRecord,
    PaymentRecord,
    SaleRecord,
)
from receipts import words
from receipts.document import Pair, Row, Rule, Size, Text, Tone, note
from receipts.receipt_parts import (
    assisted,
    count_and_price,
    counts,
    goods,
    heading,
    numbers,
    part_row,
    way,
)
from receipts.words import Translate


def correction_rows(
    sale: SaleRecord, copy: int, language: Language, unit: WeightUnit, _: Translate
) -> Iterator[Row]:
    """All but the foot of a paper that is no sale's."""
    assert sale.corrects is not None, "of a sale there is a receipt"
    yield from heading(sale, words.document_name(sale.kind, _), copy, _)
    yield from numbers(sale, _)
    yield from _original(sale, sale.corrects, _)
    yield Rule()
    if sale.kind is SaleKind.CORRECTION:
        for payment in sale.payments:
            yield from _booked(payment, _)
        return
    yield from _given_back(sale, language, unit, _)
    if sale.corrects.red_invoice:
        yield Rule()
        said = _("Red invoice needed for {number}")
        number = sale.corrects.red_invoice
        yield Text(said.format(number=number), size=Size.STRONG)


def _original(
    sale: SaleRecord, corrects: CorrectsRecord, _: Translate
) -> Iterator[Row]:
    """What is corrected, who let it happen, and why."""
    yield Text(_original_number(sale, corrects, _))
    if corrects.approver_name:
        yield Text(_("Approved by {name}").format(name=corrects.approver_name))
    yield Text(_("Reason: {reason}").format(reason=corrects.reason))


def _original_number(sale: SaleRecord, corrects: CorrectsRecord, _: Translate) -> str:
    if corrects.business_date is None:
        return _("Without a receipt")
    said = _("Original {number}").format(number=corrects.number)
    if corrects.business_date == sale.business_date:
        return said
    return f"{said} ({corrects.business_date.isoformat()})"


def _given_back(
    sale: SaleRecord, language: Language, unit: WeightUnit, _: Translate
) -> Iterator[Row]:
    for line in sale.lines:
        yield from _line(line, sale.kind, language, unit, _)
    yield Rule()
    yield from counts(sale, _)
    is_refund = sale.kind is SaleKind.REFUND
    total = _("Money back") if is_refund else _("Compensation")
    yield Pair(total, f"￥{(-sale.net).plain}", Tone.STRONG)
    yield Rule()
    for payment in sale.payments:
        yield from _money_back(payment, _)
    taken = _("Taken back from assisted goods: ")
    yield from assisted(sale.counties, taken, language, _)


def _line(
    line: LineRecord,
    kind: SaleKind,
    language: Language,
    unit: WeightUnit,
    _: Translate,
) -> Iterator[Row]:
    """Goods and the money that goes back with them, after all that was taken off.

    Without goods it is a compensation, or what coins could not pay before.
    """
    yield goods(line, language)
    if not line.count.amount:
        is_refund = kind is SaleKind.REFUND
        said = _("Rest of the money") if is_refund else _("Compensation")
        yield Pair(said, line.net.plain)
        return
    yield Pair(count_and_price(line, unit, _), line.net.plain)
    if line.net != line.list_total:
        yield note(_("After discounts"))
    for part in line.parts:
        yield part_row(part, language)


def _money_back(payment: PaymentRecord, _: Translate) -> Iterator[Row]:
    """Each tender; 改退 names how it had come."""
    amount = (-payment.net).plain
    if payment.method is Method.EXCHANGE:
        yield Pair(way(payment, _), amount)
        return
    if payment.takes_back in {None, payment.method}:
        yield Pair(_("Back by {way}").format(way=way(payment, _)), amount)
        return
    assert payment.takes_back is not None
    yield Pair(_("Back otherwise, by {way}").format(way=way(payment, _)), amount)
    came = words.method_name(payment.takes_back, _)
    yield note(_("It had been paid by {way}").format(way=came))


def _booked(payment: PaymentRecord, _: Translate) -> Iterator[Row]:
    """The tender that was wrong, taken back, and the right one."""
    is_wrong = payment.net < Money.ZERO
    said = _("Booked wrongly: {way}") if is_wrong else _("Really: {way}")
    yield Pair(said.format(way=way(payment, _)), payment.net.plain)
    if payment.reference:
        yield note(_("Reference {text}").format(text=payment.reference))

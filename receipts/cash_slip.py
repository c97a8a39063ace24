"""The slip of one cash movement, for the safe bag or the expense file."""

from __future__ import annotations

from collections.abc import Iterator

from models.i18n import Language, translator
from models.money import Money
from models.selling.cash_slips import CashSlip
from models.selling.shift_record import CashKind
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
from receipts.shift_words import cash_kind_name, moment
from receipts.words import Translate

_LINE = "_" * 20


def slip_for(slip: CashSlip, *, language: Language) -> Document:
    """What moved and why, who moved it and by whose leave, and where they sign."""
    _ = translator(language)
    rows = (
        *_heading(slip, _),
        Rule(),
        *_matter(slip, _),
        Rule(),
        *_people(slip, _),
        Rule(),
        *_signatures(slip, _),
    )
    return Document(_("Cash slip {number}").format(number=number_of(slip)), rows)


def number_of(slip: CashSlip) -> str:
    """How the slip is named, on paper and as a file."""
    return f"{slip.till_code}-C{slip.number:04}"


def _heading(slip: CashSlip, _: Translate) -> Iterator[Row]:
    yield centred(slip.shop_name, Size.BIG)
    yield centred(" · ".join(name for name in (slip.outlet, slip.event) if name))
    yield centred(cash_kind_name(slip.kind, _), Size.STRONG)
    if slip.is_demo:
        yield centred(_("DEMO - not real money"), Size.STRONG)


def _matter(slip: CashSlip, _: Translate) -> Iterator[Row]:
    yield Pair(_("Cash slip"), number_of(slip))
    if slip.corrects is not None:
        corrected = f"{slip.till_code}-C{slip.corrects:04}"
        yield Pair(_("Corrects"), corrected)
    yield Pair(_("Till and shift"), f"{slip.till_code}-{slip.shift_number}")
    yield Pair(_("Business date"), slip.business_date.isoformat())
    yield Pair(_("Time"), moment(slip.at))
    amount = Money(abs(slip.amount.fen))
    yield Pair(_way(slip, _), f"￥{amount.grouped}", Tone.STRONG)
    yield Pair(_("Reason"), slip.reason)
    if slip.note:
        yield note(slip.note)


def _way(slip: CashSlip, _: Translate) -> str:
    if slip.kind is CashKind.CHANGE and not slip.amount:
        return _("Out and in the same")
    return _("Into the drawer") if slip.amount > Money.ZERO else _("Out of the drawer")


def _people(slip: CashSlip, _: Translate) -> Iterator[Row]:
    yield Pair(_("Entered by"), slip.staff)
    if slip.approver:
        yield Pair(_("Approved by"), slip.approver)
    if slip.recipient:
        yield Pair(_("Recipient"), slip.recipient)


def _signatures(slip: CashSlip, _: Translate) -> Iterator[Row]:
    signers = [_("Cashier")]
    if slip.recipient:
        signers.append(_("Recipient"))
    for name in signers:
        yield Text("")
        yield Pair(name, _LINE)

"""What a day's close calls its states, checks and documents, on screen and paper."""

from __future__ import annotations

from models.i18n import Language
from models.kinds import AccountKind, Method, SaleKind
from models.money import Money
from models.office.day_close_record import (
    Check,
    CheckKind,
    CutRow,
    DayRecord,
    DayState,
    ExternalRow,
    TenderMatch,
)
from receipts import words
from receipts.shift_words import moment, signed
from receipts.words import Translate, named

TICK = "✓"


def state_name(state: DayState, _: Translate) -> str:
    return {
        DayState.EMPTY: "",
        DayState.OPEN: _("Not handed over"),
        DayState.COUNTED: _("To be signed"),
        DayState.DIFFERENT: _("Different"),
        DayState.CLOSED: _("Closed"),
    }[state]


def check_name(kind: CheckKind, _: Translate) -> str:
    return {
        CheckKind.SHIFTS: _("Shift reports = receipts"),
        CheckKind.LINES: _("Lines = receipts"),
        CheckKind.TENDERS: _("Tenders = receipts"),
        CheckKind.STOCK: _("Left the shelf = lines"),
        CheckKind.DRAWERS: _("Float + cash + moved = expected in the drawers"),
        CheckKind.SPLITS: _("Stays + bank + handed on = counted"),
        CheckKind.FLOATS: _("Floats found = floats left"),
        CheckKind.COUNTS: _("Counted = expected, all tenders"),
        CheckKind.ACCOUNTS: _("All phone accounts counted"),
        CheckKind.HELD: _("Personal codes handed over"),
        CheckKind.HALF_PAID: _("No money taken without a sale"),
        CheckKind.PRINTS: _("All papers printed"),
    }[kind]


def check_verdict(check: Check, _: Translate) -> str:
    """A tick, or how far apart the two are, or how many are not right."""
    if check.is_right:
        return TICK
    said = [signed(check.difference)] if check.difference else []
    if check.n:
        said.append(_("{n} not right").format(n=check.n))
    return "  ".join(said)


def tender_name(one: TenderMatch, _: Translate) -> str:
    """The method and its account; a person's own code is marked."""
    name = f"{words.method_name(one.method, _)} {one.holder}".rstrip()
    if one.account_kind is AccountKind.PERSONAL:
        return _("{name} (personal code)").format(name=name)
    if one.method is Method.CASH:
        return _("{name}, without float").format(name=name)
    return name


def county_name(row: CutRow | ExternalRow, language: Language, _: Translate) -> str:
    return named(row.county, row.county_en, language)


def document_name(kind: SaleKind, _: Translate) -> str:
    return {
        SaleKind.SALE: _("Paper slip"),
        SaleKind.REFUND: _("Refund"),
        SaleKind.COMPENSATION: _("Compensation"),
        SaleKind.CORRECTION: _("Tender corrected"),
    }[kind]


def difference_name(day: DayRecord, _: Translate) -> str:
    """长款, 短款 and how much; that something else differs, or nothing at all."""
    amount = day.difference
    if not amount:
        return _("Different") if day.is_different else _("No difference")
    said = _("over {amount}") if amount > Money.ZERO else _("short {amount}")
    return said.format(amount=max(amount, -amount).grouped)


def signature_line(day: DayRecord, _: Translate) -> str:
    """Who signed and when; that nobody was there to do it for him; or that it waits."""
    if day.signed is None:
        return _("Not signed yet")
    said = _("Signed by {name}, {time}").format(
        name=day.signed.name, time=moment(day.signed.at)
    )
    if day.is_self_signed:
        alone = _("Signed by the only person there is")
        return f"{said}  {alone}"
    return said

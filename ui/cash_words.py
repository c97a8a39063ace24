"""What cash in and out is called on the screen, and the reasons offered for it."""

from __future__ import annotations

from models.i18n import _
from models.money import Money
from models.selling.shift_record import CashKind

DRAWER = "drawer"  # the choice that moves nothing: the drawer opens, no more


def kind_name(kind: CashKind) -> str:
    return {
        CashKind.FUND: _("Float added"),
        CashKind.DROP: _("Taken out and paid in"),
        CashKind.EXPENSE: _("Expense"),
        CashKind.CHANGE: _("Change fetched"),
        CashKind.RETURN: _("Given back"),
        CashKind.CORRECTION: _("Correction"),
    }[kind]


def kinds() -> list[tuple[object, str]]:
    """What can be chosen; a correction begins at what it corrects."""
    offered = [one for one in CashKind if one is not CashKind.CORRECTION]
    return [*((one, kind_name(one)) for one in offered), (DRAWER, _("Open only"))]


def reasons_of(kind: CashKind | None) -> tuple[str, ...]:
    """For one touch; None is the drawer opened for no sale."""
    if kind is CashKind.FUND:
        return (_("Too little change"), _("Float from the office"))
    if kind is CashKind.DROP:
        return (_("Too much cash here"), _("Paid in at noon"), _("To the bank"))
    if kind is CashKind.EXPENSE:
        return (_("Packing material"), _("Water and meals"), _("Transport"))
    if kind is CashKind.CHANGE:
        return (_("At the bank"), _("With a neighbour"))
    if kind is CashKind.RETURN:
        return (_("Rest of an expense"), _("Borrowed float"))
    return (_("Changed a note"), _("Looked for an error"), _("Drawer was stuck"))


def variance_reasons() -> tuple[str, ...]:
    """Why a count differs, for one touch."""
    return (
        _("Wrong change given"),
        _("Entered by the wrong tender"),
        _("Expense not written down"),
        _("Cause not found"),
    )


def account_reasons() -> tuple[str, ...]:
    """Why a phone account differs, for one touch."""
    return (
        _("Entered by the wrong tender"),
        _("Payment of another shift"),
        _("Refund not booked yet"),
        _("Cause not found"),
    )


def variance_words(variance: Money) -> str:
    """长款, 短款, or that it is right."""
    if not variance:
        return _("even")
    words = _("over {amount}") if variance > Money.ZERO else _("short {amount}")
    return words.format(amount=max(variance, -variance).grouped)

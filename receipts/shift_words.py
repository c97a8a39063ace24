"""What things are called on the paper of a shift, on slip and page alike."""

from __future__ import annotations

from datetime import datetime

from models import clock
from models.money import Money
from models.people.rights import Act
from models.quantity import Unit, kilograms
from models.selling.denominations import Denomination
from models.selling.shift_record import (
    CashKind,
    LeftKind,
    Oversold,
    ShiftRecord,
    Signature,
)
from receipts.words import Translate


def title_of(shift: ShiftRecord, _: Translate) -> str:
    """An X is no close, and its name says so first of all."""
    if shift.z_number is None:
        return _("Not closed: X report")
    return _("Shift report")


def file_title(shift: ShiftRecord, _: Translate) -> str:
    if shift.z_number is None:
        return _("X report of shift {number}").format(number=shift.number)
    return _("Shift report {number}").format(number=shift.z_name)


def state_name(shift: ShiftRecord, _: Translate) -> str:
    """营业中, 已停售, 已点款, 已交接."""
    if shift.accepted is not None:
        return _("Handed over")
    if shift.cash_count is not None:
        return _("Cash counted")
    return _("Selling") if shift.z_number is None else _("No more sales")


def signature(one: Signature) -> str:
    return f"{one.name}  {moment(one.at)}"


def moment(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def variance_name(amount: Money, _: Translate) -> str:
    """长款, 短款, or that it is right."""
    if not amount:
        return _("No difference")
    return _("Over") if amount > Money.ZERO else _("Short")


def signed(amount: Money) -> str:
    """With its sign, also where it is more."""
    return f"+{amount.grouped}" if amount > Money.ZERO else amount.grouped


def cash_kind_name(kind: CashKind, _: Translate) -> str:
    return {
        CashKind.FUND: _("Float added"),
        CashKind.DROP: _("Taken out and paid in"),
        CashKind.EXPENSE: _("Expense"),
        CashKind.CHANGE: _("Change fetched"),
        CashKind.RETURN: _("Given back"),
        CashKind.CORRECTION: _("Correction"),
    }[kind]


def left_name(kind: LeftKind, _: Translate) -> str:
    return {
        LeftKind.PARKED: _("Parked tickets"),
        LeftKind.HALF_PAID: _("Half-paid tickets, money taken"),
        LeftKind.BASKET: _("Open basket"),
        LeftKind.PRINTS: _("Papers not printed"),
        LeftKind.AWAITING: _("Earlier shifts not handed over"),
    }[kind]


def act_name(act: Act, _: Translate) -> str:
    """The acts that a Z tells one by one; any other only if it was refused."""
    return {
        Act.VOID: _("Void"),
        Act.DISCOUNT: _("Discount"),
        Act.DISCOUNT_ABOVE_LIMIT: _("Discount above the limit"),
        Act.PRICE: _("Price changed"),
        Act.BARGAIN: _("Bargain"),
        Act.REFUND: _("Refund"),
        Act.REFUND_WITHOUT_RECEIPT: _("Refund without a receipt"),
        Act.REFUND_OTHERWISE: _("Refund by another tender"),
        Act.COMPENSATE: _("Compensation"),
        Act.CORRECT_TENDER: _("Tender corrected"),
        Act.ENTER_LATE: _("Entered late"),
        Act.OPEN_DRAWER: _("Drawer opened without a sale"),
        Act.REPRINT: _("Reprint"),
        Act.REPRINT_AGAIN: _("Further reprint"),
        Act.MOVE_CASH: _("Cash moved"),
        Act.TRAIN: _("Training begun or ended"),
        Act.CLOSE_DAY: _("Day closed"),
        Act.ENTER_EXTERNAL: _("Sold elsewhere, entered"),
        Act.RECEIVE_MONEY: _("Money of a personal code taken over"),
    }.get(act, _("Other act"))


def denomination_name(one: Denomination, _: Translate) -> str:
    if one is Denomination.COIN1:
        return _("1 yuan coin")
    if one in {Denomination.JIAO5, Denomination.JIAO1}:
        return _("{n} jiao").format(n=one.face.fen // 10)
    return _("{n} yuan").format(n=one.value)


def shelf(goods: Oversold, _: Translate) -> str:
    """What the shelf says, below zero."""
    if goods.unit is Unit.GRAM:
        return f"-{kilograms(-goods.on_hand)}kg"
    return _("{n} pcs").format(n=goods.on_hand)

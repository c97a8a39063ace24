"""Who may do what: one table for all roles (TRUST.md C1)."""

from __future__ import annotations

from enum import StrEnum

from models.people.roles import Role


class Act(StrEnum):
    """What a person does with money, goods or the shop's own figures."""

    SELL = "sell"
    VOID = "void"  # a line or a basket, before it is paid
    VOID_ABOVE_LIMIT = "void_above_limit"  # too much of it, or too often in a shift
    DISCOUNT = "discount"  # within a cashier's limit
    DISCOUNT_ABOVE_LIMIT = "discount_above_limit"  # within a supervisor's
    DISCOUNT_FAR_ABOVE = "discount_far_above"
    PRICE = "price"  # 改价
    BARGAIN = "bargain"  # 议价
    REFUND = "refund"
    REFUND_WITHOUT_RECEIPT = "refund_without_receipt"
    REFUND_OTHERWISE = "refund_otherwise"  # 改退: by another tender than was paid
    COMPENSATE = "compensate"  # 坏果补偿
    CORRECT_TENDER = "correct_tender"
    ENTER_LATE = "enter_late"  # 补录
    OPEN_DRAWER = "open_drawer"  # without a sale
    REPRINT = "reprint"
    REPRINT_AGAIN = "reprint_again"
    MOVE_CASH = "move_cash"
    INVOICE = "invoice"
    TRAIN = "train"
    OPEN_SHIFT = "open_shift"
    SEAL_SHIFT = "seal_shift"
    COUNT_SHIFT = "count_shift"
    CLOSE_EVEN = "close_even"  # with a difference that the cashier may sign
    CLOSE_DIFFERENT = "close_different"  # with one that a supervisor may
    CLOSE_FAR_OFF = "close_far_off"  # with one that only a manager may
    ACCEPT_SHIFT = "accept_shift"
    CLOSE_DAY = "close_day"  # 日结
    ENTER_EXTERNAL = "enter_external"  # 外部数据填报: what is sold elsewhere
    RECEIVE_MONEY = "receive_money"  # of 个人码, from who had it on his phone
    SEE_FIGURES = "see_figures"  # from which the drawer can be told (RULINGS.md 32)
    SEE_COST = "see_cost"
    STOCK = "stock"
    GOODS = "goods"  # the catalogue and its prices
    SETTINGS = "settings"
    STAFF = "staff"
    RESTORE = "restore"  # the shop's file by a backup
    RECOVER = "recover"  # a forgotten PIN, with the recovery code


class Answer(StrEnum):
    YES = "yes"
    APPROVAL = "approval"  # of somebody who may, for this once
    NO = "no"


_EVERYBODY = (Role.CASHIER, Role.SUPERVISOR, Role.RECONCILER, Role.MANAGER)
_SELLERS = (Role.CASHIER, Role.SUPERVISOR, Role.MANAGER)
_SENIORS = (Role.SUPERVISOR, Role.MANAGER)
_OFFICE = (Role.RECONCILER, Role.MANAGER)
_COUNTERS = (Role.SUPERVISOR, Role.RECONCILER, Role.MANAGER)

_MAY: dict[Act, tuple[Role, ...]] = {
    Act.SELL: _SELLERS,
    Act.VOID: _SELLERS,
    Act.VOID_ABOVE_LIMIT: _SENIORS,
    Act.DISCOUNT: _SELLERS,
    Act.DISCOUNT_ABOVE_LIMIT: _SENIORS,
    Act.DISCOUNT_FAR_ABOVE: (Role.MANAGER,),
    Act.PRICE: _SENIORS,
    Act.BARGAIN: _SELLERS,
    Act.REFUND: _SENIORS,
    Act.REFUND_WITHOUT_RECEIPT: _SENIORS,
    Act.REFUND_OTHERWISE: _SENIORS,
    Act.COMPENSATE: _SENIORS,
    Act.CORRECT_TENDER: _SENIORS,
    Act.ENTER_LATE: _SENIORS,
    Act.OPEN_DRAWER: _SENIORS,
    Act.REPRINT: _EVERYBODY,
    Act.REPRINT_AGAIN: _COUNTERS,
    Act.MOVE_CASH: _SENIORS,
    Act.INVOICE: _EVERYBODY,
    Act.TRAIN: _SELLERS,
    Act.OPEN_SHIFT: _SELLERS,
    Act.SEAL_SHIFT: _SELLERS,
    Act.COUNT_SHIFT: _EVERYBODY,
    Act.CLOSE_EVEN: _EVERYBODY,
    Act.CLOSE_DIFFERENT: _COUNTERS,
    Act.CLOSE_FAR_OFF: (Role.MANAGER,),
    Act.ACCEPT_SHIFT: _EVERYBODY,
    Act.CLOSE_DAY: _OFFICE,
    Act.ENTER_EXTERNAL: _OFFICE,
    Act.RECEIVE_MONEY: _COUNTERS,
    Act.SEE_FIGURES: _COUNTERS,
    Act.SEE_COST: _COUNTERS,
    Act.STOCK: _SENIORS,
    Act.GOODS: (Role.MANAGER,),
    Act.SETTINGS: (Role.MANAGER,),
    Act.STAFF: (Role.MANAGER,),
    Act.RESTORE: (Role.MANAGER,),
    Act.RECOVER: _EVERYBODY,  # the code is what proves the right
}
# What is not real when it is done in training; all else is real even then.
PRACTISED = {
    Act.SELL,
    Act.VOID,
    Act.VOID_ABOVE_LIMIT,
    Act.DISCOUNT,
    Act.DISCOUNT_ABOVE_LIMIT,
    Act.DISCOUNT_FAR_ABOVE,
    Act.PRICE,
    Act.BARGAIN,
    Act.REFUND,
    Act.REFUND_WITHOUT_RECEIPT,
    Act.REFUND_OTHERWISE,
    Act.COMPENSATE,
    Act.CORRECT_TENDER,
    Act.ENTER_LATE,
    Act.REPRINT,
    Act.REPRINT_AGAIN,
}
# Of these nobody stands in for another: it is his own work, or a figure shown to him.
_NEVER_APPROVED = {
    Act.SELL,
    Act.SEE_COST,
    Act.STAFF,
    Act.SETTINGS,
    Act.CLOSE_DAY,
    Act.RESTORE,
}

# 单人展位: what one person alone may do within a limit, with a reason.
ALONE = {
    Act.VOID_ABOVE_LIMIT,
    Act.DISCOUNT_ABOVE_LIMIT,
    Act.PRICE,
    Act.REFUND,
    Act.COMPENSATE,
    Act.OPEN_DRAWER,
    Act.MOVE_CASH,
    Act.CLOSE_DIFFERENT,
}


def ask(role: Role, act: Act) -> Answer:
    """Whether somebody of this role may do it, or needs an approval."""
    if role in _MAY[act]:
        return Answer.YES
    return Answer.NO if act in _NEVER_APPROVED else Answer.APPROVAL


def may_approve(role: Role, act: Act) -> bool:
    """Whether somebody of this role may let another do it for once."""
    return act not in _NEVER_APPROVED and role in _MAY[act] and role is not Role.CASHIER

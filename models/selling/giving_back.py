"""Money that goes back: by its own tender, or otherwise by approval (改退)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import settings
from models.errors import NoSuchCoins, WrongAmount
from models.kinds import Method
from models.money import Money
from models.people import permits
from models.people.deeds import Approvals, Deed, Where
from models.people.permits import Permit
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.selling.documents import Paid
from models.selling.refusals import BackDiffers, MoreThanPaid, NotBackThisWay
from models.selling.remaining import Left, TenderLeft

_COIN_FEN = 10  # 角: smaller ones are not in a drawer


@dataclass(frozen=True, slots=True)
class Back:
    """Money of one tender that goes back."""

    payment_id: int
    amount: Money
    method: Method | None = None  # 改退: cash or transfer instead; 换货: exchange


@dataclass(frozen=True, slots=True)
class Refunded:
    """A stored refund in short."""

    sale_id: int
    number: str
    amount: Money  # that went back, as a positive one
    red_invoice: str = ""  # 需红字发票: the number of the one that is wrong now


def in_cash(due: Money) -> Money:
    """As much of it as coins can pay."""
    return due.round_down(_COIN_FEN)


def proposal(
    left: Left, due: Money, otherwise: Method | None = None
) -> tuple[Back, ...]:
    """How ``due`` may go back: what was tendered last goes back first.

    ``otherwise`` is the way of all of it (改退), if it is not to be that which it came.
    """
    if otherwise is Method.CASH:
        due = in_cash(due)
    backs = []
    for tender in reversed(left.tenders):
        part = min(due, tender.net)
        if otherwise is None and tender.method is Method.CASH:
            part = in_cash(part)
        if part and (otherwise or tender.method is not Method.EXCHANGE):
            backs.append(Back(tender.payment_id, part, otherwise))
            due -= part
    return tuple(backs)


def for_exchange(
    left: Left, due: Money, paid: Money, otherwise: Method | None = None
) -> tuple[Back, ...]:
    """换货: ``paid`` of what is due pays for other goods, the rest goes back.

    The rest goes back as ``proposal`` says; what is paid comes of what it leaves.
    """
    rest = proposal(left, due - paid, otherwise) if due > paid else ()
    backs = list(rest)
    gone = {back.payment_id: back.amount for back in rest}
    for tender in left.tenders:
        free = tender.net - gone.get(tender.payment_id, Money.ZERO)
        part = min(paid, free)
        if part:
            backs.append(Back(tender.payment_id, part, Method.EXCHANGE))
            paid -= part
    return tuple(backs)


def is_otherwise(left: Left, back: Back) -> bool:
    """改退: whether it goes back by another way than it came."""
    method = tender_of(left, back.payment_id).method
    return back.method not in {None, method, Method.EXCHANGE}


def tender_of(left: Left, payment_id: int) -> TenderLeft:
    """Raises MoreThanPaid where nothing is left of it."""
    for tender in left.tenders:
        if tender.payment_id == payment_id:
            return tender
    raise MoreThanPaid(Money.ZERO)


def payments(left: Left, backs: Sequence[Back], due: Money) -> list[Paid]:
    """Check that ``due`` goes back, each tender within what is left of it.

    What coins cannot pay is no difference where some of it is, or was, cash.
    """
    paid = [_paid(left, back) for back in backs]
    for tender in left.tenders:
        mine = [one.net for one in paid if one.original_id == tender.payment_id]
        if -Money.sum(mine) > tender.net:
            raise MoreThanPaid(tender.net)
    cash = -Money.sum(one.net for one in paid if one.method is Method.CASH)
    others = -Money.sum(one.net for one in paid if one.method is not Method.CASH)
    if cash.fen % _COIN_FEN:
        raise NoSuchCoins(in_cash(cash))
    is_in_coins = cash or any(x.method is Method.CASH for x in left.tenders)
    if others + cash != due and not (is_in_coins and cash == in_cash(due - others)):
        raise BackDiffers(due)
    return paid


def _paid(left: Left, back: Back) -> Paid:
    tender = tender_of(left, back.payment_id)
    if back.amount <= Money.ZERO:
        raise WrongAmount
    method = back.method or tender.method
    if method is tender.method and method is not Method.EXCHANGE:
        return Paid(
            method,
            -back.amount,
            tender.account_id,
            tender.holder,
            tender.account_kind,
            original_id=tender.payment_id,
        )
    if method not in {Method.CASH, Method.TRANSFER, Method.EXCHANGE} or (
        back.method is None
    ):
        raise NotBackThisWay
    return Paid(method, -back.amount, original_id=tender.payment_id)


def permit(
    session: Session,
    where: Where,
    left: Left,
    backs: Sequence[Back],
    deed: Deed,
    approvals: Approvals,
) -> Permit:
    """Let the deed be done, and 改退 too if there is any. Raises as ``require``."""
    otherwise = [back.amount for back in backs if is_otherwise(left, back)]
    if otherwise:
        other = Deed(
            Act.REFUND_OTHERWISE, left.number, Money.sum(otherwise), deed.reason
        )
        require(session, where, other, approvals)
    return require(session, where, deed, approvals)


def require(session: Session, where: Where, deed: Deed, approvals: Approvals) -> Permit:
    """With a reason always. Raises ReasonMissing, NotPermitted."""
    if not deed.reason.strip():
        raise ReasonMissing
    alone = Money(settings.load(session).alone_limit_fen)
    return permits.require(
        session,
        where,
        deed,
        approval=approvals.get(deed.act, ""),
        is_within_limit=deed.amount is not None and deed.amount <= alone,
    )

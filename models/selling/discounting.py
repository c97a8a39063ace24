"""May so much be taken off? Asked in the sale's own transaction, once per sale."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import settings
from models.cart import Cart, CartLine
from models.discounts import WHOLE_BP
from models.kinds import DiscountKind
from models.money import Money
from models.people import permits
from models.people.deeds import Approvals, Deed, Where
from models.people.permits import Permit
from models.people.refusals import ReasonMissing
from models.people.rights import Act


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be taken off by hand before somebody must be asked."""

    cashier_bp: int
    supervisor_bp: int
    alone: Money

    def act(self, cart: Cart, within: Act) -> Act:
        """``within`` where a cashier may do it, else what asks for more."""
        if _is_within(cart, self.cashier_bp):
            return within
        if _is_within(cart, self.supervisor_bp):
            return Act.DISCOUNT_ABOVE_LIMIT
        return Act.DISCOUNT_FAR_ABOVE


def limits(session: Session) -> Limits:
    chosen = settings.load(session)
    return Limits(
        chosen.cashier_limit_bp,
        chosen.supervisor_limit_bp,
        Money(chosen.alone_limit_fen),
    )


def deeds(cart: Cart, limits: Limits) -> dict[DiscountKind, Deed]:
    """What a person does by selling this basket, beside selling it: nothing as a rule.

    Kinds that are one act share its deed. Raises ReasonMissing.
    """
    given = _given(cart)
    if any(not reason.strip() for _, _, reason in given):
        raise ReasonMissing
    chosen = {kind: _act(cart, kind, limits) for kind, _, _ in given}
    by_act: dict[Act, Deed] = {}
    for act in chosen.values():
        of_act = [one for one in given if chosen[one[0]] is act]
        by_act[act] = Deed(
            act,
            cart.uuid,
            Money.sum(amount for _, amount, _ in of_act),
            "; ".join(dict.fromkeys(reason for _, _, reason in of_act)),
        )
    return {kind: by_act[act] for kind, act in chosen.items()}


def permit(
    session: Session, cart: Cart, where: Where, approvals: Approvals
) -> dict[DiscountKind, Permit]:
    """Let the reductions of this basket be given, or raise NotPermitted.

    Raises ReasonMissing too. A basket without any asks the file nothing.
    """
    if not _given(cart):
        return {}
    bounds = limits(session)
    wanted = deeds(cart, bounds)
    granted = {
        deed.act: permits.require(
            session,
            where,
            deed,
            approval=approvals.get(deed.act, ""),
            is_within_limit=(deed.amount or Money.ZERO) <= bounds.alone,
        )
        for deed in dict.fromkeys(wanted.values())
    }
    return {kind: granted[deed.act] for kind, deed in wanted.items()}


def check(session: Session, cart: Cart, where: Where, approvals: Approvals) -> None:
    """Raise what ``permit`` would, when something is given and long before the sale.

    Nothing is written down and no approval is spent.
    """
    bounds = limits(session)
    for deed in dict.fromkeys(deeds(cart, bounds).values()):
        permits.check(
            session,
            where,
            deed,
            approval=approvals.get(deed.act, ""),
            is_within_limit=(deed.amount or Money.ZERO) <= bounds.alone,
        )


def _given(cart: Cart) -> list[tuple[DiscountKind, Money, str]]:
    """What persons take off: kind, amount and reason."""
    given = []
    for line in cart.lines:
        if line.price_before is not None:
            given.append((DiscountKind.PRICE, line.repriced, line.price_note))
        if line.discount is not None:
            given.append((DiscountKind.LINE, line.discounted, line.discount.reason))
    if cart.discount is not None:
        given.append((cart.discount.kind, cart.discounted, cart.discount.reason))
    return given


def _act(cart: Cart, kind: DiscountKind, limits: Limits) -> Act:
    if kind is DiscountKind.PRICE:
        return Act.PRICE
    within = Act.BARGAIN if kind is DiscountKind.BARGAIN else Act.DISCOUNT
    return limits.act(cart, within)


def _is_within(cart: Cart, limit_bp: int) -> bool:
    """Neither one line's discount nor all of them together are above the limit."""
    lines = cart.lines
    off = cart.discounted + Money.sum(line.discounted for line in lines)
    return off <= Money.sum(_most(line, limit_bp) for line in lines) and all(
        line.discounted <= _most(line, limit_bp) for line in lines
    )


def _most(line: CartLine, limit_bp: int) -> Money:
    """Rounded up: a discount of exactly the limit is within it, however it rounds."""
    return Money(-(-line.gross.fen * limit_bp // WHOLE_BP))

"""What was taken off a sale, by whom and why, with each line's share; kept for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    insert,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.cart import Cart
from models.database import STRICT, Base, Kind, table_of
from models.kinds import DiscountKind
from models.money import Money, spread
from models.people.permits import Permit
from models.selling.sale_lines import Part


class SaleDiscount(Base):
    """One reduction of a sale. 改价 that raises a price is a negative one."""

    __tablename__ = "sale_discount"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('price', 'line', 'promotion', 'order', 'bargain')",
            name="ck_sale_discount_kind",
        ),
        STRICT,
    )

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DiscountKind] = mapped_column(Kind(DiscountKind))
    promotion_id: Mapped[int | None] = mapped_column(ForeignKey("promotion.id"))
    label: Mapped[str]  # a promotion's name
    reason: Mapped[str]
    percent_bp: Mapped[int]  # 0 where an amount was given
    amount: Mapped[Money] = mapped_column("amount_fen")
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class SaleDiscountShare(Base):
    """What one row of a sale's lines bears of it."""

    __tablename__ = "sale_discount_share"
    __table_args__ = (
        ForeignKeyConstraint(
            ["sale_id", "position"], ["sale_discount.sale_id", "sale_discount.position"]
        ),
        ForeignKeyConstraint(
            ["sale_id", "line_no", "part_no"],
            ["sale_line.sale_id", "sale_line.line_no", "sale_line.part_no"],
        ),
        STRICT,
    )

    sale_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True)
    part_no: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Money] = mapped_column("amount_fen")


@dataclass(frozen=True, slots=True)
class Cut:
    """One reduction with its share for each part of the sale, in the parts' order."""

    kind: DiscountKind
    label: str
    reason: str
    percent_bp: int
    shares: tuple[Money, ...]
    promotion_id: int | None = None

    @property
    def amount(self) -> Money:
        return Money.sum(self.shares)

    @property
    def is_of_the_order(self) -> bool:
        """Whether it is taken off after the lines' own totals."""
        return self.kind not in {DiscountKind.PRICE, DiscountKind.LINE}


def cuts_of(cart: Cart, parts: list[Part]) -> list[Cut]:
    """All that is taken off the basket; a gift box's share is spread over its parts.

    Each is spread by largest remainder, so that its shares sum to it.
    """
    cuts = [*_cuts_of_lines(cart, parts), *_cuts_of_deals(cart, parts)]
    if cart.discount is not None:
        weights = [
            (part.total - share).fen
            for part, share in zip(parts, order_shares(cuts, len(parts)), strict=True)
        ]
        given = cart.discount
        shares = tuple(spread(cart.discounted, weights))
        cuts.append(Cut(given.kind, "", given.reason, given.percent_bp, shares))
    return [cut for cut in cuts if any(cut.shares)]


def order_shares(cuts: list[Cut], count: int) -> list[Money]:
    """Per part, what promotions and the discount on all of it take off."""
    shares = [Money.ZERO] * count
    for cut in cuts:
        if cut.is_of_the_order:
            shares = [one + more for one, more in zip(shares, cut.shares, strict=True)]
    return shares


def _cuts_of_lines(cart: Cart, parts: list[Part]) -> list[Cut]:
    cuts = []
    for line_no, line in enumerate(cart.lines, 1):
        weights = [
            part.list_total.fen if part.line_no == line_no else None for part in parts
        ]
        if line.repriced:
            shares = _spread_over(line.repriced, weights)
            cuts.append(Cut(DiscountKind.PRICE, "", line.price_note, 0, shares))
        if line.discount is not None:
            given = line.discount
            shares = _spread_over(line.discounted, weights)
            cuts.append(Cut(given.kind, "", given.reason, given.percent_bp, shares))
    return cuts


def _cuts_of_deals(cart: Cart, parts: list[Part]) -> list[Cut]:
    cuts = []
    for deal in cart.deals:
        shares = [Money.ZERO] * len(parts)
        for index, share in deal.shares:
            weights = [
                part.total.fen if part.line_no == index + 1 else None for part in parts
            ]
            more = _spread_over(share, weights)
            shares = [one + two for one, two in zip(shares, more, strict=True)]
        borne, promotion_id = tuple(shares), deal.promotion_id
        cuts.append(Cut(DiscountKind.PROMOTION, deal.name, "", 0, borne, promotion_id))
    return cuts


def _spread_over(amount: Money, weights: list[int | None]) -> tuple[Money, ...]:
    """Over the parts that have a weight, nothing for the others."""
    shares = iter(spread(amount, [weight for weight in weights if weight is not None]))
    return tuple(Money.ZERO if one is None else next(shares) for one in weights)


def store(
    session: Session,
    sale_id: int,
    cuts: list[Cut],
    parts: list[Part],
    permits: Mapping[DiscountKind, Permit],
) -> None:
    """Store them, with the name of who let each happen."""
    session.execute(
        _INSERT,
        [
            {
                "sale_id": sale_id,
                "position": position,
                "kind": cut.kind,
                "promotion_id": cut.promotion_id,
                "label": cut.label,
                "reason": cut.reason,
                "percent_bp": cut.percent_bp,
                "amount_fen": cut.amount,
                "approver_id": permits.get(cut.kind, Permit()).approver_id,
            }
            for position, cut in enumerate(cuts, 1)
        ],
    )
    session.execute(_INSERT_SHARES, _share_rows(sale_id, cuts, parts))


def _share_rows(
    sale_id: int, cuts: list[Cut], parts: list[Part]
) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale_id,
            "position": position,
            "line_no": part.line_no,
            "part_no": part.part_no,
            "amount_fen": share,
        }
        for position, cut in enumerate(cuts, 1)
        for part, share in zip(parts, cut.shares, strict=True)
        if share
    ]


_INSERT = insert(table_of(SaleDiscount))
_INSERT_SHARES = insert(table_of(SaleDiscountShare))

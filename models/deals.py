"""Promotions: what they take off a basket, as a pure function of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.cart import Cart, CartLine
from models.discounts import WHOLE_BP, Deal
from models.money import Money, spread
from models.quantity import Unit


class Rule(StrEnum):
    NTH = "nth"  # 第 n 件 x 折
    FREE = "free"  # 买 n 送 m, of the same product
    BUNDLE = "bundle"  # n pieces for a price
    OVER = "over"  # 满减


@dataclass(frozen=True, slots=True)
class Promotion:
    """One rule with its figures; those of other rules are nothing."""

    id: int
    name: str
    rule: Rule
    product_id: int | None = None  # None: each product for itself; 满减: all together
    pieces: int = 0  # n
    free: int = 0  # m
    off_bp: int = 0  # of the n-th piece: 5 折 takes 5000 off
    price: Money = Money.ZERO  # of n pieces
    over: Money = Money.ZERO  # 满
    off: Money = Money.ZERO  # 减
    repeats: bool = False  # 每满: again for each time that the amount is reached
    stacks: bool = False  # on top of others and of what was taken off by hand

    @property
    def is_of_the_basket(self) -> bool:
        return self.rule is Rule.OVER and self.product_id is None


def apply(cart: Cart, promotions: Sequence[Promotion]) -> Cart:
    """The basket with what the promotions take off it.

    Of those that do not stack, no line bears two, and lines that somebody discounted or
    repriced bear none. The best for each product counts, and 满减 on what is left; or
    满减 on all of it alone, if that takes more off. Those that stack follow, in order.
    """
    on_table = _Table(cart.lines)
    alone = [one for one in promotions if not one.stacks]
    plain = [
        index
        for index, line in enumerate(cart.lines)
        if line.discount is None and line.price_before is None
    ]
    taken = _best_alone(on_table, alone, plain)
    for deal in taken:
        on_table.take(deal)
    everything = list(range(len(cart.lines)))
    for promotion in promotions:
        if promotion.stacks:
            for indices in _groups(on_table, promotion, everything):
                deal = _deal(on_table, promotion, indices)
                on_table.take(deal)
                taken.append(deal)
    return cart.with_deals(_merged(taken))


class _Table:
    """The lines of a basket and what is left to pay of each."""

    def __init__(self, lines: Sequence[CartLine]) -> None:
        self.lines = lines
        self.left = [line.total for line in lines]

    def take(self, deal: Deal) -> None:
        for index, share in deal.shares:
            self.left[index] -= share

    def total(self, indices: Sequence[int]) -> Money:
        return Money.sum(self.left[index] for index in indices)


def _best_alone(
    on_table: _Table, promotions: Sequence[Promotion], plain: Sequence[int]
) -> list[Deal]:
    products = dict.fromkeys(on_table.lines[index].item.product_id for index in plain)
    of_products = [one for one in promotions if not one.is_of_the_basket]
    of_baskets = [one for one in promotions if one.is_of_the_basket]
    by_product = []
    for product_id in products:
        indices = [i for i in plain if on_table.lines[i].item.product_id == product_id]
        fitting = [one for one in of_products if one.product_id in {None, product_id}]
        by_product += _best(on_table, fitting, indices)
    borne = {index for deal in by_product for index, _ in deal.shares}
    rest = [index for index in plain if index not in borne]
    several = [*by_product, *_best(on_table, of_baskets, rest)]
    single = _best(on_table, of_baskets, plain)
    return max(several, single, key=_total)


def _best(
    on_table: _Table, promotions: Sequence[Promotion], indices: Sequence[int]
) -> list[Deal]:
    """The one that takes most off these lines; the earlier of equals; or none."""
    deals = [_deal(on_table, one, indices) for one in promotions]
    best = max(deals, key=lambda deal: deal.amount.fen, default=None)
    return [best] if best is not None and best.amount else []


def _total(deals: Sequence[Deal]) -> int:
    return sum(deal.amount.fen for deal in deals)


def _groups(
    on_table: _Table, promotion: Promotion, indices: Sequence[int]
) -> list[list[int]]:
    """The lines that the promotion looks at together."""
    if promotion.is_of_the_basket:
        return [list(indices)]
    groups: dict[int, list[int]] = {}
    for index in indices:
        product_id = on_table.lines[index].item.product_id
        if promotion.product_id in {None, product_id}:
            groups.setdefault(product_id, []).append(index)
    return list(groups.values())


def _merged(deals: Sequence[Deal]) -> tuple[Deal, ...]:
    """One deal a promotion, whatever products it was for."""
    merged: dict[int, Deal] = {}
    for deal in deals:
        before = merged[deal.promotion_id].shares if deal.promotion_id in merged else ()
        shares = (*before, *deal.shares)
        merged[deal.promotion_id] = Deal(deal.promotion_id, deal.name, shares)
    return tuple(deal for deal in merged.values() if deal.shares)


def _deal(on_table: _Table, promotion: Promotion, indices: Sequence[int]) -> Deal:
    """What it takes off, borne by all lines that it looked at; perhaps nothing."""
    if promotion.rule is not Rule.OVER:
        indices = [i for i in indices if _is_counted(on_table.lines[i])]
    off = Money.ZERO
    if indices:
        off = min(
            _RULES[promotion.rule](on_table, promotion, indices),
            on_table.total(indices),
        )
    if off <= Money.ZERO:
        return Deal(promotion.id, promotion.name, ())
    shares = spread(off, [on_table.left[index].fen for index in indices])
    borne = tuple(pair for pair in zip(indices, shares, strict=True) if pair[1])
    return Deal(promotion.id, promotion.name, borne)


def _is_counted(line: CartLine) -> bool:
    """Single pieces: neither weighed goods nor packs at a price of their own."""
    return line.item.unit is Unit.PIECE and line.item.pack_size == 1


def _runs(on_table: _Table, indices: Sequence[int]) -> list[tuple[int, int]]:
    """What a piece of each line is left to cost, and how many; the cheapest first."""
    lines = on_table.lines
    return sorted(
        (on_table.left[i].fen // lines[i].count, lines[i].count) for i in indices
    )


def _pieces(runs: Sequence[tuple[int, int]]) -> int:
    return sum(count for _, count in runs)


def _first(runs: Sequence[tuple[int, int]], pieces: int) -> list[tuple[int, int]]:
    """The first so many pieces of the runs."""
    chosen = []
    for fen, count in runs:
        fitting = min(count, pieces)
        pieces -= fitting
        if fitting:
            chosen.append((fen, fitting))
    return chosen


def _value(runs: Sequence[tuple[int, int]]) -> Money:
    return Money(sum(fen * count for fen, count in runs))


def _nth(on_table: _Table, promotion: Promotion, indices: Sequence[int]) -> Money:
    """The cheapest pieces are the n-th ones."""
    runs = _runs(on_table, indices)
    reduced = _first(runs, _pieces(runs) // promotion.pieces)
    return Money.sum(
        Money(Money(fen).times(promotion.off_bp, WHOLE_BP).fen * count)
        for fen, count in reduced
    )


def _free(on_table: _Table, promotion: Promotion, indices: Sequence[int]) -> Money:
    """The cheapest pieces are the free ones."""
    runs = _runs(on_table, indices)
    groups, rest = divmod(_pieces(runs), promotion.pieces + promotion.free)
    free = groups * promotion.free + max(0, rest - promotion.pieces)
    return _value(_first(runs, free))


def _bundle(on_table: _Table, promotion: Promotion, indices: Sequence[int]) -> Money:
    """The dearest pieces are bundled."""
    runs = _runs(on_table, indices)
    bundles = _pieces(runs) // promotion.pieces
    bundled = _first(runs[::-1], bundles * promotion.pieces)
    return _value(bundled) - promotion.price.times(bundles)


def _over(on_table: _Table, promotion: Promotion, indices: Sequence[int]) -> Money:
    times = on_table.total(indices).fen // promotion.over.fen
    return promotion.off.times(times if promotion.repeats else min(times, 1))


_RULES: dict[Rule, Callable[[_Table, Promotion, Sequence[int]], Money]] = {
    Rule.NTH: _nth,
    Rule.FREE: _free,
    Rule.BUNDLE: _bundle,
    Rule.OVER: _over,
}

"""Promotions in words: what a rule does, where it holds and whether it runs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from models.deals import Promotion, Rule
from models.discounts import WHOLE_BP
from models.i18n import _, pick

if TYPE_CHECKING:
    from datetime import date

    from models.goods.promotions import Listed
    from models.money import Money


def rule_words(one: Promotion) -> str:
    """ "第 2 件 5 折", "买 3 送 1", "2 件 ¥50.00" or "满 100 减 10"."""
    match one.rule:
        case Rule.NTH:
            words = _("1 of {n} less {figure} %")
            if one.pieces == 1:
                words = _("Each less {figure} %")
            return words.format(n=one.pieces, figure=_share(one.off_bp))
        case Rule.FREE:
            words = _("Buy {n}, get {free} free")
            return words.format(n=one.pieces, free=one.free)
        case Rule.BUNDLE:
            return _("{n} for {price}").format(n=one.pieces, price=one.price)
        case Rule.OVER:
            words = _("{off} off from {over}")
            if one.repeats:
                words = _("{off} off for each {over}")
            return words.format(off=_yuan(one.off), over=_yuan(one.over))


def goods_words(listed: Listed) -> str:
    """The product that it is for, or all goods."""
    return pick(listed.product, listed.product_en) or _("All goods")


def where_words(listed: Listed) -> str:
    return listed.outlet or listed.event or _("everywhere")


def state_words(listed: Listed, day: date) -> str:
    """Whether it runs on that day."""
    if not listed.is_active:
        return _("ended")
    if listed.is_over(day):
        return _("over")
    return _("not yet") if listed.holds.first > day else _("runs")


def _share(off_bp: int) -> str:
    """What is left to pay, as 折, in Chinese; what is taken off, as %, in English."""
    return pick(_plain(WHOLE_BP - off_bp, 3), _plain(off_bp, 2))


def _plain(figure: int, decimals: int) -> str:
    return f"{Decimal(figure).scaleb(-decimals).normalize():f}"


def _yuan(amount: Money) -> str:
    """As a poster says it: whole yuan without decimals."""
    return pick("", "¥") + amount.plain.removesuffix(".00")

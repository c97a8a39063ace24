"""What the rows of a day's cuts are called and counted in, on slip and page alike."""

from __future__ import annotations

from models.i18n import Language
from models.kinds import AccountKind
from models.money import Money
from models.office.day_record import CountyRow, Goods, PlaceRow, TenderRow
from models.quantity import kilograms
from models.selling.shift_record import CountRecord, TenderLine
from receipts import words
from receipts.words import Translate, named


def tender_name(row: TenderRow | TenderLine | CountRecord, _: Translate) -> str:
    """The method and its account; a person's own code is marked (DOMAIN.md)."""
    name = f"{words.method_name(row.method, _)} {row.holder}".rstrip()
    if row.account_kind is AccountKind.PERSONAL:
        return _("{name} (personal code)").format(name=name)
    return name


def county_name(row: CountyRow, language: Language, _: Translate) -> str:
    return named(row.county, row.county_en, language) or _("Not assisted")


def place_name(row: PlaceRow, _: Translate) -> str:
    names = (words.channel_name(row.channel, _), row.outlet, row.event)
    return " · ".join(name for name in names if name)


def receipts_counted(n: int, _: Translate) -> str:
    return _("1 receipt") if n == 1 else _("{n} receipts").format(n=f"{n:,}")


def refunds_counted(n: int, refunded: Money, _: Translate) -> str:
    """Refunds and compensations, whose money is in the sums beside it already."""
    return _("refunds {n}: {amount}").format(n=n, amount=(-refunded).grouped)


def goods_counted(sold: Goods, _: Translate) -> str:
    """Pieces and kilograms beside each other, never added."""
    said = []
    if sold.pieces or not sold.grams:
        said.append(_("{n} pcs").format(n=f"{sold.pieces:,}"))
    if sold.grams:
        said.append(f"{kilograms(sold.grams)}kg")
    return "  ".join(said)


def ten_thousands(amount: Money, _: Translate) -> str:
    """In 万元, rounded once from fen; the exact figure stands beside it."""
    return _("{amount} × ￥10,000").format(amount=amount.ten_thousands)


def thousandths(amount: Money, longest: Money) -> int:
    """How long a bar is beside the longest; nothing for what came to nothing."""
    if longest <= Money.ZERO or amount <= Money.ZERO:
        return 0
    return amount.fen * 1000 // longest.fen

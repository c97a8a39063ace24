"""What a code is, in sentences: how it is read, and why the till refuses it."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models import codes
from models.cart import CartLine
from models.codes import CheckRule, Label, Layout, PayingApp
from models.database import table_of
from models.errors import PosError, UnreadableCode
from models.goods import layouts, offers
from models.goods.catalog import Product
from models.goods.offers import Stand
from models.i18n import _, pick
from models.kinds import PriceReason
from models.quantity import Quantity, Unit


def explain(session: Session, code: str, stand: Stand) -> tuple[str, ...]:
    """First how the code is read, last what the selling screen makes of it.

    The digits of a payment code are not repeated.
    """
    try:
        code = codes.clean(code)
    except UnreadableCode as error:
        return (str(error),)
    return (*_reading(session, code), *_outcome(session, code, stand))


# --- how it is read -----------------------------------------------------------


def _reading(session: Session, code: str) -> list[str]:
    product_id, pack_size, _price = offers.find_product(session, code)
    if product_id is not None:
        return [_of_product(session, code, product_id, pack_size)]
    layout = codes.find_layout(code, layouts.layouts_in_use(session))
    label = codes.read_as(code, layout) if layout is not None else None
    app = codes.paying_app(code)
    if label is not None and (app is None or _is_sold(session, label)):
        return _of_label(session, code, label)
    if app is not None:
        return _of_payment(app, layout)
    return [_of_unknown(code)]


def _of_product(session: Session, code: str, product_id: int, pack_size: int) -> str:
    row = session.execute(_BY_ID, {"id": product_id}).one()
    name = pick(row.name, row.name_en)
    if code.upper() == row.sku.upper():
        return _("{code} is the SKU of {name}.").format(code=code, name=name)
    if pack_size > 1:
        words = _("{code} is a barcode of {name}, of a pack of {n}.")
        return words.format(code=code, name=name, n=pack_size)
    return _("{code} is a barcode of {name}.").format(code=code, name=name)


def _of_label(session: Session, code: str, label: Label) -> list[str]:
    words = _("{code} is a weighing label: {length} digits that begin with {prefix}.")
    said = [
        words.format(code=code, length=label.layout.length, prefix=label.layout.prefix)
    ]
    row = session.execute(_BY_PLU, {"plu": label.plu}).one_or_none()
    if row is None:
        words = _("Item number {plu}: no product has it as its PLU.")
        said.append(words.format(plu=label.plu or "0"))
    else:
        words = _("Item number {plu}: {name}.")
        said.append(words.format(plu=label.plu, name=pick(row.name, row.name_en)))
    if label.amount is not None:
        said.append(_("Printed amount: {amount}.").format(amount=label.amount))
    if label.grams is None:
        said.append(_("Its weight follows from the amount and today's price."))
    else:
        weight = Quantity(label.grams, Unit.GRAM)
        said.append(_("Printed weight: {weight}.").format(weight=weight))
    return [*said, _check_digit(code, label)]


def _check_digit(code: str, label: Label) -> str:
    if label.has_valid_check:
        return _("Check digit {digit}: right.").format(digit=code[-1])
    words = {
        CheckRule.REQUIRE: _("Check digit {digit}: wrong, {right} would be right."),
        CheckRule.WARN: _(
            "Check digit {digit}: {right} would be right, which the layout only warns "
            "of."
        ),
        CheckRule.IGNORE: _(
            "Check digit {digit}: {right} would be right, which the layout ignores."
        ),
    }[label.layout.check]
    return words.format(digit=code[-1], right=codes.check_digit(code[:-1]))


def _of_payment(app: PayingApp, layout: Layout | None) -> list[str]:
    words = {
        PayingApp.WECHAT: _("This is a payment code of WeChat Pay."),
        PayingApp.ALIPAY: _("This is a payment code of Alipay."),
        PayingApp.UNIONPAY: _("This is a payment code of UnionPay."),
    }
    said = [words[app], _("Its digits are neither shown nor kept.")]
    if layout is not None:
        why = _(
            "Labels with prefix {prefix} begin alike, but this one's check digit is "
            "wrong or no product has its item number."
        )
        said.append(why.format(prefix=layout.prefix))
    return said


def _of_unknown(code: str) -> str:
    if codes.is_gtin(code) and not codes.has_valid_check_digit(code):
        words = _(
            "{code} is like a barcode, but its check digit should be {right}: it was "
            "misread, or it is a label whose layout is missing."
        )
        return words.format(code=code, right=codes.check_digit(code[:-1]))
    if codes.may_be_label(code) and code.startswith("2"):
        words = _(
            "{code} may be a weighing label: no product has it as its barcode, and no "
            "layout reads {length} digits that begin so."
        )
        return words.format(code=code, length=len(code))
    if codes.is_gtin(code):
        words = _("{code} is a barcode whose check digit is right, but of no product.")
        return words.format(code=code)
    return _("{code} is no barcode, SKU or label of this shop.").format(code=code)


def _is_sold(session: Session, label: Label) -> bool:
    """DOMAIN.md 5.4: only then is a code that could pay a label."""
    row = session.execute(_BY_PLU, {"plu": label.plu}).one_or_none()
    return label.has_valid_check and row is not None


_product = table_of(Product).c
_NAMES = select(_product.sku, _product.name, _product.name_en)
_BY_ID = _NAMES.where(_product.id == bindparam("id"))
_BY_PLU = _NAMES.where(_product.plu == bindparam("plu"))


# --- what the selling screen makes of it --------------------------------------


def _outcome(session: Session, code: str, stand: Stand) -> list[str]:
    try:
        found = offers.find_line(session, code, stand)
    except PosError as error:
        return [_("The till refuses it: {reason}").format(reason=error)]
    if not isinstance(found.goods, CartLine):
        words = _("The till asks for the weight of {name}.")
        return [words.format(name=pick(found.goods.name, found.goods.name_en))]
    said = [_sold_as(found.goods)]
    return [*said, found.warning] if found.warning else said


def _sold_as(line: CartLine) -> str:
    name = pick(line.item.name, line.item.name_en)
    if not line.quantity.is_weight:
        words = _("The till sells {count} × {name} for {total}.")
        return words.format(count=line.count, name=name, total=line.total)
    words = _("The till sells {weight} of {name} at {price} per kg for {total}.")
    if line.item.reason is PriceReason.LABEL:
        words = _("The till sells {weight} of {name} ({price} per kg) for {total}.")
    return words.format(
        weight=line.quantity, name=name, price=line.item.price, total=line.total
    )

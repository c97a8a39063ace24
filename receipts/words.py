"""What kinds of things are called, in the language of a paper or a screen."""

from __future__ import annotations

from collections.abc import Callable

from models.i18n import Language
from models.kinds import (
    AccountKind,
    Channel,
    Method,
    PriceReason,
    SaleKind,
    Scheme,
)
from models.money import Money
from models.quantity import WeightUnit, jin, kilograms, price_per

Translate = Callable[[str], str]


def document_name(kind: SaleKind, _: Translate) -> str:
    """小票, 退货单, 补偿单, 支付更正单."""
    return {
        SaleKind.SALE: _("Receipt"),
        SaleKind.REFUND: _("Refund slip"),
        SaleKind.COMPENSATION: _("Compensation slip"),
        SaleKind.CORRECTION: _("Payment correction"),
    }[kind]


def method_name(method: Method, _: Translate) -> str:
    return {
        Method.CASH: _("Cash"),
        Method.WECHAT: _("WeChat"),
        Method.ALIPAY: _("Alipay"),
        Method.PHONE: _("Phone code"),
        Method.EXCHANGE: _("Exchange"),
        Method.TRANSFER: _("Money transfer"),
    }[method]


def scheme_name(scheme: Scheme, _: Translate) -> str:
    return {
        Scheme.EAST_WEST: _("East-West cooperation"),
        Scheme.PARTNER_SUPPORT: _("Partner support"),
        Scheme.WITHIN_PROVINCE: _("Within the province"),
        Scheme.NONE: _("Not assisted"),
    }[scheme]


def channel_name(channel: Channel, _: Translate) -> str:
    return {
        Channel.STALL: _("Exhibition stall"),
        Channel.CANTEEN: _("Office canteen"),
        Channel.GROUP: _("Group orders"),
        Channel.VENDING: _("Vending machine"),
        Channel.ONLINE: _("Online shop"),
        Channel.SUPERMARKET: _("Supermarket"),
        Channel.UNION: _("Trade union gifts"),
        Channel.CAMPAIGN: _("Campaign day"),
    }[channel]


def account_kind_name(kind: AccountKind, _: Translate) -> str:
    return {
        AccountKind.MERCHANT: _("Merchant code"),
        AccountKind.AGGREGATE: _("Aggregate code"),
        AccountKind.PERSONAL: _("Personal code"),
    }[kind]


def price_reason_name(reason: PriceReason, _: Translate) -> str:
    """Why a price differs from the list price; nothing where it does not."""
    return {
        PriceReason.NONE: "",
        PriceReason.EVENT: _("Event price"),
        PriceReason.PACK: _("Pack price"),
        PriceReason.LABEL: _("Scale label"),
        PriceReason.CHANGED: _("Price changed"),
    }[reason]


def named(zh: str, en: str, language: Language) -> str:
    """A name in the paper's language; the Chinese one where there is no English."""
    return en if language is Language.EN and en else zh


def weight(grams: int, unit: WeightUnit, _: Translate) -> str:
    """A weight as people say it in ``unit``."""
    if unit is WeightUnit.KG:
        return f"{kilograms(grams)}kg"
    if unit is WeightUnit.G500:
        return f"{jin(grams)}×500g"
    return _("{weight} jin").format(weight=jin(grams))


def unit_price(price_per_kg: Money, unit: WeightUnit, _: Translate) -> str:
    """A price per kilogram as a price per ``unit``."""
    shown = price_per(price_per_kg, unit).plain
    if unit is WeightUnit.KG:
        return _("￥{price}/kg").format(price=shown)
    if unit is WeightUnit.G500:
        return _("￥{price}/500g").format(price=shown)
    return _("￥{price}/jin").format(price=shown)


def yuan(amount: Money, _: Translate) -> str:
    """An amount inside a sentence or after a times sign."""
    return _("￥{price}").format(price=amount.plain)

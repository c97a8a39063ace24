"""The kinds of things that more than one subject names, stored by value."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """The programme that a county belongs to; sums of two schemes are never added."""

    EAST_WEST = "east_west"  # 东西部协作
    PARTNER_SUPPORT = "partner_support"  # 对口支援
    WITHIN_PROVINCE = "within_province"  # 省内对口帮扶
    NONE = "none"  # 非帮扶: no county


class OutletKind(StrEnum):
    STALL = "stall"
    CANTEEN = "canteen"


class Channel(StrEnum):
    """The way of selling that a sale is reported under (DOMAIN.md 1)."""

    STALL = "stall"  # 展销平台 / 展位
    CANTEEN = "canteen"  # 机关食堂
    GROUP = "group"  # 单位团购
    VENDING = "vending"  # 自动售卖机
    ONLINE = "online"  # 电商平台
    SUPERMARKET = "supermarket"  # 商超
    UNION = "union"  # 工会慰问
    CAMPAIGN = "campaign"  # 扶贫济困日等活动


class BuyerKind(StrEnum):
    PERSON = "person"
    UNIT = "unit"


class Terms(StrEnum):
    """经营方式: on whose account the shop sells a supplier's goods."""

    OWN = "own"  # 经销
    CONSIGNMENT = "consignment"  # 代销
    JOINT = "joint"  # 联营


class Method(StrEnum):
    """How a tender is paid. PHONE is a code that does not tell which wallet."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    PHONE = "phone"
    EXCHANGE = "exchange"  # 换货: what was taken back pays for what is taken now
    TRANSFER = "transfer"  # 转账: money back where the channel cannot refund


class Series(StrEnum):
    """Whose numbers a receipt has: what was only practised is numbered apart."""

    LIVE = "A"
    TRAINING = "T"


class SaleKind(StrEnum):
    """What a numbered document does; all but a sale name the sale they correct."""

    SALE = "sale"
    REFUND = "refund"
    COMPENSATION = "compensation"  # 坏果补偿: money back, no goods
    CORRECTION = "correction"  # the tender was wrong, the amount was not


class DiscountKind(StrEnum):
    """Who or what took something off."""

    PRICE = "price"  # 改价
    LINE = "line"
    PROMOTION = "promotion"
    ORDER = "order"
    BARGAIN = "bargain"  # 议价


class AccountKind(StrEnum):
    """收款账户: whose code the customer scans."""

    MERCHANT = "merchant"  # 商户码
    AGGREGATE = "aggregate"  # 聚合码
    PERSONAL = "personal"  # 个人码: off by default, marked in summaries


class PriceReason(StrEnum):
    """Why the price paid differs from the list price."""

    NONE = ""
    EVENT = "event"  # 活动价
    PACK = "pack"  # a pack's own price
    LABEL = "label"  # the amount printed by a scale
    CHANGED = "changed"  # 改价


class RoundingRule(StrEnum):
    """抹零: to what the cash still due is rounded down."""

    OFF = "off"
    JIAO = "jiao"
    YUAN = "yuan"

    @property
    def step_fen(self) -> int:
        return {RoundingRule.OFF: 1, RoundingRule.JIAO: 10, RoundingRule.YUAN: 100}[
            self
        ]


class PaperWidth(StrEnum):
    MM58 = "58"
    MM80 = "80"


class TileOrder(StrEnum):
    """What decides which tile comes first on the selling screen."""

    HAND = "hand"
    SALES = "sales"


class Cut(StrEnum):
    """By what a report tells sales apart; each cut sums to the same net."""

    ALL = "all"  # not at all: one row
    COUNTY = "county"
    SCHEME = "scheme"
    CHANNEL = "channel"
    OUTLET = "outlet"
    PRODUCT = "product"
    SELLER = "seller"
    TENDER = "tender"  # method and 收款账户
    HOUR = "hour"
    CERTIFIED = "certified"  # of which 认定产品
    BUYER = "buyer"  # 单位采购 and 帮助销售
    TERMS = "terms"  # 经营方式

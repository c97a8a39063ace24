"""Refunds and other corrections for the papers' tests, and sales beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from models.kinds import DiscountKind, Method, PriceReason, SaleKind
from models.money import Money
from models.selling.sale_record import (
    CorrectsRecord,
    CountyShare,
    DiscountRecord,
    LineRecord,
    PaymentRecord,
    SaleRecord,
)
from tests.receipts.samples import (
    BOX,
    DABU,
    MELON,
    SHUFU,
    TEA,
    WENGAN,
    cash,
    grams,
    line,
    phone,
    pieces,
    sale,
    share,
)

YESTERDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)
_CODE = "SH1:T01:A:124:ABCDEFGHIJ"


def off(
    kind: DiscountKind, fen: int, label: str = "", percent_bp: int = 0
) -> DiscountRecord:
    return DiscountRecord(kind, label, "老顾客", percent_bp, Money(fen))


def back(
    method: Method, fen: int, holder: str = "", came: Method | None = None
) -> PaymentRecord:
    """Money that goes back, the way it came unless told otherwise."""
    paid = phone(method, -fen, holder)
    return replace(paid, takes_back=came or method, account_kind=None)


def taken_back(sold: LineRecord, net_fen: int) -> LineRecord:
    """The whole line comes back."""
    return replace(
        sold,
        count=-sold.count,
        list_total=-sold.list_total,
        total=-sold.total,
        net=Money(-net_fen),
        parts=tuple(
            replace(part, quantity=-part.quantity, net=-part.net) for part in sold.parts
        ),
    )


def corrects(
    day: date | None = TODAY, reason: str = "不新鲜", **other: str
) -> CorrectsRecord:
    return CorrectsRecord("T01-000123" if day else "", day, reason, **other)


def correction(
    kind: SaleKind,
    what: CorrectsRecord,
    *lines: LineRecord,
    paid: tuple[PaymentRecord, ...],
    shares: tuple[CountyShare, ...] = (),
) -> SaleRecord:
    return replace(
        sale(*lines, paid=paid, shares=shares),
        number="T01-000124",
        code=_CODE,
        kind=kind,
        corrects=what,
        net=Money.sum(one.net for one in lines),
    )


_CHANGED = line(
    "瓮安欧标茶",
    8000,
    pieces(1),
    list_price=Money(8800),
    list_total=Money(8800),
    reason=PriceReason.CHANGED,
)
_DISCOUNTED = replace(TEA, total=Money(14040), discounted=Money(1560))

CORRECTIONS: dict[str, SaleRecord] = {
    "discounts": replace(
        sale(
            _DISCOUNTED,
            _CHANGED,
            MELON,
            paid=(cash(22000, 20690),),
            shares=(share(WENGAN, 19800), share(SHUFU, 890)),
            rounding_fen=6,
        ),
        discounts=(
            off(DiscountKind.PRICE, 800),
            off(DiscountKind.LINE, 1560, percent_bp=1000),
            off(DiscountKind.PROMOTION, 2000, "满200减20"),
            off(DiscountKind.ORDER, 254, percent_bp=125),
            off(DiscountKind.BARGAIN, 206),
        ),
        discount=Money(4820),
        net=Money(20690),
    ),
    "promotion": replace(
        sale(TEA, paid=(cash(13600, 13600),), shares=(share(WENGAN, 13600),)),
        discounts=(off(DiscountKind.PROMOTION, 2000, "满100减20"),),
        discount=Money(2000),
        net=Money(13600),
    ),
    "exchanged": sale(
        TEA,
        paid=(phone(Method.EXCHANGE, 11116), cash(5000, 4484)),
        shares=(share(WENGAN, 15600),),
    ),
    "late": sale(
        TEA,
        shares=(share(WENGAN, 15600),),
        slip="0017",
        entered_at=datetime(2026, 11, 24, 10, 5, 30, tzinfo=UTC),
    ),
    "refund": correction(
        SaleKind.REFUND,
        corrects(
            YESTERDAY,
            approver_name="王店长",
            red_invoice="24442000000012345678",
        ),
        taken_back(TEA, 14040),
        taken_back(MELON, 1116),
        paid=(
            back(Method.WECHAT, 10000, "山海公司"),
            back(Method.CASH, 5156),
        ),
        shares=(share(WENGAN, -14040), share(SHUFU, -1116)),
    ),
    "refund_otherwise": correction(
        SaleKind.REFUND,
        corrects(reason="顾客手机没电，改退现金"),
        taken_back(BOX, 19800),
        paid=(back(Method.CASH, 19800, came=Method.WECHAT),),
        shares=(share(WENGAN, -9000), share(DABU, -6800), share(SHUFU, -4000)),
    ),
    "refund_exchanged": correction(
        SaleKind.REFUND,
        corrects(),
        line("红心柚", 999, -grams(1000), DABU, net=Money(-998)),
        replace(TEA, count=pieces(0), net=Money(-2)),
        paid=(back(Method.EXCHANGE, 1000, came=Method.CASH),),
        shares=(share(DABU, -998), share(WENGAN, -2)),
    ),
    "refund_without_receipt": correction(
        SaleKind.REFUND,
        corrects(None, approver_name="王店长"),
        taken_back(line("矿泉水", 2400, pieces(1), pack_size=12), 2400),
        paid=(replace(back(Method.CASH, 2400), takes_back=None),),
        shares=(share(WENGAN, -2400),),
    ),
    "compensation": correction(
        SaleKind.COMPENSATION,
        corrects(YESTERDAY, "两个坏果", approver_name="王店长"),
        replace(
            line("大埔蜜柚", 1280, pieces(0), DABU),
            total=Money(-500),
            net=Money(-500),
        ),
        paid=(back(Method.CASH, 500),),
        shares=(share(DABU, -500),),
    ),
    "payment_correction": correction(
        SaleKind.CORRECTION,
        corrects(reason="按错了", approver_name="王店长"),
        paid=(
            back(Method.CASH, 4780),
            phone(Method.WECHAT, 4780, "山海公司", "尾号 0001"),
        ),
    ),
}

"""A day of five shifts with everything that its close can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from models.kinds import AccountKind, Channel, Method, SaleKind, Scheme
from models.money import Money
from models.office.day_close_record import (
    Check,
    CheckKind,
    CutRow,
    DayRecord,
    DayShift,
    ExternalRow,
    LateRow,
    TenderMatch,
)
from models.selling.shift_record import Signature

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def _signature(name: str, hours: int) -> Signature:
    return Signature(name, AT + timedelta(hours=hours))


CASH = TenderMatch(Method.CASH, None, "", None, Money(30_000), Money(30_000))
SHORT = replace(CASH, counted=Money(29_700), reasons=("找零出错",))
PHONE = TenderMatch(
    Method.PHONE,
    1,
    "山海惠农聚合码",
    AccountKind.AGGREGATE,
    Money(12_000),
    Money(12_100),
    ("串班",),
)
PERSONAL = TenderMatch(
    Method.ALIPAY, 2, "林晓", AccountKind.PERSONAL, Money(5_000), None
)
EXCHANGED = TenderMatch(Method.EXCHANGE, None, "", None, Money.ZERO, None)

FIRST = DayShift(
    number=7,
    z_name="T01-Z0007",
    outlet="体育东展位",
    opened=_signature("陈舟", 0),
    sealed=_signature("陈舟", 4),
    counted=_signature("陈舟", 4),
    accepted=_signature("林晓", 5),
    is_self_signed=False,
    business_date=DAY,
    calendar_date=DAY,
    receipts=12,
    gross=Money(31_000),
    discounts=Money(900),
    rounding=Money(100),
    refunds=Money.ZERO,
    net=Money(42_000),
    float_=Money(50_000),
    float_left=Money(50_000),
    cash=Money(30_000),
    moved=Money(-10_000),
    cash_expected=Money(70_000),
    cash_counted=Money(70_000),
    left=Money(50_000),
    banked=Money(20_000),
    handed=Money.ZERO,
    tenders=(CASH, PHONE),
)
SHORT_ONE = replace(
    FIRST,
    number=8,
    float_=Money(49_000),
    cash_counted=Money(69_700),
    tenders=(SHORT, PERSONAL),
)
LATE_ONE = replace(
    FIRST,
    number=9,
    calendar_date=DAY - timedelta(days=1),
    float_left=None,
    tenders=(CASH, EXCHANGED),
)

CUTS = (
    CutRow(
        "522725",
        "瓮安县",
        "Weng'an",
        Scheme.EAST_WEST,
        Channel.STALL,
        "TEA",
        "=瓮安黄金芽茶",
        "=Weng'an tea",
        12,
        0,
        Money(105_600),
    ),
    CutRow(
        "653121",
        "疏附县",
        "Shufu",
        Scheme.PARTNER_SUPPORT,
        Channel.STALL,
        "WALNUT",
        "疏附核桃",
        "Shufu walnuts",
        0,
        2_480,
        Money(14_384),
    ),
    CutRow(
        "", "", "", Scheme.NONE, Channel.STALL, "BAG", "手提袋", "", 1, 0, Money(50)
    ),
)
EXTERNAL = (
    ExternalRow(
        DAY,
        "522725",
        "瓮安县",
        "Weng'an",
        Scheme.EAST_WEST,
        Channel.STALL,
        "=贵州平台月报",
        Money(39_000_000),
        "其中瓮安",
    ),
    ExternalRow(
        DAY - timedelta(days=1),
        "",
        "",
        "",
        Scheme.NONE,
        Channel.ONLINE,
        "电商后台",
        Money(11_490_000),
        "",
    ),
)
LATE = (
    LateRow(
        "T01-000031",
        SaleKind.REFUND,
        DAY - timedelta(days=1),
        "T01-000019",
        Money(-2_390),
    ),
    LateRow("T01-000032", SaleKind.SALE, DAY - timedelta(days=1), "", Money(5_990)),
)
CHECKS = (
    Check(CheckKind.SHIFTS, Money(120_034), Money(120_034)),
    Check(CheckKind.LINES, Money(120_034), Money(120_000)),
    Check(CheckKind.STOCK, n=1, names=("瓮安黄金芽茶",)),
    Check(CheckKind.COUNTS, Money(71_800), Money(72_000), n=2),
    Check(CheckKind.ACCOUNTS, n=1, amount=Money(5_000), names=("林晓",)),
    Check(CheckKind.PRINTS),
)
DIFFERENT = DayRecord(
    business_date=DAY,
    made_at=AT + timedelta(hours=12),
    shop_name="山海惠农",
    till_code="T01",
    is_demo=False,
    receipts=36,
    net=Money(120_034),
    shifts=(
        FIRST,
        SHORT_ONE,
        LATE_ONE,
        replace(FIRST, number=10),
        replace(FIRST, number=11),
    ),
    tenders=(SHORT, PHONE, PERSONAL, EXCHANGED),
    checks=CHECKS,
    cuts=CUTS,
    external=EXTERNAL,
    late=LATE,
)
SIGNED = replace(
    DIFFERENT,
    signed=_signature("周会计", 12),
    note="聚合码多 1 元，次日与商户后台核对；" * 8,
)
ALONE = replace(SIGNED, is_self_signed=True, is_demo=True, shop_name="山海惠农" * 12)
RIGHT = replace(
    DIFFERENT,
    shifts=(replace(FIRST, tenders=(CASH,)),),
    tenders=(CASH,),
    checks=(CHECKS[0],),
    cuts=(),
    external=(),
    late=(),
)

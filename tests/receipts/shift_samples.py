"""Shifts for the papers' tests: one handed over, one still open, one by one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from models.journal.marks import Mark
from models.kinds import AccountKind, Channel, Method, Scheme
from models.money import Money
from models.people.rights import Act
from models.quantity import Unit
from models.selling.denominations import Denomination, Pieces
from models.selling.shift_record import (
    CashKind,
    CountRecord,
    Cut,
    Deed,
    Drawer,
    Figures,
    Left,
    LeftKind,
    MovementSum,
    Opening,
    Oversold,
    PassedOn,
    ShiftRecord,
    Signature,
    Signed,
    Split,
    Sums,
    TenderLine,
)

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 5, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 5, 20, tzinfo=UTC)
ZERO = Money.ZERO


def _tender(
    method: Method, net: int, n: int, holder: str = "", kind: AccountKind | None = None
) -> TenderLine:
    return TenderLine(
        method,
        {"": None, "山海公司": 1, "王掌柜": 2}[holder],
        holder,
        kind,
        n,
        Money(net),
        0,
        ZERO,
        Money(net),
        ZERO,
    )


_CASH = replace(
    _tender(Method.CASH, 124_940, 33),
    refunds_n=2,
    refunds=Money(2_390),
    tendered=Money(162_550),
    change=Money(40_000),
)
FIGURES = Figures(
    receipts=131,
    sales_n=129,
    refunds_n=2,
    first_number="T01-000101",
    last_number="T01-000231",
    sums=Sums(Money(451_700), Money(4_300), Money(42), Money(2_390), Money(444_968)),
    tenders=(
        _CASH,
        _tender(Method.WECHAT, 256_120, 60, "山海公司", AccountKind.MERCHANT),
        _tender(Method.ALIPAY, 53_828, 30, "山海公司", AccountKind.MERCHANT),
        _tender(Method.PHONE, 12_470, 12, "王掌柜", AccountKind.PERSONAL),
    ),
    drawer=Drawer(
        Money(48_000),
        Money(124_940),
        Money(2_390),
        (
            MovementSum(CashKind.FUND, 1, Money(20_000)),
            MovementSum(CashKind.DROP, 2, Money(-100_000)),
            MovementSum(CashKind.EXPENSE, 1, Money(-1_550)),
            MovementSum(CashKind.CHANGE, 1, ZERO),
            MovementSum(CashKind.RETURN, 1, Money(-5_000)),
            MovementSum(CashKind.CORRECTION, 1, Money(-10_000)),
        ),
    ),
    opening=Opening(Money(50_000), Money(48_000), "少一张20元"),
    categories=(
        Cut("调味品", "Condiments", Money(300_000)),
        Cut("干果", "", Money(144_968)),
    ),
    regions=(
        Cut("瓮安县", "Weng'an", Money(344_968), "522725", Scheme.EAST_WEST),
        Cut("大埔县", "Dabu", Money(98_000), "441422", Scheme.WITHIN_PROVINCE),
        Cut("", "", Money(2_000)),
    ),
    channels=(Cut("琶洲展位3", "琶洲展位3", Money(444_968), channel=Channel.STALL),),
    deeds=(
        Deed(
            datetime(2026, 11, 24, 2, 14, tzinfo=UTC),
            "陈舟",
            Act.VOID,
            "福泉香辣酱",
            Money(2_390),
            "顾客不要了",
            "",
            is_refused=False,
            is_unwitnessed=False,
        ),
        Deed(
            datetime(2026, 11, 24, 2, 40, tzinfo=UTC),
            "陈舟",
            Act.PRICE,
            "大埔蜜柚",
            Money(1_000),
            "磕碰",
            "林晓",
            is_refused=False,
            is_unwitnessed=False,
        ),
        Deed(
            datetime(2026, 11, 24, 3, 5, tzinfo=UTC),
            "陈舟",
            Act.OPEN_DRAWER,
            "",
            None,
            "换零",
            "",
            is_refused=False,
            is_unwitnessed=True,
        ),
        Deed(
            datetime(2026, 11, 24, 3, 9, tzinfo=UTC),
            "陈舟",
            Act.SETTINGS,
            "",
            None,
            "",
            "",
            is_refused=True,
            is_unwitnessed=False,
        ),
    ),
    oversold=(
        Oversold("瓮安百花蜜", "Weng'an honey", -1, Unit.PIECE),
        Oversold("疏附核桃", "Shufu walnuts", -1_250, Unit.GRAM),
    ),
    left=(
        Left(LeftKind.PARKED, 2, Money(11_380)),
        Left(LeftKind.HALF_PAID, 1, Money(3_000)),
        Left(LeftKind.BASKET, 1),
        Left(LeftKind.PRINTS, 3),
        Left(LeftKind.AWAITING, 1),
    ),
    training=Money(5_990),
    perpetual=Money(21_444_968),
)

_FIRST = CountRecord(
    id=1,
    method=Method.CASH,
    account_id=None,
    holder="",
    account_kind=None,
    round=1,
    at=LATER,
    staff_id=2,
    staff="陈舟",
    counted=Money(69_000),
    counted_n=None,
    expected=FIGURES.drawer.expected,
    expected_n=None,
    suspect=Money(10_000),
    pieces=(
        Pieces(Denomination.Y100, 6, torn=0, suspect=1),
        Pieces(Denomination.Y50, 1),
        Pieces(Denomination.Y5, 7, torn=1),
    ),
    note="",
    signed=None,
)
_SECOND = replace(
    _FIRST,
    id=2,
    round=2,
    counted=Money(73_950),
    pieces=(
        *_FIRST.pieces,
        Pieces(Denomination.Y1, 43),
        Pieces(Denomination.COIN1, 6),
        Pieces(Denomination.JIAO5, 1),
    ),
    note="钱箱底下还有零钱",
    signed=Signed(LATER, "找零出错", "下午再查", "陈舟", "林晓", is_unwitnessed=False),
)
_ACCOUNT = replace(
    _FIRST,
    id=3,
    method=Method.PHONE,
    account_id=1,
    holder="山海公司",
    account_kind=AccountKind.MERCHANT,
    counted=Money(310_048),
    counted_n=91,
    expected=Money(309_948),
    expected_n=90,
    suspect=ZERO,
    pieces=(),
)

HANDED_OVER = ShiftRecord(
    mark=Mark(4712, bytes(range(32))),
    shop_name="山海协作展销中心",
    is_demo=False,
    till_code="T01",
    outlet="琶洲展位3",
    event="黔货出山展",
    number=12,
    z_number=12,
    business_date=date(2026, 11, 24),
    made_at=LATER,
    opened=Signature("陈舟", MORNING),
    sealed=Signature("陈舟", NOON),
    accepted=Signature("林晓", LATER),
    is_self_signed=False,
    closing_note="下雨，人少",
    figures=FIGURES,
    counts=(_FIRST, _SECOND, _ACCOUNT),
    split=Split(Money(50_000), Money(20_000), Money(3_950)),
)
STILL_OPEN = replace(
    HANDED_OVER,
    z_number=None,
    sealed=None,
    accepted=None,
    closing_note="",
    counts=(),
    split=None,
)
SEALED = replace(
    HANDED_OVER, accepted=None, counts=(), split=None, closing_note="", is_demo=True
)
_QUIET = replace(
    FIGURES,
    receipts=0,
    sales_n=0,
    refunds_n=0,
    first_number="",
    last_number="",
    sums=Sums(ZERO, ZERO, ZERO, ZERO, ZERO),
    tenders=(),
    drawer=Drawer(Money(73_000), ZERO, ZERO, ()),
    opening=Opening(None, Money(73_000)),
    categories=(),
    regions=(),
    channels=(),
    deeds=(),
    oversold=(),
    left=(),
)
ALONE = replace(
    HANDED_OVER,
    figures=_QUIET,
    is_self_signed=True,
    counts=(
        replace(
            _FIRST,
            counted=Money(72_000),
            expected=Money(73_000),
            suspect=ZERO,
            pieces=(),
            signed=Signed(LATER, "找零出错", "", "陈舟", "", is_unwitnessed=True),
        ),
    ),
    split=Split(Money(72_000), ZERO, ZERO),
)
COUNTED = replace(
    ALONE,
    accepted=None,
    is_self_signed=False,
    counts=(replace(_FIRST, counted=Money(73_000), expected=Money(73_000)),),
    split=None,
)
# A copy that was printed once some of 王掌柜's phone had been handed over.
PASSED_ON = replace(
    COUNTED,
    figures=replace(_QUIET, tenders=FIGURES.tenders[3:]),
    passed_on=(
        PassedOn(LATER, "王掌柜", "林晓", Money(10_000), "微信转账"),
        PassedOn(LATER, "王掌柜", "林晓", Money(2_000)),
    ),
)
SHIFTS = {
    "shift": HANDED_OVER,
    "shift_x": STILL_OPEN,
    "shift_sealed": SEALED,
    "shift_alone": ALONE,
    "shift_counted": COUNTED,
    "shift_passed_on": PASSED_ON,
}

"""Sales and days for the papers' tests, each with one thing to look at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from models.journal.marks import Mark
from models.kinds import (
    AccountKind,
    BuyerKind,
    Channel,
    Method,
    OutletKind,
    PriceReason,
    Scheme,
)
from models.money import Money, spread
from models.office.day_record import (
    CountyRow,
    DaySummary,
    Goods,
    HourRow,
    PlaceRow,
    ProductRow,
    SchemeRow,
    Sums,
    TenderRow,
)
from models.quantity import Quantity, Unit, price_of
from models.selling.sale_record import (
    CountyShare,
    LineRecord,
    PartRecord,
    PaymentRecord,
    SaleRecord,
)

WENGAN = ("522725", "瓮安县", "Weng'an")
DABU = ("441422", "大埔县", "Dabu")
SHUFU = ("653121", "疏附县", "Shufu")
NOWHERE = ("", "", "")


def pieces(n: int) -> Quantity:
    return Quantity(n, Unit.PIECE)


def grams(n: int) -> Quantity:
    return Quantity(n, Unit.GRAM)


def line(
    name: str,
    price_fen: int,
    count: Quantity,
    county: tuple[str, str, str] = WENGAN,
    **other: Any,
) -> LineRecord:
    """A line at its list price, unless ``other`` says something else."""
    price = Money(price_fen)
    total = price_of(price, count)
    made = LineRecord(
        line_no=1,
        sku="WA001",
        barcode="6970019000015",
        name=name,
        name_en="",
        county=county[1],
        county_en=county[2],
        count=count,
        pack_size=1,
        list_price=price,
        price=price,
        reason=PriceReason.NONE,
        list_total=total,
        total=total,
        net=total,
    )
    return replace(made, **other)


def cash(tendered_fen: int, net_fen: int) -> PaymentRecord:
    change = tendered_fen - net_fen
    return PaymentRecord(
        method=Method.CASH,
        holder="",
        account_kind=None,
        reference="",
        tendered=Money(tendered_fen),
        change=Money(change),
        net=Money(net_fen),
    )


def phone(
    method: Method, net_fen: int, holder: str = "", reference: str = ""
) -> PaymentRecord:
    amount = Money(net_fen)
    return PaymentRecord(
        method=method,
        holder=holder,
        account_kind=AccountKind.MERCHANT,
        reference=reference,
        tendered=amount,
        change=Money.ZERO,
        net=amount,
    )


def share(county: tuple[str, str, str], net_fen: int) -> CountyShare:
    scheme = Scheme.WITHIN_PROVINCE if county is DABU else Scheme.EAST_WEST
    return CountyShare(*county, scheme, Money(net_fen))


def sale(
    *lines: LineRecord,
    paid: tuple[PaymentRecord, ...] = (),
    shares: tuple[CountyShare, ...] = (),
    rounding_fen: int = 0,
    **other: Any,
) -> SaleRecord:
    """A sale of ``lines``; paid in exact cash unless told otherwise."""
    list_total = Money.sum(x.list_total for x in lines)
    rounding = Money(rounding_fen)
    net = Money.sum(x.total for x in lines) - rounding
    made = SaleRecord(
        id=1,
        uuid="0192f0c1-5c8e-7c1e-9d55-3f6f1a2b3c4d",
        number="T01-000123",
        code="SH1:T01:A:123:ABCDEFGHIJ",
        at=datetime(2026, 11, 24, 2, 42, 5, tzinfo=UTC),
        business_date=date(2026, 11, 24),
        shop_name="山海协作展销中心",
        outlet_name="琶洲展位3",
        outlet_kind=OutletKind.STALL,
        channel=Channel.STALL,
        event_name="黔货出山展",
        till_code="T01",
        till_name="一号机",
        shift_number=7,
        seller_name="李小梅",
        buyer_kind=BuyerKind.PERSON,
        is_demo=False,
        lines=lines,
        payments=paid or (cash(net.fen, net.fen),),
        counties=shares,
        list_total=list_total,
        discount=list_total - rounding - net,
        rounding=rounding,
        net=net,
        mark=Mark(4711, bytes(range(32))),
    )
    return replace(made, **other)


TEA = line("瓮安毛峰 250g", 7800, pieces(2), name_en="Weng'an Maofeng tea 250g")
MELON = line("花蜜瓜", 900, grams(1240), SHUFU, name_en="Honey melon")
BOX = line(
    "山海同心礼盒",
    19800,
    pieces(1),
    NOWHERE,
    name_en="Mountain and sea gift box",
    parts=(
        PartRecord(
            "瓮安毛峰 250g", "Maofeng tea 250g", *WENGAN[1:], pieces(2), Money(9000)
        ),
        PartRecord("大埔蜜柚干", "", *DABU[1:], pieces(1), Money(6800)),
        PartRecord("疏附核桃", "Walnuts", *SHUFU[1:], grams(500), Money(4000)),
    ),
)

SALES: dict[str, SaleRecord] = {
    "cash_change_rounding": sale(
        TEA,
        MELON,
        paid=(cash(20000, 16710),),
        shares=(share(WENGAN, 15594), share(SHUFU, 1116)),
        rounding_fen=6,
    ),
    "split_tender": sale(
        TEA,
        paid=(
            phone(Method.WECHAT, 10000, "山海公司", "4200001234202611240001"),
            phone(Method.ALIPAY, 2000, "山海公司"),
            phone(Method.PHONE, 1600),
            cash(2000, 2000),
        ),
        shares=(share(WENGAN, 15600),),
    ),
    "weighed": sale(
        MELON,
        line("红心柚", 999, grams(2482), DABU, list_price=Money(1100)),
        shares=(share(DABU, 2480), share(SHUFU, 1116)),
    ),
    "gift_box": sale(
        BOX, shares=(share(WENGAN, 9000), share(DABU, 6800), share(SHUFU, 4000))
    ),
    "event_price": sale(
        line(
            "瓮安欧标茶",
            6800,
            pieces(2),
            list_price=Money(8800),
            list_total=Money(17600),
            reason=PriceReason.EVENT,
        ),
        line("矿泉水", 2400, pieces(1), pack_size=12, reason=PriceReason.PACK),
        line("葡萄干", 3998, grams(500), SHUFU, reason=PriceReason.LABEL),
        shares=(share(WENGAN, 16000), share(SHUFU, 1999)),
    ),
    "zero_line": sale(
        TEA,
        line("试饮茶包", 0, pieces(1)),
        line(
            "开业赠杯",
            0,
            pieces(1),
            NOWHERE,
            list_price=Money(1500),
            list_total=Money(1500),
            reason=PriceReason.EVENT,
        ),
        shares=(share(WENGAN, 15600),),
    ),
    "demo": sale(TEA, is_demo=True, event_name="", shares=(share(WENGAN, 15600),)),
    "training": sale(
        TEA,
        MELON,
        number="T01-T000007",
        code="SH1:T01:T:7:ABCDEFGHIJ",
        paid=(cash(20000, 16710),),
        shares=(share(WENGAN, 15594), share(SHUFU, 1116)),
        rounding_fen=6,
        is_training=True,
    ),
    "not_assisted": sale(line("购物袋", 30, pieces(1), NOWHERE), event_name=""),
    "long_names": sale(
        line(
            "黔南布依族苗族自治州瓮安县高山云雾明前特级手工毛峰茶礼盒装250克×2罐（限量）",
            128000,
            pieces(12),
            ("522725", "积石山保安族东乡族撒拉族自治县", "Jishishan Bonan"),
            name_en="Hand-picked high mountain cloud and mist Maofeng tea, limited",
        ),
        line("Supercalifragilisticexpialidocious-biscuits-family-size", 990, pieces(3)),
        shop_name="广州市东西部协作与山海协作消费帮扶产品展示展销中心有限公司",
        seller_name="欧阳娜娜·买买提艾力·阿卜杜拉赫曼",
        shares=(share(WENGAN, 1538970),),
    ),
    "hostile_names": sale(
        line("㛃䶮𫍯牌苦丁茶", 5800, pieces(1)),
        line("开心果🥜👨‍👩‍👧", 2500, pieces(2), SHUFU),
        line("<b>x</b> & </para>", 100, pieces(1), NOWHERE),
        line("坏\x1b@名\x00\n字\u202e反\u200b白\u2028行\ud800", 300, pieces(1)),
        seller_name="㛃姐",
        shares=(share(WENGAN, 6100), share(("1", "㛃县", "X"), 5000)),
    ),
}


def sums(list_fen: int, discount_fen: int = 0, rounding_fen: int = 0) -> Sums:
    net = list_fen - discount_fen - rounding_fen
    return Sums(Money(list_fen), Money(discount_fen), Money(rounding_fen), Money(net))


def county(
    place: tuple[str, str, str], scheme: Scheme, colour: str, made: Sums, n: int
) -> CountyRow:
    return CountyRow(
        code=place[0],
        county=place[1],
        county_en=place[2],
        province="贵州省" if place[0] else "",
        prefecture="",
        scheme=scheme,
        colour=colour,
        receipts=n,
        goods=Goods(n * 2, n * 310),
        sums=made,
    )


def tender(method: Method, net_fen: int, n: int, **other: Any) -> TenderRow:
    amount = Money(net_fen)
    made = TenderRow(method, "", None, n, amount, Money.ZERO, amount)
    return replace(made, **other)


_FUQUAN = ("522702", "福泉市", "")
_ASSISTED = (
    county(WENGAN, Scheme.EAST_WEST, "#009E73", sums(1_000_000, 40_000, 30), 61),
    county(DABU, Scheme.WITHIN_PROVINCE, "#E69F00", sums(612_000, 0, 12), 40),
    county(SHUFU, Scheme.EAST_WEST, "#D55E00", sums(433_350, 3_000), 22),
    county(_FUQUAN, Scheme.EAST_WEST, "#0072B2", sums(120_000), 9),
)
_OTHER = county(NOWHERE, Scheme.NONE, "#57606A", sums(2_400), 4)


def _added(rows: Sequence[CountyRow]) -> tuple[Goods, Sums]:
    return (
        Goods(sum(x.goods.pieces for x in rows), sum(x.goods.grams for x in rows)),
        Sums(
            Money.sum(x.sums.list_total for x in rows),
            Money.sum(x.sums.discount for x in rows),
            Money.sum(x.sums.rounding for x in rows),
            Money.sum(x.sums.net for x in rows),
        ),
    )


def _schemes(rows: Sequence[CountyRow]) -> tuple[SchemeRow, ...]:
    found = dict.fromkeys(row.scheme for row in rows)
    return tuple(
        SchemeRow(scheme, 80 - 10 * i, *_added([x for x in rows if x.scheme is scheme]))
        for i, scheme in enumerate(found)
    )


def _products(rows: Sequence[CountyRow], each: int) -> tuple[ProductRow, ...]:
    """``each`` products of every county, which add up to it."""
    made = []
    for row in rows:
        shares = spread(row.sums.list_total, range(each, 0, -1))
        for i, list_total in enumerate(shares):
            # The first product bears what is taken off, and all of the quantity.
            off = row.sums if i == 0 else sums(0)
            made.append(
                ProductRow(
                    sku=f"{row.code}{i}",
                    name=f"{row.county or '展位'}特产 {i + 1} 号 250g",
                    name_en="",
                    county=row.county,
                    county_en=row.county_en,
                    county_code=row.code,
                    goods=row.goods if i == 0 else Goods(0, 0),
                    sums=sums(list_total.fen, off.discount.fen, off.rounding.fen),
                )
            )
    return tuple(sorted(made, key=lambda x: -x.sums.net.fen))


def day(
    counties: tuple[CountyRow, ...] = (*_ASSISTED, _OTHER),
    each: int = 6,
    **other: Any,
) -> DaySummary:
    """A day of ``counties`` with ``each`` products of every one."""
    goods, total = _added(counties)
    personal = {"holder": "王掌柜", "account_kind": AccountKind.PERSONAL}
    shop = {"holder": "山海公司", "account_kind": AccountKind.MERCHANT}
    fen = total.net.fen
    cash_fen, ali, own = fen // 5, fen // 4, fen // 10
    hours = spread(total.net, [2, 5, 9, 6, 3, 4, 7, 12, 8, 3])
    made = DaySummary(
        business_date=date(2026, 11, 24),
        made_at=datetime(2026, 11, 24, 13, 5, tzinfo=UTC),
        shop_name="山海协作展销中心",
        till_code="T01",
        is_demo=False,
        receipts=131,
        first_number="T01-000101",
        last_number="T01-000231",
        goods=goods,
        sums=total,
        tenders=(
            tender(Method.WECHAT, fen - cash_fen - ali - own, 60, **shop),
            tender(Method.ALIPAY, ali, 30, **shop),
            tender(
                Method.CASH,
                cash_fen,
                33,
                tendered=Money(cash_fen + 40_000),
                change=Money(40_000),
            ),
            tender(Method.PHONE, own, 12, **personal),
        ),
        counties=counties,
        schemes=_schemes(counties),
        places=(
            PlaceRow(Channel.STALL, "琶洲展位3", "黔货出山展", 120, goods, total),
            PlaceRow(Channel.CANTEEN, "机关食堂", "", 11, Goods(0, 0), sums(0)),
        ),
        products=_products(counties, each),
        hours=tuple(HourRow(9 + i, 5 + i, net) for i, net in enumerate(hours)),
    )
    return replace(made, **other)


NOTHING_SOLD = day(
    (),
    receipts=0,
    first_number="",
    last_number="",
    tenders=(),
    places=(),
    hours=(),
)

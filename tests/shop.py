"""A small shop, built and run through the operations as the till does it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models import cart as carts
from models import places, schema, settings
from models.cart import Bill, Cart, CartLine, Item
from models.database import Database
from models.file_format import FILE_NAME
from models.goods import catalog, event_prices, offers, regions, stock
from models.goods.drafts import BelowZero, PackCode, Part, ProductDraft
from models.goods.offers import Stand
from models.kinds import AccountKind, Method, OutletKind, Scheme, Terms
from models.money import Money
from models.office import summary
from models.office.day_record import DaySummary
from models.people import keys, staff
from models.people.deeds import Where
from models.people.keys import Keys
from models.people.rights import Act
from models.people.roles import Role
from models.places import NewOutlet
from models.quantity import Unit
from models.selling import accounts, baskets, closing, sale_reading, sales, shifts
from models.selling.baskets import SavedBasket
from models.selling.sale_record import SaleRecord
from models.selling.seat import Seat
from models.selling.sold import Sold

OPENED = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in the shop
AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # 10:30 in the shop
DAY = date(2026, 11, 24)
KEYS = Keys(bytes(range(15)))  # of the shops that tests make
JOURNAL_KEY = KEYS.journal

COUNTIES = (  # code, scheme, English name
    ("653121", Scheme.PARTNER_SUPPORT, "Shufu"),
    ("441422", Scheme.WITHIN_PROVINCE, "Dabu"),
    ("522702", Scheme.EAST_WEST, "Fuquan"),
    ("522725", Scheme.EAST_WEST, "Weng'an"),
)

SAUCE_CODE = "6970019000015"
SAUCE_PACK_CODE = "6970019000022"

GOODS = (
    ProductDraft(
        sku="SAUCE",
        name="福泉香辣酱",
        name_en="Fuquan chilli sauce",
        unit=Unit.PIECE,
        category="调味品",
        category_en="Condiments",
        county_code="522702",
        unit_name="瓶",
        spec="280g/瓶",
        price=Money(2390),
        cost=Money(1500),
        tax_rate_bp=900,
        barcodes=(
            PackCode(SAUCE_CODE),
            PackCode(SAUCE_PACK_CODE, 10, Money(22_000)),
        ),
        supplier="福泉市山味合作社",
        town="黄丝镇",
        village="邦乐村",
        terms=Terms.CONSIGNMENT,
        is_certified=True,
        certificate="FPCP-520000-001",
        shelf_life_days=365,
    ),
    ProductDraft(
        sku="WALNUT",
        name="疏附核桃",
        name_en="Shufu walnuts",
        unit=Unit.GRAM,
        category="干果",
        county_code="653121",
        unit_name="kg",
        price=Money(5800),
        plu="301",
        supplier="疏附县绿洲果业",
        terms=Terms.OWN,
        is_certified=True,
    ),
    ProductDraft(
        sku="POMELO",
        name="大埔蜜柚",
        name_en="Dabu pomelo",
        unit=Unit.PIECE,
        category="水果",
        county_code="441422",
        unit_name="个",
        price=Money(1280),
        barcodes=(PackCode("POMELO1"),),
        supplier="大埔县柚农联社",
        terms=Terms.JOINT,
    ),
    ProductDraft(
        sku="TEA",
        name="瓮安黄金芽茶",
        name_en="Weng'an tea",
        unit=Unit.PIECE,
        category="茶",
        county_code="522725",
        unit_name="盒",
        price=Money(8800),
        below_zero=BelowZero.BLOCK,
    ),
    ProductDraft(
        sku="HONEY",
        name="瓮安百花蜜",
        name_en="Weng'an honey",
        unit=Unit.PIECE,
        category="调味品",
        county_code="522725",
        unit_name="瓶",
        price=Money(6600),
    ),
    ProductDraft(
        sku="BAG",
        name="手提袋",
        name_en="Carrier bag",
        unit=Unit.PIECE,
        unit_name="个",
        price=Money(50),
    ),
    ProductDraft(
        sku="NEW", name="新品样", unit=Unit.PIECE, county_code="522702", price=None
    ),
    ProductDraft(
        sku="BOX",
        name="山海四县礼盒",
        name_en="Four counties gift box",
        unit=Unit.PIECE,
        category="礼盒",
        unit_name="盒",
        price=Money(11_800),
        parts=(
            Part("SAUCE", 2),
            Part("WALNUT", 500),
            Part("POMELO", 1),
            Part("HONEY", 1),
        ),
    ),
)

ON_HAND = {
    "SAUCE": 100,
    "WALNUT": 50_000,
    "POMELO": 80,
    "TEA": 3,
    "HONEY": 40,
    "BAG": 500,
}
HONEY_EVENT_PRICE = Money(5990)  # instead of 66.00, at the stall on DAY


@dataclass(frozen=True)
class Shop:
    """What a test needs to know of the shop; the rest is in its file."""

    database: Database
    till_id: int
    outlet_id: int
    canteen_id: int
    shift_id: int
    staff_id: int
    products: Mapping[str, int]  # ids by SKU
    accounts: Mapping[str, int]  # ids by "wechat", "phone" and "personal"

    def seat(self, shift_id: int | None = None) -> Seat:
        """Where and by whom is sold, as the file says at this moment."""
        with self.database.read() as session:
            till = places.this_till(session)
            people = staff.list_staff(session)
            is_training = settings.is_training(session)
        assert till is not None
        name = {one.id: one.name for one in people}[self.staff_id]
        return Seat(till, shift_id or self.shift_id, self.staff_id, name, is_training)

    def stand(self, day: date = DAY) -> Stand:
        with self.database.read() as session:
            return offers.stand_at(session, self.outlet_id, day)


def lay_key(shop: Shop) -> None:
    """The key of the shop where the till that opens it in a window looks for it."""
    with shop.database.read() as session:
        uuid = places.till_uuid(session)
    keys.store(shop.database.path.parent / "config" / "Shanhai POS", uuid, KEYS)


def make(folder: Path) -> Shop:
    """The shop in a folder of its own, closed, to be copied as often as needed."""
    folder.mkdir(parents=True, exist_ok=True)
    database = opened(folder / FILE_NAME)
    made = set_up(database)
    database.close()
    return made


def copy(shop: Shop, folder: Path) -> Shop:
    """A closed shop once more, in a folder of its own, open."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    shutil.copyfile(shop.database.path, path)  # closed: it is all in one file
    return replace(shop, database=opened(path))


def opened(path: Path) -> Database:
    """The file as the till of these tests opens it, with its key."""
    database = schema.open_shop(path)
    database.journal_key = JOURNAL_KEY
    return database


def set_up(database: Database) -> Shop:
    """A stall and a canteen, goods and what is on hand, all on the morning of DAY."""
    with database.write() as session:
        settings.save(session, settings.Settings(shop_name="山海惠农"))
        for code, scheme, county_en in COUNTIES:
            regions.add_region(session, code, scheme, county_en=county_en)
        staff_id = staff.add_staff(session, "林晓", Role.MANAGER)
        staff.add_staff(session, "陈舟", Role.CASHIER)
        outlet_id = places.add_outlet(
            session, NewOutlet("体育东展位", OutletKind.STALL, "金秋消费帮扶展销")
        )
        canteen_id = places.add_outlet(
            session, NewOutlet("机关食堂", OutletKind.CANTEEN)
        )
        till_id = places.add_till(session, name="一号机", outlet_id=outlet_id)
        products = {
            one.sku: catalog.save_product(session, one, at=OPENED) for one in GOODS
        }
        event_prices.add(
            session,
            products["HONEY"],
            HONEY_EVENT_PRICE,
            first=DAY,
            last=DAY,
            outlet_id=outlet_id,
        )
        opening = stock.Act(outlet_id, stock.Reason.OPENING, OPENED, DAY)
        for sku, amount in ON_HAND.items():
            stock.move(session, opening, [stock.Move(products[sku], amount)])
        holders = {
            "wechat": ("山海惠农商贸", AccountKind.MERCHANT, Method.WECHAT),
            "phone": ("山海惠农聚合码", AccountKind.AGGREGATE, Method.PHONE),
            "personal": ("林晓", AccountKind.PERSONAL, Method.ALIPAY),
        }
        account_ids = {
            key: accounts.add_account(session, *facts) for key, facts in holders.items()
        }
        shift_id = shifts.open_shift(
            session, till_id, staff_id, Money(50_000), at=OPENED
        )
    return Shop(
        database=database,
        till_id=till_id,
        outlet_id=outlet_id,
        canteen_id=canteen_id,
        shift_id=shift_id,
        staff_id=staff_id,
        products=products,
        accounts=account_ids,
    )


# --- goods --------------------------------------------------------------------


def item(shop: Shop, sku: str, day: date = DAY) -> Item:
    """The product as it is sold at the stall on that day."""
    stand = shop.stand(day)
    with shop.database.read() as session:
        return offers.get_item(session, shop.products[sku], stand)


def line(shop: Shop, sku: str, count: int = 1, day: date = DAY) -> CartLine:
    """So many pieces, or grams where the product is weighed."""
    found = item(shop, sku, day)
    make = carts.weighed if found.unit is Unit.GRAM else carts.counted
    return make(found, count)


def scanned(shop: Shop, code: str) -> CartLine | Item:
    stand = shop.stand()
    with shop.database.read() as session:
        return offers.find_line(session, code, stand).goods


def basket(shop: Shop, goods: Mapping[str, int], day: date = DAY) -> Cart:
    """A basket in memory, with pieces or grams per SKU."""
    cart = Cart()
    for sku, count in goods.items():
        cart, _ = cart.add(line(shop, sku, count, day))
    return cart


def on_hand(shop: Shop, sku: str, outlet_id: int | None = None) -> int:
    with shop.database.read() as session:
        return stock.on_hand(session, outlet_id or shop.outlet_id, shop.products[sku])


def draft(sku: str) -> ProductDraft:
    """The product as ``set_up`` saved it."""
    return next(one for one in GOODS if one.sku == sku)


def change(shop: Shop, sku: str, **fields: object) -> None:
    """Save the product again with other fields."""
    with shop.database.write() as session:
        present = catalog.get_draft(session, shop.products[sku])
        changed = replace(present, **fields)  # type: ignore[arg-type]  # one field or another
        catalog.save_product(session, changed, at=AT, staff_id=shop.staff_id)


# --- selling ------------------------------------------------------------------


def keep(
    shop: Shop, cart: Cart, *, bill: Bill | None = None, at: datetime = AT
) -> None:
    """Save the basket as the open one, as the till does after each change."""
    saved = SavedBasket(cart, bill.tenders if bill else (), bill is not None, at)
    with shop.database.write() as session:
        baskets.save_open(session, shop.till_id, shop.staff_id, saved)


def bill_for(shop: Shop, cart: Cart) -> Bill:
    return Bill(cart.total, shop.seat().till.outlet.rounding)


def paid_in_cash(bill: Bill, cash: str | None = None) -> Bill:
    """Cash over ``cash`` yuan, or exactly what is due; nothing if nothing is due."""
    if bill.is_settled:
        return bill
    return bill.take_cash(bill.due_in_cash if cash is None else Money.parse(cash))


def paid_by_phone(
    shop: Shop, bill: Bill, amount: str | None = None, account: str = "phone"
) -> Bill:
    due = bill.due if amount is None else Money.parse(amount)
    return bill.take_phone(Method.WECHAT, due, shop.accounts[account])


def complete(  # the last are rarely given
    shop: Shop,
    cart: Cart,
    bill: Bill,
    *,
    at: datetime = AT,
    seat: Seat | None = None,
    approvals: Mapping[Act, str] | None = None,
) -> Sold:
    """Store the basket as a sale; it must have been kept before."""
    seat = seat or shop.seat()
    with shop.database.write() as session:
        return sales.complete_sale(
            session, cart, bill, seat, at=at, approvals=approvals or {}
        )


def sell_basket(  # the last are rarely given
    shop: Shop,
    cart: Cart,
    bill: Bill | None = None,
    *,
    at: datetime = AT,
    seat: Seat | None = None,
    approvals: Mapping[Act, str] | None = None,
) -> Sold:
    """Keep the basket and sell it, for exact cash unless a bill is given."""
    keep(shop, cart, at=at)
    bill = bill or paid_in_cash(bill_for(shop, cart))
    return complete(shop, cart, bill, at=at, seat=seat, approvals=approvals)


def sell(
    shop: Shop,
    goods: Mapping[str, int],
    *,
    cash: str | None = None,
    at: datetime = AT,
    seat: Seat | None = None,
) -> Sold:
    """Sell pieces or grams per SKU for ``cash`` yuan handed over, or exact cash."""
    cart = basket(shop, goods)
    bill = paid_in_cash(bill_for(shop, cart), cash)
    return sell_basket(shop, cart, bill, at=at, seat=seat)


def sell_by_phone(shop: Shop, sku: str, account: str = "phone") -> Sold:
    """One of these goods, paid into that account."""
    cart = basket(shop, {sku: 1})
    bill = paid_by_phone(shop, bill_for(shop, cart), account=account)
    return sell_basket(shop, cart, bill)


def record(shop: Shop, sale_id: int) -> SaleRecord:
    with shop.database.read() as session:
        return sale_reading.get_record(session, sale_id)


def day_summary(shop: Shop, day: date = DAY) -> DaySummary:
    with shop.database.read() as session:
        return summary.summarize(session, day, at=AT)


def new_day(shop: Shop, *, at: datetime) -> int:
    """Seal the open shift and open the next one; returns its id."""
    seat = shop.seat()
    with shop.database.write() as session:
        open_now = shifts.find_open(session, seat.till.id)
        assert open_now is not None
        where = Where(seat.till.id, seat.staff_id, at, open_now.business_date)
        closing.seal(session, where, open_now.id)
        return shifts.open_shift(
            session, seat.till.id, seat.staff_id, Money(50_000), at=at
        )


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)

"""A stall to measure in: forty goods of four counties, an open shift, two accounts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from models import clock, places, schema, settings
from models.cart import Cart, Item, counted, weighed
from models.database import Database
from models.goods import catalog, offers, regions, stock
from models.goods.drafts import PackCode, ProductDraft
from models.goods.offers import Stand
from models.kinds import AccountKind, Method, OutletKind, Scheme, Terms
from models.money import Money
from models.people import staff
from models.people.roles import Role
from models.quantity import Unit
from models.selling import accounts, shifts
from models.selling.seat import Seat

COUNTIES = ("522327", "520425", "500235", "500237")  # 册亨, 紫云, 云阳, 巫山
GOODS = 40


@dataclass(frozen=True, slots=True)
class Shop:
    """An open till: its file, its seat, its goods and an account to pay into."""

    database: Database
    seat: Seat
    stand: Stand
    items: tuple[Item, ...]
    account_id: int

    def cart(self, number: int) -> Cart:
        """Three lines, as most tickets have: two by the piece and one weighed."""
        cart = Cart()
        for step in range(3):
            item = self.items[(number * 3 + step) % len(self.items)]
            is_weighed = item.unit is Unit.GRAM
            cart, _ = cart.add(weighed(item, 1240) if is_weighed else counted(item, 2))
        return cart


def open_shop(path: Path) -> Shop:
    """A new file with goods in stock and a shift open at this moment."""
    database = schema.open_shop(path)
    with database.write() as session:
        _set_up(session)
    return take_seat(database)


def take_seat(database: Database) -> Shop:
    """The shop of a file that ``open_shop`` has made, with a shift open."""
    at = clock.now()
    with database.write() as session:
        till = places.this_till(session)
        assert till is not None
        seller = staff.list_staff(session)[0]
        shift = shifts.find_open(session, till.id)
        shift_id = (
            shift.id
            if shift is not None
            else shifts.open_shift(session, till.id, seller.id, Money(20_000), at=at)
        )
        stand = offers.stand_at(session, till.outlet.id, clock.business_date(at))
        tiles = offers.list_tiles(session, stand)
        items = [offers.get_item(session, tile.product_id, stand) for tile in tiles]
        account = accounts.list_accounts(session, with_personal=False)[0]
        seat = Seat(till, shift_id, seller.id, seller.name)
    return Shop(database, seat, stand, tuple(items), account.id)


def _set_up(session: Session) -> None:
    settings.save(session, settings.Settings(shop_name="山海农特产专卖店"))
    outlet = places.NewOutlet("一号展位", OutletKind.STALL, "广州亚运城展销")
    outlet_id = places.add_outlet(session, outlet)
    places.add_till(session, name="收银台一", outlet_id=outlet_id)
    seller_id = staff.add_staff(session, "陈小燕", Role.MANAGER)
    kind, wallet = AccountKind.AGGREGATE, Method.PHONE
    accounts.add_account(session, "广州山海农特产品有限公司", kind, wallet)
    for code in COUNTIES:
        regions.add_region(session, code, Scheme.EAST_WEST)
    at = clock.now()
    day = clock.business_date(at)
    act = stock.Act(outlet_id, stock.Reason.OPENING, at, day, staff_id=seller_id)
    for number in range(GOODS):
        product_id = catalog.save_product(session, draft(number), at=at)
        stock.move(session, act, [stock.Move(product_id, 100_000_000)])


def draft(number: int) -> ProductDraft:
    """The goods by number; every third is sold by weight."""
    is_weighed = number % 3 == 2
    digits = f"697001900{number:03}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    code = f"{digits}{-(odd + 3 * even) % 10}"
    return ProductDraft(
        sku=f"G{number:03}",
        name=f"糯米香米礼盒装{number:03}",
        name_en=f"Glutinous rice {number:03}",
        unit=Unit.GRAM if is_weighed else Unit.PIECE,
        unit_name="kg" if is_weighed else "袋",
        category="粮油",
        county_code=COUNTIES[number % 4],
        price=Money(1980 + 10 * number),
        cost=Money(1200),
        tax_rate_bp=900,
        barcodes=() if is_weighed else (PackCode(code),),
        plu=f"{number:05}" if is_weighed else "",
        supplier=f"供应商{number % 5}",
        town="巧马镇",
        village="平安村",
        terms=Terms.CONSIGNMENT,
    )

"""What every act at the till starts from: the file, this till and its shift."""

from __future__ import annotations

from datetime import date, datetime

from models import clock, deals, places, settings
from models.cart import Bill, Cart
from models.clock import ClockTrouble
from models.database import Database
from models.deals import Promotion
from models.errors import NoShopYet, ShiftClosed
from models.goods import offers, promotions
from models.goods.offers import Stand
from models.people import signed_in
from models.people.deeds import Where
from models.people.staff import StaffRow
from models.places import TillRow
from models.selling import accounts, day_closes, sale_reading, shifts
from models.selling.account_row import AccountRow
from models.selling.seat import Seat
from models.selling.shifts import ShiftRow
from models.settings import Settings


class Desk:
    """The state that screens share; read again after whatever may have changed it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.till: TillRow
        self.seller: StaffRow
        self.shift: ShiftRow | None
        self.settings: Settings
        self.is_training: bool
        self.accounts: list[AccountRow]
        self.last_at: datetime | None = None  # when something was last recorded
        self._closed: frozenset[date]  # of today and later
        self._stand: Stand
        self._promotions: tuple[Promotion, ...]  # that hold here today
        self.reload()

    def reload(self) -> None:
        """Read everything again. Raises NoShopYet for a file without a till."""
        with self.database.read() as session:
            till = places.this_till(session)
            if till is None:
                raise NoShopYet
            self.till = till
            self.seller = signed_in.who(session)
            self.shift = shifts.find_open(session, till.id)
            self._closed = day_closes.closed_from(
                session, clock.business_date(clock.now())
            )
            self.last_at = sale_reading.newest_instant(session, till.id)
            self.settings = settings.load(session)
            self.is_training = settings.is_training(session)
            self.accounts = accounts.list_accounts(
                session, with_personal=self.settings.accepts_personal_codes
            )
            self._stand = offers.stand_at(session, till.outlet.id, self.today)
            self._promotions = promotions.list_running(
                session, till.outlet.id, self.today
            )

    @property
    def today(self) -> date:
        """The business date of the open shift, or of one that would be opened now."""
        if self.shift is not None:
            return self.shift.business_date
        return day_closes.next_open(clock.business_date(clock.now()), self._closed)

    @property
    def is_new_day(self) -> bool:
        """Whether the open shift's day is over (RULINGS.md 9)."""
        return self.shift is not None and shifts.is_past(self.shift, clock.now())

    def note(self, at: datetime) -> None:
        """Something was recorded; a time that does not fit does not count."""
        if self.last_at is None:
            self.last_at = at
        elif clock.check(at, self.last_at) is None:
            self.last_at = max(at, self.last_at)

    def clock_trouble(self) -> ClockTrouble | None:
        """Whether the machine's clock fits; it may well be later with no shift open."""
        if self.last_at is None:
            return None
        trouble = clock.check(clock.now(), self.last_at)
        is_idle = self.shift is None and trouble is not None and not trouble.is_back
        return None if is_idle else trouble

    def stand(self) -> Stand:
        return self._stand

    def where(self, at: datetime) -> Where:
        """As the record of acts names this till and whoever sells at it."""
        shift_id = self.shift.id if self.shift else None
        return Where(
            self.till.id,
            self.seller.id,
            at,
            self.today,
            shift_id,
            self.is_training,
        )

    def promote(self, cart: Cart) -> Cart:
        """The basket with what today's promotions take off it, and no others."""
        if not self._promotions and not cart.deals:
            return cart  # most baskets of most days
        return deals.apply(cart, self._promotions)

    def seat(self) -> Seat:
        """Raises ShiftClosed when no shift is open."""
        if self.shift is None:
            raise ShiftClosed
        return Seat(
            self.till,
            self.shift.id,
            self.seller.id,
            self.seller.name,
            self.is_training,
        )

    def bill(self, cart: Cart) -> Bill:
        """What the basket comes to, with the 抹零 of this outlet."""
        return Bill(cart.total, self.till.outlet.rounding)

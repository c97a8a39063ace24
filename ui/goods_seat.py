"""Where, on which day and by whom goods are worked on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from models import clock, places
from models.errors import NoShopYet
from models.people import signed_in
from models.places import TillRow
from models.selling import shifts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def till_of(session: Session) -> TillRow:
    """Raises NoShopYet."""
    till = places.this_till(session)
    if till is None:
        raise NoShopYet
    return till


def seller_id(session: Session) -> int:
    return signed_in.who(session).id


def business_date(session: Session, now: datetime) -> date:
    """That of the open shift, or of this moment without one."""
    shift = shifts.find_open(session, till_of(session).id)
    return shift.business_date if shift else clock.business_date(now)

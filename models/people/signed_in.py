"""Who is at the till: the last person who signed in, also after a restart."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from models.errors import NoShopYet
from models.journal import notes
from models.people import staff
from models.people.staff import StaffRow
from models.settings import Setting

_KEY = "signed_in"


def who(session: Session) -> StaffRow:
    """The person, or whoever has been here longest. Raises NoShopYet if nobody is."""
    people = staff.list_staff(session)
    if not people:
        raise NoShopYet
    stored = session.scalar(select(Setting.value).where(Setting.key == _KEY))
    return next((one for one in people if str(one.id) == stored), people[0])


def sign_in(session: Session, staff_id: int) -> None:
    """From now on this person sells; the PIN was asked for before."""
    row = insert(Setting).values(key=_KEY, value=str(staff_id))
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Setting.key], set_={"value": row.excluded.value}
        )
    )
    notes.note(session, "login", staff=staff.get_staff(session, staff_id).name)

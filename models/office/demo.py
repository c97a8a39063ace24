"""The demonstration shop: four counties' goods, an event and its price."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

import assets
from models import clock, places
from models.goods import catalog, event_prices
from models.i18n import Language
from models.money import Money
from models.office import imports, opening, table_files
from models.office.imports import Imported
from models.people import staff

_ON_OFFER = "DP001"  # red pomelos, 12.80 the piece
_OFFER = Money(9_90)
_OFFER_DAYS = timedelta(days=30)  # before and after today


def set_up_demo(session: Session, language: Language, *, at: datetime) -> None:
    """A shop to try out: set up without questions, stocked, with one event price."""
    answers = replace(opening.default_answers(language), is_demo=True)
    opening.set_up(session, answers, at=at)
    till = places.this_till(session)
    assert till is not None
    seller = staff.list_staff(session)[0]
    load_demo_catalogue(session, till.outlet.id, at=at, staff_id=seller.id)
    _put_on_offer(session, answers.event_name, at)


def load_demo_catalogue(
    session: Session, outlet_id: int, *, at: datetime, staff_id: int | None = None
) -> Imported:
    """The goods that ship with the till, by the same import as any other table."""
    table = table_files.parse(assets.path("demo/catalog.csv"))
    preview = imports.preview(session, table)
    done = imports.apply(
        session, preview, outlet_id=outlet_id, at=at, staff_id=staff_id
    )
    _name_categories(session)
    return done


def _name_categories(session: Session) -> None:
    """Give the categories that are in use their English names."""
    with assets.path("demo/categories.csv").open(encoding="utf-8", newline="") as file:
        english = {row["name"]: row["name_en"] for row in csv.DictReader(file)}
    for category in catalog.list_categories(session):
        name_en = category.name_en or english.get(category.name, "")
        catalog.category_named(session, category.name, name_en)


def _put_on_offer(session: Session, event: str, at: datetime) -> None:
    today = clock.business_date(at)
    found = select(catalog.Product.id).where(catalog.Product.sku == _ON_OFFER)
    event_prices.add(
        session,
        session.scalars(found).one(),
        _OFFER,
        first=today - _OFFER_DAYS,
        last=today + _OFFER_DAYS,
        event_id=places.event_named(session, event),
    )

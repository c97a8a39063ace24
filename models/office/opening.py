"""The first start: what the welcome asks, and the shop that comes of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

import assets
from models import places, settings
from models.errors import MissingField
from models.goods import regions
from models.i18n import Language, _, translator
from models.kinds import AccountKind, Method, OutletKind, PaperWidth, Scheme
from models.money import Money
from models.people import staff
from models.people.roles import Role
from models.selling import accounts, shifts
from models.settings import Settings
from models.written import tidy_field

_CANTEEN_LOCK = 120  # seconds: a canteen's till stands alone between meals


@dataclass(frozen=True, slots=True)
class Answers:
    """What the welcome asks; ``default_answers`` has sensible ones to all of it."""

    shop_name: str
    outlet_kind: OutletKind
    outlet_name: str
    event_name: str  # empty: no event
    till_name: str
    staff_name: str
    float_: Money  # 备用金
    paper_width: PaperWidth
    language: Language
    is_demo: bool = False


def default_answers(language: Language, kind: OutletKind = OutletKind.STALL) -> Answers:
    """The answers that stand in the welcome already, in ``language``."""
    _ = translator(language)
    is_stall = kind is OutletKind.STALL
    return Answers(
        shop_name=_("Shanhai Shop"),
        outlet_kind=kind,
        outlet_name=_("Pazhou Stall 1") if is_stall else _("Staff Canteen"),
        event_name=_("Guizhou Goods Fair") if is_stall else "",
        till_name=_("Till 01"),
        staff_name=_("Cashier"),
        float_=Money(200_00),
        paper_width=PaperWidth.MM80,
        language=language,
    )


def set_up(session: Session, answers: Answers, *, at: datetime) -> None:
    """Make the shop of the answers: its till can sell as soon as there are goods.

    Raises MissingField, WordsRefused, WrongAmount.
    """
    assert places.this_till(session) is None, "the shop is set up already"
    answers = _tidied(answers)
    _check(answers)
    settings.save(
        session,
        Settings(
            shop_name=answers.shop_name,
            language=answers.language,
            paper_language=answers.language,
            paper_width=answers.paper_width,
            auto_lock_s=0 if answers.outlet_kind is OutletKind.STALL else _CANTEEN_LOCK,
            is_demo=answers.is_demo,
        ),
    )
    load_regions(session)
    outlet_id = places.add_outlet(
        session,
        places.NewOutlet(answers.outlet_name, answers.outlet_kind, answers.event_name),
    )
    till_id = places.add_till(session, name=answers.till_name, outlet_id=outlet_id)
    staff_id = staff.add_staff(session, answers.staff_name, Role.MANAGER)
    accounts.add_account(
        session, answers.shop_name, AccountKind.AGGREGATE, Method.PHONE
    )
    shifts.open_shift(session, till_id, staff_id, answers.float_, at=at)


def load_regions(session: Session) -> None:
    """The four partner counties, which every shop has."""
    with assets.path("demo/regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            regions.add_region(
                session,
                row["code"],
                Scheme(row["scheme_key"]),
                county_en=row["county_en"],
            )


def _tidied(answers: Answers) -> Answers:
    return replace(
        answers,
        shop_name=tidy_field(answers.shop_name, _("Shop name")),
        outlet_name=tidy_field(answers.outlet_name, _("Outlet")),
        event_name=tidy_field(answers.event_name, _("Event")),
        till_name=tidy_field(answers.till_name, _("Till")),
        staff_name=tidy_field(answers.staff_name, _("Your name")),
    )


def _check(answers: Answers) -> None:
    for text, label in (
        (answers.shop_name, _("Shop name")),
        (answers.outlet_name, _("Outlet")),
        (answers.till_name, _("Till")),
        (answers.staff_name, _("Your name")),
    ):
        if not text:
            raise MissingField(label)

"""Reports over any period: one cut, compared, and beside it what is sold elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from models import clock, places, settings
from models.goods import regions
from models.goods.regions import RegionRow
from models.kinds import Cut, Scheme
from models.money import Money
from models.office import day_totals, targets
from models.office.day_record import Goods, Sums
from models.office.day_totals import Total
from models.office.periods import Period
from models.office.report_record import (
    KNOWN_ELSEWHERE,
    WITH_TARGETS,
    MonthRow,
    Report,
    ReportRow,
    Wish,
    year_to,
)
from models.selling.cut_keys import UNDIVIDED, county_key, county_of

# What was sold elsewhere in a period, by the keys of a cut of KNOWN_ELSEWHERE.
Elsewhere = Callable[[Session, Cut, Period], Mapping[str, Money]]

_NOTHING = Sums(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO)
_SCHEMES = list(Scheme)


def nothing_elsewhere(
    _session: Session, _cut: Cut, _period: Period
) -> dict[str, Money]:
    """Where no figures of other sellers are entered."""
    return {}


def make(
    session: Session,
    wish: Wish,
    *,
    at: datetime,
    elsewhere: Elsewhere = nothing_elsewhere,
) -> Report:
    """The wanted cut of the period; its rows sum to the total, to the fen."""
    chosen, till = settings.load(session), places.this_till(session)
    compared = wish.period.compared(wish.against)
    rows = _rows(session, wish, compared, elsewhere)
    return Report(
        shop_name=chosen.shop_name,
        till_code=till.code if till else "",
        is_demo=chosen.is_demo,
        made_at=at,
        cut=wish.cut,
        period=wish.period,
        against=wish.against,
        compared=compared,
        rows=rows,
        total=_total(session, wish, compared, elsewhere),
        schemes=_subtotals(session, wish, compared, elsewhere),
        months=months(session, wish.cut, wish.period, [row.key for row in rows]),
    )


def months(
    session: Session, cut: Cut, period: Period, keys: Iterable[str]
) -> tuple[MonthRow, ...]:
    """The net of each month in all, and of each of the keys."""
    nets, wanted = day_totals.read_months(session, cut, period), tuple(keys)
    found: dict[int, Money] = {}
    for (month, _key), net in nets.items():
        found[month] = found.get(month, Money.ZERO) + net
    rows = []
    for part in period.whole_months():
        month = clock.day_number(part.first) // 100
        each = tuple(nets.get((month, key), Money.ZERO) for key in wanted)
        rows.append(MonthRow(part, found.get(month, Money.ZERO), each))
    return tuple(rows)


def _rows(
    session: Session, wish: Wish, compared: Period, elsewhere: Elsewhere
) -> tuple[ReportRow, ...]:
    """Whatever has a figure in the period, the one before or elsewhere, or is expected.

    Partner counties and their schemes are shown even if nothing was sold of them.
    """
    cut = wish.cut
    mine = day_totals.read(session, cut, wish.period)
    before = day_totals.read(session, cut, compared)
    others = _elsewhere(session, cut, wish.period, elsewhere)
    aims = _targets(session, wish)
    so_far = _so_far(session, wish, elsewhere) if aims else {}
    counties = regions.list_regions(session) if cut in WITH_TARGETS else []
    expected = aims.keys() | _expected(cut, counties)
    faces = _faces(cut, counties)
    rows = [
        _row(
            mine.get(key) or _nothing(key, before.get(key)),
            faces,
            elsewhere=others.get(key, Money.ZERO),
            before=before[key].sums.net if key in before else Money.ZERO,
            target=aims.get(key),
            so_far=so_far.get(key, Money.ZERO),
        )
        for key in mine.keys() | before.keys() | others.keys() | expected
    ]
    return tuple(sorted(rows, key=partial(_order, cut)))


def _subtotals(
    session: Session, wish: Wish, compared: Period, elsewhere: Elsewhere
) -> tuple[ReportRow, ...]:
    """Of counties, by scheme: a receipt with two counties of one counts once."""
    if wish.cut is not Cut.COUNTY:
        return ()
    rows = _rows(session, replace(wish, cut=Cut.SCHEME), compared, elsewhere)
    return tuple(row for row in rows if row.key not in {Scheme.NONE.value, UNDIVIDED})


def _total(
    session: Session, wish: Wish, compared: Period, elsewhere: Elsewhere
) -> ReportRow:
    """All of the period: a receipt counts once, however many rows it is in."""
    found = day_totals.read(session, Cut.ALL, wish.period).get("")
    before = day_totals.read(session, Cut.ALL, compared).get("")
    others = _elsewhere(session, Cut.CHANNEL, wish.period, elsewhere)
    return _row(
        found or _nothing("", None),
        {},
        elsewhere=Money.sum(others.values()),
        before=before.sums.net if before else Money.ZERO,
        target=None,  # schemes have theirs, and are never added up
        so_far=Money.ZERO,
    )


@dataclass(frozen=True, slots=True)
class _Face:
    """How a county is shown that nothing was sold of."""

    county: str
    county_en: str
    colour: str


def _row(
    own: Total,
    faces: Mapping[str, _Face],
    *,
    elsewhere: Money,
    before: Money,
    target: Money | None,
    so_far: Money,
) -> ReportRow:
    face = faces.get(own.key.partition(":")[0], _Face("", "", ""))
    return ReportRow(
        key=own.key,
        label=own.label or face.county,
        label_en=own.label_en or face.county_en,
        colour=face.colour,
        receipts=own.receipts,
        goods=own.goods,
        sums=own.sums,
        elsewhere=elsewhere,
        before=before,
        target=target,
        so_far=so_far,
    )


def _nothing(key: str, before: Total | None) -> Total:
    """What was not sold in the period, by the name that it had before."""
    if before is None:
        return Total(key, "", "", 0, Goods(0, 0), _NOTHING)
    return replace(before, receipts=0, goods=Goods(0, 0), sums=_NOTHING)


def _elsewhere(
    session: Session, cut: Cut, period: Period, elsewhere: Elsewhere
) -> Mapping[str, Money]:
    return elsewhere(session, cut, period) if cut in KNOWN_ELSEWHERE else {}


def _targets(session: Session, wish: Wish) -> Mapping[str, Money]:
    if wish.cut not in WITH_TARGETS:
        return {}
    return targets.targets_of(session, wish.period.last.year, wish.cut)


def _so_far(session: Session, wish: Wish, elsewhere: Elsewhere) -> dict[str, Money]:
    """Own and elsewhere together: a target counts what the county sold anywhere."""
    year = year_to(wish.period.last)
    sold = {
        key: total.sums.net
        for key, total in day_totals.read(session, wish.cut, year).items()
    }
    for key, amount in elsewhere(session, wish.cut, year).items():
        sold[key] = sold.get(key, Money.ZERO) + amount
    return sold


def _expected(cut: Cut, counties: list[RegionRow]) -> set[str]:
    if cut is Cut.SCHEME:
        return {row.scheme.value for row in counties}
    return {county_key(row.code, row.scheme) for row in counties}


def _faces(cut: Cut, counties: list[RegionRow]) -> dict[str, _Face]:
    if cut is not Cut.COUNTY:
        return {}
    return {row.code: _Face(row.county, row.county_en, row.colour) for row in counties}


def _order(cut: Cut, row: ReportRow) -> tuple[int | str, ...]:
    """Schemes as they are listed everywhere, in them the largest first; hours go on.

    What is of no county stands last.
    """
    largest = (-row.sums.net.fen, -row.elsewhere.fen, row.key)
    if cut in KNOWN_ELSEWHERE and row.key.startswith(UNDIVIDED):
        return (len(_SCHEMES),)
    if cut is Cut.HOUR:
        return (row.key,)
    if cut is Cut.SCHEME:
        return (_SCHEMES.index(Scheme(row.key)),)
    if cut is Cut.COUNTY:
        return (_SCHEMES.index(county_of(row.key)[1]), *largest)
    return largest

"""Rows of the table: reports over three years, read from per-day totals."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock, schema
from models.kinds import Cut
from models.office import reports
from models.office.periods import Period
from models.office.report_record import Wish
from tests.bench import shop
from tests.bench.measure import Result, Task, in_turn

FIRST = date(2020, 1, 1)
DAYS = 1096  # to the end of 2022
PRODUCTS = 100  # sold on each of the days
_PERIOD = Period(FIRST, FIRST + timedelta(days=DAYS - 1))


def rows(folder: Path) -> list[Result]:
    """The floor is the sum of the table's rows alone; the bar is RULINGS' 20 ms."""
    database = shop.open_shop(folder / "reports.db").database
    with database.write() as session:
        _fill(session)
    database.close()
    database = schema.open_shop(folder / "reports.db")

    def read_months() -> None:
        with database.read() as session:
            found = reports.months(session, Cut.COUNTY, _PERIOD, _KEYS)
        assert len(found) == 36
        assert found[0].net.fen == sum(one.fen for one in found[0].nets)

    def make() -> None:
        with database.read() as session:
            reports.make(session, Wish(_PERIOD, Cut.COUNTY), at=clock.now())

    results = []
    for what, task, most in (
        ("county by month over three years, p99", read_months, 20),
        ("a whole report by county over three years, p99", make, 60),
    ):
        _nothing, ours = in_turn(Task(lambda: None), Task(task), each=40)
        results.append(Result(what, "ms", None, ours.p99, most))
    database.close()
    return results


_KEYS = [f"{code}:east_west" for code in shop.COUNTIES] + [":none"]


def _fill(session: Session) -> None:
    """As day_totals.write leaves a thousand days: a row for each key of each cut."""
    session.execute(text(_SHIFTS))
    session.execute(text(_TOTALLED))
    keys = {
        Cut.ALL: [""],
        Cut.COUNTY: _KEYS,
        Cut.SCHEME: ["east_west", "none"],
        Cut.PRODUCT: [str(number) for number in range(1, PRODUCTS + 1)],
        Cut.HOUR: [f"{hour:02}" for hour in range(9, 21)],
        Cut.TENDER: ["cash:0:", "wechat:1:merchant"],
    }
    session.execute(
        text(_TOTALS),
        [
            {"cut": cut.value, "key": key, "share": 3_000_000 // len(of_cut)}
            for cut, of_cut in keys.items()
            for key in of_cut
        ],
    )


_DAYS = f"""WITH RECURSIVE day (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM day
  WHERE n < {DAYS - 1}), dated AS (SELECT n,
  CAST(strftime('%Y%m%d', '{FIRST}', n || ' days') AS INTEGER) AS date FROM day)"""  # noqa: S608  # constants
_SHIFTS = f"""INSERT INTO shift (id, uuid, till_id, number, business_date, state,
  opened_at, opened_by, float_fen, sealed_at, sealed_by) {_DAYS}
SELECT n + 2, printf('00000000-0000-7000-8000-%012x', n), 1, n + 2, date, 'accepted',
  0, 1, 20000, 0, 1 FROM dated"""  # noqa: S608  # constants
_TOTALLED = f"INSERT INTO totalled_day {_DAYS} SELECT date, 1 FROM dated"  # noqa: S608  # constants
_TOTALS = f"""INSERT INTO day_total (cut, business_date, "key", label, label_en,
  receipts, pieces, grams, list_fen, discount_fen, rounding_fen, net_fen) {_DAYS}
SELECT :cut, date, :key, '名称', 'Name', 40 + n % 7, 100, 5000, :share + n, 0, 0,
  :share + n FROM dated"""  # noqa: S608  # constants

"""Row of the table: one day's summary among a million sales."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from models import clock, schema
from models.database import Database
from models.office import summary
from models.office.day_record import DaySummary
from tests.bench.measure import Result, Task, in_turn
from tests.bench.million import A_DAY

Statement = tuple[str, Any]


def rows(million: Path) -> list[Result]:
    """Ours builds the frozen record; the floor fetches what the same queries find."""
    statements = _statements(million)
    database = schema.open_shop(million)
    assert _summarize(database).receipts
    with database.raw() as reading:

        def run_raw() -> None:
            reading.execute("BEGIN")
            for text, values in statements:
                reading.execute(text, values).fetchall()
            reading.execute("COMMIT")

        raw, ours = in_turn(Task(run_raw), Task(lambda: _summarize(database)), each=20)
    database.close()
    what = "summary of one day among 1 million sales, p50"
    return [Result(what, "ms", raw.p50, ours.p50, 1.3)]


def _summarize(database: Database) -> DaySummary:
    with database.read() as session:
        return summary.summarize(session, A_DAY, at=clock.now())


def _statements(million: Path) -> list[Statement]:
    """What a summary asks SQLite, overheard on a connection of its own."""
    heard: list[Statement] = []

    def hear(*told: Any) -> None:
        heard.append((told[2], told[3]))

    database = schema.open_shop(million)
    with database.read() as session:
        event.listen(session.get_bind(), "before_cursor_execute", hear)
        summary.summarize(session, A_DAY, at=clock.now())
    database.close()
    return heard

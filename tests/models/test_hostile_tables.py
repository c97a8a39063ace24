"""Files that were made or mutated to harm: refused in sentences, or imported whole.

250 files at random, or 10,000 with HYPOTHESIS_PROFILE=prove.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import PosError
from models.office import aside, imports, table_files
from models.office.aside import Limits, Progress, Tell, Watch
from models.office.import_plan import Preview
from models.office.refusals import TableRefused, TableTooHeavy
from models.office.table_files import Table, TableRow
from tests import tables
from tests.shop import AT, Shop

FILES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 150
XLS = (Path(__file__).parents[1] / "files" / "goods.xls").read_bytes()
SLOWEST_S = 5
MOST_MIB = 300
_IMPORTED = "imported"


class Undone(Exception):
    """Rolls back what was imported, so that the next file finds the same shop."""


def hostile(number: int) -> bytes:
    """The file of that number: always the same."""
    chance = random.Random(number)  # noqa: S311  # no secret
    rows = list(tables.goods(6, seed=number))
    kind = number % 6
    if kind == 0:
        codec = chance.choice(("utf-8", "utf-8-sig", "utf-16", "gb18030"))
        return tables.with_other_bytes(chance, tables.as_csv(rows, codec))
    if kind == 1:
        return tables.as_csv(tables.with_hostile_cells(chance, rows), "utf-16")
    if kind == 2:
        return tables.with_another_part(chance, tables.as_xlsx(rows))
    if kind == 3:
        return tables.with_another_part(chance, tables.as_ods(rows))
    sample = chance.choice((XLS, tables.as_xlsx(rows), tables.as_ods(rows)))
    return tables.with_other_bytes(chance, XLS if kind == 4 else sample)


def try_files(tell: Tell, shop: Path, folder: Path, first: int, last: int) -> int:
    """Aside: how much memory it took at most; what was imported is told in a file."""
    database = Database(shop)
    for number in range(first, last):
        tell(Progress(number, last))
        file = tables.write(folder / f"{first}.table", hostile(number))
        began = time.process_time()
        if _try_file(database, file):
            with (folder / _IMPORTED).open("a") as told:
                told.write(f"{number}\n")
        assert time.process_time() - began < SLOWEST_S, number
    database.close()
    return _peak_mib()


def _peak_mib() -> int:
    """Of this process since it began; getrusage would count its parent's as well."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    words = status.read_text(encoding="ascii").split()
    return int(words[words.index("VmHWM:") + 1]) // 1024


def _try_file(database: Database, file: Path) -> bool:
    try:
        table = table_files.parse(file)
        with database.read() as session:
            preview = imports.preview(session, table)
    except PosError as error:
        _check_sentence(error)
        return False
    _check_told(table, preview)
    before = _state(database)
    try:
        with database.write() as session:
            _apply(session, table, preview)
    except (TableRefused, Undone) as end:
        assert _state(database) == before
        return isinstance(end, Undone)
    raise AssertionError(file)


def _check_told(table: Table, preview: Preview) -> None:
    """Every row is taken, or refused with its number, its column and a reason."""
    taken = {one.row for one in preview.drafts}
    refused = {error.row for error in preview.errors}
    assert taken | refused == {row.number for row in table.rows}
    assert not taken & refused
    for error in preview.errors:
        assert error.column.strip()
        _check_sentence(error.reason)


def _check_sentence(error: PosError) -> None:
    assert str(error).endswith("。"), str(error)


def _apply(session: Session, table: Table, preview: Preview) -> None:
    """All of it, and a second time nothing; then it is undone."""
    done = imports.apply(session, preview, outlet_id=1, at=AT)
    again = imports.preview(session, table)
    assert (again.new, again.changed) == (0, 0)
    assert again.same == done.new + done.changed + done.same
    raise Undone


def _state(database: Database) -> list[object]:
    """Enough of the shop to see that nothing is left of an import."""
    with database.read() as session:
        return [
            session.execute(text(statement)).all()
            for statement in (
                "SELECT count(*), total(price_fen), total(length(name)) FROM product",
                "SELECT count(*) FROM barcode",
                "SELECT count(*) FROM category",
                "SELECT count(*), total(length(town)) FROM supplier",
                "SELECT count(*), total(amount) FROM stock_movement",
                "SELECT count(*) FROM price_change",
                "SELECT count(*) FROM search_due",
            )
        ]


@pytest.mark.no_cover
@pytest.mark.timeout(3600)
def test_no_file_brings_the_till_down_or_is_half_imported(
    shop: Shop, tmp_path: Path
) -> None:
    number = heavy = most_mib = 0
    while number < FILES:
        heard = [Progress(number, FILES)]
        try:
            mib = aside.run(
                try_files,
                shop.database.path,
                tmp_path,
                number,
                FILES,
                watch=Watch(tell=heard.append),
                limits=Limits(silent_s=60, most_cpu_s=3600),
            )
            most_mib, number = max(most_mib, mib), FILES
        except TableTooHeavy:  # it ended the process that read it: on to the next
            heavy, number = heavy + 1, heard[-1].done + 1
    imported = len((tmp_path / _IMPORTED).read_text().splitlines())
    print(f"{FILES} files: {imported} imported, {heavy} too heavy, {most_mib} MiB")
    assert imported > FILES // 100
    assert heavy < FILES // 20
    assert most_mib < MOST_MIB


CELLS = st.one_of(st.sampled_from(tables.HOSTILE_CELLS), st.text(max_size=12))


@given(
    rows=st.lists(st.lists(CELLS, max_size=len(tables.HEADER)), min_size=1, max_size=4)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_cells_hold_each_row_is_taken_or_refused(
    shop: Shop, rows: list[list[str]]
) -> None:
    numbered = (TableRow(number, tuple(row)) for number, row in enumerate(rows, 2))
    table = Table(tuple(tables.HEADER), tuple(numbered), None)
    with shop.database.read() as session:
        preview = imports.preview(session, table)
    _check_told(table, preview)
    with pytest.raises((TableRefused, Undone)), shop.database.write() as session:
        _apply(session, table, preview)

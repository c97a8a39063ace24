"""The till on its real window, for stories; it is left at the end of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models import clock, schema
from models.file_format import FILE_NAME
from models.i18n import Language
from models.office import demo
from tests import invariants
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, take_on, take_over
from ui import style


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """The file of a new demonstration shop of today, closed, to be copied."""
    made: dict[date, Path] = {}

    def of_today() -> Path:
        now = clock.now()
        today = clock.business_date(now)  # at the cut-off the next one begins
        if today not in made:
            made[today] = tmp_path_factory.mktemp("demo") / FILE_NAME
            database = schema.open_shop(made[today])
            with database.write() as session:
                demo.set_up_demo(session, Language.ZH, at=now)
            database.close()
        return made[today]

    return of_today


@pytest.fixture
def open_at(qtbot: QtBot, qapp: object) -> Iterator[Callable[..., Cashier]]:
    """Opens the till over a folder, as often as a story needs."""
    del qtbot
    style.apply(qapp)  # type: ignore[arg-type]  # pytest-qt's own QApplication
    opened: list[Cashier] = []

    def open_till(
        folder: Path, *, is_demo: bool = False, language: Language | None = None
    ) -> Cashier:
        opened.append(Cashier(folder, is_demo=is_demo, language=language))
        return opened[-1]

    yield open_till
    for cashier in opened:
        cashier.leaves()


@pytest.fixture
def start(
    request: pytest.FixtureRequest, tmp_path: Path, open_at: Callable[..., Cashier]
) -> Iterator[Callable[..., Cashier]]:
    """Opens the demonstration shop, as often as a story needs; checks it at the end.

    In a story with its own ``wall`` clock the till makes the shop itself.
    """
    opened: list[Cashier] = []
    is_of_today = "wall" not in request.fixturenames

    def open_till(*, is_demo: bool = True, language: Language | None = None) -> Cashier:
        if is_demo and is_of_today and not (tmp_path / "shop").exists():
            (tmp_path / "shop").mkdir()
            made = request.getfixturevalue("demo_file")
            shutil.copyfile(made(), tmp_path / "shop" / FILE_NAME)
        cashier = open_at(tmp_path / "shop", is_demo=is_demo, language=language)
        opened.append(cashier)
        return cashier

    yield open_till
    for cashier in opened:
        work = cashier.application.work
        if work is not None:
            invariants.check(work.database)


@pytest.fixture
def till(start: Callable[..., Cashier]) -> Cashier:
    """200.00 lies in the drawer, and the only person there is sells."""
    return start()


@pytest.fixture
def pair(till: Cashier) -> Cashier:
    """The manager and a cashier have PINs, and the cashier is at the till."""
    take_on(till, ("何苗苗", "cashier", CASHIER_PIN))
    take_over(till, 2, CASHIER_PIN)
    return till

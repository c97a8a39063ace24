"""The first glance: what the window shows before SQLAlchemy is there, or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from models import clock, first_glance, settings
from models.database import Database
from models.goods import offers
from models.i18n import Language
from tests.shop import Shop, sell


def test_the_glance_shows_what_the_till_will_show(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    glance = first_glance.take(shop.database.path)
    assert glance is not None
    assert (glance.shop_name, glance.language) == ("山海惠农", Language.ZH)
    assert (glance.outlet, glance.event) == ("体育东展位", "金秋消费帮扶展销")
    assert (glance.till, glance.is_demo) == ("T01", False)
    assert [chip.name for chip in glance.counties] == [
        "疏附县",
        "大埔县",
        "福泉市",
        "瓮安县",
    ]
    assert glance.counties[2].colour == "#0072B2"
    assert glance.categories[0].name_en == "Condiments"
    stand = shop.stand(clock.business_date(clock.now()))
    with shop.database.read() as session:
        assert list(glance.tiles) == offers.list_tiles(session, stand)


def test_the_glance_speaks_the_shops_language(shop: Shop) -> None:
    with shop.database.write() as session:
        settings.save(
            session,
            settings.Settings(shop_name="Hills", language=Language.EN, is_demo=True),
        )
    glance = first_glance.take(shop.database.path)
    assert glance is not None
    assert (glance.language, glance.is_demo) == (Language.EN, True)


def test_an_outlet_without_an_event_shows_none(shop: Shop) -> None:
    with shop.database.write() as session:
        session.execute(text("UPDATE outlet SET event_id = NULL"))
    glance = first_glance.take(shop.database.path)
    assert glance is not None
    assert glance.event == ""


def test_a_shop_that_is_not_set_up_gives_no_glance(database: Database) -> None:
    assert first_glance.take(database.path) is None


def test_a_shop_that_was_never_set_up_asks_for_nothing(tmp_path: Path) -> None:
    assert first_glance.take(tmp_path / "shop.db") is None
    assert first_glance.take(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pragma", ["user_version = 99", "application_id = 1"])
def test_a_file_that_this_version_cannot_sell_from_gives_no_glance(
    shop: Shop, pragma: str
) -> None:
    with shop.database.write() as session:
        session.execute(text(f"PRAGMA {pragma}"))
    assert first_glance.take(shop.database.path) is None


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00"])
def test_a_file_that_is_no_database_gives_no_glance(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(content)
    assert first_glance.take(path) is None
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_opened_gives_no_glance(
    tmp_path: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.database.close()
    monkeypatch.setattr(Path, "is_file", lambda _path: True)
    assert first_glance.take(tmp_path / "nowhere" / "shop.db") is None


def test_the_glance_does_without_sqlalchemy(shop: Shop) -> None:
    program = (
        "import sys; from pathlib import Path; from models import first_glance; "
        "assert first_glance.take(Path(sys.argv[1])).tiles; "
        "print('sqlalchemy' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(shop.database.path)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert answer.stdout == "False\n"

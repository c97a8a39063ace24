"""One small raw read for the first painted window, before SQLAlchemy is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import clock
from models.file_format import APPLICATION_ID, SCHEMA_VERSION
from models.goods.tiles import TILES_SQL, Tile, tile_of
from models.i18n import Language
from models.quantity import WeightUnit


@dataclass(frozen=True, slots=True)
class Chip:
    """A category or county that the tiles can be narrowed to."""

    key: str
    name: str
    name_en: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the window shows before its presenters are there."""

    language: Language
    weight_unit: WeightUnit
    shop_name: str
    outlet: str
    event: str
    till: str
    is_demo: bool
    counties: tuple[Chip, ...]
    categories: tuple[Chip, ...]
    tiles: tuple[Tile, ...]
    is_training: bool = False


_WHERE = """SELECT t.code, o.id, o.name, o.event_id, COALESCE(e.name, '')
  FROM till t JOIN outlet o ON o.id = t.outlet_id
  LEFT JOIN event e ON e.id = o.event_id ORDER BY t.id LIMIT 1"""


def take(path: Path, *, damaged: bool = False) -> Glance | None:
    """The shop at a glance; None unless this version can sell from the file.

    Trouble of any kind also gives None: it is named when the file is opened properly.
    Of a damaged file no goods are shown, for nothing is sold from it.
    """
    from pysqlite3 import dbapi2 as sqlite  # noqa: PLC0415  # 5 ms, with the file only

    if not path.is_file():
        return None
    try:
        connection = sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite.Error:
        return None
    try:
        if damaged:
            connection.execute("PRAGMA writable_schema = ON")  # see models.database
            return _read(connection, with_goods=False)
        return _read(connection, with_goods=True)
    except (sqlite.Error, ValueError):
        return None
    finally:
        connection.close()


def _read(connection: object, *, with_goods: bool) -> Glance | None:
    execute = connection.execute  # type: ignore[attr-defined]  # pysqlite3 has no stubs
    version = execute("PRAGMA user_version").fetchone()[0]
    if (
        version != SCHEMA_VERSION
        or execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID
    ):
        return None
    place = execute(_WHERE).fetchone()
    if place is None:
        return None
    settings = dict(execute("SELECT key, value FROM setting").fetchall())
    counties, categories, tiles = _goods(execute, place) if with_goods else ((), (), ())
    return Glance(
        language=Language(settings.get("language", Language.ZH)),
        weight_unit=WeightUnit(settings.get("weight_unit", WeightUnit.JIN)),
        shop_name=settings.get("shop_name", ""),
        outlet=place[2],
        event=place[4],
        till=place[0],
        is_demo=settings.get("is_demo") == "1",
        counties=counties,
        categories=categories,
        tiles=tiles,
        is_training="training" in settings,
    )


def _goods(
    execute: Callable[..., Any], place: tuple[Any, ...]
) -> tuple[tuple[Chip, ...], tuple[Chip, ...], tuple[Tile, ...]]:
    day = clock.day_number(clock.business_date(clock.now()))
    found = execute(TILES_SQL, {"outlet": place[1], "event": place[3], "day": day})
    counties = execute(
        "SELECT code, county, county_en, colour FROM region ORDER BY position"
    )
    categories = execute("SELECT id, name, name_en FROM category ORDER BY position")
    return (
        tuple(Chip(*row) for row in counties),
        tuple(Chip(str(row[0]), row[1], row[2]) for row in categories),
        tuple(tile_of(row) for row in found),
    )

"""Shops for the campaigns: made once, copied for each try, opened as the till does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from models import schema
from models.file_format import FILE_NAME
from tests.shop import JOURNAL_KEY, Shop, set_up

_made: dict[Path, Shop] = {}


def made(folder: Path) -> Shop:
    """As ``make``, once for each folder."""
    if folder not in _made:
        _made[folder] = make(folder)
    return _made[folder]


def make(folder: Path) -> Shop:
    """A small shop in one closed file."""
    folder.mkdir(parents=True, exist_ok=True)
    database = schema.open_shop(folder / FILE_NAME)
    database.journal_key = JOURNAL_KEY
    made = set_up(database)
    database.close()
    return made


@contextmanager
def opened(shop: Shop, folder: Path) -> Iterator[Shop]:
    """The shop whose file lies in ``folder``, as a start of the till finds it.

    It is let go of at the end, however that goes.
    """
    database = schema.open_shop(folder / FILE_NAME)
    database.journal_key = JOURNAL_KEY
    try:
        yield replace(shop, database=database)
    finally:
        database.close()


def copied(folder: Path, target: Path) -> Path:
    """A folder of closed files once more, in the place of what was at ``target``."""
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(folder, target))

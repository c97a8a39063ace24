"""Rows of the table: one keystroke of a search among a hundred thousand products."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from models import clock, schema
from models.goods import offers
from tests.bench.measure import Result, Task, in_turn

# Each is typed character by character. Pairs of characters stand alone.
_TYPED = {
    "a name": (
        "花蜜瓜",
        "疏附有机西瓜",
        "菜籽油5L",
        "白茶饼357g",
        "礼盒",
        "golden",
        "pomelo",
    ),
    "2 Chinese characters": (
        "蜜瓜",
        "有机",
        "疏附",
        "茶饼",
        "黄金",
        "米1",
        "手工",
        "礼盒",
    ),
    "two parts of a name": ("大埔 蜜柚", "瓮安 毛峰 250g", "黄金 芽茶", "dabu pom"),
    "pinyin initials": ("hjs", "sfyjhmg", "dbmy", "wamf", "fqzp", "gsyj", "d", "k"),
    "an SKU": ("SH0123", "sh09", "SH000041"),
    "a barcode's end": ("7919", "04562", "83", "697000"),
    "no hit": ("咖啡", "疏茶", "大埔疏附", "zq", "hmgx", "SH9", "xyzzy", "麻x", "%_'"),
}


def rows(file: Path) -> list[Result]:
    """As the selling screen asks: a reading block of its own for each keystroke."""
    database = schema.open_shop(file)
    with database.read() as session:
        stand = offers.stand_at(session, 1, clock.business_date(clock.now()))
    results = []
    for what, typed in _TYPED.items():
        is_pair = what.startswith("2")
        keys = cycle([word for text in typed for word in _keystrokes(text, is_pair)])

        def press(keys: cycle[str] = keys) -> None:
            with database.read() as session:
                offers.search(session, next(keys), stand)

        _nothing, ours = in_turn(Task(lambda: None), Task(press), each=400)
        results.append(
            Result(f"a keystroke of {what} in 100,000, p99", "ms", None, ours.p99, 2)
        )
    database.close()
    return results


def _keystrokes(text: str, is_pair: bool) -> list[str]:  # noqa: FBT001  # one caller
    return [text] if is_pair else [text[: n + 1] for n in range(len(text))]

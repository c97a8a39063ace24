"""Frozen dataclasses as JSON and back, with money as whole fen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from models import clock
from models.money import Money


def to_plain(value: Any) -> Any:
    """Numbers, words, lists and dictionaries that ``from_plain`` reads back."""
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, datetime):
        return clock.milliseconds(value)
    if isinstance(value, date):
        return clock.day_number(value)
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}
    return value


def from_plain(kind: Any, plain: Any) -> Any:
    """What ``to_plain`` made of a value of this type."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is UnionType:  # with None as the second
        return None if plain is None else from_plain(inside[0], plain)
    if origin is tuple:
        return tuple(from_plain(inside[0], one) for one in plain)
    if kind in _FROM_NUMBERS:
        return _FROM_NUMBERS[kind](plain)
    if kind is Money or issubclass(kind, StrEnum):
        return kind(plain)
    if not is_dataclass(kind):
        return plain
    make: Any = kind
    hints = get_type_hints(kind)
    return make(**{name: from_plain(hints[name], one) for name, one in plain.items()})


_FROM_NUMBERS: dict[Any, Callable[[int], Any]] = {
    datetime: clock.from_milliseconds,
    date: clock.from_day_number,
}

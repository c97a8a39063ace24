"""The day's summary as JSON, with the same figures as on paper."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date

from models.money import Money
from models.office.day_record import DaySummary


def render(day: DaySummary) -> str:
    """Amounts are yuan as text ("156.00"), so that no reader makes a float of them."""
    return json.dumps(_plain(day), ensure_ascii=False, indent=2) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        named = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _plain(one) for name, one in named.items()}
    return value

"""Goods that come back and pay for others (换货), until those are sold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.ids import new_uuid
from models.kinds import Method
from models.money import Money

if TYPE_CHECKING:
    from models.selling.returns import Return


@dataclass(frozen=True, slots=True)
class Credit:
    """Nothing of it is stored before the other goods are sold."""

    sale_id: int
    number: str  # of the receipt that they come back on
    returns: tuple[Return, ...]
    due: Money  # what they pay
    reason: str
    otherwise: Method | None = None  # 改退 of what remains of it
    uuid: str = field(default_factory=new_uuid)

"""What somebody does or tries, and where: the words of rights, record and approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.money import Money
from models.people.rights import Act


@dataclass(frozen=True, slots=True)
class Where:
    """At which till and in which shift, by whom and when somebody acts."""

    till_id: int
    staff_id: int
    at: datetime
    business_date: date
    shift_id: int | None = None
    is_training: bool = False  # the till is; what is practised then is not real


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done or tried."""

    act: Act
    subject: str = ""
    amount: Money | None = None
    reason: str = ""
    note: str = ""


Approvals = Mapping[Act, str]  # UUIDs of what somebody let happen
NOTHING_APPROVED: Approvals = {}

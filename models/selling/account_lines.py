"""The 收款账户 of a shift that can be counted, with no figure before they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.kinds import AccountKind
from models.selling import counts, z_closes
from models.selling.accounts import Account
from models.selling.shift_record import CountRecord


@dataclass(frozen=True, slots=True)
class AccountLine:
    account_id: int
    holder: str
    kind: AccountKind
    count: CountRecord | None  # the round that holds; None: nobody has counted yet


def list_lines(session: Session, shift_id: int) -> list[AccountLine]:
    """Each account that money came into in the shift, as its Z says."""
    z = z_closes.find(session, shift_id)
    if z is None:
        return []
    counted = {one.account_id: one for one in counts.last_counts(session, shift_id)}
    lines = z_closes.figures_in(z).tenders
    used = sorted({one.account_id for one in lines if one.account_id is not None})
    return [
        AccountLine(one.id, one.holder, one.kind, counted.get(one.id))
        for one in (session.get_one(Account, account_id) for account_id in used)
    ]

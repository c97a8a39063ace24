"""One 收款账户 as screens list it."""

from __future__ import annotations

from dataclasses import dataclass

from models.kinds import AccountKind, Method


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    holder: str
    kind: AccountKind
    wallet: Method

    def takes(self, method: Method) -> bool:
        return self.wallet in {method, Method.PHONE}

"""收款账户: the accounts that a phone pays into."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.errors import MissingField
from models.i18n import _
from models.ids import new_uuid
from models.journal import notes
from models.kinds import AccountKind, Method
from models.selling.account_row import AccountRow
from models.written import tidy_field


class Account(Base):
    __tablename__ = "account"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    holder: Mapped[str]
    kind: Mapped[AccountKind] = mapped_column(Kind(AccountKind))
    wallet: Mapped[Method] = mapped_column(Kind(Method))  # PHONE: either, not told
    is_active: Mapped[bool]


def add_account(
    session: Session, holder: str, kind: AccountKind, wallet: Method
) -> int:
    """Raises MissingField without a holder, WordsRefused."""
    assert wallet is not Method.CASH
    holder = tidy_field(holder, _("Holder"))
    if not holder:
        raise MissingField(_("Holder"))
    account = Account(
        uuid=new_uuid(),
        holder=holder,
        kind=kind,
        wallet=wallet,
        is_active=True,
    )
    session.add(account)
    session.flush()
    _tell(session, account)
    return account.id


def retire_account(session: Session, account_id: int) -> None:
    """No longer offered; what was paid into it stays."""
    account = session.get_one(Account, account_id)
    account.is_active = False
    session.flush()
    _tell(session, account)


def _tell(session: Session, account: Account) -> None:
    notes.note(
        session,
        "account",
        uuid=account.uuid,
        holder=account.holder,
        account_kind=account.kind,
        wallet=account.wallet,
        is_active=account.is_active,
    )


def list_accounts(session: Session, *, with_personal: bool) -> list[AccountRow]:
    """The accounts in use; personal codes only where the shop allows them."""
    found = session.scalars(
        select(Account).where(Account.is_active).order_by(Account.id)
    )
    return [
        AccountRow(row.id, row.holder, row.kind, row.wallet)
        for row in found
        if with_personal or row.kind is not AccountKind.PERSONAL
    ]

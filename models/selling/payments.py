"""Payments: one row per tender, and 抹零 beside them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.cart import Bill
from models.database import STRICT, Base, Kind, table_of
from models.kinds import AccountKind, Method, RoundingRule
from models.money import Money
from models.prepared import Prepared
from models.selling.accounts import Account
from models.selling.seat import Seat


class Payment(Base):
    """One tender. Change is kept apart, so the drawer counts what stayed in it."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("sale_id", "position", name="ux_payment"),
        CheckConstraint("net_fen = tendered_fen - change_fen", name="ck_payment_net"),
        CheckConstraint("change_fen = 0 OR method = 'cash'", name="ck_payment_change"),
        CheckConstraint(
            "(method IN ('wechat', 'alipay', 'phone')) = (account_id IS NOT NULL)",
            name="ck_payment_account",
        ),
        CheckConstraint(
            "method IN ('cash', 'exchange', 'transfer', 'wechat', 'alipay', 'phone', "
            "'bank_card', 'canteen_card', 'subsidy', 'on_account')",
            name="ck_payment_method",
        ),
        CheckConstraint(
            "change_fen = 0 OR (change_fen > 0 AND tendered_fen > 0)",
            name="ck_payment_sign",
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"))
    position: Mapped[int]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    business_date: Mapped[date]
    method: Mapped[Method] = mapped_column(Kind(Method))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    holder: Mapped[str]
    account_kind: Mapped[AccountKind | None] = mapped_column(Kind(AccountKind))
    reference: Mapped[str]
    tendered: Mapped[Money] = mapped_column("tendered_fen")
    change: Mapped[Money] = mapped_column("change_fen")
    net: Mapped[Money] = mapped_column("net_fen")


class Rounding(Base):
    """抹零: its own row on the payment side, with the rule that made it."""

    __tablename__ = "rounding"
    __table_args__ = (CheckConstraint("fen <> 0", name="ck_rounding"), STRICT)

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), primary_key=True)
    rule: Mapped[RoundingRule] = mapped_column(Kind(RoundingRule))
    amount: Mapped[Money] = mapped_column("fen")


def store(session: Session, sale_id: int, bill: Bill, seat: Seat, day: date) -> None:
    """Store what was handed over; the holder of each account is frozen with it."""
    rows = [
        {
            "sale_id": sale_id,
            "position": position,
            "till_id": seat.till.id,
            "shift_id": seat.shift_id,
            "staff_id": seat.staff_id,
            "business_date": day,
            "method": tender.method,
            "account_id": tender.account_id,
            "into": tender.account_id,
            "reference": tender.reference,
            "tendered_fen": tender.tendered,
            "change_fen": tender.change,
            "net_fen": tender.net,
        }
        for position, tender in enumerate(bill.tenders, 1)
    ]
    if rows:
        _INSERT_PAYMENTS.many(session, rows)
    if bill.rounding:
        session.execute(
            _INSERT_ROUNDING,
            {"sale_id": sale_id, "rule": bill.rule, "fen": bill.rounding},
        )


_account = table_of(Account).c
_INTO = _account.id == bindparam("into")
_INSERT_PAYMENTS = Prepared(
    insert(table_of(Payment)).values(
        holder=func.coalesce(
            select(_account.holder).where(_INTO).scalar_subquery(), ""
        ),
        account_kind=select(_account.kind).where(_INTO).scalar_subquery(),
    )
)
_INSERT_ROUNDING = insert(table_of(Rounding))

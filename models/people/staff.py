"""Staff: the people whose name stands on a sale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.ids import new_uuid


class Role(StrEnum):
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    RECONCILER = "reconciler"
    MANAGER = "manager"


class Staff(Base):
    __tablename__ = "staff"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(Kind(Role))
    is_active: Mapped[bool] = mapped_column(default=True)


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: int
    name: str
    role: Role


def add_staff(session: Session, name: str, role: Role) -> int:
    staff = Staff(uuid=new_uuid(), name=name, role=role, is_active=True)
    session.add(staff)
    session.flush()
    return staff.id


def list_staff(session: Session) -> list[StaffRow]:
    found = session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.id))
    return [StaffRow(staff.id, staff.name, staff.role) for staff in found]

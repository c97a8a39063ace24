"""Staff: the people whose name stands on a sale, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.errors import MissingField
from models.i18n import _
from models.ids import new_uuid
from models.journal import notes
from models.people.refusals import LastManager, NameTaken
from models.people.roles import Role
from models.written import tidy_field


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
    """A person more; returns the id. Raises MissingField, NameTaken."""
    staff = Staff(uuid=new_uuid(), name=_free(session, name), role=role, is_active=True)
    session.add(staff)
    session.flush()
    _tell(session, staff)
    return staff.id


def change_staff(session: Session, staff_id: int, name: str, role: Role) -> None:
    """Another name or role from now on; what was sold keeps the name it was sold under.

    Raises MissingField, NameTaken, LastManager.
    """
    staff = session.get_one(Staff, staff_id)
    if role is not Role.MANAGER:
        _keep_a_manager(session, staff)
    staff.name, staff.role = _free(session, name, staff_id), role
    session.flush()
    _tell(session, staff)


def retire_staff(session: Session, staff_id: int) -> None:
    """The person works here no more; the name stays taken. Raises LastManager."""
    staff = session.get_one(Staff, staff_id)
    _keep_a_manager(session, staff)
    staff.is_active = False
    session.flush()
    _tell(session, staff)


def _tell(session: Session, staff: Staff) -> None:
    """The journal keeps who somebody was, and since when."""
    notes.note(
        session,
        "staff",
        uuid=staff.uuid,
        name=staff.name,
        role=staff.role,
        is_active=staff.is_active,
    )


def list_staff(session: Session) -> list[StaffRow]:
    """Those who work here now, the longest first."""
    found = session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.id))
    return [StaffRow(staff.id, staff.name, staff.role) for staff in found]


def get_staff(session: Session, staff_id: int) -> StaffRow:
    """Raises NoResultFound for somebody who does not work here."""
    found = session.scalars(
        select(Staff).where(Staff.id == staff_id, Staff.is_active)
    ).one()
    return StaffRow(found.id, found.name, found.role)


def _free(session: Session, name: str, staff_id: int = 0) -> str:
    name = tidy_field(name, _("Name"))
    if not name:
        raise MissingField(_("Name"))
    taken = select(Staff.id).where(Staff.name == name, Staff.id != staff_id)
    if session.scalar(taken) is not None:
        raise NameTaken(name)
    return name


def _keep_a_manager(session: Session, staff: Staff) -> None:
    others = select(func.count()).where(
        Staff.role == Role.MANAGER, Staff.is_active, Staff.id != staff.id
    )
    if staff.role is Role.MANAGER and not session.scalar(others):
        raise LastManager

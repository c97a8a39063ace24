"""Who works here: names, roles and PINs, and how the till is guarded."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, places, settings
from models.database import Database
from models.i18n import _
from models.people import pins, staff
from models.people.deeds import Deed
from models.people.refusals import ManagerNeedsPin
from models.people.rights import Act
from models.people.roles import Role
from ui.acting import acting
from ui.presenter import Presenter
from ui.sign_in_presenter import SignInPresenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    role: Role
    has_pin: bool


class PeoplePresenter(Presenter):
    changed = Signal()
    recovery_code_made = Signal(str)  # with the first PIN; it is shown once

    def __init__(
        self,
        database: Database,
        sign_in: SignInPresenter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._sign_in = sign_in
        self.people: tuple[Person, ...] = ()
        self.auto_lock_s = 0
        self.is_one_person = False

    def refresh(self) -> None:
        with self.telling_errors():
            self._read()
            self.changed.emit()

    def add(self, name: str, role: Role, pin: str) -> None:
        """A person more. The first PIN of a shop must be a manager's own."""
        with self.telling_errors():
            keys = self._sign_in.keys()
            with self._changing(name) as session:
                if not pins.any_pin(session):
                    raise ManagerNeedsPin
                staff_id = staff.add_staff(session, name, role)
                pins.set_pin(session, keys, staff_id, pin, at=clock.now())
            self._tell()

    def change(self, staff_id: int, name: str, role: Role, pin: str) -> None:
        """Another name or role; another PIN if one is given."""
        with self.telling_errors():
            keys = self._sign_in.keys()
            with self._changing(name) as session:
                is_first = not pins.any_pin(session)
                if is_first and role is not Role.MANAGER:
                    raise ManagerNeedsPin
                staff.change_staff(session, staff_id, name, role)
                if pin:
                    pins.set_pin(session, keys, staff_id, pin, at=clock.now())
            self._tell()
            if is_first and pin:
                self.recovery_code_made.emit(keys.recovery_code)

    def retire(self, staff_id: int) -> None:
        with self.telling_errors():
            name = next(one.name for one in self.people if one.id == staff_id)
            with self._changing(name) as session:
                staff.retire_staff(session, staff_id)
            self._tell()

    def lock_after(self, seconds: int) -> None:
        """Lock the till by itself after so many idle seconds; 0: never."""
        with self.telling_errors():
            with self._changing(_("Lock by itself")) as session:
                chosen = replace(settings.load(session), auto_lock_s=seconds)
                settings.save(session, chosen)
            self._tell()

    def stand_alone(self, *, is_alone: bool) -> None:
        """单人展位: within limits a reason stands for the second PIN."""
        with self.telling_errors():
            with self._changing(_("One person alone")) as session:
                till = places.this_till(session)
                assert till is not None
                places.set_one_person(session, till.outlet.id, is_alone=is_alone)
            self._tell()

    def _changing(self, whom: str) -> AbstractContextManager[Session]:
        return acting(self._database, Deed(Act.STAFF, whom.strip()))

    def _read(self) -> None:
        with self._database.read() as session:
            self.people = tuple(
                Person(one.id, one.name, one.role, pins.has_pin(session, one.id))
                for one in staff.list_staff(session)
            )
            till = places.this_till(session)
            self.is_one_person = till is not None and till.outlet.is_one_person
            self.auto_lock_s = settings.load(session).auto_lock_s

    def _tell(self) -> None:
        self._read()
        self.changed.emit()
        self.told.emit(_("Saved"))

"""Who is at the till: signing in, locking, and approving an act of somebody else."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.i18n import _
from models.people import keys, permits, pins, recovery, rights, signed_in, staff
from models.people.keys import Keys
from models.people.refusals import NotPermitted
from models.people.roles import Role
from models.people.staff import StaffRow
from ui.acting import where
from ui.presenter import Presenter, Request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Ask(StrEnum):
    """What a PIN is asked for."""

    UNLOCK = "unlock"  # nothing is done before somebody signs in
    SWITCH = "switch"  # another person takes over; Esc leaves all as it is
    APPROVE = "approve"  # somebody who may lets one act happen
    RECOVER = "recover"  # a manager's PIN is forgotten: the recovery code


class SignInPresenter(Presenter):
    asked = Signal()  # the panel is wanted: look at ``ask`` and ``people``
    answered = Signal()  # it is wanted no more
    signed_in = Signal()  # perhaps as somebody else

    def __init__(
        self, database: Database, config: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._config = config
        self._request: Request | None = None
        self._before: Ask | None = None  # what was asked when the PIN was forgotten
        self.ask: Ask | None = None
        self.people: list[StaffRow] = []
        self.present: int = 0  # who is at the till

    @property
    def has_pins(self) -> bool:
        """Without any PIN nobody has to sign in, and nobody can."""
        with self._database.read() as session:
            return pins.any_pin(session)

    def keys(self) -> Keys:
        """The shop's on this machine. Raises KeyMissing."""
        with self._database.read() as session:
            uuid = places.till_uuid(session)
            is_new = not pins.any_pin(session)
        return keys.find_or_make(self._config, uuid, is_new=is_new)

    def lock(self) -> None:
        """Nobody can do anything until somebody signs in; the basket stays."""
        if self.has_pins:
            self._ask(Ask.UNLOCK)

    def switch(self) -> None:
        """Somebody else takes over."""
        if self.has_pins:
            self._ask(Ask.SWITCH)
        else:
            self.failed.emit(
                _("Nobody has a PIN yet. Set PINs under Settings (F11) first.")
            )

    def want_approval(self, request: Request) -> None:
        """Let somebody who may approve the act enter a PIN."""
        self._request = request
        self._ask(Ask.APPROVE)

    def forget(self) -> None:
        """A manager does not know the PIN any more, or this machine lacks the key."""
        if self.ask is not Ask.RECOVER:
            self._before = self.ask
            self._ask(Ask.RECOVER)

    def leave(self) -> None:
        """Not now; a lock stays."""
        if self.ask is Ask.RECOVER and self._before is not None:
            self._ask(self._before)
        elif self.ask is not Ask.UNLOCK:
            self._answer()

    def recover(self, staff_id: int, code: str, pin: str) -> None:
        """A new PIN for this manager, who is signed in with it."""
        with self.telling_errors():
            with self._database.read() as session:
                here = where(session, clock.now())
            recovery.recover(self._database, self._config, here, staff_id, code, pin)
            self._sign_in(staff_id, pin)

    def enter(self, staff_id: int, pin: str) -> None:
        with self.telling_errors():
            if self.ask is Ask.APPROVE:
                self._approve(staff_id, pin)
            elif self.ask is not None:
                self._sign_in(staff_id, pin)

    def _sign_in(self, staff_id: int, pin: str) -> None:
        pins.verify(self._database, self.keys(), staff_id, pin, at=clock.now())
        with self._database.write() as session:
            signed_in.sign_in(session, staff_id)
        self._answer()
        self.signed_in.emit()

    def _approve(self, staff_id: int, pin: str) -> None:
        request = self._request
        assert request is not None
        with self._database.read() as session:
            here = where(session, clock.now())
        approval = permits.approve(
            self._database, self.keys(), here, request.deed, staff_id, pin
        )
        self._answer()
        request.do(approval)

    def _ask(self, ask: Ask) -> None:
        with self.telling_errors():
            with self._database.read() as session:
                self.present = signed_in.who(session).id
                people = staff.list_staff(session)
                self.people = [one for one in people if self._may(session, ask, one)]
            if not self.people:
                assert self._request is not None
                raise NotPermitted(self._request.deed, needs_approval=False)
            self.ask = ask
            self.asked.emit()

    def _may(self, session: Session, ask: Ask, one: StaffRow) -> bool:
        if ask is Ask.RECOVER:
            return one.role is Role.MANAGER
        if not pins.has_pin(session, one.id):
            return False
        if ask is not Ask.APPROVE:
            return True
        assert self._request is not None
        is_other = one.id != self.present
        return is_other and rights.may_approve(one.role, self._request.deed.act)

    def _answer(self) -> None:
        self.ask = self._request = None
        self.answered.emit()

"""A manager's forgotten PIN, or a machine without the key: the recovery code."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from models import places
from models.database import Database
from models.people import acts, keys, pins, staff
from models.people.acts import Outcome
from models.people.deeds import Deed, Where
from models.people.keys import Keys
from models.people.refusals import NotPermitted, WrongRecoveryCode
from models.people.rights import Act
from models.people.roles import Role


def recover(  # whose PIN, by which code, where it is kept
    database: Database, folder: Path, where: Where, staff_id: int, code: str, pin: str
) -> None:
    """Give a manager a new PIN, and this machine the shop's key if it had none.

    Tried and done stand on the record under the manager's name. Raises
    WrongRecoveryCode, NotPermitted for somebody who is no manager, PinNotDigits,
    PinTooShort, PinTooCommon.
    """
    with database.read() as session:
        person = staff.get_staff(session, staff_id)
        uuid = places.till_uuid(session)
        mark = pins.mark_of_key(session)
    deed = Deed(Act.RECOVER, person.name)
    if person.role is not Role.MANAGER:
        raise NotPermitted(deed, needs_approval=False)
    pins.check_choice(pin, person.role)
    found = _read(database, where, deed, code, mark or _of_machine(folder, uuid))
    keys.store(folder, uuid, found)
    database.journal_key = found.journal
    with database.write() as session:
        pins.set_pin(session, found, staff_id, pin, at=where.at)
        pins.unlock_device(session)
        acts.record(session, where, deed)


def _of_machine(folder: Path, uuid: str) -> str:
    """The mark of the key that lies here, for a file that was made before marks."""
    found = keys.find(folder, uuid)
    return "" if found is None else found.mark


def _read(database: Database, where: Where, deed: Deed, code: str, mark: str) -> Keys:
    found = None
    with suppress(WrongRecoveryCode):
        found = keys.read_recovery_code(code)
    if found is None or found.mark != mark:
        with database.write() as session:
            acts.record(session, where, deed, Outcome.REFUSED)
        raise WrongRecoveryCode
    return found

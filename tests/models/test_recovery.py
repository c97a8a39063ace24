"""A manager's forgotten PIN: the code that was written down opens the shop again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from models import places
from models.people import acts, keys, pins, recovery, staff
from models.people.acts import Outcome
from models.people.deeds import Where
from models.people.keys import Keys
from models.people.refusals import (
    NotPermitted,
    PinTooCommon,
    WrongPin,
    WrongRecoveryCode,
)
from models.people.rights import Act
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, DAY, Shop

NEW_PIN = "926403"


@pytest.fixture
def here(shop: Shop) -> Where:
    """The manager has a PIN, and somebody stands at the till."""
    with shop.database.write() as session:
        pins.set_pin(session, KEYS, shop.staff_id, MANAGER_PIN, at=AT)
    return Where(shop.till_id, shop.staff_id, AT, DAY, shop.shift_id)


def _outcomes(shop: Shop) -> list[Outcome]:
    with shop.database.read() as session:
        rows = acts.list_of_shift(session, shop.shift_id)
    return [row.outcome for row in rows if row.act is Act.RECOVER]


def _uuid(shop: Shop) -> str:
    with shop.database.read() as session:
        return places.till_uuid(session)


def test_the_code_gives_a_new_pin_and_this_machine_the_key(
    shop: Shop, here: Where, tmp_path: Path
) -> None:
    code = KEYS.recovery_code.lower().replace("-", " ")
    recovery.recover(shop.database, tmp_path, here, shop.staff_id, code, NEW_PIN)
    assert keys.find(tmp_path, _uuid(shop)) == KEYS
    pins.verify(shop.database, KEYS, shop.staff_id, NEW_PIN, at=AT)
    assert _outcomes(shop) == [Outcome.DONE]


def test_a_locked_manager_and_device_are_open_again(
    shop: Shop, here: Where, tmp_path: Path
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPin):
            pins.verify(shop.database, KEYS, shop.staff_id, "000000", at=AT)
    code = KEYS.recovery_code
    recovery.recover(shop.database, tmp_path, here, shop.staff_id, code, NEW_PIN)
    pins.verify(shop.database, KEYS, shop.staff_id, NEW_PIN, at=AT)


@pytest.mark.parametrize("code", ["", "AAAAA", Keys(b"x" * 15).recovery_code])
def test_a_wrong_code_or_another_shops_is_refused_on_the_record(
    shop: Shop, here: Where, tmp_path: Path, code: str
) -> None:
    with pytest.raises(WrongRecoveryCode):
        recovery.recover(shop.database, tmp_path, here, shop.staff_id, code, NEW_PIN)
    assert _outcomes(shop) == [Outcome.REFUSED]
    assert keys.find(tmp_path, _uuid(shop)) is None
    pins.verify(shop.database, KEYS, shop.staff_id, MANAGER_PIN, at=AT)


def test_only_a_managers_pin_is_recovered(
    shop: Shop, here: Where, tmp_path: Path
) -> None:
    """The others ask the manager for a new one."""
    with pytest.raises(NotPermitted):
        recovery.recover(shop.database, tmp_path, here, 2, KEYS.recovery_code, NEW_PIN)


def test_the_new_pin_is_none_that_others_guess(
    shop: Shop, here: Where, tmp_path: Path
) -> None:
    with pytest.raises(PinTooCommon):
        recovery.recover(shop.database, tmp_path, here, 1, KEYS.recovery_code, "123456")


def test_a_file_from_before_marks_trusts_the_key_of_its_own_machine(
    shop: Shop, here: Where, tmp_path: Path
) -> None:
    with shop.database.write() as session:
        session.execute(text("DELETE FROM setting WHERE key = 'key_mark'"))
    with pytest.raises(WrongRecoveryCode):
        recovery.recover(shop.database, tmp_path, here, 1, KEYS.recovery_code, NEW_PIN)
    keys.store(tmp_path, _uuid(shop), KEYS)
    recovery.recover(shop.database, tmp_path, here, 1, KEYS.recovery_code, NEW_PIN)
    with shop.database.read() as session:
        assert pins.mark_of_key(session) == KEYS.mark
        assert staff.get_staff(session, 1).name == "林晓"

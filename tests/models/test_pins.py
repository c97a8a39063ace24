"""PINs: chosen well, hashed under a key outside the file, locked after wrong ones."""

from __future__ import annotations

import os
import stat
import time
from datetime import timedelta
from pathlib import Path

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from models import schema
from models.database import Database
from models.people import keys, pins, staff
from models.people.keys import Keys
from models.people.refusals import (
    KeyMissing,
    LastManager,
    NameTaken,
    PinLocked,
    PinNotDigits,
    PinTooCommon,
    PinTooShort,
    ReasonMissing,
    WrongPin,
    WrongRecoveryCode,
)
from models.people.roles import Role
from tests.children import needs_posix
from tests.shop import AT, Shop

KEYS = Keys(bytes(range(15)))
MANAGER_PIN, CASHIER_PIN = "835172", "4806"
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def cashier(shop: Shop) -> int:
    """She and the manager have PINs now."""
    with shop.database.write() as session:
        _manager, cashier = staff.list_staff(session)
        pins.set_pin(session, KEYS, shop.staff_id, MANAGER_PIN, at=AT)
        pins.set_pin(session, KEYS, cashier.id, CASHIER_PIN, at=AT)
    return cashier.id


def _tries(database: Database, who: int, pin: str, at: object = AT) -> type | None:
    try:
        pins.verify(database, KEYS, who, pin, at=at)  # type: ignore[arg-type]  # a time
    except (WrongPin, PinLocked) as refused:
        return type(refused)
    return None


# --- choosing one -------------------------------------------------------------------


@pytest.mark.parametrize("pin", ["", "12a4", "１２３４", "12 4", "-123", "7" * 13])
def test_a_pin_is_made_of_digits(pin: str) -> None:
    with pytest.raises(PinNotDigits):
        pins.check_choice(pin, Role.CASHIER)


@pytest.mark.parametrize(("role", "digits"), pins.FEWEST_DIGITS.items())
def test_a_pin_has_as_many_digits_as_its_role_asks(role: Role, digits: int) -> None:
    with pytest.raises(PinTooShort, match=str(digits)):
        pins.check_choice("835172"[: digits - 1], role)
    pins.check_choice("835172"[:digits], role)


@pytest.mark.parametrize(
    "pin",
    [
        "0000",
        "1234",
        "4321",
        "7890",
        "1212",
        "1221",
        "2580",
        "1987",
        "2024",
        "888888",
        "123456",
        "654321",
        "147147",
        "520520",
        "870512",
        "19870512",
        "20240229",
    ],
)
def test_what_others_guess_is_no_pin(pin: str) -> None:
    with pytest.raises(PinTooCommon):
        pins.check_choice(pin, Role.CASHIER)


@pytest.mark.parametrize("pin", ["4806", "7392", "871399", "835172", "18871301"])
def test_other_pins_may_be_chosen(pin: str) -> None:
    pins.check_choice(pin, Role.CASHIER)


# --- signing in ---------------------------------------------------------------------


def test_the_right_pin_names_the_person(shop: Shop, cashier: int) -> None:
    found = pins.verify(shop.database, KEYS, cashier, CASHIER_PIN, at=AT)
    assert (found.name, found.role) == ("陈舟", Role.CASHIER)


def test_a_wrong_pin_another_s_pin_and_none_are_refused_alike(
    shop: Shop, cashier: int
) -> None:
    with shop.database.write() as session:
        newcomer = staff.add_staff(session, "何苗", Role.CASHIER)
        assert pins.has_pin(session, cashier)
        assert not pins.has_pin(session, newcomer)
    for who, pin in ((cashier, "4807"), (cashier, MANAGER_PIN), (newcomer, "4806")):
        with pytest.raises(WrongPin):
            pins.verify(shop.database, KEYS, who, pin, at=AT)


def test_somebody_who_works_here_no_more_has_no_pin(shop: Shop, cashier: int) -> None:
    with shop.database.write() as session:
        staff.retire_staff(session, cashier)
    assert _tries(shop.database, cashier, CASHIER_PIN) is WrongPin


def test_a_new_pin_takes_the_place_of_the_old_one(shop: Shop, cashier: int) -> None:
    with shop.database.write() as session:
        pins.set_pin(session, KEYS, cashier, "7392", at=AT)
    assert _tries(shop.database, cashier, CASHIER_PIN) is WrongPin
    assert _tries(shop.database, cashier, "7392") is None


def test_a_shop_of_before_has_no_pin_yet(shop: Shop) -> None:
    with shop.database.write() as session:
        assert not pins.any_pin(session)
        pins.set_pin(session, KEYS, shop.staff_id, MANAGER_PIN, at=AT)
        assert pins.any_pin(session)


# --- the lock -----------------------------------------------------------------------


def test_five_wrong_pins_lock_the_person_and_the_device_for_half_a_minute(
    shop: Shop, cashier: int
) -> None:
    for _ in range(5):
        assert _tries(shop.database, cashier, "0000") is WrongPin
    assert _tries(shop.database, cashier, CASHIER_PIN) is PinLocked
    assert _tries(shop.database, shop.staff_id, MANAGER_PIN) is PinLocked
    with shop.database.read() as session:
        assert pins.locked_for(session, cashier, at=AT) == timedelta(seconds=30)
    later = AT + timedelta(seconds=30)
    assert _tries(shop.database, cashier, CASHIER_PIN, later) is None
    with shop.database.read() as session:
        assert pins.locked_for(session, cashier, at=later) == timedelta(0)


def test_each_wrong_pin_more_doubles_the_wait_up_to_a_quarter_of_an_hour(
    shop: Shop, cashier: int
) -> None:
    at, waits = AT, []
    for _ in range(13):
        assert _tries(shop.database, cashier, "0000", at) is WrongPin
        with shop.database.read() as session:
            waits.append(pins.locked_for(session, cashier, at=at))
        at += waits[-1]
    seconds = [int(wait.total_seconds()) for wait in waits]
    assert seconds == [0] * 4 + [30, 60, 120, 240, 480, 900, 900, 900, 900]


def test_the_lock_outlives_the_program(shop: Shop, cashier: int) -> None:
    for _ in range(5):
        _tries(shop.database, cashier, "0000")
    shop.database.close()
    opened = schema.open_shop(shop.database.path)
    assert _tries(opened, cashier, CASHIER_PIN) is PinLocked
    opened.close()


def test_a_clock_set_back_makes_the_wait_no_longer(shop: Shop, cashier: int) -> None:
    for _ in range(5):
        _tries(shop.database, cashier, "0000")
    with pytest.raises(PinLocked) as locked:
        pins.verify(shop.database, KEYS, cashier, "1", at=AT - timedelta(days=400))
    assert locked.value.wait == timedelta(seconds=30)


def test_wrong_pins_of_several_people_add_up_on_the_device(
    shop: Shop, cashier: int
) -> None:
    for number in range(5):
        _tries(shop.database, cashier if number % 2 else shop.staff_id, "0000")
    with shop.database.write() as session:
        pins.unlock(session, cashier)
    assert _tries(shop.database, cashier, CASHIER_PIN) is PinLocked


def test_one_s_own_pin_frees_nobody_else(shop: Shop, cashier: int) -> None:
    for _ in range(4):
        _tries(shop.database, shop.staff_id, "0000")
    assert _tries(shop.database, cashier, CASHIER_PIN) is None
    assert _tries(shop.database, shop.staff_id, "0000") is WrongPin
    assert _tries(shop.database, shop.staff_id, MANAGER_PIN) is PinLocked


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 秒"), (90, "90 秒"), (91, "2 分")]
)
def test_the_wait_is_told(seconds: int, words: str) -> None:
    assert words in str(PinLocked(timedelta(seconds=seconds)))


# --- what a stolen file tells -------------------------------------------------------


def test_the_file_alone_yields_no_pin(shop: Shop, cashier: int) -> None:
    """TRUST.md campaign 16: a try takes 20 ms, and without the key no try fits."""
    with shop.database.read() as session:
        known = session.scalar(
            text("SELECT hash FROM staff_pin WHERE staff_id = :id"), {"id": cashier}
        )
    assert str(known).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    began = time.process_time()
    with pytest.raises(argon2.exceptions.VerifyMismatchError):
        argon2.PasswordHasher().verify(str(known), CASHIER_PIN)
    assert time.process_time() - began > 0.005
    with pytest.raises(WrongPin):
        other = Keys(bytes(15))
        pins.verify(shop.database, other, cashier, CASHIER_PIN, at=AT)


def test_a_hash_of_weaker_times_is_made_anew(
    shop: Shop, cashier: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stronger = argon2.PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)
    monkeypatch.setattr(pins, "_HASHER", stronger)
    assert _tries(shop.database, cashier, CASHIER_PIN) is None
    with shop.database.read() as session:
        known = session.scalar(text("SELECT hash FROM staff_pin WHERE staff_id = 2"))
    assert "t=3" in str(known)
    assert _tries(shop.database, cashier, CASHIER_PIN) is None


# --- the key ------------------------------------------------------------------------


def test_the_key_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    made = keys.find_or_make(folder, "shop", is_new=True)
    assert keys.find_or_make(folder, "shop", is_new=False) == made
    assert keys.find_or_make(folder, "other", is_new=True) != made
    (file,) = folder.glob("shop*")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [None, "", "zz", "é"])
def test_without_the_key_nothing_is_made_up(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "shop.key").write_text(content, encoding="utf-8")
    with pytest.raises(KeyMissing):
        keys.find_or_make(tmp_path, "shop", is_new=False)


@needs_posix
def test_a_half_written_key_does_not_stay_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "shop.new").write_text("half")
    made = keys.find_or_make(tmp_path, "shop", is_new=True)
    assert keys.find_or_make(tmp_path, "shop", is_new=False) == made


@given(secret=st.binary(min_size=15, max_size=15))
def test_the_recovery_code_is_the_key_however_it_is_typed(secret: bytes) -> None:
    code = Keys(secret).recovery_code
    assert [len(group) for group in code.split("-")] == [5] * 5
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("O", "0")):
        assert keys.read_recovery_code(typed) == Keys(secret)
    assert Keys(secret).mark not in secret.hex()


@pytest.mark.parametrize("code", ["", "A", "AAAAA", "AAAAA-" * 5, "ÄÖÜ", "1" * 26])
def test_another_text_is_no_recovery_code(code: str) -> None:
    with pytest.raises(WrongRecoveryCode):
        keys.read_recovery_code(code)


def test_a_slip_in_the_code_is_seen() -> None:
    code = KEYS.recovery_code
    slipped = [
        code[:at] + ("B" if code[at] != "B" else "C") + code[at + 1 :]
        for at in range(len(code))
        if code[at] != "-"
    ]
    refused = 0
    for one in slipped:
        try:
            keys.read_recovery_code(one)
        except WrongRecoveryCode:
            refused += 1
    assert refused >= len(slipped) - 3  # one character finds 31 of 32


def test_refusals_are_whole_sentences() -> None:
    for refusal in (
        ReasonMissing(),
        LastManager(),
        NameTaken("陈舟"),
        WrongPin(),
        PinTooShort(6),
        PinNotDigits(),
        PinTooCommon(),
        KeyMissing(),
        WrongRecoveryCode(),
    ):
        assert str(refusal).endswith("。")

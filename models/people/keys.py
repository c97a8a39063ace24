"""The shop's secret, kept outside the shop's file (RULINGS.md 30).

A stolen file without it yields no PIN. It can be written down as the recovery code,
which a new machine needs.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.people.refusals import KeyMissing, WrongRecoveryCode

_BYTES = 15  # 120 bits, 24 characters of base32
_GROUP = 5
_CHECK_CHARACTERS = 1
_LOOKS_LIKE = str.maketrans("018", "OIB")  # base32 has none of these digits


@dataclass(frozen=True, slots=True)
class Keys:
    """One secret, from which a key for each use follows."""

    secret: bytes

    @property
    def pepper(self) -> bytes:
        return self._derived(b"pin pepper")

    @property
    def journal(self) -> bytes:
        """Under it the journal's records have their MAC."""
        return self._derived(b"journal mac")

    @property
    def recovery_code(self) -> str:
        """What is written down: five groups of five, the last character a check."""
        text = base64.b32encode(self.secret).decode("ascii")
        text += _check(self.secret)
        return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))

    @property
    def mark(self) -> str:
        """Stands in the shop's file: so another shop's code is told from its own."""
        return self._derived(b"mark").hex()[:16]

    def _derived(self, use: bytes) -> bytes:
        return hmac.digest(self.secret, use, "sha256")


def find(folder: Path, shop_uuid: str) -> Keys | None:
    """The shop's keys on this machine, if they lie here and are whole."""
    with suppress(OSError, ValueError):
        secret = bytes.fromhex(_file(folder, shop_uuid).read_text("ascii"))
        if len(secret) == _BYTES:
            return Keys(secret)
    return None


def find_or_make(folder: Path, shop_uuid: str, *, is_new: bool) -> Keys:
    """The shop's keys on this machine; made at its first start.

    Raises KeyMissing where a shop has people with PINs and this machine no key.
    """
    found = find(folder, shop_uuid)
    if found is not None:
        return found
    if not is_new:
        raise KeyMissing
    made = Keys(secrets.token_bytes(_BYTES))
    store(folder, shop_uuid, made)
    return made


def store(folder: Path, shop_uuid: str, keys: Keys) -> None:
    """Durably, and readable by this user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _file(folder, shop_uuid)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(keys.secret.hex())
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read_recovery_code(code: str) -> Keys:
    """What was written down, as it was typed. Raises WrongRecoveryCode."""
    text = "".join(code.upper().split()).replace("-", "").translate(_LOOKS_LIKE)
    body, check = text[:-_CHECK_CHARACTERS], text[-_CHECK_CHARACTERS:]
    try:
        secret = base64.b32decode(body)
    except ValueError as error:
        raise WrongRecoveryCode from error
    if len(secret) != _BYTES or check != _check(secret):
        raise WrongRecoveryCode
    return Keys(secret)


def _check(secret: bytes) -> str:
    digest = hmac.digest(b"recovery code", secret, "sha256")
    return base64.b32encode(digest).decode("ascii")[:_CHECK_CHARACTERS]


def _file(folder: Path, shop_uuid: str) -> Path:
    return folder / f"{shop_uuid}.key"

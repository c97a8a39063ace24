"""What the keys of a report's rows say, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.kinds import AccountKind, Cut, Method, Scheme

# 非本机 of no county: what a source document does not divide is not 非帮扶 for that.
UNDIVIDED = "-"


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure of a report, to be opened as the receipts that it is made of."""

    cut: Cut
    key: str
    first: date
    last: date
    name: str  # as the report calls it


def county_key(code: str, scheme: Scheme) -> str:
    """A county under one scheme: what counts under two schemes is never added."""
    return f"{code}:{scheme.value}"


def county_of(key: str) -> tuple[str, Scheme]:
    """The code ("" for 非帮扶, or UNDIVIDED) and the scheme of ``county_key``."""
    code, scheme = key.split(":")
    return code, Scheme(scheme)


def tender_of(key: str) -> tuple[Method, AccountKind | None]:
    """How it was paid, and into what kind of account."""
    method, _account, kind = key.split(":")
    return Method(method), AccountKind(kind) if kind else None

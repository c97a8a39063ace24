"""What a person is at the shop."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    RECONCILER = "reconciler"
    MANAGER = "manager"

"""The pages of the window and their keys."""

from __future__ import annotations

from enum import StrEnum


class Page(StrEnum):
    TILL = "till"
    RECEIPTS = "receipts"
    GOODS = "goods"
    SUMMARY = "summary"
    CLOSING = "closing"
    SETTINGS = "settings"

    @property
    def key(self) -> str:
        return {
            Page.TILL: "F1",
            Page.RECEIPTS: "F8",
            Page.GOODS: "F9",
            Page.SUMMARY: "F10",
            Page.CLOSING: "Shift+F10",
            Page.SETTINGS: "F11",
        }[self]

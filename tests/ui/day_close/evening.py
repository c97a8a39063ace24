"""The people of a day's close, what they do, and what their page shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QTableView

from models import clock
from tests.cashier import Cashier
from tests.customers import buys_tea
from ui.widgets.message_bar import MessageBar

MANAGER, MIAOMIAO, CHEN, ZHOU = 1, 2, 3, 4
CHEN_PIN, ZHOU_PIN = "5917", "918264"
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # nine o'clock in the shop
COUNTY, SCHEME, CHANNEL, HERE, ELSEWHERE = range(5)  # the columns of the places


class Clock:
    """On the wall of the shop; the story sets it."""

    def __init__(self) -> None:
        self.now = MORNING

    def shows(self, hour: int, minute: int = 0, *, day: int = 24) -> None:
        local = datetime(2026, 11, day, hour, minute, tzinfo=clock.SHOP_ZONE)
        self.now = local.astimezone(UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def sells(till: Cashier, key: str = "Enter") -> None:
    """One tea of 78.00, for cash or by the key of a phone."""
    till.presses("F1")
    buys_tea(till, key)


def begins(till: Cashier, float_: str = "200") -> None:
    till.presses("F1")
    till.waits(lambda: till.is_shown("entry_money"))
    till.types(float_)
    till.presses("Enter")


def stops_and_counts(till: Cashier, **pieces: int) -> None:
    """停售, 点钱: so many notes and coins of each."""
    till.presses("Shift+F10")
    till.presses("F12")
    till.waits(lambda: till.is_shown("whole_100"))
    for denomination, number in pieces.items():
        till.fills(f"whole_{denomination[1:]}", str(number))
    till.presses("F12")


def hands_over_to(till: Cashier, person: int, pin: str) -> None:
    till.chooses("receiver", str(person))
    till.fills("receiver_pin", pin)
    till.presses("Enter")


def table_of(till: Cashier, number: int) -> list[list[str]]:
    """One of the tables of the close, in the order of the page."""
    model: QAbstractItemModel = till.find(QTableView, f"day_close_{number}").model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def bar(till: Cashier) -> MessageBar:
    return till.find(MessageBar, "message_bar")

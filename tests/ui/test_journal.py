"""记录校验 on screen: the manager's button, and the dot that everybody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from pytestqt.qtbot import QtBot

from models.file_format import FILE_NAME
from models.trust.verify import Report
from models.trust.words import verdict
from tests.cashier import Cashier
from tests.customers import ask
from ui import style
from ui.widgets.status_dot import Health, StatusDot


@pytest.fixture
def opens(
    tmp_path: Path, qtbot: QtBot, qapp: object
) -> Iterator[Callable[[], Cashier]]:
    """Starts the demonstration shop, again and again."""
    del qtbot
    style.apply(qapp)  # type: ignore[arg-type]  # pytest-qt's own QApplication
    opened: list[Cashier] = []

    def start() -> Cashier:
        for one in opened:
            one.leaves()
        opened[:] = [Cashier(tmp_path, is_demo=True)]
        return opened[0]

    yield start
    for one in opened:
        one.leaves()


def _dot(cashier: Cashier) -> Health:
    """The header's."""
    header = cashier.application.window
    assert header is not None
    return header.header.findChildren(StatusDot)[0].health()


def _sells(cashier: Cashier) -> None:
    cashier.scans("6970019000220")
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


def test_the_manager_verifies_the_journal_with_one_key(
    opens: Callable[[], Cashier],
) -> None:
    cashier = opens()
    _sells(cashier)
    cashier.presses("F11")
    cashier.presses("F6")
    cashier.sees("journal_verdict", verdict(Report()))
    assert _dot(cashier) is Health.GOOD


def test_an_older_file_that_was_put_back_is_seen_at_the_next_start(
    opens: Callable[[], Cashier], tmp_path: Path
) -> None:
    cashier = opens()
    cashier.waits(lambda: _told(cashier, "app_version"))
    cashier.leaves()
    old = (tmp_path / FILE_NAME).read_bytes()
    cashier = opens()
    _sells(cashier)
    cashier.leaves()
    (tmp_path / FILE_NAME).write_bytes(old)
    cashier = opens()
    cashier.waits(lambda: _dot(cashier) is Health.DANGER)


def test_an_edited_sale_is_named_in_the_settings(
    opens: Callable[[], Cashier], tmp_path: Path
) -> None:
    cashier = opens()
    _sells(cashier)
    cashier.leaves()
    connection = sqlite.connect(tmp_path / FILE_NAME)
    connection.execute("DROP TRIGGER payment_no_update")
    connection.execute("UPDATE payment SET reference = 'x'")
    connection.commit()
    connection.close()
    cashier = opens()
    cashier.presses("F11")
    cashier.presses("F6")
    cashier.waits(lambda: _dot(cashier) is Health.DANGER)
    cashier.sees_in("journal_lines", "sale")


def _told(cashier: Cashier, kind: str) -> bool:
    asked = f"SELECT count(*) FROM journal WHERE kind = '{kind}'"  # noqa: S608  # ours
    return bool(ask(cashier, asked))

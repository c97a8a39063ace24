"""记录校验 on screen: the manager's button, and the dot that everybody sees."""

from __future__ import annotations

from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models.file_format import FILE_NAME
from models.trust.verify import Report
from models.trust.words import verdict
from tests.cashier import Cashier
from ui.widgets.status_dot import Health, StatusDot


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


def test_the_manager_verifies_the_journal_with_one_key(tmp_path: Path) -> None:
    cashier = Cashier(tmp_path, is_demo=True)
    _sells(cashier)
    cashier.presses("F11")
    cashier.presses("F6")
    cashier.sees("journal_verdict", verdict(Report()))
    assert _dot(cashier) is Health.GOOD
    cashier.leaves()


def test_an_older_file_that_was_put_back_is_seen_at_the_next_start(
    tmp_path: Path,
) -> None:
    cashier = Cashier(tmp_path, is_demo=True)
    cashier.leaves()
    old = (tmp_path / FILE_NAME).read_bytes()
    cashier = Cashier(tmp_path, is_demo=True)
    _sells(cashier)
    cashier.leaves()
    (tmp_path / FILE_NAME).write_bytes(old)
    cashier = Cashier(tmp_path, is_demo=True)
    cashier.waits(lambda: _dot(cashier) is Health.DANGER)
    cashier.leaves()


def test_an_edited_sale_is_named_in_the_settings(tmp_path: Path) -> None:
    cashier = Cashier(tmp_path, is_demo=True)
    _sells(cashier)
    cashier.leaves()
    connection = sqlite.connect(tmp_path / FILE_NAME)
    connection.execute("DROP TRIGGER payment_no_update")
    connection.execute("UPDATE payment SET reference = 'x'")
    connection.commit()
    connection.close()
    cashier = Cashier(tmp_path, is_demo=True)
    cashier.presses("F11")
    cashier.presses("F6")
    cashier.waits(lambda: _dot(cashier) is Health.DANGER)
    cashier.sees_in("journal_lines", "sale")
    cashier.leaves()

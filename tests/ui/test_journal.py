"""记录校验 on screen: the manager's button, and the dot that everybody sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pysqlite3 import dbapi2 as sqlite

from models.file_format import FILE_NAME
from models.i18n import _
from models.trust.findings import Report
from models.trust.words import verdict
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, take_on, take_over
from tests.customers import ask
from ui.widgets.message_bar import MessageBar
from ui.widgets.status_dot import Health, StatusDot


@pytest.fixture
def opens(tmp_path: Path, open_at: Callable[..., Cashier]) -> Callable[[], Cashier]:
    """Starts the demonstration shop, again and again."""
    opened: list[Cashier] = []

    def start() -> Cashier:
        for one in opened:
            one.leaves()
        opened[:] = [open_at(tmp_path, is_demo=True)]
        return opened[0]

    return start


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
    cashier.waits(lambda: _is_in_view(cashier, "journal_verdict"))
    assert _dot(cashier) is Health.GOOD


def test_one_touch_on_the_dot_shows_the_manager_the_journals_card(
    opens: Callable[[], Cashier],
) -> None:
    """All is well: the dot says in words where it leads, and the card is in view."""
    cashier = opens()
    dot = cashier.find(QAbstractButton, "status")
    assert (
        dot.accessibleName()
        == dot.toolTip()
        == _("All is well. Touch here to see the journal.")
    )
    cashier.touches_button("status")
    cashier.waits(lambda: _is_in_view(cashier, "verify_journal"))
    assert cashier.focused is cashier.find(QAbstractButton, "verify_journal")
    cashier.touches_button("verify_journal")
    cashier.sees("journal_verdict", verdict(Report()))


def test_the_red_dot_leads_to_what_was_found(
    opens: Callable[[], Cashier], tmp_path: Path
) -> None:
    cashier = _opens_after_an_edit(opens, tmp_path)
    cashier.touches_button("status")
    cashier.presses("F6")
    cashier.waits(lambda: _dot(cashier) is Health.DANGER)
    cashier.presses("F1")
    cashier.touches_button("status")
    cashier.waits(lambda: _is_in_view(cashier, "journal_lines"))
    cashier.sees_in("journal_lines", "sale")


def test_a_cashier_is_told_that_the_journal_is_the_managers(
    opens: Callable[[], Cashier],
) -> None:
    cashier = opens()
    take_on(cashier, ("何苗苗", "cashier", CASHIER_PIN))
    take_over(cashier, 2, CASHIER_PIN)
    cashier.touches_button("status")
    bar = cashier.find(MessageBar, "message_bar")
    assert bar.text() == "你没有这项权限，请店长登录后操作。"
    assert not cashier.is_shown("verify_journal")


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
    cashier = _opens_after_an_edit(opens, tmp_path)
    cashier.presses("F11")
    cashier.presses("F6")
    cashier.waits(lambda: _dot(cashier) is Health.DANGER)
    cashier.sees_in("journal_lines", "sale")


def _opens_after_an_edit(opens: Callable[[], Cashier], folder: Path) -> Cashier:
    """Somebody with a tool for databases changed a payment while the till was shut."""
    cashier = opens()
    _sells(cashier)
    cashier.leaves()
    connection = sqlite.connect(folder / FILE_NAME)
    connection.execute("DROP TRIGGER payment_no_update")
    connection.execute("UPDATE payment SET reference = 'x'")
    connection.commit()
    connection.close()
    return opens()


def _is_in_view(cashier: Cashier, name: str) -> bool:
    """Not only on the page, but in the part of it that is scrolled to."""
    return cashier.is_shown(name) and not (
        cashier.find(QWidget, name).visibleRegion().isEmpty()
    )


def _told(cashier: Cashier, kind: str) -> bool:
    asked = f"SELECT count(*) FROM journal WHERE kind = '{kind}'"  # noqa: S608  # ours
    return bool(ask(cashier, asked))

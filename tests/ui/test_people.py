"""Stories of who is at the till: PINs, taking over, locking, approvals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from models import settings
from models.people import keys
from models.people.acts import Outcome
from models.people.deeds import Deed
from models.people.rights import Act
from models.settings import Settings
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_over
from tests.customers import TEA
from tests.ui.test_selling import rows
from ui.presenter import Request
from ui.widgets.message_bar import MessageBar


@pytest.fixture
def till(start: Callable[[], Cashier]) -> Cashier:
    """The manager has a PIN, and there is a cashier."""
    cashier = start()
    cashier.presses("F11")
    cashier.touches_button("change_person_1")
    cashier.fills("person_pin", MANAGER_PIN)
    cashier.presses("Enter")
    assert cashier.is_shown("recovery_code")
    cashier.fills("person_name", "何苗")
    cashier.fills("person_pin", CASHIER_PIN)
    cashier.presses("Enter")
    cashier.presses("F1")
    return cashier


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _record(cashier: Cashier) -> list[tuple[object, ...]]:
    return rows(cashier, "SELECT staff_id, act, outcome FROM act ORDER BY id")


def test_each_sale_carries_the_name_of_who_took_over(till: Cashier) -> None:
    till.scans(TEA)
    take_over(till, 2, CASHIER_PIN)
    till.sees_in("work", "何苗")
    assert len(till.basket()) == 1
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT seller FROM sale") == [("何苗",)]
    assert rows(till, "SELECT count(*) FROM shift") == [(1,)]  # no 交班


def test_a_cashier_changes_neither_goods_nor_settings_and_sees_no_cost(
    till: Cashier,
) -> None:
    take_over(till, 2, CASHIER_PIN)
    till.presses("F11")
    till.chooses("paper_width", "58")
    assert _says(till) == "你没有这项权限，请店长登录后操作。"
    till.presses("F9")
    till.presses("Enter")
    assert "批准" in _says(till)
    assert not till.is_shown("save_form")
    till.presses("F10")
    assert "批准" in _says(till)
    till.presses("F1")
    acts = [row[1:] for row in _record(till) if row[0] == 2]
    assert acts == [
        ("settings", "refused"),
        ("goods", "refused"),
        ("see_figures", "refused"),
    ]


def test_a_cashier_begins_no_promotion(till: Cashier) -> None:
    take_over(till, 2, CASHIER_PIN)
    till.presses("F9")
    till.presses("Shift+F5")
    till.presses("F12")
    till.presses("F12")
    assert "批准" in _says(till)
    assert till.is_shown("promotion_rule")
    assert rows(till, "SELECT id FROM promotion") == []
    till.presses("F1")
    assert _record(till)[-1][1:] == ("goods", "refused")


def test_what_the_manager_had_open_is_gone_when_a_cashier_takes_over(
    till: Cashier,
) -> None:
    """Neither the day's figures nor a form with a cost price wait for the next one."""
    till.scans(TEA)
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    till.presses("F9")
    till.presses("Enter")
    assert till.is_shown("save_form")
    till.presses("F10")
    till.sees_in("figure_net", "¥")
    take_over(till, 2, CASHIER_PIN)
    assert till.is_shown("basket")
    till.presses("F9")
    assert not till.is_shown("save_form")
    till.presses("F10")
    assert "批准" in _says(till)
    assert "¥" not in till.reads("figure_net")
    take_over(till, 1, MANAGER_PIN)
    till.presses("F10")
    till.sees_in("figure_net", "¥")


def test_the_first_start_makes_the_manager_with_a_pin_and_shows_the_recovery_code(
    tmp_path: Path, start: Callable[[], Cashier]
) -> None:
    del start
    cashier = Cashier(tmp_path / "new")
    for _field in range(5):
        cashier.presses("Enter")
    cashier.types("123456")
    cashier.presses("Enter")
    cashier.presses("Enter")
    assert "密码太好猜" in _says(cashier)
    assert cashier.is_shown("manager_pin")
    cashier.fills("manager_pin", MANAGER_PIN)
    cashier.presses("Enter")
    cashier.presses("Enter")
    code = cashier.reads("recovery_code")
    assert len(code) == 29
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("basket"))
    cashier.faces_the_window()
    assert keys.read_recovery_code(code)
    take_over(cashier, 1, MANAGER_PIN)
    assert cashier.is_shown("basket")
    cashier.leaves()


def test_a_manager_who_forgot_the_pin_comes_back_with_the_recovery_code(
    start: Callable[[], Cashier],
) -> None:
    cashier = start()
    cashier.presses("F11")
    cashier.touches_button("change_person_1")
    cashier.fills("person_pin", MANAGER_PIN)
    cashier.presses("Enter")
    code = cashier.reads("recovery_code").split("\n")[1]
    cashier.presses("F1")
    cashier.scans(TEA)
    work = cashier.application.work
    assert work is not None
    work.sign_in.lock()
    cashier.touches_button("forgot_pin")
    cashier.presses("Esc")
    assert cashier.is_shown("pin")
    cashier.touches_button("forgot_pin")
    for text_, new in (("WRONG", "926403"), (code.lower(), "123456")):
        cashier.fills("recovery_entry", text_)
        cashier.presses("Enter")
        cashier.fills("new_pin", new)
        cashier.presses("Enter")
        assert _says(cashier)
        assert cashier.is_shown("new_pin")
    cashier.fills("new_pin", "926403")
    cashier.presses("Enter")
    assert not cashier.is_shown("new_pin")
    assert len(cashier.basket()) == 1
    take_over(cashier, 1, "926403")
    assert cashier.is_shown("basket")
    assert _record(cashier)[-2:] == [(1, "recover", "refused"), (1, "recover", "done")]


def test_a_reconciler_neither_sells_nor_begins_a_shift(till: Cashier) -> None:
    till.presses("F11")
    till.touches_button("change_person_2")
    till.chooses("person_role", "reconciler")
    till.touches_button("save_person")
    till.presses("F1")
    take_over(till, 2, CASHIER_PIN)
    till.scans(TEA)
    till.presses("F12")
    till.presses("Enter")
    assert "店长" in _says(till)
    assert not till.is_shown("change_due")
    assert rows(till, "SELECT count(*) FROM sale") == [(0,)]
    assert _record(till)[-1] == (2, "sell", "refused")
    till.presses("F4")
    till.presses("Esc")


def test_a_locked_till_takes_no_key_and_no_scan_and_keeps_the_basket(
    till: Cashier,
) -> None:
    till.scans(TEA)
    work = till.application.work
    assert work is not None
    work.sign_in.lock()
    till.scans(TEA)
    for key in ("F1", "F8", "F9", "F11", "F12", "Esc", "Ctrl+L", "Shift+F12"):
        till.presses(key)
    assert till.is_shown("pin")
    for _ in range(5):
        till.types("1111")
        till.presses("Enter")
    assert _says(till) == "密码不对，请再试。"
    till.types(MANAGER_PIN)
    till.presses("Enter")
    assert "密码错太多次" in _says(till)
    assert till.is_shown("pin")
    with work.database.write() as session:  # half a minute later
        session.execute(text("UPDATE pin_tries SET locked_until = 1"))
    till.types(MANAGER_PIN)
    till.presses("Enter")
    assert not till.is_shown("pin")
    assert len(till.basket()) == 1


def test_the_till_locks_itself_when_nobody_is_there_also_across_a_restart(
    till: Cashier, start: Callable[[], Cashier]
) -> None:
    work = till.application.work
    assert work is not None
    with work.database.write() as session:
        settings.save(session, Settings(shop_name="山海", auto_lock_s=1, is_demo=True))
    work.reload()
    for _ in range(3):
        QTest.qWait(600)
        till.types("1")  # a key in time keeps it open
    assert not till.is_shown("pin")
    till.waits(lambda: till.is_shown("pin"))
    till.leaves()
    again = start()
    assert again.is_shown("pin")
    again.types(MANAGER_PIN)
    again.presses("Enter")
    assert not again.is_shown("pin")


def test_without_a_pin_nobody_has_to_sign_in(start: Callable[[], Cashier]) -> None:
    cashier = start()
    cashier.presses("Ctrl+L")
    assert "还没有人设密码" in _says(cashier)
    assert not cashier.is_shown("pin")
    cashier.presses("F11")
    cashier.fills("person_name", "何苗")
    cashier.fills("person_pin", CASHIER_PIN)
    cashier.presses("Enter")
    assert "店长" in _says(cashier)
    assert rows(cashier, "SELECT count(*) FROM staff") == [(1,)]


def test_another_copy_needs_somebody_who_approves_it_on_the_spot(till: Cashier) -> None:
    till.scans(TEA)
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    till.presses("Enter")
    take_over(till, 2, CASHIER_PIN)
    till.presses("F5")
    folder = till.folder / "papers"
    till.waits(lambda: bool(list(folder.rglob("*-copy1.pdf"))))
    till.presses("F5")
    till.waits(lambda: till.is_shown("pin"))
    assert till.find(QLabel, "sign_in_heading").text() == "由谁批准？"
    till.types(MANAGER_PIN)
    till.presses("Enter")
    till.waits(lambda: bool(list(folder.rglob("*-copy2.pdf"))))
    till.sees_in("work", "何苗")
    assert rows(till, "SELECT act, outcome, staff_id, approver_id FROM act")[-3:] == [
        ("reprint", "done", 2, None),
        ("reprint_again", "refused", 2, None),
        ("reprint_again", "done", 2, 1),
    ]


def test_an_approval_that_nobody_gives_changes_nothing(till: Cashier) -> None:
    take_over(till, 2, CASHIER_PIN)
    done: list[str] = []
    work = till.application.work
    assert work is not None
    work.sign_in.want_approval(Request(Deed(Act.REFUND, "T01-000001"), done.append))
    till.presses("Esc")
    assert not till.is_shown("pin")
    assert done == []
    take_over(till, 1, MANAGER_PIN)
    work.sign_in.want_approval(Request(Deed(Act.STAFF), done.append))
    assert not till.is_shown("pin")
    assert "店长" in _says(till)


def test_people_change_their_names_and_go(till: Cashier) -> None:
    till.presses("F11")
    till.touches_button("change_person_2")
    till.fills("person_name", "何苗苗")
    till.chooses("person_role", "supervisor")
    till.touches_button("save_person")
    assert rows(till, "SELECT name, role FROM staff WHERE id = 2") == [
        ("何苗苗", "supervisor")
    ]
    till.touches_button("change_person_1")
    till.touches_button("cancel_person")
    till.chooses("auto_lock", "600")
    till.touches_button("one_person")
    assert rows(till, "SELECT is_one_person FROM outlet") == [(1,)]
    till.touches_button("retire_person_1")
    till.touches_button("retire_person_1")
    assert "店长" in _says(till)
    till.touches_button("retire_person_2")
    till.touches_button("retire_person_2")
    assert rows(till, "SELECT name FROM staff WHERE is_active") == [("收银员",)]
    assert {row[2] for row in _record(till)} == {Outcome.DONE.value}

"""Opens every page and every panel of the till, one after the other."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QTableView
from sqlalchemy import text

from models import clock, settings
from models.i18n import Language
from models.kinds import AccountKind, Method
from models.selling import accounts
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_over

SMALLEST = (1024, 768)  # that all is done at
LINES = ("WA002", "3*DP001", "GB001", "2.48*SF003", "ZZ001")


def every_screen(folder: Path, language: Language) -> Iterator[tuple[str, Cashier]]:
    """The name of each screen and the cashier who looks at it."""
    with _at_the_till(folder / "new", language, is_demo=False) as cashier:
        cashier.touches_button(f"language_{language.value}")
        yield "welcome", cashier
        cashier.fills("manager_pin", MANAGER_PIN)
        cashier.presses("Enter")
        cashier.presses("Enter")
        yield "recovery code", cashier
    with _at_the_till(folder / "shop", language) as cashier:
        for shown in _SHOWN:
            for name in shown(cashier):
                yield name, cashier
        for shown in (_closing, _day_close):
            for name in shown(cashier):
                yield name, cashier
    with _at_the_till(folder / "shop", language) as cashier:
        yield "float", cashier
        cashier.types("300")
        cashier.presses("Enter")
        yield "float that is not what was left", cashier
        cashier.presses("Enter")
    with _a_day_later(), _at_the_till(folder / "shop", language) as cashier:
        cashier.waits(lambda: cashier.is_shown("new_day"))
        yield "new day", cashier
        cashier.presses("Shift+F12")
        yield "float of a new day", cashier


@contextmanager
def _at_the_till(
    folder: Path, language: Language, *, is_demo: bool = True
) -> Iterator[Cashier]:
    cashier = Cashier(folder, is_demo=is_demo, language=language, size=SMALLEST)
    cashier.resizes(*SMALLEST)
    yield cashier
    cashier.leaves()


@contextmanager
def _a_day_later() -> Iterator[None]:
    now = clock.now
    clock.now = lambda: now() + timedelta(days=2)  # tomorrow has begun already
    yield
    clock.now = now


def _selling(cashier: Cashier) -> Iterator[str]:
    yield "empty"
    for code in LINES:
        cashier.types(code)
        cashier.presses("Enter")
    yield "basket"
    cashier.types("12*")
    cashier.presses("Enter")
    yield "waiting multiplier"
    cashier.presses("Esc")
    cashier.types("SF002")
    cashier.presses("Enter")
    yield "weight"
    cashier.presses("F4")
    yield "for an amount"
    cashier.presses("Esc")
    cashier.presses("F3")
    yield "quantity"
    cashier.presses("Esc")
    cashier.presses("F2")
    cashier.types("wa")
    yield "search"
    cashier.types("zzz")
    yield "nothing found"
    cashier.presses("Esc")
    cashier.types("999")
    cashier.presses("Enter")
    yield "unknown code"


def _taking_off(cashier: Cashier) -> Iterator[str]:
    """Of the second line, which is counted, then of the weighed one, then of all."""
    cashier.touches_line(1)
    cashier.presses("Shift+F3")
    cashier.types("10")
    yield "a share of a line"
    cashier.presses("Enter")
    yield "a reason is wanted"
    cashier.presses("Enter")
    cashier.touches_line(3)
    cashier.presses("Shift+F3")
    cashier.presses("F4")
    cashier.types("4")
    yield "another price"
    cashier.touches_button("reason_4")
    cashier.presses("Enter")
    cashier.presses("Shift+F3")
    cashier.presses("F5")
    cashier.types("9999")
    yield "an agreed total that is none"
    cashier.presses("F5")
    cashier.types("250")
    cashier.presses("Enter")
    yield "basket with what is taken off"
    cashier.presses("Shift+F3")
    cashier.presses("F5")
    yield "what was agreed on"
    for key, line in (("F5", 3), ("F4", 3), ("F2", 1)):
        cashier.touches_line(line)
        cashier.presses("Shift+F3")
        cashier.presses(key)
        cashier.touches_button("take_off_back")


def _voiding_alone(cashier: Cashier) -> Iterator[str]:
    """In a stall of one person, who takes a dear basket apart."""
    work = cashier.application.work
    assert work is not None
    cashier.presses("F11")
    cashier.touches_button("one_person")
    take_over(cashier, 2, CASHIER_PIN)
    cashier.presses("F1")
    cashier.types("2*WA002")
    cashier.presses("Enter")
    cashier.presses("Shift+F4")
    yield "a void that wants a reason"
    cashier.presses("Esc")
    take_over(cashier, 1, MANAGER_PIN)
    cashier.presses("Shift+F4")
    cashier.presses("F11")
    cashier.touches_button("one_person")
    cashier.presses("F1")


def _paying(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F12")
    yield "payment"
    cashier.types("100")
    cashier.presses("F2")
    yield "split payment"
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    yield "paid"
    cashier.presses("Enter")
    cashier.types("2*WA002")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    yield "change"
    cashier.presses("Enter")


def _parked(cashier: Cashier) -> Iterator[str]:
    for code in ("GB001", "SF004"):
        cashier.types(code)
        cashier.presses("Enter")
        cashier.presses("F6")
    cashier.presses("F7")
    yield "parked"
    cashier.presses("Esc")


def _cash(cashier: Cashier) -> Iterator[str]:
    cashier.presses("Shift+F6")
    yield "what else"
    cashier.touches_button("more_cash")
    yield "cash in"
    cashier.chooses("cash_kind", "drop")
    cashier.types("300")
    cashier.fills("cash_reason", "钱箱现金过多，先缴存保险柜")
    cashier.fills("cash_recipient", "财务王姐")
    yield "cash out"
    cashier.presses("Enter")
    cashier.chooses("cash_kind", "return")
    yield "cash given back"
    cashier.touches_button("cash_list")
    yield "cash so far"
    cashier.touches_button("correct_1")
    yield "correcting cash"
    cashier.presses("Esc")
    cashier.presses("Shift+F6")
    cashier.touches_button("more_drawer")
    yield "opening the drawer"
    cashier.presses("Esc")


def _goods(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F9")
    goods = cashier.find(QTableView, "goods")
    cashier.waits(lambda: goods.model().rowCount() > 0)
    yield "goods"
    cashier.presses("Ins")
    yield "new goods"
    cashier.touches_button("save_form")
    yield "new goods refused"
    for key, name in (("Esc", "goods again"), ("Enter", "goods form"), ("Esc", "")):
        cashier.presses(key)
        if name:
            yield name
    cashier.presses("F3")
    yield "stock"
    cashier.touches_button("choice_repack")
    yield "repacking"
    cashier.presses("Esc")


def _goods_panels(cashier: Cashier) -> Iterator[str]:
    for _row in range(4):
        cashier.presses("Down")
    cashier.presses("F5")
    yield "no event price"
    cashier.fills("offer_amount", "30")
    cashier.presses("F12")
    yield "event prices"
    cashier.presses("Esc")
    yield from _promotions(cashier)
    cashier.presses("F6")
    yield "labels"
    cashier.presses("Esc")
    cashier.presses("F7")
    yield "export"
    cashier.presses("Esc")


def _promotions(cashier: Cashier) -> Iterator[str]:
    cashier.presses("Shift+F5")
    yield "no promotion"
    cashier.presses("F12")
    yield "new promotion"
    cashier.fills("promotion_name", "第二件半价")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.chooses("promotion_rule", "over")
    cashier.fills("promotion_over", "100")
    cashier.fills("promotion_off", "10")
    cashier.chooses("promotion_for", "one")
    yield "new promotion over an amount"
    cashier.chooses("promotion_where", "everywhere")
    cashier.fills("promotion_name", "满100减10")
    cashier.presses("F12")
    cashier.touches_button("end_promotion")
    yield "promotions"
    cashier.presses("F1")
    cashier.types("2*WA002")
    cashier.presses("Enter")
    yield "promotion in the basket"
    cashier.presses("Shift+F4")
    cashier.presses("F9")
    cashier.presses("Esc")


def _import(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F4")
    yield "import"
    rows = cashier.find(QTableView, "import_rows")
    for name, lines in (
        ("import preview", "Q1,福泉刺梨汁,12.00\nQ2,贵定云雾茶,88.00\n"),
        ("import refused", "Q1,,x\nQ2,茶,-1\n"),
    ):
        table = cashier.folder / f"{name}.csv"
        table.write_text(f"sku,name,price_yuan\n{lines}", encoding="utf-8")
        cashier.fills("import_path", str(table))
        cashier.presses("Enter")
        cashier.waits(lambda: not cashier.is_shown("import_busy"))
        assert rows.model().rowCount()
        yield name
    cashier.presses("Esc")


def _pages(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F8")
    cashier.waits(lambda: not cashier.find(QLabel, "sheet").pixmap().isNull())
    yield "receipts"
    yield from _invoices(cashier)
    cashier.presses("F2")
    cashier.types("zzz")
    cashier.waits(lambda: cashier.is_shown("no_receipts"))
    yield "no receipts"
    cashier.presses("F10")
    cashier.waits(lambda: "¥" in cashier.reads("figure_net"))
    yield "day"
    cashier.touches_button("previous_day")
    cashier.waits(lambda: cashier.is_shown("no_sales"))
    yield "day without sales"
    cashier.presses("F11")
    yield "settings"
    cashier.fills("unknown_code", "2110002009906")
    cashier.presses("Enter")
    yield "settings with a code explained"
    cashier.touches_button("add_layout")
    yield "settings with a new layout"
    cashier.touches_button("cancel_layout")
    yield from _backups(cashier)
    cashier.presses("F6")
    cashier.waits(lambda: bool(cashier.reads("journal_verdict")))
    yield "settings with the journal verified"


def _backups(cashier: Cashier) -> Iterator[str]:
    """A stick is chosen; then what is on it is looked at."""
    with tempfile.TemporaryDirectory() as stick:
        cashier.fills("backup_folder", stick)
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("second_backup"))
        cashier.presses("F4")
        yield "settings with a second backup"
        work = cashier.application.work
        assert work is not None
        assert work.safekeeping.places is not None
        newest = work.safekeeping.places.own.newest
        assert newest is not None
        earlier = shutil.copy(newest.path, stick)
        cashier.presses("F1")
        cashier.types("WA002")
        cashier.presses("Enter")
        cashier.presses("F12")
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("change_due"))
        cashier.presses("Enter")
        cashier.presses("F11")
        cashier.presses("F4")
        cashier.fills("checked_file", earlier)
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("restore_backup"))
        yield "settings with what is in a backup"
        cashier.fills("backup_folder", " ")
        cashier.presses("Enter")
        cashier.waits(lambda: not cashier.is_shown("second_backup"))


def _invoices(cashier: Cashier) -> Iterator[str]:
    """Of the receipt that is shown, from the form to the red-letter invoice."""
    cashier.presses("F7")
    yield "invoice wanted"
    cashier.fills("invoice_title", "广州市海珠区某局")
    cashier.fills("tax_number", "91350100M000100Y43")
    cashier.presses("F12")
    yield "invoice registered"
    cashier.fills("issue_number", "24442000000012345678")
    cashier.presses("F12")
    yield "invoice issued"
    cashier.fills("reverse_number", "24442000000012345679")
    cashier.presses("F12")
    yield "invoice reversed"
    cashier.chooses("invoice_states", "wanted")
    yield "no invoices"
    cashier.chooses("invoice_states", "all")
    cashier.presses("Esc")


def _longest(cashier: Cashier) -> str:
    """The number of the last receipt with as many lines as any."""
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        found: str = session.scalar(text(_LONGEST))
    return found


_LONGEST = """SELECT s.number FROM sale s JOIN sale_line l ON l.sale_id = s.id
    WHERE s.kind = 'sale' AND s.series = 'A'
    GROUP BY s.id ORDER BY count(*) DESC, s.id DESC LIMIT 1"""


def _corrections(cashier: Cashier) -> Iterator[str]:
    """Of the receipt with a gift box and weighed goods, paid by phone and in cash."""
    cashier.presses("F8")
    cashier.waits(lambda: not cashier.find(QLabel, "sheet").pixmap().isNull())
    cashier.presses("F2")
    cashier.types(_longest(cashier))
    table = cashier.find(QTableView, "receipts")
    cashier.waits(lambda: table.model().rowCount() == 1)
    cashier.presses("Enter")
    cashier.presses("F3")
    yield "refund"
    cashier.presses("F3")
    cashier.presses("F2")
    cashier.touches_button("waste_1_0")
    cashier.chooses("way", "cash")
    cashier.fills("back_1", "5")
    yield "refund that is not divided"
    cashier.presses("Esc")
    cashier.presses("F4")
    cashier.presses("Enter")
    cashier.types("5")
    yield "compensation"
    cashier.presses("F2")
    cashier.presses("F12")
    cashier.sees("corrected_amount", "¥5.00")
    yield "compensated"
    cashier.presses("Enter")
    cashier.presses("F6")
    yield "wrong tender"
    cashier.presses("Esc")


def _exchange(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F3")
    cashier.presses("F3")
    cashier.presses("F2")
    cashier.presses("F7")
    cashier.types("SF004")
    cashier.presses("Enter")
    yield "exchange"
    cashier.presses("F12")
    yield "payment of an exchange"
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("paid_remarks"))
    yield "exchanged"
    cashier.presses("Enter")


def _more(cashier: Cashier) -> Iterator[str]:
    cashier.types("WA002")
    cashier.presses("Enter")
    cashier.presses("Shift+F6")
    yield "more"
    cashier.touches_button("more_return")
    yield "refund without a receipt"
    cashier.presses("Esc")
    cashier.presses("Shift+F6")
    cashier.touches_button("more_slip")
    yield "paper slip"
    cashier.types("0017")
    cashier.presses("Enter")
    cashier.types("0001")
    cashier.presses("F2")
    cashier.presses("F12")
    yield "payment of a paper slip"
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")
    yield "next paper slip"
    cashier.touches_button("drop_errand")


def _accounts(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F11")
    cashier.fills("account_holder", "疏附县果业合作社")
    cashier.touches_button("add_account")
    yield "settings with another account"
    cashier.presses("F1")
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.presses("F2")
    yield "choice of accounts"
    cashier.presses("Esc")
    cashier.presses("Shift+F4")


def _people(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F11")
    cashier.touches_button("change_person_1")
    cashier.fills("person_pin", MANAGER_PIN)
    cashier.presses("Enter")
    yield "settings with a recovery code"
    cashier.fills("person_name", "何苗苗")
    cashier.fills("person_pin", CASHIER_PIN)
    cashier.presses("Enter")
    cashier.presses("F1")
    cashier.presses("Ctrl+L")
    yield "taking over"
    cashier.touches_button("person_2")
    cashier.types(CASHIER_PIN)
    cashier.presses("Enter")
    cashier.presses("F10")
    yield "not permitted"
    work = cashier.application.work
    assert work is not None
    work.sign_in.lock()
    yield "locked"
    cashier.touches_button("forgot_pin")
    yield "a forgotten PIN"
    cashier.presses("Esc")
    cashier.touches_button("person_1")
    cashier.types(MANAGER_PIN)
    cashier.presses("Enter")
    cashier.presses("F1")


def _training(cashier: Cashier) -> Iterator[str]:
    work = cashier.application.work
    assert work is not None
    cashier.presses("Shift+F6")
    yield "more"
    cashier.touches_button("more_training")
    yield "training"
    for code in LINES:
        cashier.types(code)
        cashier.presses("Enter")
    yield "training with a basket"
    cashier.presses("F10")
    cashier.waits(lambda: "¥" in cashier.reads("figure_net"))
    yield "day in training"
    cashier.presses("F1")
    cashier.presses("Shift+F9")


def _reports(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F10")
    cashier.presses("Shift+F7")
    cashier.waits(lambda: cashier.is_shown("report_table"))
    yield "report by county"
    cashier.touches_button("choice_quarter")
    cashier.waits(lambda: cashier.is_shown("report_table"))
    cashier.presses("F6")
    yield "charts of a report"
    cashier.presses("F7")
    yield "months of a report"
    cashier.presses("F4")
    cashier.presses("Enter")
    cashier.types("390000")
    yield "targets"
    cashier.presses("F5")
    for cut in ("tender", "product"):
        cashier.touches_button(f"cut_{cut}")
        cashier.waits(lambda: cashier.is_shown("report_table"))
        yield f"report by {cut}"
    cashier.presses("F12")
    yield "saving a report"
    cashier.presses("Esc")
    cashier.presses("Enter")
    cashier.waits(lambda: bool(cashier.is_shown("receipts_behind")))
    yield "receipts behind a figure"
    cashier.presses("Shift+F7")
    cashier.presses("F1")


def _closing(cashier: Cashier) -> Iterator[str]:
    """The last of the shift: less is counted than was sold, then more."""
    _sell_for_a_phone_of_ones_own(cashier)
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("Shift+F10")
    yield "closing a shift"
    cashier.presses("F12")
    yield "counting the drawer"
    for pieces in ("2", "3", "1"):
        cashier.types(pieces)
        cashier.presses("Enter")
    cashier.presses("F12")
    yield "over or short"
    cashier.touches_button("count_again")
    cashier.fills("whole_100", "5")
    cashier.presses("F12")
    cashier.fills("variance_reason", "找零有误，已复点")
    cashier.presses("Enter")
    yield "a difference that is signed"
    yield from _beside_the_steps(cashier)
    cashier.presses("Esc")
    cashier.fills("receiver_pin", CASHIER_PIN)
    cashier.presses("Enter")


def _beside_the_steps(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F6")
    yield "phone accounts"
    cashier.fills("account_sum_1", "1")
    cashier.fills("account_number_1", "1")
    cashier.presses("Enter")
    yield "phone accounts counted"
    cashier.fills("account_sum_1", "50")
    cashier.fills("account_number_1", "1")
    cashier.presses("Enter")
    cashier.fills("account_reason_1", "退款尚未入账")
    cashier.touches_button("sign_account_1")
    yield "phone accounts signed"
    cashier.presses("F7")
    yield "personal codes"
    cashier.fills("held_pin", MANAGER_PIN)
    cashier.presses("Enter")
    yield "personal codes handed over"


def _day_close(cashier: Cashier) -> Iterator[str]:
    """After the last handover: the manager sold, so that nobody may sign yet."""
    cashier.presses("F10")
    cashier.presses("F7")
    cashier.waits(lambda: "¥" in cashier.reads("figure_net"))
    cashier.presses("F3")
    assert cashier.is_shown("no_signer")
    yield "a day that waits for somebody to sign"
    cashier.presses("F11")
    cashier.fills("person_name", "周会计")
    cashier.chooses("person_role", "reconciler")
    cashier.fills("person_pin", "918264")
    cashier.presses("Enter")
    cashier.presses("F10")
    yield from _sold_elsewhere(cashier)
    cashier.presses("F3")
    cashier.fills("day_note", "钱箱与收款账户的差额已查明，见交班单")
    yield "a day to be signed"
    cashier.fills("day_pin", "918264")
    cashier.presses("F12")
    cashier.sees_in("day_close_state", "周会计")
    yield "a day that is closed"
    cashier.presses("F2")
    yield "calendar"
    cashier.presses("Esc")
    cashier.presses("F1")


def _sold_elsewhere(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F4")
    yield "nothing sold elsewhere"
    cashier.fills("external_source", "贵州展销平台月报")
    cashier.fills("external_amount", "3500000")
    county = cashier.find(QComboBox, "external_share_county")
    county.setCurrentIndex(county.findData("522725"))
    cashier.fills("external_share", "390000")
    cashier.presses("F12")
    cashier.presses("Esc")
    cashier.presses("F4")
    cashier.find(QTableView, "external_rows").selectRow(0)
    cashier.find(QTableView, "external_rows").setFocus()
    cashier.presses("Enter")
    yield "sold elsewhere"


def _sell_for_a_phone_of_ones_own(cashier: Cashier) -> None:
    work = cashier.application.work
    assert work is not None
    chosen = replace(work.desk.settings, accepts_personal_codes=True)
    with work.database.write() as session:
        settings.save(session, chosen)
        account = accounts.add_account(
            session, "王掌柜", AccountKind.PERSONAL, Method.ALIPAY
        )
    work.reload()
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("F12")
    work.payment.pay_into(account, Method.ALIPAY, None, "")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


_SHOWN = (
    _selling,
    _taking_off,
    _paying,
    _parked,
    _cash,
    _goods,
    _goods_panels,
    _import,
    _pages,
    _reports,
    _accounts,
    _corrections,
    _exchange,
    _more,
    _people,
    _training,
    _voiding_alone,
)

"""The reconciler's evening: from the shifts of a day to a day that is signed.

The first story may be read as a page of a handbook; those after it are what can go
otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import (
    QAbstractButton,
    QDateEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from python_calamine import CalamineWorkbook

from models import clock
from models.office import day_closing
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_over
from tests.receipts import pdf_reader
from tests.ui.day_close.evening import (
    CHEN,
    CHEN_PIN,
    COUNTY,
    HERE,
    MANAGER,
    MIAOMIAO,
    ZHOU,
    ZHOU_PIN,
    Clock,
    bar,
    begins,
    hands_over_to,
    sells,
    stops_and_counts,
    table_of,
)
from tests.ui.test_selling import rows
from ui import acting
from ui.widgets.message_bar import Kind

PAPERS = "T01-Z-2026-11-24"
NOTE = "早班多找 1 元，中班余 5 角；已与本人核对"
SAID = "找零多找 1 元  零钱袋余 5 角"  # by those who counted


# --- what people do -------------------------------------------------------------------


def _explains(till: Cashier, why: str) -> None:
    till.fills("variance_reason", why)
    till.presses("Enter")


def _takes_back(till: Cashier, number: str) -> None:
    """The tea of a receipt, for cash; the manager allows it with a PIN."""
    till.presses("F8")
    till.presses("F2")
    till.types(number)
    table = till.find(QTableView, "receipts")
    till.waits(lambda: table.model().rowCount() == 1)
    till.presses("Enter")
    till.presses("F3")
    till.fills("count_1_0", "1")
    till.presses("F2")
    till.presses("F12")
    if till.is_shown("pin"):
        till.types(MANAGER_PIN)
        till.presses("Enter")
    till.sees("corrected_amount", "¥78.00")
    till.presses("Enter")
    till.presses("F1")


def _opens_the_close(till: Cashier, *, days_back: int = 0) -> None:
    till.presses("F10")
    for _day in range(days_back):
        till.touches_button("previous_day")
    till.presses("F3")


# --- what people see ------------------------------------------------------------------


def _choices(till: Cashier, group: str) -> list[int]:
    """The people that a choice offers."""
    buttons = till.find(QWidget, group).findChildren(QAbstractButton)
    return [int(one.objectName().removeprefix("choice_")) for one in buttons]


def _receivers(till: Cashier) -> list[int]:
    return _choices(till, "receiver")


def _signers(till: Cashier) -> list[int]:
    return _choices(till, "day_signer")


def _day(till: Cashier, number: int) -> str:
    """How far the calendar says a date of the month is."""
    cell = till.find(QPushButton, f"day_2026-11-{number:02}")
    return str(cell.property("role"))


def _papers(till: Cashier) -> list[str]:
    found = (till.folder / "papers").rglob(f"{PAPERS}*")
    return sorted(path.name for path in found)


# --- a day at the till ----------------------------------------------------------------


def _the_morning_is_one_yuan_short(till: Cashier, wall: Clock) -> None:
    """09:00. 何苗苗 sells one tea until noon and gives one yuan too much change.

    200.00 of float and 78.00 should lie in the drawer; 277.00 do.
    """
    sells(till)
    wall.shows(12)
    stops_and_counts(till, _100=2, _50=1, _20=1, _5=1, _1=2)
    assert till.reads("variance") == "短款 1.00"
    _explains(till, "找零多找 1 元")
    hands_over_to(till, CHEN, CHEN_PIN)


def _the_afternoon_is_half_a_yuan_over(till: Cashier, wall: Clock) -> None:
    """12:30. 陈舟 sells one tea for cash and one for a phone."""
    wall.shows(12, 30)
    take_over(till, CHEN, CHEN_PIN)
    begins(till)
    sells(till)
    sells(till, "F2")
    wall.shows(18)
    stops_and_counts(till, _100=2, _50=1, _20=1, _5=1, _1=3, **{"_0.5": 1})
    assert till.reads("variance") == "长款 0.50"
    _explains(till, "零钱袋余 5 角")
    hands_over_to(till, MIAOMIAO, CASHIER_PIN)


def _the_night_fair_ends_after_midnight(till: Cashier, wall: Clock) -> None:
    """19:00 to 01:30. All that this shift sells belongs to the day it began on."""
    wall.shows(19)
    take_over(till, MIAOMIAO, CASHIER_PIN)
    begins(till)
    wall.shows(23, 30)
    sells(till)
    wall.shows(1, 30, day=25)
    sells(till)
    stops_and_counts(till, _100=3, _50=1, _5=1, _1=1)
    assert till.reads("variance") == "相符"
    hands_over_to(till, CHEN, CHEN_PIN)
    assert rows(till, "SELECT DISTINCT business_date FROM sale") == [(20_261_124,)]


def _one_person_alone_counts_and_goes_home(till: Cashier, wall: Clock) -> None:
    """01:45. The manager leaves 陈舟 alone at the stall: 单人展位.

    He sells, stops and counts. Nobody is there to take over, and he himself may not.
    """
    wall.shows(1, 45, day=25)
    take_over(till, MANAGER, MANAGER_PIN)
    till.presses("F11")
    till.touches_button("one_person")
    till.presses("F1")
    wall.shows(2, day=25)
    take_over(till, CHEN, CHEN_PIN)
    begins(till)
    sells(till)
    wall.shows(3, day=25)
    stops_and_counts(till, _100=2, _50=1, _20=1, _5=1, _1=3)
    assert CHEN not in _receivers(till)
    assert rows(till, "SELECT state FROM shift WHERE number = 4") == [("counted",)]


def _the_day_waits_for_the_manager(till: Cashier, wall: Clock) -> None:
    """09:00 the next morning. Page and calendar say so, and nothing can be signed."""
    wall.shows(9, day=25)
    take_over(till, ZHOU, ZHOU_PIN)
    _opens_the_close(till, days_back=1)
    till.sees("day_close_why", "当日还有 1 个班次未交接，请先完成交接。")
    assert not till.is_shown("confirm_day")
    till.presses("F2")
    assert _day(till, 24) == "day_open"


def _the_manager_takes_the_lonely_shift_over(till: Cashier) -> None:
    """And counts the phone account of the afternoon, as its app shows it."""
    take_over(till, MANAGER, MANAGER_PIN)
    till.presses("Shift+F10")
    hands_over_to(till, MANAGER, MANAGER_PIN)
    till.presses("F6")
    till.chooses("account_shift", "2")
    till.fills("account_sum_1", "78")
    till.fills("account_number_1", "1")
    till.presses("Enter")
    till.presses("F1")


def _the_calendar_says_that_the_day_differs(till: Cashier, wall: Clock) -> None:
    """09:30. 周会计 opens the calendar: the 24th is half a yuan short."""
    wall.shows(9, 30, day=25)
    take_over(till, ZHOU, ZHOU_PIN)
    till.presses("F10")
    till.presses("F2")
    assert _day(till, 24) == "day_different"
    assert till.reads("day_2026-11-24") == "24\n短款 0.50"


def _all_of_it_is_on_one_page(till: Cashier) -> None:
    """One touch on the date: money by tender, checks, the shifts side by side."""
    till.touches_button("day_2026-11-24")
    till.sees("day_close_net", "¥468.00")
    till.sees("day_close_difference", "短款 0.50")
    money, checks, shifts, places, _goods = (
        table_of(till, number) for number in range(1, 6)
    )
    assert money == [
        ["现金（不含备用金）", "390.00", "389.50", "-0.50", SAID],
        ["扫码 山海小店", "78.00", "78.00", "0.00", ""],
        ["已点合计", "468.00", "467.50", "-0.50", ""],
    ]
    assert [row[:4] for row in checks] == [
        ["交班单 = 小票", "468.00", "468.00", "✓"],
        ["明细 = 小票", "468.00", "468.00", "✓"],
        ["收款 = 小票", "468.00", "468.00", "✓"],
        ["出库 = 明细", "", "", "✓"],
        ["备用金 + 现金 + 收支 = 钱箱应有", "1,190.00", "1,190.00", "✓"],
        ["留作备用金 + 存行 + 移交 = 实点", "1,189.50", "1,189.50", "✓"],
        ["接班备用金 = 上班留存", "600.00", "600.00", "✓"],
        ["实点 = 应有（全部收款方式）", "467.50", "468.00", "-0.50  2 项不符"],
        ["收款账户均已核对", "", "", "✓"],
        ["个人码款项均已转交", "", "", "✓"],
        ["无收款未成单", "", "", "✓"],
        ["单据均已打印", "", "", "✓"],
    ]
    side_by_side = {row[0]: row[1:] for row in shifts}
    assert side_by_side["小票"] == ["1", "2", "2", "1"]
    assert side_by_side["实收净额"] == ["78.00", "156.00", "156.00", "78.00"]
    assert side_by_side["应有现金"] == ["278.00", "278.00", "356.00", "278.00"]
    assert side_by_side["实点现金"] == ["277.00", "278.50", "356.00", "278.00"]
    assert side_by_side["长款/短款"] == ["-1.00", "+0.50", "0.00", "0.00"]
    assert side_by_side["停售"][2] == "何苗苗  11-25 01:30"  # after midnight
    assert side_by_side["接班"][3].startswith("收银员  11-25 09:")  # the manager
    assert places[0][COUNTY] == "瓮安县"
    assert places[0][HERE] == "468.00"


def _what_differs_is_explained_and_the_day_is_signed(till: Cashier) -> None:
    """周会计 neither sold nor counted; without a word of why nobody can sign."""
    assert _signers(till) == [ZHOU, MANAGER]  # nobody who sold or counted
    till.fills("day_pin", ZHOU_PIN)
    till.presses("F12")
    assert bar(till).kind() is Kind.DANGER
    till.fills("day_note", NOTE)
    till.fills("day_pin", ZHOU_PIN)
    till.presses("F12")
    till.sees_in("day_close_state", "周会计签字，2026-11-25 09:3")
    assert rows(
        till, "SELECT business_date, is_different, variance_fen FROM day_close"
    ) == [(20_261_124, 1, -50)]


def _it_is_locked_and_on_paper(till: Cashier) -> None:
    """PDF and table lie in the folder of the day; the calendar shows a lock."""
    till.waits(lambda: len(_papers(till)) == 2)
    assert _papers(till) == [f"{PAPERS}-A4.pdf", f"{PAPERS}.xlsx"]
    folder = next((till.folder / "papers").rglob(f"{PAPERS}-A4.pdf")).parent
    page = "".join(pdf_reader.texts((folder / f"{PAPERS}-A4.pdf").read_bytes()))
    for words in ("日结单 2026-11-24", "周会计签字", "-0.50", NOTE):
        assert words in page
    book = CalamineWorkbook.from_path(folder / f"{PAPERS}.xlsx")
    sheet = book.get_sheet_by_name("日结单").to_python()
    day = {row[0]: row[1] for row in sheet}
    assert (day["实收净额"], day["长款/短款"]) == (468, -0.5)
    assert not till.is_shown("confirm_day")
    till.presses("F2")
    cell = till.find(QPushButton, "day_2026-11-24")
    assert not cell.icon().isNull()
    assert _day(till, 24) == "day_different"
    assert _day(till, 25) == "day_empty"


def _a_tea_of_that_day_comes_back_late(till: Cashier, wall: Clock) -> None:
    """10:00. The refund is booked on the 25th; what was signed stays as it is."""
    wall.shows(10, day=25)
    signed = rows(till, "SELECT body FROM day_close")
    take_over(till, MIAOMIAO, CASHIER_PIN)
    begins(till)
    sells(till)
    _takes_back(till, "T01-000001")
    assert rows(till, "SELECT business_date FROM sale ORDER BY id DESC LIMIT 1") == [
        (20_261_125,)
    ]
    assert rows(till, "SELECT body FROM day_close") == signed
    wall.shows(12, day=25)
    stops_and_counts(till, _100=2)
    hands_over_to(till, CHEN, CHEN_PIN)


def _the_next_days_page_says_to_which_day_it_belongs(till: Cashier) -> None:
    """And the date of the tea itself keeps its figures."""
    take_over(till, ZHOU, ZHOU_PIN)
    till.presses("F10")
    till.presses("F7")
    till.presses("F3")
    till.sees("day_close_net", "¥0.00")
    late = table_of(till, 6)
    assert late == [["T01-000008", "退货", "T01-000001", "2026-11-24", "-78.00"]]
    till.touches_button("previous_day")
    till.sees("day_close_net", "¥468.00")
    till.sees_in("day_close_state", "周会计签字，2026-11-25 09:3")
    till.presses("F2")
    assert _day(till, 25) == "day_counted"


def test_a_day_of_four_shifts_is_read_explained_and_signed(
    till: Cashier, wall: Clock
) -> None:
    _the_morning_is_one_yuan_short(till, wall)
    _the_afternoon_is_half_a_yuan_over(till, wall)
    _the_night_fair_ends_after_midnight(till, wall)
    _one_person_alone_counts_and_goes_home(till, wall)

    _the_day_waits_for_the_manager(till, wall)
    _the_manager_takes_the_lonely_shift_over(till)

    _the_calendar_says_that_the_day_differs(till, wall)
    _all_of_it_is_on_one_page(till)
    _what_differs_is_explained_and_the_day_is_signed(till)
    _it_is_locked_and_on_paper(till)

    _a_tea_of_that_day_comes_back_late(till, wall)
    _the_next_days_page_says_to_which_day_it_belongs(till)


# --- what can go otherwise ------------------------------------------------------------


def _signs(till: Cashier, person: int = ZHOU, pin: str = ZHOU_PIN) -> None:
    till.chooses("day_signer", str(person))
    till.fills("day_pin", pin)
    till.presses("F12")


def test_a_right_day_needs_no_note_and_its_date_turns_green(evening: Cashier) -> None:
    evening.presses("F10")
    evening.presses("F2")
    assert _day(evening, 24) == "day_counted"
    evening.presses("F3")
    _signs(evening)
    evening.sees_in("day_close_state", "周会计")
    evening.presses("F2")
    assert _day(evening, 24) == "day_closed"


def test_a_manager_who_neither_sold_nor_counted_may_sign_too(evening: Cashier) -> None:
    _opens_the_close(evening)
    _signs(evening, MANAGER, MANAGER_PIN)
    evening.sees_in("day_close_state", "2026-11-24")
    assert rows(evening, "SELECT staff_id, is_self_signed FROM day_close") == [(1, 0)]


def test_with_a_wrong_pin_nothing_is_signed(evening: Cashier) -> None:
    _opens_the_close(evening)
    _signs(evening, ZHOU, "000000")
    assert bar(evening).kind() is Kind.DANGER
    assert rows(evening, "SELECT count(*) FROM day_close") == [(0,)]
    assert evening.reads("day_pin") == ""


def test_a_cashier_sees_neither_close_nor_calendar(evening: Cashier) -> None:
    take_over(evening, CHEN, CHEN_PIN)
    for key in ("F10", "F3", "F2", "F4"):
        evening.presses(key)
        assert bar(evening).kind() is Kind.DANGER
    assert evening.reads("day_close_net") == ""
    assert not evening.is_shown("day_2026-11-24")


def test_after_the_close_the_next_shift_belongs_to_the_next_day_and_says_so(
    evening: Cashier,
) -> None:
    _opens_the_close(evening)
    _signs(evening)
    work = evening.application.work
    assert work is not None
    assert work.desk.today == date(2026, 11, 25)  # goods that move now are of it too
    with work.database.read() as session:
        assert acting.where(session, clock.now()).business_date == work.desk.today
    take_over(evening, MIAOMIAO, CASHIER_PIN)
    begins(evening)
    assert "2026-11-25" in bar(evening).text()
    sells(evening)
    dates = rows(evening, "SELECT DISTINCT business_date FROM sale ORDER BY 1")
    assert dates == [(20_261_124,), (20_261_125,)]


def test_from_the_calendar_one_key_leads_back_to_the_float_that_is_asked_for(
    evening: Cashier,
) -> None:
    """Whoever takes over types it at once, wherever the page before had its keys."""
    for person, pin in ((ZHOU, ZHOU_PIN), (MIAOMIAO, CASHIER_PIN)):
        evening.presses("F10")
        evening.presses("F2")
        take_over(evening, person, pin)
    begins(evening)
    assert rows(evening, "SELECT count(*) FROM shift") == [(2,)]


def test_the_day_can_be_printed_before_and_after_it_is_signed(evening: Cashier) -> None:
    _opens_the_close(evening)
    evening.presses("F5")
    evening.waits(lambda: len(_papers(evening)) == 2)


def test_the_calendar_goes_back_and_forth_and_leads_back_to_the_summary(
    evening: Cashier,
) -> None:
    evening.presses("F10")
    evening.presses("F2")
    evening.sees("calendar_month", "2026-11")
    evening.touches_button("previous_month")
    evening.sees("calendar_month", "2026-10")
    evening.touches_button("next_month")
    evening.sees("calendar_month", "2026-11")
    assert not evening.find(QPushButton, "next_month").isEnabled()
    evening.presses("Esc")
    evening.waits(lambda: evening.is_shown("figure_net"))
    evening.presses("Esc")
    assert not evening.is_shown("figure_net")


def test_in_the_calendar_up_and_down_go_by_weeks_and_enter_opens_the_day(
    evening: Cashier,
) -> None:
    evening.presses("F10")
    evening.presses("F2")
    for key, day in (
        ("Up", "11-17"),
        ("Tab", "11-18"),
        ("Down", "11-18"),  # the 25th is still to come
        ("Left", "10-31"),  # the month before
        ("Up", "10-24"),
    ):
        evening.presses(key)
        assert evening.focused.objectName() == f"day_2026-{day}"
    evening.presses("Enter")
    assert not evening.is_shown("calendar_month")
    shown = evening.find(QDateEdit, "summary_day")
    evening.waits(lambda: shown.date().toPython() == date(2026, 10, 24))


def test_a_day_with_no_shift_says_that_there_is_nothing_to_close(
    evening: Cashier,
) -> None:
    _opens_the_close(evening, days_back=1)
    assert evening.reads("day_close_why")
    evening.touches_button("next_day")  # the close follows
    evening.sees("day_close_net", "¥78.00")


def test_a_day_is_signed_once_however_often_the_key_is_pressed(
    evening: Cashier,
) -> None:
    _opens_the_close(evening)
    _signs(evening)
    evening.presses("F12")
    evening.presses("F12")
    assert rows(evening, "SELECT count(*), min(staff_id) FROM day_close") == [(1, ZHOU)]


def test_who_signs_second_is_told_that_the_day_is_closed(evening: Cashier) -> None:
    """The page was open while somebody else signed, at another window of the file."""
    _opens_the_close(evening)
    work = evening.application.work
    assert work is not None
    with acting.deciding(work.database) as (session, here):
        by = replace(here, staff_id=ZHOU)
        day_closing.close_day(session, by, date(2026, 11, 24))
    _signs(evening, MANAGER, MANAGER_PIN)
    assert bar(evening).kind() is Kind.DANGER
    assert rows(evening, "SELECT count(*), min(staff_id) FROM day_close") == [(1, ZHOU)]

"""Stories of promotions: begun and ended in the office, taken off at the till."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QTableWidget

from models import clock, places
from models.deals import Promotion, Rule
from models.goods import promotions
from models.goods.promotions import Holds
from models.money import Money
from models.selling import baskets
from models.selling.baskets import SavedBasket
from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.test_selling import rows
from ui.till_work import TillWork
from ui.widgets.day_edit import DayEdit
from ui.widgets.message_bar import MessageBar

# what the offscreen platform says of a list that drops down
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)

HALF = Promotion(0, "第二件半价", Rule.NTH, pieces=2, off_bp=5000)
OVER = Promotion(0, "满150减20", Rule.OVER, over=Money(15_000), off=Money(2000))


def work_of(cashier: Cashier) -> TillWork:
    work = cashier.application.work
    assert work is not None
    return work


def begins(
    cashier: Cashier, promotion: Promotion, days: int = 0, event: str = ""
) -> int:
    """As from the office, before the till looks at its promotions again."""
    first = clock.business_date(clock.now()) + timedelta(days)
    with work_of(cashier).database.write() as session:
        event_id = places.event_named(session, event)
        holds = Holds(first, first, event_id=event_id)
        return promotions.begin(session, promotion, holds)


def ends(cashier: Cashier, promotion_id: int) -> None:
    with work_of(cashier).database.write() as session:
        promotions.end(session, promotion_id)


def knows(cashier: Cashier) -> Cashier:
    """What any change in the office leads to."""
    work_of(cashier).reload()
    return cashier


def said(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def listed(cashier: Cashier) -> list[str]:
    model = cashier.find(QTableView, "promotions").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def stored(cashier: Cashier, columns: str) -> list[tuple[object, ...]]:
    sql = f"SELECT {columns} FROM promotion ORDER BY id"  # noqa: S608  # constants
    return rows(cashier, sql)


def opens_the_form(cashier: Cashier) -> None:
    cashier.presses("F9")
    cashier.presses("Shift+F5")
    cashier.presses("F12")


# --- from the office to the receipt -------------------------------------------------


def test_half_price_for_the_second_is_begun_and_sold(till: Cashier) -> None:
    till.presses("F9")
    till.presses("Shift+F5")
    assert till.is_shown("no_promotions")
    till.touches_button("confirm_promotion")
    till.fills("promotion_name", "第二件半价")
    till.presses("Enter")
    assert [line.split("\n")[0] for line in listed(till)] == ["第二件半价"]
    assert "第二件半价" in said(till)
    assert rows(till, "SELECT act, outcome FROM act WHERE subject = '第二件半价'") == [
        ("goods", "done")
    ]

    till.presses("F1")
    till.scans(TEA)
    assert len(till.basket()) == 1
    till.scans(TEA)
    assert till.basket()[0] == "瓮安毛峰250g 2 × 78.00 ¥156.00"
    assert "第二件半价" in till.basket()[1]
    assert till.basket()[1].endswith("−39.00")
    till.sees("total", "¥117.00")
    till.presses("F12")
    till.sees("due", "¥117.00")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert till.basket() == []
    assert rows(till, "SELECT label, amount_fen FROM sale_discount") == [
        ("第二件半价", 3900)
    ]


def test_a_promotion_that_is_ended_is_on_no_basket_any_more(till: Cashier) -> None:
    begins(till, HALF)
    knows(till)
    till.presses("F9")
    till.presses("Shift+F5")
    till.touches_button("end_promotion")
    assert stored(till, "is_active") == [(1,)]  # once may be a slip
    till.touches_button("end_promotion")
    assert stored(till, "is_active") == [(0,)]
    assert HALF.name in said(till)
    till.presses("F1")
    till.scans(TEA)
    till.scans(TEA)
    till.sees("total", "¥156.00")


def test_what_would_be_taken_off_is_told_with_the_promotion_on_the_basket(
    till: Cashier,
) -> None:
    """Two teas, the second at half price; a price changed by hand bears none of it."""
    begins(till, HALF)
    knows(till)
    till.types("2*WA002")
    till.presses("Enter")
    till.presses("Shift+F3")
    till.presses("F4")
    till.types("70")
    till.sees("outlook", "¥117.00 → ¥140.00")
    till.presses("Esc")
    till.presses("Shift+F4")


def test_a_promotion_of_tomorrow_does_not_hold_today(till: Cashier) -> None:
    opens_the_form(till)
    tomorrow = clock.business_date(clock.now()) + timedelta(1)
    for name in ("promotion_last", "promotion_first"):
        till.find(DayEdit, name).setDate(QDate(*tomorrow.timetuple()[:3]))
    till.presses("F12")
    assert stored(till, "from_date, to_date") == [
        (clock.day_number(tomorrow), clock.day_number(tomorrow))
    ]
    till.presses("F1")
    till.scans(TEA)
    till.scans(TEA)
    till.sees("total", "¥156.00")


def test_the_best_of_two_applies_and_both_only_where_one_says_so(
    till: Cashier,
) -> None:
    begins(till, HALF)
    begins(till, OVER)
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    assert len(till.basket()) == 2
    till.sees("total", "¥117.00")
    till.presses("Shift+F4")

    opens_the_form(till)
    till.chooses("promotion_rule", "over")
    till.fills("promotion_over", "100")
    till.fills("promotion_off", "5")
    till.touches_button("promotion_stacks")
    till.presses("F12")
    till.presses("F1")
    till.scans(TEA)
    till.scans(TEA)
    till.sees("total", "¥112.00")
    assert len(till.basket()) == 3


# --- the form -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "figures", "expected"),
    [
        ("nth", {"pieces": "3", "tenths": "8.5"}, ("nth", 3, 0, 1500, 0, 0, 0)),
        ("free", {"pieces": "3", "free": "1"}, ("free", 3, 1, 0, 0, 0, 0)),
        ("bundle", {"pieces": "2", "price": "50"}, ("bundle", 2, 0, 0, 5000, 0, 0)),
        ("over", {"over": "100", "off": "10"}, ("over", 0, 0, 0, 0, 10_000, 1000)),
    ],
)
def test_each_rule_asks_only_for_its_own_figures(
    till: Cashier, rule: str, figures: dict[str, str], expected: tuple[object, ...]
) -> None:
    opens_the_form(till)
    till.chooses("promotion_rule", rule)
    for field in ("pieces", "free", "tenths", "price", "over", "off"):
        assert till.is_shown(f"promotion_{field}") == (field in figures)
    assert till.is_shown("promotion_repeats") == (rule == "over")
    for field, figure in figures.items():
        till.fills(f"promotion_{field}", figure)
    words = till.find(QLineEdit, "promotion_name").placeholderText()
    assert words in till.reads("promotion_words")
    till.presses("F12")
    columns = "rule, pieces, free, off_bp, price_fen, over_fen, off_fen"
    assert stored(till, columns) == [expected]
    assert stored(till, "name") == [(words,)]
    assert listed(till)[0].startswith(words)


def test_each_time_the_amount_is_reached_everywhere(till: Cashier) -> None:
    opens_the_form(till)
    till.chooses("promotion_rule", "over")
    till.fills("promotion_over", "50")
    till.fills("promotion_off", "4")
    once = till.reads("promotion_words")
    till.touches_button("promotion_repeats")
    assert till.reads("promotion_words") != once
    till.chooses("promotion_where", "everywhere")
    till.presses("F12")
    assert stored(till, "repeats, outlet_id, event_id") == [(1, None, None)]
    till.presses("F1")
    till.scans(TEA)
    till.scans(TEA)
    till.sees("total", "¥144.00")


def test_a_promotion_of_one_product_leaves_the_others_alone(till: Cashier) -> None:
    """Offered for what was selected in the list, or for what is scanned."""
    opens_the_form(till)
    till.chooses("promotion_for", "one")
    assert "SF001" in till.reads("promotion_product")
    till.scans(TEA)
    assert "WA002" in till.reads("promotion_product")
    till.chooses("promotion_where", "outlet")
    till.presses("F12")
    assert "瓮安毛峰250g" in listed(till)[0]
    till.presses("F1")
    for code in (TEA, TEA, "SF004", "SF004"):
        till.types(code)
        till.presses("Enter")
    assert till.basket()[-1].endswith("−39.00")
    assert len(till.basket()) == 3


@pytest.mark.parametrize(
    ("rule", "field", "text"),
    [
        ("nth", "promotion_pieces", ""),
        ("nth", "promotion_pieces", "0"),
        ("nth", "promotion_tenths", ""),
        ("nth", "promotion_tenths", "85"),
        ("free", "promotion_free", "0"),
        ("bundle", "promotion_price", ""),
        ("over", "promotion_off", "999"),
    ],
)
def test_nonsense_is_told_in_one_sentence_and_nothing_begins(
    till: Cashier, rule: str, field: str, text: str
) -> None:
    opens_the_form(till)
    till.chooses("promotion_rule", rule)
    if rule == "over":
        till.fills("promotion_over", "100")
    till.find(QLineEdit, field).clear()
    till.fills(field, text)
    till.presses("F12")
    assert text in said(till)
    assert said(till).count("。") == 1
    assert till.is_shown(field)
    assert stored(till, "id") == []


def test_goods_that_nobody_knows_and_days_that_go_back_are_told(till: Cashier) -> None:
    opens_the_form(till)
    till.chooses("promotion_for", "one")
    till.fills("promotion_product", "zzz")
    till.presses("F12")
    assert said(till)
    till.chooses("promotion_for", "all")
    till.find(DayEdit, "promotion_last").setDate(QDate(2026, 1, 1))
    till.presses("F12")
    assert "2026-01-01" in said(till)
    assert stored(till, "id") == []
    till.presses("Esc")
    assert till.is_shown("no_promotions")
    till.presses("Esc")
    assert not till.is_shown("no_promotions")


def test_the_list_says_what_is_over_and_ends_only_what_is_not(till: Cashier) -> None:
    begins(till, HALF, days=-1)
    coming = begins(till, OVER, days=1)
    till.presses("F9")
    till.presses("Shift+F5")
    table = till.find(QTableView, "promotions")
    states = [table.model().index(row, 1).data() for row in range(2)]
    assert states[0] != states[1]
    assert [line.split("\n")[0] for line in listed(till)] == [OVER.name, HALF.name]
    table.selectRow(1)
    assert not till.find(QPushButton, "end_promotion").isEnabled()
    table.selectRow(0)
    till.touches_button("end_promotion")
    till.touches_button("end_promotion")
    assert rows(till, "SELECT id FROM promotion WHERE is_active = 0") == [(coming,)]


# --- the basket -----------------------------------------------------------------------


def test_what_is_taken_off_is_no_line_that_can_be_gone_to(till: Cashier) -> None:
    begins(till, HALF)
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    table = till.find(QTableWidget, "basket")
    till.touches_line(1)
    assert table.currentRow() == 0
    table.setFocus()
    till.presses("Down")
    assert table.currentRow() == 0
    till.touches_tile("纸皮核桃")
    assert table.currentRow() == 1
    assert till.basket()[2].endswith("−39.00")
    till.presses("F4")
    assert table.currentRow() == 0
    assert till.basket()[0].startswith("瓮安毛峰250g")
    till.presses("F4")
    assert till.basket() == []


def test_what_is_taken_off_stays_in_view_below_a_long_basket(till: Cashier) -> None:
    begins(till, HALF)
    knows(till)
    for number in range(2, 8):
        till.types(f"SF00{number}" if number > 3 else f"DP00{number}")
        till.presses("Enter")
    till.scans(TEA)
    till.scans(TEA)
    table = till.find(QTableWidget, "basket")
    last = table.rowCount() - 1
    bottom = table.rowViewportPosition(last) + table.rowHeight(last)
    assert bottom <= table.viewport().height()


def test_an_open_basket_follows_when_a_promotion_begins_and_ends(
    till: Cashier,
) -> None:
    till.scans(TEA)
    till.scans(TEA)
    begun = begins(till, HALF)
    knows(till)
    till.sees("total", "¥117.00")
    content = "SELECT content LIKE '%第二件半价%' FROM basket"
    assert rows(till, content) == [(1,)]
    ends(till, begun)
    till.presses("F12")  # nobody looked again: what was promised is kept
    till.sees("due", "¥117.00")
    till.presses("Esc")
    knows(till)
    till.sees("total", "¥156.00")


def test_what_somebody_took_off_stands_below_the_goods_too(
    start: Callable[[], Cashier],
) -> None:
    till = start()
    till.scans(TEA)
    work = work_of(till)
    agreed = work.till.cart.agree(Money(7000), "老顾客")
    at = clock.now()
    with work.database.write() as session:
        saved = SavedBasket(agreed, (), was_paying=False, changed_at=at)
        baskets.save_open(session, work.desk.till.id, work.desk.seller.id, saved)
    till.leaves()
    till = start()
    till.sees("total", "¥70.00")
    assert "老顾客" in till.basket()[1]
    assert till.basket()[1].endswith("−8.00")
    till.presses("Shift+F4")


# --- parked, after a crash, and while it is paid --------------------------------------


def test_a_basket_after_a_crash_bears_what_holds_then(
    start: Callable[[], Cashier],
) -> None:
    till = start()
    begun = begins(till, HALF)
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    till.leaves()
    till = start()
    till.sees("total", "¥117.00")
    assert len(till.basket()) == 2
    ends(till, begun)
    till.leaves()
    till = start()
    till.sees("total", "¥156.00")
    assert len(till.basket()) == 1


def test_a_half_paid_basket_after_a_crash_keeps_what_was_promised(
    start: Callable[[], Cashier],
) -> None:
    till = start()
    begun = begins(till, HALF)
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    till.presses("F12")
    till.types("100")
    till.presses("F2")
    ends(till, begun)
    till.leaves()
    till = start()
    till.sees("due", "¥17.00")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT net_fen FROM sale") == [(11_700,)]


def test_parked_tickets_are_listed_and_resumed_with_what_holds_now(
    till: Cashier,
) -> None:
    begun = begins(till, HALF)
    knows(till)
    for code in (TEA, "SF004"):
        till.types(f"2*{code}")
        till.presses("Enter")
        till.presses("F6")
    ends(till, begun)
    knows(till)
    till.presses("F7")
    parked = till.find(QTableWidget, "parked")
    total = parked.item(0, 2)
    assert total is not None
    assert total.text() == "¥156.00"
    till.touches_button("take_up")
    till.sees("total", "¥156.00")
    assert len(till.basket()) == 1
    till.presses("Shift+F4")


def _leaves_the_event(cashier: Cashier) -> None:
    """The settings name another event while the customer pays."""
    cashier.presses("F11")
    cashier.fills("event_name", "年货节")
    cashier.presses("Enter")
    cashier.presses("F1")


def test_a_promotion_that_holds_no_more_at_payment_loses_neither_basket_nor_money(
    till: Cashier,
) -> None:
    begins(till, HALF, event="黔货出山展")
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    till.presses("F12")
    till.types("100")
    till.presses("F2")
    till.sees("due", "¥17.00")
    _leaves_the_event(till)
    till.sees("due", "¥17.00")
    till.presses("Enter")
    till.sees("due", "¥39.00")  # the 17.00 in cash and the phone's 100.00 are kept
    till.sees("total", "¥156.00")
    assert len(till.basket()) == 1
    assert said(till)
    assert rows(till, "SELECT count(*) FROM sale") == [(0,)]
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT net_fen FROM payment ORDER BY position") == [
        (10_000,),
        (1_700,),
        (3_900,),
    ]


def test_money_that_does_not_fit_the_new_total_is_told_and_taken_anew(
    till: Cashier,
) -> None:
    begins(till, HALF, event="黔货出山展")
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    till.presses("F12")
    till.types("100")
    till.presses("F2")
    two_for_fifty = Promotion(0, "两件50", Rule.BUNDLE, pieces=2, price=Money(5000))
    begins(till, two_for_fifty)
    _leaves_the_event(till)
    till.presses("Enter")
    assert "¥100.00" in said(till)
    till.sees("total", "¥50.00")
    till.sees("due", "¥33.00")  # the cash that was handed over fits
    till.presses("F2")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT label FROM sale_discount") == [("两件50",)]


def test_a_new_day_takes_off_what_holds_on_it(
    till: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins(till, HALF)
    begins(till, OVER, days=1)
    knows(till)
    till.scans(TEA)
    till.scans(TEA)
    till.sees("total", "¥117.00")
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(days=1))
    knows(till)
    till.sees("total", "¥117.00")  # the shift still sells on its own day
    work_of(till).till.ask_shift()
    till.types("300")
    till.presses("Enter")
    till.sees("total", "¥136.00")

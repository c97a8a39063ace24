"""Plays an expo day on the demonstration shop, and leaves its papers and pictures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ui.display import has_display

if not has_display():
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt

from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from models import clock
from models.i18n import Language
from models.office import summary
from models.office.day_record import DaySummary
from tests import invariants
from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN, take_on, take_over
from tests.elsewhere import enters_the_platform
from tests.screens import SMALLEST, every_screen
from ui import style

ROOT = Path(__file__).parent.parent
TOUR = Path("tour")
SIZES = (SMALLEST, (1366, 768))
RECONCILER_PIN = "918264"

# What the day below must come to, added up by hand, in fen.
EXPECTED = {
    "receipts": 11,
    "net": 116_830,
    "discount": 6_070,
    "rounding": 6,
    "pieces": 24,
    "grams": 6_353,
    "by_county": {
        "522725": 51_212,
        "653121": 23_854,
        "441422": 29_162,
        "522702": 12_552,
        "": 50,
    },
    "by_channel": {"stall": 116_830},
    "by_tender": {"cash": 72_380, "wechat": 12_600, "alipay": 31_850},
}


def main() -> int:
    """0 if the program's totals are those that were sold, else 1."""
    shutil.rmtree(TOUR, ignore_errors=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    style.apply(app)
    with tempfile.TemporaryDirectory() as folder:
        evening = Path(folder) / "shop"
        play_the_day()
        shutil.copytree(TOUR / "data", evening)
        close_the_day()
        found = totals_of(summarize())
        (TOUR / "totals.json").write_text(
            json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        collect_papers()
        keep_and_verify()
        for language in Language:
            photograph_every_screen(evening, language)
    if found != EXPECTED:
        print(f"The totals differ.\nsold:     {EXPECTED}\ncomputed: {found}")
        return 1
    pictures = len(list(TOUR.rglob("*.png")))
    print(f"The day adds up and is signed: {pictures} pictures in {TOUR}/.")
    print(f"PIN of the manager {MANAGER_PIN}, of the reconciler {RECONCILER_PIN}.")
    return 0


# --- the day ------------------------------------------------------------------


def play_the_day() -> None:
    cashier = Cashier(TOUR / "data", is_demo=True)
    for sell in (
        two_teas_by_scan,
        three_tiles_by_touch,
        a_weighed_melon_with_rounding,
        daylily_by_search,
        a_gift_box_and_a_bag,
        pears_for_twenty_yuan,
        a_weighing_label_and_an_event_price,
        melons_for_a_unit_after_parking,
        eggs_by_the_kilogram,
    ):
        sell(cashier)
        cashier.waits(lambda: cashier.is_shown("change_due"))
        cashier.presses("Enter")
    cashier.presses("F5")  # a copy of the last receipt
    print_shelf_labels(cashier)
    hand_over_at_midday(cashier)
    begin_a_promotion(cashier)
    two_teas_the_second_at_half_price(cashier)
    end_the_promotion(cashier)
    tea_and_rice_for_160(cashier)
    a_tea_comes_back(cashier)
    close_in_the_evening(cashier)
    print_the_day(cashier)
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)
    cashier.leaves()


def two_teas_by_scan(cashier: Cashier) -> None:
    cashier.scans("6970019000220")
    cashier.scans("6970019000220")
    cashier.presses("F12")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.sees("change_due", "¥44.00")


def three_tiles_by_touch(cashier: Cashier) -> None:
    for name in ("纸皮核桃", "灰枣", "富硒大米5kg"):
        cashier.touches_tile(name)
    cashier.touches_button("pay")
    cashier.touches_button("note_0")


def a_weighed_melon_with_rounding(cashier: Cashier) -> None:
    cashier.types("2*WA002")
    cashier.presses("Enter")
    cashier.touches_tile("花蜜瓜")
    cashier.types("2.48")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.sees("change_due", "¥32.90")


def daylily_by_search(cashier: Cashier) -> None:
    cashier.presses("F2")
    cashier.types("jzc")
    cashier.touches_tile("金针菜")
    cashier.presses("F3")
    cashier.types("3")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.fills("reference", "4200001234")
    cashier.presses("F2")


def a_gift_box_and_a_bag(cashier: Cashier) -> None:
    cashier.scans("6970019001012")
    cashier.scans("6970019001029")
    cashier.presses("F12")
    cashier.presses("F3")


def pears_for_twenty_yuan(cashier: Cashier) -> None:
    cashier.touches_tile("福泉梨")
    cashier.touches_button("by_amount")
    cashier.types("20")
    cashier.presses("Enter")
    cashier.touches_tile("福泉土鸡蛋")
    cashier.presses("F12")
    cashier.types("30")
    cashier.presses("F2")
    cashier.sees("due", "¥26.00")
    cashier.presses("Enter")


def a_weighing_label_and_an_event_price(cashier: Cashier) -> None:
    cashier.scans("2110002009906")
    cashier.types("3*DP001")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.types("50")
    cashier.presses("Enter")
    cashier.sees("change_due", "¥10.40")


def melons_for_a_unit_after_parking(cashier: Cashier) -> None:
    cashier.types("2*SF001")
    cashier.presses("Enter")
    cashier.presses("F6")
    cashier.presses("F7")
    cashier.presses("F12")
    cashier.touches_button("buyer")
    cashier.presses("F3")


def eggs_by_the_kilogram(cashier: Cashier) -> None:
    cashier.touches_tile("瓮安鸡蛋")
    cashier.presses("F3")
    cashier.types("1.5")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.presses("Enter")


def print_shelf_labels(cashier: Cashier) -> None:
    """One for each of the goods."""
    cashier.presses("F9")
    cashier.presses("F6")
    cashier.chooses("labels_goods", "shown")
    cashier.presses("F12")
    folder = TOUR / "data" / "papers"
    cashier.waits(lambda: bool(list(folder.rglob("labels-*.pdf"))))
    cashier.presses("Esc")


def begin_a_promotion(cashier: Cashier) -> None:
    """第二件半价, at this event, today."""
    cashier.presses("F9")
    cashier.presses("Shift+F5")
    cashier.presses("F12")
    cashier.fills("promotion_name", "第二件半价")
    cashier.presses("F12")
    cashier.presses("F1")


def two_teas_the_second_at_half_price(cashier: Cashier) -> None:
    cashier.scans("6970019000220")
    cashier.scans("6970019000220")
    cashier.sees("total", "¥117.00")
    pay_exactly(cashier)


def end_the_promotion(cashier: Cashier) -> None:
    cashier.presses("F9")
    cashier.touches_button("end_promotion")
    cashier.touches_button("end_promotion")
    cashier.presses("Esc")
    cashier.presses("F1")


def tea_and_rice_for_160(cashier: Cashier) -> None:
    """议价: 173.00 are asked, 160 are agreed on."""
    cashier.scans("6970019000220")
    cashier.touches_tile("富硒大米10kg")
    cashier.sees("total", "¥173.00")
    cashier.presses("Shift+F3")
    cashier.presses("F5")
    cashier.types("160")
    cashier.presses("Enter")
    cashier.sees("total", "¥160.00")
    pay_exactly(cashier)


def pay_exactly(cashier: Cashier) -> None:
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


def a_tea_comes_back(cashier: Cashier) -> None:
    """One of the two of the first receipt, which was paid in cash."""
    cashier.presses("F8")
    cashier.presses("F2")
    cashier.types("T01-000001")
    table = cashier.find(QTableView, "receipts")
    cashier.waits(lambda: table.model().rowCount() == 1)
    cashier.presses("Enter")
    cashier.presses("F3")
    cashier.fills("count_1_0", "1")
    cashier.presses("F2")
    cashier.presses("F12")
    cashier.sees("corrected_amount", "¥78.00")
    cashier.presses("Enter")
    cashier.presses("F1")


def print_the_day(cashier: Cashier) -> None:
    """The A4 page and the slip, once every paper of the day has come."""
    cashier.presses("F10")
    cashier.waits(lambda: "1,168.30" in cashier.reads("figure_net"))
    cashier.presses("F5")
    cashier.presses("F6")
    day = f"{clock.business_date(clock.now())}"
    folder = TOUR / "data" / "papers" / day
    cashier.waits(lambda: len(list(folder.glob("*.pdf"))) >= 22)
    cashier.waits(lambda: len(list(folder.glob("*.bin"))) >= 17)
    cashier.presses("F1")


def hand_over_at_midday(cashier: Cashier) -> None:
    """X, then 停售, 点钱 (a jiao short), 交接; and the next shift begins."""
    cashier.presses("Shift+F10")
    cashier.presses("F5")
    papers = TOUR / "data" / "papers"
    cashier.waits(lambda: bool(list(papers.rglob("T01-X-*-80mm.pdf"))))
    # 200.00 + 524.80 should be there
    close(cashier, (7, 0, 1, 0, 0, 4, 0, 0, 7), ("724.80", "短款 0.10"), "零钱点错")
    begin_a_shift(cashier)


def close_in_the_evening(cashier: Cashier) -> None:
    """A yuan over; and the till goes home."""
    cashier.presses("Shift+F10")
    # 200.00 + 117.00 + 160.00 - 78.00 should be there
    close(cashier, (4, 0, 0, 0, 0, 0, 0, 0, 0), ("399.00", "长款 1.00"), "顾客不要找零")


def close(
    cashier: Cashier, pieces: Sequence[int], said: tuple[str, str], reason: str
) -> None:
    """``pieces`` of each note and coin lie there; what it says of them; and why."""
    papers = TOUR / "data" / "papers"
    before = len(list(papers.rglob("T01-Z*-80mm.pdf")))
    expected, variance = said
    cashier.presses("F12")
    for count in pieces:
        cashier.types(str(count))
        cashier.presses("Enter")
    cashier.presses("F12")
    cashier.sees("expected", expected)
    cashier.sees("variance", variance)
    cashier.fills("variance_reason", reason)
    cashier.presses("Enter")
    count_the_phone_account(cashier)
    cashier.presses("F12")
    cashier.waits(lambda: len(list(papers.rglob("T01-Z*-80mm.pdf"))) > before)


def count_the_phone_account(cashier: Cashier) -> None:
    """As the merchant's app shows it, where anybody paid by phone."""
    cashier.presses("F6")
    if cashier.is_shown("account_sum_1"):
        cashier.fills("account_sum_1", "444.50")
        cashier.fills("account_number_1", "4")
        cashier.presses("Enter")
    cashier.presses("Esc")


def begin_a_shift(cashier: Cashier) -> None:
    cashier.presses("F1")
    cashier.types("200")
    cashier.presses("Enter")


# --- the reconciler's evening -------------------------------------------------------


def close_the_day() -> None:
    """日结, by somebody who neither sold nor counted; then the reports of the month."""
    cashier = Cashier(TOUR / "data")
    let_a_reconciler_in(cashier)
    enter_what_the_platform_sold(cashier)
    sign_the_day(cashier)
    save_reports(cashier)
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)
    cashier.leaves()


def let_a_reconciler_in(cashier: Cashier) -> None:
    """The manager takes a PIN and gives one to 周会计, who signs in with it."""
    take_on(cashier, ("周会计", "reconciler", RECONCILER_PIN))
    take_over(cashier, 2, RECONCILER_PIN)


def enter_what_the_platform_sold(cashier: Cashier) -> None:
    """非本机: 350 万元, of which 瓮安 39 万元."""
    cashier.presses("F10")
    cashier.presses("F4")
    enters_the_platform(cashier)
    cashier.presses("Esc")


def sign_the_day(cashier: Cashier) -> None:
    """日结: what differs is explained; the page and the table of the day are filed."""
    cashier.presses("F3")
    cashier.sees("day_close_net", "¥1,168.30")
    cashier.fills("day_note", "午班零钱点错 0.10，晚班顾客不要找零 1.00；已核对")
    cashier.fills("day_pin", RECONCILER_PIN)
    cashier.presses("F12")
    cashier.sees_in("day_close_state", "周会计")
    papers = TOUR / "data" / "papers"
    for kind in ("pdf", "xlsx"):
        cashier.waits(partial(_is_there, papers, f"T01-Z-*-*.{kind}"))
    cashier.presses("Esc")


def _is_there(folder: Path, pattern: str) -> bool:
    return bool(list(folder.rglob(pattern)))


def save_reports(cashier: Cashier) -> None:
    """The month by county as each kind of file, then other cuts of it."""
    cashier.presses("Shift+F7")
    cashier.waits(lambda: cashier.is_shown("report_table"))
    for cut, *kinds in (
        ("county", "xlsx", "csv", "pdf"),
        ("certified", "pdf"),
        ("product", "pdf", "xlsx"),
    ):
        cashier.touches_button(f"cut_{cut}")
        cashier.waits(lambda: cashier.find(QPushButton, "export_report").isEnabled())
        for kind in kinds:
            save_a_report(cashier, TOUR / "reports" / f"{cut}.{kind}")


def save_a_report(cashier: Cashier, file: Path) -> None:
    cashier.presses("F12")
    cashier.chooses("report_kind", file.suffix[1:])
    cashier.fills("report_path", str(file.absolute()))
    cashier.presses("F12")
    cashier.waits(file.is_file)
    cashier.presses("Esc")


def keep_and_verify() -> None:
    """By main.py: a backup that is checked, and what verifying the journal says."""
    folder = TOUR / "backup"
    folder.mkdir()
    run_main("backup", str((folder / "shop.db").absolute()))
    said = run_main("verify")
    (TOUR / "verify.txt").write_text(said, encoding="utf-8")


def run_main(*job: str) -> str:
    """What it says, on this shop and with its key. Raises CalledProcessError."""
    data = (TOUR / "data").absolute()
    ran = subprocess.run(
        [sys.executable, "main.py", "--data", str(data), *job],
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(data / "config"), "PYTHONUTF8": "1"},
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return ran.stdout


def summarize() -> DaySummary:
    """From a till that is opened once more on the file that the day left."""
    cashier = Cashier(TOUR / "data")
    work = cashier.application.work
    assert work is not None
    at = clock.now()
    with work.database.read() as session:
        day = summary.summarize(session, clock.business_date(at), at=at)
    cashier.leaves()
    return day


def totals_of(day: DaySummary) -> dict[str, object]:
    by_tender: dict[str, int] = {}
    for tender in day.tenders:
        before = by_tender.get(tender.method.value, 0)
        by_tender[tender.method.value] = before + tender.net.fen
    return {
        "receipts": day.receipts,
        "net": day.sums.net.fen,
        "discount": day.sums.discount.fen,
        "rounding": day.sums.rounding.fen,
        "pieces": day.goods.pieces,
        "grams": day.goods.grams,
        "by_county": {row.code: row.sums.net.fen for row in day.counties},
        "by_channel": {row.channel.value: row.sums.net.fen for row in day.places},
        "by_tender": by_tender,
    }


def collect_papers() -> None:
    """Each receipt as PDF and as bytes, and the day, where they are easy to find."""
    folder = TOUR / "papers"
    folder.mkdir()
    for paper in sorted((TOUR / "data" / "papers").rglob("*.*")):
        shutil.copy(paper, folder / paper.name)


# --- the pictures -----------------------------------------------------------------


def photograph_every_screen(evening: Path, language: Language) -> None:
    """At both sizes, over a copy of the shop as the evening left it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(evening, Path(folder) / "shop")
        cashier = Cashier(Path(folder) / "shop")
        begin_a_shift(cashier)
        cashier.leaves()
        screens = every_screen(Path(folder), language)
        for number, (name, cashier) in enumerate(screens):
            for size in SIZES:
                cashier.resizes(*size)
                picture = f"{number:02}-{name.replace(' ', '-')}.png"
                cashier.photographs(TOUR / f"{language.value}-{size[0]}" / picture)
            cashier.resizes(*SMALLEST)


if __name__ == "__main__":
    sys.exit(main())

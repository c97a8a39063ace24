"""In a child: use every page and every paper once, then tell the most memory held."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from models import clock
from models.office import summary
from tests.bench.watch import peak_kib
from tests.cashier import Cashier
from ui import style
from ui.page import Page

_CODES = ("6970019000008", "6970019000015")  # see tests.bench.shop


def use(folder: Path) -> int:
    app = QApplication([])
    style.apply(app)
    cashier = Cashier(folder)
    for code in _CODES:
        cashier.scans(code)
    assert len(cashier.basket()) == len(_CODES)
    cashier.presses("F12")
    cashier.presses("Enter")
    for page in Page:
        cashier.presses(page.key)
    _print_the_day(cashier)
    papers = folder / "papers"
    cashier.waits(lambda: len(list(papers.rglob("*.pdf"))) >= 3)
    peak = peak_kib()
    cashier.leaves()
    return peak


def _print_the_day(cashier: Cashier) -> None:
    work = cashier.application.work
    assert work is not None
    at = clock.now()
    with work.database.read() as session:
        day = summary.summarize(session, clock.business_date(at), at=at)
    work.papers.print_day_page(day)
    work.papers.print_day_slip(day)


if __name__ == "__main__":
    print(use(Path(sys.argv[1])))

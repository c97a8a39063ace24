"""A report over a period on A4: figures, charts and tables, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.i18n import Language, translator
from models.kinds import Cut
from models.money import Money
from models.office.day_record import Goods, Sums
from models.office.periods import Against, Period
from models.office.report_record import MonthRow, Report, ReportRow, permille
from receipts import report_bars, report_pdf, report_tables
from receipts.report_words import percent, period_name, row_name
from tests.receipts.pdf_reader import texts

_en, _zh = translator(Language.EN), translator(Language.ZH)
_NONE = Money.ZERO


def row(key: str, fen: int, label: str = "", **more: object) -> ReportRow:
    net = Money(fen)
    made = ReportRow(
        key=key,
        label=label,
        label_en="",
        colour="",
        receipts=3,
        goods=Goods(5, 1240),
        sums=Sums(net, _NONE, _NONE, net),
        elsewhere=_NONE,
        before=_NONE,
        target=None,
        so_far=_NONE,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # one field or another


def report(
    cut: Cut, rows: Sequence[ReportRow], months: int = 2, *, is_demo: bool = False
) -> Report:
    total = row("", sum(one.sums.net.fen for one in rows))
    period = Period(date(2026, 1, 1), date(2026, 1 + months - 1, 28))
    schemes = [row("east_west", total.sums.net.fen)] if cut is Cut.COUNTY else []
    nets = tuple(one.sums.net for one in rows)
    each = [MonthRow(part, total.sums.net, nets) for part in period.whole_months()]
    return Report(
        shop_name="山海惠农",
        till_code="T01",
        is_demo=is_demo,
        made_at=datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
        cut=cut,
        period=period,
        against=Against.BEFORE,
        compared=period.before(),
        rows=tuple(rows),
        total=total,
        schemes=tuple(schemes),
        months=tuple(each),
    )


def test_a_page_names_the_period_the_net_and_what_it_is_compared_with() -> None:
    rows = [row("522725:east_west", 39_000_000, "瓮安县", colour="#009E73")]
    pages = texts(report_pdf.render(report(Cut.COUNTY, rows), language=Language.EN))
    page = pages[0]
    for words in ("山海惠农", "￥390,000.00", "39.00", "2026-01-01", "瓮安县", "T01"):
        assert words in page
    assert "2025-11-01" in page.replace(" ", "") or "2025-" in page
    assert "cooperation, total" in " ".join(page.split())
    assert "DEMO" not in page


def test_a_demonstration_says_so() -> None:
    rows = [row("stall", 100)]
    made = report(Cut.CHANNEL, rows, 1, is_demo=True)
    [page] = texts(report_pdf.render(made, language=Language.EN))
    assert "DEMO" in page
    assert "Month by month" not in page  # there is one month


def test_targets_are_on_the_page_once_there_are_any() -> None:
    aim = row("east_west", 100, target=Money(20_000), so_far=Money(10_000))
    with_one = report(Cut.SCHEME, [aim])
    assert "50.0%" in "".join(texts(report_pdf.render(with_one, language=Language.EN)))


def test_many_rows_go_on_to_the_next_page_and_the_chart_shows_the_first() -> None:
    rows = [row(str(n), 1000 - n, f"产品{n}") for n in range(90)]
    made = report(Cut.PRODUCT, rows, months=12)
    pages = texts(report_pdf.render(made, language=Language.EN))
    assert len(pages) > 2
    assert "15" in pages[0]
    words = "".join(pages)
    assert "产品89" in words
    assert "Others" in words


def test_three_years_of_months_have_a_page_for_themselves() -> None:
    rows = [row(str(n), 1000 - n, f"产品{n}") for n in range(15)]
    made = report(Cut.PRODUCT, rows, months=12)
    period = Period(date(2024, 1, 1), date(2026, 12, 31))
    nets = tuple(one.sums.net for one in rows)
    months = [MonthRow(part, Money(9), nets) for part in period.whole_months()]
    made = replace(made, period=period, months=tuple(months))
    first, second, *_more = texts(report_pdf.render(made, language=Language.EN))
    assert "2024-01" not in first.replace("2024-01-01", "")
    assert "2024-02" in second


def test_a_shop_with_a_long_name_and_only_refunds_still_has_its_page() -> None:
    made = report(Cut.HOUR, [row("10", -100), row("11", 0)], months=1)
    made = replace(
        made, shop_name="瓮安县山海惠农东西部协作消费帮扶产品展销服务中心" * 2
    )
    assert texts(report_pdf.render(made, language=Language.ZH))
    bars = report_bars.row_bars(made, 15, Language.ZH, _zh)
    assert [(bar.label, bar.thousandths) for bar in bars.bars] == [("10:00", 0)]


def test_a_period_without_anything_says_so() -> None:
    empty = report(Cut.TERMS, [])
    empty = replace(empty, total=replace(empty.total, receipts=0))
    [page] = texts(report_pdf.render(empty, language=Language.EN))
    assert "Nothing was sold in this period." in page
    none_of_it = replace(row("own", 0), before=Money(100))
    lost = replace(report(Cut.TERMS, [none_of_it]), total=none_of_it)
    assert not lost.is_empty
    assert texts(report_pdf.render(lost, language=Language.EN))


@pytest.mark.parametrize(
    ("cut", "key", "label", "words"),
    [
        (Cut.COUNTY, ":none", "", "Not assisted"),
        (Cut.TENDER, "wechat:3:personal", "林晓", "WeChat 林晓 (personal code)"),
        (Cut.TENDER, "cash:0:", "", "Cash"),
        (Cut.OUTLET, "体育东展位", "", "体育东展位"),
        (Cut.HOUR, "09", "", "09:00"),
        (Cut.CHANNEL, "canteen", "", "Office canteen"),
        (Cut.CERTIFIED, "1", "", "Certified products"),
        (Cut.BUYER, "unit", "", "Bought by units"),
        (Cut.TERMS, "consignment", "", "Consigned"),
        (Cut.ALL, "", "", "All sales"),
    ],
)
def test_rows_have_names(cut: Cut, key: str, label: str, words: str) -> None:
    assert row_name(cut, row(key, 1, label), Language.EN, _en) == words


def test_a_percentage_is_rounded_once_and_dashes_stand_for_nothing_to_compare() -> None:
    assert percent(permille(Money(1), Money(3))) == "33.3%"
    assert percent(permille(Money(-2), Money(3)), signed=True) == "-66.7%"
    assert percent(permille(Money(12_345), Money(100)), signed=True) == "+12,345.0%"
    assert percent(permille(Money(0), Money(3)), signed=True) == "0.0%"
    assert percent(permille(Money(5), Money(0))) == "-"
    assert percent(row("own", 1).done_permille) == "-"


def test_one_day_is_named_once() -> None:
    day = date(2026, 11, 24)
    assert period_name(Period(day, day)) == "2026-11-24"


def test_a_county_without_its_schemes_subtotal_is_listed_all_the_same() -> None:
    made = report(Cut.COUNTY, [row("522725:partner_support", 100, "瓮安县")])
    rows = report_tables.main_table(made, Language.ZH, _zh)
    assert [one.cells[0] for one in rows.table.rows] == ["瓮安县"]

"""A report over a period on A4, as the office files it and sends it on."""

from __future__ import annotations

from reportlab.lib.units import mm

from assets import tokens
from models import clock
from models.i18n import Language, translator
from models.office.report_record import WITH_TARGETS, Report
from receipts import fonts
from receipts.charts import draw_chart, height_of
from receipts.day_words import ten_thousands
from receipts.report_bars import month_bars, row_bars
from receipts.report_tables import main_table, month_table, target_table
from receipts.report_words import against_name, percent, period_name, title_of
from receipts.sheet import LEFT, RIGHT, Sheet
from receipts.table_pdf import draw_table
from receipts.words import Translate

_MOST_BARS = 15  # the table has them all
_MOST_MONTHS = 36  # in a chart; the table has them all
_BOX = 27 * mm
_PAD = 4 * mm


def render(report: Report, *, language: Language) -> bytes:
    """Key figures, charts and tables, on as many pages as needed."""
    _ = translator(language)
    title = title_of(report, _)
    sheet = Sheet(title, f"{report.shop_name}  {title}")
    _heading(sheet, report, title, _)
    _key_figures(sheet, report, _)
    if report.is_empty:
        nothing = _("Nothing was sold in this period.")
        sheet.text(LEFT, sheet.down(8 * mm), nothing, 10)
        return sheet.pdf(_)
    _charts(sheet, report, language, _)
    tables = [main_table(report, language, _)]
    if report.cut in WITH_TARGETS and any(row.target for row in report.rows):
        tables.append(target_table(report, language, _))
    if len(report.months) > 1:
        tables.append(month_table(report, language, _))
    for one in tables:
        draw_table(sheet, one.table)
        sheet.down(3 * mm)
    return sheet.pdf(_)


def _heading(sheet: Sheet, report: Report, title: str, _: Translate) -> None:
    at = f"{clock.local(report.made_at):%Y-%m-%d %H:%M}"
    compared = _("Compared with {period}").format(period=period_name(report.compared))
    beside = (
        _("Till {code}").format(code=report.till_code),
        _("Made at {time}").format(time=at),
        compared,
    )
    top = sheet.y
    size = 16 if fonts.width_of(report.shop_name, 16, bold=True) < 110 * mm else 11
    sheet.text(LEFT, top - 6 * mm, report.shop_name, size, bold=True)
    sheet.text(LEFT, top - 13 * mm, title, 12, ink="accent", bold=True)
    if report.is_demo:
        y = sheet.down(5.5 * mm) - 13 * mm
        sheet.text(LEFT, y, _("DEMO - not real sales"), 12, ink="danger")
    for i, text in enumerate(beside):
        y = top - (3.5 + 4.8 * i) * mm
        sheet.text(RIGHT, y, text, 8.5, ink="ink_second", right=True)
    sheet.rule(sheet.down(17 * mm), ink="accent", thick=1.5)


def _key_figures(sheet: Sheet, report: Report, _: Translate) -> None:
    """The net with its 万元, and beside it what it is compared with."""
    sheet.down(4 * mm)
    bottom = sheet.down(_BOX)
    sheet.box(LEFT, bottom, RIGHT - LEFT, _BOX, tokens.colour("accent_tint"))
    top, x, total = sheet.y + _BOX, LEFT + _PAD, report.total
    sheet.text(x, top - 7 * mm, _("Net received"), 9, ink="ink_second")
    sheet.text(x, top - 15.5 * mm, f"￥{total.sums.net.grouped}", 21, bold=True)
    worth = ten_thousands(total.sums.net, _)
    sheet.text(x, top - 22.5 * mm, worth, 10, ink="ink_second")
    figures = (
        (_("Receipts"), f"{total.receipts:,}"),
        (_("Elsewhere"), total.elsewhere.grouped),
        (against_name(report.against, _), total.before.grouped),
        (_("Growth"), percent(total.change_permille, signed=True)),
    )
    for i, (name, figure) in enumerate(figures):
        right = RIGHT - _PAD - (1 - i % 2) * 44 * mm
        y = top - (6 + i // 2 * 12) * mm
        sheet.text(right, y, name, 8, ink="ink_second", right=True)
        sheet.text(right, y - 5.2 * mm, figure, 12, right=True)
    sheet.down(4 * mm)


def _charts(sheet: Sheet, report: Report, language: Language, _: Translate) -> None:
    """The rows, and below them the months."""
    rows = row_bars(report, _MOST_BARS, language, _)
    title = _("Net received")
    if len(report.rows) > _MOST_BARS:
        title = _("Net received, the first {n}").format(n=_MOST_BARS)
    charts = [(title, rows)]
    if 1 < len(report.months) <= _MOST_MONTHS:
        charts.append((_("Month by month"), month_bars(report)))
    for name, chart in charts:
        if chart.bars:
            if not sheet.room_for(height_of(chart)):
                sheet.turn()
            draw_chart(sheet, name, chart, LEFT, RIGHT - LEFT)
            sheet.down(height_of(chart) + 3 * mm)

"""The day's summary on A4, as the office files it."""

from __future__ import annotations

from reportlab.lib.units import mm

from assets import tokens
from models import clock
from models.i18n import Language, translator
from models.office.day_record import DaySummary
from models.quantity import kilograms
from receipts import fonts
from receipts.charts import draw_chart, height_of
from receipts.day_bars import county_bars, hour_bars
from receipts.day_tables import tables_of, taken_off
from receipts.day_words import refunds_counted, ten_thousands
from receipts.document import Bars
from receipts.sheet import LEFT, RIGHT, Sheet
from receipts.table_pdf import draw_table
from receipts.words import Translate

_MOST_COUNTIES = 15  # in the chart; the table has them all
_BOX = 27 * mm
_PAD = 4 * mm


def render(day: DaySummary, *, language: Language) -> bytes:
    """Key figures, charts and a table for each cut, on as many pages as needed."""
    _ = translator(language)
    title = _("Day summary {date}").format(date=day.business_date.isoformat())
    sheet = Sheet(title, f"{day.shop_name}  {title}")
    _heading(sheet, day, title, _)
    _key_figures(sheet, day, _)
    if not day.is_empty:
        _charts(sheet, day, language, _)
    else:
        nothing = _("Nothing was sold on this day.")
        sheet.text(LEFT, sheet.down(8 * mm), nothing, 10)
    for table in tables_of(day, language, _):
        draw_table(sheet, table)
        sheet.down(3 * mm)
    return sheet.pdf(_)


def _heading(sheet: Sheet, day: DaySummary, title: str, _: Translate) -> None:
    at = f"{clock.local(day.made_at):%Y-%m-%d %H:%M}"
    beside = [
        _("Till {code}").format(code=day.till_code),
        _("Made at {time}").format(time=at),
    ]
    if day.first_number:
        numbers = _("No. {first} to {last}")
        beside.append(numbers.format(first=day.first_number, last=day.last_number))
    top = sheet.y
    size = 16 if fonts.width_of(day.shop_name, 16, bold=True) < 120 * mm else 11
    sheet.text(LEFT, top - 6 * mm, day.shop_name, size, bold=True)
    sheet.text(LEFT, top - 13 * mm, title, 12, ink="accent", bold=True)
    if day.is_demo:
        x = LEFT + fonts.width_of(f"{title}  ", 12, bold=True)
        sheet.text(x, top - 13 * mm, _("DEMO - not real sales"), 12, ink="danger")
    for i, text in enumerate(beside):
        y = top - (3.5 + 4.8 * i) * mm
        sheet.text(RIGHT, y, text, 8.5, ink="ink_second", right=True)
    sheet.rule(sheet.down(17 * mm), ink="accent", thick=1.5)


def _key_figures(sheet: Sheet, day: DaySummary, _: Translate) -> None:
    """The day's net with its 万元, and beside it what makes it up."""
    sheet.down(4 * mm)
    bottom = sheet.down(_BOX)
    sheet.box(LEFT, bottom, RIGHT - LEFT, _BOX, tokens.colour("accent_tint"))
    top, x = sheet.y + _BOX, LEFT + _PAD
    sheet.text(x, top - 7 * mm, _("Net received"), 9, ink="ink_second")
    sheet.text(x, top - 15.5 * mm, f"￥{day.sums.net.grouped}", 21, bold=True)
    worth = ten_thousands(day.sums.net, _)
    if day.refunds:
        worth += f"   {refunds_counted(day.refunds, day.refunded, _)}"
    sheet.text(x, top - 22.5 * mm, worth, 10, ink="ink_second")
    figures = (
        (_("Receipts"), f"{day.receipts:,}"),
        (_("Pieces"), f"{day.goods.pieces:,}"),
        (_("kg"), kilograms(day.goods.grams)),
        (_("List value"), day.sums.list_total.grouped),
        (_("Discounts"), taken_off(day.sums.discount)),
        (_("Rounded off"), taken_off(day.sums.rounding)),
    )
    for i, (name, figure) in enumerate(figures):
        right = RIGHT - _PAD - (2 - i % 3) * 36 * mm
        y = top - (6 + i // 3 * 12) * mm
        sheet.text(right, y, name, 8, ink="ink_second", right=True)
        sheet.text(right, y - 5.2 * mm, figure, 12, right=True)
    sheet.down(4 * mm)
    if day.training:
        training = _("Training, in no sum")
        said = f"{training}  {day.training.grouped}"
        sheet.text(LEFT, sheet.down(4 * mm), said, 9, ink="ink_second")
        sheet.down(3 * mm)


def _charts(sheet: Sheet, day: DaySummary, language: Language, _: Translate) -> None:
    """Counties at the left, hours at the right."""
    width = (RIGHT - LEFT - 8 * mm) / 2
    counties, hours = county_bars(day, language, _), hour_bars(day, _)
    title = _("By county")
    if len(counties.bars) > _MOST_COUNTIES:
        counties = Bars(counties.bars[:_MOST_COUNTIES])
        title = _("By county, the first {n}").format(n=_MOST_COUNTIES)
    draw_chart(sheet, title, counties, LEFT, width)
    draw_chart(sheet, _("By hour"), hours, RIGHT - width, width)
    sheet.down(max(height_of(counties), height_of(hours)) + 3 * mm)

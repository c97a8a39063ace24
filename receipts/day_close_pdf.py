"""日结单 on A4, to be signed and filed."""

from __future__ import annotations

from reportlab.lib.units import mm

from assets import tokens
from models.i18n import Language, translator
from models.office.day_close_record import DayRecord
from receipts import fonts
from receipts.clean import clean
from receipts.day_close_tables import tables_of
from receipts.day_close_words import difference_name, signature_line
from receipts.day_words import ten_thousands
from receipts.sheet import LEFT, RIGHT, Sheet
from receipts.shift_words import moment
from receipts.table_pdf import draw_table
from receipts.words import Translate
from receipts.wrap import wrap

_BOX = 24 * mm
_PAD = 4 * mm
_SIGNATURES = 24 * mm
_NOTE = 9.0


def file_title(day: DayRecord, _: Translate) -> str:
    return _("Day close {date}").format(date=day.business_date.isoformat())


def render(day: DayRecord, *, language: Language) -> bytes:
    """Key figures, each table, the note, and the lines to sign on."""
    _ = translator(language)
    title = file_title(day, _)
    sheet = Sheet(title, f"{day.shop_name}  {title}")
    _heading(sheet, day, title, _)
    _key_figures(sheet, day, _)
    for table in tables_of(day, language, _):
        draw_table(sheet, table, is_whole=True)
        sheet.down(3 * mm)
    _note(sheet, day, _)
    _signatures(sheet, _)
    return sheet.pdf(_)


def _heading(sheet: Sheet, day: DayRecord, title: str, _: Translate) -> None:
    top = sheet.y
    size = 16 if fonts.width_of(day.shop_name, 16, bold=True) < 120 * mm else 11
    sheet.text(LEFT, top - 6 * mm, day.shop_name, size, bold=True)
    sheet.text(LEFT, top - 13 * mm, title, 12, ink="accent", bold=True)
    if day.is_demo:
        x = LEFT + fonts.width_of(f"{title}  ", 12, bold=True)
        sheet.text(x, top - 13 * mm, _("DEMO - not real sales"), 12, ink="danger")
    beside = (
        _("Till {code}").format(code=day.till_code),
        _("Made at {time}").format(time=moment(day.made_at)),
    )
    for i, said in enumerate(beside):
        y = top - (3.5 + 4.8 * i) * mm
        sheet.text(RIGHT, y, said, 8.5, ink="ink_second", right=True)
    sheet.rule(sheet.down(17 * mm), ink="accent", thick=1.5)


def _key_figures(sheet: Sheet, day: DayRecord, _: Translate) -> None:
    """The net and its 万元; beside it what differs, and who answers for the day."""
    sheet.down(4 * mm)
    bottom = sheet.down(_BOX)
    sheet.box(LEFT, bottom, RIGHT - LEFT, _BOX, tokens.colour("accent_tint"))
    top, x = sheet.y + _BOX, LEFT + _PAD
    sheet.text(x, top - 6.5 * mm, _("Net received"), 9, ink="ink_second")
    sheet.text(x, top - 14 * mm, f"￥{day.net.grouped}", 20, bold=True)
    sheet.text(x, top - 20 * mm, ten_thousands(day.net, _), 9, ink="ink_second")
    right = RIGHT - _PAD
    sheet.text(
        right, top - 6.5 * mm, _("Over or short"), 9, ink="ink_second", right=True
    )
    ink = "danger" if day.is_different else "ink"
    said = difference_name(day, _)
    sheet.text(right, top - 13 * mm, said, 13, ink=ink, bold=True, right=True)
    signed = signature_line(day, _)
    sheet.text(right, top - 20 * mm, signed, 9, ink="ink_second", right=True)
    sheet.down(4 * mm)


def _note(sheet: Sheet, day: DayRecord, _: Translate) -> None:
    if not day.note:
        return
    title = _("Note")
    said = f"{title}  {clean(day.note)}"
    for line in wrap(said, RIGHT - LEFT, lambda text: fonts.width_of(text, _NOTE)):
        if not sheet.room_for(5 * mm):
            sheet.turn()
        sheet.text(LEFT, sheet.down(5 * mm), line, _NOTE)
    sheet.down(2 * mm)


def _signatures(sheet: Sheet, _: Translate) -> None:
    """For the file in the office: names by hand beside those that were typed."""
    if not sheet.room_for(_SIGNATURES):
        sheet.turn()
    bottom = sheet.down(_SIGNATURES)
    names = (_("Cashier"), _("Reconciler"), _("Manager"))
    width = (RIGHT - LEFT) / len(names)
    for i, name in enumerate(names):
        x = LEFT + i * width
        sheet.text(x, bottom + 15 * mm, name, 9, ink="ink_second")
        line = tokens.colour("ink_second")
        sheet.box(x, bottom + 6 * mm, width - 8 * mm, 0.7, line)
        sheet.text(x, bottom + 1.5 * mm, _("Date"), 8, ink="ink_second")

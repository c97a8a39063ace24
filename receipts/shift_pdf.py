"""交班单 on A4, to be signed and filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reportlab.lib.units import mm

from assets import tokens
from models.i18n import Language, translator
from models.selling.shift_record import ShiftRecord
from receipts import fonts
from receipts.clean import clean
from receipts.sheet import LEFT, RIGHT, Sheet
from receipts.shift_sections import Entry, place_of, sections_of
from receipts.shift_slip import signers
from receipts.shift_words import file_title, moment, title_of
from receipts.words import Translate
from receipts.wrap import wrap

_SIGNATURES = 26 * mm
_GUTTER = 9 * mm
_WIDTH = (RIGHT - LEFT - _GUTTER) / 2
_TITLE, _SIZE, _SMALL = 10.0, 8.5, 7.5
_TITLE_HEIGHT, _LEADING, _SMALL_LEADING, _PAD = 20.0, 11.0, 9.5, 2.2
_MOST_VALUE = _WIDTH * 2 / 3
_GAP = 6.0  # between a name and its figure


@dataclass(frozen=True, slots=True)
class _Block:
    """One entry as it is set; its section's title above it if it is the first."""

    title: str
    is_first: bool
    name: tuple[str, ...]
    value: str
    details: tuple[str, ...]
    is_strong: bool

    @property
    def height(self) -> float:
        lines = len(self.name) * _LEADING + len(self.details) * _SMALL_LEADING
        return lines + 2 * _PAD + (_TITLE_HEIGHT if self.is_first else 0)


def render(shift: ShiftRecord, *, language: Language, copy: int = 0) -> bytes:
    """The sections of the slip in two columns, and three lines to sign on."""
    _ = translator(language)
    title = file_title(shift, _)
    sheet = Sheet(title, f"{shift.shop_name}  {title}")
    _heading(sheet, shift, copy, _)
    _columns(sheet, list(_blocks(shift, language, _)))
    if shift.z_number is not None:
        _signatures(sheet, _)
    return sheet.pdf(_)


def _heading(sheet: Sheet, shift: ShiftRecord, copy: int, _: Translate) -> None:
    top = sheet.y
    size = 16 if fonts.width_of(shift.shop_name, 16, bold=True) < 120 * mm else 11
    sheet.text(LEFT, top - 6 * mm, shift.shop_name, size, bold=True)
    title = f"{title_of(shift, _)}  {shift.z_name}".rstrip()
    sheet.text(LEFT, top - 13 * mm, title, 12, ink="accent", bold=True)
    marks = [_("DEMO - not real sales")] if shift.is_demo else []
    if copy:
        marks.append(_("Copy {n}").format(n=copy))
    x = LEFT + fonts.width_of(f"{title}  ", 12, bold=True)
    sheet.text(x, top - 13 * mm, "  ".join(marks), 12, ink="danger")
    beside = (
        place_of(shift),
        f"{shift.till_code}-{shift.number}  {shift.business_date.isoformat()}",
        _("Made at {time}").format(time=moment(shift.made_at)),
    )
    for i, said in enumerate(beside):
        y = top - (3.5 + 4.8 * i) * mm
        sheet.text(RIGHT, y, said, 8.5, ink="ink_second", right=True)
    sheet.rule(sheet.down(17 * mm), ink="accent", thick=1.5)


def _blocks(shift: ShiftRecord, language: Language, _: Translate) -> Iterator[_Block]:
    for section in sections_of(shift, language, _):
        for i, entry in enumerate(section.entries):
            yield _block(entry, section.title, is_first=i == 0)


def _block(entry: Entry, title: str, *, is_first: bool) -> _Block:
    def measure(text: str) -> float:
        return fonts.width_of(text, _SIZE, bold=entry.is_strong)

    value, details = clean(entry.value), clean(entry.details)
    if measure(value) > _MOST_VALUE:  # somebody's long name
        value, details = "", f"{value}  {details}".rstrip()
    room = _WIDTH - measure(value) - _GAP
    return _Block(
        title,
        is_first,
        tuple(wrap(clean(entry.name), room, measure)),
        value,
        tuple(wrap(details, _WIDTH, lambda text: fonts.width_of(text, _SMALL)))
        if details
        else (),
        entry.is_strong,
    )


def _columns(sheet: Sheet, blocks: list[_Block]) -> None:
    """Page by page; on the last one both columns end as evenly as they can.

    A section that goes on in another column has its title again.
    """
    sheet.down(2 * mm)
    while blocks:
        room = sheet.room - _SIGNATURES - _TITLE_HEIGHT
        heights = [block.height for block in blocks]
        left = _most(heights, room)
        right = _most(heights[left:], room)
        if left + right == len(blocks):
            left = _even(heights)
            right = len(blocks) - left
        top, ends = sheet.y, []
        for x, some in (
            (LEFT, blocks[:left]),
            (LEFT + _WIDTH + _GUTTER, blocks[left : left + right]),
        ):
            sheet.y = top
            for i, block in enumerate(some):
                if block.is_first or i == 0:
                    _title(sheet, block.title, x)
                _draw(sheet, block, x)
            ends.append(sheet.y)
        sheet.y = min(ends)
        blocks = blocks[left + right :]
        if blocks:
            sheet.turn()


def _most(heights: list[float], room: float) -> int:
    """How many fit below each other."""
    return sum(bottom <= room for bottom in accumulate(heights))


def _even(heights: list[float]) -> int:
    """How many at the left make the longer column shortest."""
    whole = sum(heights)
    lefts = list(accumulate(heights))
    return 1 + min(range(len(lefts)), key=lambda i: max(lefts[i], whole - lefts[i]))


def _title(sheet: Sheet, title: str, x: float) -> None:
    title_at = sheet.down(_TITLE_HEIGHT) + 5
    sheet.text(x, title_at, title, _TITLE, ink="accent", bold=True)
    sheet.box(x, sheet.y, _WIDTH, 0.9, tokens.colour("accent"))


def _draw(sheet: Sheet, block: _Block, x: float) -> None:
    sheet.down(_PAD)
    for i, text in enumerate(block.name):
        y = sheet.down(_LEADING) + 2.8
        sheet.text(x, y, text, _SIZE, bold=block.is_strong)
        if i == len(block.name) - 1:
            right = x + _WIDTH
            sheet.text(right, y, block.value, _SIZE, bold=block.is_strong, right=True)
    for text in block.details:
        y = sheet.down(_SMALL_LEADING) + 2.4
        sheet.text(x, y, text, _SMALL, ink="ink_second")
    sheet.down(_PAD)
    sheet.box(x, sheet.y, _WIDTH, 0.4, tokens.colour("line"))


def _signatures(sheet: Sheet, _: Translate) -> None:
    """Side by side, in the room that the columns have left for them."""
    bottom = sheet.down(_SIGNATURES)
    names = signers(_)
    width = (RIGHT - LEFT) / len(names)
    for i, name in enumerate(names):
        x = LEFT + i * width
        sheet.text(x, bottom + 16 * mm, name, 9, ink="ink_second")
        line = tokens.colour("ink_second")
        sheet.box(x, bottom + 6 * mm, width - 8 * mm, 0.7, line)
        sheet.text(x, bottom + 1.5 * mm, _("Date"), 8, ink="ink_second")

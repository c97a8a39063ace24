"""A table on A4: figures right, names wrapping, its head again on each page."""

from __future__ import annotations

from itertools import accumulate

from reportlab.lib.units import mm

from receipts import fonts
from receipts.clean import clean
from receipts.day_tables import Column, Table, TableRow
from receipts.sheet import LEFT, RIGHT, Sheet
from receipts.wrap import wrap

TITLE_SIZE = 11.0
_SIZE = 8.5
_LEADING = 12.0
_PAD = 2.2  # above and below the lines of a row
_GAP = 6.0  # between the text of two columns
_MARK = 5.5  # the county's square
_TITLE_HEIGHT = 9 * mm
_MOST_WHOLE = 160 * mm  # more than that of a page is not left empty


def draw_table(sheet: Sheet, table: Table, *, is_whole: bool = False) -> None:
    """Draw below what the page holds; a row is never cut by the page's end.

    One that ``is_whole`` begins on the next page if it is not too long for that.
    """
    edges = _edges(table.columns)
    head = TableRow(tuple(column.title for column in table.columns))
    start = _TITLE_HEIGHT + _height(head, table, edges)
    least = start + 3 * _height(table.rows[0], table, edges)
    if is_whole:
        whole = start + sum(_height(row, table, edges) for row in table.rows)
        least = whole if whole <= _MOST_WHOLE else least
    if not sheet.room_for(least):
        sheet.turn()
    title_at = sheet.down(_TITLE_HEIGHT) + 2 * mm
    sheet.text(LEFT, title_at, table.title, TITLE_SIZE, bold=True)
    _head(sheet, head, table, edges)
    for row in table.rows:
        if not sheet.room_for(_height(row, table, edges)):
            sheet.turn()
            _head(sheet, head, table, edges)
        _row(sheet, row, table, edges)


def _edges(columns: tuple[Column, ...]) -> list[float]:
    """Where each column begins, and at the end where the last one ends."""
    spare = RIGHT - LEFT - sum(column.width * mm for column in columns)
    share = spare / max(1, sum(not column.width for column in columns))
    widths = [column.width * mm or share for column in columns]
    return list(accumulate(widths, initial=LEFT))


def _start(table: Table, edges: list[float], i: int) -> float:
    """Where a column's text begins: not at once after the figures before it."""
    follows = i > 0 and table.columns[i - 1].is_figure
    is_figure = table.columns[i].is_figure
    return edges[i] + (2 * _GAP if follows and not is_figure else 0)


def _cells(row: TableRow, table: Table, edges: list[float]) -> list[list[str]]:
    def measure(text: str) -> float:
        return fonts.width_of(text, _SIZE, bold=row.is_total)

    lines = []
    for i, cell in enumerate(row.cells):
        room = edges[i + 1] - _start(table, edges, i)
        room -= 0 if table.columns[i].is_figure else _GAP
        lines.append(
            wrap(clean(cell), room - (_MARK + 3 if row.colour else 0), measure)
        )
    return lines


def _height(row: TableRow, table: Table, edges: list[float]) -> float:
    return max(map(len, _cells(row, table, edges))) * _LEADING + 2 * _PAD


def _head(sheet: Sheet, head: TableRow, table: Table, edges: list[float]) -> None:
    _write(sheet, head, table, edges, ink="ink_second")
    sheet.rule(sheet.y, ink="accent", thick=1)


def _row(sheet: Sheet, row: TableRow, table: Table, edges: list[float]) -> None:
    if row.is_total:
        sheet.rule(sheet.y, ink="ink_second", thick=0.7)
    _write(sheet, row, table, edges, ink="ink")
    sheet.rule(sheet.y)


def _write(
    sheet: Sheet, row: TableRow, table: Table, edges: list[float], *, ink: str
) -> None:
    top = sheet.y
    sheet.down(_height(row, table, edges))
    for i, lines in enumerate(_cells(row, table, edges)):
        is_figure = table.columns[i].is_figure
        x = edges[i + 1] if is_figure else _start(table, edges, i)
        if row.colour and i == 0:
            square = top - _PAD - _LEADING + 3
            sheet.box(x, square, _MARK, _MARK, row.colour)
            x += _MARK + 3
        for n, text in enumerate(lines, start=1):
            y = top - _PAD - n * _LEADING + 3.2
            hue = "danger" if i in row.differs else ink
            sheet.text(x, y, text, _SIZE, ink=hue, bold=row.is_total, right=is_figure)

"""A document as plain text of 32 or 48 columns, for the screen and for tests."""

from __future__ import annotations

from models.kinds import PaperWidth
from receipts.columns import COLUMNS, Line, columns_of, lay_out
from receipts.document import Align, Document


def render(document: Document, width: PaperWidth) -> str:
    """The lines as a printer sets them, without blanks at their ends."""
    lines = []
    for line in lay_out(document, width):
        shown = line if isinstance(line, Line) else _code(line.data)
        lines.append(_set(shown, COLUMNS[width]))
    return "\n".join(lines) + "\n"


def _code(data: str) -> Line:
    return Line(f"[{data}]", align=Align.CENTRE)


def _set(line: Line, columns: int) -> str:
    if line.align is Align.CENTRE:
        return (" " * ((columns - columns_of(line.text)) // 2) + line.text).rstrip()
    return line.text.rstrip()

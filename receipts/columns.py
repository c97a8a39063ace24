"""A document on paper of fixed columns, where a Chinese character takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.kinds import PaperWidth
from models.written import characters
from receipts.document import (
    Align,
    Bar,
    Bars,
    Document,
    Pair,
    Phrases,
    Qr,
    Row,
    Rule,
    Size,
    Text,
    Tone,
)
from receipts.wrap import wrap, wrap_pair, wrap_phrases

COLUMNS = {PaperWidth.MM58: 32, PaperWidth.MM80: 48}

_INDENT = {Tone.PART: "  "}
_BLOCK = "■"  # in GB 2312, so that the oldest printer has it; two columns
_AMOUNT = re.compile(r"(-?￥?\d[\d,]*\.\d\d元?[，, ]*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; centring is the printer's width's matter."""

    text: str
    size: Size = Size.NORMAL
    align: Align = Align.LEFT


@lru_cache(maxsize=4096)
def gbk(text: str) -> bytes | None:
    """What a Chinese printer is sent; None where GBK lacks a character."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        return None


def columns_of(text: str) -> int:
    """How many columns the text takes."""
    written = gbk(text)
    if written is not None:
        return len(written)
    return sum(1 if char[0].isascii() else 2 for char in characters(text))


def lay_out(document: Document, width: PaperWidth) -> Iterator[Line | Qr]:
    """The document's lines, none wider than the paper.

    An amount never shares a line with a character that GBK lacks, so that it is
    always sent as text.
    """
    columns = COLUMNS[width]
    for row in document.rows:
        for line in _lines_of(row, columns):
            if isinstance(line, Qr) or gbk(line.text) is not None:
                yield line
            else:
                yield from _apart(line)


def _apart(line: Line) -> Iterator[Line]:
    pieces: list[str] = []
    for piece in _AMOUNT.split(line.text):
        if pieces and piece and unicodedata.category(piece[0]).startswith("M"):
            pieces[-1] += piece  # a mark stays on what it stands on
        elif piece.strip():
            pieces.append(piece)
    if len(pieces) == 1:  # no amount: keep its place on the line
        yield line
        return
    for piece in pieces:
        yield Line(piece.rstrip(), line.size, line.align)


def _lines_of(row: Row, columns: int) -> Iterator[Line | Qr]:
    match row:
        case Text():
            yield from _text(row, columns)
        case Phrases():
            yield from map(Line, wrap_phrases(row.phrases, columns, columns_of))
        case Pair():
            yield from _pair(row, columns)
        case Rule():
            yield Line("-" * columns)
        case Qr():
            yield row
        case _:
            yield from _bars(row, columns)


def _text(row: Text, columns: int) -> Iterator[Line]:
    size = row.size
    if size is Size.BIG and columns_of(row.text) * 2 > columns:
        size = Size.STRONG
    for line in wrap(row.text, columns, columns_of):
        yield Line(line, size, row.align)


def _pair(row: Pair, columns: int) -> Iterator[Line]:
    size = Size.STRONG if row.tone is Tone.STRONG else Size.NORMAL
    indent = _INDENT.get(row.tone, "")
    room = columns - len(indent)
    left, right = gbk(row.left), gbk(row.right)
    if left is not None and right is not None:
        blank = room - len(left) - len(right)
        if blank > 0:  # nearly always: nothing to wrap, nothing to draw
            text = f"{indent}{row.left}{' ' * blank}{row.right}"
            yield Line(text.rstrip(), size)
            return
    for start, end in wrap_pair(row.left, row.right, room, 1, columns_of):
        if start and gbk(start) is None:  # its own line, drawn as a picture
            yield Line(indent + start, size)
            if end:
                yield Line(_between("", end, columns), size)
        else:
            yield Line(_between(indent + start, end, columns), size)


def _between(left: str, right: str, columns: int) -> str:
    blank = columns - columns_of(left) - columns_of(right)
    return f"{left}{' ' * blank}{right}".rstrip()


def _bars(row: Bars, columns: int) -> Iterator[Line]:
    labels = max(columns_of(bar.label) for bar in row.bars)
    values = max(columns_of(bar.value) for bar in row.bars)
    room = columns - labels - values - 2
    for bar in row.bars:
        if room >= 8 and gbk(bar.label) is not None:
            label = bar.label + " " * (labels - columns_of(bar.label) + 1)
            yield Line(_between(label + _blocks(bar, room), bar.value, columns))
        else:
            yield from _pair(Pair(bar.label, bar.value), columns)
            if bar.thousandths:
                yield Line(_blocks(bar, columns))
        if bar.note:
            yield from _pair(Pair(bar.note, "", Tone.PART), columns)


def _blocks(bar: Bar, room: int) -> str:
    return _BLOCK * (room // 2 * bar.thousandths // 1000)

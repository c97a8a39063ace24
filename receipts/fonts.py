"""The bundled fonts on paper: which one draws a character, and how wide it is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

import assets
from models.written import characters

PAPER = "NotoSansSC-Paper"  # GB 2312: small, so that it loads in no time
REGULAR = "NotoSansSC-Regular"  # everything, loaded when first needed
BOLD = "NotoSansSC-Bold"
MISSING = "□"

_BEYOND = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")
_log = logging.getLogger(__name__)
_to_unicode = ttfonts.makeToUnicodeCMap


def _to_unicode_in_utf_16(fontname: str, subset: Any) -> str:
    """As reportlab writes it, but characters beyond U+FFFF as two UTF-16 units.

    reportlab 5.1.0 writes five hex digits, so that such names copy as others.
    """

    def units(match: re.Match[str]) -> str:
        written = chr(int(match[2], 16)).encode("utf-16-be").hex().upper()
        return f"<{match[1]}> <{written}>"

    return _BEYOND.sub(units, _to_unicode(fontname, subset))


ttfonts.makeToUnicodeCMap = _to_unicode_in_utf_16


@cache
def _face(name: str) -> ttfonts.TTFontFace:
    """The font's face, registered with reportlab under ``name``."""
    font = ttfonts.TTFont(name, str(assets.path(f"fonts/{name}.ttf")))
    # Paper is cut from Regular and bears its name; reportlab would take one for both.
    font.face.name = name.encode()
    pdfmetrics.registerFont(font)
    return font.face


def canvas(file: BinaryIO, size: tuple[float, float], title: str) -> Canvas:
    """A PDF to draw on that is always the same for the same drawing."""
    _face(PAPER)  # else reportlab begins with its own font, which is not embedded
    begin: Any = Canvas  # its type wants a number where a font's name belongs
    page: Canvas = begin(file, pagesize=size, invariant=1, initialFontName=PAPER)
    page.setTitle(title)
    return page


@cache
def _choice(char: str, *, bold: bool) -> tuple[str, str, float]:
    """The font for a character, what it draws, and its width at size 1."""
    for name in (BOLD if bold else PAPER, REGULAR):
        face = _face(name)
        if ord(char) in face.charToGlyph:
            return name, char, pdfmetrics.stringWidth(char, name, 1)
    return _choice(drawable(char), bold=bold)


def drawable(character: str) -> str:
    """A letter with those of its marks that a font has; a box where it has no letter.

    What no font has is logged once.
    """
    letter, marks = character[0], character[1:]
    drawn = letter if _has(letter) else MISSING
    return drawn + "".join(filter(_has, marks))


@cache
def _has(char: str) -> bool:
    found = ord(char) in _face(REGULAR).charToGlyph
    if not found:
        _log.warning("No font draws U+%04X.", ord(char))
    return found


@lru_cache(maxsize=4096)
def _runs(text: str, *, bold: bool) -> tuple[tuple[str, str, float], ...]:
    """The text cut where the font changes: font, letters, width at size 1."""
    chosen = [_choice(char, bold=bold) for char in _letters(text)]
    runs = []
    for name, run in groupby(chosen, key=lambda choice: choice[0]):
        letters = list(run)
        drawn = "".join(letter[1] for letter in letters)
        runs.append((name, drawn, sum(letter[2] for letter in letters)))
    return tuple(runs)


def _letters(text: str) -> Iterator[str]:
    """Letters and marks one by one, without the marks that cannot be drawn."""
    for character in characters(text):
        yield from character if len(character) == 1 else drawable(character)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    return size * sum(run[2] for run in _runs(text, bold=bold))


def draw(
    canvas: Canvas, x: float, y: float, text: str, *, size: float, bold: bool = False
) -> None:
    """Draw ``text`` with its left end at ``x``, each run in a font that has it."""
    for name, letters, width in _runs(text, bold=bold):
        canvas.setFont(name, size)
        canvas.drawString(x, y, letters)
        x += size * width

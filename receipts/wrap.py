"""Breaking text into lines that fit, whatever a character's width is measured in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from models.written import characters

Measure = Callable[[str], float]

# A word stays whole, and closing punctuation stays with what it closes.
_TOKEN = re.compile(
    r" +|[!-~]+[，。、；：？！）》】”’]*|.[，。、；：？！）》】”’]*", re.DOTALL
)

_PHRASE = re.compile(r".+?(?:  +|$)", re.DOTALL)


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    """Lines of ``text`` no wider than ``room``; at least one.

    Breaks between words and between Chinese characters, and inside a word only
    where it alone is wider than a line; two blanks part phrases that stay whole.
    """
    if measure(text) <= room:
        return [text.rstrip()]
    if "  " in text:
        return wrap_phrases(_PHRASE.findall(text), room, measure)
    return _fill(_fitting(_tokens(text), room, measure), room, measure)


def wrap_phrases(phrases: Iterable[str], room: float, measure: Measure) -> list[str]:
    """Lines that break between phrases; inside one only where it fits on no line."""
    whole: list[str] = []
    for phrase in phrases:
        fits = measure(phrase.rstrip()) <= room
        whole += [phrase] if fits else _tokens(phrase)
    return _fill(_fitting(whole, room, measure), room, measure)


def _tokens(text: str) -> list[str]:
    """What may stand on a line of its own; a letter keeps its marks."""
    tokens = _TOKEN.findall(text)
    if text.isascii():
        return tokens
    starts = set(accumulate(map(len, characters(text)), initial=0))
    whole: list[str] = []
    at = 0
    for token in tokens:
        if at in starts:
            whole.append(token)
        else:
            whole[-1] += token
        at += len(token)
    return whole


def _fitting(tokens: list[str], room: float, measure: Measure) -> Iterator[str]:
    for token in tokens:
        if measure(token.rstrip()) <= room:
            yield token
        else:
            yield from characters(token)


def _fill(tokens: Iterator[str], room: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for token in tokens:
        width = measure(token)
        if line and used + measure(token.rstrip()) > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + token, used + width
    return [*lines, line.rstrip()]


def wrap_pair(
    left: str, right: str, room: float, gap: float, measure: Measure
) -> list[tuple[str, str]]:
    """Lines of a pair: the left part wraps, the right one stands on the last line.

    A right part that leaves less than half of the room wraps on lines of its own.
    """
    width = measure(right)
    if not right:
        return [(line, "") for line in wrap(left, room, measure)]
    if width > room / 2 and measure(left) + gap + width > room:
        own = wrap(right, room, measure)
        lines = [(line, "") for line in wrap(left, room, measure)] if left else []
        return [*lines, *(("", line) for line in own)]
    *first, last = wrap(left, room - gap - width, measure)
    return [*((line, "") for line in first), (last, right)]

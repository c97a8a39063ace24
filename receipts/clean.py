"""The one sanitiser: what reaches a paper is printable, composed and harmless."""

from __future__ import annotations

import unicodedata

from models.written import UNSEEN, is_noncharacter

# GBK printers know the full-width sign of the yuan and the plain hyphen only.
_FIX = str.maketrans({"¥": "￥", "–": "-", "‐": "-", "‑": "-", "−": "-"})


def clean(text: str) -> str:
    """``text`` without anything that could steer a printer or a reader.

    NFC; control, format and bidi characters, line separators, surrogates and
    whatever takes no room are dropped; every kind of blank becomes a plain one. What
    this Python does not know yet, or a font alone knows, stays: it is drawn as a box.
    """
    if text.isascii() and text.isprintable():
        return text
    text = UNSEEN.sub("", text)
    if not text.isprintable():
        text = "".join(map(_printable, text))
    return unicodedata.normalize("NFC", text).translate(_FIX)


def _printable(char: str) -> str:
    if char.isprintable() or char == "\u3000":  # the ideographic space is in GBK
        return char
    category = unicodedata.category(char)
    if category in {"Cn", "Co"} and not is_noncharacter(char):
        return char
    return " " if category == "Zs" else ""

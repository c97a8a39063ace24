"""The one sanitiser: what reaches a paper is printable, composed and harmless."""

from __future__ import annotations

import re
import unicodedata

# Characters that draw nothing but pass as printable: fillers, joiners, selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
# GBK printers know the full-width sign of the yuan and the plain hyphen only.
_FIX = str.maketrans({"¥": "￥", "–": "-", "‐": "-", "‑": "-", "−": "-"})


def clean(text: str) -> str:
    """``text`` without anything that could steer a printer or a reader.

    NFC; control, format and bidi characters, line separators, surrogates and
    whatever takes no room are dropped; every kind of blank becomes a plain one.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(map(_printable, text))
    return _UNSEEN.sub("", text).translate(_FIX)


def _printable(char: str) -> str:
    if char.isprintable() or char == "\u3000":  # the ideographic space is in GBK
        return char
    return " " if unicodedata.category(char) == "Zs" else ""

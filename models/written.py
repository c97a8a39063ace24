"""Words that people type, paste or bring in tables: tidy, and in whole characters."""

from __future__ import annotations

import re
import unicodedata

from models.errors import InvisibleCharacters, TooLong, WordsRefused

LONGEST = 200  # characters of any words

# Nothing is seen of them and they change nothing but what is found: zero-width blanks
# and joiners, marks of direction, soft hyphens, fillers, selectors and tags.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
# What a cell of a table or a chat ends its lines and parts its words with.
_BLANKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
# Controls, overrides of direction, halves of characters.
_REFUSED = {"Cc", "Cf", "Cs"}

_SKIN = range(0x1F3FB, 0x1F400)
_FLAG = range(0x1F1E6, 0x1F200)  # two letters are one flag


def tidy(words: str, *, most: int = LONGEST) -> str:
    """``words`` as they are stored, told from others and found again.

    Composed (NFC), on one line, without blanks around them and without what nobody
    sees. Raises InvisibleCharacters for what would steer a screen or a printer, and
    TooLong.
    """
    if not (words.isascii() and words.isprintable()):
        words = _BLANKS.sub(" ", UNSEEN.sub("", words))
        words = unicodedata.normalize("NFC", words)
        if not words.isprintable() and any(map(_is_refused, words)):
            raise InvisibleCharacters
    words = words.strip()
    if len(words) > most:
        raise TooLong(most)
    return words


def tidy_field(words: str, field: str) -> str:
    """The words of a form's field, tidy. Raises WordsRefused naming the field."""
    try:
        return tidy(words)
    except (InvisibleCharacters, TooLong) as error:
        raise WordsRefused(field, error) from error


def findable(words: str) -> str:
    """``words`` as a search compares them with what is stored; never refused.

    What no stored words hold is left out, as half a character that was pasted.
    """
    if words.isascii() and words.isprintable():
        return words.strip()
    words = _BLANKS.sub(" ", UNSEEN.sub("", words))
    kept = "".join(one for one in words if not _is_refused(one))
    return unicodedata.normalize("NFC", kept).strip()


def is_noncharacter(char: str) -> bool:
    """Whether Unicode keeps this code from ever being a character."""
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def characters(text: str) -> list[str]:
    """``text`` in what a reader takes for one character: a letter with its marks."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for char in text:
        if found and _belongs(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _belongs(before: str, char: str) -> bool:
    if ord(char) in _FLAG:
        return len(before) == 1 and ord(before) in _FLAG
    return ord(char) in _SKIN or unicodedata.category(char).startswith("M")


def _is_refused(char: str) -> bool:
    return unicodedata.category(char) in _REFUSED or is_noncharacter(char)

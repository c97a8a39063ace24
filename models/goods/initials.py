"""Pinyin initials of a name, so that goods are found by typing "hmg" for 花蜜瓜."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

_MOST_VARIANTS = 16  # RULINGS.md 5: the phrase reading first, then at most these
_MOST_WORDS = 20_000  # kept with their letters: names share words


def initials_of(name: str) -> str:
    """The initials of the phrase reading and of other readings, separated by blanks.

    Characters that are no Han character stand as they are, in lower case.
    """
    # 0.2 s and 40 MiB, needed only when a product is saved
    from pypinyin.seg.simpleseg import seg  # noqa: PLC0415  # slow, and seldom needed

    kept = "".join(character for character in name if character.isalnum())
    if not kept:
        return ""
    readings = [letters for word in seg(kept) for letters in _letters_of(word)]
    phrase = "".join(first for first, _all in readings)
    variants = map("".join, product(*(letters for _first, letters in readings)))
    others = islice((text for text in variants if text != phrase), _MOST_VARIANTS)
    return " ".join(dict.fromkeys((phrase, *others)))


@lru_cache(_MOST_WORDS)
def _letters_of(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Of each character the initial it has in this word, and all it may have."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  # slow, and seldom needed

    first = pinyin(word, style=Style.FIRST_LETTER)
    every = pinyin(word, style=Style.FIRST_LETTER, heteronym=True)
    return tuple(
        (found[0].lower(), tuple(dict.fromkeys(one.lower() for one in sorted(letters))))
        for found, letters in zip(first, every, strict=True)
    )

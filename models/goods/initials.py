"""Pinyin initials of a name, so that goods are found by typing "hmg" for 花蜜瓜."""

from __future__ import annotations

from itertools import islice, product

_MOST_VARIANTS = 16  # RULINGS.md 5: the phrase reading first, then at most these


def initials_of(name: str) -> str:
    """The initials of the phrase reading and of other readings, separated by blanks.

    Characters that are no Han character stand as they are, in lower case.
    """
    # 0.2 s and 40 MiB, needed only when a product is saved
    from pypinyin import Style, pinyin  # noqa: PLC0415

    kept = "".join(character for character in name if character.isalnum())
    if not kept:
        return ""
    phrase = "".join(
        found[0] for found in pinyin(kept, style=Style.FIRST_LETTER)
    ).lower()
    readings = [
        sorted(set(found))
        for found in pinyin(kept, style=Style.FIRST_LETTER, heteronym=True)
    ]
    variants = ("".join(letters).lower() for letters in product(*readings))
    others = islice((text for text in variants if text != phrase), _MOST_VARIANTS)
    return " ".join(dict.fromkeys((phrase, *others)))

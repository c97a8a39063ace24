"""The terms that goods are indexed by, and those that typed words ask for.

A piece of a name is asked for by threes of characters in a row (富硒大米 by 富硒大 and
硒大米), one or two characters as themselves; beginnings and ends are terms of their
own, marked by kind. So a search reads short lists that are ready and in order, and
never merges or sorts them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.written import findable

MOST_TYPED = 60  # characters of a search that count
_LONGEST = 20  # characters of a beginning or an end that count

# No letters: a name that holds them loses them.
_BEGINNING = "\ue000"  # of the initials or the SKU
_WORD = "\ue001"  # the beginning of an English word
_END = "\ue002"  # of a barcode

# Signs become full-width ones, which FTS5's "ascii" tokenizer and its query language
# take for letters: each stands for itself.
_SIGNS: dict[int, int | None] = {
    code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()
}
_SIGNS |= dict.fromkeys((*range(0x20), 0x7F, *map(ord, (_BEGINNING, _WORD, _END))))


@dataclass(frozen=True, slots=True)
class Goods:
    """What a product can be found by."""

    name: str
    name_en: str
    initials: str  # readings with blanks between them
    sku: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A search in FTS5's language."""

    matching: str
    beginning: str  # of these the initials or the SKU begin with what was typed


def terms_of(goods: Goods) -> str:
    """All terms of a product, with blanks between them."""
    name = "".join(_words(goods.name))
    words = _words(goods.name_en)
    signs = [sign for word in words for sign in word if not sign.isalnum()]
    beginnings = [*_words(goods.initials), *_words(goods.sku)]
    starts = [start for word in words for start in _starts(word)]
    ends = ["".join(_words(code))[::-1] for code in goods.codes]
    return " ".join(
        [
            *_runs(name, 3),  # in a row, and nothing else of three characters
            *dict.fromkeys([*name, *signs, *_runs(name, 2)]),
            *_marked(_BEGINNING, beginnings),
            *_marked(_WORD, starts),
            *_marked(_END, ends),
        ]
    )


def query_for(typed: str) -> Query | None:
    """What to ask the index for; None if nothing was typed.

    Each word must be found; or all of them in a row are initials, an SKU or a barcode.
    """
    words = _words(findable(typed)[:MOST_TYPED])
    if not words:
        return None
    whole = "".join(words)
    beginning = _asked(_BEGINNING + whole[:_LONGEST])
    every = " AND ".join(f"({_one(word)})" for word in words)
    if len(words) == 1:
        return Query(every, beginning)
    return Query(f"({every}) OR {beginning} OR {_end(whole)}", beginning)


def _one(word: str) -> str:
    inside = " ".join(_runs(word, 3)) or word
    first = word[:_LONGEST]
    return " OR ".join(
        (_asked(inside), *(_asked(kind + first) for kind in _FRONTS), _end(word))
    )


_FRONTS = (_BEGINNING, _WORD)


def _end(word: str) -> str:
    return _asked(_END + word[::-1][:_LONGEST])


def _asked(terms: str) -> str:
    """Terms in a row; none of them can hold a quotation mark."""
    return f'"{terms}"'


def _words(text: str) -> list[str]:
    """As the index has it: half-width, lower case, signs told from FTS5's own."""
    words = unicodedata.normalize("NFKC", findable(text)).lower().split()
    return [found for word in words if (found := word.translate(_SIGNS))]


def _runs(text: str, length: int) -> list[str]:
    """Every piece of the text of that length."""
    return [text[at : at + length] for at in range(len(text) - length + 1)]


def _starts(word: str) -> Iterator[str]:
    """The word from where its letters begin: thin-shell and shell."""
    for at in range(len(word)):
        if at == 0 or not word[at - 1].isalnum():
            yield word[at:]


def _marked(kind: str, texts: Iterable[str]) -> dict[str, None]:
    """Every beginning of the texts, once each, marked by its kind."""
    return dict.fromkeys(
        kind + text[:length]
        for text in texts
        for length in range(1, min(len(text), _LONGEST) + 1)
    )

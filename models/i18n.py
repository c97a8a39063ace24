"""What people read, in the language in use: Chinese first, English second."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from enum import StrEnum
from functools import cache

import assets


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


_DOMAIN = "shanhai"


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language is Language.EN:  # the messages in the code are English already
        return gettext.NullTranslations()
    return gettext.translation(
        _DOMAIN, assets.path("translations"), languages=["zh_CN"]
    )


_in_use = [Language.ZH]


def use_language(language: Language) -> None:
    """Speak ``language`` from now on, in the whole program."""
    _in_use[0] = language


def language() -> Language:
    return _in_use[0]


def translator(language: Language) -> Callable[[str], str]:
    """The ``_`` of a paper, whose language need not be the one on screen."""
    return _catalogue(language).gettext


def _(message: str) -> str:
    return _catalogue(_in_use[0]).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    return _catalogue(_in_use[0]).ngettext(one, many, n)


def pick(zh: str, en: str) -> str:
    """The name in the language in use; the Chinese one where there is no English."""
    return en if _in_use[0] is Language.EN and en else zh

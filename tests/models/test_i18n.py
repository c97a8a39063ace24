"""Languages: Chinese first, English second, papers in a language of their own."""

from __future__ import annotations

from models import i18n
from models.errors import EmptyBasket
from models.i18n import Language


def test_chinese_is_spoken_from_the_start() -> None:
    assert i18n.language() is Language.ZH
    assert str(EmptyBasket()) != _in_english()


def _in_english() -> str:
    i18n.use_language(Language.EN)
    try:
        return str(EmptyBasket())
    finally:
        i18n.use_language(Language.ZH)


def test_a_sentence_follows_the_language_even_if_it_was_made_before() -> None:
    error = EmptyBasket()
    i18n.use_language(Language.EN)
    assert i18n.language() is Language.EN
    assert str(error) == "The basket is empty. Scan a product or tap a tile."
    i18n.use_language(Language.ZH)
    assert str(error) != "The basket is empty. Scan a product or tap a tile."


def test_a_paper_may_speak_another_language_than_the_screen() -> None:
    message = "The basket is empty. Scan a product or tap a tile."
    assert i18n.translator(Language.EN)(message) == message
    assert i18n.translator(Language.ZH)(message) != message
    assert i18n.language() is Language.ZH


def test_a_count_takes_the_form_of_its_number() -> None:
    i18n.use_language(Language.EN)
    assert i18n.ngettext("{n} item", "{n} items", 1) == "{n} item"
    assert i18n.ngettext("{n} item", "{n} items", 2) == "{n} items"


def test_a_name_is_picked_by_language_and_chinese_where_english_is_missing() -> None:
    assert i18n.pick("核桃", "Walnuts") == "核桃"
    i18n.use_language(Language.EN)
    assert i18n.pick("核桃", "Walnuts") == "Walnuts"
    assert i18n.pick("核桃", "") == "核桃"

"""What is told to the cashier: a whole sentence per situation, in both languages."""

from __future__ import annotations

import inspect

import pytest

from models import errors, i18n
from models.errors import PosError
from models.i18n import Language
from models.money import Money
from models.office import refusals as of_office
from models.people import refusals as of_people
from models.restore import refusals as of_restore
from models.selling import refusals as of_selling

_IN_FULL = (errors, of_selling)
_PLAIN_ONLY = (of_office, of_people, of_restore)  # what has fields is told in its test


def _all_situations() -> list[type[PosError]]:
    """Every class that is raised itself; bases of a group have no sentence."""
    found = [
        member
        for module in (*_IN_FULL, *_PLAIN_ONLY)
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, PosError)
        and (module in _IN_FULL or member.__init__ is PosError.__init__)
    ]
    return list(dict.fromkeys(one for one in found if "__str__" in vars(one)))


def _example(situation: type[PosError]) -> tuple[PosError, list[str]]:
    """One of its kind, and the words that its sentence must repeat."""
    if situation.__init__ is PosError.__init__:
        return situation(), []
    parameters = inspect.signature(situation).parameters.values()
    values: list[object] = [
        Money(1234) if one.annotation == "Money" else f"«{one.name}»"
        for one in parameters
    ]
    return situation(*values), [str(value) for value in values]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("situation", _all_situations())
def test_each_situation_is_one_sentence_with_its_fields(
    situation: type[PosError], language: Language
) -> None:
    error, words = _example(situation)
    i18n.use_language(language)
    sentence = str(error)
    assert sentence.strip()
    assert sentence != situation.__name__
    assert "{" not in sentence
    for word in words:
        assert word in sentence
    if language is Language.ZH:
        assert any("\u4e00" <= character <= "\u9fff" for character in sentence)
    assert error.args == tuple(getattr(error, name) for name in vars(error))


def test_only_bases_of_a_group_have_no_sentence() -> None:
    silent = {
        member
        for _, member in inspect.getmembers(errors, inspect.isclass)
        if issubclass(member, PosError) and "__str__" not in vars(member)
    }
    assert silent == {PosError, errors.DatabaseUnavailable, errors.ProductNotSaved}

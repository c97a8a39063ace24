"""山海收银 (Shanhai POS): the till's window, or one job done without it.

Exit codes: 0 done; 1 not done, and one sentence says why; 2 the command line cannot be
understood; 3 there is no display to show a window on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from models.database import Database
    from models.i18n import Language
    from models.office.imports import Look

# All else is imported by what needs it: the window must come at once, and a job without
# a window needs no Qt.


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; returns the exit code."""
    asked = _parser().parse_args(arguments)

    from models import i18n
    from models.errors import PosError

    language = i18n.Language(asked.lang) if asked.lang else None
    i18n.use_language(language or i18n.Language.ZH)
    try:
        folder = _folder(asked.data, is_demo=asked.demo)
        _start_log(folder)
        if asked.job is None:
            return _show_window(folder, asked, language)
        job: Callable[[Path, argparse.Namespace], None] = asked.job
        job(folder, asked)
    except PosError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _show_window(
    folder: Path, asked: argparse.Namespace, language: Language | None
) -> int:
    from ui import application

    return application.run(
        folder, language=language, is_demo=asked.demo, fullscreen=asked.fullscreen
    )


def _folder(given: Path | None, *, is_demo: bool) -> Path:
    """Where the shop's file lies, made if it is not there. Raises FileReadOnly."""
    from models.errors import FileReadOnly

    if given is None:
        from platformdirs import user_data_path

        given = user_data_path("Shanhai POS", appauthor=False)
    folder = given / "demo" if is_demo else given
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileReadOnly from error
    return folder


def _start_log(folder: Path) -> None:
    import logging

    from models import logs

    logging.raiseExceptions = False  # nor is anybody interrupted later
    with suppress(OSError):  # what cannot be written to is told of by who needs it
        logs.start(folder)


# --- jobs without a window ------------------------------------------------------


def _summary(folder: Path, asked: argparse.Namespace) -> None:
    """Write one day as an A4 PDF, as the slip of the till's printer, and as JSON."""
    from models import clock, settings
    from models.i18n import Language
    from models.kinds import PaperWidth
    from models.office import day_json, summary
    from receipts import day_pdf, day_slip, pdf

    now = clock.now()
    date_: date = asked.date or clock.business_date(now)
    with _shop(folder, asked) as database, database.read() as session:
        day = summary.summarize(session, date_, at=now)
        stored = settings.load(session).paper_language
    language = Language(asked.lang) if asked.lang else stored
    slip = day_slip.slip_for(day, language=language)
    name = f"summary-{date_.isoformat()}"
    _write(asked.out / f"{name}.pdf", day_pdf.render(day, language=language))
    _write(asked.out / f"{name}-slip.pdf", pdf.render(slip, PaperWidth.MM80))
    _write(asked.out / f"{name}.json", day_json.render(day).encode())


def _import_catalog(folder: Path, asked: argparse.Namespace) -> None:
    """Import a table of goods, all of it or nothing; --dry-run stores nothing."""
    import tempfile

    from models.i18n import _
    from models.office import imports, table_files
    from models.office.refusals import TableRefused

    encoding = table_files.Encoding[asked.encoding] if asked.encoding else None
    with _shop(folder, asked) as database, tempfile.TemporaryDirectory() as aside:
        look = imports.look_at(
            asked.file.absolute(),
            encoding,
            shop=database.path.absolute(),
            staged=Path(aside) / "staged.db",
        )
        for error in look.errors:
            print(error, file=sys.stderr)
        if look.wrong:
            raise TableRefused(look.wrong)
        if not asked.dry_run:
            _store(folder, database, look)
    print(
        _("{new} new, {changed} changed, {same} unchanged.").format(
            new=look.new, changed=look.changed, same=look.same
        )
    )
    if asked.dry_run:
        print(_("This was a trial: nothing was stored."))


def _export_catalog(folder: Path, asked: argparse.Namespace) -> None:
    """Write all goods as CSV or XLSX, which import-catalog reads back."""
    from models import i18n
    from models.office import exports, table_writing

    kind = table_writing.kind_of(asked.file)
    with _shop(folder, asked) as database, database.read() as session:
        table = exports.catalogue(session, i18n.language())
    table_writing.write(asked.file, table_writing.render(table, kind))
    _say_written(asked.file)


def _store(folder: Path, database: Database, look: Look) -> None:
    """Store an import while no window has the shop. Raises ShopInUse."""
    from models import clock, places
    from models.errors import ShopInUse
    from models.office import imports, staged_goods
    from ui.instance import Instance

    instance = Instance(folder)
    if not instance.claim():
        raise ShopInUse
    try:
        with database.write_beside(look.staged) as session:
            till = places.this_till(session)
            assert till is not None, "_shop looked"
            imports.store(session, look, outlet_id=till.outlet.id, at=clock.now())
        is_left = True
        while is_left:
            with database.write_beside(look.staged) as session:
                is_left = staged_goods.let_some_be_found(session)
    finally:
        instance.release()


def _backup(folder: Path, asked: argparse.Namespace) -> None:
    """Copy the shop's file and check the copy, also while the window is open."""
    from models.office import backup

    with _shop(folder, asked) as database:
        _say_written(backup.make(database, asked.file))


def _restore(folder: Path, asked: argparse.Namespace) -> None:
    """Go back to a backup, after showing what would be lost; the till is closed."""
    from models import clock, i18n
    from models.errors import ShopInUse
    from models.file_format import FILE_NAME
    from models.i18n import _
    from models.restore import restoring
    from ui import backup_words
    from ui.instance import Instance

    instance = Instance(folder)
    if not instance.claim():
        raise ShopInUse
    try:
        plan = restoring.plan(asked.file.absolute(), folder / FILE_NAME)
        if asked.lang is None:
            i18n.use_language(plan.contents.language)
        print(*backup_words.contents(plan.contents), sep="\n")
        print(*backup_words.lost(plan), sep="\n")
        if not (asked.yes or _is_sure()):
            print(_("Nothing was restored."))
            return
        kept = restoring.restore(plan, at=clock.now())
    finally:
        instance.release()
    print(_("The shop is as it was at that time."))
    if kept is not None:
        _say_written(kept)


def _is_sure() -> bool:
    from models.i18n import _

    print(_("Type yes to go back to it:"), end=" ", flush=True)
    return sys.stdin.readline().strip().lower() in {"yes", "y", "是", _("yes")}


def _verify(folder: Path, asked: argparse.Namespace) -> None:
    """Verify the journal and compare it with the tables; exits 1 if it is broken."""
    from models.errors import JournalBroken
    from models.trust import keyed, words
    from models.trust.verify import verify

    with _shop(folder, asked) as database:
        here = keyed.on_this_machine(database, _config_folder())
        report = verify(database, key=here.key, anchor=here.tip)
        for line in words.lines(report):
            print(line)
    if not report.is_good:
        raise JournalBroken


def _config_folder() -> Path:
    """Where the shop's key lies."""
    from platformdirs import user_config_path

    return user_config_path("Shanhai POS", appauthor=False)


@contextmanager
def _shop(folder: Path, asked: argparse.Namespace) -> Iterator[Database]:
    """The shop in the folder, which speaks its own language unless one was chosen.

    Raises NoShopYet, DatabaseUnavailable.
    """
    from models import i18n, places, schema, settings
    from models.errors import NoShopYet
    from models.file_format import FILE_NAME
    from models.trust import keyed

    if not (folder / FILE_NAME).is_file():
        raise NoShopYet
    database = schema.open_shop(folder / FILE_NAME)
    try:
        with database.read() as session:
            if places.this_till(session) is None:
                raise NoShopYet
            if asked.lang is None:
                i18n.use_language(settings.load(session).language)
        database.journal_key = keyed.on_this_machine(database, _config_folder()).key
        yield database
    finally:
        database.close()


def _write(path: Path, content: bytes) -> None:
    """Raises NotWritten."""
    from models.errors import NotWritten

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise NotWritten(str(path)) from error
    _say_written(path)


def _say_written(path: Path) -> None:
    from models.i18n import _

    print(_("Written: {file}").format(file=path))


# --- the command line -----------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    from models.version import VERSION

    about, _blank, exit_codes = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="main.py", description=about, epilog=exit_codes, parents=[_common()]
    )
    parser.add_argument(
        "--fullscreen", action="store_true", help="the window fills the screen"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    parser.set_defaults(data=None, lang=None, demo=False, job=None)
    jobs = parser.add_subparsers(title="jobs without a window", metavar="JOB")

    def add(name: str, job: Callable[..., None]) -> argparse.ArgumentParser:
        about = job.__doc__
        made = jobs.add_parser(name, help=about, description=about, parents=[_common()])
        made.set_defaults(job=job)
        return made

    summary = add("summary", _summary)
    summary.add_argument(
        "--date", type=_date, metavar="YYYY-MM-DD", help="business date; now if absent"
    )
    summary.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="where to write"
    )
    imported = add("import-catalog", _import_catalog)
    imported.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX")
    imported.add_argument("--dry-run", action="store_true", help="store nothing")
    imported.add_argument(
        "--encoding",
        choices=["UTF8", "UTF16", "GB18030"],
        help="of a CSV; found if absent",
    )
    exported = add("export-catalog", _export_catalog)
    exported.add_argument("file", type=Path, metavar="FILE", help=".csv or .xlsx")
    backup = add("backup", _backup)
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy to make")
    restored = add("restore", _restore)
    restored.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restored.add_argument("--yes", action="store_true", help="do not ask")
    add("verify", _verify)
    return parser


def _common() -> argparse.ArgumentParser:
    """What may stand before a job as well as after it.

    Each parser needs its own, or the defaults of one become those of all.
    """
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder of the shop's file"
    )
    common.add_argument("--lang", choices=["zh", "en"], help="Chinese or English")
    common.add_argument(
        "--demo", action="store_true", help="a shop to try out, in a folder of its own"
    )
    return common


def _date(text: str) -> date:
    from datetime import date

    return date.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main())

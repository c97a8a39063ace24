"""Backups in two places: the shop's own folder, and the one that was chosen."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models import clock, i18n, places, schema, settings
from models.database import Database
from models.errors import BackupFailed
from models.i18n import Language
from models.office import backup, backups, packing
from tests import invariants
from tests.damage import flip
from tests.shop import AT, Shop, sell


@pytest.fixture
def stick(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the backups lie on a stick that was chosen."""
    i18n.use_language(Language.EN)
    place = backups.choose(shop.database, tmp_path_factory.mktemp("stick"))
    _remember(shop, str(place))
    return place


def _remember(shop: Shop, folder: str) -> None:
    with shop.database.write() as session:
        chosen = replace(settings.load(session), backup_folder=folder)
        settings.save(session, chosen)


def _own(shop: Shop) -> Path:
    return shop.database.path.parent / backups.FOLDER


def _days(folder: Path) -> list[str]:
    return sorted(one.name[18:28] for one in folder.glob("shop-T01-*.db.gz"))


def _unpacked(path: Path) -> Database:
    plain = path.with_name("unpacked.db")
    packing.unpack(path, plain)
    return schema.open_shop(plain)


def test_without_another_folder_backups_lie_beside_the_shop_s_file(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    done = backups.make_all(shop.database, AT)
    newest = done.own.newest
    assert newest is not None
    assert (done.second, done.trouble) == (None, "")
    assert newest.size == newest.path.stat().st_size
    assert newest.path.name.startswith("shop-T01-")
    assert newest.path.name.endswith("-2026-11-24-103000.db.gz")
    assert backups.look(shop.database) == done
    copy = _unpacked(newest.path)
    invariants.check(copy)
    copy.close()


def test_a_stick_gets_the_same_file(shop: Shop, stick: Path) -> None:
    done = backups.make_all(shop.database, AT)
    assert done.second is not None
    assert done.own.newest is not None
    assert done.second.newest is not None
    assert done.second.newest.path.parent == stick
    assert backup.digest_of(done.second.newest.path) == backup.digest_of(
        done.own.newest.path
    )
    assert done.trouble == ""
    assert backups.look(shop.database) == done


def test_two_tills_share_a_stick_and_let_each_other_s_files_be(
    shop: Shop, stick: Path
) -> None:
    other = stick / "shop-T01-00000000-2020-01-01-100000.db"
    older = stick / "shop-2020-01-01.db"
    other.touch()
    older.touch()
    ours = [_made_earlier(shop, stick, AT - timedelta(days=n)) for n in range(1000)]
    backups.make_all(shop.database, AT)
    assert other.exists()
    assert older.exists()
    assert not ours[-1].exists()


def _made_earlier(shop: Shop, folder: Path, at: datetime) -> Path:
    """As if a backup had been made at that time."""
    folder.mkdir(exist_ok=True)
    with shop.database.read() as session:
        mark = f"T01-{places.till_uuid(session)[-8:]}"
    file = folder / f"shop-{mark}-{clock.local(at):%Y-%m-%d-%H%M%S}.db.gz"
    file.touch()
    return file


def test_seven_days_eight_weeks_and_twelve_months_are_kept(shop: Shop) -> None:
    folder = _own(shop)
    folder.mkdir()
    (folder / "accounts.db").touch()
    (folder / "shop-2026-13-40.db").touch()
    (folder / "shop-2025-01-01.db").touch()  # one a day, as earlier versions did
    first = datetime.fromisoformat("2025-11-01T20:00:00+08:00")
    for day in range(380):
        last = _made_earlier(shop, folder, first + timedelta(days=day))
    unfinished = folder / f".{last.name}.4711.part"
    unfinished.touch()
    backups.make_all(shop.database, first + timedelta(days=380))
    days = _days(folder)
    assert days[-7:] == [f"2026-11-{day}" for day in range(10, 17)]
    assert len(days) == 7 + 6 + 11
    assert not unfinished.exists()
    assert not (folder / "shop-2025-01-01.db").exists()
    assert (folder / "accounts.db").exists()
    assert (folder / "shop-2026-13-40.db").exists()


def test_what_was_made_just_now_stays_whatever_the_clock_says(shop: Shop) -> None:
    for month in range(100):
        _made_earlier(shop, _own(shop), AT + timedelta(days=30 * month))
    long_ago = AT - timedelta(days=9000)
    backups.make_all(shop.database, long_ago)
    assert f"{long_ago:%Y-%m-%d}" in _days(_own(shop))


def test_a_stick_that_was_pulled_out_is_told_and_the_own_backup_is_made(
    shop: Shop, stick: Path
) -> None:
    shutil.rmtree(stick)  # the bare folder is still there, but on another disk
    done = backups.make_all(shop.database, AT)
    assert done.own.newest is not None
    assert done.second is not None
    assert done.second.newest is None
    assert done.trouble == (
        f"The backup folder {stick} is not there. Plug the stick in again, or choose "
        "another folder in the settings."
    )
    assert list(stick.parent.iterdir()) == []
    assert backups.look(shop.database).trouble == done.trouble
    backups.choose(shop.database, stick.parent)
    assert backups.make_all(shop.database, AT).trouble == ""


PULLED = {  # what the system says of a stick that is no longer there, and what we say
    errno.EIO: ("磁盘读写失败。", "The disk could not read or write."),
    errno.ENOENT: (
        "文件夹不见了。U盘插好了没有？",
        "The folder is gone. Is the stick plugged in?",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which file it is")
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("error", PULLED)
def test_a_stick_pulled_out_at_any_moment_of_a_backup_is_told(
    shop: Shop,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    error: int,
    language: Language,
) -> None:
    """TRUST.md 7, row 5: at its first sync, then at the second, and so on."""
    i18n.use_language(language)
    words = PULLED[error][0 if language is Language.ZH else 1]
    pull = _Pull(stick, error)
    monkeypatch.setattr(os, "fsync", pull.sync)
    told = []
    for pull.at in range(1, 100):
        pull.begin()
        at = AT + timedelta(hours=pull.at)
        done = backups.make_all(shop.database, at)
        pull.end()
        assert done.own.trouble == ""
        assert done.own.newest is not None
        assert done.own.newest.path.name.endswith(f"{clock.local(at):%H%M%S}.db.gz")
        assert done.second is not None
        if not pull.is_pulled:
            break
        told.append(done.second.trouble)
    assert len(told) > 3
    if error == errno.ENOENT:
        assert not told.pop()  # at the last sync all of it is on the stick already
    for one in told:
        assert words in one
        assert str(stick) in one
    pull.at = 0
    assert backups.make_all(shop.database, at).trouble == ""
    assert not [one for one in stick.iterdir() if one.name.startswith(".")]


class _Pull:
    """Takes a stick away at the n-th sync of a file on it."""

    def __init__(self, stick: Path, error: int) -> None:
        self.at, self.is_pulled = 0, False
        self._stick, self._error = stick, error
        self._away = stick.with_name("away")
        self._sync, self._seen = os.fsync, 0

    def begin(self) -> None:
        self._seen, self.is_pulled = 0, False

    def sync(self, number: int) -> None:
        there = Path(f"/proc/self/fd/{number}").readlink()
        if there == self._stick or self._stick in there.parents:
            self._seen += 1
            if self._seen == self.at:
                self.is_pulled = True
                self._stick.rename(self._away)
                if self._error != errno.ENOENT:
                    raise OSError(self._error, os.strerror(self._error))
        self._sync(number)

    def end(self) -> None:
        """It is plugged in again."""
        if self.is_pulled:
            self._away.rename(self._stick)


def test_a_full_stick_is_told_and_keeps_what_it_has(
    shop: Shop, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backups.make_all(shop.database, AT).second
    assert before is not None
    usage = shutil.disk_usage

    def nearly_full(path: Path) -> object:
        found = usage(path)
        return found._replace(free=1000) if path == stick else found

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    done = backups.make_all(shop.database, AT + timedelta(hours=1))
    assert done.own.trouble == ""
    assert done.second is not None
    assert done.second.newest == before.newest
    assert "The disk is full." in done.trouble
    assert str(stick) in done.trouble


def test_a_slow_stick_is_told(shop: Shop, stick: Path) -> None:
    done = backups.make_all(shop.database, AT, slow=timedelta(0))
    assert "the stick is slow" in done.trouble
    assert done.second is not None
    assert done.second.newest is not None


def test_where_the_own_folder_takes_none_the_stick_still_gets_its_backup(
    shop: Shop, stick: Path
) -> None:
    _own(shop).write_text("in the way")
    done = backups.make_all(shop.database, AT)
    assert "backup was not made" in done.own.trouble
    assert done.second is not None
    assert done.second.newest is not None
    copy = _unpacked(done.second.newest.path)
    invariants.check(copy)
    copy.close()


def test_an_old_backup_that_cannot_be_removed_is_told(shop: Shop) -> None:
    i18n.use_language(Language.EN)
    made = backups.make_all(shop.database, AT).own.newest
    assert made is not None
    (made.path.parent / f".{made.path.name}.1.part").mkdir()
    done = backups.make_all(shop.database, AT + timedelta(hours=1))
    assert "backup was not made" in done.trouble


def test_a_file_that_is_gone_while_it_is_looked_at_is_none(
    shop: Shop, stick: Path
) -> None:
    made = backups.make_all(shop.database, AT).own.newest
    assert made is not None
    late = made.path.with_name(made.path.name.replace("103000", "113000"))
    late.symlink_to("nowhere")
    assert backups.look(shop.database).own.newest is None


# --- choosing ------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["stick", "/nowhere/at/all", "/etc/hostname"])
def test_only_a_folder_that_is_there_can_be_chosen(shop: Shop, folder: str) -> None:
    with pytest.raises(BackupFailed):
        backups.choose(shop.database, Path(folder))


def test_the_shop_s_own_folder_is_no_second_place(shop: Shop, tmp_path: Path) -> None:
    inside = tmp_path / "stick"
    inside.mkdir()
    for folder in (tmp_path, inside):
        with pytest.raises(BackupFailed):
            backups.choose(shop.database, folder)
    assert list(inside.iterdir()) == []


def test_a_place_that_was_made_before_is_chosen_again(shop: Shop, stick: Path) -> None:
    assert backups.choose(shop.database, stick) == stick


def test_a_folder_that_takes_no_file_is_not_chosen(shop: Shop, stick: Path) -> None:
    stick.rmdir()
    stick.write_text("in the way")
    with pytest.raises(BackupFailed):
        backups.choose(shop.database, stick.parent)


def test_a_stick_that_cannot_be_asked_is_not_there(
    shop: Shop, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path, **_options: object) -> os.stat_result:
        raise OSError(errno.EIO, "input/output error")

    shown = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda path, **o: (broken if path == stick else shown)(path, **o)
    )
    assert "is not there" in backups.look(shop.database).trouble


# --- the way back --------------------------------------------------------------------


def test_the_way_back_may_lead_over_the_stick(shop: Shop, stick: Path) -> None:
    made = backups.make_all(shop.database, AT).second
    assert made is not None
    assert made.newest is not None
    shutil.rmtree(_own(shop))
    assert backups.newest_good(shop.database.path) == made.newest
    flip(made.newest.path, 6000, 2)
    assert backups.newest_good(shop.database.path) is None
    shutil.rmtree(stick)
    assert backups.newest_good(shop.database.path) is None

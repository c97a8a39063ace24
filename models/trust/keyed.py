"""The shop's key and the tip file of this machine, given to an open shop."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from models import clock, places
from models.database import Database
from models.journal import chain, notes
from models.journal.anchors import Anchor, TipFile, tip_path
from models.journal.sealing import Sealed
from models.people import keys, pins
from models.people.keys import Keys
from models.people.refusals import KeyMissing
from models.settings import Setting
from models.trust.findings import Break, Fault
from models.trust.records import JournalRecord
from models.trust.writers import KEY_CHANGED
from models.version import VERSION

_VERSION = "app_version"
_VERSION_BEFORE = select(Setting.value).where(Setting.key == _VERSION)
_LAST_KEY = (
    select(JournalRecord.key_id)
    .where(JournalRecord.key_id != "")
    .order_by(JournalRecord.seq.desc())
    .limit(1)
)
_HAS_MAC = select(JournalRecord.seq).where(JournalRecord.key_id != "").limit(1)
_LAST_AT = select(JournalRecord.at).order_by(JournalRecord.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Keyed:
    """What proves the journal of this shop on this machine."""

    key: bytes  # empty where this machine has none
    tip: TipFile
    anchor: Anchor | None  # what the tip file said before anything was stored

    @property
    def has_been_here(self) -> bool:
        """Whether records were written under this key on this machine."""
        return self.anchor is not None and self.anchor.is_by(self.key)


def on_this_machine(database: Database, folder: Path) -> Keyed:
    """The key and the tip of the shop, if they lie in ``folder``; none is made."""
    with database.read() as session:
        uuid = places.till_uuid(session)
    return _keyed(folder, uuid, keys.find(folder, uuid))


def give(database: Database, folder: Path) -> Keyed:
    """From now on the shop's records have a MAC and their tip lies in ``folder``.

    At the first start the key is made. Where it was in use, for PINs or for records,
    and is missing, or nothing can be kept in the folder, records go without until it is
    there.
    """
    with database.read() as session:
        uuid = places.till_uuid(session)
        is_new = not pins.any_pin(session) and not session.scalar(_HAS_MAC)
    found = None
    with suppress(KeyMissing, OSError):
        found = keys.find_or_make(folder, uuid, is_new=is_new)
    made = _keyed(folder, uuid, found)
    database.journal_key = made.key
    if made.key and not made.has_been_here:
        _tell_another_key(database, made.key)

    def keep(sealed: Sealed) -> None:
        made.tip.write(sealed.seq, sealed.hash)
        if sealed.is_z:
            made.tip.make_durable()

    if made.key:
        database.on_sealed = keep
    return made


def _tell_another_key(database: Database, key: bytes) -> None:
    """Records under a key that is lost are vouched for by the one that was made anew.

    At its first start alone: later on, a record under another key was slipped in.
    """
    with database.read() as session:
        before = session.scalar(_LAST_KEY)
    if before is not None and before != chain.key_id(key):
        with database.write() as session:
            notes.note(session, KEY_CHANGED, before=before)


def look_at_the_end(database: Database, keyed: Keyed) -> Break | None:
    """The quick check of a start: tip, last record and tip file are the same place.

    A file that is older than what was anchored (a backup that somebody put back) is
    told once and stands in the journal from then on as ``restore``.
    """
    anchor = keyed.anchor
    with database.raw() as connection:
        connection.execute("BEGIN")
        tip = connection.execute("SELECT seq, hash FROM journal_tip").fetchone()
        last = connection.execute(
            "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        there = connection.execute(
            "SELECT hash FROM journal WHERE seq = ?", (anchor.seq if anchor else 0,)
        ).fetchone()
        connection.execute("ROLLBACK")
    if tip is None or tip != last:
        return Break(last[0] if last else 1, Fault.TIP)
    if anchor is None or not keyed.key or not anchor.is_by(keyed.key):
        return None
    if there == (anchor.hash,):
        return None
    with database.write() as session:
        notes.note(
            session,
            "restore",
            anchored_seq=anchor.seq,
            anchored_hash=anchor.hash.hex(),
            found_seq=last[0],
        )
    return Break(min(anchor.seq, last[0] + 1), Fault.BEHIND)


def tell_start(database: Database, *, at: datetime) -> None:
    """What the start itself shows: another version, or a clock that was set back."""
    with database.write() as session:
        before = session.scalar(_VERSION_BEFORE)
        last = session.scalar(_LAST_AT)
        if last is not None and at < clock.from_milliseconds(last) - clock.SLACK:
            said = notes.clock_back(at, clock.from_milliseconds(last) - at)
            notes.say(session, said)
        if before != VERSION:
            notes.note(session, "app_version", at=at, version=VERSION, before=before)
            row = insert(Setting).values(key=_VERSION, value=VERSION)
            session.execute(
                row.on_conflict_do_update(
                    index_elements=[Setting.key], set_={"value": VERSION}
                )
            )


def _keyed(folder: Path, uuid: str, found: Keys | None) -> Keyed:
    key = b"" if found is None else found.journal
    tip = TipFile(tip_path(folder, uuid), key)
    return Keyed(key, tip, tip.read())

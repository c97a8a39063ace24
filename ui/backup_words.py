"""Backups, what is in them and what going back would lose, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import clock
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from models.office.backups import Backup
    from models.restore.inspection import Contents
    from models.restore.restoring import Lost, Plan, Restored

_MB = 1_000_000


def newest(backup: Backup | None) -> str:
    """When the last backup of a place was made, and how large it is."""
    if backup is None:
        return _("No backup yet")
    return _("{time} · {size} · checked").format(
        time=moment(backup.made_at), size=bytes_of(backup.size)
    )


def contents(found: Contents) -> list[str]:
    """A whole backup: whose it is, from when, and what is in it."""
    said = [
        _("Whole. {shop}, till {till}, made {time}.").format(
            shop=found.shop_name, till=found.till_code, time=moment(found.made_at)
        )
    ]
    if found.last_at is None:
        said.append(_("Nothing was sold yet."))
    else:
        receipts = ngettext(
            "{count} receipt up to {number} of {time}, {net} in all.",
            "{count} receipts up to {number} of {time}, {net} in all.",
            found.receipts,
        )
        said.append(
            receipts.format(
                count=found.receipts,
                number=found.last_number,
                time=moment(found.last_at),
                net=found.net,
            )
        )
    if not found.has_digest:
        said.append(_("Its SHA-256 does not lie beside it; the rest was checked."))
    return said


def lost(plan: Plan) -> list[str]:
    """What going back would lose."""
    if not plan.is_there:
        return [_("There is no shop here now: nothing is lost by going back.")]
    if plan.lost is None:
        return [
            _(
                "The shop's file cannot be read, so nobody can tell what was sold "
                "after this backup. The file is kept."
            )
        ]
    if plan.lost.is_nothing:
        return [_("Nothing was sold since: going back loses no receipt.")]
    return [
        _("Going back to it loses:"),
        *_each(plan.lost),
        _("Goods and settings are as they were then. The present file is kept."),
    ]


def _each(lost: Lost) -> list[str]:
    said = []
    if lost.receipts:
        if lost.first == lost.last:
            receipts = _("1 receipt, {first}, {net}")
        else:
            receipts = _("{count} receipts, {first} to {last}, {net}")
        said.append(
            receipts.format(
                count=lost.receipts, first=lost.first, last=lost.last, net=lost.net
            )
        )
    if lost.parked:
        parked = ngettext(
            "{count} parked ticket", "{count} parked tickets", lost.parked
        )
        said.append(parked.format(count=lost.parked))
    if lost.shift is not None:
        said.append(_("the open shift {number}").format(number=f"{lost.shift:04}"))
    return [f"– {one}" for one in said]


def restored(found: Restored) -> str:
    """At the first start on the file that was a backup."""
    time = moment(found.made_at)
    if found.receipts is None:
        return _("The shop is as it was at {time}. {file} is kept.").format(
            time=time, file=found.kept or found.backup
        )
    words = ngettext(
        "The shop is as it was at {time}; {count} receipt was lost. {file} is kept.",
        "The shop is as it was at {time}; {count} receipts were lost. {file} is kept.",
        found.receipts,
    )
    return words.format(time=time, count=found.receipts, file=found.kept)


def moment(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def bytes_of(size: int) -> str:
    if size < _MB:
        return f"{max(size // 1_000, 1):,} KB"
    return f"{size / _MB:,.1f} MB"

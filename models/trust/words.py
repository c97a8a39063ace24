"""What a look at the journal found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from models.i18n import _, ngettext
from models.money import Money
from models.trust.findings import Break, Fault, Report


def sentence(found: Break) -> str:
    """One break: at which record, and what is wrong there."""
    return _("Record {seq}: {what}").format(seq=found.seq, what=_what(found))


def _what(found: Break) -> str:
    said = {
        Fault.GAP: _("records are missing here."),
        Fault.LINK: _("it does not follow from the record before it."),
        Fault.HASH: _("it was changed."),
        Fault.MAC: _("it was not written by this shop's till."),
        Fault.NO_MAC: _("it was written without the shop's key."),
        Fault.VERSION: _("it is of a version that this program does not know."),
        Fault.COLUMNS: _("what stands beside it is not what it says."),
        Fault.TOTALS: _("the totals of the till do not follow."),
        Fault.ROWS: _("the shop's tables do not say what it says ({about})."),
        Fault.UNTOLD: _("before it something was stored without a record ({about})."),
        Fault.EARLIER: _("what was there before the journal was changed ({about})."),
        Fault.MISSING: _("the journal is not there, or its beginning is not."),
        Fault.TIP: _("the journal does not end where it should."),
        Fault.BEHIND: _("the file is older than what was kept outside it."),
    }
    return said[found.fault].format(about=found.about)


def lines(report: Report) -> Iterator[str]:
    """All that is to be said, the verdict first."""
    yield verdict(report)
    yield ngettext("{n} record", "{n} records", report.records).format(
        n=f"{report.records:,}"
    ) + _(", last {seq} {hash}").format(
        seq=report.last_seq, hash=report.last_hash.hex()
    )
    totals = report.totals
    yield _("Ever sold {sales}, given back {refunds}, {n} receipts").format(
        sales=Money(totals.sales).grouped,
        refunds=Money(totals.refunds).grouped,
        n=f"{totals.receipts:,}",
    )
    if not report.with_key:
        yield _("Chain checked, MAC not: the shop's key is not on this machine.")
    if report.other_key:
        yield ngettext(
            "{n} record was written under an earlier key: its chain is checked.",
            "{n} records were written under an earlier key: their chain is checked.",
            report.other_key,
        ).format(n=f"{report.other_key:,}")
    if report.restored:
        yield ngettext(
            "An older copy was put back {n} time.",
            "An older copy was put back {n} times.",
            report.restored,
        ).format(n=report.restored)
    yield from (sentence(one) for one in report.breaks)
    if report.more:
        yield _("and {n} more").format(n=f"{report.more:,}")


def verdict(report: Report) -> str:
    """In one sentence."""
    if report.is_good:
        return _("The journal is whole.")
    n = len(report.breaks) + report.more
    words = ngettext(
        "The journal is broken at {n} place.", "The journal is broken at {n} places.", n
    )
    return words.format(n=f"{n:,}")

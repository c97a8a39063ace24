"""What the paper of a shift says: one list of sections for slip and page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.i18n import Language
from models.kinds import Method
from models.people.rights import Act
from models.selling.shift_record import (
    CountRecord,
    Cut,
    Deed,
    Figures,
    ShiftRecord,
    TenderLine,
)
from receipts import words
from receipts.day_words import receipts_counted, tender_name
from receipts.shift_words import (
    act_name,
    cash_kind_name,
    denomination_name,
    left_name,
    moment,
    shelf,
    signature,
    signed,
    state_name,
    variance_name,
)
from receipts.words import Translate, named


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure with its name, and what explains it."""

    name: str
    value: str
    details: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


def sections_of(
    shift: ShiftRecord, language: Language, _: Translate
) -> Iterator[Section]:
    """All that there is to say; a section with nothing in it is left out."""
    figures = shift.figures
    made = (
        Section(_("Shift"), tuple(_shift(shift, _))),
        Section(_("Sales"), tuple(_sales(figures, _))),
        Section(_("By tender and account"), tuple(_tenders(shift, _))),
        Section(_("Cash drawer"), tuple(_drawer(shift, _))),
        Section(_("Notes and coins"), tuple(_pieces(shift.cash_count, _))),
        Section(_("Where the cash goes"), tuple(_split(shift, _))),
        Section(_("Accounts counted"), tuple(_accounts(shift, _))),
        Section(_("By category"), tuple(_cuts(figures.categories, language, _))),
        Section(_("By county"), tuple(_cuts(figures.regions, language, _))),
        Section(_("By channel and outlet"), tuple(_channels(figures, _))),
        Section(_("Corrections"), tuple(_corrections(figures, _))),
        Section(
            _("Sold below what is on hand"), tuple(_oversold(figures, language, _))
        ),
        Section(_("Left to settle"), tuple(_left(figures, _))),
        Section(_("Totals of the till"), tuple(_totals(shift, _))),
    )
    yield from (section for section in made if section.entries)


def place_of(shift: ShiftRecord) -> str:
    return " · ".join(name for name in (shift.outlet, shift.event) if name)


def _shift(shift: ShiftRecord, _: Translate) -> Iterator[Entry]:
    if shift.z_number is not None:
        yield Entry(_("Z no."), shift.z_name, is_strong=True)
    yield Entry(_("State"), state_name(shift, _))
    yield Entry(_("Till and shift"), f"{shift.till_code}-{shift.number}")
    yield Entry(_("Business date"), shift.business_date.isoformat())
    yield Entry(_("Opened by"), signature(shift.opened))
    if shift.sealed is not None:
        yield Entry(_("Closed by"), signature(shift.sealed))
    counted = shift.cash_count
    if counted is not None:
        yield Entry(_("Counted by"), f"{counted.staff}  {moment(counted.at)}")
    if shift.accepted is not None:
        yield Entry(_("Taken over by"), signature(shift.accepted))
    if shift.is_self_signed:
        yield Entry(_("Signed by the only person there is"), "")
    if shift.closing_note:
        yield Entry(_("Note"), "", shift.closing_note)
    yield Entry(_("Made at"), moment(shift.made_at))


def _sales(figures: Figures, _: Translate) -> Iterator[Entry]:
    sums = figures.sums
    numbers = ""
    if figures.first_number:
        numbers = _("No. {first} to {last}").format(
            first=figures.first_number, last=figures.last_number
        )
    yield Entry(_("Receipts"), f"{figures.receipts:,}", numbers)
    yield Entry(_("List value"), sums.gross.grouped)
    yield Entry(_("Discounts"), (-sums.discounts).grouped)
    yield Entry(_("Rounded off"), (-sums.rounding).grouped)
    refunds = receipts_counted(figures.refunds_n, _) if figures.refunds_n else ""
    yield Entry(_("Refunds"), (-sums.refunds).grouped, refunds)
    yield Entry(_("Net received"), sums.net.grouped, is_strong=True)


def _tenders(shift: ShiftRecord, _: Translate) -> Iterator[Entry]:
    for line in shift.figures.tenders:
        yield Entry(tender_name(line, _), line.net.grouped, _tender_details(line, _))
    for one in shift.passed_on:
        said = [moment(one.at), one.note]
        yield Entry(
            _("{holder}: handed to {name}").format(
                holder=one.holder, name=one.receiver
            ),
            one.amount.grouped,
            "  ".join(filter(None, said)),
        )
    if shift.still_held:
        waits = shift.still_held.grouped
        yield Entry(_("To be handed over (personal codes)"), waits, is_strong=True)


def _tender_details(line: TenderLine, _: Translate) -> str:
    said = [_("sales {n}: {amount}").format(n=line.sales_n, amount=line.sales.grouped)]
    if line.refunds_n:
        refunds = _("refunds {n}: {amount}")
        said.append(refunds.format(n=line.refunds_n, amount=(-line.refunds).grouped))
    if line.change:
        said.append(_("received {amount}").format(amount=line.tendered.grouped))
        said.append(_("change {amount}").format(amount=line.change.grouped))
    return "  ".join(said)


def _drawer(shift: ShiftRecord, _: Translate) -> Iterator[Entry]:
    drawer, opening = shift.figures.drawer, shift.figures.opening
    if opening.expected is not None and opening.variance is not None:
        yield Entry(_("Float left by the shift before"), opening.expected.grouped)
        yield Entry(
            _("Float counted at the opening"), opening.counted.grouped, opening.note
        )
        yield Entry(_("Difference at the opening"), signed(opening.variance))
    yield Entry(_("Float"), drawer.float_.grouped)
    yield Entry(_("Cash from sales"), drawer.sales.grouped)
    yield Entry(_("Cash refunded"), (-drawer.refunds).grouped)
    for one in drawer.movements:
        times = _("{n} times").format(n=one.n) if one.n > 1 else ""
        yield Entry(cash_kind_name(one.kind, _), one.amount.grouped, times)
    yield Entry(_("Cash expected"), drawer.expected.grouped, is_strong=True)
    for count in shift.counts:
        if count.method is Method.CASH and count is not shift.cash_count:
            earlier = _("Count no. {n}").format(n=count.round)
            yield Entry(earlier, count.counted.grouped, count.staff)
    if shift.cash_count is not None:
        yield from _counted(shift.cash_count, _)


def _counted(count: CountRecord, _: Translate) -> Iterator[Entry]:
    said = [count.note] if count.note else []
    if count.round > 1:
        said.insert(0, _("count no. {n}").format(n=count.round))
    yield Entry(_("Counted"), count.counted.grouped, "  ".join(said), is_strong=True)
    if count.suspect:
        yield Entry(_("Suspect notes, not counted"), count.suspect.grouped)
    name = variance_name(count.variance, _)
    yield Entry(name, signed(count.variance), _why(count, _), is_strong=True)


def _why(count: CountRecord, _: Translate) -> str:
    """Why it differs and who answers for it."""
    if not count.variance:
        return ""
    if count.signed is None:
        return _("not signed")
    said = [count.signed.reason, count.signed.note, count.signed.staff]
    if count.signed.approver:
        said.append(_("approved by {name}").format(name=count.signed.approver))
    if count.signed.is_unwitnessed:
        said.append(_("alone"))
    return "  ".join(one for one in said if one)


def _pieces(count: CountRecord | None, _: Translate) -> Iterator[Entry]:
    for one in count.pieces if count is not None else ():
        said = []
        if one.torn:
            said.append(_("torn {n}").format(n=one.torn))
        if one.suspect:
            said.append(_("suspect {n}").format(n=one.suspect))
        name = f"{denomination_name(one.denomination, _)} × {one.whole}"
        yield Entry(name, one.value.grouped, "  ".join(said))


def _split(shift: ShiftRecord, _: Translate) -> Iterator[Entry]:
    if shift.split is None:
        return
    yield Entry(_("Stays as float"), shift.split.left.grouped)
    yield Entry(_("To the bank"), shift.split.banked.grouped)
    yield Entry(_("Handed on"), shift.split.handed.grouped)


def _accounts(shift: ShiftRecord, _: Translate) -> Iterator[Entry]:
    """As the merchants' apps say it, for the accounts that were counted."""
    for count in shift.last_counts:
        if count is shift.cash_count:
            continue
        numbers = _("app {n}, till {m}").format(n=count.counted_n, m=count.expected_n)
        yield Entry(tender_name(count, _), count.counted.grouped, numbers)
        name = variance_name(count.variance, _)
        yield Entry(name, signed(count.variance), _why(count, _))


def _cuts(cuts: tuple[Cut, ...], language: Language, _: Translate) -> Iterator[Entry]:
    for cut in cuts:
        name = named(cut.name, cut.name_en, language)
        scheme = words.scheme_name(cut.scheme, _)
        yield Entry(name or scheme, cut.net.grouped, scheme if cut.code else "")


def _channels(figures: Figures, _: Translate) -> Iterator[Entry]:
    for cut in figures.channels:
        assert cut.channel is not None
        name = f"{words.channel_name(cut.channel, _)} · {cut.name}"
        yield Entry(name, cut.net.grouped)


def _corrections(figures: Figures, _: Translate) -> Iterator[Entry]:
    """The four that are always told, the refusals, and then one by one."""
    voids = figures.done(Act.VOID, Act.VOID_ABOVE_LIMIT)
    yield Entry(_("Voids"), str(voids))
    yield Entry(_("Price changes"), str(figures.done(Act.PRICE)))
    yield Entry(_("Drawer opened without a sale"), str(figures.done(Act.OPEN_DRAWER)))
    reprints = figures.done(Act.REPRINT, Act.REPRINT_AGAIN)
    yield Entry(_("Reprints"), str(reprints))
    yield Entry(_("Refused"), str(figures.refused))
    for deed in figures.deeds:
        amount = deed.amount.grouped if deed.amount is not None else ""
        yield Entry(act_name(deed.act, _), amount, _deed(deed, _))


def _deed(deed: Deed, _: Translate) -> str:
    said = [moment(deed.at)[-5:], deed.staff, deed.subject, deed.reason]
    if deed.is_refused:
        said.append(_("refused"))
    if deed.is_unwitnessed:
        said.append(_("alone"))
    if deed.approver:
        said.append(_("approved by {name}").format(name=deed.approver))
    return "  ".join(one for one in said if one)


def _oversold(figures: Figures, language: Language, _: Translate) -> Iterator[Entry]:
    for goods in figures.oversold:
        yield Entry(named(goods.name, goods.name_en, language), shelf(goods, _))


def _left(figures: Figures, _: Translate) -> Iterator[Entry]:
    for one in figures.left:
        amount = one.amount.grouped if one.amount else ""
        yield Entry(left_name(one.kind, _), str(one.n), amount)


def _totals(shift: ShiftRecord, _: Translate) -> Iterator[Entry]:
    figures, mark = shift.figures, shift.mark
    yield Entry(_("Training, in no sum"), figures.training.grouped)
    yield Entry(_("This shift"), figures.sums.net.grouped)
    yield Entry(_("All that this till ever sold"), figures.perpetual.grouped)
    if mark is not None:
        yield Entry(_("Record in the journal"), f"{mark.seq}", mark.digest)

"""交班单 as a slip for the till's own printer, and an X in the same shape."""

from __future__ import annotations

from collections.abc import Iterator

from models.i18n import Language, translator
from models.selling.shift_record import ShiftRecord
from receipts.document import (
    Document,
    Pair,
    Row,
    Rule,
    Size,
    Text,
    Tone,
    centred,
    note,
)
from receipts.shift_sections import Entry, place_of, sections_of
from receipts.shift_words import file_title, title_of
from receipts.words import Translate

_LINE = "_" * 20


def slip_for(shift: ShiftRecord, *, language: Language, copy: int = 0) -> Document:
    """All sections below each other, and where to sign; an X is signed by nobody."""
    _ = translator(language)
    rows: list[Row] = [*_heading(shift, copy, _)]
    for section in sections_of(shift, language, _):
        rows += [Rule(), Text(section.title, size=Size.STRONG)]
        for entry in section.entries:
            rows += _entry(entry)
    if shift.z_number is not None:
        rows += [Rule(), *_signatures(_)]
    return Document(file_title(shift, _), tuple(rows))


def signers(_: Translate) -> tuple[str, ...]:
    return (_("Cashier"), _("Taken over or checked by"), _("Reconciler"))


def _heading(shift: ShiftRecord, copy: int, _: Translate) -> Iterator[Row]:
    yield centred(shift.shop_name, Size.BIG)
    yield centred(place_of(shift))
    yield centred(title_of(shift, _), Size.STRONG)
    if shift.is_demo:
        yield centred(_("DEMO - not real sales"), Size.STRONG)
    if copy:
        yield centred(_("Copy {n}").format(n=copy), Size.STRONG)


def _entry(entry: Entry) -> Iterator[Row]:
    tone = Tone.STRONG if entry.is_strong else Tone.PLAIN
    yield Pair(entry.name, entry.value, tone)
    if entry.details:
        yield note(entry.details)


def _signatures(_: Translate) -> Iterator[Row]:
    for name in signers(_):
        yield Text("")
        yield Pair(name, _LINE)

"""What the cuts of a report and their rows are called, on screen, page and file."""

from __future__ import annotations

from models.i18n import Language
from models.kinds import AccountKind, BuyerKind, Channel, Cut, Scheme, Terms
from models.office.periods import Against, Period
from models.office.report_record import KNOWN_ELSEWHERE, Report, ReportRow
from models.selling.cut_keys import UNDIVIDED, county_of, tender_of
from receipts import words
from receipts.words import Translate, named


def cut_name(cut: Cut, _: Translate) -> str:
    return {
        Cut.ALL: _("All sales"),
        Cut.COUNTY: _("County"),
        Cut.SCHEME: _("Scheme"),
        Cut.CHANNEL: _("Channel"),
        Cut.OUTLET: _("Outlet"),
        Cut.PRODUCT: _("Product"),
        Cut.SELLER: _("Cashier"),
        Cut.TENDER: _("Paid by"),
        Cut.HOUR: _("Hour"),
        Cut.CERTIFIED: _("Certified"),
        Cut.BUYER: _("Buyer"),
        Cut.TERMS: _("Terms"),
    }[cut]


def row_name(cut: Cut, row: ReportRow, language: Language, _: Translate) -> str:
    """The row's name: out of the file, or what its key stands for."""
    if cut in KNOWN_ELSEWHERE and row.key.startswith(UNDIVIDED):
        return _("No county")
    if cut in {Cut.COUNTY, Cut.PRODUCT, Cut.SELLER}:
        return named(row.label, row.label_en, language) or _("Not assisted")
    if cut is Cut.TENDER:
        return _tender_name(row, _)
    return _key_name(cut, row.key, _)


def _tender_name(row: ReportRow, _: Translate) -> str:
    method, kind = tender_of(row.key)
    name = f"{words.method_name(method, _)} {row.label}".rstrip()
    if kind is AccountKind.PERSONAL:
        return _("{name} (personal code)").format(name=name)
    return name


def _key_name(cut: Cut, key: str, _: Translate) -> str:
    if cut is Cut.OUTLET:
        return key
    if cut is Cut.HOUR:
        return f"{key}:00"
    if cut is Cut.SCHEME:
        return words.scheme_name(Scheme(key), _)
    if cut is Cut.CHANNEL:
        return words.channel_name(Channel(key), _)
    return {
        (Cut.ALL, ""): _("All sales"),
        (Cut.CERTIFIED, "1"): _("Certified products"),
        (Cut.CERTIFIED, "0"): _("Not certified"),
        (Cut.BUYER, BuyerKind.UNIT.value): _("Bought by units"),
        (Cut.BUYER, BuyerKind.PERSON.value): _("Helped to sell"),
        (Cut.TERMS, Terms.OWN.value): _("Own"),
        (Cut.TERMS, Terms.CONSIGNMENT.value): _("Consigned"),
        (Cut.TERMS, Terms.JOINT.value): _("Joint"),
    }[cut, key]


def scheme_of(row: ReportRow) -> Scheme:
    """Of a county's row."""
    return county_of(row.key)[1]


def period_name(period: Period) -> str:
    """ "2026-11-01 – 2026-11-24", or the one day."""
    if period.first == period.last:
        return period.first.isoformat()
    return f"{period.first.isoformat()} – {period.last.isoformat()}"


def against_name(against: Against, _: Translate) -> str:
    return {
        Against.BEFORE: _("Period before"),
        Against.LAST_YEAR: _("Year before"),
    }[against]


def title_of(report: Report, _: Translate) -> str:
    return _("Report by {cut}, {period}").format(
        cut=cut_name(report.cut, _), period=period_name(report.period)
    )


def percent(permille: int | None, *, signed: bool = False) -> str:
    """One decimal, as rounded once; a dash where there is nothing to compare with."""
    if permille is None:
        return "-"
    sign = "-" if permille < 0 else "+" if signed and permille else ""
    whole, tenth = divmod(abs(permille), 10)
    return f"{sign}{whole:,}.{tenth}%"

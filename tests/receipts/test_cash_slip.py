"""The slip that goes into the safe bag."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.i18n import Language
from models.kinds import PaperWidth
from models.money import Money
from models.selling.cash_slips import CashSlip
from models.selling.shift_record import CashKind
from receipts import escpos, text
from receipts.cash_slip import slip_for
from tests.receipts import golden_files

DROP = CashSlip(
    shop_name="山海协作展销中心",
    is_demo=False,
    outlet="琶洲展位3",
    event="黔货出山展",
    till_code="T01",
    shift_number=7,
    number=12,
    business_date=date(2026, 11, 24),
    at=datetime(2026, 11, 24, 4, 30, tzinfo=UTC),
    kind=CashKind.DROP,
    amount=Money(-120_000),
    reason="中午缴款",
    note="封条 0088121",
    recipient="财务王姐",
    staff="陈舟",
    approver="林晓",
)
FUND = replace(
    DROP, kind=CashKind.FUND, amount=Money(20_000), note="", recipient="", approver=""
)
SLIPS = {
    "cash_drop": DROP,
    "cash_fund": replace(FUND, is_demo=True, event=""),
    "cash_change": replace(FUND, kind=CashKind.CHANGE, amount=Money.ZERO),
    "cash_correction": replace(DROP, kind=CashKind.CORRECTION, number=13, corrects=12),
}


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_says_what_its_golden_file_says(
    name: str, language: Language, width: PaperWidth
) -> None:
    said = text.render(slip_for(SLIPS[name], language=language), width)
    golden_files.check(f"{name}_{language}_{width}", said)


def _said(slip: CashSlip) -> str:
    return text.render(slip_for(slip, language=Language.EN), PaperWidth.MM80)


def test_it_says_which_way_the_cash_went() -> None:
    assert "Out of the drawer" in _said(DROP)
    assert "Into the drawer" in _said(FUND)
    assert "Out and in the same" in _said(SLIPS["cash_change"])
    more = replace(FUND, kind=CashKind.CHANGE, amount=Money(100))
    assert "Into the drawer" in _said(more)


def test_who_takes_it_signs_too_and_a_demo_is_marked() -> None:
    assert _said(DROP).count("____") > _said(FUND).count("____")
    assert "DEMO" in _said(SLIPS["cash_fund"])
    assert "DEMO" not in _said(DROP)


def test_a_correction_names_what_it_corrects() -> None:
    assert "T01-C0012" in _said(SLIPS["cash_correction"])


def test_the_drawer_opens_before_the_slip_or_without_one() -> None:
    document = slip_for(DROP, language=Language.ZH)
    pulse = escpos.drawer_pulse()
    data = escpos.render(document, PaperWidth.MM80, opens_drawer=True)
    assert data.startswith(pulse)
    assert document.title.endswith("T01-C0012")

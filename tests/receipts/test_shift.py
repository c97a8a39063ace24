"""交班单 as slip and as A4, and an X, from one record."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from models.i18n import Language, translator
from models.kinds import PaperWidth
from models.money import Money
from models.people.rights import Act
from models.selling.denominations import Denomination
from models.selling.shift_record import CashKind, LeftKind, ShiftRecord
from receipts import escpos, pdf, shift_pdf, text
from receipts.shift_sections import sections_of
from receipts.shift_slip import slip_for
from receipts.shift_words import (
    act_name,
    cash_kind_name,
    denomination_name,
    left_name,
    signed,
    state_name,
)
from tests.receipts import golden_files, pdf_reader
from tests.receipts.shift_samples import (
    ALONE,
    COUNTED,
    HANDED_OVER,
    PASSED_ON,
    SEALED,
    SHIFTS,
    STILL_OPEN,
)

EN = translator(Language.EN)


def _said(record: ShiftRecord, language: Language = Language.EN, copy: int = 0) -> str:
    document = slip_for(record, language=language, copy=copy)
    return text.render(document, PaperWidth.MM80)


def _page(record: ShiftRecord, language: Language = Language.EN, copy: int = 0) -> str:
    data = shift_pdf.render(record, language=language, copy=copy)
    return "".join(pdf_reader.texts(data))


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", SHIFTS)
def test_a_slip_says_what_its_golden_file_says(
    name: str, language: Language, width: PaperWidth
) -> None:
    said = text.render(slip_for(SHIFTS[name], language=language), width)
    golden_files.check(f"{name}_{language}_{width}", said)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", SHIFTS)
def test_the_page_says_every_figure_of_the_slip(name: str, language: Language) -> None:
    record = SHIFTS[name]
    page = _page(record, language)
    for section in sections_of(record, language, translator(language)):
        assert section.title in page
        for entry in section.entries:
            for figure in re.findall(r"[+-]?[\d,]+\.\d\d", entry.value):
                assert figure in page


def test_the_printer_and_the_pdf_take_the_slip_as_they_take_a_receipt() -> None:
    document = slip_for(HANDED_OVER, language=Language.ZH)
    assert HANDED_OVER.z_name.encode() in escpos.render(document, PaperWidth.MM80)
    data = pdf.render(document, PaperWidth.MM80)
    assert HANDED_OVER.z_name in "".join(pdf_reader.texts(data))
    assert document.title.endswith("T01-Z0012")


def test_an_x_says_first_that_nothing_is_closed_and_is_signed_by_nobody() -> None:
    for said in (_said(STILL_OPEN), _page(STILL_OPEN)):
        assert "Not closed: X report" in said
        assert "Reconciler" not in said
        assert "T01-Z" not in said
    document = slip_for(STILL_OPEN, language=Language.EN)
    assert document.title == "X report of shift 12"


def test_three_people_sign_a_closed_shift() -> None:
    for said in (_said(HANDED_OVER), _page(HANDED_OVER)):
        for signer in ("Cashier", "Taken over or checked by", "Reconciler"):
            assert signer in said


def test_a_reprint_and_a_demo_are_marked() -> None:
    for said in (_said(SEALED, copy=2), _page(SEALED, copy=2)):
        assert "Copy 2" in said
        assert "DEMO" in said
    for said in (_said(HANDED_OVER), _page(HANDED_OVER)):
        assert "Copy" not in said
        assert "DEMO" not in said


def test_what_waits_on_somebodys_own_phone_is_said() -> None:
    assert "To be handed over (personal codes)" in _said(HANDED_OVER)
    assert "To be handed over" not in _said(ALONE)


def test_once_handed_over_the_paper_names_who_has_it_and_what_still_waits() -> None:
    said = _said(PASSED_ON)
    assert "王掌柜: handed to 林晓" in said
    assert "4.70" in said.split("(personal codes)")[1].splitlines()[0]


def test_a_shift_of_before_the_journal_has_no_record_on_its_paper() -> None:
    for mark, is_told in ((HANDED_OVER.mark, True), (None, False)):
        said = _said(replace(HANDED_OVER, mark=mark))
        assert ("Record in the journal" in said) is is_told


def test_one_person_alone_is_said_on_slip_and_page() -> None:
    for said in (_said(ALONE), _page(ALONE)):
        assert "Signed by the only person there is" in said
        assert "alone" in said


def test_over_short_and_neither_have_their_names() -> None:
    assert "Short" in _said(HANDED_OVER)
    assert "+1.00" in _said(HANDED_OVER)  # the account, and nobody has signed it
    assert "not signed" in _said(HANDED_OVER)
    assert "No difference" in _said(COUNTED)
    assert signed(Money(-50)) == "-0.50"


def test_the_state_is_in_the_shops_words() -> None:
    states = [
        state_name(record, EN) for record in (STILL_OPEN, SEALED, COUNTED, HANDED_OVER)
    ]
    assert states == ["Selling", "No more sales", "Cash counted", "Handed over"]


def test_what_can_stand_on_the_paper_has_a_name() -> None:
    names = [cash_kind_name(kind, EN) for kind in CashKind]
    names += [left_name(kind, EN) for kind in LeftKind]
    names += [denomination_name(one, EN) for one in Denomination]
    assert len(set(names)) == len(names)
    assert act_name(Act.SETTINGS, EN) == "Other act"


def test_signatures_are_never_cut_from_each_other_by_the_pages_end() -> None:
    for n in range(30):  # the page fills row by row
        more = HANDED_OVER.figures.categories * n
        figures = replace(HANDED_OVER.figures, categories=more)
        record = replace(HANDED_OVER, figures=figures)
        last = pdf_reader.texts(shift_pdf.render(record, language=Language.EN))[-1]
        assert "Taken over or checked by" in last
        assert last.count("Date") == 3


def test_long_names_stay_on_the_page() -> None:
    long = "广州市东西部协作与山海协作消费帮扶产品展示展销中心有限公司分部"
    opened = replace(HANDED_OVER.opened, name=long)
    cut = replace(HANDED_OVER.figures.categories[0], name=long)
    figures = replace(HANDED_OVER.figures, categories=(cut,))
    record = replace(
        HANDED_OVER,
        shop_name=long,
        outlet=long[:20],
        opened=opened,
        figures=figures,
    )
    data = shift_pdf.render(record, language=Language.ZH)
    for page in range(len(pdf_reader.texts(data))):
        image = pdf_reader.picture(data, page, scale=1).convert("L")
        box = image.point(lambda grey: 255 if grey < 200 else 0).getbbox()
        assert box is not None
        assert min(box[0], box[1]) > 30
        assert box[2] < image.width - 30


def test_the_same_shift_gives_the_same_bytes() -> None:
    first, second = (
        shift_pdf.render(HANDED_OVER, language=Language.ZH) for _ in range(2)
    )
    assert first == second

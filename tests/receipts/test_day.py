"""The day's summary as slip and as A4, from one record."""

import re
from dataclasses import replace

import pytest

from models.i18n import Language, translator
from models.kinds import PaperWidth, Scheme
from models.money import Money
from models.office.day_record import DaySummary, Goods
from receipts import day_pdf, text
from receipts.day_slip import slip_for
from receipts.day_tables import Table, tables_of
from receipts.day_words import goods_counted, receipts_counted, thousandths
from receipts.sheet import ink_of
from tests.receipts import golden_files, pdf_reader
from tests.receipts.correction_samples import CORRECTIONS
from tests.receipts.samples import NOTHING_SOLD, SALES, county, day, sums
from tests.receipts.shift_samples import SHIFTS
from tests.receipts.test_cash_slip import SLIPS

_REFUNDED = day(
    refunds=2,
    refunded=Money(15_100),
    tenders=(
        replace(day().tenders[0], refunds=1, refunded=Money(10_000)),
        *day().tenders[1:],
    ),
)
_DAYS = {
    "day": day(),
    "day_without_sales": NOTHING_SOLD,
    "day_demo": day(is_demo=True),
    "day_refunds": _REFUNDED,
    "day_training": day(training=Money(5_990)),
}


def _tables(record: DaySummary, language: Language = Language.ZH) -> dict[str, Table]:
    made = tables_of(record, language, translator(language))
    return {table.title: table for table in made}


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", _DAYS)
def test_a_slip_says_what_its_golden_file_says(
    name: str, language: Language, width: PaperWidth
) -> None:
    said = text.render(slip_for(_DAYS[name], language=language), width)
    golden_files.check(f"{name}_{language}_{width}", said)


@pytest.mark.parametrize("language", Language)
def test_the_tables_say_what_their_golden_file_says(language: Language) -> None:
    lines = []
    for table in _tables(day(), language).values():
        lines += ["", table.title, " | ".join(x.title for x in table.columns)]
        for row in table.rows:
            lines.append(" | ".join(row.cells) + ("  =" if row.is_total else ""))
    golden_files.check(f"tables_{language}", "\n".join(lines) + "\n")


def test_schemes_stand_side_by_side_and_are_nowhere_one_sum() -> None:
    record = day()
    assisted = [x for x in record.schemes if x.scheme is not Scheme.NONE]
    assert len(assisted) == 2
    one_sum = Money.sum(x.sums.net for x in assisted).grouped
    assert one_sum not in "".join(pdf_reader.texts(_page(record)))
    assert one_sum not in text.render(
        slip_for(record, language=Language.ZH), PaperWidth.MM80
    )


def _page(record: DaySummary, language: Language = Language.ZH) -> bytes:
    return day_pdf.render(record, language=language)


@pytest.mark.parametrize("language", Language)
def test_the_page_says_every_figure_of_the_tables(language: Language) -> None:
    record = day()
    said = "".join(pdf_reader.texts(_page(record, language)))
    for table in _tables(record, language).values():
        for row in table.rows:
            for cell in row.cells:
                if re.fullmatch(r"-?[\d,]+\.\d+", cell):
                    assert cell in said


def test_ten_thousands_stand_beside_the_exact_figure() -> None:
    first = pdf_reader.texts(_page(day()))[0]
    assert "￥21,247.08" in first
    assert "2.12万元" in first


def test_a_long_table_goes_on_under_its_head_and_pages_are_numbered() -> None:
    pages = pdf_reader.texts(_page(day(each=20)))
    assert len(pages) == 4
    for n, said in enumerate(pages, start=1):
        assert f"第{n}页，共4页" in said
    assert all("产品" in said for said in pages[-2:])


def test_nothing_on_the_page_reaches_its_edge() -> None:
    long = "广州市东西部协作与山海协作消费帮扶产品展示展销中心有限公司分部"
    data = _page(day(shop_name=long))
    for page in range(len(pdf_reader.texts(data))):
        image = pdf_reader.picture(data, page, scale=1).convert("L")
        dark = image.point(lambda grey: 255 if grey < 200 else 0).getbbox()
        assert dark is not None
        left, top, right, bottom = dark
        assert min(left, top) > 30
        assert right < image.width - 30
        assert bottom < image.height - 20


def test_the_countys_colour_is_on_the_page() -> None:
    colours = pdf_reader.picture(_page(day())).getcolors(1 << 22) or []
    assert ink_of("#009E73").bitmap_rgb() in [hue for _count, hue in colours]


def test_a_day_without_sales_says_so() -> None:
    assert "当日没有销售" in pdf_reader.texts(_page(NOTHING_SOLD))[0]
    assert _tables(NOTHING_SOLD) == {}


def test_a_demo_says_so_on_the_page() -> None:
    assert "演示" in pdf_reader.texts(_page(day(is_demo=True)))[0]


def test_what_was_practised_stands_apart_on_the_page() -> None:
    assert "59.90" in pdf_reader.texts(_page(day(training=Money(5_990))))[0]


def test_the_chart_of_many_counties_shows_the_first_ones_and_says_so() -> None:
    many = tuple(
        county(
            (str(n), f"积石山保安族东乡族撒拉族自治县{n}", ""),
            Scheme.EAST_WEST,
            "#0072B2",
            sums(100_000 - n),
            1,
        )
        for n in range(20)
    )
    said = pdf_reader.texts(_page(day(many, each=1)))[0]
    assert "按帮扶县（前15）" in said
    assert "…" in said


def test_the_same_day_gives_the_same_bytes() -> None:
    assert _page(day()) == _page(day())


def test_a_bar_has_no_length_where_nothing_was_sold() -> None:
    assert thousandths(Money(5), Money(10)) == 500
    assert thousandths(Money(-5), Money(10)) == 0
    assert thousandths(Money(0), Money(0)) == 0


def test_pieces_and_kilograms_are_told_apart() -> None:
    _ = translator(Language.ZH)
    assert goods_counted(Goods(2, 1240), _) == "2件  1.240kg"
    assert goods_counted(Goods(0, 1240), _) == "1.240kg"
    assert goods_counted(Goods(0, 0), _) == "0件"
    assert receipts_counted(1, translator(Language.EN)) == "1 receipt"


def test_what_is_handed_over_waits_no_more() -> None:
    waits = "To be handed over (personal codes)"
    for passed_on in (Money.ZERO, Money(212_470)):
        sold = replace(day(), passed_on=passed_on)
        said = text.render(slip_for(sold, language=Language.EN), PaperWidth.MM80)
        first = next(tables_of(sold, Language.EN, translator(Language.EN)))
        names = [row.cells[0] for row in first.rows]
        is_there = not passed_on
        assert ((waits in said), (waits in names)) == (is_there, is_there)


def test_every_golden_file_is_compared() -> None:
    labels = len(Language)  # of the shelf
    of_sales = len(SALES) + len(CORRECTIONS) + 3
    papers = of_sales + len(_DAYS) + len(SHIFTS) + len(SLIPS)
    assert len(golden_files.names()) == papers * 4 + 2 + labels


@pytest.mark.parametrize("language", Language)
def test_the_page_tells_of_refunds_beside_the_days_net(language: Language) -> None:
    said = "".join(pdf_reader.texts(day_pdf.render(_REFUNDED, language=language)))
    assert "-151.00" in said
    assert "-151.00" not in "".join(
        pdf_reader.texts(day_pdf.render(day(), language=language))
    )

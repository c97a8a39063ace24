"""Reports: every cut of any days comes to what lines and payments come to."""

from __future__ import annotations

import contextlib
import csv
import shutil
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock, places, schema
from models.database import Database
from models.errors import PosError, WrongAmount
from models.file_format import FILE_NAME
from models.goods import regions
from models.i18n import Language, translator
from models.kinds import BuyerKind, Channel, Cut, Method, SaleKind, Scheme
from models.money import Money
from models.office import (
    day_totals,
    periods,
    report_files,
    reports,
    targets,
    workbook,
)
from models.office.periods import Against, Period
from models.office.refusals import WrongReportEnding
from models.office.report_files import FileKind
from models.office.report_record import KNOWN_ELSEWHERE, Report, ReportRow, Wish
from models.selling import sale_reading, training
from models.selling.cut_keys import (
    UNDIVIDED,
    Behind,
    county_key,
    county_of,
    tender_of,
)
from models.selling.sale_reading import Wanted
from receipts import report_pdf, report_tables
from tests import shop as shops
from tests.drawer import does, where
from tests.refunding import compensate, refund
from tests.shop import AT, DAY, Shop

ONE_DAY = timedelta(days=1)
MONTH = periods.month_of(DAY)
_NONE = Scheme.NONE


def report(
    shop: Shop,
    cut: Cut = Cut.COUNTY,
    period: Period = MONTH,
    against: Against = Against.BEFORE,
    elsewhere: reports.Elsewhere = reports.nothing_elsewhere,
) -> Report:
    with shop.database.read() as session:
        return reports.make(
            session, Wish(period, cut, against), at=AT, elsewhere=elsewhere
        )


def nets(made: Report) -> dict[str, int]:
    return {row.key: row.sums.net.fen for row in made.rows if row.sums.net}


def row_of(made: Report, key: str) -> ReportRow:
    return next(row for row in made.rows if row.key == key)


def write(shop: Shop, day: date) -> None:
    with shop.database.write() as session:
        day_totals.write(session, day)


# --- each cut sums to the same net --------------------------------------------------

# What the file itself says, cut by cut, without a word of ours.
_BY_HAND = {
    Cut.COUNTY: "l.region_code || ':' || l.scheme",
    Cut.SCHEME: "l.scheme",
    Cut.CHANNEL: "l.channel",
    Cut.OUTLET: "l.outlet",
    Cut.PRODUCT: "l.product_id",
    Cut.SELLER: "s.staff_id",
    Cut.HOUR: "printf('%02d', l.local_hour)",
    Cut.CERTIFIED: "l.is_certified",
    Cut.BUYER: "l.buyer_kind",
    Cut.TERMS: "l.terms",
}


def _by_hand(session: Session, cut: Cut, period: Period) -> dict[str, tuple[int, ...]]:
    days = {
        "first": clock.day_number(period.first),
        "last": clock.day_number(period.last),
    }
    query = (
        "SELECT CAST(p.method || ':' || COALESCE(p.account_id, 0) || ':' || "
        "COALESCE(p.account_kind, '') AS TEXT), sum(p.net_fen) FROM payment p "
        "JOIN sale s ON s.id = p.sale_id"
        if cut is Cut.TENDER
        else f"SELECT CAST({_BY_HAND[cut]} AS TEXT), sum(l.net_fen), sum(l.list_fen), "  # noqa: S608  # constants
        "sum(l.discount_fen + l.order_discount_fen), sum(l.rounding_fen), "
        "count(DISTINCT iif(s.kind = 'sale', s.id, NULL)), "
        "sum(iif(l.unit = 'piece', l.amount, 0)), "
        "sum(iif(l.unit = 'gram', l.amount, 0)) "
        "FROM sale_line l JOIN sale s ON s.id = l.sale_id"
    )
    where = " WHERE s.series = 'A' AND s.business_date BETWEEN :first AND :last"
    found = session.execute(text(f"{query}{where} GROUP BY 1"), days)
    return {str(row[0]): tuple(row[1:]) for row in found}


def _told(made: Report, cut: Cut) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for row in made.rows:
        own = (
            row.sums.net.fen,
            row.sums.list_total.fen,
            row.sums.discount.fen,
            row.sums.rounding.fen,
            row.receipts,
            row.goods.pieces,
            row.goods.grams,
        )
        if any(own):
            rows[row.key] = own[:1] if cut is Cut.TENDER else own
    return rows


def _without_nothing(rows: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    return {key: row for key, row in rows.items() if any(row)}


def agrees(shop: Shop, period: Period) -> None:
    """Every cut is what lines and payments come to, and sums to one net."""
    for cut in Cut:
        made = report(shop, cut, period)
        assert Money.sum(row.sums.net for row in made.rows) == made.total.sums.net
        assert Money.sum(month.net for month in made.months) == made.total.sums.net
        for month in made.months:
            assert Money.sum(month.nets) == month.net
        if cut is not Cut.ALL:
            with shop.database.read() as session:
                by_hand = _by_hand(session, cut, period)
            told = _without_nothing(_told(made, cut))
            assert told == _without_nothing(by_hand), cut


class _Days:
    """A till over several days: what it sells, takes back and compensates."""

    def __init__(self, made: Shop, folder: Path) -> None:
        path = Path(tempfile.mkdtemp(dir=folder)) / FILE_NAME
        shutil.copyfile(made.database.path, path)
        self.shop = replace(made, database=schema.open_shop(path))
        self.sold: list[int] = []
        self.today = 0

    @property
    def period(self) -> Period:
        return Period(DAY, DAY + self.today * ONE_DAY)

    def do(self, doing: str, goods: dict[str, int], nth: int) -> None:
        if doing == "next day":
            self.today += 1
            shift_id = shops.new_day(self.shop, at=AT + self.today * ONE_DAY)
            self.shop = replace(self.shop, shift_id=shift_id)
        elif doing == "store":
            write(self.shop, DAY + (nth % (self.today + 1)) * ONE_DAY)
        elif doing in {"refund", "compensate"}:
            self._give_back(doing, nth)
        else:
            self._sell(doing, goods, nth)

    def _sell(self, doing: str, goods: dict[str, int], nth: int) -> None:
        weighed = {sku: n * 137 if sku == "WALNUT" else n for sku, n in goods.items()}
        cart = shops.basket(self.shop, weighed)
        seat = self.shop.seat()
        if doing == "canteen":
            cart = replace(cart, buyer_kind=BuyerKind.UNIT)
            with self.shop.database.read() as session:
                *_others, canteen = places.list_outlets(session)
            seat = replace(seat, till=replace(seat.till, outlet=canteen))
        bill = shops.bill_for(self.shop, cart)
        part = bill.due.times(nth, 9)
        if part:
            account = ("wechat", "phone")[nth % 2]
            bill = shops.paid_by_phone(self.shop, bill, part.plain, account)
        at = AT + self.today * ONE_DAY + nth * timedelta(minutes=37)
        bill = shops.paid_in_cash(bill)
        sold = shops.sell_basket(self.shop, cart, bill, at=at, seat=seat)
        self.sold.append(sold.sale_id)

    def _give_back(self, doing: str, nth: int) -> None:
        if not self.sold:
            return
        sale_id = self.sold[nth % len(self.sold)]
        with contextlib.suppress(PosError):  # nothing is left of it, or no such coins
            if doing == "refund":
                refund(self.shop, sale_id)
            else:
                compensate(self.shop, sale_id, 1, 30)


_SKUS = st.sampled_from(["SAUCE", "WALNUT", "POMELO", "HONEY", "BAG", "BOX"])
_DOINGS = st.lists(
    st.tuples(
        st.sampled_from(
            ["sell", "sell", "canteen", "refund", "compensate", "next day", "store"]
        ),
        st.dictionaries(_SKUS, st.integers(1, 4), min_size=1, max_size=3),
        st.integers(0, 9),
    ),
    min_size=4,
    max_size=14,
)


@given(doings=_DOINGS)
@settings(max_examples=12)
def test_every_cut_of_any_days_is_what_lines_and_payments_come_to(
    made_shop: Shop,
    tmp_path_factory: pytest.TempPathFactory,
    doings: list[tuple[str, dict[str, int], int]],
) -> None:
    """Stored or not yet, and whatever came after a day was stored."""
    days = _Days(made_shop, tmp_path_factory.mktemp("days"))
    for doing in doings:
        days.do(*doing)
    agrees(days.shop, days.period)
    for number in range(days.today + 1):
        write(days.shop, DAY + number * ONE_DAY)
    agrees(days.shop, days.period)
    agrees(days.shop, Period(days.period.last, days.period.last))
    days.shop.database.close()


# --- when a day is stored -----------------------------------------------------------


def _stored(shop: Shop) -> int:
    with shop.database.read() as session:
        query = text("SELECT count(*) FROM day_total WHERE cut = 'all'")
        found: int = session.execute(query).scalar_one()
    return found


def _due(shop: Shop, today: date) -> date | None:
    with shop.database.read() as session:
        return day_totals.next_due(session, today)


def test_a_day_is_due_once_it_is_over_and_its_shift_is_sealed(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 1})
    assert _due(shop, DAY + ONE_DAY) is None  # its shift is open
    shops.new_day(shop, at=AT + ONE_DAY)
    assert _due(shop, DAY) is None  # it is today
    assert _due(shop, DAY + ONE_DAY) == DAY
    write(shop, DAY)
    assert _due(shop, DAY + ONE_DAY) is None
    assert _stored(shop) == 1


def test_storing_a_day_twice_stores_it_once(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 1})
    shops.new_day(shop, at=AT + ONE_DAY)
    write(shop, DAY)
    write(shop, DAY)
    assert report(shop).total.sums.net == Money(2390)
    assert _stored(shop) == 1


def test_what_is_sold_after_a_day_was_stored_is_in_the_report_at_once(
    shop: Shop,
) -> None:
    """A second shift of the date, or one that was still open."""
    shops.sell(shop, {"SAUCE": 1})
    write(shop, DAY)  # too early: the shift is open
    shops.sell(shop, {"SAUCE": 1})
    assert report(shop).total.sums.net == Money(4780)
    shift_id = shops.new_day(shop, at=AT)  # the same date again
    assert report(shop).total.sums.net == Money(4780)
    write(shop, DAY)
    shops.sell(shop, {"SAUCE": 1}, seat=shop.seat(shift_id))
    made = report(shop)
    assert made.total.sums.net == Money(7170)
    assert [month.net for month in made.months] == [Money(7170)]
    agrees(shop, MONTH)


def test_the_newest_day_is_stored_first(shop: Shop) -> None:
    for number in range(1, 4):
        shops.new_day(shop, at=AT + number * ONE_DAY)
    today = DAY + 3 * ONE_DAY
    days = []
    while (day := _due(shop, today)) is not None:
        write(shop, day)
        days.append((today - day).days)
    assert days == [1, 2, 3]


def test_what_was_practised_is_in_no_report(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 1})
    does(shop, training.start, where(shop, shop.staff_id))
    shops.sell(shop, {"SAUCE": 5})
    assert report(shop).total.sums.net == Money(2390)
    behind = Behind(Cut.ALL, "", DAY, DAY, "")
    with shop.database.read() as session:
        assert len(sale_reading.list_sales(session, Wanted(behind=behind))) == 1


# --- what a report says -------------------------------------------------------------


def test_the_melons_of_the_campaign_are_8_72_ten_thousands(shop: Shop) -> None:
    """1453 boxes at 60.00: 87,180.00, rounded once, the exact figure beside it."""
    shops.change(shop, "POMELO", price=Money(6000))
    shops.sell(shop, {"POMELO": 1453})
    net = row_of(report(shop), "441422:within_province").sums.net
    assert (net.grouped, net.ten_thousands) == ("87,180.00", "8.72")


def test_counties_stand_by_scheme_with_subtotals_and_are_never_added_up(
    shop: Shop,
) -> None:
    shops.sell(shop, {"SAUCE": 1, "HONEY": 1, "POMELO": 1, "BAG": 1})
    made = report(shop)
    rows = report_tables.main_table(made, Language.EN, _en)
    names = [row.cells[0] for row in rows.table.rows]
    assert names == [
        "Weng'an",
        "Fuquan",
        "East-West cooperation, total",
        "Shufu",
        "Partner support, total",
        "Dabu",
        "Within the province, total",
        "Not assisted",
    ]
    subtotal = rows.table.rows[2]
    assert subtotal.is_total
    assert subtotal.cells[1] == "1"  # one receipt, though it has two of its counties
    schemes = report_tables.main_table(report(shop, Cut.SCHEME), Language.EN, _en)
    assert "Total" not in [row.cells[0] for row in schemes.table.rows]
    assert schemes.table.columns[0].title == "Scheme"


_en, _zh = translator(Language.EN), translator(Language.ZH)


def test_a_county_that_changes_its_scheme_counts_under_each_for_itself(
    shop: Shop,
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    with shop.database.write() as session:
        regions.add_region(session, "522702", Scheme.WITHIN_PROVINCE)
    shops.sell(shop, {"SAUCE": 2})
    assert nets(report(shop)) == {
        "522702:within_province": 4780,
        "522702:east_west": 2390,
    }


def test_growth_and_share_are_told_in_tenths_of_a_percent(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 2})
    shift_id = shops.new_day(shop, at=AT + ONE_DAY)
    later = replace(shop, shift_id=shift_id)
    shops.sell(later, {"SAUCE": 3, "POMELO": 1}, at=AT + ONE_DAY)
    tomorrow = DAY + ONE_DAY
    made = report(shop, Cut.PRODUCT, Period(tomorrow, tomorrow))
    table = report_tables.main_table(made, Language.EN, _en).table
    assert [row.cells[0] for row in table.rows][:1] == ["Fuquan chilli sauce"]
    assert table.rows[0].cells[-4:] == ("71.70", "84.9%", "47.80", "+50.0%")
    assert table.rows[1].cells[-4:] == ("12.80", "15.1%", "-", "-")
    back = report(shop, Cut.PRODUCT, Period(tomorrow + ONE_DAY, tomorrow + ONE_DAY))
    lost = report_tables.main_table(back, Language.EN, _en).table.rows[0]
    assert lost.cells[1:] == ("0", "-", "-", "0.00", "-", "71.70", "-100.0%")


def test_what_is_sold_elsewhere_stands_beside_and_is_in_no_sum(shop: Shop) -> None:
    shops.sell(shop, {"HONEY": 1})
    made = report(shop, elsewhere=_platform)
    wengan = row_of(made, "522725:east_west")
    assert (wengan.sums.net, wengan.elsewhere) == (Money(5990), Money(39_000_000))
    assert (made.total.sums.net, made.total.elsewhere.grouped) == (
        Money(5990),
        "3,500,000.00",
    )
    assert made.total.elsewhere.ten_thousands == "350.00"
    channels = report(shop, Cut.CHANNEL, elsewhere=_platform)
    online = row_of(channels, Channel.ONLINE)
    assert (online.sums.net, online.elsewhere) == (Money.ZERO, Money(350_000_000))
    assert row_of(report(shop, Cut.TERMS, elsewhere=_platform), "own").elsewhere == (
        Money.ZERO
    )


@pytest.mark.parametrize("cut", [Cut.COUNTY, Cut.SCHEME])
def test_what_nobody_divided_among_counties_is_not_called_unassisted(
    shop: Shop, cut: Cut
) -> None:
    """It stands last, by a name of its own, with no target and no receipts behind."""
    shops.sell(shop, {"BAG": 1})
    made = report(shop, cut, elsewhere=_platform)
    table = report_tables.main_table(made, Language.ZH, _zh)
    bag, platform = table.table.rows[-2:]
    assert bag.cells[0] == "非帮扶"
    assert (platform.cells[0], platform.cells[6]) == ("未分区县", "3,110,000.00")
    assert "未分区县" not in [row.name for row in made_for_targets(made)]
    wanted = Wanted(behind=table.behind[-1])
    with shop.database.read() as session:
        assert sale_reading.list_sales(session, wanted, before=None, most=9) == []
    file = report_tables.file_tables(made, Language.ZH, _zh)[0]
    assert file.rows[-1][2:5] == ("", "未分区县", "")


def made_for_targets(made: Report) -> tuple[Behind, ...]:
    return report_tables.target_table(made, Language.ZH, _zh).behind


def _platform(_session: Session, cut: Cut, _period: Period) -> dict[str, Money]:
    """贵州平台 350 万元, of which 瓮安 39 万元."""
    assert cut in KNOWN_ELSEWHERE
    whole, part = Money(350_000_000), Money(39_000_000)
    rest = whole - part
    return {
        Cut.COUNTY: {"522725:east_west": part, county_key(UNDIVIDED, _NONE): rest},
        Cut.SCHEME: {"east_west": part, UNDIVIDED: rest},
        Cut.CHANNEL: {"online": whole},
    }[cut]


def test_a_target_is_of_the_year_and_counts_both(shop: Shop) -> None:
    key = county_key("522725", Scheme.EAST_WEST)
    shops.sell(shop, {"HONEY": 1})
    with shop.database.write() as session:
        targets.set_target(session, 2026, Cut.COUNTY, key, Money(1))
        targets.set_target(session, 2026, Cut.COUNTY, key, Money(78_011_980))
    made = report(shop, period=Period(DAY, DAY), elsewhere=_platform)
    row = row_of(made, key)
    assert row.so_far == Money(39_005_990)
    assert row.done_permille == 500
    goals = report_tables.target_table(made, Language.ZH, _zh)
    assert goals.table.rows[0].cells == ("瓮安县", "780,119.80", "390,059.90", "50.0%")
    assert len(goals.table.rows) == 4  # none for what is not assisted
    assert row_of(report(shop, Cut.SCHEME), "east_west").target is None
    with shop.database.write() as session:
        with pytest.raises(WrongAmount):
            targets.set_target(session, 2026, Cut.COUNTY, key, Money.ZERO)
        targets.set_target(session, 2026, Cut.COUNTY, key, None)
    with shop.database.write() as session:
        targets.set_target(session, 2026, Cut.COUNTY, key, None)  # there is none
    assert row_of(report(shop), key).target is None


def test_a_file_without_a_till_has_an_empty_report(database: Database) -> None:
    with database.read() as session:
        made = reports.make(session, Wish(MONTH), at=AT)
    assert (made.till_code, made.is_empty, made.rows) == ("", True, ())
    assert report_pdf.render(made, language=Language.ZH).startswith(b"%PDF")


# --- what is behind a figure --------------------------------------------------------


def test_each_figure_opens_the_receipts_that_it_is_made_of(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 1})
    sold = shops.sell(shop, {"HONEY": 1, "WALNUT": 500}).sale_id
    cart = shops.basket(shop, {"POMELO": 2})
    bill = shops.paid_by_phone(shop, shops.bill_for(shop, cart))
    shops.sell_basket(shop, cart, bill, at=AT + timedelta(hours=3))
    refund(shop, sold)
    for cut in Cut:
        made = report(shop, cut)
        rows = report_tables.main_table(made, Language.ZH, _zh)
        for row, behind in zip(rows.table.rows, rows.behind, strict=True):
            with shop.database.read() as session:
                found = sale_reading.list_sales(session, Wanted(behind=behind))
            sales = [one for one in found if one.kind is SaleKind.SALE]
            assert f"{len(sales):,}" == row.cells[1], (cut, behind)
    weighed = Behind(Cut.PRODUCT, str(shop.products["WALNUT"]), DAY, DAY, "")
    with shop.database.read() as session:
        found = sale_reading.list_sales(session, Wanted(behind=weighed))
    assert [one.kind for one in found] == [SaleKind.REFUND, SaleKind.SALE]


def test_months_open_their_own_receipts(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 1})
    months = report_tables.month_table(
        report(shop, period=periods.year_of(DAY)), Language.ZH, _zh
    )
    assert len(months.behind) == 11
    assert (months.behind[0].first, months.behind[0].last) == (
        date(2026, 1, 1),
        date(2026, 1, 31),
    )
    assert months.behind[-1].last == DAY


def test_keys_say_what_they_stand_for() -> None:
    assert county_of(":none") == ("", Scheme.NONE)
    assert tender_of("cash:0:") == (Method.CASH, None)


# --- files and pages ----------------------------------------------------------------


def _hostile(shop: Shop) -> Report:
    shops.change(shop, "HONEY", name="=1+1", name_en="")
    shops.sell(shop, {"HONEY": 1, "WALNUT": 1240})
    return report(shop, Cut.PRODUCT, periods.year_of(DAY))


def test_the_spreadsheet_adds_up_and_holds_no_formula(shop: Shop) -> None:
    made = _hostile(shop)
    tables = report_tables.file_tables(made, Language.EN, _en)
    content = workbook.render(tables)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/sheet" in name]
        assert len(sheets) == 2
        assert not any(b"<f" in parts.read(name) for name in sheets)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    titles, *rows = book.get_sheet_by_name("Product").to_python()
    at = titles.index("Net received")
    assert [(row[3], row[at]) for row in rows] == [
        (row.label_en or row.label, float(row.sums.net.plain)) for row in made.rows
    ]
    assert "=1+1" in [row[3] for row in rows]
    weights = [row[titles.index("kg")] for row in rows]
    assert 1.24 in weights
    months = book.get_sheet_by_name("Month by month").to_python()
    assert months[-1][:2] == ["2026-11", float(made.total.sums.net.plain)]


def test_the_csv_says_its_encoding_and_text_stays_text(shop: Shop) -> None:
    made = _hostile(shop)
    content = report_files.as_csv(report_tables.file_tables(made, Language.ZH, _zh)[0])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert "'=1+1" in [row[3] for row in rows]
    assert "2026-11-24" in rows[1]


def test_counties_and_tenders_are_written_with_what_they_have(shop: Shop) -> None:
    shops.sell(shop, {"SAUCE": 1})
    [county, *_more] = report_tables.file_tables(report(shop), Language.ZH, _zh)[0].rows
    assert county[2:5] == ("522702", "福泉市", "东西部协作")
    tenders = report(shop, Cut.TENDER)
    [cash] = report_tables.file_tables(tenders, Language.ZH, _zh)[0].rows
    assert cash[6:11] == ("",) * 5
    assert cash[11] == Money(2390)


def test_a_file_must_say_what_it_is() -> None:
    assert report_files.kind_of(Path("a.PDF")) is FileKind.PDF
    with pytest.raises(WrongReportEnding, match=r"a\.doc"):
        report_files.kind_of(Path("a.doc"))

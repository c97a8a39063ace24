"""Label layouts as data: several at once, changed and retired, refused kindly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete

from models.codes import CheckRule, LabelFields, LabelUnit, Layout, check_digit
from models.database import Database
from models.errors import BadCheckDigit, PosError, UnknownCode, WrongField
from models.goods import layouts
from models.goods.drafts import PackCode
from models.goods.layouts import (
    CheckMustHold,
    LabelLayout,
    LayoutDoesNotFit,
    LayoutsOverlap,
    PrefixTaken,
    WrongPrefix,
)
from models.i18n import Language, use_language
from tests.shop import SAUCE_CODE, Shop, change, scanned

WEIGHT = Layout("23", 13, 5, LabelFields.WEIGHT)
BOTH = Layout("24", 18, 5, LabelFields.AMOUNT_WEIGHT)


def save(database: Database, layout: Layout, layout_id: int | None = None) -> int:
    with database.write() as session:
        return layouts.save_layout(session, layout, layout_id)


def listed(database: Database) -> list[Layout]:
    with database.read() as session:
        rows = layouts.list_layouts(session)
        in_use = layouts.layouts_in_use(session)
    assert [row.layout for row in rows] == list(in_use)
    return list(in_use)


def id_of(database: Database, prefix: str) -> int:
    with database.read() as session:
        rows = layouts.list_layouts(session)
    return next(row.id for row in rows if row.layout.prefix == prefix)


def test_a_new_shop_reads_the_layouts_that_are_common(database: Database) -> None:
    assert listed(database) == [
        Layout("20", 13, 5, LabelFields.WEIGHT),
        Layout("21", 13, 5, LabelFields.AMOUNT),
        Layout("22", 13, 4, LabelFields.AMOUNT),
        Layout("26", 18, 5, LabelFields.AMOUNT_WEIGHT),
    ]


@pytest.mark.parametrize(
    "layout",
    [
        WEIGHT,
        BOTH,
        replace(WEIGHT, check=CheckRule.IGNORE),
        replace(BOTH, fields=LabelFields.WEIGHT_AMOUNT, check=CheckRule.WARN),
        Layout(
            "29",
            13,
            6,
            LabelFields.WEIGHT,
            weight_unit=LabelUnit.G500,
            weight_decimals=3,
        ),
        Layout("240", 13, 4, LabelFields.AMOUNT, amount_decimals=0),
        Layout("02", 13, 5, LabelFields.AMOUNT, amount_decimals=1),
        Layout("9", 13, 6, LabelFields.AMOUNT),  # the shop's own
        Layout("27", 18, 5, LabelFields.AMOUNT_WEIGHT),
    ],
)
def test_a_layout_is_kept_as_it_was_saved(database: Database, layout: Layout) -> None:
    before = listed(database)
    save(database, layout)
    assert listed(database) == [*before, layout]


def test_the_first_layout_may_be_added_to_none(database: Database) -> None:
    with database.write() as session:
        session.execute(delete(LabelLayout))
    save(database, WEIGHT)
    assert listed(database) == [WEIGHT]


def test_a_weight_in_grams_has_no_decimals(database: Database) -> None:
    save(database, replace(WEIGHT, weight_decimals=3))
    assert listed(database)[-1].weight_decimals == 0


def test_a_layout_is_changed_in_its_place(database: Database) -> None:
    changed = Layout("21", 13, 4, LabelFields.WEIGHT, check=CheckRule.WARN)
    number = id_of(database, "21")
    assert save(database, changed, number) == number
    assert listed(database)[1] == changed
    save(database, replace(changed, prefix="28", length=13), number)
    assert listed(database)[1].prefix == "28"


def test_a_retired_layout_reads_nothing_and_gives_its_prefix_back(shop: Shop) -> None:
    database = shop.database
    code = "2100301003507"
    scanned(shop, code)
    with database.write() as session:
        layouts.retire_layout(session, id_of(database, "21"))
    with pytest.raises(UnknownCode):
        scanned(shop, code)
    save(database, Layout("21", 13, 5, LabelFields.AMOUNT))
    scanned(shop, code)


def test_several_layouts_are_read_at_once(shop: Shop) -> None:
    save(shop.database, Layout("29", 13, 6, LabelFields.AMOUNT))
    save(shop.database, Layout("28", 13, 4, LabelFields.WEIGHT))
    for digits in ("290003010350", "280301000607", "200030100607", "210030100350"):
        scanned(shop, digits + check_digit(digits))
    with pytest.raises(BadCheckDigit):
        scanned(shop, "2900030103500")


def _carry_a_long_code(shop: Shop) -> None:
    change(shop, "POMELO", barcodes=(PackCode("991234567890123456"),))


@pytest.mark.parametrize(
    ("layout", "error", "words"),
    [
        (replace(WEIGHT, prefix=""), WrongPrefix, "20 to 29"),
        (replace(WEIGHT, prefix="2A"), WrongPrefix, "“2A”"),
        (replace(WEIGHT, prefix="２３"), WrongPrefix, "“２３”"),
        (replace(WEIGHT, prefix="2345"), WrongPrefix, "“2345”"),
        (replace(WEIGHT, amount_decimals=3), WrongField, "3"),
        (replace(WEIGHT, amount_decimals=-1), WrongField, "-1"),
        (
            replace(WEIGHT, weight_unit=LabelUnit.KG, weight_decimals=4),
            WrongField,
            "4",
        ),
        (replace(WEIGHT, item_digits=3), LayoutDoesNotFit, "7 of 13 digits"),
        (replace(WEIGHT, item_digits=7), LayoutDoesNotFit, "3 of 13 digits"),
        (replace(WEIGHT, length=18), LayoutDoesNotFit, "10 of 13 digits"),
        (replace(BOTH, item_digits=4), LayoutDoesNotFit, "11 of 18 digits"),
        (replace(BOTH, length=13), LayoutDoesNotFit, "5 of 18 digits"),
        (
            replace(BOTH, prefix="", item_digits=7),
            WrongPrefix,
            "one to three digits",
        ),
        (replace(WEIGHT, prefix="21"), LayoutsOverlap, "13 digits that begin with 21"),
        (
            Layout("2", 13, 6, LabelFields.AMOUNT),
            LayoutsOverlap,
            "13 digits that begin with 2.",
        ),
        (
            Layout("213", 13, 4, LabelFields.AMOUNT),
            LayoutsOverlap,
            "13 digits that begin with 213",
        ),
        (replace(BOTH, prefix="26"), LayoutsOverlap, "18 digits that begin with 26"),
        (replace(WEIGHT, prefix="69"), PrefixTaken, "13 digits and begin with 69"),
        (replace(BOTH, prefix="13"), PrefixTaken, "18 digits and begin with 13"),
        (replace(BOTH, prefix="30"), PrefixTaken, "18 digits and begin with 30"),
        (replace(BOTH, prefix="99"), PrefixTaken, "18 digits and begin with 99"),
        (
            replace(BOTH, prefix="28", check=CheckRule.WARN),
            CheckMustHold,
            "begin with 28 too",
        ),
        (
            replace(BOTH, prefix="25", check=CheckRule.IGNORE),
            CheckMustHold,
            "begin with 25 too",
        ),
    ],
)
def test_a_layout_that_cannot_be_read_is_refused_in_one_sentence(
    shop: Shop, layout: Layout, error: type[PosError], words: str
) -> None:
    _carry_a_long_code(shop)
    before = listed(shop.database)
    with pytest.raises(error) as caught:
        save(shop.database, layout)
    assert caught.value.args == tuple(
        getattr(caught.value, name) for name in vars(caught.value)
    )
    use_language(Language.EN)
    assert words in str(caught.value)
    assert listed(shop.database) == before


def test_a_layout_may_keep_its_own_prefix_but_not_take_another(shop: Shop) -> None:
    number = id_of(shop.database, "21")
    save(shop.database, Layout("21", 13, 4, LabelFields.AMOUNT), number)
    with pytest.raises(LayoutsOverlap):
        save(shop.database, Layout("20", 13, 5, LabelFields.AMOUNT), number)
    assert listed(shop.database)[1].item_digits == 4


def test_goods_of_another_length_do_not_take_a_prefix(shop: Shop) -> None:
    assert SAUCE_CODE.startswith("69")
    save(shop.database, Layout("69", 18, 5, LabelFields.AMOUNT_WEIGHT))
    assert listed(shop.database)[-1].prefix == "69"

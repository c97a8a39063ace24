"""What is this code? Every kind, in sentences, the last of which is what is sold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.codes import CheckRule, LabelFields, Layout, check_digit
from models.goods import explain, layouts
from models.goods.drafts import PackCode
from models.i18n import Language, use_language
from tests.shop import SAUCE_CODE, SAUCE_PACK_CODE, Shop, change


def explained(shop: Shop, code: str, language: Language = Language.EN) -> list[str]:
    stand = shop.stand()
    use_language(language)
    with shop.database.read() as session:
        return list(explain.explain(session, code, stand))


def label(*parts: str) -> str:
    digits = "".join(parts)
    return digits + check_digit(digits)


def wrong(code: str) -> str:
    return f"{code[:-1]}{(int(code[-1]) + 1) % 10}"


BOTH = label("26", "00301", "03520", "00607")
UNKNOWN_BOTH = label("26", "00999", "03520", "00607")


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            SAUCE_CODE,
            [
                f"{SAUCE_CODE} is a barcode of Fuquan chilli sauce.",
                "The till sells 1 × Fuquan chilli sauce for ¥23.90.",
            ],
        ),
        (
            SAUCE_PACK_CODE,
            [
                f"{SAUCE_PACK_CODE} is a barcode of Fuquan chilli sauce, of a pack "
                "of 10.",
                "The till sells 1 × Fuquan chilli sauce for ¥220.00.",
            ],
        ),
        (
            " sauce\n",
            [
                "sauce is the SKU of Fuquan chilli sauce.",
                "The till sells 1 × Fuquan chilli sauce for ¥23.90.",
            ],
        ),
        (
            "WALNUT",
            [
                "WALNUT is the SKU of Shufu walnuts.",
                "The till asks for the weight of Shufu walnuts.",
            ],
        ),
        (
            "NEW",
            [
                "NEW is the SKU of 新品样.",
                "The till refuses it: 新品样 has no price yet. Enter one under Goods.",
            ],
        ),
        (  # DOMAIN.md 5.5
            "2100301003507",
            [
                "2100301003507 is a weighing label: 13 digits that begin with 21.",
                "Item number 301: Shufu walnuts.",
                "Printed amount: ¥3.50.",
                "Its weight follows from the amount and today's price.",
                "Check digit 7: right.",
                "The till sells 0.060 kg of Shufu walnuts (¥58.00 per kg) for ¥3.50.",
            ],
        ),
        (  # FORMATS.md E2
            "2110007035207",
            [
                "2110007035207 is a weighing label: 13 digits that begin with 21.",
                "Item number 10007: no product has it as its PLU.",
                "Printed amount: ¥35.20.",
                "Its weight follows from the amount and today's price.",
                "Check digit 7: right.",
                "The till refuses it: No weighed product has the number 10007 of this "
                "label.",
            ],
        ),
        (
            "2200123003508",
            [
                "2200123003508 is a weighing label: 13 digits that begin with 22.",
                "Item number 12: no product has it as its PLU.",
                "Printed amount: ¥3,003.50.",
                "Its weight follows from the amount and today's price.",
                "Check digit 8: right.",
                "The till refuses it: No weighed product has the number 12 of this "
                "label.",
            ],
        ),
        (
            label("20", "00301", "02310"),
            [
                "2000301023102 is a weighing label: 13 digits that begin with 20.",
                "Item number 301: Shufu walnuts.",
                "Printed weight: 2.310 kg.",
                "Check digit 2: right.",
                "The till sells 2.310 kg of Shufu walnuts at ¥58.00 per kg for "
                "¥133.98.",
            ],
        ),
        (
            "2000000023105",
            [
                "2000000023105 is a weighing label: 13 digits that begin with 20.",
                "Item number 0: no product has it as its PLU.",
                "Printed weight: 2.310 kg.",
                "Check digit 5: wrong, 6 would be right.",
                "The till refuses it: The label 2000000023105 was misread. Scan it "
                "again.",
            ],
        ),
        (
            BOTH,
            [
                f"{BOTH} is a weighing label: 18 digits that begin with 26.",
                "Item number 301: Shufu walnuts.",
                "Printed amount: ¥35.20.",
                "Printed weight: 0.607 kg.",
                f"Check digit {BOTH[-1]}: right.",
                "The till sells 0.607 kg of Shufu walnuts (¥58.00 per kg) for ¥35.20.",
            ],
        ),
        (
            label("26", "00301", "04990", "01000"),
            [
                f"{label('26', '00301', '04990', '01000')} is a weighing label: "
                "18 digits that begin with 26.",
                "Item number 301: Shufu walnuts.",
                "Printed amount: ¥49.90.",
                "Printed weight: 1.000 kg.",
                f"Check digit {label('26', '00301', '04990', '01000')[-1]}: right.",
                "The till sells 1.000 kg of Shufu walnuts (¥58.00 per kg) for ¥49.90.",
                "The label says ¥49.90, but 1.000 kg come to ¥58.00 now. Was the price "
                "changed after weighing?",
            ],
        ),
        (
            "2912345123451",
            [
                "2912345123451 may be a weighing label: no product has it as its "
                "barcode, and no layout reads 13 digits that begin so.",
                "The till refuses it: No product has the code 2912345123451. Search it "
                "by name.",
            ],
        ),
        (
            "6901234567892",
            [
                "6901234567892 is a barcode whose check digit is right, but of no "
                "product.",
                "The till refuses it: No product has the code 6901234567892. Search it "
                "by name.",
            ],
        ),
        (
            "6901234567893",
            [
                "6901234567893 is like a barcode, but its check digit should be 2: it "
                "was misread, or it is a label whose layout is missing.",
                "The till refuses it: No product has the code 6901234567893. Search it "
                "by name.",
            ],
        ),
        (
            "hello",
            [
                "hello is no barcode, SKU or label of this shop.",
                "The till refuses it: No product has the code hello. Search it by "
                "name.",
            ],
        ),
        ("", ["This code cannot be read. Scan again or search by name."]),
        ("x" * 129, ["This code cannot be read. Scan again or search by name."]),
    ],
)
def test_a_code_is_explained_up_to_what_is_sold(
    shop: Shop, code: str, sentences: list[str]
) -> None:
    assert explained(shop, code) == sentences


def test_the_label_of_the_brief_is_explained_in_the_language_of_the_screen(
    shop: Shop,
) -> None:
    change(shop, "WALNUT", plu="10007", name="花蜜瓜", name_en="Melon")
    assert "Item number 10007: Melon." in explained(shop, "2110007035207")
    said = " ".join(explained(shop, "2110007035207", Language.ZH))
    assert "花蜜瓜" in said
    assert "Melon" not in said


@pytest.mark.parametrize(
    ("code", "app", "is_like_a_label"),
    [
        ("134567890123456789", "WeChat Pay", False),
        ("2812345678901234567", "Alipay", False),
        ("6212345678901234567", "UnionPay", False),
        (wrong(BOTH), "Alipay", True),
        (UNKNOWN_BOTH, "Alipay", True),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_a_payment_code_is_named_and_its_digits_are_not_repeated(
    shop: Shop, code: str, app: str, *, is_like_a_label: bool, language: Language
) -> None:
    said = explained(shop, code, language)
    assert len(said) == (4 if is_like_a_label else 3)
    assert not any(code[at : at + 4] in one for at in range(2, 15) for one in said)
    if language is Language.EN:
        assert said[0] == f"This is a payment code of {app}."
        assert said[1] == "Its digits are neither shown nor kept."
        assert ("prefix 26" in said[2]) is is_like_a_label
        assert said[-1] == (
            "The till refuses it: This is a customer's payment code, not a product."
        )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CheckRule.REQUIRE, "Check digit 0: wrong, 7 would be right."),
        (
            CheckRule.WARN,
            "Check digit 0: 7 would be right, which the layout only warns of.",
        ),
        (
            CheckRule.IGNORE,
            "Check digit 0: 7 would be right, which the layout ignores.",
        ),
    ],
)
def test_the_rule_of_a_wrong_check_digit_is_told(
    shop: Shop, rule: CheckRule, words: str
) -> None:
    with shop.database.write() as session:
        row = layouts.list_layouts(session)[1]
        layouts.save_layout(session, replace(row.layout, check=rule), row.id)
    said = explained(shop, "2100301003500")
    assert words in said
    assert said[-1].startswith(
        {
            CheckRule.REQUIRE: "The till refuses it: The label 2100301003500 was",
            CheckRule.WARN: "The label's check digit is wrong.",
            CheckRule.IGNORE: "The till sells 0.060 kg",
        }[rule]
    )


def _retire_all(shop: Shop) -> None:
    with shop.database.write() as session:
        for row in layouts.list_layouts(session):
            layouts.retire_layout(session, row.id)


def _carry(shop: Shop) -> None:
    change(shop, "POMELO", barcodes=(PackCode(BOTH),))


def _stop_selling(shop: Shop) -> None:
    change(shop, "WALNUT", is_active=False)


def _read_long_ones(shop: Shop) -> None:
    with shop.database.write() as session:
        layouts.save_layout(session, Layout("23", 18, 5, LabelFields.WEIGHT_AMOUNT))


@pytest.mark.parametrize(
    ("prepare", "code", "first", "last"),
    [
        (_retire_all, BOTH, "This is a payment code of Alipay.", "not a product."),
        (_carry, BOTH, f"{BOTH} is a barcode of Dabu pomelo.", "for ¥12.80."),
        (
            _stop_selling,
            BOTH,
            f"{BOTH} is a weighing label: 18 digits that begin with 26.",
            "The till refuses it: 疏附核桃 is no longer sold.",
        ),
        (
            _read_long_ones,
            label("23", "00301", "00607", "03521"),
            f"{label('23', '00301', '00607', '03521')} is a weighing label: 18 digits "
            "that begin with 23.",
            "(¥58.00 per kg) for ¥35.21.",
        ),
    ],
)
def test_what_the_shop_has_decides_what_a_code_is(
    shop: Shop, prepare: Callable[[Shop], None], code: str, first: str, last: str
) -> None:
    prepare(shop)
    said = explained(shop, code)
    assert said[0] == first
    assert said[-1].endswith(last)

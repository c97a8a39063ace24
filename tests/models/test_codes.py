"""Codes: barcodes, weighing labels and payment codes told apart by shape and digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codes
from models.codes import CheckRule, Label, LabelFields, LabelUnit, Layout, PayingApp
from models.errors import BadCheckDigit, PaymentCodeScanned, UnreadableCode
from models.money import Money

DIGITS = st.text("0123456789", min_size=1, max_size=20)


@pytest.mark.parametrize(
    "code",
    [
        "6901234567892",
        "6970019000015",
        "2110007035207",
        "2100301003507",
        "2200123003508",
        "2000001023105",
        "2912345123451",
        "96385074",  # EAN-8
        "036000291452",  # UPC-A
        "10614141000415",  # GTIN-14
    ],
)
def test_check_digits_of_published_codes_hold(code: str) -> None:
    assert codes.has_valid_check_digit(code)


@given(DIGITS)
def test_a_code_with_its_check_digit_holds(digits: str) -> None:
    assert codes.has_valid_check_digit(digits + codes.check_digit(digits))


@given(DIGITS, st.data())
def test_one_wrong_digit_is_noticed(digits: str, data: st.DataObject) -> None:
    code = digits + codes.check_digit(digits)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(sorted(set("0123456789") - {code[place]})))
    assert not codes.has_valid_check_digit(code[:place] + wrong + code[place + 1 :])


WEIGHT_20 = Layout("20", 13, 5, LabelFields.WEIGHT)
AMOUNT_21 = Layout("21", 13, 5, LabelFields.AMOUNT)
AMOUNT_22 = Layout("22", 13, 4, LabelFields.AMOUNT)
BOTH_26 = Layout("26", 18, 5, LabelFields.AMOUNT_WEIGHT)
LAYOUTS = (WEIGHT_20, AMOUNT_21, AMOUNT_22, BOTH_26)  # as a new shop has them


def _label(*parts: str) -> str:
    digits = "".join(parts)
    return digits + codes.check_digit(digits)


@pytest.mark.parametrize(
    ("code", "layout", "plu", "amount", "grams"),
    [
        # FORMATS.md E2: item 10007, 35.20 yuan, not 3520 g
        ("2110007035207", AMOUNT_21, "10007", 3520, None),
        # DOMAIN.md 5.5
        ("2100301003507", AMOUNT_21, "301", 350, None),
        ("2200123003508", AMOUNT_22, "12", 300_350, None),
        ("2000001023105", WEIGHT_20, "1", None, 2310),
        (_label("26", "00301", "03520", "00607"), BOTH_26, "301", 3520, 607),
        # to the edges
        (_label("22", "0001", "999999"), AMOUNT_22, "1", 999_999, None),
        (_label("20", "00000", "00001"), WEIGHT_20, "", None, 1),
        (_label("21", "99999", "00000"), AMOUNT_21, "99999", 0, None),
        (_label("26", "99999", "99999", "99999"), BOTH_26, "99999", 99_999, 99_999),
    ],
)
def test_a_weighing_label_says_its_item_and_its_values(
    code: str, layout: Layout, plu: str, amount: int | None, grams: int | None
) -> None:
    money = None if amount is None else Money(amount)
    expected = Label(layout, plu, money, grams, has_valid_check=True)
    assert codes.read_label(code, LAYOUTS) == expected
    assert not expected.is_doubtful


@pytest.mark.parametrize(
    ("layout", "code", "amount", "grams"),
    [
        # 02/20 amount .00, 21 amount .0, 22 integer; F + 6 item + 5 amount
        (Layout("02", 13, 5, LabelFields.AMOUNT), ("02", "00042", "01234"), 1234, None),
        (
            Layout("23", 13, 5, LabelFields.AMOUNT, amount_decimals=1),
            ("23", "00042", "01234"),
            12_340,
            None,
        ),
        (
            Layout("24", 13, 5, LabelFields.AMOUNT, amount_decimals=0),
            ("24", "00042", "01234"),
            123_400,
            None,
        ),
        (
            Layout("2", 13, 6, LabelFields.AMOUNT),
            ("2", "000042", "12345"),
            12_345,
            None,
        ),
        # 23 weight .000, 24 .00, 25 .0 of a kilogram
        *(
            (
                Layout(
                    "25",
                    13,
                    5,
                    LabelFields.WEIGHT,
                    weight_unit=LabelUnit.KG,
                    weight_decimals=decimals,
                ),
                ("25", "00042", "01234"),
                None,
                grams,
            )
            for decimals, grams in (
                (3, 1234),
                (2, 12_340),
                (1, 123_400),
                (0, 1_234_000),
            )
        ),
        # DOMAIN.md 5.5, the unit trap: 02310 as 2.310 jin, and half a gram goes up
        *(
            (
                Layout(
                    "29",
                    13,
                    5,
                    LabelFields.WEIGHT,
                    weight_unit=LabelUnit.G500,
                    weight_decimals=decimals,
                ),
                ("29", "00042", digits),
                None,
                grams,
            )
            for decimals, digits, grams in (
                (3, "02310", 1155),
                (3, "02311", 1156),
                (2, "00248", 1240),
                (0, "00003", 1500),
            )
        ),
        (
            Layout("27", 18, 5, LabelFields.WEIGHT_AMOUNT),
            ("27", "00042", "01240", "01116"),
            1116,
            1240,
        ),
        (
            Layout("210", 13, 4, LabelFields.WEIGHT),
            ("210", "0042", "01240"),
            None,
            1240,
        ),
    ],
)
def test_a_layout_says_how_its_digits_are_meant(
    layout: Layout, code: tuple[str, ...], amount: int | None, grams: int | None
) -> None:
    label = codes.read_label(_label(*code), (layout,))
    assert label is not None
    assert label.plu == "42"
    assert label.amount == (None if amount is None else Money(amount))
    assert label.grams == grams


@pytest.mark.parametrize("code", ["2110007035208", "2000001023100", "2200123003500"])
def test_a_misread_label_is_refused_and_never_corrected(code: str) -> None:
    with pytest.raises(BadCheckDigit) as caught:
        codes.read_label(code, LAYOUTS)
    assert caught.value.code == code


@pytest.mark.parametrize("rule", [CheckRule.WARN, CheckRule.IGNORE])
def test_a_layout_may_accept_a_wrong_check_digit(rule: CheckRule) -> None:
    """DOMAIN.md 5.5: six of seven published examples fail, so makers differ."""
    layout = Layout("21", 13, 5, LabelFields.AMOUNT, check=rule)
    label = codes.read_label("2110007035208", (layout,))
    assert label == Label(layout, "10007", Money(3520), None, has_valid_check=False)
    assert label.is_doubtful is (rule is CheckRule.WARN)


@pytest.mark.parametrize(
    "code",
    [
        "2912345123451",  # of no layout of this shop
        "6970019000015",
        "211000703520",
        "21100070352070",
        "21A0007035207",
        "２110007035207",
        "SAUCE",
        "",
    ],
)
def test_other_codes_are_no_weighing_labels(code: str) -> None:
    assert codes.read_label(code, LAYOUTS) is None
    assert codes.find_layout(code, LAYOUTS) is None


def test_a_layout_overlaps_what_its_prefix_begins_and_nothing_of_another_length() -> (
    None
):
    two = Layout("2", 13, 6, LabelFields.AMOUNT)
    assert two.overlaps(AMOUNT_21)
    assert AMOUNT_21.overlaps(two)
    assert AMOUNT_21.overlaps(AMOUNT_21)
    assert not AMOUNT_21.overlaps(AMOUNT_22)
    assert not two.overlaps(BOTH_26)


@pytest.mark.parametrize(
    ("layout", "looks_so"),
    [
        (AMOUNT_21, False),
        (BOTH_26, True),
        (Layout("2", 18, 6, LabelFields.AMOUNT_WEIGHT), True),
        (Layout("23", 18, 5, LabelFields.AMOUNT_WEIGHT), False),
        (Layout("13", 18, 5, LabelFields.AMOUNT_WEIGHT), True),
        (Layout("30", 18, 5, LabelFields.AMOUNT_WEIGHT), True),
        (Layout("99", 18, 5, LabelFields.AMOUNT_WEIGHT), False),
    ],
)
def test_a_layout_knows_whether_its_labels_could_pay(
    layout: Layout, *, looks_so: bool
) -> None:
    assert layout.looks_like_payment is looks_so


@pytest.mark.parametrize(
    "code",
    [
        *(f"{prefix}{'0' * 16}" for prefix in range(10, 16)),  # WeChat
        *(
            f"{prefix}{'1' * (length - 2)}"  # Alipay
            for prefix in range(25, 31)
            for length in (16, 18, 24)
        ),
        "62" + "0" * 17,  # UnionPay
    ],
)
def test_payment_codes_are_told_by_their_shape(code: str) -> None:
    assert codes.is_payment_code(code)
    with pytest.raises(PaymentCodeScanned) as caught:
        codes.refuse_payment_code(code)
    assert code not in repr(caught.value) + str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "16" + "0" * 16,
        "09" + "0" * 16,
        "10" + "0" * 15,
        "10" + "0" * 17,
        "24" + "0" * 16,
        "31" + "0" * 16,
        "25" + "0" * 13,
        "30" + "0" * 23,
        "62" + "0" * 16,
        "1０" + "0" * 16,
        "10" + "0" * 15 + "A",
        "10" + "0" * 16 + "\n",
        "6970019000015",
        "",
    ],
)
def test_other_codes_are_no_payment_codes(code: str) -> None:
    assert not codes.is_payment_code(code)
    codes.refuse_payment_code(code)


@pytest.mark.parametrize(
    ("code", "app"),
    [
        ("134567890123456789", PayingApp.WECHAT),
        ("2812345678901234567", PayingApp.ALIPAY),
        ("6212345678901234567", PayingApp.UNIONPAY),
        ("6970019000015", None),
    ],
)
def test_a_payment_code_tells_its_app(code: str, app: PayingApp | None) -> None:
    assert codes.paying_app(code) is app


@pytest.mark.parametrize("rule", CheckRule)
def test_a_scale_code_of_18_digits_is_told_from_alipay_by_its_check_digit(
    rule: CheckRule,
) -> None:
    """DOMAIN.md 5.4: whatever the layout says of the check digit."""
    code = _label("26", "00301", "03500", "00603")
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    layouts = (Layout("26", 18, 5, LabelFields.AMOUNT_WEIGHT, check=rule),)
    assert codes.is_payment_code(code)
    assert codes.is_payment_code(wrong)
    assert codes.read_label(code, ()) is None
    assert codes.read_label(code, layouts) is not None
    assert codes.read_label(wrong, layouts) is None


@pytest.mark.parametrize(
    "code",
    [
        "6970019000015",
        "96385074",
        "036000291452",
        "10614141000415",
        "A",
        "POMELO1",
        "SH-01/2",
        "12345",  # of no GTIN's length
        "x" * 48,
        "6.97E",
        "1E5A",
    ],
)
def test_a_product_may_carry_such_a_code(code: str) -> None:
    assert codes.is_barcode(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "6970019000016",
        "96385075",
        "036000291453",
        "10614141000416",
        "697001900001",  # cut short to the length of another GTIN
        "6.97E+12",
        "6.97E12",
        "6,97e+12",
        "1E5",
        "a b",
        "a;b",
        "a\tb",
        "二维码",
        "６９７",
        "x" * 49,
        "a\x00",
    ],
)
def test_a_product_may_not_carry_such_a_code(code: str) -> None:
    assert not codes.is_barcode(code)


def test_blanks_around_a_scan_do_not_matter() -> None:
    assert codes.clean(" 6970019000015\r\n") == "6970019000015"
    assert codes.clean("x" * 128) == "x" * 128


@pytest.mark.parametrize("text", ["", " \n", "x" * 129, "69\x0070", "69\n70", "\ud800"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCode):
        codes.clean(text)

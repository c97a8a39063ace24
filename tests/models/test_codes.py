"""Codes: barcodes, weighing labels and payment codes told apart by shape and digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codes
from models.codes import Label, LabelValue, Layout
from models.errors import BadCheckDigit, PaymentCodeScanned, UnreadableCode

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


@pytest.mark.parametrize(
    ("code", "label"),
    [
        # FORMATS.md E2: item 10007, 35.20 yuan, not 3520 g
        ("2110007035207", Label("10007", LabelValue.AMOUNT, 3520)),
        # DOMAIN.md 5.5
        ("2100301003507", Label("301", LabelValue.AMOUNT, 350)),
        ("2200123003508", Label("12", LabelValue.AMOUNT, 300_350)),
        ("2000001023105", Label("1", LabelValue.WEIGHT, 2310)),
    ],
)
def test_a_weighing_label_says_its_item_and_its_value(code: str, label: Label) -> None:
    assert codes.read_label(code) == label


def _label(prefix: str, item: str, value: str) -> str:
    digits = prefix + item + value
    return digits + codes.check_digit(digits)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        (_label("22", "0001", "999999"), Label("1", LabelValue.AMOUNT, 999_999)),
        (_label("20", "00000", "00001"), Label("", LabelValue.WEIGHT, 1)),
        (_label("21", "99999", "00000"), Label("99999", LabelValue.AMOUNT, 0)),
    ],
)
def test_a_label_is_read_to_its_edges(code: str, label: Label) -> None:
    assert codes.read_label(code) == label


@pytest.mark.parametrize("code", ["2110007035208", "2000001023100", "2200123003500"])
def test_a_misread_label_is_refused_and_never_corrected(code: str) -> None:
    with pytest.raises(BadCheckDigit) as caught:
        codes.read_label(code)
    assert caught.value.code == code


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
    assert codes.read_label(code) is None


def test_a_shop_may_have_its_own_layouts() -> None:
    layouts = (Layout("29", 6, 4, LabelValue.WEIGHT),)
    code = _label("29", "000042", "1234")
    assert codes.read_label(code, layouts) == Label("42", LabelValue.WEIGHT, 1234)
    assert codes.read_label("2110007035207", layouts) is None


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


def test_a_scale_code_of_18_digits_looks_like_an_alipay_code() -> None:
    """DOMAIN.md 5.4: only a layout of the shop can tell them apart."""
    code = _label("26", "00301", "0035000603")
    assert len(code) == 18
    assert codes.is_payment_code(code)
    layouts = (Layout("26", 5, 10, LabelValue.AMOUNT),)
    assert codes.read_label(code) is None
    assert codes.read_label(code, layouts) is not None


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

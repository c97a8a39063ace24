"""What a scanned or typed code is: a barcode, a weighing label or a payment code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from models.errors import BadCheckDigit, PaymentCodeScanned, UnreadableCode

_LONGEST = 128
_GTIN_LENGTHS = {8, 12, 13, 14}


class LabelValue(StrEnum):
    AMOUNT = "amount"  # in fen
    WEIGHT = "weight"  # in grams


@dataclass(frozen=True, slots=True)
class Layout:
    """How a shop's scale prints: prefix, item number, value, check digit."""

    prefix: str
    item_digits: int
    value_digits: int
    value: LabelValue


# DOMAIN.md 5.5 and FORMATS.md E2: FFWWWWWNNNNNC, FFWWWWWEEEEEC, 22 + 4 + 6.
DEFAULT_LAYOUTS = (
    Layout("20", 5, 5, LabelValue.WEIGHT),
    Layout("21", 5, 5, LabelValue.AMOUNT),
    Layout("22", 4, 6, LabelValue.AMOUNT),
)

# DOMAIN.md 5.4: WeChat 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30,
# UnionPay 19 digits from 62.
_PAYMENT_CODE = re.compile(
    r"1[0-5][0-9]{16}|(?:2[5-9]|30)[0-9]{14,22}|62[0-9]{17}", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Label:
    """A weighing label: the item's number without leading zeros, and what it says."""

    plu: str
    value: LabelValue
    number: int  # fen or grams, by ``value``


def check_digit(digits: str) -> str:
    """The GS1 check digit for all digits before it."""
    weighted = sum(
        int(digit) * (3 if place % 2 == 0 else 1)
        for place, digit in enumerate(reversed(digits))
    )
    return str(-weighted % 10)


def has_valid_check_digit(code: str) -> bool:
    return check_digit(code[:-1]) == code[-1]


def is_payment_code(code: str) -> bool:
    """Whether this is a customer's payment code by its shape alone."""
    return _PAYMENT_CODE.fullmatch(code) is not None


def is_barcode(code: str) -> bool:
    """Whether a product may carry this code.

    Printable ASCII without blanks; a code of a GTIN's length needs its check digit, and
    what a spreadsheet made of one (6.97E+12) is none.
    """
    if not 1 <= len(code) <= 48 or not code.isascii() or not code.isprintable():
        return False
    if " " in code or re.fullmatch(r"[0-9.,]+[Ee]\+?[0-9]+", code):
        return False
    if code.isdecimal() and len(code) in _GTIN_LENGTHS:
        return has_valid_check_digit(code)
    return True


def clean(text: str) -> str:
    """A scan without the blanks around it. Raises UnreadableCode if it is no code."""
    code = text.strip()
    if not 1 <= len(code) <= _LONGEST or not code.isprintable():
        raise UnreadableCode
    return code


def read_label(
    code: str, layouts: tuple[Layout, ...] = DEFAULT_LAYOUTS
) -> Label | None:
    """What a weighing label says; None if the code is of no known layout.

    Raises BadCheckDigit for a label that was misread.
    """
    if not (code.isascii() and code.isdecimal()):
        return None
    for layout in layouts:
        length = len(layout.prefix) + layout.item_digits + layout.value_digits + 1
        if len(code) == length and code.startswith(layout.prefix):
            return _read_as(code, layout)
    return None


def _read_as(code: str, layout: Layout) -> Label:
    if not has_valid_check_digit(code):
        raise BadCheckDigit(code)
    start = len(layout.prefix)
    middle = start + layout.item_digits
    return Label(
        plu=code[start:middle].lstrip("0"),
        value=layout.value,
        number=int(code[middle:-1]),
    )


def refuse_payment_code(code: str) -> None:
    """Raises PaymentCodeScanned; the code itself is neither kept nor repeated."""
    if is_payment_code(code):
        raise PaymentCodeScanned

"""What a scanned or typed code is: a barcode, a weighing label or a payment code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.errors import BadCheckDigit, PaymentCodeScanned, UnreadableCode
from models.money import Money

_LONGEST = 128
_GTIN_LENGTHS = {8, 12, 13, 14}
LABEL_LENGTHS = (13, 18)


class LabelFields(StrEnum):
    """What a label says after its item number, in this order."""

    AMOUNT = "amount"
    WEIGHT = "weight"
    AMOUNT_WEIGHT = "amount_weight"
    WEIGHT_AMOUNT = "weight_amount"

    @property
    def has_amount(self) -> bool:
        return self is not LabelFields.WEIGHT

    @property
    def has_weight(self) -> bool:
        return self is not LabelFields.AMOUNT

    @property
    def are_two(self) -> bool:
        return self.has_amount and self.has_weight


class LabelUnit(StrEnum):
    """What a scale's weights count; never guessed (DOMAIN.md 5.5, the unit trap)."""

    G = "g"
    G500 = "500g"  # 斤
    KG = "kg"

    @property
    def grams(self) -> int:
        return {LabelUnit.G: 1, LabelUnit.G500: 500, LabelUnit.KG: 1000}[self]


class CheckRule(StrEnum):
    """What becomes of a label whose check digit is wrong: makers differ."""

    REQUIRE = "require"
    WARN = "warn"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a scale prints: prefix, item number, one value or two, check digit."""

    prefix: str
    length: int  # of the whole code
    item_digits: int
    fields: LabelFields
    amount_decimals: int = 2  # of yuan: 2 is fen
    weight_unit: LabelUnit = LabelUnit.G
    weight_decimals: int = 0
    check: CheckRule = CheckRule.REQUIRE

    @property
    def value_digits(self) -> int:
        """Of each value; a layout that fits leaves no rest."""
        values = 2 if self.fields.are_two else 1
        return self.digits_left // values

    @property
    def digits_left(self) -> int:
        """For the values, after prefix and item number and before the check digit."""
        return self.length - len(self.prefix) - self.item_digits - 1

    @property
    def looks_like_payment(self) -> bool:
        """Whether a label may have the shape of a payment code."""
        begun = (f"{self.prefix}{digit}" for digit in "0123456789")
        return any(is_payment_code(start.ljust(self.length, "0")) for start in begun)

    def reads(self, code: str) -> bool:
        return len(code) == self.length and code.startswith(self.prefix)

    def overlaps(self, other: Layout) -> bool:
        """Whether some code could be read by both."""
        same_length = self.length == other.length
        shorter, longer = sorted((self.prefix, other.prefix), key=len)
        return same_length and longer.startswith(shorter)


@dataclass(frozen=True, slots=True)
class Label:
    """A weighing label: the item's number without leading zeros, and what it says."""

    layout: Layout
    plu: str
    amount: Money | None
    grams: int | None
    has_valid_check: bool

    @property
    def is_doubtful(self) -> bool:
        """Accepted, though someone should look at what is printed."""
        return not self.has_valid_check and self.layout.check is CheckRule.WARN


class PayingApp(StrEnum):
    WECHAT = "wechat"
    ALIPAY = "alipay"
    UNIONPAY = "unionpay"  # 云闪付


# DOMAIN.md 5.4
_PAYMENT_CODES = (
    (PayingApp.WECHAT, re.compile(r"1[0-5][0-9]{16}")),
    (PayingApp.ALIPAY, re.compile(r"(?:2[5-9]|30)[0-9]{14,22}")),
    (PayingApp.UNIONPAY, re.compile(r"62[0-9]{17}")),
)


def check_digit(digits: str) -> str:
    """The GS1 check digit for all digits before it."""
    weighted = sum(
        int(digit) * (3 if place % 2 == 0 else 1)
        for place, digit in enumerate(reversed(digits))
    )
    return str(-weighted % 10)


def has_valid_check_digit(code: str) -> bool:
    return check_digit(code[:-1]) == code[-1]


def paying_app(code: str) -> PayingApp | None:
    """Whose payment code this is by its shape alone; None if it is none."""
    for app, shape in _PAYMENT_CODES:
        if shape.fullmatch(code):
            return app
    return None


def is_payment_code(code: str) -> bool:
    return paying_app(code) is not None


def is_gtin(code: str) -> bool:
    """Whether this has the length and the digits of a barcode that GS1 gives out."""
    return code.isascii() and code.isdecimal() and len(code) in _GTIN_LENGTHS


def is_made_a_number(code: str) -> bool:
    """Whether a spreadsheet took it for a number and lost its last digits."""
    return re.fullmatch(r"[0-9][0-9.,]*[Ee]\+?[0-9]+", code, re.ASCII) is not None


def is_barcode(code: str) -> bool:
    """Whether a product may carry this code.

    Printable ASCII without blanks and semicolons, which part codes in tables; a code
    of a GTIN's length needs its check digit, and what a spreadsheet made of one
    (6.97E+12) is none.
    """
    if not 1 <= len(code) <= 48 or not code.isascii() or not code.isprintable():
        return False
    if " " in code or ";" in code or is_made_a_number(code):
        return False
    return has_valid_check_digit(code) if is_gtin(code) else True


def clean(text: str) -> str:
    """A scan without the blanks around it. Raises UnreadableCode if it is no code."""
    code = text.strip()
    if not 1 <= len(code) <= _LONGEST or not code.isprintable():
        raise UnreadableCode
    return code


def may_be_label(code: str) -> bool:
    """Whether it is worth while to ask for the shop's layouts."""
    return code.isascii() and code.isdecimal() and len(code) in LABEL_LENGTHS


def find_layout(code: str, layouts: Iterable[Layout]) -> Layout | None:
    if not may_be_label(code):
        return None
    return next((layout for layout in layouts if layout.reads(code)), None)


def read_label(code: str, layouts: Iterable[Layout]) -> Label | None:
    """What a weighing label says; None if the code is of none of the layouts.

    A code that could pay is a label only if its check digit holds, whatever the layout
    says (DOMAIN.md 5.4). Raises BadCheckDigit for a label that was misread.
    """
    layout = find_layout(code, layouts)
    if layout is None:
        return None
    label = read_as(code, layout)
    if not label.has_valid_check:
        if is_payment_code(code):
            return None
        if layout.check is CheckRule.REQUIRE:
            raise BadCheckDigit(code)
    return label


def read_as(code: str, layout: Layout) -> Label:
    """What the code says by this layout, whether or not its check digit holds."""
    start = len(layout.prefix)
    first = start + layout.item_digits
    second = first + layout.value_digits
    values = [int(code[first:second]), int(code[second:-1] or "0")]
    if layout.fields is LabelFields.WEIGHT_AMOUNT:
        values.reverse()
    amount, weight = values if layout.fields.are_two else (values[0], values[0])
    return Label(
        layout,
        plu=code[start:first].lstrip("0"),
        amount=_amount(amount, layout) if layout.fields.has_amount else None,
        grams=_grams(weight, layout) if layout.fields.has_weight else None,
        has_valid_check=has_valid_check_digit(code),
    )


def _amount(printed: int, layout: Layout) -> Money:
    return Money(printed).times(100, _power_of_ten(layout.amount_decimals))


def _grams(printed: int, layout: Layout) -> int:
    """To the gram, half up: three decimals of 斤 are half a gram."""
    scale = _power_of_ten(layout.weight_decimals)
    return (2 * printed * layout.weight_unit.grams + scale) // (2 * scale)


def _power_of_ten(exponent: int) -> int:
    return int("1".ljust(exponent + 1, "0"))


def refuse_payment_code(code: str) -> None:
    """Raises PaymentCodeScanned; the code itself is neither kept nor repeated."""
    if is_payment_code(code):
        raise PaymentCodeScanned

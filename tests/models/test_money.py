"""Money: read, written, rounded once and split without losing a fen."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money, spread

FEN = st.integers(-10_000_000, 10_000_000)
AMOUNTS = FEN.map(Money)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("0.05", 5),
        (" 3.2 ", 320),
        ("3。20", 320),  # a Chinese input method's full stop
        ("007", 700),
        ("999999999.99", 99_999_999_999),
    ],
)
def test_what_a_person_types_is_read_as_fen(text: str, fen: int) -> None:
    assert Money.parse(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "12.",
        ".5",
        "1.234",
        "-1",
        "+1",
        "1e3",
        "1,000",
        "¥5",
        "1.2.3",
        "１２",
        "٣",
        "十二",
        "1 2",
        "1000000000",
        "nan",
        "inf",
        "12\n13",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Money.parse(text)


@given(st.integers(0, 99_999_999_999))
def test_what_is_written_is_read_back(fen: int) -> None:
    assert Money.parse(Money(fen).plain) == Money(fen)
    assert Money.parse(Money(fen).grouped.replace(",", "")) == Money(fen)


@pytest.mark.parametrize(
    ("fen", "shown", "plain", "grouped"),
    [
        (0, "¥0.00", "0.00", "0.00"),
        (5, "¥0.05", "0.05", "0.05"),
        (-5, "-¥0.05", "-0.05", "-0.05"),
        (123456, "¥1,234.56", "1234.56", "1,234.56"),
        (-123456789, "-¥1,234,567.89", "-1234567.89", "-1,234,567.89"),
    ],
)
def test_money_is_written_for_screens_papers_and_tables(
    fen: int, shown: str, plain: str, grouped: str
) -> None:
    money = Money(fen)
    assert (str(money), money.plain, money.grouped) == (shown, plain, grouped)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (4_999, "0.00"),
        (5_000, "0.01"),
        (-5_000, "-0.01"),
        (-4_999, "0.00"),
        (123_456_789, "123.46"),
        (123_456_789_000, "123,456.79"),
    ],
)
def test_ten_thousands_are_rounded_once(fen: int, text: str) -> None:
    assert Money(fen).ten_thousands == text


@pytest.mark.parametrize(
    ("fen", "numerator", "denominator", "expected"),
    [
        (1999, 500, 1000, 1000),  # 999.5 fen
        (1999, 499, 1000, 998),  # 997.501
        (-1999, 500, 1000, -1000),
        (1999, -500, 1000, -1000),
        (1, 1, 2, 1),
        (1, 1, 3, 0),
        (2, 1, 3, 1),
        (5800, 1234, 1000, 7157),  # 7157.2
        (100, 3, 1, 300),
        (0, 7, 9, 0),
    ],
)
def test_a_product_is_rounded_half_away_from_zero(
    fen: int, numerator: int, denominator: int, expected: int
) -> None:
    assert Money(fen).times(numerator, denominator) == Money(expected)


@given(AMOUNTS, st.integers(-100_000, 100_000), st.integers(1, 10_000))
def test_times_is_within_half_a_fen_and_symmetric(
    money: Money, numerator: int, denominator: int
) -> None:
    result = money.times(numerator, denominator)
    exact = Fraction(money.fen * numerator, denominator)
    assert abs(result.fen - exact) <= Fraction(1, 2)
    assert (-money).times(numerator, denominator) == -result
    assert money.times(-numerator, denominator) == -result


@pytest.mark.parametrize(
    ("fen", "step", "expected"),
    [
        (16_716, 10, 16_710),
        (16_716, 100, 16_700),
        (16_716, 1, 16_716),
        (16_710, 10, 16_710),
        (9, 10, 0),
        (0, 10, 0),
        (-16_716, 10, -16_710),
        (-16_716, 100, -16_700),
        (-9, 10, 0),
    ],
)
def test_rounding_down_goes_towards_zero(fen: int, step: int, expected: int) -> None:
    assert Money(fen).round_down(step) == Money(expected)


@given(AMOUNTS, st.sampled_from([1, 10, 100]))
def test_rounding_down_takes_less_than_a_step(money: Money, step: int) -> None:
    rounded = money.round_down(step)
    assert rounded.fen % step == 0
    assert 0 <= abs(money.fen) - abs(rounded.fen) < step
    assert (-money).round_down(step) == -rounded


@given(AMOUNTS, st.lists(st.integers(0, 1_000_000), min_size=1, max_size=40))
def test_the_parts_of_a_split_sum_to_the_whole_and_are_fair(
    whole: Money, weights: list[int]
) -> None:
    parts = spread(whole, weights)
    assert Money.sum(parts) == whole
    shares = weights if any(weights) else [1] * len(weights)
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part.fen - Fraction(whole.fen * weight, sum(shares))) < 1
        assert part.fen * whole.fen >= 0  # no part goes against the whole
    assert spread(-whole, weights) == [-part for part in parts]


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=40), st.data())
def test_a_share_is_never_more_than_what_it_is_taken_from(
    weights: list[int], data: st.DataObject
) -> None:
    whole = data.draw(st.integers(0, sum(weights)))
    parts = spread(Money(whole), weights)
    pairs = zip(parts, weights, strict=True)
    assert all(part.fen <= weight for part, weight in pairs)


def test_of_equal_remainders_the_earlier_part_gets_the_fen() -> None:
    assert spread(Money(2), [1, 1, 1]) == [Money(1), Money(1), Money(0)]
    assert spread(Money(-2), [1, 1, 1]) == [Money(-1), Money(-1), Money(0)]
    assert spread(Money(100), [1, 2, 3]) == [Money(17), Money(33), Money(50)]


def test_a_split_over_parts_of_no_weight_is_as_equal_as_fen_allow() -> None:
    assert spread(Money(5), [0, 0, 0]) == [Money(2), Money(2), Money(1)]
    assert spread(Money(0), [0, 0]) == [Money(0), Money(0)]


@pytest.mark.parametrize("weights", [[], [1, -1], [-1]])
def test_there_must_be_something_to_split_over(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        spread(Money(5), weights)


def test_money_adds_subtracts_negates_compares_and_is_true_unless_nothing() -> None:
    assert Money(3) + Money(4) == Money(7)
    assert Money(3) - Money(4) == Money(-1)
    assert -Money(3) == Money(-3)
    assert Money(3) < Money(4) <= Money(4)
    assert Money(-1)
    assert not Money.ZERO
    assert Money.sum([]) == Money.ZERO
    assert Money.sum(Money(fen) for fen in (1, 2, 3)) == Money(6)


@pytest.mark.parametrize("act", ["money * 2", "money / 2", "int(money)", "money + 1"])
def test_money_does_nothing_that_could_lose_its_unit(act: str) -> None:
    with pytest.raises((TypeError, AttributeError)):
        eval(act, {"money": Money(3)})  # noqa: S307  # the four lines above

"""Quantities: whole pieces and grams, read and shown as 斤, 500 g and kg."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money
from models.quantity import (
    Quantity,
    Unit,
    WeightUnit,
    grams_for,
    jin,
    kilograms,
    parse_grams,
    parse_pieces,
    price_of,
    price_per,
    price_per_kg,
)


@pytest.mark.parametrize(
    ("text", "unit", "grams"),
    [
        ("1", WeightUnit.JIN, 500),
        ("2.48", WeightUnit.JIN, 1240),
        ("2.482", WeightUnit.JIN, 1241),
        ("2.481", WeightUnit.JIN, 1241),  # 1240.5 g
        ("0.001", WeightUnit.JIN, 1),
        ("0.0009", WeightUnit.JIN, 0),
        ("2.48", WeightUnit.G500, 1240),
        ("1.24", WeightUnit.KG, 1240),
        ("1.2405", WeightUnit.KG, 1241),
        ("1。24", WeightUnit.KG, 1240),
        (" 3 ", WeightUnit.KG, 3000),
        ("999999", WeightUnit.KG, 999_999_000),
    ],
)
def test_a_typed_weight_is_read_as_grams(
    text: str, unit: WeightUnit, grams: int
) -> None:
    assert parse_grams(text, unit) == grams


@pytest.mark.parametrize(
    "text", ["", ".", "1.", ".5", "-1", "1.23456", "1e2", "１", "1,5", "1000000", "x"]
)
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_grams(text, WeightUnit.KG)


@given(st.integers(0, 10_000_000))
def test_grams_shown_in_kilograms_or_jin_are_read_back(grams: int) -> None:
    assert parse_grams(kilograms(grams).replace(",", ""), WeightUnit.KG) == grams
    assert parse_grams(jin(grams).replace(",", ""), WeightUnit.JIN) == grams


@pytest.mark.parametrize(
    ("grams", "in_kg", "in_jin"),
    [
        (0, "0.000", "0.00"),
        (1, "0.001", "0.002"),
        (1240, "1.240", "2.48"),
        (1241, "1.241", "2.482"),
        (-1240, "-1.240", "-2.48"),
        (1_234_567, "1,234.567", "2,469.134"),
    ],
)
def test_grams_are_shown_exactly(grams: int, in_kg: str, in_jin: str) -> None:
    assert (kilograms(grams), jin(grams)) == (in_kg, in_jin)


@pytest.mark.parametrize(
    ("text", "pieces"), [("0", 0), (" 12 ", 12), ("999999", 999_999)]
)
def test_a_typed_count_is_read(text: str, pieces: int) -> None:
    assert parse_pieces(text) == pieces


@pytest.mark.parametrize("text", ["", "1.5", "-1", "１", "1000000", "1e2", "a", "1 2"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_pieces(text)


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [
        (1999, Quantity(500, Unit.GRAM), 1000),
        (5800, Quantity(1234, Unit.GRAM), 7157),
        (2390, Quantity(3, Unit.PIECE), 7170),
        (2390, Quantity(-3, Unit.PIECE), -7170),
        (0, Quantity(3, Unit.PIECE), 0),
    ],
)
def test_a_price_is_per_piece_or_per_kilogram(
    price: int, quantity: Quantity, total: int
) -> None:
    assert price_of(Money(price), quantity) == Money(total)


@pytest.mark.parametrize(
    ("amount", "price", "grams"),
    [(2000, 5800, 345), (350, 1000, 350), (5800, 5800, 1000), (1, 99_999, 0)],
)
def test_an_amount_buys_so_many_grams(amount: int, price: int, grams: int) -> None:
    assert grams_for(Money(amount), Money(price)) == grams


@given(st.integers(1, 1_000_000), st.integers(1, 1_000_000))
def test_the_grams_of_an_amount_are_within_half_a_gram(amount: int, price: int) -> None:
    exact = Fraction(amount * 1000, price)
    assert abs(grams_for(Money(amount), Money(price)) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize("price", [0, -1])
def test_goods_without_a_price_cannot_be_bought_by_amount(price: int) -> None:
    with pytest.raises(ValueError):
        grams_for(Money(100), Money(price))


def test_prices_per_jin_and_per_kilogram_are_the_same_price() -> None:
    assert price_per_kg(Money(2900), WeightUnit.JIN) == Money(5800)
    assert price_per_kg(Money(5800), WeightUnit.KG) == Money(5800)
    assert price_per(Money(5800), WeightUnit.JIN) == Money(2900)
    assert price_per(Money(5800), WeightUnit.G500) == Money(2900)
    assert price_per(Money(5800), WeightUnit.KG) == Money(5800)
    assert price_per(Money(5801), WeightUnit.JIN) == Money(2901)


@given(st.integers(0, 1_000_000), st.sampled_from(WeightUnit))
def test_a_price_typed_per_any_unit_is_shown_again(fen: int, unit: WeightUnit) -> None:
    assert price_per(price_per_kg(Money(fen), unit), unit) == Money(fen)


def test_only_equal_units_are_added() -> None:
    pieces, grams = Quantity(3, Unit.PIECE), Quantity(3, Unit.GRAM)
    assert pieces + pieces == Quantity(6, Unit.PIECE)
    assert -grams == Quantity(-3, Unit.GRAM)
    with pytest.raises(ValueError):
        pieces + grams


def test_a_quantity_shows_its_unit() -> None:
    assert str(Quantity(3, Unit.PIECE)) == "3"
    assert str(Quantity(1240, Unit.GRAM)) == "1.240 kg"
    assert Quantity(1, Unit.GRAM).is_weight
    assert not Quantity(1, Unit.PIECE).is_weight

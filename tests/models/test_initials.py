"""Pinyin initials: the phrase reading first, then at most sixteen others."""

from __future__ import annotations

import time

import pytest

from models.goods.initials import initials_of


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("花蜜瓜", "hmg"),
        ("重庆小面", "cqxm"),
        ("疏附 核桃", "sfht"),
        ("茶A1", "ca1"),
        ("（新）茶", "xc"),
        ("Tea", "tea"),
    ],
)
def test_the_phrase_reading_comes_first(name: str, first: str) -> None:
    assert initials_of(name).split(" ")[0] == first


@pytest.mark.parametrize("name", ["", "——", "％"])
def test_a_name_without_letters_has_no_initials(name: str) -> None:
    assert initials_of(name) == ""


def test_a_long_name_of_many_readings_stays_short_and_quick() -> None:
    before = time.perf_counter()
    variants = initials_of("柚" * 40).split(" ")
    assert time.perf_counter() - before < 2
    assert len(variants) == len(set(variants)) == 17
    assert {len(variant) for variant in variants} == {40}

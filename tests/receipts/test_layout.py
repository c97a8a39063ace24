"""What all papers share: cleaning, breaking lines, fonts and words."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import makeToUnicodeCMap

from models.i18n import Language, translator
from models.kinds import AccountKind, Channel, Method, PriceReason, Scheme
from receipts import fonts, words
from receipts.clean import clean
from receipts.columns import columns_of
from receipts.wrap import wrap, wrap_pair, wrap_phrases


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("plain text", "plain text"),
        ("瓮安毛峰", "瓮安毛峰"),
        ("a\x00\x07\x1b\x1d\x7f\x80\x9bb", "ab"),
        ("tab\tline\nend\r", "tablineend"),
        ("a\u2028b\u2029c\u202ed\u2066e\ufefff\u200bg\u00adh", "abcdefgh"),
        ("e\u0301", "é"),
        ("¥5–6", "￥5-6"),
        ("a\u00a0b\u2009c\u3000d", "a b c\u3000d"),
        ("葛\U000e0100\ufe0f\u3164", "葛"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("e\u200b\u0301", "é"),
        ("\ue7c7\U0001fae8\ufffe\U0010ffff", "\ue7c7\U0001fae8"),
    ],
)
def test_only_what_can_be_printed_is_left(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_lines_break_between_words_and_chinese_characters() -> None:
    assert wrap("green tea leaves", 10, len) == ["green tea", "leaves"]
    assert wrap("高山云雾茶", 4, columns_of) == ["高山", "云雾", "茶"]


def test_closing_punctuation_does_not_begin_a_line() -> None:
    assert wrap("一二三，四", 6, columns_of) == ["一二", "三，四"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    assert wrap("ab cdefgh", 4, len) == ["ab c", "defg", "h"]


def test_a_letter_never_loses_its_marks_at_the_end_of_a_line() -> None:
    marked = "一二q\u0303三四x\u0323五"
    assert wrap(marked, 4, columns_of) == ["一二", "q\u0303三", "四x\u0323", "五"]
    assert wrap("abq\u0303cd", 2, columns_of) == ["ab", "q\u0303", "cd"]


def test_a_letter_is_drawn_without_the_marks_that_no_font_has() -> None:
    fonts_log = logging.getLogger("receipts.fonts")
    fonts_log.disabled = True
    assert fonts.drawable("茶\u0301") == "茶\u0301"
    assert fonts.drawable("q\u0303") == "q"
    assert fonts.drawable("👍🏽") == fonts.MISSING
    assert fonts.width_of("q\u0303", 10) == fonts.width_of("q", 10)
    fonts_log.disabled = False


def test_two_blanks_part_phrases_that_stay_whole() -> None:
    assert wrap("3 receipts  12 pcs", 13, len) == ["3 receipts", "12 pcs"]
    assert wrap_phrases(["甲：", "一二三四"], 6, columns_of) == ["甲：一", "二三四"]


def test_the_right_part_stands_on_the_last_line() -> None:
    assert wrap_pair("aa bb cc", "1.00", 10, 1, len) == [("aa bb", ""), ("cc", "1.00")]
    assert wrap_pair("aaa bbb", "", 4, 1, len) == [("aaa", ""), ("bbb", "")]
    assert wrap_pair("", "12345678", 6, 1, len) == [("", "123456"), ("", "78")]
    assert wrap_pair("a", "12345678", 6, 1, len)[0] == ("a", "")


@given(st.text(max_size=80).map(clean), st.integers(2, 40))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(
    text: str, room: int
) -> None:
    lines = wrap(text, room, columns_of)
    assert all(columns_of(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_character_that_no_font_has_is_a_box_and_is_logged(
    caplog: pytest.LogCaptureFixture,
    unexpected_records: list[logging.LogRecord],
) -> None:
    assert fonts.drawable("🧿") == fonts.MISSING
    assert fonts.width_of("🧿", 10, bold=True) > 0
    assert caplog.messages == ["No font draws U+1F9FF."]
    unexpected_records.clear()


def test_characters_beyond_16_bits_are_mapped_to_two_units() -> None:
    mapped = makeToUnicodeCMap("F", [0x41, ord("𫍯")])
    assert "<00> <0041>" in mapped
    assert "<01> <D86CDF6F>" in mapped


@pytest.mark.parametrize("language", Language)
def test_every_kind_has_a_name_of_its_own(language: Language) -> None:
    _ = translator(language)
    for named in (
        [words.method_name(x, _) for x in Method],
        [words.scheme_name(x, _) for x in Scheme],
        [words.channel_name(x, _) for x in Channel],
        [words.account_kind_name(x, _) for x in AccountKind],
        [words.price_reason_name(x, _) for x in PriceReason],
    ):
        assert len(set(named)) == len(named)
        if language is Language.ZH:
            assert all(not name.isascii() for name in named if name)

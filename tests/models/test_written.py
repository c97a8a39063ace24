"""Words as they are stored: tidy, findable, and cut between characters only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import places
from models.errors import InvisibleCharacters, PosError, TooLong, WordsRefused
from models.goods import catalog
from models.goods.drafts import PackCode, ProductDraft
from models.kinds import AccountKind, Method, OutletKind
from models.places import NewOutlet
from models.quantity import Unit
from models.selling import accounts
from models.written import characters, findable, tidy
from tests.shop import AT, Shop


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  plain text ", "plain text"),
        ("\u200b瓮安\u200d毛峰\ufeff", "瓮安毛峰"),
        ("\u200b =1", "=1"),
        ("e\u200b\u0301", "é"),
        ("第一行\r\n第二行\t表\u2028格\x85", "第一行 第二行 表 格"),
        ("茶\u3000叶\xa0", "茶\u3000叶"),
        ("葛\U000e0100\u3164", "葛"),
        ("👨\u200d👩", "👨👩"),
        ("\ue7c7\U0001fae8", "\ue7c7\U0001fae8"),
    ],
)
def test_what_nobody_sees_is_taken_away(typed: str, kept: str) -> None:
    assert tidy(typed) == kept
    assert findable(typed) == kept


@pytest.mark.parametrize(
    "typed", ["茶\x00", "\x1b@", "a\x7f", "茶\u202e叶", "\u2066茶", "\ud800", "\ufffe"]
)
def test_what_would_steer_is_refused_and_left_out_of_a_search(typed: str) -> None:
    with pytest.raises(InvisibleCharacters):
        tidy(typed)
    assert tidy(findable(typed)) == findable(typed)


def test_the_length_counts_once_the_words_are_composed() -> None:
    assert tidy("e\u0301" * 200) == "é" * 200
    assert tidy("𠮷" * 200) == "𠮷" * 200
    with pytest.raises(TooLong):
        tidy("\u0958" * 101)  # each becomes two
    with pytest.raises(TooLong):
        tidy("a" * 6, most=5)


@given(st.text())
def test_tidying_twice_changes_nothing_and_finds_the_same(typed: str) -> None:
    try:
        kept = tidy(typed)
    except PosError:
        return
    assert tidy(kept) == findable(kept) == findable(typed) == kept


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("ab", ["a", "b"]),
        ("茶q\u0303x", ["茶", "q\u0303", "x"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇨🇳🇬🇧🇨", ["🇨🇳", "🇬🇧", "🇨"]),
        ("\u0301茶", ["\u0301", "茶"]),
    ],
)
def test_a_letter_and_its_marks_are_one_character(text: str, whole: list[str]) -> None:
    assert characters(text) == whole


def test_a_products_words_and_codes_are_tidied(shop: Shop) -> None:
    pasted = ProductDraft(
        "N1\u200b",
        "\ufeff福泉香辣酱\n",
        Unit.PIECE,
        category="调味\u200b品",
        barcodes=(PackCode("\u200ePASTED1"),),
        supplier="山味\u200d社",
        town="黄丝镇 ",
    )
    with shop.database.write() as session:
        kept = catalog.get_draft(session, catalog.save_product(session, pasted, at=AT))
    assert (kept.sku, kept.name, kept.category) == ("N1", "福泉香辣酱", "调味品")
    assert (kept.barcodes, kept.supplier) == ((PackCode("PASTED1"),), "山味社")
    assert kept.town == "黄丝镇"


@pytest.mark.parametrize("field", ["sku", "name", "spec", "supplier", "certificate"])
def test_a_refused_field_is_named(shop: Shop, field: str) -> None:
    words = {"sku": "N1", "name": "茶"} | {field: "x\x00"}
    with shop.database.write() as session:
        with pytest.raises(WordsRefused) as refused:
            catalog.save_product(session, ProductDraft(unit=Unit.PIECE, **words), at=AT)  # type: ignore[arg-type]  # all are text
    assert refused.value.field in str(refused.value)
    assert str(refused.value).endswith(str(InvisibleCharacters()))


def test_events_and_accounts_are_named_in_words_too(shop: Shop) -> None:
    with shop.database.write() as session:
        outlet_id = places.add_outlet(session, NewOutlet("北展位", OutletKind.STALL))
        rounding = places.list_outlets(session)[0].rounding
        places.change_outlet(
            session, outlet_id, event_name="金秋\u200b展\n", rounding=rounding
        )
        assert places.list_outlets(session)[-1].event_name == "金秋展"
        with pytest.raises(WordsRefused):
            places.change_outlet(
                session, outlet_id, event_name="\ud800", rounding=rounding
            )
        with pytest.raises(WordsRefused):
            accounts.add_account(session, "\x00", AccountKind.MERCHANT, Method.WECHAT)

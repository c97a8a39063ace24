"""Whatever a scanner sends: goods or one sentence, never a traceback."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models import codes
from models.cart import CartLine, Item
from models.codes import CheckRule, LabelFields, LabelUnit, Layout
from models.errors import PaymentCodeScanned, PosError
from models.goods import explain, layouts, offers
from models.money import Money
from tests.shop import SAUCE_CODE, SAUCE_PACK_CODE, Shop

MUTANTS = 20_000

REAL = (
    SAUCE_CODE,
    SAUCE_PACK_CODE,
    "SAUCE",
    "walnut",
    "POMELO1",
    "6901234567892",
    "96385074",
    "036000291452",
    "10614141000415",
    "2110007035207",
    "2100301003507",
    "2200123003508",
    "2000001023105",
    "2912345123451",
    "260030103520006072",
    "134567890123456789",
    "2812345678901234567",
    "6212345678901234567",
    "SH1:T01:S:123:ABCDEFGH23",
    "https://qr.alipay.com/fkx0123456789",
    "wxp://f2f0abcdefghijklmnop",
    "]C1010697001900001517261231\x1d10LOT7",
    "(01)06970019000015(3103)001240",
)
HOSTILE = (
    "' OR 1=1 --",
    "'; DROP TABLE product; --",
    "%_\\",
    "=cmd|' /C calc'!A0",
    "../../shop.db",
    "<b>&amp;",
    "{0.__class__}",
    "\x00\x1b[2J",
    "\u202e\u200b\ufeff",
    "\ud800",
    "１２３４５６７８９０１２３",
    "٢١٠٠٣٠١٠٠٣٥٠٧",
    "²¹⁰⁰³⁰¹⁰⁰³⁵⁰⁷",
    "0" * 13,
    "9" * 18,
    "2" * 18,
    "1" * 4096,
)
_SIGNS = "0123456789" * 3 + "AZaz -_.%'\"\\{}()*\r\n\t\x00\x1d\ud800山７٢²"


def mutants(count: int, seed: int) -> Iterator[str]:
    """Real and hostile codes with some characters changed, lost, doubled or added."""
    chance = random.Random(seed)  # noqa: S311  # the same codes each time
    for _number in range(count):
        code = list(chance.choice(REAL + HOSTILE)[:200])
        for _change in range(chance.randint(0, 4)):
            at = chance.randrange(len(code) + 1)
            sign = chance.choice(_SIGNS)
            code[at : at + chance.randint(0, 2)] = sign * chance.randint(0, 2)
        yield "".join(code)


def read(session: Session, code: str, stand: offers.Stand) -> offers.Found | PosError:
    try:
        return offers.find_line(session, code, stand)
    except PosError as error:
        return error


def check(code: str, outcome: offers.Found | PosError) -> None:
    if isinstance(outcome, PosError):
        assert str(outcome)
        if isinstance(outcome, PaymentCodeScanned):
            assert code.strip() not in str(outcome) + repr(outcome)
    else:
        assert isinstance(outcome.goods, CartLine | Item)
        if isinstance(outcome.goods, CartLine):
            assert outcome.goods.count > 0
            assert outcome.goods.total > Money.ZERO


@pytest.fixture
def many_layouts(shop: Shop) -> Shop:
    """One layout of each kind, some of which take any check digit."""
    with shop.database.write() as session:
        for layout in (
            Layout("23", 18, 5, LabelFields.WEIGHT_AMOUNT, check=CheckRule.IGNORE),
            Layout(
                "29", 13, 6, LabelFields.WEIGHT, 2, LabelUnit.G500, 3, CheckRule.WARN
            ),
            Layout("240", 13, 3, LabelFields.AMOUNT, 0, check=CheckRule.IGNORE),
            Layout("28", 18, 5, LabelFields.AMOUNT_WEIGHT),
        ):
            layouts.save_layout(session, layout)
    return shop


@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_codes_give_goods_or_one_sentence(
    many_layouts: Shop, seed: int
) -> None:
    stand, database = many_layouts.stand(), many_layouts.database
    sold = 0
    with database.read() as session:
        for code in mutants(MUTANTS // 2, seed):
            outcome = read(session, code, stand)
            check(code, outcome)
            sold += isinstance(outcome, offers.Found)
    assert sold > MUTANTS // 100  # some of them are still the real ones


@pytest.mark.parametrize("code", [*REAL, *HOSTILE, *(ending + "\r" for ending in REAL)])
def test_real_and_hostile_codes_are_explained(many_layouts: Shop, code: str) -> None:
    with many_layouts.database.read() as session:
        said = explain.explain(session, code, many_layouts.stand())
    assert said
    assert all(said)


def test_mutated_codes_are_explained(many_layouts: Shop) -> None:
    stand = many_layouts.stand()
    with many_layouts.database.read() as session:
        for code in mutants(1000, seed=3):
            assert all(explain.explain(session, code, stand))


_FIGURES = "0123456789"
PAYING = st.one_of(
    st.builds(
        "1{}{}".format,
        st.sampled_from("012345"),
        st.text(_FIGURES, min_size=16, max_size=16),
    ),
    st.builds(
        "{}{}".format,
        st.sampled_from(("25", "26", "27", "28", "29", "30")),
        st.text(_FIGURES, min_size=14, max_size=22),
    ),
    st.builds("62{}".format, st.text(_FIGURES, min_size=17, max_size=17)),
)


@pytest.mark.parametrize(
    "given_codes",
    [
        st.text(max_size=200),
        st.text(_FIGURES, min_size=8, max_size=24),
        st.builds("2{}".format, st.text(_FIGURES, min_size=12, max_size=12)),
    ],
)
def test_any_text_gives_goods_or_one_sentence(
    many_layouts: Shop, given_codes: st.SearchStrategy[str]
) -> None:
    stand = many_layouts.stand()
    with many_layouts.database.read() as session:

        @given(given_codes)
        def reads(code: str) -> None:
            check(code, read(session, code, stand))

        reads()


def test_a_payment_code_is_never_goods(many_layouts: Shop) -> None:
    """But for a label with both a check digit that holds and goods with its number."""
    stand = many_layouts.stand()
    with many_layouts.database.read() as session:

        @given(PAYING)
        def refuses(code: str) -> None:
            outcome = read(session, code, stand)
            is_label = (
                codes.has_valid_check_digit(code)
                and len(code) == 18
                and code[2:7] == "00301"
            )
            if not is_label:
                assert isinstance(outcome, PaymentCodeScanned)
            check(code, outcome)

        refuses()

"""What the wedge makes of characters and the moments they come at."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.wedge import LONGEST_SCAN, Verdict, Wedge

SCANNER_MS, PERSON_MS = 5, 120
CODE = "6901234567892"

codes = st.text("0123456789ABCabc-./ \x1d", min_size=6, max_size=LONGEST_SCAN)


@dataclass
class Desk:
    """A wedge with a clock, what it recognised, and a field that shows the rest."""

    wedge: Wedge = field(default_factory=Wedge)
    now_ms: int = 10_000
    scans: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    shown: str = ""

    def feed(self, text: str, every_ms: int) -> None:
        for character in text:
            self.now_ms += every_ms
            verdict, typed = self.wedge.feed(character, self.now_ms)
            self.shown += typed
            if verdict is Verdict.PASS:
                self.shown += character
            elif verdict is Verdict.SCANNED:
                self.scans.append(self.wedge.scan)
            elif verdict is Verdict.REFUSED:
                self.refused.append(self.wedge.scan)

    def pause(self, length_ms: int) -> None:
        self.now_ms += length_ms
        if length_ms >= self.wedge.waits_ms:
            self.shown += self.wedge.give_up()


@pytest.mark.parametrize("end", ["\r", "\t", "\r\n"])
def test_a_scan_is_recognised_and_shown_to_nobody(end: str) -> None:
    desk = Desk()
    desk.feed(CODE + end, SCANNER_MS)
    desk.pause(PERSON_MS)
    assert (desk.scans, desk.shown) == ([CODE], "")


def test_what_a_person_types_is_shown_with_its_enter() -> None:
    desk = Desk()
    desk.feed("6901234\r", PERSON_MS)
    assert (desk.scans, desk.shown) == ([], "6901234\r")


@pytest.mark.parametrize(
    ("code", "every_ms", "is_scan"),
    [
        ("12345", 5, False),
        ("123456", 5, True),
        ("123456", 34, True),
        ("123456", 35, False),
    ],
)
def test_six_characters_within_35_ms_of_each_other_are_a_scan(
    code: str, every_ms: int, *, is_scan: bool
) -> None:
    desk = Desk()
    desk.feed(code, every_ms)
    desk.feed("\r", SCANNER_MS)
    assert (desk.scans, desk.shown) == (([code], "") if is_scan else ([], f"{code}\r"))


@pytest.mark.parametrize(("wait_ms", "is_scan"), [(100, True), (101, False)])
def test_the_enter_comes_within_100_ms(wait_ms: int, *, is_scan: bool) -> None:
    desk = Desk()
    desk.feed(CODE, SCANNER_MS)
    desk.feed("\r", wait_ms)
    assert bool(desk.scans) is is_scan
    assert desk.shown == ("" if is_scan else f"{CODE}\r")


def test_a_burst_without_enter_is_given_back() -> None:
    desk = Desk()
    desk.feed(CODE, SCANNER_MS)
    assert desk.shown == ""
    desk.pause(100)
    assert (desk.scans, desk.shown) == ([], CODE)


def test_a_burst_goes_on_only_while_it_is_fast() -> None:
    desk = Desk()
    desk.feed("123", SCANNER_MS)
    desk.feed(CODE[0], PERSON_MS)
    desk.feed(CODE[1:] + "\r", SCANNER_MS)
    assert (desk.scans, desk.shown) == ([CODE], "123")


def test_half_a_scan_never_passes_for_a_shorter_code() -> None:
    desk = Desk()
    desk.feed(CODE[:3], SCANNER_MS)
    desk.shown += desk.wedge.give_up()
    desk.feed(CODE[3:] + "\r", SCANNER_MS)
    assert (desk.scans, desk.shown) == ([], f"{CODE}\r")


def test_a_scan_with_control_characters_is_refused() -> None:
    desk = Desk()
    desk.feed("690\x1b123\r", SCANNER_MS)
    assert (desk.scans, desk.refused, desk.shown) == ([], ["690\x1b123"], "")


def test_a_control_key_of_a_person_passes_at_once() -> None:
    desk = Desk()
    desk.feed("\x1b\b", PERSON_MS)
    assert desk.shown == "\x1b\b"


def test_a_scan_that_never_ends_is_refused_once_and_not_shown() -> None:
    desk = Desk()
    desk.feed("1" * 3000 + "\r", SCANNER_MS)
    assert (desk.scans, len(desk.refused), desk.shown) == ([], 1, "")
    desk.feed(CODE[0], PERSON_MS)
    desk.feed(CODE[1:] + "\r", SCANNER_MS)
    assert desk.scans == [CODE]


def test_an_enter_of_a_person_after_a_scan_is_shown() -> None:
    desk = Desk()
    desk.feed(CODE + "\r", SCANNER_MS)
    assert desk.wedge.awaits_end(desk.now_ms + SCANNER_MS)
    assert not desk.wedge.awaits_end(desk.now_ms + PERSON_MS)
    desk.feed("\r", PERSON_MS)
    assert (desk.scans, desk.shown) == ([CODE], "\r")


def test_a_clock_that_wraps_around_joins_nothing() -> None:
    wedge = Wedge()
    wedge.feed("1", 2**32 - 1)
    assert wedge.feed("2", 3) == (Verdict.HOLD, "1")


@dataclass(frozen=True)
class Typing:
    text: str
    every_ms: int


@dataclass(frozen=True)
class Scan:
    code: str
    every_ms: int
    end: str


acts = st.lists(
    st.one_of(
        st.builds(
            Typing, st.text("0123456789*.\b\r瓮", max_size=8), st.integers(35, 400)
        ),
        st.builds(Scan, codes, st.integers(0, 34), st.sampled_from(["\r", "\t", "\n"])),
    ),
    max_size=8,
)


@given(acts)
def test_whoever_takes_turns_every_scan_is_told_and_every_key_shown_once(
    turns: list[Typing | Scan],
) -> None:
    desk = Desk()
    for act in turns:
        desk.pause(PERSON_MS)
        if isinstance(act, Typing):
            desk.feed(act.text, act.every_ms)
        else:
            desk.feed(act.code + act.end, act.every_ms)
    desk.pause(PERSON_MS)
    assert desk.scans == [act.code for act in turns if isinstance(act, Scan)]
    assert desk.shown == "".join(a.text for a in turns if isinstance(a, Typing))
    assert desk.refused == []


@given(st.lists(st.tuples(st.text("09A\x1b\r\t", max_size=1), st.integers(0, 150))))
def test_no_character_is_shown_twice_or_out_of_order(
    stream: list[tuple[str, int]],
) -> None:
    desk = Desk()
    for character, gap_ms in stream:
        desk.feed(character, gap_ms)
    desk.pause(PERSON_MS)
    rest = iter(character for character, _gap in stream if character)
    assert all(shown in rest for shown in desk.shown)
    if not desk.scans and not desk.refused:
        assert desk.shown == "".join(character for character, _gap in stream)

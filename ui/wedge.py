"""Tells a scanner that poses as a keyboard from a person who types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

FASTEST_PERSON_MS = 35  # a scanner sends a character about every 5 ms, a person 120
ENTER_WITHIN_MS = 100
SHORTEST_SCAN = 6
LONGEST_SCAN = 128
ENDS = frozenset("\r\n\t")
GROUP_SEPARATOR = "\x1d"  # parts the fields inside a GS1 code

_LONG_AGO_MS = -1_000_000


class Verdict(Enum):
    """What is to be done with the character that was just fed."""

    HOLD = auto()  # it may be part of a scan: show it to nobody yet
    PASS = auto()  # it is a person's: let it through, after what was held
    SCANNED = auto()  # it ended a scan: nobody sees it, nor what was held
    REFUSED = auto()  # likewise, but this scan cannot be used
    DROP = auto()  # it trails behind a scan: nobody sees it


@dataclass(slots=True)
class Wedge:
    """Judges a stream of (character, milliseconds) pairs.

    What is held turns out to be either a scan or a person's. ``feed`` and ``give_up``
    return what was a person's, oldest first, to be replayed before anything else:
    either all that was held, or nothing. What follows fast upon characters that were
    given up is a person's too: half a scan must never pass for a shorter code.
    """

    scan: str = ""  # what the last SCANNED or REFUSED was about
    _held: list[str] = field(default_factory=list)
    _last_ms: int = _LONG_AGO_MS
    _is_trailing: bool = False  # since a scan ended, or grew too long
    _is_broken: bool = False  # since characters were given up

    @property
    def waits_ms(self) -> int:
        """How long after the last character that was held ``give_up`` is due."""
        if len(self._held) < SHORTEST_SCAN:
            return FASTEST_PERSON_MS
        return ENTER_WITHIN_MS

    @property
    def is_amid_burst(self) -> bool:
        return len(self._held) > 1

    def feed(self, character: str, at_ms: int) -> tuple[Verdict, str]:
        """Judge ``character``, and say which held ones are to be replayed first."""
        gap_ms, self._last_ms = at_ms - self._last_ms, at_ms
        is_fast = abs(gap_ms) < FASTEST_PERSON_MS
        if is_fast and self._is_broken:
            return Verdict.PASS, ""
        if is_fast and self._is_trailing and self._trails(character):
            return Verdict.DROP, ""
        self._is_trailing = False
        if character in ENDS:
            return self._end(gap_ms)
        typed = "" if is_fast else self.give_up()
        self._is_broken = False
        if not self._held and not _is_plain(character):
            return Verdict.PASS, typed
        self._held.append(character)
        return self._refuse() if len(self._held) > LONGEST_SCAN else Verdict.HOLD, typed

    def awaits_end(self, at_ms: int) -> bool:
        """Whether an end that comes now would belong to a scan."""
        gap_ms = abs(at_ms - self._last_ms)
        if self._is_trailing:
            return gap_ms < FASTEST_PERSON_MS
        return len(self._held) >= SHORTEST_SCAN and gap_ms <= ENTER_WITHIN_MS

    def give_up(self) -> str:
        """Hold nothing any more; return what was held, to be replayed."""
        typed = self._empty()
        self._is_broken = bool(typed) or self._is_broken
        return typed

    def _end(self, gap_ms: int) -> tuple[Verdict, str]:
        if len(self._held) < SHORTEST_SCAN or abs(gap_ms) > ENTER_WITHIN_MS:
            return Verdict.PASS, self.give_up()
        if not all(map(_is_plain, self._held)):
            return self._refuse(), ""
        self.scan, self._is_trailing = self._empty(), True
        return Verdict.SCANNED, ""

    def _refuse(self) -> Verdict:
        self.scan, self._is_trailing = self._empty(), True
        return Verdict.REFUSED

    def _empty(self) -> str:
        held = "".join(self._held)
        self._held.clear()
        return held

    def _trails(self, character: str) -> bool:
        """Behind a scan only a second end belongs to it; behind a cut one, all does."""
        return character in ENDS or len(self.scan) > LONGEST_SCAN


def _is_plain(character: str) -> bool:
    return character.isprintable() or character == GROUP_SEPARATOR

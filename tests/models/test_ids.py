"""Identifiers: unique, in order, and never falling when the clock does."""

from __future__ import annotations

import threading
import time
import uuid

import pytest

from models.ids import new_uuid


def test_an_identifier_is_a_uuid_of_version_7_with_the_time_in_front() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_uuid())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert 0 <= (made.int >> 80) - before < 5_000


def test_identifiers_grow_and_are_unique() -> None:
    made = [new_uuid() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_identifiers_grow_in_every_thread_and_are_unique_across_them() -> None:
    made: list[list[str]] = [[] for _ in range(8)]

    def make(mine: list[str]) -> None:
        mine.extend(new_uuid() for _ in range(2_000))

    threads = [threading.Thread(target=make, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({one for mine in made for one in mine}) == 16_000


@pytest.mark.parametrize("seconds", [1, 3600, 86_400, 365 * 86_400])
def test_identifiers_grow_on_when_the_clock_is_set_back(
    seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = new_uuid()
    earlier = time.time_ns() - seconds * 1_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: earlier)
    made = [before, *(new_uuid() for _ in range(10_000))]  # more than one counter holds
    assert made == sorted(set(made))
    assert {uuid.UUID(one).version for one in made} == {7}

"""What the panel of seldom things offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done, and the sentence that says what it is for."""

    name: str
    words: str
    hint: str
    act: Callable[[], None]

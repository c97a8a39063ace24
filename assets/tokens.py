"""The colours and sizes of the till, as styles/tokens.toml gives them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

import assets


@dataclass(frozen=True, slots=True)
class Tokens:
    colours: dict[str, str]
    sizes: dict[str, int]
    counties: dict[str, str]
    further_counties: tuple[str, ...]


@cache
def tokens() -> Tokens:
    with assets.path("styles/tokens.toml").open("rb") as file:
        read = tomllib.load(file)
    counties = read["county"]
    further = tuple(counties.pop("further"))
    return Tokens(read["colour"], read["size"], counties, further)


def colour(name: str) -> str:
    """The colour as ``#RRGGBB``; raises KeyError for a name that is no token."""
    return tokens().colours[name]


def size(name: str) -> int:
    """The size in px at 100 %; raises KeyError for a name that is no token."""
    return tokens().sizes[name]


def county_colours() -> dict[str, str]:
    """The colour of each county that has its own, by the region's code."""
    return dict(tokens().counties)


def further_colours() -> tuple[str, ...]:
    """What counties beyond those take, in the order they join."""
    return tokens().further_counties

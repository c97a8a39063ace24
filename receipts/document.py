"""What a paper says, top to bottom, in a closed set of rows with text in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from receipts.clean import clean


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"


class Size(StrEnum):
    SMALL = "small"  # notes and parts; a thermal printer shows them as normal
    NORMAL = "normal"
    STRONG = "strong"  # twice as high
    BIG = "big"  # twice as high and wide, or STRONG where that does not fit


class Tone(StrEnum):
    """How a pair stands among others."""

    PLAIN = "plain"
    STRONG = "strong"  # the amount to pay
    ITEM = "item"  # a product and its county
    PART = "part"  # a product inside a gift box, small and indented


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    align: Align = Align.LEFT
    size: Size = Size.NORMAL

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Running text whose phrases stay whole: a county does not leave its amount."""

    phrases: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "phrases", tuple(map(clean, self.phrases)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Something at the left and what belongs to it at the right edge."""

    left: str
    right: str
    tone: Tone = Tone.PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "left", clean(self.left))
        object.__setattr__(self, "right", clean(self.right))


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A code to scan; its data is what the code holds, nothing more."""

    data: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", clean(self.data))


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: str
    thousandths: int  # of the longest bar
    colour: str  # "#RRGGBB"
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("label", "value", "note"):
            object.__setattr__(self, name, clean(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Bars:
    """A plain chart whose bars begin at one edge."""

    bars: tuple[Bar, ...]


Row = Text | Phrases | Pair | Rule | Qr | Bars


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as plain data; the title names the file, the rows are what is seen."""

    title: str
    rows: tuple[Row, ...]
    watermark: str = ""  # across the PDF; what it warns of stands in the rows as well


def note(text: str, align: Align = Align.LEFT) -> Text:
    """Something small, beside the matter."""
    return Text(text, align, Size.SMALL)


def centred(text: str, size: Size = Size.NORMAL) -> Text:
    return Text(text, Align.CENTRE, size)

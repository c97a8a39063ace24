"""One row of an import: its cells read as what a product's fields hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from models.codes import is_made_a_number
from models.errors import (
    ColumnMissing,
    InvisibleCharacters,
    PosError,
    TooLong,
    WrongAmount,
    WrongField,
)
from models.goods.drafts import BelowZero, PackCode
from models.kinds import Terms
from models.money import Money
from models.office.refusals import CodeIsNumber, RowRefused
from models.office.table_files import Table, TableRow
from models.quantity import Unit
from models.written import LONGEST, tidy

T = TypeVar("T")

_LISTS = {"barcode": 10_000, "made_of": 10_000}

# What the columns may also be called.
ALIASES = {
    "货号": "sku",
    "商品编号": "sku",
    "名称": "name",
    "品名": "name",
    "商品名称": "name",
    "英文名": "name_en",
    "产地代码": "county_code",
    "分类": "category",
    "单位": "unit",
    "规格": "spec",
    "单价": "price_yuan",
    "售价": "price_yuan",
    "进价": "cost_yuan",
    "计价方式": "sold_by",
    "条码": "barcode",
    "秤号": "plu",
    "认定": "certified",
    "认定编号": "certificate",
    "供应商": "supplier",
    "镇": "town",
    "村": "village",
    "经营方式": "terms",
    "保质期天数": "shelf_life_days",
    "税率%": "tax_rate",
    "税率": "tax_rate",
    "缺货时": "below_zero",
    "在售": "active",
    "期初库存": "opening_stock",
    "组成": "made_of",
}


@dataclass(slots=True)
class RowReader:
    """Reads the cells of one row and collects what is wrong with them."""

    row: TableRow
    header: tuple[str, ...]
    columns: dict[str, int]  # our name of a column -> its place
    refused: list[RowRefused] = field(default_factory=list)

    def text(self, column: str) -> str:
        """The cell's words, tidy; empty if the table has no such column."""
        place = self.columns.get(column, len(self.row.cells))
        if place >= len(self.row.cells):
            return ""
        try:
            return tidy(self.row.cells[place], most=_LISTS.get(column, LONGEST))
        except (InvisibleCharacters, TooLong) as error:
            return self.refuse(column, error)

    def value(self, column: str, read: Callable[[str], T]) -> T | None:
        """The cell as ``read`` reads it; None if it is empty or refused."""
        text = self.text(column)
        if not text:
            return None
        try:
            return read(text)
        except PosError as error:
            self.refuse(column, error)
        except ValueError:
            self.refuse(column, WrongField(self.label(column), text))
        return None

    def refuse(self, column: str, reason: PosError) -> str:
        """Note what is wrong; gives the empty text that stands for the cell."""
        self.refused.append(RowRefused(self.row.number, self.label(column), reason))
        return ""

    def label(self, column: str) -> str:
        """What the file itself calls the column, if it has it."""
        place = self.columns.get(column)
        return column if place is None else self.header[place]


def readers(table: Table) -> list[RowReader]:
    """One for each row. Raises ColumnMissing without a column for the SKU."""
    columns: dict[str, int] = {}
    for place, title in enumerate(table.header):
        columns.setdefault(ALIASES.get(title, title.lower()), place)
    if "sku" not in columns:
        raise ColumnMissing("sku")
    return [RowReader(row, table.header, columns) for row in table.rows]


def code(text: str) -> str:
    """A code as it stands; what a spreadsheet made a number of is refused."""
    if is_made_a_number(text):
        raise CodeIsNumber(text)
    return text


def plu(text: str) -> str:
    """As it is stored: scales print leading zeros, which mean nothing."""
    return code(text).lstrip("0") or text


def money(text: str) -> Money:
    try:
        return Money.parse(text)
    except ValueError as error:
        raise WrongAmount from error


def unit(text: str) -> Unit:
    is_weighed = _among(text, ("weight", "称重"), ("piece", "计件"))
    return Unit.GRAM if is_weighed else Unit.PIECE


def yes_or_no(text: str) -> bool:
    return _among(text, ("1", "是", "yes", "true"), ("0", "否", "no", "false"))


def days(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def terms(text: str) -> Terms:
    named = {"经销": Terms.OWN, "代销": Terms.CONSIGNMENT, "联营": Terms.JOINT}
    return named.get(text) or Terms(text.lower())


def packs(text: str) -> tuple[PackCode, ...]:
    """Read "CODE; CODE ×10; CODE ×10 220.00": codes, how many in a pack, its price."""
    return tuple(_pack(one.split()) for one in re.split("[;；]", text) if one.strip())


def _pack(words: list[str]) -> PackCode:
    name, *rest = words
    if not rest:
        return PackCode(code(name))
    match = re.fullmatch(r"[×x*]?([0-9]{1,6})", rest[0], re.ASCII)
    if match is None or len(rest) > 2:
        raise ValueError(rest)
    price = money(rest[1]) if len(rest) > 1 else None
    return PackCode(code(name), int(match[1]), price)


def rate(text: str) -> int:
    """Read a percentage as hundredths of it."""
    found = money(text.removesuffix("%")).fen
    if found > 100_00:
        raise ValueError(text)
    return found


def below_zero(text: str) -> BelowZero:
    named = {"提醒": BelowZero.WARN, "不卖": BelowZero.BLOCK}
    return named.get(text) or BelowZero(text.lower())


def parts(text: str) -> list[tuple[str, str]]:
    """Read "A:1;B:2" as SKUs with their counts, still as text."""
    found = []
    for part in re.split("[;；]", text):
        if part.strip():
            sku, _colon, count = part.replace("：", ":").rpartition(":")
            found.append((sku.strip(), count.strip()))
    return found


def _among(text: str, yes: tuple[str, ...], no: tuple[str, ...]) -> bool:
    if text.lower() not in yes + no:
        raise ValueError(text)
    return text.lower() in yes

"""The goods of a receipt as they can come back, a gift box also product by product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.i18n import pick
from models.money import Money
from models.quantity import Unit

if TYPE_CHECKING:
    from models.selling.remaining import Left
    from models.selling.sale_record import LineRecord, SaleRecord


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A line as it counts: pieces, packs, grams, gift boxes, or a part of these."""

    line_no: int
    part_no: int  # 0: the whole line
    name: str
    unit: Unit
    sold: int
    left: int
    net: Money  # left of it
    codes: tuple[str, ...] = ()  # what a scanner may read of it

    @property
    def key(self) -> tuple[int, int]:
        return self.line_no, self.part_no


def list_rows(record: SaleRecord, left: Left) -> tuple[ReturnRow, ...]:
    """In the order of the receipt."""
    return tuple(row for line in record.lines for row in _rows(line, left))


def _rows(line: LineRecord, left: Left) -> Iterator[ReturnRow]:
    mine = [row for row in left.lines if row.line_no == line.line_no]
    name, net = pick(line.name, line.name_en), Money.sum(row.net for row in mine)
    codes = tuple(filter(None, (line.sku, line.barcode)))
    if not line.parts:
        pack, amount = line.pack_size, mine[0].amount
        if pack > 1:
            name = f"{name} ×{pack}"
        sold = line.count.amount
        yield ReturnRow(
            line.line_no, 0, name, line.count.unit, sold, amount // pack, net, codes
        )
        return
    boxes = line.count.amount
    whole = min(row.amount // (row.sold // boxes) for row in mine)
    yield ReturnRow(line.line_no, 0, name, Unit.PIECE, boxes, whole, net, codes)
    for part, row in zip(line.parts, mine, strict=True):
        yield ReturnRow(
            line.line_no,
            row.part_no,
            pick(part.name, part.name_en),
            part.quantity.unit,
            row.sold // row.pack_size,
            row.amount // row.pack_size,
            row.net,
        )

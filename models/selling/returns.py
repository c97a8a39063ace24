"""Goods that come back: of which lines, how much money goes with them, in which rows.

Of a row of the sale goes back its net share of what is left of it: the last piece takes
the exact rest, so a whole refund returns what was paid, 抹零 included. What was taken
off is taken back with the same share. Cash exists in 角: what it cannot pay stays with
the sale and goes back with its last goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import table_of
from models.errors import WrongQuantity
from models.money import Money, spread
from models.selling import documents
from models.selling.documents import Moved, Row
from models.selling.refusals import MoreThanLeft, NothingChosen
from models.selling.remaining import Left, LineLeft, Portion
from models.selling.sale_lines import SaleBundle, SaleLine
from models.selling.sales import Sale


@dataclass(frozen=True, slots=True)
class Return:
    """Goods of one line that come back."""

    line_no: int
    count: int  # as the line counts: pieces, packs, grams or gift boxes
    part_no: int = 0  # one product of a gift box alone, in its pieces or grams
    is_waste: bool = False  # not to be sold again


class Returned(NamedTuple):
    """A row of the sale that comes back, in which line of the refund."""

    line_no: int
    portion: Portion
    is_box: bool = False  # with the other products of its gift box
    is_waste: bool = False


def due_back(left: Left, returns: Sequence[Return]) -> Money:
    """What these goods bring back, to the fen. Raises MoreThanLeft, NothingChosen."""
    return Money.sum(one.portion.net for one in portions(left, returns))


def everything(left: Left, *, is_waste: bool = False) -> tuple[Return, ...]:
    """All goods that did not come back yet, as the lines count them."""
    returns: dict[tuple[int, int], Return] = {}
    for line in left.lines:
        if not line.amount:
            continue
        boxes = _whole_boxes(left, line.line_no) if line.boxes else 0
        if boxes:
            returns[line.line_no, 0] = Return(line.line_no, boxes, 0, is_waste)
        over = line.amount - boxes * _in_one_box(line)
        if over:
            count = over // line.pack_size
            key = line.line_no, line.part_no
            returns[key] = Return(line.line_no, count, line.part_no, is_waste)
    return tuple(returns.values())


def _whole_boxes(left: Left, line_no: int) -> int:
    """Gift boxes of the line all of whose parts can still come back."""
    return min(
        line.amount // _in_one_box(line)
        for line in left.lines
        if line.line_no == line_no
    )


def _in_one_box(line: LineLeft) -> int:
    return line.sold // line.boxes if line.boxes else 0


def portions(left: Left, returns: Sequence[Return]) -> list[Returned]:
    """Per row what comes back, each from what the ones before it leave.

    With the last goods of the sale goes what coins could not pay before. Raises
    MoreThanLeft, WrongQuantity, NothingChosen.
    """
    if not returns:
        raise NothingChosen
    lines = {line.line_id: line for line in left.lines}
    found = []
    for line_no, one in enumerate(returns, 1):
        for row, amount in _amounts(left, one):
            line = lines[row.line_id]
            if amount > line.amount:
                raise MoreThanLeft(line.name, str(line.amount // line.pack_size))
            portion = line.portion(amount)
            lines[row.line_id] = line.without(portion)
            is_box = bool(row.boxes and not one.part_no)
            found.append(Returned(line_no, portion, is_box, one.is_waste))
    if any(line.amount for line in lines.values()):
        return found
    rest = [line.rest() for line in lines.values() if line.net]
    return found + [
        Returned(line_no, portion)
        for line_no, portion in enumerate(rest, len(returns) + 1)
    ]


def _amounts(left: Left, one: Return) -> list[tuple[LineLeft, int]]:
    """The rows meant, and how many pieces or grams of each."""
    if one.count <= 0:
        raise WrongQuantity
    return [
        (
            row,
            one.count
            * (_in_one_box(row) if row.boxes and not one.part_no else row.pack_size),
        )
        for row in rows_of(left, one.line_no, one.part_no)
    ]


def rows_of(left: Left, line_no: int, part_no: int) -> list[LineLeft]:
    """The rows of a line: one, or the products of a gift box. Raises NothingChosen."""
    rows = [
        line
        for line in left.lines
        if line.line_no == line_no and part_no in {0, line.part_no}
    ]
    if not rows:
        raise NothingChosen
    return rows


def in_coins(returned: Sequence[Returned], fen: Money) -> list[Returned]:
    """Less by what coins cannot pay, spread over the rows."""
    shares = spread(fen, [one.portion.net.fen for one in returned])
    return [
        one._replace(portion=one.portion.rounded_by(share))
        for one, share in zip(returned, shares, strict=True)
    ]


def documented(session: Session, left: Left, returned: Sequence[Returned]) -> list[Row]:
    """The rows of the document, numbered anew; a gift box stays one line."""
    frozen = frozen_rows(session, left.sale_id)
    return [_row(frozen[one.portion.line_id], one) for one in returned]


def _row(columns: dict[str, Any], one: Returned) -> Row:
    portion = one.portion
    changed = {
        "line_no": one.line_no,
        "part_no": columns["part_no"] if one.is_box else 0,
        "amount": -portion.amount,
        "list_fen": -portion.list_total,
        "discount_fen": -portion.discount,
        "order_discount_fen": -portion.order_discount,
        "rounding_fen": -portion.rounding,
        "net_fen": -portion.net,
    }
    return Row(columns | changed, portion.line_id)


def moved(rows: Sequence[Row], returned: Sequence[Returned]) -> list[Moved]:
    """What comes back onto the shelf or goes to waste."""
    return [
        Moved(row.columns["product_id"], one.portion.amount, one.is_waste)
        for row, one in zip(rows, returned, strict=True)
        if one.portion.amount
    ]


def frozen_rows(session: Session, sale_id: int) -> dict[int, dict[str, Any]]:
    """Per row of the sale, all that was frozen on it."""
    lines = table_of(SaleLine)
    found = session.execute(select(lines).where(lines.c.sale_id == sale_id)).mappings()
    rows = [dict(row) for row in found]
    return {row.pop("id"): row for row in rows}


def boxes_of(session: Session, left: Left, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The one line of each gift box that comes back whole."""
    lines = {line.line_id: line for line in left.lines}
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        line_no = row.columns["line_no"]
        if row.columns["part_no"] and line_no not in found:
            assert row.original_id is not None
            original = lines[row.original_id]
            count = row.columns["amount"] // _in_one_box(original)
            box = session.get_one(SaleBundle, (left.sale_id, original.line_no))
            found[line_no] = {
                "line_no": line_no,
                "product_id": box.product_id,
                "sku": box.sku,
                "barcode": box.barcode,
                "name": box.name,
                "name_en": box.name_en,
                "count": count,
                "list_price_fen": box.list_price,
                "price_fen": box.price,
                "reason": box.reason,
            }
    return list(found.values())


def place_of(session: Session, sale_id: int) -> dict[str, Any]:
    """Whose figures it takes back from: those that the sale went into."""
    sale = session.get_one(Sale, sale_id)
    return {name: getattr(sale, name) for name in documents.PLACE}

"""Rows of the table: receipts of twenty lines as PDF and for the till's printer."""

from __future__ import annotations

import statistics
import sys
from dataclasses import replace

from models.i18n import Language
from models.kinds import PaperWidth
from models.quantity import WeightUnit
from receipts import escpos, pdf
from receipts.document import Document
from receipts.receipt import receipt_for
from tests.bench import child, raw_paper
from tests.bench.measure import Result, Task, in_turn
from tests.receipts.samples import MELON, TEA, sale

_WIDTH = PaperWidth.MM80
_NEEDS_PICTURE = "ñ"  # which GBK does not have


def rows() -> list[Result]:
    document = _document()
    names = [f"{_NEEDS_PICTURE} {name}" for name in _names()]
    raw_pdf, our_pdf = in_turn(
        Task(lambda: raw_paper.pdf(document)),
        Task(lambda: pdf.render(document, _WIDTH)),
    )
    raw_text, our_text = in_turn(
        Task(lambda: raw_paper.escpos(document)),
        Task(lambda: escpos.render(document, _WIDTH)),
    )
    pictured = _document(_NEEDS_PICTURE)
    raw_raster, our_raster = in_turn(
        Task(lambda: raw_paper.raster(names)),
        Task(lambda: escpos.render(pictured, _WIDTH)),
        each=40,
    )
    first = [(_first("floor"), _first("ours")) for _ in range(7)][1:]
    floor_first, our_first = (
        statistics.median(side) for side in zip(*first, strict=True)
    )
    return [
        Result("PDF receipt of 20 lines, p50", "ms", raw_pdf.p50, our_pdf.p50, 1.5),
        Result("the first PDF receipt", "ms", floor_first, our_first, 1.5),
        Result(
            "ESC/POS receipt of 20 lines, p50", "ms", raw_text.p50, our_text.p50, 7.5
        ),
        Result(
            "the same with every name as a picture, p50",
            "ms",
            raw_raster.p50,
            our_raster.p50,
            1.5,
        ),
    ]


def _document(mark: str = "") -> Document:
    lines = [
        replace(MELON if number % 3 else TEA, line_no=number, name=f"{mark}{name}")
        for number, name in enumerate(_names(), 1)
    ]
    return receipt_for(sale(*lines), language=Language.ZH, weight_unit=WeightUnit.JIN)


def _names() -> list[str]:
    return [f"瓮安毛峰{number}号 250g" for number in range(1, 21)]


def _first(side: str) -> float:
    """After the imports, in a process of its own."""
    return float(child.run("papers", side))


def _draw_one(side: str) -> None:
    document = _document()
    if side == "floor":
        print(Task(lambda: raw_paper.pdf(document)).time())
    else:
        print(Task(lambda: pdf.render(document, _WIDTH)).time())


if __name__ == "__main__":
    _draw_one(sys.argv[1])

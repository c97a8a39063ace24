"""The printers of the operating system, and PDF pages as pictures for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter  # RULINGS.md 42
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from models.errors import PosError
from models.i18n import _

_POINTS_PER_INCH = 72
_MM_PER_POINT = 25.4 / _POINTS_PER_INCH
_MOST_DPI = 300  # finer than any receipt printer
_TIMEOUT_S = 20


class NotPrinted(PosError):
    """A paper could not be kept in the folder or did not reach the printer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _("The paper did not come: {reason}").format(reason=self.reason)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels, three bytes each (red, green, blue), row by row."""

    width: int
    height: int
    row_bytes: int
    pixels: bytes


def list_printers() -> list[str]:
    """The printers that the operating system knows, by name."""
    return list(QPrinterInfo.availablePrinterNames())


def pictures(pdf: bytes, scale: float) -> list[Picture]:
    """Every page, with ``scale`` pixels for each point of 1/72 inch.

    PDFium is not made for several threads: call this on the worker for papers only.
    """
    with _document(pdf) as document:
        return [_picture(page, scale) for page in document]


def send(file: Path, title: str, printer: str) -> None:
    """Hand the PDF to the printer and return once it took it. Raises NotPrinted."""
    lp = None if sys.platform == "win32" else shutil.which("lp")
    if lp is not None:
        _send_through_lp(lp, file, title, printer)
        return
    found = QPrinterInfo.printerInfo(printer)
    if found.isNull():
        raise NotPrinted(_("{printer} is not connected.").format(printer=printer))
    paper = QPrinter(found, QPrinter.PrinterMode.HighResolution)
    paper.setDocName(title)
    draw(file.read_bytes(), paper)


def draw(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page as a picture that fills it. Raises NotPrinted."""
    scale = min(printer.resolution(), _MOST_DPI) / _POINTS_PER_INCH
    pages = pictures(pdf, scale)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(pages[0], scale))
    painter = QPainter()
    if not painter.begin(printer):
        name = printer.printerName()
        raise NotPrinted(_("{printer} does not answer.").format(printer=name))
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        painter.drawImage(painter.viewport(), _image(page))
    painter.end()


def _send_through_lp(lp: str, file: Path, title: str, printer: str) -> None:
    media = "media=Custom.{}x{}mm".format(*_millimetres(file.read_bytes()))
    command = [lp, "-d", printer, "-t", title, "-o", media, "--", str(file)]
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, no shell
            command, capture_output=True, check=False, text=True, timeout=_TIMEOUT_S
        )
    except subprocess.TimeoutExpired as error:
        reason = _("{printer} does not answer.").format(printer=printer)
        raise NotPrinted(reason) from error
    except OSError as error:
        raise NotPrinted(f"{error.strerror}.") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or [printer]
        raise NotPrinted(said[0].removeprefix("lp: ").rstrip(".") + ".")


def _millimetres(pdf: bytes) -> tuple[int, int]:
    with _document(pdf) as document:
        width, height = document[0].get_size()
    return round(width * _MM_PER_POINT), round(height * _MM_PER_POINT)


@contextmanager
def _document(pdf: bytes) -> Iterator[Any]:
    import pypdfium2  # noqa: PLC0415  # 0.1 s, on the worker with the first paper

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _picture(page: Any, scale: float) -> Picture:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    made = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return made


def _layout(page: Picture, scale: float) -> QPageLayout:
    points = QSizeF(page.width / scale, page.height / scale)
    return QPageLayout(
        QPageSize(points, QPageSize.Unit.Point),
        QPageLayout.Orientation.Portrait,
        QMarginsF(),
    )


def _image(page: Picture) -> QImage:
    return QImage(
        page.pixels,
        page.width,
        page.height,
        page.row_bytes,
        QImage.Format.Format_RGB888,
    )

"""A document as the bytes that a Chinese ESC/POS printer is sent."""

from __future__ import annotations

from models.kinds import PaperWidth
from receipts.columns import COLUMNS, Line, columns_of, gbk, lay_out
from receipts.document import Align, Document, Qr, Size
from receipts.raster import picture

_OPEN_DRAWER = b"\x1bp\x00\x19\xfa"  # ESC p 0 25 250
_START = b"\x1b@\x1c&"  # ESC @ and FS &: from here on two bytes are one Chinese sign
_CUT = b"\x1bd\x03\x1dVB\x00"  # ESC d 3, then GS V 66 0: feed to the knife, cut partly
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_SIZE = {Size.STRONG: 0x01, Size.BIG: 0x11}  # GS !: high nibble wide, low nibble high
_RASTER_MODE = {Size.STRONG: 2, Size.BIG: 3}  # GS v 0: 2 is twice as high, 3 both
_QR_DOTS = 6  # a module's; the code of a receipt is then 19 mm wide
_QR_MODEL_2 = b"\x1d(k\x04\x00\x31\x41\x32\x00"
_QR_LEVEL_M = b"\x1d(k\x03\x00\x31\x45\x31"
_QR_PRINT = b"\x1d(k\x03\x00\x31\x51\x30"


def render(
    document: Document, width: PaperWidth, *, opens_drawer: bool = False
) -> bytes:
    """All that is sent for one paper, from the drawer's pulse to the knife."""
    out = bytearray(_OPEN_DRAWER if opens_drawer else b"")
    out += _START
    size = 0
    for line in lay_out(document, width):
        if isinstance(line, Qr):
            out += _qr(line.data)
            continue
        wanted = _SIZE.get(line.size, 0)
        if wanted != size:
            out += bytes((0x1D, 0x21, wanted))
            size = wanted
        out += _line(line, COLUMNS[width])
    if size:
        out += b"\x1d!\x00"
    return bytes(out + _CUT)


def drawer_pulse() -> bytes:
    """What opens the drawer where nothing is printed."""
    return _OPEN_DRAWER


def _line(line: Line, columns: int) -> bytes:
    columns = columns // 2 if line.size is Size.BIG else columns
    text = line.text
    if line.align is Align.CENTRE:
        text = " " * ((columns - columns_of(text)) // 2) + text
    written = gbk(text)
    if written is None:
        return _raster(text, columns, _RASTER_MODE.get(line.size, 0))
    return written.rstrip() + b"\n"


def _raster(text: str, columns: int, mode: int) -> bytes:
    image = picture(text, columns)
    across = (image.width + 7) // 8
    head = (across % 256, across // 256, image.height % 256, image.height // 256)
    return b"\x1dv0" + bytes((mode, *head)) + image.tobytes()


def _qr(data: str) -> bytes:
    code = data.encode("utf-8")
    stored = len(code) + 3
    return b"".join(
        (
            _CENTRE,
            _QR_MODEL_2,
            b"\x1d(k\x03\x00\x31\x43" + bytes((_QR_DOTS,)),
            _QR_LEVEL_M,
            b"\x1d(k" + bytes((stored % 256, stored // 256)) + b"\x31\x50\x30" + code,
            _QR_PRINT,
            b"\n",
            _LEFT,
        )
    )

"""Reads a PDF back: its words, and the codes on its picture."""

import pypdfium2
import zxingcpp
from PIL import Image


def texts(data: bytes) -> list[str]:
    """What each page says when it is copied or searched."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def picture(data: bytes, page: int = 0, scale: float = 3) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        image: Image.Image = document[page].render(scale=scale).to_pil()
        return image.convert("RGB")


def codes(data: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture(data))]

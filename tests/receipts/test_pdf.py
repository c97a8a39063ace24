"""PDF receipts, read back as text and as a picture."""

import pytest
from PIL import Image, ImageChops

from models.i18n import Language
from models.kinds import PaperWidth
from models.quantity import WeightUnit
from receipts import pdf
from receipts.document import Bar, Bars, Document, Qr, Text
from receipts.receipt import receipt_for
from tests.receipts import pdf_reader
from tests.receipts.correction_samples import CORRECTIONS
from tests.receipts.samples import SALES

pytestmark = pytest.mark.usefixtures("strange_characters")

_ALL = SALES | CORRECTIONS
_POINTS = {PaperWidth.MM58: 164.4, PaperWidth.MM80: 226.8}


def _pdf(
    name: str,
    width: PaperWidth = PaperWidth.MM80,
    language: Language = Language.ZH,
) -> bytes:
    record = _ALL[name]
    unit = WeightUnit.JIN
    return pdf.render(receipt_for(record, language=language, weight_unit=unit), width)


def _ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    blank = Image.new("RGB", image.size, "white")
    return ImageChops.difference(image, blank).getbbox() or (0, 0, 0, 0)


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", SALES)
def test_a_pdf_says_every_amount_and_holds_its_code(
    name: str, language: Language, width: PaperWidth
) -> None:
    record = SALES[name]
    data = _pdf(name, width, language)
    (said,) = pdf_reader.texts(data)
    amounts = [line.total for line in record.lines]
    amounts += [payment.tendered for payment in record.payments]
    for amount in (*amounts, record.net):
        assert amount.plain in said
    assert record.number in said
    assert pdf_reader.codes(data) == [record.code]


@pytest.mark.parametrize("width", PaperWidth)
@pytest.mark.parametrize("name", _ALL)
def test_nothing_reaches_the_edge_of_the_paper(name: str, width: PaperWidth) -> None:
    image = pdf_reader.picture(_pdf(name, width), scale=2)
    assert image.width == pytest.approx(_POINTS[width] * 2, abs=2)
    left, top, right, bottom = _ink_box(image)
    assert min(left, top) >= 16
    assert max(right - image.width, bottom - image.height) <= -16


def test_rare_characters_are_drawn_and_copied_as_what_they_are() -> None:
    (said,) = pdf_reader.texts(_pdf("hostile_names"))
    assert "㛃䶮𫍯牌苦丁茶" in said
    assert "<b>x</b> & </para>" in said
    alone = pdf.render(Document("", (Text("㛃䶮𫍯"),)), PaperWidth.MM58)
    left, _top, right, _bottom = _ink_box(pdf_reader.picture(alone, scale=4))
    assert right - left > 4 * 20


def test_the_same_sale_gives_the_same_bytes() -> None:
    assert _pdf("hostile_names") == _pdf("hostile_names")
    assert b"Helvetica" not in _pdf("demo")


def test_a_bar_is_as_long_as_its_share() -> None:
    bars = (Bar("甲", "2.00", 1000, "#009E73"), Bar("乙", "1.00", 500, "#D55E00"))
    image = pdf_reader.picture(pdf.render(Document("", (Bars(bars),)), PaperWidth.MM80))
    counted = {hue: n for n, hue in image.getcolors(1 << 20) or []}
    longer, shorter = counted[(0x00, 0x9E, 0x73)], counted[(0xD5, 0x5E, 0x00)]
    assert longer == pytest.approx(2 * shorter, rel=0.05)


def test_bars_stand_below_names_that_leave_no_room() -> None:
    bars = (Bar("积石山保安族东乡族撒拉族自治县" * 2, "1.00", 1000, "#009E73", "注"),)
    data = pdf.render(Document("", (Bars(bars),)), PaperWidth.MM58)
    left, _top, right, _bottom = _ink_box(pdf_reader.picture(data, scale=2))
    assert left >= 16
    assert right <= _POINTS[PaperWidth.MM58] * 2 - 16
    assert "注" in pdf_reader.texts(data)[0]


def test_codes_of_many_sales_are_read() -> None:
    for n in range(0, 400, 13):
        code = f"SH1:T{n:02}:A:{n * 977}:{'ABCDEFGHJKMNPQRSTVWXYZ2345'[n % 16 :][:10]}"
        data = pdf.render(Document("", (Qr(code),)), PaperWidth.MM58)
        assert pdf_reader.codes(data) == [code]

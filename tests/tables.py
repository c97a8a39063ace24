"""Tables of goods as offices write them, large ones, and ones made to harm a till."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

HEADER = [
    "sku",
    "name",
    "name_en",
    "county_code",
    "category",
    "unit",
    "spec",
    "price_yuan",
    "cost_yuan",
    "sold_by",
    "barcode",
    "plu",
    "certified",
    "certificate",
    "supplier",
    "town",
    "village",
    "terms",
    "shelf_life_days",
    "opening_stock",
    "made_of",
]

_PLACES = [
    "福泉",
    "瓮安",
    "大埔",
    "疏附",
    "黄丝",
    "牛场",
    "邦乐",
    "平安",
    "绿洲",
    "重庆",
    "长乐",
]
_KINDS = ["礼盒装", "散装", "家庭装", "特级", "手工", "农家", "有机", "富硒", "高山"]
_GOODS = [
    "香辣酱",
    "糯米",
    "核桃",
    "蜜柚",
    "黄金芽茶",
    "百花蜜",
    "刺梨干",
    "小面",
    "藕粉",
    "香菇",
    "木耳",
    "红枣",
]
_COUNTIES = ("522702", "522725", "441422", "653121")
_CATEGORIES = ("粮油", "干果", "水果", "茶", "调味品")


def ean13(number: int) -> str:
    digits = f"697{number:09}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return f"{digits}{-(odd + 3 * even) % 10}"


def goods(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Rows under HEADER; every tenth is weighed."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    for number in range(count):
        name = "".join(map(chance.choice, (_PLACES, _KINDS, _GOODS)))
        is_weighed = number % 10 == 0
        yield [
            f"G{number:06}",
            f"{name}{number % 900 + 100}克",
            f"Goods {number}",
            _COUNTIES[number % 4],
            _CATEGORIES[number % 5],
            "kg" if is_weighed else "袋",
            "500g",
            f"{chance.randint(100, 99_999) / 100:.2f}",
            f"{chance.randint(100, 9_999) / 100:.2f}",
            "weight" if is_weighed else "piece",
            "" if is_weighed else ean13(500_000 + number),
            str(30_000 + number) if is_weighed else "",
            "是",
            f"FP-{number}",
            f"供应商{number % 200}",
            f"镇{number % 200}",
            f"村{number % 200}",
            "代销",
            "365",
            str(chance.randint(0, 500)),
            "",
        ]


def as_csv(rows: list[list[str]], codec: str = "utf-8-sig") -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode(codec)


def as_xlsx(rows: list[list[str]]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, *rows]):
            sheet.write_row(number, 0, row)
        for number, row in enumerate(rows, 1):  # a price is a number in most sheets
            sheet.write_number(number, HEADER.index("price_yuan"), float(row[7]))
    return made.getvalue()


def as_ods(rows: list[list[str]]) -> bytes:
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
        for row in [HEADER, *rows]
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"{_ODS}{lines}{_ODS_END}".encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def _ods_cell(text: str) -> str:
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:version="1.2"><office:body><office:spreadsheet>'
    '<table:table table:name="goods">'
)
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def packed(entries: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


# --- what is done to them ----------------------------------------------------------

HOSTILE_CELLS = (
    "6.97E+12",
    "6970019000015.0",
    "-1",
    "1e309",
    "NaN",
    "0x1F",
    "999999999999999999999",
    "12.345",
    "١٢٣",  # Arabic digits
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE product; --",
    "%s%n{0}{name}",
    "\x00",
    "\u202e",
    "a\nb",
    "\ud7ff\ufffe",
    "é" * 300,
    "𠀀",
    "SAUCE",
    "WALNUT:0.5",
    "SAUCE:1;BOX:1",
    "G000001:1;G000001:2",
    "::;;:",
    "301",
    "00301",
    "6970019000015",
    "POMELO1",
    "",
    " ",
)
_TOKENS = (
    b"XFD1048576",
    b"A1048577",
    b"1e308",
    b"-1",
    b"99999999999999999999",
    b"\x00",
    b"\xff\xfe",
    b"&#0;",
    b"&lol;",
    b"<!DOCTYPE a [<!ENTITY lol 'lol'>]>",
    b'r="B2"',
    b't="s"',
    b't="b"',
    b"<c><c><c>",
    b"]]>",
    b'table:number-columns-repeated="1000000000"',
    b'table:number-rows-repeated="1000000000"',
)

Mutation = Callable[[random.Random, bytes], bytes]


def _flipped(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _time in range(chance.choice((1, 1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _end in range(2))
    return chance.choice((data[:start], data[:start] + data[end:], data[start:]))


def _doubled(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _end in range(2))
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _spiked(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    gone = chance.choice((0, 0, 1, 10))
    return data[:at] + chance.choice(_TOKENS) + data[at + gone :]


_BYTES: tuple[Mutation, ...] = (_flipped, _cut, _doubled, _spiked)


def with_other_bytes(chance: random.Random, data: bytes) -> bytes:
    return chance.choice(_BYTES)(chance, data)


def with_another_part(chance: random.Random, data: bytes) -> bytes:
    """A spreadsheet that is an archive as it should be, with one part that is not."""
    entries = unpacked(data)
    name = chance.choice(sorted(entries))
    entries[name] = with_other_bytes(chance, entries[name] or b" ")
    return packed(entries)


def with_hostile_cells(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    changed = [list(row) for row in rows]
    for _time in range(chance.choice((1, 1, 2, 8))):
        row = chance.choice(changed)
        row[chance.randrange(len(row))] = chance.choice(HOSTILE_CELLS)
    if chance.random() < 0.2:
        changed.append(list(chance.choice(changed)))
    return changed

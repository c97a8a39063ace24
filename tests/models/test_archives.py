"""Archives that no office writes are refused before they are unpacked."""

from __future__ import annotations

import stat
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from models.errors import UnreadableTable
from models.office import archives
from models.office.refusals import UnsafeArchive


def _archive(
    *entries: tuple[str | ZipInfo, bytes], packing: int = ZIP_DEFLATED
) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", packing) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return made.getvalue()


def _link() -> ZipInfo:
    entry = ZipInfo("xl/sheet.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_a_plain_archive_passes() -> None:
    archives.check("goods.xlsx", _archive(("xl/sheet.xml", b"<a/>")))


@pytest.mark.parametrize(
    "data",
    [
        _archive(("bomb", b"\0" * (2 << 20))),
        _archive(*((f"{n}", b"") for n in range(archives.MOST_ENTRIES + 1))),
        _archive(("../up", b"x")),
        _archive(("/etc/passwd", b"x")),
        _archive(("C:\\windows", b"x")),
        _archive((_link(), b"x")),
        _archive(("odd", b"x"), packing=ZIP_BZIP2),
    ],
)
def test_what_is_too_large_or_leads_elsewhere_is_refused(data: bytes) -> None:
    with pytest.raises(UnsafeArchive):
        archives.check("goods.xlsx", data)


def test_a_broken_archive_is_no_table() -> None:
    data = bytearray(_archive(("xl/sheet.xml", b"<abcdefgh/>" * 50)))
    data[45] ^= 0xFF
    with pytest.raises(UnreadableTable, match=r"goods\.xlsx"):
        archives.check("goods.xlsx", bytes(data))

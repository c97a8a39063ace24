"""Tables of goods: looked at before they are stored, and written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from models.money import Money
from models.office import imports, table_files
from tests.shop import Shop
from tests.ui.goods.page import LISTS_DROP_DOWN, Goods, stored_goods
from ui.goods_presenter import GoodsPresenter

pytestmark = LISTS_DROP_DOWN


def _write(path: Path, content: str, codec: str = "utf-8") -> str:
    path.write_text(content, encoding=codec)
    return str(path)


def test_a_table_is_looked_at_before_it_is_stored(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop, tmp_path: Path
) -> None:
    file = _write(
        tmp_path / "goods.csv",
        "货号,名称,单价,期初库存\nB1,福泉糍粑,12.5,30\nSAUCE,,24.90,\nTEA,,,\n",
    )
    page.presses(Qt.Key.Key_F4)
    assert page.focused() == "import_path"
    page.fills("import_path", file)
    with qtbot.waitSignals([presenter.table.preview_changed] * 2):
        page.presses(Qt.Key.Key_Return)
    qtbot.waitUntil(page.find(QPushButton, "store_import").isEnabled)

    rows = page.find(QTableView, "import_rows").model()
    assert [rows.index(row, 0).data() for row in range(rows.rowCount())] == ["2", "3"]
    assert "福泉糍粑" in rows.index(0, 1).data()
    assert stored_goods(shop, "SAUCE").price == Money(2390)

    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_F12)

    assert stored_goods(shop, "SAUCE").price == Money(2490)
    assert stored_goods(shop, "B1").price == Money(1250)
    assert "福泉糍粑" in page.names()
    assert not page.find(QPushButton, "store_import").isEnabled()


def test_a_table_with_a_wrong_row_cannot_be_stored(
    qtbot: QtBot, page: Goods, shop: Shop, tmp_path: Path
) -> None:
    file = _write(tmp_path / "goods.csv", "货号,名称,单价\nB1,茶,12\nB2,米,abc\n")
    page.touches("import_goods")
    page.fills("import_path", file)
    page.presses(Qt.Key.Key_Return)

    rows = page.find(QTableView, "import_rows").model()
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    assert rows.index(0, 0).data() == "3"
    assert "单价" in rows.index(0, 1).data()
    assert not page.find(QPushButton, "store_import").isEnabled()
    page.presses(Qt.Key.Key_F12)
    assert "茶" not in page.names()


def test_another_encoding_can_be_chosen(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, tmp_path: Path
) -> None:
    file = _write(tmp_path / "goods.csv", "sku,name\nB1,福泉糍粑\n", "gb18030")
    page.touches("import_goods")
    page.fills("import_path", file)
    page.presses(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: presenter.table.encoding == "GB18030")

    page.chooses("encoding", "UTF8")
    qtbot.waitUntil(lambda: len(page.said) == 1)

    assert "UTF-8" in page.said[0]
    page.chooses("encoding", "GB18030")
    qtbot.waitUntil(lambda: presenter.table.preview is not None)


def test_a_file_can_be_chosen_in_the_system_s_own_way(
    qtbot: QtBot,
    page: Goods,
    presenter: GoodsPresenter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = _write(tmp_path / "goods.csv", "sku,name\nB1,茶\n")
    chosen = iter(["", file])
    monkeypatch.setattr(
        "ui.goods_import_view.QFileDialog.getOpenFileName",
        lambda *_args: (next(chosen), ""),
    )
    page.touches("import_goods")
    page.touches("choose_file")
    assert page.reads("import_path") == ""
    page.touches("choose_file")

    qtbot.waitUntil(lambda: presenter.table.preview is not None)
    page.touches("close_import")
    page.touches("import_goods")
    assert presenter.table.preview is None


def test_all_goods_are_written_to_the_shop_s_own_folder(
    qtbot: QtBot, page: Goods, shop: Shop
) -> None:
    page.presses(Qt.Key.Key_F7)
    assert page.focused() == "export_path"
    proposed = Path(page.reads("export_path"))
    assert proposed.parent == shop.database.path.parent / "exports"
    page.presses(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: len(page.said) == 1)

    assert str(proposed) in page.said[0]
    table = table_files.parse(proposed)
    assert len(table.rows) == 8
    with shop.database.read() as session:
        found = imports.preview(session, table)
    assert (found.new, found.changed, len(found.errors)) == (0, 0, 0)
    page.touches("close_export")
    assert page.table.hasFocus()


def test_goods_are_written_as_text_where_one_wants_them(
    qtbot: QtBot,
    page: Goods,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = iter(["", str(tmp_path / "chosen"), str(tmp_path / "named.csv")])
    monkeypatch.setattr(
        "ui.goods_export_view.QFileDialog.getSaveFileName",
        lambda *_args: (next(chosen), ""),
    )
    page.touches("export_goods")
    page.chooses("export_kind", "csv")
    proposed = page.reads("export_path")
    assert proposed.endswith(".csv")
    page.touches("choose_export")
    assert page.reads("export_path") == proposed
    page.touches("choose_export")
    assert page.reads("export_path") == str(tmp_path / "chosen.csv")
    page.touches("choose_export")
    page.touches("store_export")
    qtbot.waitUntil(lambda: len(page.said) == 1)

    assert (tmp_path / "named.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_table_that_cannot_be_written_is_told(
    qtbot: QtBot, page: Goods, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    page.touches("export_goods")
    page.find(QLineEdit, "export_path").clear()
    page.touches("store_export")
    assert page.focused() == "export_path"
    for words in (str(tmp_path / "goods.pdf"), str(tmp_path / "file" / "goods.csv")):
        page.said.clear()
        page.find(QLineEdit, "export_path").setText(words)
        page.touches("store_export")
        qtbot.waitUntil(lambda: len(page.said) == 1)
        qtbot.waitUntil(page.find(QPushButton, "store_export").isEnabled)
        assert "goods" in page.said[0]

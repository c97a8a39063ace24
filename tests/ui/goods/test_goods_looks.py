"""Every panel of the goods page fits a small screen and a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from assets.tokens import size
from models import i18n
from models.i18n import Language
from tests.ui.goods.page import LISTS_DROP_DOWN, Goods
from ui import style
from ui.goods_presenter import GoodsPresenter

pytestmark = LISTS_DROP_DOWN


@pytest.fixture
def styled_app(qapp: QApplication) -> Iterator[QApplication]:
    font, palette = qapp.font(), qapp.palette()
    style.apply(qapp)
    yield qapp
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "buttons",
    [
        ("add_goods",),
        ("stock_goods",),
        ("stock_goods", "choice_repack"),
        ("stock_goods", "choice_transfer"),
        ("offer_goods",),
        ("promotion_goods",),
        ("promotion_goods", "confirm_promotion"),
        ("promotion_goods", "confirm_promotion", "choice_over", "choice_one"),
        ("label_goods",),
        ("import_goods",),
        ("export_goods",),
    ],
    ids=" ".join,
)
def test_every_panel_fits_a_small_screen_and_a_finger(
    qtbot: QtBot,
    styled_app: QApplication,
    presenter: GoodsPresenter,
    language: Language,
    buttons: tuple[str, ...],
) -> None:
    i18n.use_language(language)
    page = Goods(qtbot, presenter)
    style.dress(page.view)
    page.view.resize(1024, 672)
    page.selects("福泉香辣酱")
    for button in buttons:
        page.touches(button)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    assert page.view.minimumSizeHint().width() <= 1024
    assert page.view.minimumSizeHint().height() <= 672
    for kind in (QPushButton, QToolButton, QLineEdit, QComboBox, QCheckBox):
        for widget in page.view.findChildren(kind):
            if widget.isVisible() and widget.objectName().find("qt_") < 0:
                _check_touchable(widget)


def _check_touchable(widget: QWidget) -> None:
    if widget.parent() is not None and isinstance(widget.parent(), QLineEdit):
        return  # the small buttons inside a field
    if isinstance(widget.parent(), QComboBox):
        return  # the combo box itself is touched
    name = widget.objectName() or type(widget).__name__
    assert widget.height() >= size("touch"), (name, widget.height())
    said = widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        said = said or widget.text()
    assert said, name

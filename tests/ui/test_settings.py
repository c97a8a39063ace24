"""The settings page: each choice is stored the moment it is made, and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from models import places, settings
from models.i18n import Language, use_language
from models.kinds import AccountKind, Method, PaperWidth, RoundingRule, TileOrder
from models.places import TillRow
from models.quantity import WeightUnit
from models.selling import accounts
from models.settings import Settings
from tests.shop import Shop
from tests.ui.pages import compose, find
from ui.settings_presenter import SettingsPresenter
from ui.settings_view import SettingsView
from ui.widgets.choice import Choice


@pytest.fixture
def presenter(shop: Shop, tmp_path: Path) -> SettingsPresenter:
    return SettingsPresenter(shop.database, tmp_path / "papers")


@pytest.fixture
def view(qtbot: QtBot, presenter: SettingsPresenter) -> SettingsView:
    use_language(Language.EN)
    made = SettingsView()
    qtbot.addWidget(made)
    made.connect_to(presenter)
    made.resize(1366, 690)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    return made


def stored(shop: Shop) -> Settings:
    with shop.database.read() as session:
        return settings.load(session)


def till(shop: Shop) -> TillRow:
    with shop.database.read() as session:
        found = places.this_till(session)
    assert found is not None
    return found


def holders(shop: Shop) -> list[str]:
    with shop.database.read() as session:
        found = accounts.list_accounts(session, with_personal=True)
    return [row.holder for row in found]


def choose(qtbot: QtBot, view: SettingsView, name: str, value: str) -> None:
    button = find(find(view, Choice, name), QPushButton, f"choice_{value}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tick(qtbot: QtBot, view: SettingsView, name: str) -> None:
    box = find(view, QCheckBox, name)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def test_the_page_shows_what_is_stored(view: SettingsView, tmp_path: Path) -> None:
    assert find(view, QLineEdit, "shop_name").text() == "山海惠农"
    assert find(view, QLineEdit, "event_name").text() == "金秋消费帮扶展销"
    assert find(view, Choice, "rounding").value() is RoundingRule.JIAO
    assert find(view, Choice, "paper_width").value() is PaperWidth.MM80
    assert find(view, Choice, "weight_unit").value() is WeightUnit.JIN
    assert find(view, Choice, "tile_order").value() is TileOrder.HAND
    assert find(view, QCheckBox, "sounds").isChecked()
    assert not find(view, QCheckBox, "personal_codes").isChecked()
    assert find(view, QComboBox, "printer").currentText() == "Folder only"
    assert find(view, QLabel, "papers_folder").text() == str(tmp_path / "papers")


@pytest.mark.parametrize(
    "choice",
    [
        ("paper_width", PaperWidth.MM58, "paper_width"),
        ("paper_language", Language.EN, "paper_language"),
        ("weight_unit", WeightUnit.KG, "weight_unit"),
        ("tile_order", TileOrder.SALES, "tile_order"),
    ],
)
def test_a_touch_stores_a_choice_and_says_so(
    qtbot: QtBot,
    view: SettingsView,
    presenter: SettingsPresenter,
    shop: Shop,
    choice: tuple[str, str, str],
) -> None:
    name, value, field = choice
    with qtbot.waitSignal(presenter.told) as told:
        choose(qtbot, view, name, value)
    assert told.args == ["Saved"]
    assert getattr(stored(shop), field) == value
    assert find(view, Choice, name).value() == value


def test_choosing_what_is_chosen_already_stores_and_says_nothing(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter
) -> None:
    with qtbot.assertNotEmitted(presenter.told):
        choose(qtbot, view, "paper_width", PaperWidth.MM80)


def test_another_language_is_stored_before_the_window_hears_of_it(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter, shop: Shop
) -> None:
    heard: list[Language] = []
    presenter.language_changed.connect(lambda _: heard.append(stored(shop).language))
    with qtbot.waitSignal(presenter.language_changed) as changed:
        choose(qtbot, view, "language", Language.EN)
    assert changed.args == [Language.EN]
    assert heard == [Language.EN]


def test_a_new_shop_name_is_stored_when_enter_is_pressed(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter, shop: Shop
) -> None:
    field = find(view, QLineEdit, "shop_name")
    field.clear()
    compose(field, "山海优品")
    with qtbot.waitSignal(presenter.changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert stored(shop).shop_name == "山海优品"


def test_a_shop_keeps_its_name_when_the_field_is_emptied(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter, shop: Shop
) -> None:
    field = find(view, QLineEdit, "shop_name")
    field.clear()
    with qtbot.waitSignal(presenter.failed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert stored(shop).shop_name == "山海惠农"
    assert field.text() == "山海惠农"


def test_the_event_and_the_rounding_belong_to_the_outlet(
    qtbot: QtBot, view: SettingsView, shop: Shop
) -> None:
    field = find(view, QLineEdit, "event_name")
    field.clear()
    compose(field, "年货节")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    choose(qtbot, view, "rounding", RoundingRule.YUAN)
    assert till(shop).outlet.event_name == "年货节"
    assert till(shop).outlet.rounding is RoundingRule.YUAN

    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert till(shop).outlet.event_name == ""


def test_sounds_are_switched_and_the_till_hears_of_it(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter, shop: Shop
) -> None:
    with qtbot.waitSignal(presenter.sounds_changed) as changed:
        tick(qtbot, view, "sounds")
    assert changed.args == [False]
    assert not stored(shop).has_sounds


def test_personal_codes_are_off_until_someone_accepts_them(
    qtbot: QtBot, view: SettingsView, shop: Shop
) -> None:
    assert not stored(shop).accepts_personal_codes
    assert "not offered" in " ".join(
        label.text() for label in view.accounts.findChildren(QLabel)
    )
    tick(qtbot, view, "personal_codes")
    assert stored(shop).accepts_personal_codes


def test_an_account_is_added_with_its_kind_and_wallet(
    qtbot: QtBot, view: SettingsView, shop: Shop
) -> None:
    choose(qtbot, view, "account_kind", AccountKind.AGGREGATE)
    choose(qtbot, view, "account_wallet", Method.ALIPAY)
    field = find(view, QLineEdit, "account_holder")
    compose(field, "山海门店")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    with shop.database.read() as session:
        added = accounts.list_accounts(session, with_personal=True)[-1]
    assert added.holder == "山海门店"
    assert added.kind is AccountKind.AGGREGATE
    assert added.wallet is Method.ALIPAY
    assert field.text() == ""


def test_an_account_without_a_holder_is_refused(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter, shop: Shop
) -> None:
    before = holders(shop)
    with qtbot.waitSignal(presenter.failed):
        button = find(view, QPushButton, "add_account")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert holders(shop) == before


def test_an_account_is_retired_only_when_the_button_is_pressed_twice(
    qtbot: QtBot, view: SettingsView, shop: Shop
) -> None:
    name = f"retire_{shop.accounts['wechat']}"
    button = find(view, QPushButton, name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.text() == "Press again to retire"
    find(view, QLineEdit, "shop_name").setFocus()  # leaving takes the question back
    assert button.text() == "Retire"
    assert "山海惠农商贸" in holders(shop)

    for _press in range(2):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "山海惠农商贸" not in holders(shop)


@pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$")
def test_a_printer_that_is_chosen_stays_chosen_even_while_it_is_away(
    qtbot: QtBot, view: SettingsView, presenter: SettingsPresenter, shop: Shop
) -> None:
    box = find(view, QComboBox, "printer")
    with qtbot.waitSignal(presenter.printers_found):
        box.showPopup()
    box.hidePopup()
    presenter.print_through("TP80")
    assert stored(shop).printer == "TP80"
    assert box.currentText() == "TP80"

    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert stored(shop).printer == ""


def test_escape_leaves_the_page(qtbot: QtBot, view: SettingsView) -> None:
    with qtbot.waitSignal(view.left):
        qtbot.keyClick(view, Qt.Key.Key_Escape)

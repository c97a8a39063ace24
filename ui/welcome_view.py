"""The first start: six prefilled answers, and the shop can sell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import Language, _, language
from models.kinds import OutletKind, PaperWidth
from models.money import Money
from ui.widgets.card import Card
from ui.widgets.message_bar import Kind, MessageBar
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.pin_edit import PinEdit

if TYPE_CHECKING:
    from ui.welcome_presenter import WelcomePresenter

_FIELDS = ("shop_name", "outlet_name", "event_name", "till_name", "staff_name")


class WelcomeView(QWidget):
    """Enter goes from field to field and at last opens the shop."""

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._fields: dict[str, QLineEdit] = {}
        self.setProperty("role", "page")
        self.setWindowTitle(_("Shanhai POS"))
        self._layout = QVBoxLayout(self)
        self._message = named("message_bar", MessageBar())
        self._build()
        presenter.failed.connect(self._tell)
        presenter.answers_changed.connect(self._fill)
        presenter.language_changed.connect(self._build)
        presenter.recovery_code_made.connect(self._show_code)

    def _build(self) -> None:
        """Everything anew, in the language in use."""
        self._show_card(self._card())
        self._fill()

    def _show_card(self, card: QFrame) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._message:
                widget.hide()
                widget.deleteLater()
        self.setWindowTitle(_("Shanhai POS"))
        self._layout.addStretch(1)
        self._layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(1)
        self._message.clear()
        self._layout.addWidget(self._message)

    def _show_code(self, code: str) -> None:
        """The shop is made; selling begins when the code is written down."""
        card = Card(_("Write this recovery code down"))
        card.setFixedWidth(size("card"))
        named("recovery_code", styled("total", QLabel(code)), card.body)
        hint = styled("hint", QLabel(), card.body)
        hint.setText(
            _(
                "It opens the shop if the PIN is forgotten or the computer is lost. "
                "Keep the paper away from this computer."
            )
        )
        hint.setWordWrap(True)
        done = named("code_written", styled("primary", QPushButton()), card.body)
        done.setText(_("It is written down  Enter"))
        done.setAutoDefault(True)
        done.clicked.connect(self._presenter.finished)
        self._show_card(card)
        done.setFocus()

    # --- building -------------------------------------------------------------

    def _card(self) -> QFrame:
        card = styled("panel", QFrame())
        card.setFixedWidth(size("card"))
        layout = QVBoxLayout(card)
        margin = size("gap_large")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap"))
        styled("heading", QLabel(_("Welcome to Shanhai POS")), layout)
        hint = _("Enter accepts what stands there; everything can be changed later.")
        styled("hint", QLabel(hint), layout)
        layout.addLayout(self._form())
        self._start = named("start", styled("primary", QPushButton()), layout)
        self._start.setText(_("Start selling  Enter"))
        self._start.clicked.connect(self._open)
        return card

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(size("gap_small"))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        rows: tuple[tuple[str, QWidget | QHBoxLayout, int, int], ...] = (
            (_("Language"), self._languages(), 0, 0),
            (_("Receipt width"), self._widths(), 0, 2),
            (_("Place"), self._kinds(), 1, 0),
            (_("Goods"), self._catalogues(), 1, 2),
            (_("Shop"), self._field("shop_name"), 2, 0),
            (_("Outlet"), self._field("outlet_name"), 2, 2),
            (_("Event"), self._field("event_name"), 3, 0),
            (_("Till"), self._field("till_name"), 3, 2),
            (_("Your name"), self._field("staff_name"), 4, 0),
            (_("Your PIN"), self._pin_field(), 4, 2),
            (_("Change money"), self._float_field(), 5, 0),
        )
        for words, part, row, column in rows:
            grid.addWidget(styled("hint", QLabel(words)), row, column)
            if isinstance(part, QWidget):
                described(words, part)
                grid.addWidget(part, row, column + 1)
            else:
                grid.addLayout(part, row, column + 1)
        return grid

    def _field(self, name: str) -> QLineEdit:
        field = named(name, QLineEdit())
        field.setMaxLength(60)
        field.returnPressed.connect(lambda: self._go_on(field))
        self._fields[name] = field
        return field

    def _pin_field(self) -> PinEdit:
        """May stay empty: a stall of one person may begin without."""
        self._pin = named("manager_pin", PinEdit())
        self._pin.setPlaceholderText(_("6 digits, or empty"))
        self._pin.returnPressed.connect(self._float_focus)
        return self._pin

    def _float_focus(self) -> None:
        self._float.setFocus()
        self._float.selectAll()

    def _float_field(self) -> MoneyEdit:
        self._float = named("float", MoneyEdit())
        self._float.returnPressed.connect(self._open)
        return self._float

    def _chips(
        self, name: str, chips: tuple[tuple[str, str], ...], chosen: str
    ) -> tuple[QHBoxLayout, QButtonGroup]:
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(size("gap_tiny"))
        for key, words in chips:
            button = styled("chip", QPushButton(words))
            named(f"{name}_{key}", button, row)
            button.setProperty("value", key)
            button.setCheckable(True)
            button.setChecked(key == chosen)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            group.addButton(button)
        row.addStretch(1)
        return row, group

    def _languages(self) -> QHBoxLayout:
        row, group = self._chips(
            "language", (("zh", "中文"), ("en", "English")), language().value
        )
        self._on_choice(group, lambda key: self._presenter.speak(Language(key)))
        return row

    def _widths(self) -> QHBoxLayout:
        row, self._width = self._chips(
            "width", (("80", "80 mm"), ("58", "58 mm")), PaperWidth.MM80.value
        )
        return row

    def _kinds(self) -> QHBoxLayout:
        row, self._kind = self._chips(
            "kind",
            (("stall", _("Stall")), ("canteen", _("Canteen"))),
            self._presenter.answers.outlet_kind.value,
        )
        self._on_choice(
            self._kind, lambda key: self._presenter.choose_kind(OutletKind(key))
        )
        return row

    def _catalogues(self) -> QHBoxLayout:
        row, self._goods = self._chips(
            "goods",
            (("demo", _("Demonstration")), ("file", _("From a table …"))),
            "demo",
        )
        self._table: Path | None = None
        self._on_choice(self._goods, self._choose_goods)
        return row

    def _on_choice(self, group: QButtonGroup, act: Callable[[str], None]) -> None:
        group.buttonClicked.connect(lambda button: act(str(button.property("value"))))

    # --- what happens ---------------------------------------------------------

    def _fill(self) -> None:
        answers = self._presenter.answers
        for name in _FIELDS:
            self._fields[name].setText(getattr(answers, name))
        self._float.setText(answers.float_.plain)
        self._fields["shop_name"].setFocus()
        self._fields["shop_name"].selectAll()

    def _go_on(self, field: QLineEdit) -> None:
        names = [*_FIELDS, "pin"]
        following = names[names.index(field.objectName()) + 1]
        target = self._pin if following == "pin" else self._fields[following]
        target.setFocus()
        target.selectAll()

    def _choose_goods(self, key: str) -> None:
        self._table = None
        if key != "file":
            return
        name, _filter = QFileDialog.getOpenFileName(
            self, _("A table of goods"), "", "CSV, XLSX (*.csv *.xlsx *.xls *.ods)"
        )
        if name:
            self._table = Path(name)
            self._message.say(_("Goods from {name}").format(name=self._table.name))
        else:
            self._goods.buttons()[0].setChecked(True)

    def _open(self) -> None:
        float_ = self._float.value() or Money.ZERO
        texts = {name: self._fields[name].text() for name in _FIELDS}
        answers = replace(
            self._presenter.answers,
            shop_name=texts["shop_name"],
            outlet_name=texts["outlet_name"],
            event_name=texts["event_name"],
            till_name=texts["till_name"],
            staff_name=texts["staff_name"],
            float_=float_,
            paper_width=PaperWidth.MM58 if self._is_narrow() else PaperWidth.MM80,
            language=language(),
        )
        self._presenter.open_shop(answers, self._table, self._pin.text())

    def _is_narrow(self) -> bool:
        return self._width.buttons()[1].isChecked()

    def _tell(self, text: str) -> None:
        self._message.say(text, Kind.DANGER)

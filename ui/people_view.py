"""The card of the people who work here, and of how the till is guarded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.people.roles import Role
from ui.widgets.card import Card, add_hint, add_row, hairline
from ui.widgets.choice import Choice
from ui.widgets.named import described, named, styled
from ui.widgets.pin_edit import PinEdit
from ui.widgets.twice_button import TwiceButton

if TYPE_CHECKING:
    from ui.people_presenter import PeoplePresenter, Person


class PeopleCard(Card):
    """Everybody in a line, one form for a new person or a changed one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("People"), parent)
        self._presenter: PeoplePresenter | None = None
        self._edited: int | None = None  # the person in the form; None: a new one
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._make_form()
        self._code = named("recovery_code", styled("strong", QLabel()))
        self._code.setWordWrap(True)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code.hide()
        self.body.addWidget(self._code)
        self.body.addWidget(hairline())
        self._lock = named("auto_lock", Choice(_("Lock by itself"), _locks()))
        add_row(self, _("Lock by itself"), self._lock)
        self._alone = named("one_person", QCheckBox(_("One person at this stall")))
        add_row(self, _("Approvals"), self._alone)
        add_hint(
            self,
            _("Alone, a reason stands for a second PIN within the limits."),
        )

    def connect_to(self, presenter: PeoplePresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.recovery_code_made.connect(self._show_code)
        self._lock.chosen.connect(presenter.lock_after)
        self._alone.toggled.connect(lambda on: presenter.stand_alone(is_alone=on))
        self._show()

    def refresh(self) -> None:
        """The page is shown: nobody is in the form."""
        self._code.hide()
        if self._presenter is not None:
            self._presenter.refresh()
            self._edit(None)

    # --- building -------------------------------------------------------------

    def _make_form(self) -> None:
        self._name = named("person_name", QLineEdit())
        self._name.setMaxLength(60)
        self._role = named("person_role", Choice(_("Role"), _roles()))
        self._pin = named("person_pin", PinEdit())
        self._pin.returnPressed.connect(self._on_saved)
        self._name.returnPressed.connect(self._pin.setFocus)
        self._title = styled("strong", QLabel(), self.body)
        add_row(self, _("Full name"), self._name)
        add_row(self, _("Role"), self._role)
        add_row(self, _("PIN"), self._pin)
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        row.addSpacing(size("label") + size("gap_small"))
        self._save = named("save_person", QPushButton(), row)
        self._save.clicked.connect(self._on_saved)
        self._cancel = named("cancel_person", QPushButton(_("Cancel")), row)
        self._cancel.clicked.connect(lambda: self._edit(None))
        row.addStretch(1)
        self.body.addLayout(row)

    # --- showing --------------------------------------------------------------

    def _show(self) -> None:
        assert self._presenter is not None
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for person in self._presenter.people:
            self._rows.addWidget(self._line(person))
            self._rows.addWidget(hairline())
        self._lock.show_value(self._presenter.auto_lock_s)
        with QSignalBlocker(self._alone):
            self._alone.setChecked(self._presenter.is_one_person)
        self._edit(None)

    def _line(self, person: Person) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap"))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, size("gap_small"), 0, size("gap_small"))
        texts.setSpacing(0)
        styled("strong", QLabel(person.name), texts).setTextFormat(
            Qt.TextFormat.PlainText
        )
        facts = [role_name(person.role)]
        if not person.has_pin:
            facts.append(_("no PIN yet"))
        styled("hint", QLabel(" · ".join(facts)), texts)
        layout.addLayout(texts, 1)
        change = named(f"change_person_{person.id}", QPushButton(_("Edit")), layout)
        styled("quiet", change).clicked.connect(partial(self._edit, person))
        described(_("Edit {name}").format(name=person.name), change)
        retire = named(f"retire_person_{person.id}", TwiceButton(), layout)
        described(_("Retire {holder}").format(holder=person.name), retire)
        assert self._presenter is not None
        retire.confirmed.connect(partial(self._presenter.retire, person.id))
        return line

    def _edit(self, person: Person | None, _checked: object = None) -> None:
        self._edited = None if person is None else person.id
        self._name.setText("" if person is None else person.name)
        self._role.show_value(Role.CASHIER if person is None else person.role)
        self._pin.clear()
        words = _("Leave empty to keep the PIN")
        self._pin.setPlaceholderText("" if person is None else words)
        self._save.setText(_("Add") if person is None else _("Save"))
        self._title.setText(_("Somebody new") if person is None else person.name)
        self._cancel.setVisible(person is not None)
        if person is not None:
            self._name.setFocus()

    def _show_code(self, code: str) -> None:
        words = _(
            "Write this recovery code down and keep it away from this computer:\n{code}"
        )
        self._code.setText(words.format(code=code))
        self._code.show()

    def _on_saved(self) -> None:
        assert self._presenter is not None
        role = self._role.value()
        assert isinstance(role, Role)
        name, pin = self._name.text(), self._pin.text()
        if self._edited is None:
            self._presenter.add(name, role, pin)
        else:
            self._presenter.change(self._edited, name, role, pin)


def role_name(role: Role) -> str:
    return {
        Role.CASHIER: _("Cashier"),
        Role.SUPERVISOR: _("Supervisor"),
        Role.RECONCILER: _("Reconciler"),
        Role.MANAGER: _("Manager"),
    }[role]


def _roles() -> list[tuple[object, str]]:
    return [(role, role_name(role)) for role in Role]


def _locks() -> list[tuple[object, str]]:
    return [
        (0, _("Never")),
        (60, _("After 1 min")),
        (120, _("After 2 min")),
        (600, _("After 10 min")),
    ]

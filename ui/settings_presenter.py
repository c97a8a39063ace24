"""The settings screen's state: every choice is stored the moment it is made."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import places, settings
from models.database import Database
from models.errors import MissingField
from models.i18n import Language, _
from models.kinds import AccountKind, Method, PaperWidth, RoundingRule, TileOrder
from models.people.deeds import Deed
from models.people.rights import Act
from models.places import TillRow
from models.quantity import WeightUnit
from models.selling import accounts
from models.selling.account_row import AccountRow
from models.settings import Settings
from models.written import tidy_field
from ui import printing
from ui.acting import acting
from ui.presenter import Presenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class SettingsPresenter(Presenter):
    changed = Signal()  # something was stored
    language_changed = Signal(Language)  # of the screen
    sounds_changed = Signal(bool)
    printers_found = Signal()

    def __init__(
        self, database: Database, papers_folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.papers_folder = papers_folder
        self.settings = Settings()
        self.till: TillRow | None = None
        self.accounts: list[AccountRow] = []
        self.printers: list[str] = []  # of the operating system, once asked for
        self._database = database

    def refresh(self) -> None:
        """Read every choice again."""
        with self.telling_errors():
            self._read()
            self.changed.emit()

    def name_shop(self, name: str) -> None:
        with self.telling_errors():
            name = tidy_field(name, _("Shop name"))
            if not name:
                raise MissingField(_("Shop name"))
            self._choose(shop_name=name)

    def speak(self, language: Language) -> None:
        """The screen's language; the window is built anew by whoever hears of it."""
        if language is not self.settings.language:
            with self.telling_errors():
                self._store(replace(self.settings, language=language))
                self.changed.emit()
                self.language_changed.emit(language)

    def print_in(self, language: Language) -> None:
        with self.telling_errors():
            self._choose(paper_language=language)

    def print_on(self, width: PaperWidth) -> None:
        with self.telling_errors():
            self._choose(paper_width=width)

    def weigh_in(self, unit: WeightUnit) -> None:
        with self.telling_errors():
            self._choose(weight_unit=unit)

    def order_tiles(self, order: TileOrder) -> None:
        with self.telling_errors():
            self._choose(tile_order=order)

    def sound(self, *, is_on: bool) -> None:
        with self.telling_errors():
            self._choose(has_sounds=is_on)
            self.sounds_changed.emit(is_on)

    def accept_personal_codes(self, *, is_on: bool) -> None:
        with self.telling_errors():
            self._choose(accepts_personal_codes=is_on)

    def print_through(self, printer: str) -> None:
        """The operating system's printer; none means the folder only."""
        with self.telling_errors():
            self._choose(printer=printer)

    def look_for_printers(self) -> None:
        self.printers = printing.list_printers()
        self.printers_found.emit()

    def name_event(self, name: str) -> None:
        """What is sold from now on names this event; nothing is no event."""
        if self.till is not None:
            self._change_outlet(name.strip(), self.till.outlet.rounding)

    def round_off(self, rule: RoundingRule) -> None:
        if self.till is not None:
            self._change_outlet(self.till.outlet.event_name, rule)

    def add_account(self, holder: str, kind: AccountKind, wallet: Method) -> None:
        with self.telling_errors():
            with self._changing(_("Accounts for phone payments")) as session:
                accounts.add_account(session, holder, kind, wallet)
            self._tell()

    def retire_account(self, account_id: int) -> None:
        with self.telling_errors():
            with self._changing(_("Accounts for phone payments")) as session:
                accounts.retire_account(session, account_id)
            self._tell()

    def _choose(self, **choice: object) -> None:
        chosen = replace(self.settings, **choice)  # type: ignore[arg-type]  # one of them
        if chosen != self.settings:
            self._store(chosen)
            self._tell()

    def _store(self, chosen: Settings) -> None:
        with self._changing(_("Settings")) as session:
            settings.save(session, chosen)
        self.settings = chosen

    def _change_outlet(self, event_name: str, rounding: RoundingRule) -> None:
        assert self.till is not None
        outlet = self.till.outlet
        if (event_name, rounding) == (outlet.event_name, outlet.rounding):
            return
        with self.telling_errors():
            with self._changing(outlet.name) as session:
                places.change_outlet(
                    session, outlet.id, event_name=event_name, rounding=rounding
                )
            self._tell()

    def _changing(self, what: str) -> AbstractContextManager[Session]:
        return acting(self._database, Deed(Act.SETTINGS, what))

    def _read(self) -> None:
        with self._database.read() as session:
            self.settings = settings.load(session)
            self.till = places.this_till(session)
            self.accounts = accounts.list_accounts(session, with_personal=True)

    def _tell(self) -> None:
        """After the commit: every screen reads the choices again."""
        self._read()
        self.changed.emit()
        self.told.emit(_("Saved"))

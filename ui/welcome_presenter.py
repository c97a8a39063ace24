"""The first start's state: the answers, and the shop that is made of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.i18n import Language, use_language
from models.kinds import OutletKind
from models.office import demo, imports, opening, table_files
from models.office.opening import Answers
from models.people import keys, pins, staff
from models.places import this_till
from ui.presenter import Presenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class WelcomePresenter(Presenter):
    answers_changed = Signal()
    language_changed = Signal()
    recovery_code_made = Signal(str)  # to be written down before selling begins
    finished = Signal()

    def __init__(
        self, database: Database, config: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._config = config  # where the shop's key will lie
        self._language = Language.ZH
        self.answers = opening.default_answers(self._language)

    def speak(self, language: Language) -> None:
        """Ask in this language from now on, with its own suggestions."""
        self._language = language
        use_language(language)
        self.answers = opening.default_answers(language, self.answers.outlet_kind)
        self.language_changed.emit()

    def choose_kind(self, kind: OutletKind) -> None:
        """A stall or a canteen; the suggestions follow."""
        self.answers = opening.default_answers(self._language, kind)
        self.answers_changed.emit()

    def open_shop(
        self, answers: Answers, catalogue: Path | None, pin: str = ""
    ) -> None:
        """Make the shop with the demonstration goods, or those of a table.

        All or nothing: a table with a faulty row or a PIN that others guess leaves no
        shop behind. With a PIN for the manager the recovery code is shown first.
        """
        with self.telling_errors():
            at = clock.now()
            table = None if catalogue is None else table_files.read(catalogue)
            with self._database.write() as session:
                opening.set_up(session, answers, at=at)
                till = this_till(session)
                assert till is not None
                if table is None:
                    demo.load_demo_catalogue(session, till.outlet.id, at=at)
                else:
                    preview = imports.preview(session, table)
                    imports.apply(session, preview, outlet_id=till.outlet.id, at=at)
                code = self._set_pin(session, pin, at) if pin else ""
            if code:
                self.recovery_code_made.emit(code)
            else:
                self.finished.emit()

    def _set_pin(self, session: Session, pin: str, at: datetime) -> str:
        """The manager's, under a new key of this machine; returns the recovery code."""
        manager = staff.list_staff(session)[0]
        pins.check_choice(pin, manager.role)
        made = keys.find_or_make(self._config, places.till_uuid(session), is_new=True)
        pins.set_pin(session, made, manager.id, pin, at=at)
        return made.recovery_code

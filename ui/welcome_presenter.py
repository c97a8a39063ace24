"""The first start's state: the answers, and the shop that is made of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import clock
from models.database import Database
from models.i18n import Language, use_language
from models.kinds import OutletKind
from models.office import demo, imports, opening, table_files
from models.office.opening import Answers
from models.places import this_till
from ui.presenter import Presenter


class WelcomePresenter(Presenter):
    answers_changed = Signal()
    language_changed = Signal()
    finished = Signal()

    def __init__(self, database: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
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

    def open_shop(self, answers: Answers, catalogue: Path | None) -> None:
        """Make the shop with the demonstration goods, or those of a table.

        All or nothing: a table with a faulty row leaves no shop behind.
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
            self.finished.emit()

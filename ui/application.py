"""The wiring: one window over one shop's file, painted first and connected after."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from assets.tokens import size
from models import first_glance
from models.errors import FileDamaged, FileReadOnly, PosError, ShopInUse
from models.file_format import FILE_NAME
from models.first_glance import Glance
from models.i18n import Language, _, use_language
from ui import crash, style
from ui.display import has_display
from ui.instance import Instance, ask_first_to_show
from ui.main_window import MainWindow
from ui.page import Page
from ui.trouble_view import TroubleView

if TYPE_CHECKING:
    from models.database import Database
    from models.restore.restoring import Plan
    from ui.background import Background
    from ui.scanner import Scanner
    from ui.till_work import TillWork

EXIT_OK, EXIT_TROUBLE, EXIT_NO_DISPLAY = 0, 1, 3


def run(
    folder: Path, *, language: Language | None, is_demo: bool, fullscreen: bool
) -> int:
    """Show the till until its window closes; returns the program's exit code."""
    use_language(language or Language.ZH)
    if not has_display():
        sys.stderr.write(_("There is no display here. Try: make tour") + "\n")
        return EXIT_NO_DISPLAY
    app = QApplication(sys.argv[:1])
    style.apply(app)
    application = Application(folder, language, is_demo=is_demo, fullscreen=fullscreen)
    crash.install(application.tell_trouble)
    instance = Instance(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_first = instance.claim()
    except (OSError, PosError) as error:
        application.show_trouble(_told(folder, error))
        app.exec()
        return application.exit_code
    if not is_first:
        ask_first_to_show(folder)
        sys.stderr.write(f"{ShopInUse()}\n")
        return EXIT_OK
    instance.raise_wanted.connect(application.raise_window)
    application.started.connect(instance.listen)
    application.start()
    app.exec()
    application.stop()
    instance.release()
    return application.exit_code


def _told(folder: Path, error: OSError | PosError) -> str:
    if isinstance(error, PosError):
        return str(error)
    words = _("The folder {folder} cannot be used: {reason}.")
    return words.format(folder=folder, reason=error.strerror or error)


class Application(QObject):
    """Holds the window and what works behind it, and puts them together."""

    started = Signal()  # the window can be used

    def __init__(
        self,
        folder: Path,
        language: Language | None = None,
        *,
        is_demo: bool = False,
        fullscreen: bool = False,
        config: Path | None = None,
    ) -> None:
        super().__init__()
        self.folder = folder
        self._config = config  # where the shop's key lies; None: the user's own
        self.exit_code = EXIT_OK  # of the program, once its last window is closed
        self._language = language
        self._is_demo = is_demo
        self._fullscreen = fullscreen
        self.window: MainWindow | None = None
        self.welcome: QWidget | None = None
        self.work: TillWork | None = None
        self.scanner: Scanner | None = None
        self._database: Database | None = None
        self._bulk: Background | None = None  # where no TillWork could begin
        self._old_geometry: QRect | None = None
        self._to_tell = ""  # trouble, once the window can be used

    @property
    def path(self) -> Path:
        return self.folder / FILE_NAME

    # --- starting -------------------------------------------------------------

    def start(self) -> None:
        """Paint what a glance shows; a file that does not allow one is opened first."""
        glance = first_glance.take(self.path)
        if glance is None:
            with self._showing_trouble():
                self._open_without_glance()
            return
        self._build(glance)
        assert self.window is not None
        self.window.painted.connect(self._connect_later)

    def stop(self) -> None:
        """Finish what runs in the background and let go of the file."""
        if self.work is not None:
            self.work.stop()
            self.work = None
        elif self._database is not None:
            self._database.close()
        if self._bulk is not None:
            self._bulk.stop()
        if self.scanner is not None:
            self.scanner.stop()
            self.scanner = None

    def raise_window(self) -> None:
        if self.window is not None:
            self.window.raise_to_front()

    def _connect_later(self) -> None:
        """After the first paint: what is slow to import is imported now."""
        QTimer.singleShot(0, self._connect_window)

    def _connect_window(self) -> None:
        with self._showing_trouble():
            self._connect()

    def _connect(self) -> None:
        if self.work is None:
            self._begin_work(self._open_file())
        assert self.work is not None
        assert self.window is not None
        self.window.listen_to(self._listening_scanner())
        self.work.connect_to(self.window)
        self.started.emit()
        if self._to_tell:
            self.window.tell_trouble(self._to_tell)
            self._to_tell = ""

    def _listening_scanner(self) -> Scanner:
        """One for all windows, from the first that can use it on."""
        from ui.scanner import Scanner  # noqa: PLC0415  # after painting

        if self.scanner is None:
            app = QApplication.instance()
            assert app is not None
            self.scanner = Scanner(app)
        return self.scanner

    def _begin_work(self, database: Database) -> None:
        from ui.till_work import TillWork  # noqa: PLC0415  # SQLAlchemy: after painting

        self.work = TillWork(database, self.folder, self._config_folder())
        self.work.rebuild_wanted.connect(self._rebuild_later)
        self.work.restore_wanted.connect(self._restore_later)

    def _config_folder(self) -> Path:
        from platformdirs import user_config_path  # noqa: PLC0415  # after painting

        return self._config or user_config_path("Shanhai POS", appauthor=False)

    @contextmanager
    def _showing_trouble(self) -> Iterator[None]:
        """A file that cannot be sold from is told of, and nothing is sold."""
        try:
            yield
        except PosError as error:
            self.show_trouble(str(error))
            if isinstance(error, FileDamaged):
                self._name_the_way_back()

    def _name_the_way_back(self) -> None:
        """Nothing could be read: look for a backup while the window says so."""
        from models.database import Database  # noqa: PLC0415  # SQLAlchemy
        from ui.background import Background  # noqa: PLC0415  # seldom needed
        from ui.safekeeping import Safekeeping  # noqa: PLC0415  # SQLAlchemy

        self._bulk = Background("bulk", self)
        unread = Database(self.path, read_only=True)
        safekeeping = Safekeeping(unread, self._bulk, self)
        safekeeping.damaged.connect(self._tell_damage)
        safekeeping.look_at_damage()

    def _tell_damage(self, text: str) -> None:
        if isinstance(self.welcome, TroubleView):
            self.welcome.say(text)

    def _open_file(self) -> Database:
        """The shop's file; of a damaged one what can be read (RULINGS.md 16)."""
        from models import schema  # noqa: PLC0415  # SQLAlchemy: after painting
        from models.database import Database  # noqa: PLC0415  # slow, and seldom needed

        try:
            self._database = schema.open_shop(self.path)
        except FileDamaged:
            self._database = Database(self.path, read_only=True)
            return self._database
        if not os.access(self.path, os.W_OK):
            raise FileReadOnly  # before anybody has typed a basket
        return self._database

    def _open_without_glance(self) -> None:
        database = self._open_file()
        from models import clock, places  # noqa: PLC0415  # SQLAlchemy

        with database.read() as session:
            is_new = places.this_till(session) is None
        if is_new and database.is_read_only:
            raise FileDamaged
        if not is_new:
            self._begin_work(database)
            self._rebuild()
        elif self._is_demo:
            from models.office import demo  # noqa: PLC0415  # only at the first start

            with database.write() as session:
                demo.set_up_demo(session, self._language or Language.ZH, at=clock.now())
            self._begin_work(database)
            self._rebuild()
        else:
            self._ask_welcome(database)

    def _ask_welcome(self, database: Database) -> None:
        # only at the first start
        from ui.welcome_presenter import WelcomePresenter  # noqa: PLC0415  # slow, and seldom needed
        from ui.welcome_view import WelcomeView  # noqa: PLC0415  # slow, and seldom needed

        presenter = WelcomePresenter(database, self._config_folder())
        view = WelcomeView(presenter)
        presenter.setParent(view)

        def begin() -> None:
            self._language = None  # the welcome's choice is stored
            self._begin_work(database)
            self._rebuild()
            view.close()
            view.deleteLater()
            self.welcome = None

        presenter.finished.connect(begin)
        self.welcome = view
        self._show(view)

    # --- the window -----------------------------------------------------------

    def _rebuild_later(self) -> None:
        """After the widget that asked for it has finished its event."""
        self._language = None  # what was chosen counts more than the command line
        QTimer.singleShot(0, self._rebuild)

    def _rebuild(self) -> None:
        """A new window in the language in use; the presenters keep all state."""
        glance = first_glance.take(self.path) or first_glance.take(
            self.path, damaged=True
        )
        if glance is None:
            raise FileDamaged
        old = self.window
        page = old.page if old is not None else Page.TILL
        self._old_geometry = old.geometry() if old is not None else None
        self._build(glance)
        self._connect_window()
        assert self.window is not None
        self.window.show_page(page)
        if old is not None:
            old.hide()
            old.deleteLater()

    # --- going back to a backup -----------------------------------------------

    def _restore_later(self, plan: Plan, by: str) -> None:
        """After the widget that asked for it has finished its event."""
        QTimer.singleShot(0, partial(self._restore, plan, by))

    def _restore(self, plan: Plan, by: str) -> None:
        """Close the file, exchange it, and start again on what is there then."""
        from models import clock  # noqa: PLC0415  # with the window only
        from models.restore import restoring  # noqa: PLC0415  # SQLAlchemy

        old = self.window
        assert old is not None
        self._old_geometry = old.geometry()
        self.stop()
        try:
            restoring.restore(plan, at=clock.now(), by=by)
        except PosError as error:
            self._to_tell = str(error)
        self.window = None
        self.start()
        old.hide()
        old.deleteLater()

    def _build(self, glance: Glance) -> None:
        use_language(self._language or glance.language)
        self.window = MainWindow(glance)
        self._show(self.window)

    def _show(self, view: QWidget) -> None:
        """As large as the window before it, or as a till's screen usually is."""
        style.dress(view)
        usual = QSize(size("window_width"), size("window_height"))
        if self._fullscreen:
            view.showFullScreen()
        elif self._old_geometry is not None:
            view.setGeometry(self._old_geometry)
            view.show()
        elif view.screen().availableSize().height() <= usual.height():
            view.setGeometry(view.screen().availableGeometry())
            view.showMaximized()  # with its frame it would not fit
        else:
            view.resize(usual)
            view.show()
        view.activateWindow()  # where no window manager does it

    def tell_trouble(self, text: str) -> None:
        """Where the cashier looks: in the window's bar, or instead of a window."""
        if self.window is not None:
            self.window.tell_trouble(text)
        else:
            self.show_trouble(text)

    def show_trouble(self, text: str) -> None:
        """One sentence, and the way out; with a window it stays readable behind it."""
        sys.stderr.write(text + "\n")
        self.exit_code = EXIT_TROUBLE
        self.welcome = TroubleView(text)
        style.dress(self.welcome)
        self.welcome.show()
        if self.window is not None:
            self.window.close()
            self.window = None

"""What works behind the window: presenters, papers, sounds and the idle time."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from models import clock
from models.database import Database
from models.goods import popularity, search_index
from models.i18n import _
from models.kinds import TileOrder
from models.restore import restoring
from models.selling.sold import Sold
from ui import backup_words, pages
from ui.background import Background
from ui.desk import Desk
from ui.journal_presenter import JournalPresenter
from ui.main_window import MainWindow
from ui.page import Page
from ui.papers import Papers
from ui.payment_presenter import PaymentPresenter
from ui.presenter import Presenter
from ui.recovery_view import RecoveryView
from ui.safekeeping import Safekeeping
from ui.sign_in_presenter import Ask, SignInPresenter
from ui.sign_in_view import SignInView
from ui.sounds import Sounds
from ui.till_presenter import TillPresenter
from ui.training_presenter import TrainingPresenter
from ui.widgets.status_dot import Health
from ui.words import clock_words

P = TypeVar("P", bound=Presenter)

_IDLE_MS = 3000
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}
_SIGN_IN_WORDS = {
    Ask.UNLOCK: lambda: _("Locked. Who is at the till?"),
    Ask.SWITCH: lambda: _("Who takes over?"),
    Ask.APPROVE: lambda: _("Who approves it?"),
}


class TillWork(Presenter):
    """Lives as long as the file is open; windows come and go (a change of language)."""

    rebuild_wanted = Signal()  # the window speaks or weighs otherwise from now on
    restore_wanted = Signal(object, str)  # Plan, and whoever wants to go back

    def __init__(
        self,
        database: Database,
        folder: Path,
        config: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        gc.disable()  # a worker that collected would destroy widgets on its thread
        self.database = database
        self.journal = JournalPresenter(database, config, self)
        self.desk = Desk(database)
        self.sign_in = SignInPresenter(database, config, self)
        self._sign_in_view: SignInView | None = None
        self._recovery_view: RecoveryView | None = None
        self._lock = self._timer(0, self.sign_in.lock)
        self._lock.setSingleShot(True)
        self._paper_worker = Background("paper", self)
        self.bulk = Background("bulk", self)
        self.journal.work_on(self.bulk)
        self.papers = Papers(database, self._paper_worker, folder / "papers")
        self.safekeeping = Safekeeping(database, self.bulk, self)
        self.till = TillPresenter(self.desk, self)
        self.payment = PaymentPresenter(self.till, self)
        self.training = TrainingPresenter(self.till, self)
        self.sounds = Sounds()
        self.sounds.is_on = self.desk.settings.has_sounds
        self.window: MainWindow | None = None
        self._kept: dict[type[Presenter], Presenter] = {}
        self._is_restored = False
        self._idle = self._timer(_IDLE_MS, self._on_idle)
        self._idle.setSingleShot(True)
        self._connect_presenters()
        self.safekeeping.look_at_damage()

    def connect_to(self, window: MainWindow) -> None:
        """Bring a window to life."""
        self.window = window
        window.till.connect_to(self.till, self.payment)
        self.failed.connect(window.tell_trouble)
        self.told.connect(window.tell)
        self.till.warned.connect(window.warn)
        self.safekeeping.warned.connect(window.warn)
        window.header.ticked.connect(self._look_at_the_time)
        window.new_day_wanted.connect(self.till.ask_shift)
        window.switch_wanted.connect(self.sign_in.switch)
        window.training_left.connect(self.training.stop)
        self._sign_in_view = self._recovery_view = None  # they went with the old one
        window.page_shown.connect(self._on_page)
        window.header.health_touched.connect(self._on_health_touched)
        self._offer_pages(window)
        self._show_work()
        self._show_training()
        self._show_health()
        self._restore()
        self._look_at_the_time()
        self._watch_idle()
        if self.desk.settings.auto_lock_s or self.sign_in.ask is not None:
            self.sign_in.lock()

    def reload(self) -> None:
        """The owner chose otherwise: every screen follows."""
        before = self.desk.settings
        with self.telling_errors():
            self.desk.reload()
            self.till.promote()
            chosen = self.desk.settings
            self.sounds.is_on = chosen.has_sounds
            self._show_work()
            self._watch_idle()
            if (chosen.language, chosen.weight_unit) != (
                before.language,
                before.weight_unit,
            ):
                self.rebuild_wanted.emit()

    def leave_shift(self) -> None:
        """The shift is sealed: the selling screen asks for the next one's float."""
        self.till.ask_shift()
        self._show_work()

    def keep(self, kind: type[P], make: Callable[[], P]) -> P:
        """The presenter of a page, made when the page is first opened."""
        kept = self._kept.get(kind)
        if not isinstance(kept, kind):
            kept = make()
            self._listen(kept)
            self._kept[kind] = kept
        return kept

    def stop(self) -> None:
        """Finish what was begun and let go of the file."""
        app = QCoreApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self.safekeeping.next_time.stop()
        self._idle.stop()
        self._lock.stop()
        self._paper_worker.stop()
        self.bulk.stop()
        self.journal.stop()
        self.database.close()
        gc.unfreeze()
        gc.enable()

    # --- connecting -----------------------------------------------------------

    def _listen(self, presenter: Presenter) -> None:
        """What any presenter says is told by whichever window there is."""
        presenter.failed.connect(self.failed)
        presenter.told.connect(self.told)
        presenter.approval_wanted.connect(self.sign_in.want_approval)

    def _connect_presenters(self) -> None:
        for presenter in (
            self.till,
            self.payment,
            self.training,
            self.papers,
            self.safekeeping,
            self.sign_in,
            self.journal,
        ):
            self._listen(presenter)
        self.failed.connect(self.safekeeping.look_at_damage)
        self.safekeeping.damaged.connect(self._on_damage)
        self.payment.sale_completed.connect(self._on_sale)
        self.till.reprint_wanted.connect(self._on_reprint)
        self.till.shift_changed.connect(self._show_work)
        self.till.shift_changed.connect(self._look_at_the_time)
        self.till.accepted.connect(self.sounds.accepted)
        self.till.refused.connect(self.sounds.refused)
        self.till.cart_changed.connect(self._on_act)
        self.till.panel_changed.connect(self._on_act)
        self.papers.waiting_changed.connect(self._show_health)
        self.safekeeping.backed_up.connect(self._show_health)
        self.training.changed.connect(self._on_training)
        self.journal.changed.connect(self._show_health)
        self.journal.wanted.connect(self._show_settings)
        self.sign_in.asked.connect(self._cover)
        self.sign_in.answered.connect(self._uncover)
        self.sign_in.signed_in.connect(self._on_signed_in)

    def _restore(self) -> None:
        """Once after the start: the basket that was open, and papers still to come."""
        if self._is_restored:
            return
        self._is_restored = True
        with self.telling_errors():
            saved = self.till.restore()
            if saved is not None and saved.was_paying and self.desk.shift is not None:
                self.payment.restore(saved)
            if not self.database.is_read_only:
                self.papers.work_off()
                self.safekeeping.check()
                self.journal.look_at_the_end(is_restored=self._note_restore())
                self.bulk.run(self._rank_goods, self._on_ranked)
        self._settle_memory()
        self._idle.start()

    def _note_restore(self) -> bool:
        """If the file was a backup until now, that is written down and told."""
        with self.database.read() as session:
            was_restored = restoring.was_restored(session)
        if was_restored:
            with self.database.write() as session:
                noted = restoring.note_restore(session, self.desk.where(clock.now()))
            if self.window is not None and noted is not None:
                self.window.warn(backup_words.restored(noted))
        return was_restored

    def _rank_goods(self) -> bool:
        """On the worker, once a start: what sold lately is found first.

        Whether other goods come first than before.
        """
        with self.database.read() as session:
            receipts = popularity.count(session, self.desk.today)
        with self.database.write() as session:
            is_changed = popularity.store(session, receipts)
        is_due = True
        while is_due:
            with self.database.write() as session:
                is_due = search_index.catch_up(session)
        return is_changed

    def _settle_memory(self) -> None:
        """What is alive now stays; collecting is left to idle time (SPEED.md).

        It is not collected before: that finds next to nothing and takes 0.1 s.
        """
        gc.freeze()
        gc.disable()

    def _timer(self, interval_ms: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(act)
        return timer

    def _offer_pages(self, window: MainWindow) -> None:
        """The other pages are imported and built when they are first opened."""
        pages.offer_all(self, window)

    # --- what happens ---------------------------------------------------------

    def _show_health(self) -> None:
        """One dot for the cashier: all is well, or papers did not come, or worse."""
        if self.window is None:
            return
        waiting = self.papers.waiting
        if self.till.why_closed:
            self.window.header.show_health(Health.DANGER, self.till.why_closed)
        elif self.journal.trouble:
            words = _("{trouble} Touch here to see it.")
            words = words.format(trouble=self.journal.trouble)
            self.window.header.show_health(Health.DANGER, words)
        elif waiting:
            words = _("{n} papers did not come. Touch here to print them again.")
            self.window.header.show_health(Health.WARN, words.format(n=waiting))
        elif self.safekeeping.trouble:
            self.window.header.show_health(Health.WARN, self.safekeeping.trouble)
        else:
            words = _("All is well. Touch here to see the journal.")
            self.window.header.show_health(Health.GOOD, words)

    def _on_health_touched(self) -> None:
        """What did not go well is tried again; else the journal is shown."""
        others = (self.till.why_closed, self.papers.waiting, self.safekeeping.trouble)
        self.papers.retry()
        if self.safekeeping.trouble:
            self.safekeeping.back_up()
        if self.journal.trouble or not any(others):
            self.journal.ask_to_see()

    def _show_settings(self) -> None:
        if self.window is not None:
            self.window.show_page(Page.SETTINGS)

    def _on_page(self, page: Page) -> None:
        """Goods may have changed while another page was in view."""
        if page is Page.TILL:
            self.till.tiles_changed.emit()

    def _cover(self) -> None:
        """Ask for a PIN in front of whatever the window shows."""
        if self.window is None or self.sign_in.ask is None:
            return
        ask, sign_in = self.sign_in.ask, self.sign_in
        if ask is Ask.RECOVER:
            recovery = self._recovery()
            self.window.cover(recovery)
            recovery.ask(sign_in.people, sign_in.present)
            return
        view = self._signing_in()
        self.window.cover(view)
        view.ask(
            _SIGN_IN_WORDS[ask](),
            sign_in.people,
            chosen=sign_in.present,
            can_leave=ask is not Ask.UNLOCK,
            can_forget=ask is not Ask.APPROVE,
        )

    def _signing_in(self) -> SignInView:
        if self._sign_in_view is None:
            view = self._sign_in_view = SignInView()
            view.entered.connect(self.sign_in.enter)
            view.left.connect(self.sign_in.leave)
            view.forgotten.connect(self.sign_in.forget)
            self.sign_in.failed.connect(view.forget)
        return self._sign_in_view

    def _recovery(self) -> RecoveryView:
        if self._recovery_view is None:
            self._recovery_view = RecoveryView()
            self._recovery_view.recovered.connect(self.sign_in.recover)
            self._recovery_view.left.connect(self.sign_in.leave)
        return self._recovery_view

    def _on_signed_in(self) -> None:
        before = self.desk.seller.id
        self.reload()
        if self.window is not None and self.desk.seller.id != before:
            self.window.forget_pages()

    def _uncover(self) -> None:
        if self.window is not None:
            self.window.uncover()
        self._watch_idle()

    def _watch_idle(self) -> None:
        """Begin to wait for the time after which the till locks itself."""
        app = QCoreApplication.instance()
        assert app is not None
        seconds = self.desk.settings.auto_lock_s
        if seconds and self.sign_in.ask is None:
            app.installEventFilter(self)  # again is as good as once
            self._lock.start(seconds * 1000)
        else:
            app.removeEventFilter(self)  # it is asked of every event: only if need be
            self._lock.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody touches a key, the mouse or the screen: the till is not idle."""
        if event.type() in _SIGNS_OF_LIFE and self._lock.isActive():
            self._watch_idle()
        return super().eventFilter(watched, event)

    def _on_sale(self, sold: Sold) -> None:
        self.sounds.paid()
        self.papers.work_off()
        if self.window is None:
            return
        self._look_at_the_time()
        if sold.below_zero:
            words = _("Sold below what is on hand: {names}.")
            self.window.warn(words.format(names="、".join(sold.below_zero)))
        else:
            self.window.tell(_("Paid: {number}").format(number=sold.number))

    def on_corrected(self) -> None:
        """A correction is on disk and on the screen: now the drawer and its paper."""
        self.sounds.paid()
        self.papers.work_off()
        self.till.tiles_changed.emit()
        self._look_at_the_time()

    def _on_reprint(self, sale_id: int) -> None:
        with self.telling_errors():
            self.papers.reprint(sale_id)
            self.told.emit(_("A copy is being printed."))

    def _on_act(self, _row: int = -1) -> None:
        """The next act: what was said about the last one goes away."""
        self._idle.start()
        if self.window is not None:
            self.window.message_bar.clear()

    def _on_idle(self) -> None:
        """Nobody is at the till: tidy up memory and the file, and keep a copy of it."""
        if self.window is not None:
            self.window.till.warm_up()
        gc.collect(1)
        self.safekeeping.checkpoint()
        self.safekeeping.begin()

    def _on_ranked(self, outcome: Future[bool]) -> None:
        with self.telling_errors():
            by_sales = self.desk.settings.tile_order is TileOrder.SALES
            if outcome.result() and by_sales:
                self.till.tiles_changed.emit()

    def _on_damage(self, why: str) -> None:
        self.till.close(why)
        self._show_health()
        self._look_at_the_time()

    def _show_work(self) -> None:
        if self.window is None:
            return
        desk, shift = self.desk, self.desk.shift
        words = [desk.till.name, desk.seller.name]
        if shift is None:
            words.append(_("no shift"))
        else:
            day = shift.business_date
            words.append(_("shift {number}").format(number=f"{shift.number:04}"))
            words.append(_("{month}/{day}").format(month=day.month, day=day.day))
        outlet = desk.till.outlet
        self.window.header.show_place(
            outlet.name, outlet.event_name, is_demo=desk.settings.is_demo
        )
        self.window.header.show_work(" · ".join(words))

    def _show_training(self) -> None:
        if self.window is not None:
            self.window.show_training(is_on=self.training.is_on)

    def _on_training(self) -> None:
        """What the page in view shows may be so no more, and the band took the keys."""
        self._show_training()
        if self.window is not None:
            self.window.show_page(self.window.page)

    def _look_at_the_time(self) -> None:
        """Whether the shift's day is over, and whether the clock can be right."""
        if self.window is None:
            return
        is_open = not self.till.why_closed
        self.window.offer_new_day(is_offered=is_open and self.desk.is_new_day)
        trouble = self.desk.clock_trouble() if is_open else None
        self.window.show_clock(clock_words(trouble) if trouble is not None else "")

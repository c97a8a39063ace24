"""How the pages beside the till are made, when they are first opened.

A page's presenter is made once and kept; its view comes and goes with the window.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from models.i18n import _

# Every import below is that of a page which may never be opened.
# ruff: noqa: PLC0415
from models.selling.shift_record import LeftKind
from ui import corrections
from ui.page import Page
from ui.panel import Panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget  # noqa: TID251  # its name only

    from models.selling.cut_keys import Behind
    from ui.cash_presenter import CashPresenter
    from ui.main_window import MainWindow
    from ui.receipt_panel_view import ReceiptPanel
    from ui.receipts_presenter import ReceiptsPresenter
    from ui.reports_view import ReportsView
    from ui.till_work import TillWork


def offer_all(work: TillWork, window: MainWindow) -> None:
    """Tell the window how to make each page."""
    window.offer(Page.RECEIPTS, lambda: _receipts(work, window))
    window.offer(Page.GOODS, lambda: _goods(work, window))
    window.offer(Page.SUMMARY, lambda: _summary(work, window))
    window.offer(Page.CLOSING, lambda: _closing(work, window))
    window.offer(Page.SETTINGS, lambda: _settings(work, window))
    _offer_cash(work, window)
    corrections.offer_at_till(work, window)
    window.till.offer(
        "training",
        _("Training"),
        _("Practise with real goods: nothing counts, nothing moves."),
        work.training.start,
    )
    window.till.add_panel(Panel.DISCOUNT, lambda: _discount(work))
    window.till.add_panel(Panel.VOID, lambda: _void(work))


def _discount(work: TillWork) -> QWidget:
    from ui.discount_presenter import DiscountPresenter
    from ui.discount_view import DiscountView

    presenter = work.keep(DiscountPresenter, lambda: DiscountPresenter(work.till, work))
    view = DiscountView(work.desk.settings.weight_unit)
    view.connect_to(presenter)
    view.left.connect(work.till.leave_panel)
    return view


def _void(work: TillWork) -> QWidget:
    from ui.void_view import VoidView

    view = VoidView()
    view.offer(work.till.reasons_to_void())
    view.given.connect(work.till.give_reason)
    view.left.connect(work.till.leave_panel)
    return view


def _offer_cash(work: TillWork, window: MainWindow) -> None:
    window.till.add_panel(Panel.CASH, lambda: _cash(work))
    window.till.offer(
        "cash",
        _("Cash in and out"),
        _("Put change money in, take cash out to the safe, pay an expense."),
        lambda: _cash_presenter(work).ask_movement(),
    )
    window.till.offer(
        "drawer",
        _("Open the drawer"),
        _("Without a sale; it is written down with its reason."),
        lambda: _cash_presenter(work).ask_drawer(),
    )


def _cash_presenter(work: TillWork) -> CashPresenter:
    from ui.cash_presenter import CashPresenter

    return work.keep(CashPresenter, lambda: CashPresenter(work.till, work.papers, work))


def _cash(work: TillWork) -> QWidget:
    from ui.cash_view import CashView

    view = CashView()
    view.connect_to(_cash_presenter(work))
    view.left.connect(work.till.leave_panel)
    return view


def _receipts_presenter(work: TillWork) -> ReceiptsPresenter:
    from ui.receipts_presenter import ReceiptsPresenter

    return work.keep(
        ReceiptsPresenter,
        lambda: ReceiptsPresenter(work.database, work.bulk, work.papers, work),
    )


def _receipts(work: TillWork, window: MainWindow) -> QWidget:
    from ui.receipts_view import ReceiptsView

    presenter = _receipts_presenter(work)
    view = ReceiptsView()
    view.connect_to(presenter)
    # Back to the report whose figure was opened, else to selling.
    view.left.connect(
        lambda: window.show_page(
            Page.SUMMARY if presenter.wanted.behind is not None else Page.TILL
        )
    )
    window.take_scans(Page.RECEIPTS, view.scan)
    corrections.offer_over_receipts(work, window, view)
    view.offer("invoice", _("Invoice"), "F7", lambda: _invoices(work))
    return view


def _invoices(work: TillWork) -> ReceiptPanel:
    from ui.invoices_presenter import InvoicesPresenter
    from ui.invoices_view import InvoicesView

    presenter = work.keep(
        InvoicesPresenter, lambda: InvoicesPresenter(work.desk, work.bulk, work)
    )
    view = InvoicesView()
    view.connect_to(presenter)
    return view


def _goods(work: TillWork, window: MainWindow) -> QWidget:
    from ui.goods_presenter import GoodsPresenter
    from ui.goods_view import GoodsView

    presenter = work.keep(
        GoodsPresenter,
        lambda: GoodsPresenter(work.database, work.bulk, work.papers, work),
    )
    presenter.promotions.changed.connect(
        work.reload, Qt.ConnectionType.UniqueConnection
    )
    view = GoodsView()
    view.connect_to(presenter)
    view.turned.connect(window.message_bar.clear)
    window.take_scans(Page.GOODS, view.scan)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view


def _summary(work: TillWork, window: MainWindow) -> QWidget:
    from ui.day_close_presenter import DayClosePresenter
    from ui.day_pages_view import DayPagesView
    from ui.external_presenter import ExternalPresenter
    from ui.summary_presenter import SummaryPresenter
    from ui.summary_view import SummaryView

    presenter = work.keep(
        SummaryPresenter,
        lambda: SummaryPresenter(work.database, work.bulk, work.papers, work),
    )
    closing = work.keep(
        DayClosePresenter,
        lambda: DayClosePresenter(work.desk, work.sign_in, work.papers, work),
    )
    external = work.keep(ExternalPresenter, lambda: ExternalPresenter(work.desk, work))
    view = SummaryView()
    view.connect_to(presenter)
    view.connect_office(closing, external)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return DayPagesView(view, partial(_reports, work))


def _reports(work: TillWork) -> ReportsView:
    from models.office import external_figures
    from ui.reports_presenter import ReportsPresenter
    from ui.reports_view import ReportsView

    def make() -> ReportsPresenter:
        made = ReportsPresenter(
            work.database, work.bulk, work, elsewhere=external_figures.in_period
        )
        made.receipts_wanted.connect(partial(_show_behind, work))
        return made

    view = ReportsView()
    view.connect_to(work.keep(ReportsPresenter, make))
    return view


def _show_behind(work: TillWork, figure: Behind) -> None:
    assert work.window is not None
    _receipts_presenter(work).show_behind(figure)
    work.window.show_page(Page.RECEIPTS)


def _closing(work: TillWork, window: MainWindow) -> QWidget:
    from ui.account_counts_presenter import AccountCountsPresenter
    from ui.closing_presenter import ClosingPresenter
    from ui.closing_view import ClosingView
    from ui.personal_money_presenter import PersonalMoneyPresenter

    presenter = work.keep(
        ClosingPresenter,
        lambda: ClosingPresenter(work.desk, work.sign_in, work.papers, work),
    )
    presenter.sealed.connect(work.leave_shift, Qt.ConnectionType.UniqueConnection)
    for closed in (presenter.sealed, presenter.handed_over):
        closed.connect(work.safekeeping.back_up, Qt.ConnectionType.UniqueConnection)
    accounts = work.keep(
        AccountCountsPresenter, lambda: AccountCountsPresenter(work.desk, work)
    )
    personal = work.keep(
        PersonalMoneyPresenter,
        lambda: PersonalMoneyPresenter(work.desk, work.sign_in, work),
    )
    view = ClosingView()
    view.connect_to(presenter, accounts, personal)
    view.left.connect(lambda: window.show_page(Page.TILL))
    view.settle_wanted.connect(partial(_settle, work, window))
    work.papers.waiting_changed.connect(view.refresh_left)
    return view


def _settle(work: TillWork, window: MainWindow, kind: LeftKind) -> None:
    """Where what is left at a close is settled."""
    if kind is LeftKind.PRINTS:
        work.papers.retry()
        return
    window.show_page(Page.TILL)
    if kind is not LeftKind.BASKET and work.till.panel is not Panel.PAYMENT:
        work.till.ask_parked()


def _settings(work: TillWork, window: MainWindow) -> QWidget:
    from ui.backup_presenter import BackupPresenter
    from ui.labels_presenter import LabelsPresenter
    from ui.people_presenter import PeoplePresenter
    from ui.settings_presenter import SettingsPresenter
    from ui.settings_view import SettingsView

    presenter = work.keep(
        SettingsPresenter,
        lambda: SettingsPresenter(work.database, work.papers.folder, work),
    )
    presenter.changed.connect(work.reload, Qt.ConnectionType.UniqueConnection)
    labels = work.keep(LabelsPresenter, lambda: LabelsPresenter(work.desk, work))
    people = work.keep(
        PeoplePresenter, lambda: PeoplePresenter(work.database, work.sign_in, work)
    )
    people.changed.connect(work.reload, Qt.ConnectionType.UniqueConnection)
    backup = work.keep(
        BackupPresenter,
        lambda: BackupPresenter(work.till, work.safekeeping, work.bulk, work),
    )
    backup.restore_wanted.connect(
        work.restore_wanted, Qt.ConnectionType.UniqueConnection
    )
    view = SettingsView()
    view.connect_to(presenter)
    view.labels.connect_to(labels)
    view.people.connect_to(people)
    view.backup.connect_to(backup)
    view.journal.connect_to(work.journal)
    view.left.connect(lambda: window.show_page(Page.TILL))

    def take(code: str) -> None:
        """Explain it if it was asked for; else sell it, as from other pages."""
        if view.labels.asks():
            labels.explain(code)
        else:
            window.show_page(Page.TILL)
            window.till.scan(code)

    window.take_scans(Page.SETTINGS, take)
    return view

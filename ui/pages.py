"""How the pages beside the till are made, when they are first opened.

A page's presenter is made once and kept; its view comes and goes with the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from models.i18n import _

# Every import below is that of a page which may never be opened.
# ruff: noqa: PLC0415
from ui.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget  # noqa: TID251  # its name only

    from ui.main_window import MainWindow
    from ui.till_work import TillWork


def offer_all(work: TillWork, window: MainWindow) -> None:
    """Tell the window how to make each page."""
    window.offer(Page.RECEIPTS, lambda: _receipts(work, window))
    window.offer(Page.GOODS, lambda: _goods(work, window))
    window.offer(Page.SUMMARY, lambda: _summary(work, window))
    window.offer(Page.CLOSING, lambda: _closing(work, window))
    window.offer(Page.SETTINGS, lambda: _settings(work, window))
    _offer_more(work, window)


def _offer_more(work: TillWork, window: MainWindow) -> None:
    """What is done seldom at the till, in the order of how often."""
    window.till.offer(
        "training",
        _("Training"),
        _("Practise with real goods: nothing counts, nothing moves."),
        work.training.start,
    )


def _receipts(work: TillWork, window: MainWindow) -> QWidget:
    from ui.invoices_presenter import InvoicesPresenter
    from ui.receipts_presenter import ReceiptsPresenter
    from ui.receipts_view import ReceiptsView

    presenter = work.keep(
        ReceiptsPresenter,
        lambda: ReceiptsPresenter(work.database, work.bulk, work.papers, work),
    )
    invoices = work.keep(
        InvoicesPresenter, lambda: InvoicesPresenter(work.desk, work.bulk, work)
    )
    view = ReceiptsView()
    view.connect_to(presenter)
    view.invoices.connect_to(invoices)
    view.left.connect(lambda: window.show_page(Page.TILL))
    window.take_scans(Page.RECEIPTS, presenter.scan)
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
    from ui.summary_presenter import SummaryPresenter
    from ui.summary_view import SummaryView

    presenter = work.keep(
        SummaryPresenter,
        lambda: SummaryPresenter(work.database, work.bulk, work.papers, work),
    )
    view = SummaryView()
    view.connect_to(presenter)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view


def _closing(work: TillWork, window: MainWindow) -> QWidget:
    from ui.closing_presenter import ClosingPresenter
    from ui.closing_view import ClosingView

    presenter = work.keep(
        ClosingPresenter,
        lambda: ClosingPresenter(work.desk, work.sign_in, work.papers, work),
    )
    presenter.sealed.connect(work.leave_shift, Qt.ConnectionType.UniqueConnection)
    view = ClosingView()
    view.connect_to(presenter)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view


def _settings(work: TillWork, window: MainWindow) -> QWidget:
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
    view = SettingsView()
    view.connect_to(presenter)
    view.labels.connect_to(labels)
    view.people.connect_to(people)
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

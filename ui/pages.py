"""How the pages beside the till are made, when they are first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

# Every import below is that of a page which may never be opened.
# ruff: noqa: PLC0415
from ui.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget  # noqa: TID251  # its name only

    from ui.main_window import MainWindow
    from ui.presenter import Presenter
    from ui.till_work import TillWork


def offer_all(work: TillWork, window: MainWindow) -> None:
    """Tell the window how to make each page."""
    window.offer(Page.RECEIPTS, lambda: _receipts(work, window))
    window.offer(Page.GOODS, lambda: _goods(work, window))
    window.offer(Page.SUMMARY, lambda: _summary(work, window))
    window.offer(Page.SETTINGS, lambda: _settings(work, window))


def _heard(presenter: Presenter, window: MainWindow) -> None:
    presenter.failed.connect(window.tell_trouble)
    presenter.told.connect(window.tell)


def _receipts(work: TillWork, window: MainWindow) -> QWidget:
    from ui.receipts_presenter import ReceiptsPresenter
    from ui.receipts_view import ReceiptsView

    view = ReceiptsView()
    presenter = ReceiptsPresenter(work.database, work.bulk, work.papers, view)
    _heard(presenter, window)
    view.connect_to(presenter)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view


def _goods(work: TillWork, window: MainWindow) -> QWidget:
    from ui.goods_presenter import GoodsPresenter
    from ui.goods_view import GoodsView

    view = GoodsView()
    presenter = GoodsPresenter(work.database, work.bulk, view)
    _heard(presenter, window)
    view.connect_to(presenter)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view


def _summary(work: TillWork, window: MainWindow) -> QWidget:
    from ui.summary_presenter import SummaryPresenter
    from ui.summary_view import SummaryView

    view = SummaryView()
    presenter = SummaryPresenter(work.database, work.bulk, work.papers, view)
    _heard(presenter, window)
    view.connect_to(presenter)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view


def _settings(work: TillWork, window: MainWindow) -> QWidget:
    from ui.settings_presenter import SettingsPresenter
    from ui.settings_view import SettingsView

    view = SettingsView()
    presenter = SettingsPresenter(work.database, work.papers.folder, view)
    _heard(presenter, window)
    presenter.changed.connect(work.reload)
    view.connect_to(presenter)
    view.left.connect(lambda: window.show_page(Page.TILL))
    return view

"""Labels for the shelf: which goods, and how many of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from models import clock
from models.database import Database
from models.goods import offers, shelf_labels
from ui import goods_seat
from ui.papers import Papers, Printed, where
from ui.presenter import Presenter


class GoodsLabelsPresenter(Presenter):
    def __init__(
        self, database: Database, papers: Papers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._papers = papers
        papers.labels_printed.connect(self._on_printed)

    def print_labels(self, product_ids: Sequence[int], copies: int) -> None:
        """Print labels with today's prices; it is told where they went."""
        with self.telling_errors():
            with self._database.read() as session:
                day = goods_seat.business_date(session, clock.now())
                outlet = goods_seat.till_of(session).outlet
                stand = offers.stand_at(session, outlet.id, day)
                labels = shelf_labels.labels_for(
                    session, product_ids, stand, copies=copies
                )
            self._papers.print_labels(labels)

    def _on_printed(self, printed: Printed) -> None:
        self.told.emit(where(printed))

"""What a product cost before, and since when it costs what it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models import clock
from models.i18n import _
from models.quantity import Unit, WeightUnit
from receipts.day_tables import Column, Table, TableRow
from ui.goods_words import price_words
from ui.widgets.statement_table import StatementTable

if TYPE_CHECKING:
    from models.goods.prices import PriceRow


class PriceHistory(StatementTable):
    """One line for each change of the list price, the newest first."""

    def show_changes(
        self, changes: Sequence[PriceRow], unit: Unit, weight_unit: WeightUnit
    ) -> None:
        columns = (
            Column(_("Date"), 0, is_figure=False),
            Column(_("Price before"), 1),
            Column(_("Price since then"), 1),
            Column(_("Changed in"), 1, is_figure=False),
        )
        sources = {"form": _("the form"), "import": _("a table")}
        rows = (
            TableRow(
                (
                    f"{clock.local(one.at):%Y-%m-%d %H:%M}",
                    price_words(one.old, unit, weight_unit),
                    price_words(one.new, unit, weight_unit),
                    sources[one.source.value],
                )
            )
            for one in changes
        )
        self.show_table(Table(_("Price history"), columns, tuple(rows)))

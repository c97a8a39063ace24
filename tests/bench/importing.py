"""Rows of the table: a table of 50,000 goods is imported while the till sells."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests import tables
from tests.bench import child
from tests.bench.measure import Result
from tests.cashier import Cashier
from tests.customers import import_meanwhile
from ui import style

ROWS = 50_000


def rows(folder: Path) -> list[Result]:
    """From Enter in the import panel to the stored goods, in the real window."""
    import_s, p99_ms, worst_ms = json.loads(child.run("importing", str(folder)))
    return [
        Result("import of 50,000 rows while the till sells", "s", None, import_s, 20),
        Result("a scan meanwhile, p99", "ms", None, p99_ms, 100),
        Result("longest that a scan waited", "ms", None, worst_ms, 1100),
    ]


def main(folder: Path) -> int:
    """In a process of its own: it needs a window."""
    app = QApplication([])
    style.apply(app)
    goods = list(tables.goods(ROWS))
    file = tables.write(folder / "goods.csv", tables.as_csv(goods))
    cashier = Cashier(folder / "import", is_demo=True)
    served, took_s = import_meanwhile(cashier, file, ROWS)
    times = sorted(served.scans_ms)
    print(json.dumps([took_s, times[(len(times) - 1) * 99 // 100], times[-1]]))
    cashier.leaves()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""Opens every page and every panel of the till, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from models import clock
from models.i18n import Language
from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN
from tests.walks import closing, correcting, goods, office, selling

SMALLEST = (1024, 768)  # that all is done at


def every_screen(folder: Path, language: Language) -> Iterator[tuple[str, Cashier]]:
    """The name of each screen and the cashier who looks at it."""
    with _at_the_till(folder / "new", language, is_demo=False) as cashier:
        cashier.touches_button(f"language_{language.value}")
        yield "welcome", cashier
        cashier.fills("manager_pin", MANAGER_PIN)
        cashier.presses("Enter")
        cashier.presses("Enter")
        yield "recovery code", cashier
    with _at_the_till(folder / "shop", language) as cashier:
        for shown in _SHOWN:
            for name in shown(cashier):
                yield name, cashier
        for shown in (closing.closing, closing.day_close):
            for name in shown(cashier):
                yield name, cashier
    with _at_the_till(folder / "shop", language) as cashier:
        yield "float", cashier
        cashier.types("300")
        cashier.presses("Enter")
        yield "float that is not what was left", cashier
        cashier.presses("Enter")
    with _a_day_later(), _at_the_till(folder / "shop", language) as cashier:
        cashier.waits(lambda: cashier.is_shown("new_day"))
        yield "new day", cashier
        cashier.presses("Shift+F12")
        yield "float of a new day", cashier


@contextmanager
def _at_the_till(
    folder: Path, language: Language, *, is_demo: bool = True
) -> Iterator[Cashier]:
    cashier = Cashier(folder, is_demo=is_demo, language=language, size=SMALLEST)
    cashier.resizes(*SMALLEST)
    yield cashier
    cashier.leaves()


@contextmanager
def _a_day_later() -> Iterator[None]:
    now = clock.now
    clock.now = lambda: now() + timedelta(days=2)  # tomorrow has begun already
    yield
    clock.now = now


_SHOWN = (
    selling.selling,
    selling.taking_off,
    selling.paying,
    selling.parked,
    selling.cash,
    goods.goods,
    goods.goods_panels,
    goods.importing,
    office.pages,
    office.reports,
    selling.choosing_an_account,
    correcting.corrections,
    correcting.exchange,
    correcting.more,
    office.people,
    selling.training,
    selling.voiding_alone,
)

"""Work aside: limited, watched, and its trouble told as ours."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from multiprocessing import Pipe

import pytest

from models import i18n
from models.errors import NothingDue
from models.i18n import Language
from models.office import aside
from models.office.aside import Limits, Progress, Steps, Tell, Watch
from models.office.refusals import ImportCancelled, TableTooHeavy


def doubled(tell: Tell, number: int) -> int:
    tell(Progress(1, 2))
    return 2 * number


def refused(_tell: Tell) -> None:
    raise NothingDue


def buggy(_tell: Tell) -> None:
    raise ZeroDivisionError


def silent(_tell: Tell) -> None:
    time.sleep(60)


def greedy(_tell: Tell) -> int:
    return len(bytearray(1 << 33))


def killed(_tell: Tell) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    while True:
        pass


def test_an_answer_and_the_way_to_it_are_told() -> None:
    heard: list[Progress] = []
    assert aside.run(doubled, 21, watch=Watch(tell=heard.append)) == 42
    assert heard == [Progress(1, 2)]


def test_what_is_refused_aside_is_refused_here() -> None:
    with pytest.raises(NothingDue):
        aside.run(refused)


def test_a_bug_aside_is_a_bug_here(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError):
        aside.run(buggy)
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.parametrize("work", [greedy, killed])
def test_too_much_memory_or_time_is_told(work: Callable[[Tell], object]) -> None:
    with pytest.raises(TableTooHeavy):
        aside.run(work)


def test_silence_ends_it() -> None:
    with pytest.raises(TableTooHeavy):
        aside.run(silent, limits=Limits(silent_s=0))


def test_what_is_no_longer_wanted_is_cancelled() -> None:
    with pytest.raises(ImportCancelled):
        aside.run(silent, watch=Watch(is_wanted=lambda: False))


def test_steps_are_told_now_and_then() -> None:
    heard: list[Progress] = []
    steps = Steps(1000, heard.append)
    for _step in range(1000):
        steps.step()
    assert heard == [Progress(500, 1000), Progress(1000, 1000)]
    Steps(1).step()


def hungry(_tell: Tell) -> None:
    raise MemoryError


@pytest.mark.parametrize(
    ("work", "answer", "trouble"),
    [(doubled, 42, None), (refused, None, NothingDue), (hungry, None, TableTooHeavy)],
)
def test_the_process_aside_tells_its_outcome(
    work: Callable[..., object], answer: object, trouble: type | None
) -> None:
    """In this process, within limits that nothing here reaches."""
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    before = [resource.getrlimit(kind) for kind in kinds]
    heard, told = Pipe(duplex=False)
    numbers = (21,) if work is doubled else ()
    try:
        aside.serve(told, Language.EN, Limits(60, 1 << 50, 1 << 30), work, numbers)
    finally:
        gc.enable()
        for kind, limits in zip(kinds, before, strict=True):
            resource.setrlimit(kind, limits)
    words = [heard.recv() for _word in range(2 if work is doubled else 1)]
    assert words[-1].answer == answer
    assert (type(words[-1].refused) if words[-1].refused else None) is trouble
    assert i18n.language() is Language.EN

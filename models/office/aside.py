"""Work on files from elsewhere, done aside: in a process that is limited and watched.

What such a file does to its reader, it does to that process alone. The till goes on,
and as its own process does none of the work, its window stays as quick as ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from models import i18n
from models.errors import PosError
from models.i18n import Language
from models.office.refusals import ImportCancelled, TableTooHeavy

T = TypeVar("T")

SILENT_S = 60  # without a word, then it is ended
_MOST_BYTES = 1536 * 1024 * 1024  # of addresses, most of which are never touched
_MOST_CPU_S = 300  # should nobody be left who could end it
_LOOK_MS = 100  # how often to ask whether it is still wanted
_FAILED = 1  # Python's exit code after an exception, which is our bug

_SPAWN = multiprocessing.get_context("spawn")  # nothing of the till is shared with it


@dataclass(frozen=True, slots=True)
class Progress:
    """So many rows of so many; of none while nobody can say how many there are."""

    done: int = 0
    total: int = 0


Tell = Callable[[Progress], None]
_TOLD_EVERY = 500  # steps


class Steps:
    """Counts what is done of so much, and tells it now and then."""

    def __init__(self, total: int, tell: Tell = lambda _progress: None) -> None:
        self._total, self._tell = total, tell
        self._done = 0

    def step(self) -> None:
        self._done += 1
        if self._done % _TOLD_EVERY == 0:
            self._tell(Progress(self._done, self._total))


@dataclass(frozen=True, slots=True)
class Limits:
    silent_s: int = SILENT_S
    most_bytes: int = _MOST_BYTES
    most_cpu_s: int = _MOST_CPU_S


@dataclass(frozen=True, slots=True)
class Watch:
    """Who hears how far the work is, and says whether it is still wanted."""

    tell: Tell = lambda _progress: None
    is_wanted: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class _Outcome:
    answer: Any
    refused: PosError | None = None


def run(
    work: Callable[..., T],
    *arguments: object,
    watch: Watch | None = None,
    limits: Limits | None = None,
) -> T:
    """What ``work(tell, *arguments)`` gives, done in a process of its own.

    ``work`` must be a module's function, and all that goes in and out be picklable.
    Raises the PosError that it raised, ImportCancelled when it is no longer wanted, and
    TableTooHeavy when it takes too much memory or says nothing for too long.
    """
    watch, limits = watch or Watch(), limits or Limits()
    heard, told = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(
        target=serve,
        args=(told, i18n.language(), limits, work, arguments),
        daemon=True,
    )
    process.start()
    told.close()
    try:
        outcome = _hear(heard, watch, limits)
    except EOFError as error:
        process.join()
        if process.exitcode == _FAILED:
            raise RuntimeError(work) from error  # the process has said what happened
        raise TableTooHeavy from error
    finally:
        process.kill()
        process.join()
        process.close()
        heard.close()
    if outcome.refused is not None:
        raise outcome.refused
    answer: T = outcome.answer
    return answer


def _hear(heard: Connection, watch: Watch, limits: Limits) -> _Outcome:
    last_word = time.monotonic()
    while True:
        if not watch.is_wanted():
            raise ImportCancelled
        if not heard.poll(_LOOK_MS / 1000):
            if time.monotonic() - last_word > limits.silent_s:
                raise TableTooHeavy
            continue
        word = heard.recv()
        last_word = time.monotonic()
        if isinstance(word, _Outcome):
            return word
        watch.tell(word)


# --- in the process aside ---------------------------------------------------------


def serve(
    told: Connection,
    language: Language,
    limits: Limits,
    work: Callable[..., object],
    arguments: tuple[object, ...],
) -> None:
    """Do the work within the limits and tell its outcome."""
    i18n.use_language(language)
    gc.disable()  # it does one piece of work, and ends
    _limit(limits)
    try:
        outcome = _Outcome(work(told.send, *arguments))
    except PosError as error:
        outcome = _Outcome(None, error)
    except MemoryError:
        outcome = _Outcome(None, TableTooHeavy())
    told.send(outcome)


def _limit(limits: Limits) -> None:
    with suppress(ImportError):  # Windows has no such limits
        import resource  # noqa: PLC0415  # none on Windows

        for kind, most in (
            (resource.RLIMIT_AS, limits.most_bytes),
            (resource.RLIMIT_CPU, limits.most_cpu_s),
        ):
            _soft, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))

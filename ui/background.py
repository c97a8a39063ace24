"""Slow work off the UI thread: one worker for papers, one for bulk work."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Background(QObject):
    """One worker thread. Outcomes are delivered on the UI thread, in order."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_stopped = False  # long work asks for it, and ends
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run ``work`` on the worker, then ``done(its outcome)`` on the UI thread.

        ``work`` touches no widget and opens its own database block; ``done`` calls
        ``outcome.result()`` inside ``telling_errors()``.
        """
        if self.is_stopped:
            return
        self._worker.submit(work).add_done_callback(
            lambda outcome: self._finished.emit(lambda: done(outcome))
        )

    def stop(self) -> None:
        """Wait for what was begun; nothing new begins and no outcome is delivered."""
        self.is_stopped = True
        self._worker.shutdown(wait=True)

    @Slot(object)
    def _deliver(self, delivery: Callable[[], None]) -> None:
        if not self.is_stopped:
            delivery()

"""In a child: when a window was first painted, and how much memory that took."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication


class Watch(QObject):
    """Notes each painting of the application; reading the memory is not for nothing."""

    def __init__(self, app: QApplication, *, reads_memory: bool) -> None:
        super().__init__(app)
        self._reads_memory = reads_memory
        self._painted_ns = 0
        self._memory_kib = 0
        app.installEventFilter(self)

    def tell(self, **more: int) -> None:
        """Say what was seen, for ``started`` to read, and stop watching."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        seen = {"painted_ns": self._painted_ns, "memory_kib": self._memory_kib}
        print(json.dumps(seen | more), flush=True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._painted_ns = time.monotonic_ns()
            if self._reads_memory:
                self._memory_kib = peak_kib()
        return False


def peak_kib() -> int:
    """The most memory that this process has held at once."""
    if sys.platform != "linux":
        return 0
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0

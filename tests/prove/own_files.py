"""The program's own writing of files, watched as SQLite's is in ``faulty_disk``.

What it does there is little: whole small files, copies, syncs, and names that change.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.prove.faulty_disk import Call, Io, Watch

_FULL = 13  # as SQLite says ENOSPC


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """In the block these ask ``watch`` first, and raise OSError where it refuses."""

    def asking(io: Io, do: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            refused = watch(Call(io, Path(str(given[0]))))
            if refused:
                number = errno.ENOSPC if refused == _FULL else errno.EIO
                raise OSError(number, os.strerror(number))
            return do(*given, **named)

        return ask

    places: tuple[tuple[Any, str, Io], ...] = (
        (os, "fsync", Io.SYNC),
        (os, "replace", Io.WRITE),  # a folder is written too
        (shutil, "copyfile", Io.WRITE),
        (shutil, "copyfileobj", Io.WRITE),
        (Path, "write_text", Io.WRITE),
        (Path, "write_bytes", Io.WRITE),
    )
    with ExitStack() as patches:
        for where, name, io in places:
            asks = asking(io, getattr(where, name))
            patches.enter_context(patch.object(where, name, asks))
        patches.enter_context(patch.object(Path, "open", _opening(Path.open, asking)))
        yield


def _opening(do: Callable[..., Any], asking: Callable[..., Any]) -> Callable[..., Any]:
    """Opening a file asks too, if it is for writing."""
    asks = asking(Io.WRITE, do)

    def opens(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        return (do if mode.startswith("r") else asks)(path, mode, *given, **named)

    return opens

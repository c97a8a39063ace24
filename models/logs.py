"""The log beside the shop's file: one JSON object a line, and never a code."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "till.log"
_MOST_BYTES = 2 * 1024 * 1024
_OLDER_FILES = 4
_CODE = re.compile(r"[0-9]{8,}", re.ASCII)  # barcodes, payment codes, telephones


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "where": record.name,
            "said": _CODE.sub("…", record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = _CODE.sub("…", self.formatException(record.exc_info))
        written = json.dumps(line, ensure_ascii=False)
        return written if written.isprintable() else "".join(map(_shown, written))


def _shown(char: str) -> str:
    """What could end or turn a line, or cannot be written, as JSON escapes it."""
    return char if char.isprintable() else json.dumps(char)[1:-1]


def start(folder: Path) -> logging.Handler:
    """Write everything of INFO and above into the folder's log from now on.

    The file is made when there is something to write. Returns what writes it.
    """
    handler = RotatingFileHandler(
        folder / FILE_NAME,
        maxBytes=_MOST_BYTES,
        backupCount=_OLDER_FILES,
        encoding="utf-8",
        delay=True,
    )
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler

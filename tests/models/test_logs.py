"""The log: one JSON object a line, and no codes in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from models import logs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root, before = logging.getLogger(), logging.getLogger().level
    handler = logs.start(tmp_path)
    yield tmp_path / logs.FILE_NAME
    root.removeHandler(handler)
    root.setLevel(before)
    handler.close()


def _lines(log: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def test_a_line_is_one_json_object(log: Path) -> None:
    logging.getLogger("till").info("班次 %s 开了\n两行", 7)

    (line,) = _lines(log)
    assert (line["level"], line["where"]) == ("info", "till")
    assert line["said"] == "班次 7 开了\n两行"
    assert line["at"].endswith("+00:00")


def test_what_could_end_a_line_or_turn_it_is_escaped(log: Path) -> None:
    said = "a\x7f\x85\u2028\u202e\ud800\U000e0001茶"
    (handler,) = (
        one
        for one in logging.getLogger().handlers
        if isinstance(one, RotatingFileHandler) and Path(one.baseFilename) == log
    )
    # past pytest, which cannot report half a character
    handler.handle(logging.makeLogRecord({"msg": said}))

    written = log.read_text("utf-8")
    assert written.endswith("\n")
    assert written[:-1].isprintable()
    assert _lines(log)[0]["said"] == said


def test_codes_are_left_out_even_of_a_trace(
    log: Path, unexpected_records: list[logging.LogRecord]
) -> None:
    try:
        int("134567890123456789x")
    except ValueError:
        logging.getLogger("till").exception("cannot read 6970019000015")
    unexpected_records.clear()

    (line,) = _lines(log)
    assert line["said"] == "cannot read …"
    assert "ValueError" in line["trace"]
    assert "134567890" not in log.read_text("utf-8")


def test_no_file_is_made_before_there_is_something_to_say(log: Path) -> None:
    logging.getLogger("till").debug("too small to keep")

    assert not log.exists()

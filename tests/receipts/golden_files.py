"""Golden files: compared whole, and written anew where GOLDEN=write is set."""

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """``text`` is what golden/``name``.txt holds, to the character."""
    file = _FOLDER / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        file.write_bytes(text.encode("utf-8"))
    assert text == file.read_bytes().decode("utf-8")


def names() -> set[str]:
    return {file.stem for file in _FOLDER.glob("*.txt")}

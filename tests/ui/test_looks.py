"""Every screen in both languages, at both sizes and at every scale (RULINGS.md 28)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.i18n import Language
from tests import looks
from ui import style
from ui.widgets.elided import ElidedLabel
from ui.widgets.tile import TileButton

ROOT = Path(__file__).parents[2]


# Short: as most see it, and where there is least room, in the language of longer
# words; long: all that RULINGS.md 28 names.
_WALKS = (
    [("1", ()), ("1.25", ()), ("1.5", ())]
    if os.environ.get("HYPOTHESIS_PROFILE") == "prove"
    else [("1", ("--chinese",)), ("1.5", ("--smallest", "--english"))]
)


@pytest.mark.timeout(600)  # a machine that is busy takes its time
@pytest.mark.parametrize(("scale", "options"), _WALKS)
def test_nothing_is_cut_small_out_of_reach_or_left_in_the_other_language(
    scale: str, options: tuple[str, ...]
) -> None:
    """In a process of its own, since Qt reads its scale only when it starts."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.looks", *options],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    first, *found = done.stdout.splitlines()
    sizes = 1 if "--smallest" in options else 2
    languages = 1 if options else 2
    told = f"{languages} languages, {sizes} sizes, {looks.SCREENS} screens."
    assert first == f"Scale {scale}: {told}"
    assert found == []


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda page: placed(QLabel("收银", page), 10, 20), "px of width"),
        (lambda page: placed(QLabel("收银", page), 60, 5), "px of height"),
        (lambda page: placed(QPushButton("收款", page), 30, 60), "px of width"),
        (lambda page: placed(TileButton(page), 200, 40), "is 40 px high"),
        (lambda page: placed(QLabel("Sell", page), 60, 30), "is not translated"),
        (lambda page: placed(QLineEdit(page), 60, 60), "no words for a screen reader"),
        (lambda page: placed(QLabel("收银", page), 60, 30, at=370), "leaves QWidget"),
        (lambda page: placed(ElidedLabel("山海收银", page), 30, 30), "is elided"),
        (
            lambda page: (
                placed(QLabel("收银", page), 60, 30),
                placed(QLabel("收款", page), 60, 30, at=40),
            ),
            "overlap",
        ),
    ],
)
def test_the_walk_sees_each_kind_of_fault(
    qtbot: QtBot, qapp: object, make: Callable[[QWidget], object], fault: str
) -> None:
    style.apply(qapp)  # type: ignore[arg-type]  # pytest-qt's own QApplication
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(400, 100)
    make(page)
    style.dress(page)
    page.show()
    qtbot.waitExposed(page)

    found = looks.findings(page, Language.ZH, [])

    assert any(fault in each for each in found), found


def placed(widget: QWidget, width: int, height: int, *, at: int = 0) -> QWidget:
    widget.setGeometry(at, 0, width, height)
    return widget

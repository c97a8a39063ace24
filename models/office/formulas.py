"""Text that a spreadsheet takes for a formula, defused and as it was (TRUST.md C4).

A quotation mark goes before it, also where marks stand there already: so taking one
away gives back exactly what was written.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defused(text: str) -> str:
    return f"'{text}" if _RISKY.match(text) else text


def restored(text: str) -> str:
    """What was defused; all other text stays as it is."""
    is_defused = text.startswith("'") and _RISKY.match(text)
    return text[1:] if is_defused else text

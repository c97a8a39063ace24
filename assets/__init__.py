"""Files that ship beside the code: fonts, icons, styles, translations."""

from pathlib import Path


def path(name: str) -> Path:
    """Where the asset lies, e.g. ``path("fonts/NotoSansSC-Regular.ttf")``."""
    return Path(__file__).parent / name

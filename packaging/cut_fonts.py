"""Cut the fonts in assets/fonts from Noto Sans SC.

The sources are the static TrueType files of the npm package
@expo-google-fonts/noto-sans-sc. Unpack it and give its folder:

    .venv/bin/python packaging/cut_fonts.py FOLDER
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

_FONTS = Path(__file__).parent.parent / "assets" / "fonts"
_REGULAR = "400Regular/NotoSansSC_400Regular.ttf"
_BOLD = "700Bold/NotoSansSC_700Bold.ttf"
# Layout and vertical tables: neither the screen nor reportlab needs them.
_DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT"]
# Beyond what the Chinese encodings have: signs that screens and papers use.
_SIGNS = "￥¥—–·…×÷≤≥≈−斤€‰•→←↑↓√✓"


def main(source: Path) -> None:
    """Write the full cut for the screen, a bold one, and a small one for PDFs."""
    everything = set(TTFont(source / _REGULAR).getBestCmap())
    always = set(range(0x20, 0x100)) | {ord(c) for c in _SIGNS}
    bold = _characters("gbk") | always
    paper = _characters("gb2312") | always
    _cut(source / _REGULAR, "NotoSansSC-Regular.ttf", everything)
    _cut(source / _BOLD, "NotoSansSC-Bold.ttf", bold)
    _cut(source / _REGULAR, "NotoSansSC-Paper.ttf", paper)
    shutil.copyfile(source / "LICENSE_FONT", _FONTS / "OFL.txt")


def _characters(encoding: str) -> set[int]:
    """Every character that a two-byte Chinese encoding can write."""
    pairs = (bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    return {ord(c) for pair in pairs for c in pair.decode(encoding, "ignore")}


def _cut(source: Path, name: str, characters: set[int]) -> None:
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += _DROPPED
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    subset.save_font(font, str(_FONTS / name), options)
    print(f"{name}: {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

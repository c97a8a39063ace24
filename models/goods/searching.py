"""How goods are found by what a person types of them."""

from __future__ import annotations

_LIKE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})

# Parts of the name, pinyin initials, the SKU's beginning or a barcode's end.
MATCHES = r"""(p.name LIKE :inside ESCAPE '\' OR p.name LIKE :spaced ESCAPE '\'
    OR p.name_en LIKE :spaced ESCAPE '\'
    OR p.initials LIKE :begins ESCAPE '\' OR p.initials LIKE :later ESCAPE '\'
    OR p.sku LIKE :begins ESCAPE '\'
    OR EXISTS (SELECT 1 FROM barcode b WHERE b.product_id = p.id
               AND b.code LIKE :ends ESCAPE '\'))"""
# What begins as it was typed comes first.
BEST_FIRST = r"p.initials NOT LIKE :begins ESCAPE '\', p.position"


def patterns(words: str) -> dict[str, str]:
    """The parameters of MATCHES; empty if nothing was typed."""
    spaced = " ".join(words.split()).lower().translate(_LIKE)
    pattern = spaced.replace(" ", "")
    if not pattern:
        return {}
    return {
        "inside": f"%{pattern}%",
        "spaced": f"%{spaced}%",  # English names have blanks between words
        "begins": f"{pattern}%",
        "later": f"% {pattern}%",  # another reading of the name
        "ends": f"%{pattern}",
    }

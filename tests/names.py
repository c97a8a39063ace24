"""Names made to harm: a till meets them in forms, tables, chats and web shops."""

from __future__ import annotations

import random
from collections.abc import Callable

PLAIN = (
    "福泉香辣酱",
    "瓮安黄金芽茶",
    "大埔蜜柚",
    "疏附核桃 500g",
    "Weng'an honey",
    "山海四县礼盒",
)

# each stands in a name as it is
WHOLE = (
    "",
    " ",
    "\u3000",
    "\u200b",
    "\u3164",
    "\ufeff",
    "\u0301",
    "\x00",
    "\ud800",
    "\ufffe",
    "\U0010ffff",
    "\U0001fae8",  # an emoji younger than some Pythons
    "\U00031350",  # and a Han character
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86 20 8888",
    "-5",
    "@SUM(A1:A9)",
    "＝1＋1",
    "＋茶",
    "－茶",
    "＠茶",
    "'=1",
    "''+1",
    "\t=1+1",
    "\r=1+1",
    "\n@x",
    "\u200b=1",
    '=HYPERLINK("http://x.example","茶")',
    "<b>粗</b>",
    "<img src=file:///etc/passwd>",
    "<a href='x'>茶</a><br/>&nbsp;&lt;b&gt;",
    "<para><font color=red>x",
    "<b>x",
    "&amp; &#0; &lt;i&gt;",
    "茶 & 酒 && 米 &S",
    "{0} {name} {} {{ }}",
    "%s %n %d %(name)s 100%",
    "\\n \\x1b \\ C:\\CON",
    "_x0000_ _x001B_ _x005F_",
    "../../etc/passwd",
    "CON",
    "NUL.txt",
    "aux:|?*",
    "'; DROP TABLE product; --",
    '米,"一"袋;两\'袋',
    "NULL",
    "1e5",
    "001",
    "TRUE",
    "2026-11-24",
    "6970019000015",
    "12.50元",
    "￥9,999.00",
    "\x1b@\x1bp\x00\x19\xfa",
    "\x1d(k\x03\x001Q0",
    "\x1dV\x00",
    "\x1c&\x1c.",
    "\x10\x04\x01\x10\x14",
    "\x9b31m\x1b[2J",
    "茶\x85叶\u2028新\u2029茶",
    "第一行\n第二行\r\n第三行",
    "表\t格",
    "gpj.exe\u202e茶",
    "\u2066左\u2069",
    "\u200fאבג\u200e",
    "شۇفۇ ياڭاق",
    "ﷺﷺﷺ",
    "㛃䶮甕",
    "𠮷野家",
    "葛\U000e0100飾",
    "ḿǹ〇〡",
    "\ue7c7\ue815",  # of GB18030's own
    "㑇䥽𬭎𫟼",
    "👨\u200d👩\u200d👧\u200d👦",
    "👍🏽👩🏿\u200d🌾",
    "🇨🇳🇬🇧",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "❤\ufe0f1\ufe0f\u20e3",
    "e\u0301a\u030ao\u0308",
    "q\u0303x\u0323\u0302",
    "茶\u0301叶\u20dd",
    "Z" + "\u0335\u0321\u0345" * 30,
    "नमस्ते क\u093c",
    "각\u1112\u1161\u11ab",
    "½①ﬁⅷ㎏",
    "–—‑−¥£€·•",
    "\xa0硬\u2009空\u3000格",
    "\u00adsoft\u00adhyphen",
    "茶" * 200,
    "茶" * 201,
    "W" * 200,
    "𠮷" * 150,
    "𠮷" * 201,
    "\u0958" * 150,  # longer when composed
    "é" * 100,
    "e\u0301" * 150,
    "一二三四五六七八九十一二三四五a茶",
    "abcdefghijklmnopqrstuvwxyzabcde茶",
)

_LETTERS: tuple[tuple[int, int], ...] = (
    (0x00, 0x1F),
    (0x20, 0x7F),
    (0x80, 0xFF),
    (0x300, 0x36F),
    (0x590, 0x6FF),
    (0x2000, 0x206F),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xD800, 0xDFFF),
    (0xE000, 0xF8FF),
    (0xFE00, 0xFFFF),
    (0x1F1E6, 0x1F9FF),
    (0x20000, 0x2FA1F),
    (0xE0000, 0xE01EF),
    (0, 0x10FFFF),
)


def _inside(chance: random.Random) -> str:
    """A piece of something hostile within something plain."""
    plain, other = chance.choice(PLAIN), chance.choice(WHOLE)
    at = chance.randrange(len(plain) + 1)
    return plain[:at] + other + plain[at:]


def _two(chance: random.Random) -> str:
    return chance.choice(WHOLE) + chance.choice(WHOLE)


def _before(chance: random.Random) -> str:
    first = chance.choice("=+-@\t\r\n'＝＋－＠\u200b\xa0\u3000 \x00")
    return first + chance.choice(PLAIN)


def _random(chance: random.Random) -> str:
    """Of one kind of letters, or of all."""
    first, last = chance.choice(_LETTERS)
    return "".join(
        chr(chance.randint(first, last)) for _one in range(chance.randint(1, 24))
    )


def _mostly_plain(chance: random.Random) -> str:
    first, last = chance.choice(_LETTERS[:-1])
    words = list(chance.choice(PLAIN) * chance.choice((1, 1, 3, 8)))
    words.insert(chance.randrange(len(words)), chr(chance.randint(first, last)))
    return "".join(words)


_WAYS: tuple[Callable[[random.Random], str], ...] = (
    _inside,
    _two,
    _before,
    _random,
    _mostly_plain,
)


def hostile(count: int, seed: int = 14) -> list[str]:
    """So many different names, always the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    made = dict.fromkeys(WHOLE)
    while len(made) < count:
        made[chance.choice(_WAYS)(chance)] = None
    return list(made)[:count]

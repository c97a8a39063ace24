"""Reads ESC/POS bytes as a Chinese printer does, from its manual and not our code."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image


class UnknownCommand(Exception):
    """Bytes that no command of the list explains."""


@dataclass
class Printed:
    """One line on the paper: text with its size, a picture, or a code."""

    text: str = ""
    wide: int = 1
    high: int = 1
    picture: Image.Image | None = None
    qr: str = ""
    centred: bool = False

    @property
    def columns(self) -> int:
        return len(self.text.encode("gbk")) * self.wide


@dataclass
class Paper:
    """What came out, and what else the printer did."""

    lines: list[Printed] = field(default_factory=list)
    drawer_pulses: list[tuple[int, int, int]] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    was_cut: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Reader:
    """A printer's interpreter: every byte is a command's, a character's, or wrong."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0
        self._paper = Paper()
        self._size = (1, 1)
        self._centred = self._chinese = False
        self._line = bytearray()
        self._stored_code = ""
        self._qr_settings: set[int] = set()

    def read(self) -> Paper:
        while self._at < len(self._data):
            self._one()
        if self._line:
            raise UnknownCommand("text without a line feed")
        return self._paper

    def _take(self, n: int = 1) -> bytes:
        taken = self._data[self._at : self._at + n]
        if len(taken) < n:
            raise UnknownCommand("cut off")
        self._at += n
        return taken

    def _one(self) -> None:
        byte = self._take()[0]
        if byte == 0x0A:
            self._feed()
        elif byte == 0x1B:
            self._escape()
        elif byte == 0x1C:
            self._must(self._take() == b"&", "FS")
            self._chinese = True
        elif byte == 0x1D:
            self._group()
        elif byte >= 0x81:
            self._must(self._chinese, "a Chinese character before FS &")
            self._line += bytes((byte, self._take()[0]))
        else:
            self._must(0x20 <= byte < 0x7F, f"stray control byte {byte:#04x}")
            self._line.append(byte)

    def _must(self, claim: bool, what: str) -> None:  # noqa: FBT001  # as assert has it
        if not claim:
            raise UnknownCommand(f"{what} at {self._at}")

    def _feed(self) -> None:
        if self._stored_code == "printed":  # the line feed after a code
            self._stored_code = ""
            return
        text = self._line.decode("gbk")
        self._line.clear()
        wide, high = self._size
        self._paper.lines.append(Printed(text, wide, high, centred=self._centred))

    def _escape(self) -> None:
        command = self._take()
        self._must(not self._line, "ESC inside a line")
        if command == b"@":
            self._paper.did.append("reset")
            self._size, self._centred, self._chinese = (1, 1), False, False
        elif command == b"a":
            self._centred = {0: False, 1: True}[self._take()[0]]
        elif command == b"d":
            self._paper.did.append(f"feed {self._take()[0]}")
        elif command == b"p":
            pin, on, off = self._take(3)
            self._paper.drawer_pulses.append((pin, on, off))
            self._paper.did.append("drawer")
        else:
            raise UnknownCommand(f"ESC {command!r}")

    def _group(self) -> None:
        command = self._take()
        self._must(not self._line, "GS inside a line")
        if command == b"!":
            value = self._take()[0]
            self._size = (value >> 4) + 1, (value & 0x0F) + 1
        elif command == b"V":
            self._must(self._take(2) == b"B\x00", "GS V")
            self._paper.was_cut = True
            self._paper.did.append("cut")
        elif command == b"v":
            self._raster()
        elif command == b"(":
            self._code()
        else:
            raise UnknownCommand(f"GS {command!r}")

    def _raster(self) -> None:
        self._must(self._take() == b"0", "GS v")
        mode, xl, xh, yl, yh = self._take(5)
        across, down = xl + 256 * xh, yl + 256 * yh
        dots = self._take(across * down)
        picture = Image.frombytes("1", (across * 8, down), dots)
        wide, high = {0: (1, 1), 1: (2, 1), 2: (1, 2), 3: (2, 2)}[mode]
        self._paper.lines.append(Printed("", wide, high, picture=picture))

    def _code(self) -> None:
        self._must(self._take() == b"k", "GS (")
        low, high = self._take(2)
        kind, function, *rest = self._take(low + 256 * high)
        self._must(kind == 0x31, "a code that is not QR")
        if function == 0x50:
            self._must(rest[0] == 0x30, "QR store")
            self._stored_code = bytes(rest[1:]).decode()
        elif function == 0x51:
            self._must(rest == [0x30], "QR print")
            self._must(self._qr_settings == {0x41, 0x43, 0x45}, "QR settings")
            code = Printed(qr=self._stored_code, centred=self._centred)
            self._paper.lines.append(code)
            self._stored_code = "printed"
        else:
            allowed = {0x41: [[50, 0]], 0x43: [[n] for n in range(3, 9)], 0x45: [[49]]}
            self._must(rest in allowed.get(function, []), "QR setting")
            self._qr_settings.add(function)


def read(data: bytes) -> Paper:
    """What a printer makes of ``data``. Raises UnknownCommand."""
    return Reader(data).read()

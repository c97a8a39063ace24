"""Makes the till's three sounds in assets/sounds; run it after changing a note."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

SOUNDS = Path(__file__).resolve().parent.parent / "assets" / "sounds"
RATE = 22_050
LOUDNESS = 0.45
ATTACK_S = 0.004
OVERTONES = ((1, 1.0), (2, 0.25), (3, 0.08))

# Each note: frequency in Hz, when it begins, how long it rings (seconds).
NOTES = {
    "accepted": [(1318.5, 0.0, 0.09)],
    "refused": [(233.1, 0.0, 0.16), (196.0, 0.17, 0.24)],
    "paid": [(784.0, 0.0, 0.12), (1046.5, 0.09, 0.14), (1568.0, 0.18, 0.32)],
}


def note_at(frequency: float, since_s: float, length_s: float) -> float:
    """How a struck bell stands ``since_s`` after the stroke, from -1 to 1."""
    if not 0 <= since_s < length_s:
        return 0.0
    swell = min(since_s / ATTACK_S, 1.0)
    fade = (1 - since_s / length_s) ** 2
    tone = sum(
        share * math.sin(2 * math.pi * frequency * times * since_s)
        for times, share in OVERTONES
    )
    return swell * fade * tone / sum(share for _times, share in OVERTONES)


def samples(notes: list[tuple[float, float, float]]) -> bytes:
    length_s = max(begins + rings for _frequency, begins, rings in notes)
    made = bytearray()
    for number in range(int(RATE * length_s)):
        at = number / RATE
        height = sum(
            note_at(hertz, at - begins, rings) for hertz, begins, rings in notes
        )
        made += struct.pack("<h", round(LOUDNESS * 32_767 * max(-1, min(height, 1))))
    return bytes(made)


def main() -> None:
    SOUNDS.mkdir(exist_ok=True)
    for name, notes in NOTES.items():
        with wave.open(str(SOUNDS / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(notes))


if __name__ == "__main__":
    main()

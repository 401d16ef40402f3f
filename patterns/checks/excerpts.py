"""Quote the place a finding is about: short, on one line, and with what cannot be seen made visible. Pure."""

import unicodedata
from typing import Final

AROUND: Final = 24  # characters before and after
LONGEST: Final = 120


def excerpt(text: str, start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` with a little of what stands around it, cut at whole words where there are some."""
    end = len(text) if end is None else end
    end = min(end, start + LONGEST)
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[first:start], text[end:last]
    if first and " " in before:
        before = before.partition(" ")[2]
    if last < len(text) and " " in after:
        after = after.rpartition(" ")[0]
    quoted = " ".join(visible(before + text[start:end] + after).split())
    return ("…" if first else "") + quoted + ("…" if last < len(text) else "")


def visible(text: str) -> str:
    """`text` with characters that show nothing, or turn the line around, written as their numbers."""
    return "".join(f"⟨U+{ord(sign):04X}⟩" if _unseen(sign) else sign for sign in text)


def _unseen(sign: str) -> bool:
    if sign.isascii():
        return (sign < " " and sign not in "\t\n\r") or sign == "\x7f"
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cn"} or 0xFE00 <= ord(sign) <= 0xFE0F

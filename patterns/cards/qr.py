"""A QR code (ISO/IEC 18004) as one SVG path, drawn for paper. Pure."""

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import segno

QUIET: Final = 4  # modules of white on each side, as the standard asks
LARGEST: Final = 60  # modules a side: at 24 mm a module is then 0.4 mm, about the least a phone reads off paper


@dataclass(frozen=True, slots=True)
class Code:
    """`path` fills the dark modules of a square of `side` modules, quiet zone included."""

    side: int
    path: str


@lru_cache(maxsize=4096)
def code(text: str) -> Code:
    """Return the code of `text`.

    Cards are carried, folded and stained, so a quarter of the code may be lost (level Q), or more where the same
    number of modules allows it. A long address would make the modules too small to print; then level M, then L.
    Level L holds 2,953 bytes; the longest slug there can be takes 2,400.
    """
    for level in ("q", "m", "l"):
        with suppress(segno.DataOverflowError):
            symbol = segno.make(text, error=level, micro=False, boost_error=True)
            if symbol.symbol_size(border=QUIET)[0] <= LARGEST:
                break
    return Code(side=symbol.symbol_size(border=QUIET)[0], path="".join(_runs(symbol)))


def _runs(symbol: segno.QRCode) -> list[str]:
    """One rectangle for each run of dark modules in a row."""
    found = []
    for y, row in enumerate(symbol.matrix, start=QUIET):
        x, bits = 0, bytes(row)
        while (start := bits.find(1, x)) >= 0:
            end = bits.find(0, start)
            x = end if end >= 0 else len(bits)
            found.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
    return found

"""Break a title into the lines of a label, without a font at hand: widths are estimated on the wide side. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LINE: Final = 1.25  # line height, in ems
_WIDTHS: Final = {  # ems, a little wider than the common interface faces draw them
    **dict.fromkeys("ijl.,:;|!'’‘`", 0.33),
    **dict.fromkeys('ftr()[]{}-/\\"“”*I ', 0.42),
    **dict.fromkeys("mwMW%@—…", 0.98),
}
_LOWER, _UPPER, _OTHER, _WIDE = 0.6, 0.75, 0.8, 1.1
# Text of no known script is set off by isolates, so that it turns no neighbour around (Unicode UAX #9).
_ISOLATE, _POP = "\u2068", "\u2069"
_JOINERS = "\u200c\u200d"
_ELLIPSIS = "…"
_PIECE: Final = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]\s*|[^\s\u2e80-\u9fff/-]*[/-]+(?=\w)|[^\s\u2e80-\u9fff]+\s*"
)


@dataclass(frozen=True, slots=True)
class Lettering:
    """The lines of a label, the widest line in the units of the picture, and whether something was left out."""

    lines: tuple[str, ...]
    width: float
    cut: bool


@lru_cache(maxsize=4096)  # a title is measured for its row and again for its label
def lettered(text: str, *, size: float, width: float, lines: int = 2) -> Lettering:
    """Break `text` into at most `lines` lines of `width`, at a font size of `size` (both in units of the picture).

    Lines end between words. What does not fit is left out and an ellipsis says so; a single word longer than a line
    is cut, with an ellipsis too. There is always one line.
    """
    room = width / size
    broken: list[str] = []
    line = ""
    cut = False
    for piece in _pieces(_plain(text)):
        if _ems(line + piece.rstrip()) <= room:
            line += piece
            continue
        if line.strip():
            broken.append(line.rstrip())
        line = piece.lstrip()
        if len(broken) == lines or _ems(line.rstrip()) > room:
            cut = True
            break
    if cut:
        whole = broken.pop() + " " + line if len(broken) == lines else line
        broken.append(_shortened(whole, room))
    elif line.strip() or not broken:
        broken.append(line.rstrip())
    return Lettering(
        lines=tuple(f"{_ISOLATE}{each}{_POP}" for each in broken),
        width=max(_ems(each) for each in broken) * size,
        cut=cut,
    )


def _plain(text: str) -> str:
    """Without what is not drawn, or would turn the text around it: controls, and marks of direction."""
    return " ".join("".join(filter(_drawn, text)).split())


def _drawn(sign: str) -> bool:
    return sign.isspace() or sign in _JOINERS or not unicodedata.category(sign).startswith("C")


def _pieces(text: str) -> list[str]:
    """Words with the space after them, parted after a hyphen; in scripts that write without spaces, each sign."""
    return _PIECE.findall(text)


def _ems(text: str) -> float:
    return sum(map(_em, text))


@lru_cache(maxsize=8192)
def _em(sign: str) -> float:
    known = _WIDTHS.get(sign)
    if known is not None:
        return known
    if sign in _JOINERS or unicodedata.category(sign) in {"Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    if sign.isascii() or sign < "ɐ":
        return _LOWER if sign.islower() or sign.isdigit() else _UPPER
    return _OTHER


def _shortened(text: str, room: float) -> str:
    """As much of `text` as fits with an ellipsis after it: whole words if at least one does, else part of one."""
    kept = text
    while kept and _ems(kept.rstrip() + _ELLIPSIS) > room:
        pieces = _pieces(kept)
        if len(pieces) > 1:
            kept = "".join(pieces[:-1])
            continue
        kept = kept.rstrip()
        while kept and _em(kept[-1]) == 0:  # marks go with the letter they stand on
            kept = kept[:-1]
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS

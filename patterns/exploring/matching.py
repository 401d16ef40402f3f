"""Which pattern somebody means who typed a few letters: exactly one, or the nearest to choose from. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

LONGEST: Final = 200  # characters that are read
MOST: Final = 8
CLOSE: Final = 62.0  # of 100, by rapidfuzz's weighted ratio


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern one can choose, with every name it has."""

    slug: str
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """The pattern that was named, or the `nearest` to choose from: several of one name, or names that look alike."""

    entry: Entry | None
    nearest: tuple[Entry, ...]


def meant(typed: str, entries: Iterable[Entry], *, most: int = MOST) -> Meant:
    """Return what `typed` names: an address, else a title, else an alias, whatever its case, accents and punctuation.

    A name that several patterns share is no answer; they come first among the nearest, then titles with words that
    begin so, then those that contain it, then those with a typo.
    """
    every = list(entries)
    for one in every:
        if one.slug == typed.strip():
            return Meant(one, ())
    wanted = folded(typed[:LONGEST])
    if not wanted:
        return Meant(None, ())
    titles = [(folded(one.title), one) for one in every]
    aliases = [(folded(alias), one) for one in every for alias in one.aliases]
    for names in (titles, aliases):
        named = _once(one for name, one in names if name == wanted)
        if named:
            return Meant(named[0], ()) if len(named) == 1 else Meant(None, tuple(named[:most]))
    return Meant(None, tuple(_nearest(wanted, [*titles, *aliases], most=most)))


def folded(text: str) -> str:
    """Return `text` as names are compared: words only, without case and accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(plain.casefold()))


_WORD: Final = re.compile(r"\w+")


def _nearest(wanted: str, names: Sequence[tuple[str, Entry]], *, most: int) -> list[Entry]:
    begin = [one for name, one in names if name.startswith(wanted)]
    inside = [one for name, one in names if f" {wanted}" in name]
    near = _once([*begin, *inside, *(one for name, one in names if wanted in name)])
    if len(near) >= most:
        return near[:most]
    alike = process.extract(wanted, [name for name, _ in names], scorer=fuzz.WRatio, limit=2 * most, score_cutoff=CLOSE)
    return _once([*near, *(names[place][1] for _, _, place in alike)])[:most]


def _once(entries: Iterable[Entry]) -> list[Entry]:
    return list({one.slug: one for one in entries}.values())

"""What a library names and does not hold, made from where it is named. Pure: the mentions are handed in."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.text import slugify

from patterns.faceting.spelling import words

LONGEST: Final = 80  # characters; what is longer is a sentence, not a name
MOST_WORDS: Final = 8
SHOWN: Final = 4  # of those who name it, before a fold
_IDENTIFIER: Final = re.compile(r"[a-z]{2,6}[_-](?=\w*\d)[0-9a-z_-]{8,}|[0-9a-f-]{16,}", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"[/\\{}<>\[\]|=@#$%^*~`]|\w\.\w|\b(?:slug|placeholder|todo|tbd|example|untitled)\b", re.IGNORECASE
)
_EMPTY: Final = frozenset({"none", "null", "nil", "n-a", "na", "nothing", "unknown", "various", "pattern", "patterns"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A file names something: `name` as it wrote it; `kind` of the file (`pattern`, `lighthouse`), and which it is."""

    name: str
    kind: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pattern that is named and missing, with everything that names it, each once; lighthouses first."""

    name: str
    lighthouses: tuple[Mention, ...]
    patterns: tuple[Mention, ...]

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def more(self) -> int:
        """How many patterns name it beyond the first `SHOWN`."""
        return max(0, len(self.patterns) - SHOWN)

    @property
    def times(self) -> int:
        return len(self.lighthouses) + len(self.patterns)


def gathered(mentions: Iterable[Mention], *, known: Collection[str] = ()) -> tuple[Wanted, ...]:
    """Return what `mentions` want, the most often named first, then what a lighthouse uses, then by name.

    Spellings that differ in case, spaces and hyphens are one name. Left out is what names no pattern a person could
    write: machine-made ids and template words (`is_name`), and `known` keys (see `key_of`).
    """
    by_key: dict[str, list[Mention]] = {}
    for mention in mentions:
        if is_name(mention.name) and (key := key_of(mention.name)) and key not in known:
            by_key.setdefault(key, []).append(mention)
    found = [_wanted(group) for group in by_key.values()]
    return tuple(sorted(found, key=lambda one: (-one.times, not one.lighthouses, one.name.casefold(), one.name)))


def is_name(text: str) -> bool:
    """Whether `text` could be the name of a pattern: a few words, and no id, address, path or template word."""
    name = " ".join(text.split())
    letters = sum(sign.isalpha() for sign in name)
    return (
        letters >= 3
        and letters * 2 > len(name)
        and len(name) <= LONGEST
        and name.isprintable()
        and len(re.split(r"[\s_-]+", name)) <= MOST_WORDS
        and not _IDENTIFIER.fullmatch(name)
        and not _NO_NAME.search(name)
        and key_of(name) not in _EMPTY
    )


def key_of(name: str) -> str:
    """Return what all spellings of a name share: `Self-Awareness`, `self awareness` and `self_awareness` are one."""
    return slugify(name.replace("_", "-"), allow_unicode=True)


def _wanted(group: list[Mention]) -> Wanted:
    once = list({(one.kind, one.slug): one for one in reversed(group)}.values())
    order = sorted(once, key=lambda one: (one.title.casefold(), one.slug))
    return Wanted(
        name=_best(one.name for one in group),
        lighthouses=tuple(one for one in order if one.kind == "lighthouse"),
        patterns=tuple(one for one in order if one.kind != "lighthouse"),
    )


def _best(names: Iterable[str]) -> str:
    """The spelling a person would use: one with spaces and capitals before a slug, which is put into words."""
    spelt = sorted({" ".join(name.split()) for name in names})
    chosen = max(spelt, key=lambda name: (" " in name, name != name.lower()))
    return chosen if " " in chosen or chosen != chosen.lower() else words(chosen)

"""Every name of the library as questions may say it, laid out to be looked up. Pure.

A title counts before an alias, an alias before what can be read off a title (the part before a dash, what stands in
brackets, a title without the word that half the library ends with), and that before wordings and initials.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from inference.names.salience import telling
from inference.words.vocabulary import STOP_WORDS, singular

LONGEST_NAME = 8  # words
LONGEST_JOINED = 40  # letters
LEAST_JOINED = 6  # letters of a name that is found however its words are divided
TITLE, ALIAS, READ_OFF, READ_OFF_ALIAS, WORDING = range(5)  # what a name is founded on, the best first
FREQUENT_ENDING = 30  # titles that end alike, from which the last word tells nothing
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]")
_PARTS = re.compile(r"\s+[-–—]\s+|:\s+")
_CODE = re.compile(r"[A-Z]{0,4}\d+\Z")
_ENDING = re.compile(r"isation|ise$|yse$|our|re$")
_ENDINGS = {"isation": "ization", "ise": "ize", "yse": "yze", "our": "or", "re": "er"}


@dataclass(frozen=True, slots=True)
class Named:
    """An entry as it may be called: `kind` is pattern or lighthouse, `names` its title, slug and aliases."""

    kind: str
    id: int
    slug: str
    title: str
    names: tuple[str, ...]
    wordings: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """Every name of the library, ready to be looked for."""

    by_words: dict[tuple[str, ...], Named] = field(default_factory=dict)
    by_joined: dict[str, Named] = field(default_factory=dict)
    by_initials: dict[str, Named] = field(default_factory=dict)
    namesakes: dict[tuple[str, ...], tuple[Named, ...]] = field(default_factory=dict)
    """Other entries whose title, or the name it is known by, is the same."""
    vocabulary: set[str] = field(default_factory=set)
    by_start: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """The words of the vocabulary by their first letter and their number of letters."""


def gather(entries: Iterable[Named]) -> Names:
    """Make the table. Of two entries with one name the better reason counts, then the shorter title, then the first."""
    known = list(entries)
    endings = Counter(normal(found[-1]) for one in known if (found := _WORD.findall(one.title)))
    frequent = frozenset(word for word, count in endings.items() if count >= FREQUENT_ENDING)
    claims: dict[tuple[str, ...], tuple[int, int, int, Named]] = {}
    titled: dict[tuple[str, ...], dict[str, Named]] = defaultdict(dict)
    for place, entry in enumerate(known):
        for rank, name in _spellings(entry, frequent):
            key = tuple(normal(word) for word in _WORD.findall(name))[:LONGEST_NAME]
            if not key or all(word in STOP_WORDS for word in key) or len("".join(key)) < 3:
                continue
            claim = (rank, len(entry.title), place, entry)
            if rank in {TITLE, READ_OFF}:
                titled[key].setdefault(entry.slug, entry)
            if key not in claims or claim[:3] < claims[key][:3]:
                claims[key] = claim
    names = Names(by_words={key: claim[3] for key, claim in claims.items()})
    for key, claim in sorted(claims.items(), key=lambda item: item[1][:3]):
        names.vocabulary.update(key)
        if LEAST_JOINED <= len(one := "".join(key)) <= LONGEST_JOINED:
            names.by_joined.setdefault(one, claim[3])
    for word in names.vocabulary:
        names.by_start.setdefault((word[0], len(word)), []).append(word)
    names.by_initials = _initials(known)
    names.namesakes = {key: tuple(some.values()) for key, some in titled.items() if len(some) > 1}
    return names


@lru_cache(maxsize=65_536)
def normal(word: str) -> str:
    """A word as compared: without case, accents, possessive and plural endings, British and American alike."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    one = singular(re.sub(r"['’]s?$|['’]", "", plain))
    return _ENDING.sub(lambda found: _ENDINGS[found[0]], one) if len(one) > 5 else one


def joined(key: tuple[str, ...]) -> str:
    """A key without the breaks between its words, or nothing where it is too long to be a name."""
    one = "".join(key)
    return one if LEAST_JOINED <= len(one) <= LONGEST_JOINED else ""


def _spellings(entry: Named, frequent: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Names with how well founded each is, the lowest best."""
    title, *others = entry.names
    yield TITLE, title
    for name in others:
        yield ALIAS, name
    for place, name in enumerate(entry.names):
        for derived in _derived(name, frequent):
            yield READ_OFF + (place > 0), derived
    for wording in entry.wordings:
        if telling([normal(word) for word in _WORD.findall(wording)]) > 1:
            yield WORDING, wording


def _derived(name: str, frequent: frozenset[str]) -> Iterator[str]:
    """What else a name says: without and within brackets, before a dash, without a code or a frequent last word."""
    if _ASIDE.search(name):
        yield _ASIDE.sub("", name)
        yield name[: _ASIDE.search(name).start()]
        yield from (match[1] for match in _ASIDE.finditer(name))
    head, *tail = _PARTS.split(_ASIDE.sub("", name), maxsplit=1)
    if tail:
        yield tail[0] if _CODE.match(head) else head
    found = _WORD.findall(head)
    if found and found[0].lower() in {"the", "a", "an"}:
        yield head.split(maxsplit=1)[-1]
    if len(found) > 2 and normal(found[-1]) in frequent and telling([one.lower() for one in found[:-1]]) > 1:
        yield head[: head.rindex(found[-1])]


def _initials(entries: Iterable[Named]) -> dict[str, Named]:
    """Entries by the first letters of their titles, three or more, or by a name in capitals that is an ordinary word
    in small ones (LETS); where no two have the same.
    """
    found: dict[str, list[Named]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            if len(name) > 2 and name.isascii() and name.isalpha() and name.isupper() and normal(name) in STOP_WORDS:
                found[name.lower()].append(entry)
        words = [word for word in re.findall(r"[^\W_]+", _ASIDE.sub("", entry.title)) if word.lower() not in STOP_WORDS]
        if len(words) > 2:
            found["".join(word[0].lower() for word in words)].append(entry)
    return {letters: some[0] for letters, some in found.items() if len(some) == 1}

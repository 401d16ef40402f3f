"""Reads what a question tells of its asker. Pure: the values the library knows are handed in.

Only where people speak of themselves or of whom something is for ("we are a …", "for a small …"): a question about
cooperatives is not asked by one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from inference.cues.concepts import CONCEPTS, ROLES
from inference.types import Cue
from inference.words.vocabulary import singular

AXES = ("archetype", "stage", "sector")
READ = 2_000  # characters of a question
FEW, MANY = 50, 250  # people up to which something is small, and from which it is large
A_TEAM = 15  # people who can sit around one table
KIND_WITHIN = 7  # words in which it is said what somebody is
ROLE_WITHIN = 4  # words, counted from where the asker begins to speak of themselves
REACH = 12  # words of a stretch in which somebody is described

Offered = Mapping[str, Mapping[str, str]]


_WORD = re.compile(r"[^\W_]+(?:['’]\w+)?")
# "How do we run a meeting?" does not say who we are.
NOT_ASKED = "".join(
    f"(?<!\\b{word} )" for word in ("do", "can", "should", "could", "would", "must", "may", "might", "did")
)
_ME = rf"i am|i'm|i’m|as an?|being an?|{NOT_ASKED}i (?:run|lead|manage|own|live|work|teach|want|plan|have)"
_US = rf"we are|we're|we’re|{NOT_ASKED}we (?:run|lead|manage|own|have|live|work|want|plan|started)|our|my|us"
_SIZES = r"small|large|big|young|new|early|mature|growing|tiny|local|rural|urban|public|ten|\d+"
_SELF = re.compile(rf"\b(?:(?P<me>{_ME})|{_US})\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for|in|at|within|suits?|fits?|helps?|inside|about) "
    rf"(?:(?:an?|our|my|the|your)\b|(?=(?:very )?(?:{_SIZES})\b))"
    r"|\bwhat about\b|\b(?:an?|the) (?=[\w -]{1,30}\b(?:that|which|who)\b)",
    re.IGNORECASE,
)
_SECTOR = re.compile(r"\bin (?:the )?(\w+(?: \w+)?) (?:sector|industry)\b", re.IGNORECASE)
_STOP_AT = re.compile(r"[.?!;:]|\b(?:how|what|which|who|where|when|should|but)\b", re.IGNORECASE)
_COUNTED = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = {word: 10 * place for place, word in enumerate(("thirty", "forty", "fifty", "sixty", "seventy"), 3)}
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, 1)} | _TENS | {"dozen": 12, "hundred": 100}
_PEOPLE = (
    "person|people|member|employee|staff|household|resident|inhabitant|family|families|founder|worker|volunteer|nurse"
    "|teacher|student|farmer|of us|developer|engineer|home|flat|unit|colleague|neighbou?r"
)
_COUNT = re.compile(
    rf"\b(\d{{1,3}}(?:[,. ]?\d{{3}}){{0,2}}|{'|'.join(_NUMBERS)})(?: (hundred|thousand))?[ -]"
    rf"(?:\w+[ -])?(?:{_PEOPLE})s?\b",
    re.IGNORECASE,
)
_SMALL = frozenset(("small", "tiny", "little", "handful", "few"))
_LARGE = frozenset(("large", "big", "huge", "multinational", "global"))


def read(question: str, offered: Offered, *, besides: Iterable[str] = ()) -> tuple[Cue, ...]:
    """What `question` tells, each thing once. `offered` holds the library's values: axis to key to label.

    `besides` are the names of entries in the question, which say nothing of the asker.
    """
    text = question[:READ]
    for name in besides:
        text = re.sub(re.escape(name), lambda found: "·" * len(found[0]), text, flags=re.IGNORECASE)
    found: dict[tuple[str, str], Cue] = {}
    stretches = list(_stretches(text))
    for who, stretch in stretches:
        for cue in _in(stretch, offered, who=who):
            found.setdefault((cue.axis, cue.label), cue)
    for match in _SECTOR.finditer(text):
        for cue in _in(match[1], offered, who=""):
            found.setdefault((cue.axis, cue.label), cue)
    if stretches and (scale := _scale(stretches)):
        found.setdefault((scale.axis, scale.label), scale)
    cues = list(found.values())
    if not any(cue.axis == "archetype" for cue in cues) and (sized := _by_size(cues, offered)):
        cues.append(sized)
    return tuple(cues)


def chosen(cues: Iterable[Cue]) -> dict[str, tuple[str, ...]]:
    """The library's values that the cues stand for, by axis; axes without any are left out."""
    keys: dict[str, dict[str, None]] = {}
    for cue in cues:
        if cue.axis in AXES and cue.keys:
            keys.setdefault(cue.axis, {}).update(dict.fromkeys(cue.keys))
    return {axis: tuple(some) for axis, some in keys.items()}


def told(cues: Sequence[Cue]) -> str:
    """The cues in words: `cooperative, small (10 people), housing`."""
    order = {"role": 0, "archetype": 1, "scale": 2, "stage": 3, "sector": 4}
    labels = dict.fromkeys(cue.label for cue in sorted(cues, key=lambda cue: order.get(cue.axis, 5)))
    return ", ".join(labels)


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    """Where somebody is described: the asker (`me`), the asker's group (`us`), or nobody in particular."""
    for begins in (_SELF, _FOR):
        for match in begins.finditer(text):
            who = "" if begins is _FOR else "me" if match["me"] else "us"
            rest = text[match.end() : match.end() + 200]
            end = _STOP_AT.search(rest)
            yield who, " ".join(rest[: end.start() if end else None].split()[:REACH])


def _in(stretch: str, offered: Offered, *, who: str) -> Iterator[Cue]:
    words = [_folded(match[0]) for match in _WORD.finditer(stretch.replace("-", " "))]
    spoken, begun = (f" {' '.join(some)} " for some in (words, words[:KIND_WITHIN]))
    heard = set()
    for axis in AXES:
        for key, label in offered.get(axis, {}).items():
            phrase = _spoken(key)
            if f" {phrase} " in (begun if axis == "archetype" else spoken) and _may_tell(axis, (key,), who):
                heard.add(phrase)
                yield Cue(axis, label, phrase, (key,))
    for axis, values, phrase in _phrases():
        if f" {phrase} " not in (begun if axis == "archetype" else spoken) or not _may_tell(axis, values, who):
            continue
        have = [value for value in values if value in offered.get(axis, {})]
        if have or phrase not in heard:  # a word the library has one value for need not have another
            heard.add(phrase)
            yield Cue(axis, offered[axis][have[0]] if have else values[0].replace("-", " "), phrase, tuple(have[:2]))
    if who == "me":
        begun = f" {' '.join(words[:ROLE_WITHIN])} "
        if role := next((role for role in _roles() if f" {role} " in begun), ""):
            yield Cue("role", role, role)


def _may_tell(axis: str, values: tuple[str, ...], who: str) -> bool:
    """A stage is only said of oneself, and only one who says "I" is an individual."""
    if axis == "stage":
        return bool(who)
    return who == "me" or "individual" not in values[:1]


def _scale(stretches: Sequence[tuple[str, str]]) -> Cue | None:
    for who, stretch in stretches:
        if who and (match := _COUNT.search(stretch)) and (number := _number(match[1], match[2])) > 1:
            size = "small" if number < FEW else "large" if number >= MANY else "medium-sized"
            return Cue("scale", f"{size} ({number:,})", match[0])
    for _, stretch in stretches:
        first = [word.lower() for word in stretch.split()[:4]]
        for word in first:
            if word in _SMALL or word in _LARGE:
                return Cue("scale", "small" if word in _SMALL else "large", word)
    return None


def _by_size(cues: Sequence[Cue], offered: Offered) -> Cue | None:
    """A group of people that is called nothing else is a team where it fits around a table."""
    counted = next((cue for cue in cues if cue.axis == "scale" and "(" in cue.label), None)
    if counted is None:
        return None
    number = int(re.sub(r"\D", "", counted.label))
    key = "team" if number <= A_TEAM else "enterprise" if number >= 10 * MANY else ""
    return (
        Cue("archetype", offered["archetype"][key], counted.said, (key,))
        if key in offered.get("archetype", {})
        else None
    )


def _number(written: str, times: str | None) -> int:
    digits = re.sub(r"\D", "", written)
    number = int(digits) if digits else _NUMBERS[written.lower()]
    return number * ({"hundred": 100, "thousand": 1000}[times.lower()] if times else 1)


def _folded(word: str) -> str:
    one = singular(re.sub(r"['’]s?$", "", word.lower()))
    return one.replace("isation", "ization").replace("neighbour", "neighbor")


def _spoken(text: str) -> str:
    return " ".join(_folded(match[0]) for match in _WORD.finditer(text.replace("-", " ").replace("/", " ")))


@cache
def _phrases() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Axis, values and phrase of every concept, longer phrases first."""
    found = [(one.axis, one.values, _spoken(phrase)) for one in CONCEPTS for phrase in one.words]
    return tuple(sorted(found, key=lambda each: -len(each[2])))


@cache
def _roles() -> tuple[str, ...]:
    return tuple(sorted((_spoken(role) for role in ROLES), key=lambda role: -len(role)))

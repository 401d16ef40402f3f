"""Reads passages as an editor does: the sentences worth quoting, and what each is about. Pure.

A line that only announces others ("What risks emerge:") is never quoted, and says what the lines beneath it are about,
into the next passage of its section. A name before a colon ("Clear roles: …") becomes a label.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from inference.quoting import prose
from inference.quoting.aspects import Aspect, aspect_of
from inference.types import Evidence
from inference.words.sentences import sentences
from inference.words.vocabulary import content_words

LEAD = 8  # words of a first sentence that can be the name of a step

_NUMBERED = re.compile(r"^\s*(?:(?:step\s+)?\d{1,2}[.):]|\(\d{1,2}\)|[-*•–])\s+", re.IGNORECASE)
_MARKS = re.compile(r"\s*\[\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]|\*+|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`+")
_LABEL = re.compile(r"^(?P<label>[A-Z0-9“\"'][^.:!?]{1,70}?)\s*:\s+(?=[\"“‘(]?[A-Z0-9])")
_COUNTED = re.compile(r"(?:phase|step|stage|part|week|day|level|principle)\s*(?:\d+|one|two|three)$", re.IGNORECASE)
_UNFIT = re.compile(
    r"\b(?:less (?:effective|suit\w+|appropriate)|not (?:suit\w+|appropriate|ideal|designed|meant|intended)"
    r"|unsuitable|ill-suited)\b"
)
_TURNS = {Aspect.GAINS, Aspect.RISKS, Aspect.SIGNS, Aspect.DECAY, Aspect.LIMITS}  # what a name in a line may turn to


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it may be quoted.

    `number` cites its passage; `order` sorts what one entry says as its text does; `label` is the name before it,
    `head` whether it begins its paragraph or item, `persona` whether its line is for one kind of reader.
    """

    text: str
    number: int
    evidence: Evidence
    order: tuple[int, int, int]
    aspect: Aspect | None
    label: str
    head: bool
    persona: bool

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1

    @property
    def stems(self) -> frozenset[str]:
        return stems_of(self.text)

    @property
    def empty(self) -> bool:
        """Whether it only announces what follows, or praises and says nothing."""
        return prose.is_empty(self.text)

    @property
    def leans(self) -> bool:
        """Whether it cannot stand without the sentence before it; the words after the name of a step can."""
        return not (self.head and self.label) and prose.leans(self.text)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a passage: `announces` is set where it is only a heading, `about` where it says what it is about.

    `lead` is its first sentence where that is short: what a step is called.
    """

    announces: str | None = None
    about: Aspect | None = None
    label: str = ""
    lead: str = ""
    text: str = ""
    persona: bool = False
    sentences: tuple[tuple[int, str], ...] = ()


def read(evidence: Sequence[Evidence]) -> list[Said]:
    """Everything in the evidence that is worth quoting, entry by entry in the order of its text."""
    found: list[Said] = []
    before: tuple[int, str] | None = None
    heading, above = "", None
    numbered = sorted(enumerate(evidence, 1), key=lambda pair: (pair[1].kind, pair[1].slug, pair[1].start))
    for number, one in numbered:
        if one.passage_id is None:
            continue
        here = (one.revision_id, one.section)
        if here != before:
            heading, above = "", None
        before = here
        section = aspect_of(one.section)
        for place, line in enumerate(_lines(one.text)):
            if line.announces is not None:
                heading, above = line.announces, line.about
                continue
            above = line.about or above
            aspect = above if above and section != Aspect.ASIDE else section
            if aspect == Aspect.FIT and _UNFIT.search(line.text):
                aspect = Aspect.LIMITS
            label, heading = line.label or ("" if above else heading), ""
            skip = 1 if aspect == Aspect.STEPS and line.lead and not label and len(line.sentences) > 1 else 0
            label = label or (line.lead if skip else "")
            persona = line.persona or (bool(label) and prose.is_for_one_reader(f"{label}:"))
            found += [
                Said(
                    text,
                    number,
                    one,
                    (one.start, place, position),
                    aspect,
                    label if at == 0 else "",
                    at == 0,
                    persona,
                )
                for at, (position, text) in enumerate(line.sentences[skip:])
                if text.count(" ") + 1 >= prose.SHORTEST
            ]
    return found


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[_Line, ...]:
    return tuple(_line(raw) for raw in text.splitlines() if raw.strip())


def _line(raw: str) -> _Line:
    text = " ".join(_MARKS.sub("", _NUMBERED.sub("", raw)).split())
    if raw.count("|") >= 2:
        return _Line()
    count = text.count(" ") + 1
    if (count <= 8 and (text.endswith(":") or text[-1:] not in '.!?…"”’)')) or count <= 3:
        return _Line(announces=text.rstrip(" :."), about=aspect_of(text))
    persona = prose.is_for_one_reader(text)
    named = _LABEL.match(text)
    label = named["label"] if named and named["label"].count(" ") < 9 else ""
    rest = text[named.end() :] if named and label else text
    label = "" if _COUNTED.match(label) else label
    said = list(sentences(rest))
    about = None
    if not label and said and said[0].count(" ") < 4 and (about := aspect_of(said[0])) and len(said) > 1:
        said = said[1:]
    elif label:
        about = aspect_of(label) if label.count(" ") < 4 and aspect_of(label) in _TURNS else None
    lead = said[0].rstrip(".") if len(said) > 1 and said[0].endswith(".") and said[0].count(" ") < LEAD else ""
    numbered = enumerate(_NUMBERED.sub("", one) for one in said)
    kept = tuple(pair for pair in numbered if prose.is_quotable(pair[1]) or (lead and pair[0] == 0))
    return _Line(about=about, label="" if about else label, lead=lead, text=text, persona=persona, sentences=kept)


@lru_cache(maxsize=16_384)
def stems_of(text: str) -> frozenset[str]:
    """The distinct stems of a text that carry meaning."""
    return frozenset(content_words(text))

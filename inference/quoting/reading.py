"""Reads passages as an editor does: the sentences worth quoting, and what each is about. Pure.

A line that only announces others ("What risks emerge:") is never quoted, and says what the lines beneath it are about,
into the next passage of its section. A name before a colon ("Clear roles: …") becomes a label.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from inference.quoting.aspects import Aspect, aspect_of
from inference.sentences import sentences
from inference.types import Evidence
from inference.vocabulary import content_words

SHORTEST, LONGEST = 5, 55  # words of a sentence worth quoting
LEAD = 8  # words of a first sentence that can be the name of a step

_NUMBERED = re.compile(r"^\s*(?:(?:step\s+)?\d{1,2}[.):]|\(\d{1,2}\)|[-*•–])\s+", re.IGNORECASE)
_MARKS = re.compile(r"\s*\[\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]|\*+|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`+")
_LABEL = re.compile(r"^(?P<label>[A-Z0-9“\"'][^.:!?]{1,70}?)\s*:\s+(?=[\"“‘(]?[A-Z0-9])")
_COUNTED = re.compile(r"(?:phase|step|stage|part|week|day|level|principle)\s*(?:\d+|one|two|three)$", re.IGNORECASE)
_RESIDUE = re.compile(
    r"\[!|★|\b(?:https?:|www\.|doi\b)|\w_\w|[{}<>|]|\bconfidence rating\b|\d+\s*[-–]\s*\d+ words\b|\bscores?\b[^.]*\d"
    r"|\d/\d\d?\b|\bassessment\b|\(v\d|\bcore conflict is\b|\bthis (?:pattern|section|article|document|chapter)\b"
    r"|\b(?:mentioned|described|listed|shown|see|outlined|discussed) (?:above|below|earlier)\b|\b(?:as follows|the following)\b",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"^[\"“‘']?(?:this|these|that|those|it|its|it's|they|their|them|he|she|his|her|such|both|neither|however|but|and|or|so"
    r"|then|also|moreover|furthermore|additionally|consequently|instead|yet|still|here|there|another|others?|some of"
    r"|despite (?:this|these|its|such)|finally|next|first|second|third|secondly|thirdly|lastly|similarly|likewise|conversely|thus|hence|meanwhile"
    r"|nevertheless|nonetheless|once (?:this|that|these)|one (?:of the|example|key|such)|each of (?:these|them)|all of (?:this|these)"
    r"|the (?:first|second|third|latter|former|same|other|others|result|answer|next|final|real|following|above|rest)"
    r"|for (?:example|instance|this|that|these)|in (?:addition|contrast|other words|this|these|that|another|each|such|short|turn)"
    r"|the (?:pattern|term|(?:process|approach|method|model|concept|practice|framework)(?! of))"
    r"|(?:with|once) [^,]{4,60}(?:in place|defined|established|set|formed|created|ready)\b"
    r"|as a result|as such|with (?:this|that|these)|by (?:this|that|these|doing)|to (?:this|that) end|after (?:this|that)"
    r"|because of (?:this|that)|on the other hand|without (?:this|it|them)|only then|what comes out|at the same time|beyond this)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(  # words inside a sentence that only its neighbours explain
    r"^(?:[^,]{0,40}, )?(?:this|these|those|it|they|he|she)\b|\b(?:the latter|the former|the small ones|number (?:one|two|three|four|five|six|seven))\b",
    re.IGNORECASE,
)
_UNFIT = re.compile(r"\b(?:less (?:effective|suit\w+|appropriate)|not (?:suit\w+|appropriate|ideal)|unsuitable|ill-suited)\b", re.I)
_REFERS = re.compile(r"\b(?:it|its|they|their|them|this|these|those|he|she)\b", re.IGNORECASE)
_PERSONA = re.compile(  # a line for one kind of reader, as newer files have them beneath each step
    r"^(?:in |for |as )?[^.:]{0,40}\b(?:corporate|governments?|activists?|tech(?:nology)?|public service)\b[^.:]{0,60}:",
    re.IGNORECASE,
)
# Sentences that only say that something follows, or praise and say nothing.
_EMPTY = re.compile(
    r"\b(?:a|the) (?:\w+ )?(?:set|number|series|collection|range|variety) of (?:\w+,? ){0,3}(?:principles|practices|steps|elements|contexts|situations|settings|values)\b"
    r"|\b(?:several|a few|some|many|various|(?:three|four|five|six|seven|eight|nine|ten|twelve)) (?:\w+,? ){0,3}(?:principles|elements|prerequisites|steps|practices"
    r"|challenges|pitfalls|factors|ways|components|areas|stages|phases)\b(?! [a-z]+ed by| of)"
    r"|\b(?:is|are) an? (?:\w+ and )?(?:powerful|versatile|highly|valuable|critical|vital|essential) (?:\w+ )?(?:methodology|tool|framework|approach|practice|technique|enabler|organi[sz]ations?)\b"
    r"|\b(?:structured|systematic|phased|careful|thoughtful) (?:and \w+ )?(?:approach|process|rollout|planning)\b"
    r"|\b(?:key|core|guiding|fundamental) principles that\b|\binclude:|\bkey success factors\b|^[A-Z]\w+, (?:who|which)\b[^,]*\.$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!…][\"”’')]*$")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it may be quoted.

    `number` cites its passage; `order` sorts what one entry says as its text does; `label` is the name before it, `head`
    whether it begins its paragraph or item, `leads_on` whether it goes on from the sentence before it, `empty` whether
    it only announces what follows.
    """

    text: str
    number: int
    evidence: Evidence
    order: tuple[int, int, int]
    aspect: Aspect | None
    label: str
    head: bool
    leads_on: bool
    persona: bool
    empty: bool
    stems: frozenset[str]

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a passage: `about` is set where it says so itself, `announces` where it is only a heading."""

    announces: str | None
    about: Aspect | None
    label: str
    text: str
    lead: str  # its first sentence where that is short: what a step is called
    persona: bool
    sentences: tuple[tuple[int, str, frozenset[str], bool, bool], ...]


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
            found += [
                Said(text, number, one, (one.start, place, position), aspect, label if at == 0 else "", at == 0,
                     leads_on and not (skip and at == 0), line.persona, empty, stems)
                for at, (position, text, stems, leads_on, empty) in enumerate(line.sentences[skip:])
                if text.count(" ") + 1 >= SHORTEST
            ]  # fmt: skip
    return found


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[_Line, ...]:
    return tuple(_line(raw) for raw in text.splitlines() if raw.strip())


def _line(raw: str) -> _Line:
    text = " ".join(_MARKS.sub("", _NUMBERED.sub("", raw)).split())
    if raw.count("|") >= 2:
        return _Line(None, None, "", "", "", False, ())
    count = text.count(" ") + 1
    if (count <= 8 and (text.endswith(":") or text[-1:] not in ".!?…\"”’)")) or count <= 3:
        return _Line(text.rstrip(" :."), aspect_of(text), "", text, "", False, ())
    persona = bool(_PERSONA.match(text))
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
    kept = tuple(
        (
            position,
            sentence,
            frozenset(content_words(sentence)),
            bool(_LEADS_ON.match(sentence)),
            bool(_EMPTY.search(sentence)),
        )
        for position, sentence in enumerate(_NUMBERED.sub("", one) for one in said)
        if _is_quotable(sentence) or (lead and position == 0)
    )
    return _Line(None, about, "" if about else label, text, lead, persona, kept)


_TURNS = {Aspect.GAINS, Aspect.RISKS, Aspect.SIGNS, Aspect.DECAY, Aspect.LIMITS}


def _is_quotable(sentence: str) -> bool:
    """Whether a sentence is whole, a statement, and free of what is not prose."""
    if not SHORTEST <= sentence.count(" ") + 1 <= LONGEST or not _ENDS.search(sentence):
        return False
    first = sentence.lstrip("\"“‘'(")[:1]
    if not (first.isupper() or first.isdigit()) or _RESIDUE.search(sentence):
        return False
    if sentence.count("(") != sentence.count(")") or sentence.count("“") != sentence.count("”"):
        return False
    return sentence.count('"') % 2 == 0 and "…." not in sentence


def leans(said: Said) -> bool:
    """Whether a sentence cannot stand without the one before it."""
    return said.leads_on or bool(_LEANS.search(said.text)) or (said.words < 10 and bool(_REFERS.search(said.text)))

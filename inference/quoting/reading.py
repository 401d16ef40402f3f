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
SHORT = 10  # words of a sentence that a pronoun makes depend on another
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
    r"^(?:[^,]{0,40}, |(?:while|although|though|if|when|because|since|as|by|unless) )?(?:this|these|those|it|they|he|she)\b|\b(?:the latter|the former|the small ones|number (?:one|two|three|four|five|six|seven))\b",
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
    r"|\brequires? (?:an? |the )?(?:[\w-]+ ){0,4}(?:approach|planning|commitment|effort|buy-in|expertise|facilitation)\b"
    r"|\b(?:key|core|guiding|fundamental) principles that\b|\binclude:|\bkey success factors\b|^[A-Z]\w+, (?:who|which)\b[^,]*\.$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!…][\"”’')]*$")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it may be quoted.

    `number` cites its passage; `order` sorts what one entry says as its text does; `label` is the name before it, `head`
    whether it begins its paragraph or item, `persona` whether its line is for one kind of reader.
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
        return _is_empty(self.text)

    @property
    def leans(self) -> bool:
        """Whether it cannot stand without the sentence before it; the words after the name of a step can."""
        return not (self.head and self.label) and _leans(self.text)


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
            found += [
                Said(text, number, one, (one.start, place, position), aspect, label if at == 0 else "", at == 0, line.persona)
                for at, (position, text) in enumerate(line.sentences[skip:])
                if text.count(" ") + 1 >= SHORTEST
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
    if (count <= 8 and (text.endswith(":") or text[-1:] not in ".!?…\"”’)")) or count <= 3:
        return _Line(announces=text.rstrip(" :."), about=aspect_of(text))
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
    numbered = enumerate(_NUMBERED.sub("", one) for one in said)
    kept = tuple(pair for pair in numbered if _is_quotable(pair[1]) or (lead and pair[0] == 0))
    return _Line(about=about, label="" if about else label, lead=lead, text=text, persona=persona, sentences=kept)


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


@lru_cache(maxsize=16_384)
def stems_of(text: str) -> frozenset[str]:
    """The distinct stems of a text that carry meaning."""
    return frozenset(content_words(text))


@lru_cache(maxsize=16_384)
def _is_empty(text: str) -> bool:
    return bool(_EMPTY.search(text))


@lru_cache(maxsize=16_384)
def _leans(text: str) -> bool:
    short = text.count(" ") + 1 < SHORT
    return bool(_LEADS_ON.match(text) or _LEANS.search(text) or (short and _REFERS.search(text)))

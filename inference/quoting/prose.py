"""Tells prose worth quoting from the rest: residue, half sentences, and sentences that say nothing or lean on others.

Rules for English, each for a kind of text that the files of this library really hold.
"""

import re
from functools import lru_cache

SHORTEST, LONGEST = 5, 55  # words of a sentence worth quoting
SHORT = 10  # words of a sentence that a pronoun makes depend on another

_COUNT = "several|a few|some|many|various|two|three|four|five|six|seven|eight|nine|ten|twelve"
_KINDS = (
    "principles|elements|prerequisites|steps|practices|challenges|pitfalls|factors|ways|components|areas|stages|phases"
)
_PRONOUN = "this|these|those|it|they|he|she"


def _any(*parts: str) -> str:
    return f"(?:{'|'.join(parts)})"


_ENDS = re.compile(r"[.!…][\"”’')]*$")
_RESIDUE = re.compile(
    _any(
        r"\[!|★|\b(?:https?:|www\.|doi\b)",
        r"\w_\w|[{}<>|]|\(v\d",
        r"\bconfidence rating\b|\bassessment\b|\bscores?\b[^.]*\d|\d/\d\d?\b",
        r"\d+\s*[-–]\s*\d+ words\b",
        r"\bcore conflict is\b",
        r"\bthis (?:pattern|section|article|document|chapter)\b",
        r"\b(?:mentioned|described|listed|shown|see|outlined|discussed) (?:above|below|earlier)\b",
        r"\b(?:as follows|the following)\b",
        r"^[A-Z]\w+, (?:who|which)\b[^,]*\.$",
    ),
    re.IGNORECASE,
)
# Sentences that go on from the one before.
_LEADS_ON = re.compile(
    r"^[\"“‘']?"
    + _any(
        r"this|these|that|those|it|its|it's|they|their|them|he|she|his|her|such|both|neither|another|others?|some of",
        r"however|but|and|or|so|then|also|moreover|furthermore|additionally|consequently|instead|yet|still|here|there",
        r"finally|next|first|second|third|secondly|thirdly|lastly|similarly|likewise|conversely|thus|hence|meanwhile",
        r"nevertheless|nonetheless|despite (?:this|these|its|such)|as a result|as such|at the same time|beyond this",
        r"once (?:this|that|these)|with (?:this|that|these)|by (?:this|that|these|doing)|after (?:this|that)",
        r"because of (?:this|that)|without (?:this|it|them)|to (?:this|that) end|only then",
        r"for (?:example|instance|this|that|these)|on the other hand",
        r"in (?:addition|contrast|other words|this|these|that|another|each|such|short|turn)",
        r"one (?:of the|example|key|such)|each of (?:these|them)|all of (?:this|these)|what comes out",
        r"the (?:first|second|third|latter|former|same|other|others|result|answer|next|final|real|above|rest)",
        r"the (?:pattern|term|(?:process|approach|method|model|concept|practice|framework)(?! of))",
        r"(?:with|once) [^,]{4,60}(?:in place|defined|established|set|formed|created|ready)",
    )
    + r"\b",
    re.IGNORECASE,
)
# Words further in that only a neighbour explains.
_LEANS = re.compile(
    r"^(?:[^,]{0,40}, |(?:while|although|though|if|when|because|since|as|by|unless) )?"
    rf"(?:{_PRONOUN}|its|their)\b|\bthe (?:latter|former|small ones)\b|\bnumber (?:one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(rf"\b(?:{_PRONOUN}|its|their|them)\b", re.IGNORECASE)
# Sentences that only say that something follows, or praise and say nothing.
_EMPTY = re.compile(
    _any(
        r"\b(?:guided|grounded|founded|based|built|underpinned|governed|defined|characteri[sz]ed|rooted|involves?|includes?"
        r"|follow(?:s|ed)?|applied|employs?|broken down)\b[^.]{0,40}\b(?:a|the) (?:\w+ )?"
        r"(?:set|number|series|collection|range|variety) of"
        r" (?:\w+,? ){0,3}(?:principles|practices|steps|elements|contexts|situations|settings|values)\b",
        rf"\b(?:{_COUNT}) (?:\w+,? ){{0,3}}(?:{_KINDS})\b(?! [a-z]+ed by| of)",
        r"\b(?:is|are) an? (?:\w+ and )?(?:powerful|versatile|highly|valuable|critical|vital|essential) (?:\w+ )?"
        r"(?:methodology|tool|framework|approach|practice|technique|enabler|organi[sz]ations?)\b",
        r"\b(?:requires?|involves?|follows?|demands?|needs?)\b[^.]{0,40}\b(?:structured|systematic|phased|careful|thoughtful)\b",
        r"\brequires? (?:an? |the )?(?:[\w-]+ ){0,4}"
        r"(?:approach|planning|commitment|effort|buy-in|expertise|facilitation)\b",
        r"\b(?:key|core|guiding|fundamental) principles that\b|\binclude:|\bkey success factors\b",
    ),
    re.IGNORECASE,
)
_PERSONA = re.compile(  # a line for one kind of reader, as newer files have them beneath each step
    r"^[^.:]{0,44}\b(?:corporate|governments?|activists?|tech(?:nology)?|public service)\b[^.:]{0,60}:",
    re.IGNORECASE,
)


def is_quotable(sentence: str) -> bool:
    """Whether a sentence is whole, a statement, and free of what is not prose."""
    if not SHORTEST <= sentence.count(" ") + 1 <= LONGEST or not _ENDS.search(sentence):
        return False
    first = sentence.lstrip("\"“‘'(")[:1]
    if not (first.isupper() or first.isdigit()) or _RESIDUE.search(sentence):
        return False
    pairs_close = sentence.count("(") == sentence.count(")") and sentence.count("“") == sentence.count("”")
    return pairs_close and sentence.count('"') % 2 == 0 and "…." not in sentence


def is_for_one_reader(line: str) -> bool:
    """Whether a line speaks to one kind of reader only ("Government (public hearings): …")."""
    return bool(_PERSONA.match(line))


@lru_cache(maxsize=16_384)
def is_empty(sentence: str) -> bool:
    """Whether a sentence only announces what follows, or praises and says nothing."""
    return bool(_EMPTY.search(sentence))


@lru_cache(maxsize=16_384)
def leans(sentence: str) -> bool:
    """Whether a sentence cannot stand without the one before it."""
    short = sentence.count(" ") + 1 < SHORT
    return bool(_LEADS_ON.match(sentence) or _LEANS.search(sentence) or (short and _REFERS.search(sentence)))

"""The turns of phrase by which people ask for a comparison, for relations, for uses, or describe a situation. Pure.

Each is a bounded regular expression, so that no text takes longer than its length.
"""

import re

from inference.cues import NOT_ASKED


def _any(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of these phrases as whole words."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE | re.DOTALL)


LETTERS = re.compile(r"[^\W\d_]{2}")
GREETING = re.compile(
    r"\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|thanks?(?: you)?(?: very much)?|bye|goodbye"
    r"|how are you(?: today| doing)?|what'?s up|who are you|test(?:ing)?)(?: there| all| everyone)?\W*$",
    re.IGNORECASE,
)

COMPARE = _any(
    r"vs\.?",
    r"versus",
    r"differences?\b.{0,200}\b(?:between|from|and|to)",
    r"differs?\b.{0,80}\b(?:from|between)",
    r"different(?:ly)? (?:from|to|than)",
    r"how (?:do|does|are|is)\b.{1,120}\band\b.{1,120}\bdiffer(?:ent)?\W*$",
    r"compar(?:e|es|ed|ing|ison)",
    r"distinguish\w*",
    r"same as",
    r"(?:better|rather|worse)\b.{0,60}\bthan",
    r"pros and cons",
    r"should (?:we|i|one|you|they)\b.{1,120}\bor\b",
    r"which (?:of (?:them|these) )?is (?:better|best|right)",
)
DIFFER = _any(r"differ(?:s|ent|ently|ence|ences)?")
EITHER = re.compile(r"^\W*(?:it or \w+(?: \w+){0,3}|(?:\w+ ){1,4}or it)\W*$", re.IGNORECASE)
JOINED = _any(r"how (?:is|are|does|do)\b.{1,200}\b(?:connect(?:ed)?|link(?:ed)?|joined|relate[ds]?)")
CHOICE = _any("or")
SIMILAR = _any(
    r"similar(?:ly)?",
    r"(?:some|any)thing (?:more )?like",
    r"(?:patterns?|practices?|methods?|ideas?|approaches) (?:much )?like",
    r"what (?:else )?(?:is|are|works?) (?:much )?like",
    r"(?:is|are) there (?:any|some|other)\w*\b.{0,40}\blike",
    r"comparable (?:to|with)",
    r"akin to",
    r"resembl\w+",
    r"alternatives?(?: to| for)?",
    r"(?:an)?other (?:way|pattern|method|option|approach)s? (?:than|like|to|besides)",
    r"instead of",
    r"in place of",
    r"substitutes? for",
    r"replacements? for",
    r"closest to",
    r"(?:in the )?(?:same )?spirit of",
)
SHARED = _any(
    r"in common",
    r"shared? by",
    r"(?:do|does) .{1,200}\b(?:both|share)\b",
    r"both (?:use|have|need|require|enable|practi[sc]e|apply|adopt)\w*",
    r"overlap\w*",
)
WAYS = _any(
    r"(?:how|are|is|what|which|where|any)\b.{0,200}\b(?:connect(?:ed|s|ion|ions)?|link(?:ed|s)?|joined|related?)\b",
    r"(?:relation|relationship|connection|link|path|way|route)s? (?:between|from)",
    r"path (?:from|between|to)",
    r"(?:gets?|leads?) from\b.{0,120}\bto",
)
RELATION = _any(
    r"requir\w*",
    r"prerequisites?",
    r"depends? (?:up)?on",
    r"enabl\w*",
    r"makes? possible",
    r"(?:in )?tensions?(?: with)?",
    r"conflicts? with",
    r"contradicts?",
    r"clash(?:es)? with",
    r"pulls? against",
    r"complement\w*",
    r"go(?:es)? (?:well )?(?:together )?with",
    r"combines? (?:well )?with",
    r"speciali[sz](?:es|ed|ation|ations)",
    r"generali[sz]\w*",
    r"(?:kinds?|forms?|variants?|special cases?) of",
    r"(?:related|connected|linked|joined) (?:to|with)",
    r"relates? to",
    r"neighbou?rs? of",
    r"connections? (?:between|of|to)",
    r"leads? to",
    r"tools? for",
    r"builds? on",
    r"needs? before",
    r"need(?:s|ed)? (?:first|for|to have)",
    r"(?:do|must|should) (?:we|i|one|you) (?:\w+ ){0,3}(?:need|have|do) (?:\w+ ){0,3}(?:before|first)",
    r"(?:comes?|do) (?:before|first|after|next)",
    r"what does .{1,120} (?:need|speciali[sz]e)",
)
USE = _any(
    r"(?:what|which) (?:[\w-]+ ){0,2}(?:patterns?|practices?|methods?|tools?|principles?)\b.{0,200}"
    r"\b(?:use[sd]?|using|appl(?:y|ies|ied)|adopt\w*|practi[sc]e[sd]?|follow(?:s|ed)?|in use)",
    r"(?:what|which) (?:does|do|did|has|have)\b.{1,120}\b(?:use[sd]?|adopt(?:ed)?|practi[sc]e[sd]?|appl(?:y|ied))\W*$",
    r"who (?:else )?(?:(?:already |still |really |actually )?use[sd]?|applies|adopted|practi[sc]es|is using|has used)",
    r"(?:where|by whom) (?:is|are|was|were|has|have) .{1,120}\b(?:used|applied|practi[sc]ed|adopted|tried|in use)",
    r"(?:which|what) (?:\w+ )?(?:organi[sz]ations?|companies|cities|towns|communities|lighthouses?|places?|groups?)"
    r"\b.{0,80}\b(?:use[sd]?|using|apply|applies|adopt\w*|practi[sc]e[sd]?|have|has|tried)",
    r"(?:patterns?|practices?) (?:of|at|in|behind|used (?:by|in|at)|from)",
    r"(?:examples?|lighthouses?|cases?) (?:of|for)\b.{0,60}\b(?:organi[sz]ations?|companies|places|cities|use)",
    r"(?:lighthouses?|places|organi[sz]ations|companies|cities) (?:that|which|who|with|using|for)",
)

_SUITS = r"(?:which|what) (?:patterns?|practices?|methods?) (?:\w+ )?(?:fits?|suits?|helps?|should|would|could|can)"
SITUATION = _any(
    r"(?:we are|we're|we’re|i am|i'm|i’m) (?:an?|the|in|at|part of|starting|running|founding|on|about to|planning"
    r"|two|three|four|five|six|seven|eight|nine|ten|\d+|only|just|all|not|\w{3,}ing)\b",
    rf"{NOT_ASKED}(?:we|i) (?:run|lead|manage|own|live in|work (?:in|at|as|for)|have (?:an?|our)|started|founded)",
    r"as an? (?!way\b|result\b|rule\b|whole\b|pattern\b|tool\b|form\b|means\b|consequence\b)\w+",
    _SUITS,
    r"what (?:would|could|might|will|can|should) (?:help|suit|fit|work for|we|i)\b",
    r"(?:patterns?|practices?|methods?|advice|ideas|anything) (?:that (?:suits?|fits?|helps?)|for)",
    r"(?:early|growth|late|seed|scaling|mature|founding)[ -]stage",
    r"(?:for|in|at) (?:an?|our|my) (?:\w+ ){0,3}\w+",
    r"archetypes?",
    r"in the \w+ (?:sector|industry)",
)
TELLS_WHO = _any(r"(?:we are|we're|we’re|i am|i'm|i’m) (?:an?|part of|running|founding|starting)")
ASKS_WHAT_SUITS = _any(
    _SUITS,
    r"what (?:would|could|might) (?:help|suit|fit|work for)\b",
    r"(?:patterns?|practices?|methods?) for (?:an?|our|my|the|small|large|young|new|early)\b",
)
# "What patterns does Volkswagen use?": a proper name in the place of the user.
WHO_USES = re.compile(
    r"\W*(?:[Ww]hat|[Ww]hich) (?:patterns?|practices?|methods?) (?:does|do|did|has|have|is|are)(?: used by)? "
    r"(?:the )?[A-Z]\w+"
)

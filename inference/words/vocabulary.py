"""Which words of a text carry meaning, stemmed alike for questions, passages and answers so that they compare."""

import re
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_STEMMER = snowballstemmer.stemmer("english")

_STOP = """
    a about above after again against all also although am an and any are around as at be because been before being
    below between both but by can cannot could did do does doing done down during each either else ever every few for
    from further get gets give given go goes had has have having he her here hers him his how however i if in into is it
    its itself just let like made make
    makes many may me might more most much must my neither no nor not now of off often
    on once one only onto or other others our ours out over own per rather really s same shall she should since so some
    such t than that the their theirs them then there these they this those through thus to too toward towards under
    until up upon us use used uses using very
    via want was we well were what whatever when where whether which while who
    whom whose why will with within without would yes yet you your yours don't doesn't isn't aren't can't won't it's
    that's what's who's there's let's i'm we're you're"""
STOP_WORDS = frozenset(_STOP.split())
# Words people put around what they ask, which say nothing about it.
_ASKING = """answer answers ask asking anyone anything best better describe description difference different define
    definition explain explained good help here information know library list mean meaning means need pattern patterns
    please question questions say says show something tell thing things understand way ways work works working
    example examples happen happens happening today fail fails failing start begin risk risks sign signs benefit
    benefits advantage advantages drawback drawbacks compare comparison comparing versus vs steps step
    introduce avoid differ differs suit suits suited fit fits practice practices method methods idea ideas"""
ASKING_WORDS = frozenset(_ASKING.split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The English Snowball stem of a lower-case word (https://snowballstem.org/algorithms/english/stemmer.html)."""
    return _STEMMER.stemWord(word)


def singular(word: str) -> str:
    """A lower-case English word without its plural ending; other words as they are."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def words(text: str) -> list[str]:
    """Lower-case words in order, hyphens apart, possessives without their ending."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    return [word.removesuffix("'s") for word in found] if "'" in text or "’" in text else found


def content_words(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repetitions kept."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def asked_words(question: str) -> frozenset[str]:
    """Stems of what a question asks about, without the words people put around it."""
    kept = frozenset(
        stem(word)
        for word in words(question)
        if word not in STOP_WORDS and word not in ASKING_WORDS and (len(word) > 1 or word.isdigit())
    )
    return kept or frozenset(content_words(question))

"""Whether two questions ask about the same thing the same way round: what closeness in meaning cannot tell. Pure.

"When should we?" and "When should we not?", "the risks of it" and "the benefits of it" are as close in meaning as two
questions can be (an embedder says 0.9 and more), and an answer to one is no answer to the other.
"""

from typing import Final

from inference.words.vocabulary import content_words, stem, words

_NO: Final = frozenset({"not", "no", "never", "without", "cannot", "nobody", "nothing"})
# Words of one side and of the other, common in questions about how to live and work together.
_OPPOSITES: Final = tuple(
    tuple(frozenset(map(stem, side.split())) for side in sides)
    for sides in (
        ("good best better strength strengths", "bad worst worse weakness weaknesses"),
        (
            "advantage advantages benefit benefits",
            "drawback drawbacks disadvantage disadvantages risk risks danger dangers",
        ),
        ("succeed success successful works", "fail failure failing"),
        ("start begin open found form join set create", "stop end close leave quit dissolve finish abolish"),
        ("small little short few tiny", "large big long many great huge"),
        ("more increase raise grow gain", "less fewer decrease reduce lower shrink lose"),
        ("include welcome admit invite", "exclude expel reject refuse"),
        ("hire", "fire dismiss"),
        ("enable enables", "require requires"),
        ("buy", "sell"),
        ("own owning", "rent renting"),
        ("fast quick quickly", "slow slowly"),
        ("cheap", "expensive"),
        ("easy", "hard difficult"),
        ("early young new", "late old"),
        ("rural village", "urban city"),
        ("public open transparent", "private secret closed"),
        ("local", "global"),
        ("formal", "informal"),
        ("first", "last"),
    )
)


def same_way_round(one: str, other: str) -> bool:
    """Whether both questions or neither say no, and neither has the opposite of a word that only the other has."""
    if negated(one) != negated(other):
        return False
    first, second = frozenset(map(stem, words(one))), frozenset(map(stem, words(other)))
    mine, theirs = first - second, second - first
    return not any((left & mine and right & theirs) or (right & mine and left & theirs) for left, right in _OPPOSITES)


def negated(text: str) -> bool:
    """Whether a question asks about what is not, should not be, or is without something."""
    return any(word in _NO or word.endswith("n't") for word in words(text))


def share(one: str, other: str) -> float:
    """How many of the content words of two questions both have, 0 to 1 (Jaccard)."""
    first, second = frozenset(content_words(one)), frozenset(content_words(other))
    return len(first & second) / len(first | second) if first | second else 0.0

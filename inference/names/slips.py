"""Which words of the library's names a misspelt word may be. Pure."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from inference.names.table import Names
from inference.words.vocabulary import ASKING_WORDS, STOP_WORDS

SHORTEST = 4  # letters; in fewer, a slip makes another word
SHORTEST_WITH_TWO = 8
MOST = 3  # words one may be


def corrections(word: str, names: Names) -> list[tuple[str, int]]:
    """Words of names within one slip of `word` (two from eight letters on), each with its slips, the nearest first.

    A slip is a letter too many, too few, wrong, or two swapped; the first letter is right unless it is swapped.
    """
    if len(word) < SHORTEST or not word.isalpha() or word in STOP_WORDS or word in ASKING_WORDS:
        return []
    allowed = 2 if len(word) >= SHORTEST_WITH_TWO else 1
    lengths = range(len(word) - allowed, len(word) + allowed + 1)
    some = [other for length in lengths for other in names.by_start.get((word[0], length), ())]
    if word[1] != word[0]:
        some += [other for other in names.by_start.get((word[1], len(word)), ()) if other[1] == word[0]]
    found = process.extract(word, some, scorer=OSA.distance, score_cutoff=allowed, limit=MOST)
    return sorted(((other, slips) for other, slips, _ in found), key=lambda pair: (pair[1], pair[0]))

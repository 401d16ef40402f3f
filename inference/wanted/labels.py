"""Names a topic by the words its askers share, and by nothing that fewer than three of them wrote. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from inference.words.vocabulary import ASKING_WORDS, STOP_WORDS, stem, words

FEWEST = 3  # different askers behind every word that is shown
MOST = 5  # words
SHORTEST, LONGEST = 3, 30  # letters


def label(asked: Iterable[tuple[str, str]]) -> str:
    """The words that stand in questions of at least `FEWEST` different askers, in the order questions have them: a list
    and no sentence, for nobody wrote it.

    `asked` are (asker, question). Only words of letters count, so no number, address or mark is ever shown; empty
    where the askers share nothing.
    """
    askers: defaultdict[str, set[str]] = defaultdict(set)
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places: defaultdict[str, list[float]] = defaultdict(list)
    for asker, question in asked:
        told = [word for word in words(question) if _tells(word)]
        for place, word in enumerate(told):
            askers[stem(word)].add(asker)
            spelt[stem(word)][word] += 1
            places[stem(word)].append(place / len(told))
    shared = sorted((root for root, who in askers.items() if len(who) >= FEWEST), key=lambda r: (-len(askers[r]), r))
    kept = sorted(shared[:MOST], key=lambda root: (sum(places[root]) / len(places[root]), root))
    named = ", ".join(min(spelt[root], key=lambda word: (-spelt[root][word], word)) for root in kept)
    return named[:1].upper() + named[1:]


def _tells(word: str) -> bool:
    return word.isalpha() and SHORTEST <= len(word) <= LONGEST and word not in STOP_WORDS and word not in ASKING_WORDS

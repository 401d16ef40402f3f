"""Offers a query without its slips: words that nobody in the library writes become words of its titles.

Offered only where it finds more: what it replaces stands in no passage, and what it puts there stands in some title.
"""

from collections.abc import Collection

from django.db import connection

from inference.titles import suggesting
from inference.titles.index import TitleIndex, slips_forgiven
from inference.words.folding import Word, fold
from inference.words.vocabulary import ASKING_WORDS, STOP_WORDS, singular

MOST = 6  # words of a query that are looked at
_WRITTEN = """
    SELECT word FROM unnest(%s::text[]) AS word
     WHERE EXISTS (SELECT 1 FROM inference_passage WHERE words @@ plainto_tsquery('english', word) AND current)"""


def respelt(query: str) -> str:
    """The query as it may have been meant, or nothing where that would find no more.

    One small query while the library stays as it is, and one more where a word stands in no title.
    """
    index = suggesting.title_index()
    odd = [word for word in fold(query) if _is_odd(word.folded, index)][:MOST]
    if not odd:
        return ""
    written = _written({query[word.start : word.end] for word in odd})
    meant = query
    for word in reversed(odd):  # from the end, so that places before it stay true
        better = "" if query[word.start : word.end] in written else _nearest(word, index)
        if better:
            meant = meant[: word.start] + better + meant[word.end :]
    return "" if meant == query else meant


def _is_odd(word: str, index: TitleIndex) -> bool:
    if word in STOP_WORDS or word in ASKING_WORDS or not slips_forgiven(word):
        return False
    return not (index.has(word) or index.has(singular(word)))


def _written(words: Collection[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [list(words)])
        return {word for (word,) in cursor.fetchall()}


def _nearest(word: Word, index: TitleIndex) -> str:
    """The title word with the fewest slips, of equals the one most titles have."""
    near = index.misspelt(word.folded, slips=slips_forgiven(word.folded), unfinished=False)
    found = [(slips, index.rarity(other), other) for other, slips in near.items() if other not in STOP_WORDS]
    return min(found)[2] if found else ""

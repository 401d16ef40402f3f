"""How much each word of a question tells in this library: a word that hardly any passage has tells most.

Words are counted with PostgreSQL's own English stems over the current passages, no further than `COUNTED`.
"""

import math
from collections.abc import Mapping

from django.db import connection

from inference.words.vocabulary import STOP_WORDS, stem, words

COUNTED = 1_000  # passages; a word that so many have tells next to nothing
LEAST = 0.15  # weight of such a word
MOST_WORDS = 24

_COUNTS = """
SELECT word, (SELECT count(*) FROM (
    SELECT 1 FROM inference_passage
     WHERE words @@ plainto_tsquery('english', word) AND current LIMIT %s) AS found)
  FROM unnest(%s::text[]) AS word
"""


def rarities(question: str) -> Mapping[str, float]:
    """Weights from `LEAST` to 1 by stem, 1 for a word no passage has. One query."""
    asked = list(dict.fromkeys(word for word in words(question[:2_000]) if word not in STOP_WORDS))[:MOST_WORDS]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [COUNTED, asked])
        counts = dict(cursor.fetchall())
    return {stem(word): weight(count) for word, count in counts.items()}


def weight(count: int) -> float:
    """What a word tells that `count` passages have: the logarithm of how rare it is, from `LEAST` to 1."""
    return max(LEAST, 1 - math.log1p(count) / math.log1p(COUNTED))

"""Which patterns are near to one in meaning, by the vectors the index already has: no model is asked."""

from typing import Final

import numpy as np

from inference.indexing import generations
from inference.models import Passage
from inference.models.index import PUBLIC
from inference.retrieval.nearest import near
from patterns.models import Pattern
from patterns.publishing import alike as registry

PASSAGES: Final = 12  # of each pattern, so many others are read


def register() -> None:
    registry.register(alike)


def alike(pattern: Pattern, *, limit: int) -> list[int]:
    """Return the ids of at most `limit` other patterns whose passages are nearest to the middle of this one's.

    Three queries; nothing where its passages have no vectors yet.
    """
    generation = generations.live()
    if generation is None:
        return []
    own = Passage.objects.filter(generation=generation, pattern=pattern, current=True, corpus=PUBLIC)
    vectors = list(own.exclude(embedding=None).values_list("embedding", flat=True))
    if not vectors:
        return []
    middle = np.mean(np.asarray(vectors, dtype=np.float32), axis=0)
    found = near(middle, limit=len(vectors) + PASSAGES * limit, generation=generation).nearest
    owners = dict.fromkeys(one.owner for one in found if one.owner.startswith("p"))
    return [pk for owner in owners if (pk := int(owner[1:])) != pattern.pk][:limit]

"""What is like a pattern: approved relations, then what is joined to the same things, then what is near in meaning.

The last is no relation that anybody stated, and is told apart as what it is: two texts a model finds close.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace

from pgvector.django import CosineDistance

from inference.backends import BackendError
from inference.facts.asking import Asked
from inference.facts.found import Facts
from inference.facts.passages import passage_evidence
from inference.facts.relations import relations
from inference.facts.sharing import both_ends, titles
from inference.facts.telling import Telling
from inference.graphs import TRUSTED, Shared
from inference.models import Passage
from inference.retrieval import graph, vector
from inference.retrieval.evidence import readable
from inference.types import Entity, Fact
from inference.words.sentences import sentences

SAME_LEAST = 2  # approved neighbours that two must share to be alike by them
MOST_ALIKE = 3
LOOKED_AT = 12  # neighbours whose neighbours are looked at
MOST_NEAR = 5
NEAR = 0.5  # cosine between two openings from which they are called near


def similar(entity: Entity, asked: Asked) -> Facts:
    """What is like `entity`, in the order of how well that is founded."""
    found = relations(entity, asked)
    told = {fact.thing for fact in (*found.stated, *found.suggested)}
    alike = () if entity.kind != "pattern" else _joined_alike(entity, told)
    near = near_in_meaning(entity, told | {fact.group for fact in alike})
    missing = f"Nobody has approved a relation that says what is like {entity.title}" if found.missing else ""
    return replace(
        found,
        stated=(*found.stated, *alike),
        near=near,
        missing="" if alike else missing,
        whole=bool(found.stated or alike or found.suggested or near),
    )


def _joined_alike(entity: Entity, told: Collection[str]) -> tuple[Fact, ...]:
    """Things that share several approved neighbours with `entity`, with both relations to what is shared."""
    here = graph.key_of(entity)
    both: dict[str, list[Shared]] = defaultdict(list)
    for mine in graph.neighbours(entity, states=TRUSTED, limit=LOOKED_AT):
        between = mine.other(here)
        for theirs in graph.at(between, states=TRUSTED, limit=50):
            there = theirs.other(between)
            if there != here and all(one.key != between for one in both[there]):
                both[there].append(Shared(between, mine, theirs))
    counted = Counter({key: len(shared) for key, shared in both.items() if len(shared) >= SAME_LEAST})
    best = [key for key, _ in counted.most_common(MOST_ALIKE)]
    telling = Telling([edge for key in best for one in both[key] for edge in (one.left, one.right)])
    names = titles(best)
    return tuple(
        fact
        for key in best
        if names.get(key) not in told
        for one in both[key][:SAME_LEAST]
        for fact in both_ends(telling, one, (here, key), {one.key: names.get(key, "")})
    )


def near_in_meaning(entity: Entity, told: Collection[str] = ()) -> tuple[Fact, ...]:
    """The entries whose openings read most like its own, but for what is `told`; none where nothing can embed."""
    openings = readable().filter(position=0)
    own = openings.filter(**{f"{entity.kind}_id": entity.id}).first()
    if own is None:
        return ()
    try:
        asked = own.embedding or vector.vectors([own.text])[0].tolist()
    except BackendError:
        return ()
    rows = (
        openings.filter(**{f"{entity.kind}__isnull": False})
        .exclude(embedding=None)
        .exclude(pk=own.pk)
        .annotate(distance=CosineDistance("embedding", asked))
        .select_related("revision", entity.kind)
        .defer("embedding", "words", "revision__source", "revision__front")
        .order_by("distance", "pk")[: MOST_NEAR + len(told)]
    )
    near = [row for row in rows if 1 - row.distance >= NEAR and row.revision.title not in told]
    return tuple(_near_fact(entity, row) for row in near[:MOST_NEAR])


def _near_fact(entity: Entity, row: Passage) -> Fact:
    thing = getattr(row, entity.kind)
    why = (f"its opening is near in meaning to that of {entity.title}",)
    source = passage_evidence(row, thing, score=round(1 - row.distance, 3), why=why)
    detail = next((one for one in sentences(row.text) if len(one.split()) > 4), "")
    return Fact(entity.title, "is near in meaning to", thing.title, source, detail)

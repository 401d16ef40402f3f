"""Gathers what relation offers are founded on, a few short queries, and says the reasons in words."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from inference.indexing.plain_text import plain
from inference.names import entities
from inference.proposals.nearness import NearPattern, near_patterns
from inference.proposals.opening import opening
from inference.proposals.relation_offers import MOST, Candidate, Close, Joined, Named, candidates
from inference.proposals.vectors import opening_vector
from inference.words.sentences import sentences
from patterns.enums import PublicationState, RelationState
from patterns.format.kinds import NEWER_WORD
from patterns.models import Relation
from patterns.relating.offered import OfferedRelation

READ: Final = 20_000  # characters of a body that are read for names
SENTENCES: Final = 120
NEAR: Final = 10
CLOSE: Final = 0.5  # cosine from which a near pattern counts
QUOTED: Final = 110  # characters of a sentence


def offers(*, title: str, summary: str = "", body: str = "", limit: int = MOST) -> tuple[OfferedRelation, ...]:
    """At most `limit` relations that a text may have; see `relation_offers` for how they are chosen."""
    text = opening(title=title, summary=summary, body=body)
    vector = opening_vector(text)
    near = near_patterns(title=title, text=text, vector=vector, limit=NEAR)
    same = {one.slug for one in near if one.likeness == 1}  # the thing itself is no relation of its own
    named = [one for one in _named(summary, body) if one.slug not in same]
    close = [Close(one.slug, one.title, one.cosine) for one in near if one.cosine >= CLOSE and one.slug not in same]
    found = candidates(named, close, [one for one in _joined(near, named) if one.slug not in same])
    return tuple(OfferedRelation(one.kind, one.slug, one.title, _reason(one)) for one in found[:limit])


def _named(summary: str, body: str) -> Iterator[Named]:
    for sentence in islice(sentences(f"{summary}\n\n{plain(body[:READ])}"), SENTENCES):
        for one in entities.mentioned(sentence):
            if one.entry.kind == "pattern":
                yield Named(one.entry.slug, one.entry.title, sentence, sentence[one.start : one.end])


def _joined(near: Sequence[NearPattern], named: Sequence[Named]) -> list[Joined]:
    """The approved relations of what is near or named, seen from there. One query."""
    slugs = {one.slug for one in near if one.cosine >= CLOSE} | {one.slug for one in named}
    rows = (
        Relation.objects.filter(Q(source__slug__in=slugs) | Q(target__slug__in=slugs), state=RelationState.APPROVED)
        .filter(source__state=PublicationState.PUBLISHED, target__state=PublicationState.PUBLISHED)
        .values_list("kind", "source__slug", "source__title", "target__slug", "target__title")
    )
    found = []
    for kind, source, source_title, target, target_title in rows[:2000]:
        if source in slugs and (word := NEWER_WORD.get((kind, False))):
            found.append(Joined(source, word, target, target_title))
        if target in slugs and (word := NEWER_WORD.get((kind, True))):
            found.append(Joined(target, word, source, source_title))
    return found


def _reason(one: Candidate) -> str:
    if one.ground == "named":
        sentence = one.because[0]
        quoted = sentence if len(sentence) <= QUOTED else sentence[:QUOTED].rpartition(" ")[0] + " …"
        return _("Your text names it: “%(sentence)s”") % {"sentence": quoted}
    if one.ground == "near":
        return _("Its text is near in meaning to yours; how they are joined is for you to say.")
    return _("%(titles)s, which are near to yours, are joined to it in this way.") % {
        "titles": ", ".join(one.because[:3])
    }

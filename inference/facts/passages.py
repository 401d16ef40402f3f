"""A passage as evidence, where it was chosen for what it belongs to and not found by a search."""

from inference.models import Passage
from inference.types import Entity, Evidence
from patterns.models import Lighthouse


def passage_evidence(
    passage: Passage, thing: Entity | Lighthouse, *, score: float, why: tuple[str, ...] = ()
) -> Evidence:
    """A passage of `thing` as evidence, chosen for what it belongs to and not by a search."""
    return Evidence(
        passage_id=passage.pk,
        revision_id=passage.revision_id,
        kind="lighthouse" if passage.lighthouse_id else "pattern",
        slug=thing.slug,
        title=thing.title,
        section=passage.section,
        anchor=passage.anchor,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        sha256=passage.sha256,
        score=score,
        why=why or ("it is where this entry says what it is",),
    )

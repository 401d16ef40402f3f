"""Writes the passages of revisions: old ones leave unless an answer cites them, and known texts keep their vectors."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from inference.indexing import chunking
from inference.indexing.fingerprints import fingerprint
from inference.indexing.planning import Wanted
from inference.models import Citation, IndexedRevision, IndexGeneration, Passage
from patterns.models import Revision

SUMMARY = "Summary"


def apply(generation: IndexGeneration, wanted: Sequence[Wanted]) -> int:
    """Make the index hold exactly `wanted` of these things, in one transaction; returns how many passages it wrote."""
    revisions = Revision.objects.select_related("pattern", "lighthouse").in_bulk(
        [one.revision_id for one in wanted if one.revision_id]
    )
    fresh: list[Passage] = []
    for one in wanted:
        if one.revision_id in revisions:
            fresh += _passages(generation, revisions[one.revision_id])
    with transaction.atomic():
        _reuse_vectors(generation, fresh)  # before the passages that have them leave
        _let_go(generation, wanted)
        fresh = _without_kept(generation, fresh)
        Passage.objects.bulk_create(fresh, batch_size=500)
        _note(generation, wanted)
    return len(fresh)


def _passages(generation: IndexGeneration, revision: Revision) -> list[Passage]:
    thing = revision.pattern or revision.lighthouse
    common = {
        "generation": generation,
        "revision": revision,
        "pattern_id": revision.pattern_id,
        "lighthouse_id": revision.lighthouse_id,
    }
    body = revision.body
    pieces = list(chunking.passages(body))
    # The summary stands before the body, in the front matter; it is the lead of the page, so its place is the top.
    summary = " ".join((getattr(thing, "summary", "") or getattr(thing, "description", "")).split())
    if summary and not any(summary in " ".join(piece.text.split()) for piece in pieces[:3]):
        pieces.insert(0, chunking.Piece(SUMMARY, "", 0, 0, summary[: chunking.LONGEST]))
    return [
        Passage(
            **common,
            position=position,
            section=piece.section[:300],
            anchor=piece.anchor[:300],
            start=piece.start,
            end=piece.end,
            text=_storable(piece.text),
            sha256=fingerprint(_storable(piece.text)),
        )
        for position, piece in enumerate(pieces)
    ]


def _storable(text: str) -> str:
    """PostgreSQL keeps every character but NUL."""
    return text.replace("\0", "")


def _let_go(generation: IndexGeneration, wanted: Sequence[Wanted]) -> None:
    """Delete what these things have in the index; what an answer cites only stops being current."""
    old = Passage.objects.filter(_of(wanted), generation=generation)
    cited = Citation.objects.filter(passage__in=old).values_list("passage_id", flat=True)
    kept = set(cited)
    old.exclude(pk__in=kept).delete()
    old.filter(pk__in=kept).update(current=False)


def _of(wanted: Sequence[Wanted]) -> Q:
    return Q(pattern__in=[one.id for one in wanted if one.kind == "p"]) | Q(
        lighthouse__in=[one.id for one in wanted if one.kind == "l"]
    )


def _without_kept(generation: IndexGeneration, fresh: list[Passage]) -> list[Passage]:
    """Bring back cited passages of the very same revision instead of writing them twice."""
    kept = {
        (revision_id, position, sha256): pk
        for pk, revision_id, position, sha256 in Passage.objects.filter(
            generation=generation, revision__in={passage.revision_id for passage in fresh}
        ).values_list("pk", "revision_id", "position", "sha256")
    }
    again = [kept.get((one.revision_id, one.position, one.sha256)) for one in fresh]
    Passage.objects.filter(pk__in=[pk for pk in again if pk]).update(current=True)
    return [one for one, pk in zip(fresh, again, strict=True) if pk is None]


def _reuse_vectors(generation: IndexGeneration, fresh: Sequence[Passage]) -> None:
    """Give passages the vector of the same text under the same names, wherever the index has one."""
    known: dict[tuple[str, str, str], Any] = {}
    alike = list(IndexGeneration.objects.filter(model=generation.model).values_list("pk", flat=True))
    rows = Passage.objects.filter(
        generation__in=alike, sha256__in={passage.sha256 for passage in fresh}, embedding__isnull=False
    )
    for title, section, sha256, vector in rows.values_list("revision__title", "section", "sha256", "embedding"):
        known[title, section, sha256] = vector
    for passage in fresh:
        passage.embedding = known.get((passage.revision.title, passage.section, passage.sha256))


def _note(generation: IndexGeneration, wanted: Sequence[Wanted]) -> None:
    """Say which revisions the index holds now, under its next version."""
    IndexGeneration.objects.filter(pk=generation.pk).update(version=F("version") + 1)
    generation.refresh_from_db(fields=["version"])
    for kind, field in (("p", "pattern"), ("l", "lighthouse")):
        rows = [
            IndexedRevision(
                generation=generation,
                revision_id=one.revision_id,
                version=generation.version,
                **{f"{field}_id": one.id},
            )
            for one in wanted
            if one.kind == kind
        ]
        IndexedRevision.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["generation", field],
            update_fields=["revision", "version", "at"],
        )


def retire_all(generation: IndexGeneration) -> None:
    """Delete a generation's passages, but for those an answer cites, which only stop being current."""
    cited = Citation.objects.filter(passage__generation=generation).values("passage_id")
    generation.passages.filter(pk__in=cited).update(current=False)
    generation.passages.exclude(pk__in=cited)._raw_delete(using="default")  # noqa: SLF001

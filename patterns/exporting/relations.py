"""Write the relations people approved on this site into the files of the patterns they begin at."""

from collections.abc import Sequence
from typing import Any

from patterns.format import Document, UnwritableError, edit, parse, serialise
from patterns.format.kinds import NEWER_WORD
from patterns.models import Relation


def with_relations(text: str, relations: Sequence[Relation]) -> tuple[str, str]:
    """Return `text` with `relations` in its `relationships`, and a note where they could not be written.

    Relations the file names already change nothing, so a file without new ones stays the same to the byte.
    """
    if not relations:
        return text, ""
    document = parse(text)
    new = [relation for relation in relations if not _named(document, relation)]
    relationships = document.front.get("relationships") or {}
    if not new:
        return text, ""
    if not isinstance(relationships, dict):
        return text, f"{len(new)} relations approved here are not in it: its `relationships` is no mapping"
    whole = {key: list(value) if isinstance(value, list) else value for key, value in relationships.items()}
    for relation in new:
        key = NEWER_WORD.get((relation.kind, False), relation.kind)
        before = whole.get(key)
        whole[key] = [*(before if isinstance(before, list) else [before] if before else []), _entry(relation)]
    try:
        return serialise(edit(document, front={"relationships": whole})), ""
    except UnwritableError as error:
        return text, f"{len(new)} relations approved here are not in it: {error}"


def _named(document: Document, relation: Relation) -> bool:
    target = {relation.target.uid, relation.target.slug, relation.target.file_slug} - {""}
    return any(
        reference.kind == relation.kind and not reference.inverse and target & set(reference.names)
        for reference in document.references
    )


def _entry(relation: Relation) -> dict[str, Any]:
    entry: dict[str, Any] = {"slug": relation.target.file_slug or relation.target.slug}
    if relation.weight is not None:
        entry["weight"] = relation.weight
    if relation.evidence:
        entry["description"] = relation.evidence
    return entry

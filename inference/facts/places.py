"""Where a relation stands in the file it was read from: the line, which is its citation where it has no evidence."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import F
from django.db.models.functions import Left

from patterns.format.front import read_front
from patterns.format.kinds import stands_in_target_file
from patterns.models import Pattern, Relation, Revision

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_CONTEXT_FILE = re.compile(r"(?P<file>[\w.-]+\.json)\[(?P<index>\d+)\]")


def holder(relation: Relation) -> Pattern:
    """The pattern in whose file the relation is written; its source where it stands in neither."""
    return relation.target if stands_in_target_file(relation.stands_at) else relation.source


def places(relations: Iterable[Relation]) -> dict[int, str]:
    """Where each relation stands, in words, by its id. One query, for the beginnings of the files they stand in."""
    every = list(relations)
    written = [one for one in every if one.stands_at and not _CONTEXT_FILE.match(one.stands_at)]
    wanted = {holder(one).current_id for one in written}
    rows = Revision.objects.filter(pk__in=wanted).annotate(head=Left("source", F("body_start"))) if wanted else ()
    heads = {row.pk: row.head for row in rows.only("pk")} if wanted else {}
    return {one.pk: _place(one, heads.get(holder(one).current_id, "")) for one in every}


def _place(relation: Relation, head: str) -> str:
    if not relation.stands_at:
        return "relation, written on this site"
    if found := _CONTEXT_FILE.match(relation.stands_at):
        return f"relation, {found['file']}, record {int(found['index']) + 1}"
    path = tuple(int(index) if index else name for name, index in _STEP.findall(relation.stands_at))
    lines = _lines(head)
    line = next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), None)
    return f"relation, line {line}: {relation.stands_at}" if line else f"relation, {relation.stands_at}"


@lru_cache(maxsize=128)
def _lines(head: str) -> dict[tuple[str | int, ...], int]:
    return read_front(head).lines if head else {}

"""What the index lacks: published revisions it does not hold, and retired things it still does.

The plan is the difference between the library and the index, both read in one snapshot. So it needs no order of
changes, a killed indexer takes up where it was, and what was published last is indexed first.
"""

from dataclasses import dataclass

from django.db import connection

from inference.models import IndexGeneration
from patterns.models import Lighthouse, Pattern


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pattern (`kind` p) or lighthouse (l) and the revision the index should hold; None takes it out."""

    kind: str
    id: int
    revision_id: int | None

    @property
    def key(self) -> str:
        return f"{self.kind}{self.id}"


_KINDS = {"p": (Pattern, "pattern_id"), "l": (Lighthouse, "lighthouse_id")}
_LACKING = """
    SELECT '{kind}', t.id, CASE WHEN t.state = 'published' THEN t.current_id END, t.changed_at
    FROM {table} t LEFT JOIN inference_indexedrevision i ON i.generation_id = %s AND i.{column} = t.id
    WHERE (CASE WHEN t.state = 'published' THEN t.current_id END) IS DISTINCT FROM i.revision_id
"""


def lacking(generation: IndexGeneration, *, limit: int) -> list[Wanted]:
    """The next things to index, the most recently changed first."""
    query = f"{_every()} ORDER BY 4 DESC, 2 DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [generation.pk, generation.pk, limit])
        return [Wanted(kind, pk, revision) for kind, pk, revision, _ in cursor.fetchall()]


def count_lacking(generation: IndexGeneration) -> int:
    """How many patterns and lighthouses the index does not hold as they are published."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_every()}) lacking", [generation.pk, generation.pk])  # noqa: S608
        return cursor.fetchone()[0]


def _every() -> str:
    parts = (
        _LACKING.format(kind=kind, table=model._meta.db_table, column=column)  # noqa: SLF001
        for kind, (model, column) in _KINDS.items()
    )
    return " UNION ALL ".join(parts)

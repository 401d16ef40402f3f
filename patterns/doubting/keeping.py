"""Work the doubts out and keep them: all of them at once, whenever the library changed. In the bulk worker.

Everything is worked out anew each time, because a bias is a fact about all relations together; only what differs from
what is kept is written. How far the doubts have followed the library's log is known, so that none is stale in silence.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import connection, transaction

from patterns.doubting.edges import Doubt, Edge, Named
from patterns.doubting.finding import doubts_about
from patterns.enums import PublicationState
from patterns.following import changes
from patterns.models import Cursor, Pattern, Relation, RelationDoubt

CURSOR: Final = "doubts:1"  # another number when the facts become others: all are worked out anew then
AT_ONCE: Final = 5_000
INSERT: Final = """
    INSERT INTO patterns_relationdoubt (relation_id, kind, facts)
    SELECT r.id, v.kind, v.facts::jsonb
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) v (relation_id, kind, facts)
    JOIN patterns_relation r ON r.id = v.relation_id
    FOR KEY SHARE OF r
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How fresh the doubts are: when they last followed the library, and how many changes wait since."""

    at: datetime | None
    behind: int


def follow() -> str:
    """Bring the doubts up to date if the library changed; return what was done in words, empty for nothing."""
    last = changes.newest(CURSOR)
    if last is None and Cursor.objects.filter(name=CURSOR).exists():
        return ""
    written, gone = refresh()
    if last is not None:
        changes.advance(CURSOR, to=last)
    else:
        Cursor.objects.get_or_create(name=CURSOR)
    return f"{written} doubts written, {gone} dropped"


def refresh() -> tuple[int, int]:
    """Make what is kept equal to what the relations say now; return how many were written and how many dropped."""
    wanted = {(one.relation, str(one.kind)): one for one in doubts_about(edges(), names())}
    with transaction.atomic():
        kept = RelationDoubt.objects.values_list("pk", "relation_id", "kind", "facts")
        stale = []
        for pk, relation, kind, facts in kept.iterator(chunk_size=AT_ONCE):
            now = wanted.get((relation, kind))
            if now is not None and now.facts == facts:
                del wanted[relation, kind]
            else:
                stale.append(pk)
        RelationDoubt.objects.filter(pk__in=stale).delete()
        _insert(list(wanted.values()))
    return len(wanted), len(stale)


def edges() -> list[Edge]:
    """Every relation as the doubts see it. One query."""
    columns = ("pk", "kind", "source_id", "target_id", "source_ref", "target_ref", "evidence", "weight", "state")
    rows = Relation.objects.order_by("pk").values_list(*columns, "library_id", "stands_at")
    return [Edge(*row) for row in rows.iterator(chunk_size=AT_ONCE)]


def names() -> dict[int, Named]:
    """The names of every pattern, retired ones too. One query."""
    rows = Pattern.objects.values_list("pk", "title", "slug", "aliases", "state", "library_id")
    return {
        pk: Named(title, slug, tuple(aliases), state == PublicationState.PUBLISHED, library)
        for pk, title, slug, aliases, state, library in rows.iterator(chunk_size=AT_ONCE)
    }


def standing() -> Standing:
    """Say how fresh the doubts are. Three queries."""
    cursor = Cursor.objects.filter(name=CURSOR).first()
    return Standing(cursor.moved_at if cursor else None, changes.behind(CURSOR))


def _insert(doubts: Sequence[Doubt]) -> None:
    """Write doubts about relations that are still there."""
    with connection.cursor() as cursor:
        for part in _parts(doubts):
            columns = ([one.relation for one in part], [str(one.kind) for one in part])
            cursor.execute(INSERT, [*columns, [json.dumps(one.facts) for one in part]])


def _parts(doubts: Sequence[Doubt]) -> Iterator[list[Doubt]]:
    rest = iter(doubts)
    while part := list(islice(rest, AT_ONCE)):
        yield part

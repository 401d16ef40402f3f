"""The sources of an answer as the page shows them, and whether what was cited still stands in the library.

A citation keeps its revision for good. Where the pattern has a newer one, the passage is looked for in it: the same
words, however they are cut into passages now, mean that nothing has changed for the reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.urls import reverse

from inference.indexing.chunking import passages
from inference.models import Citation, PublicSource
from patterns.enums import PublicationState
from patterns.models import Lighthouse, Pattern, Revision

Cited = Citation | PublicSource


class Standing(StrEnum):
    """How a cited passage stands now."""

    SAME = ""
    CHANGED = "changed"
    RETIRED = "retired"
    MERGED = "merged"


@dataclass(frozen=True)
class Source:
    """One source beside the answer. `where` is the section, `url` opens the passage marked at its revision.

    `current` is the number of the newest revision, `compare_url` shows what changed and `read_url` how it reads now;
    only where `standing` is *changed*. `edit_url` opens the editor at the passage.
    """

    number: int
    title: str
    where: str
    revision: int
    quote: str
    url: str
    why: tuple[str, ...]
    standing: Standing = Standing.SAME
    current: int | None = None
    compare_url: str = ""
    read_url: str = ""
    edit_url: str = ""


def sources(cited: QuerySet[Citation] | QuerySet[PublicSource]) -> list[Source]:
    """The sources of an answer, or of its public copy, in order.

    One query, a second one where something cited has a newer revision.
    """
    rows = list(
        cited.select_related(
            "revision__pattern__current", "revision__lighthouse__current"
        ).defer(
            "revision__source", "revision__front", "revision__pattern__current__source",
            "revision__pattern__current__front", "revision__lighthouse__current__source",
            "revision__lighthouse__current__front",
        )
    )  # fmt: skip
    newer = {_thing(row).current_id for row in rows if _asks(row)}
    texts = {pk: _words(body) for pk, body in _bodies(newer)} if newer else {}
    return [_source(row, texts) for row in rows]


def _thing(row: Cited) -> Pattern | Lighthouse:
    return row.revision.pattern or row.revision.lighthouse


def _asks(row: Cited) -> bool:
    """Whether the newest text has to be read to know how the passage stands: prose of a published thing that has a
    newer revision. What the records say (a relation, a list of uses) has no place in the prose."""
    thing = _thing(row)
    is_prose = row.end > row.start
    return is_prose and thing.state == PublicationState.PUBLISHED and thing.current_id not in {None, row.revision_id}


def _bodies(revisions: Iterable[int]) -> list[tuple[int, str]]:
    rows = Revision.objects.filter(pk__in=revisions).only("source", "body_start")
    return [(row.pk, row.body) for row in rows]


def _words(body: str) -> str:
    """All that may be quoted from a body, in one line."""
    return _one_line(" ".join(piece.text for piece in passages(body)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _source(row: Cited, texts: Mapping[int, str]) -> Source:
    thing = _thing(row)
    standing = Standing.SAME
    if thing.state != PublicationState.PUBLISHED:
        standing = Standing.MERGED if getattr(thing, "merged_into_id", None) else Standing.RETIRED
    elif _asks(row) and _one_line(row.quote) not in texts.get(thing.current_id, ""):
        standing = Standing.CHANGED
    changed = standing == Standing.CHANGED
    return Source(
        number=row.number,
        title=row.revision.title,
        where=row.section,
        revision=row.revision.number,
        quote=row.quote,
        url=row.get_absolute_url(),
        why=tuple(getattr(row, "why", ())),  # a public copy keeps what was cited, not how it was found
        standing=standing,
        current=thing.current.number if changed else None,
        compare_url=_compare_url(row, thing.current.number) if changed else "",
        read_url=thing.get_absolute_url() if changed or standing == Standing.MERGED else "",
        edit_url=_edit_url(row),
    )


def _edit_url(row: Cited) -> str:
    """Where the editor opens at what was cited; what has no place in the prose opens it at its beginning."""
    view = "suggest_edit" if row.revision.pattern_id else "edit_lighthouse"
    address = reverse(view, args=[_thing(row).slug])
    if row.end <= row.start:
        return address
    return f"{address}?revision={row.revision.number}&start={row.start}&end={row.end}"


def _compare_url(row: Cited, current: int) -> str:
    kind = "pattern" if row.revision.pattern_id else "lighthouse"
    return f"{reverse(f'{kind}_compare', args=[_thing(row).slug])}?from={row.revision.number}&to={current}"

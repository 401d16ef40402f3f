"""From passage numbers to what may be read: only current passages of what is published now, loaded in one query."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from inference.models import Passage
from inference.models.index import PUBLIC
from inference.retrieval.fusion import Fused
from inference.types import Evidence
from inference.words.vocabulary import STOP_WORDS, stem, words
from patterns.enums import PublicationState

CLOSE = 0.3  # cosine from which a person would call two texts of the packaged embedder related
SPARE = 5  # passages read beyond those wanted, for some that may not be read any more
FIELDS = (
    *("pk", "revision_id", "section", "anchor", "start", "end", "text", "sha256"),
    *("revision__title", "pattern__slug", "lighthouse__slug"),
)


def readable() -> QuerySet[Passage]:
    """Current public passages of the current revisions of published patterns and lighthouses in the live index."""
    published = PublicationState.PUBLISHED
    return Passage.objects.filter(
        Q(pattern__state=published, pattern__current=F("revision"))
        | Q(lighthouse__state=published, lighthouse__current=F("revision")),
        generation__live=True,
        current=True,
        corpus=PUBLIC,
    )


def authorise(found: Sequence[Fused], *, query: str, limit: int | None = None) -> tuple[Evidence, ...]:
    """The evidence of the first `limit` passages anyone may read, in their order, with the reasons in words.

    One query, unless more than a few of them may not be read any more.
    """
    wanted = len(found) if limit is None else limit
    asked = _asked(query)
    chosen: list[Evidence] = []
    at = 0
    while len(chosen) < wanted and at < len(found):
        some = found[at : at + wanted - len(chosen) + SPARE]
        at += len(some)
        rows = _rows([one.passage_id for one in some])
        for one in some:
            if len(chosen) < wanted and one.passage_id in rows:
                row = rows[one.passage_id]
                score = round(min(1.0, one.score), 4)
                chosen.append(passage_read(row, score=score, why=_reasons(row, one, asked)))
    return tuple(chosen)


def _rows(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    statement, values = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, list(ids)])
        return {row[0]: dict(zip(FIELDS, row, strict=True)) for row in cursor.fetchall()}


@cache
def _statement() -> tuple[str, tuple]:
    """What is readable as SQL, put together once: Django takes longer for it than PostgreSQL does to answer."""
    statement, values = readable().values_list(*FIELDS).query.sql_with_params()
    return f'{statement} AND "{Passage._meta.db_table}"."id" = ANY(%s)', values  # noqa: SLF001


def _asked(query: str) -> dict[str, str]:
    """The words of a query that carry meaning, by stem."""
    return {stem(word): word for word in words(query[:2000]) if word not in STOP_WORDS and len(word) > 1}


def passage_read(row: Mapping[str, Any], *, score: float, why: tuple[str, ...]) -> Evidence:
    """The evidence of a passage of which `FIELDS` were read."""
    kind = "pattern" if row["pattern__slug"] else "lighthouse"
    slug = row["pattern__slug"] or row["lighthouse__slug"]
    return Evidence(
        passage_id=row["pk"],
        revision_id=row["revision_id"],
        kind=kind,
        slug=slug,
        title=row["revision__title"],
        section=row["section"],
        anchor=row["anchor"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        sha256=row["sha256"],
        score=score,
        why=why,
        url=f"/{kind}s/{slug}/" + (f"#{row['anchor']}" if row["anchor"] else ""),
    )


def _reasons(row: dict, found: Fused, asked: dict[str, str]) -> tuple[str, ...]:
    in_title = _said(row["revision__title"], asked)
    in_text = _said(f"{row['section']} {row['text']}", asked)
    reasons = []
    if named := [word for root, word in asked.items() if root in in_title]:
        reasons.append(f"its title has {_listed(named)}")
    if said := [word for root, word in asked.items() if root in in_text and root not in in_title]:
        reasons.append(f"says {_listed(said)}")
    candidate = found.candidate
    if candidate.cosine is not None and candidate.cosine >= CLOSE:
        reasons.append("close in meaning")
    return (*reasons, *([candidate.why] if candidate.why else ()))


def _said(text: str, asked: Mapping[str, str]) -> set[str]:
    """The asked stems that `text` has. Stemming changes ends, so words that begin like none need not be stemmed."""
    if not asked:
        return set()
    return {stem(word) for word in _beginning_like(tuple(asked)).findall(text.lower())} & asked.keys()


@lru_cache(maxsize=64)
def _beginning_like(roots: tuple[str, ...]) -> re.Pattern[str]:
    begins = "|".join(sorted({re.escape(root[:2]) for root in roots}))
    return re.compile(rf"(?<!\w)(?:{begins})\w*")


def _listed(found: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in found[:4]]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" and {quoted[-1]}"

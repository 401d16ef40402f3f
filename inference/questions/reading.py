"""Finds public questions: the list with its filters, one page with its frozen answer, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Q, QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.models import Answer, PublicQuestion, PublicSource
from inference.showing.presenting import EXTRACTIVE, blocks, generator_words, tier_words
from inference.showing.sources import Source, Standing, sources

State = PublicQuestion.State
MOST_FOUND = 200
FAR = 0.35  # cosine below which a question that shares no word with the query is left out
FACETS = 12


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a source after the answer was reviewed; `address` shows it as it is now, where it is."""

    title: str
    what: Standing
    address: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody browses for. `words` are searched as they are, `vector` by meaning where there is one."""

    words: str = ""
    domain: str = ""
    pattern: str = ""
    only: str = ""  # answered or open
    order: str = "best"  # of what was searched for; newest or title
    vector: Sequence[float] | None = None
    embedder: str = ""


def published() -> QuerySet[PublicQuestion]:
    """Questions anyone may read."""
    return PublicQuestion.objects.filter(state=State.PUBLISHED)


def browse(wish: Wish) -> QuerySet[PublicQuestion] | list[PublicQuestion]:
    """The questions that fit, at most `MOST_FOUND` where words are searched; one query, two by meaning."""
    rows = _narrowed(wish).select_related("offered_by").defer("sentences", "embedding", "words")
    if not wish.words:
        return rows.order_by("text" if wish.order == "title" else "-published_at", "-pk")
    query = SearchQuery(wish.words, search_type="websearch", config="english")
    ranked = rows.filter(words=query).annotate(rank=SearchRank(F("words"), query)).order_by("-rank", "pk")
    by_words = list(ranked[:MOST_FOUND])
    if wish.vector is None:
        return _ordered(by_words, wish)
    near = rows.filter(embedder=wish.embedder).exclude(embedding=None)
    near = near.annotate(far=CosineDistance("embedding", HalfVector(list(wish.vector)))).order_by("far", "pk")
    by_meaning = [one for one in near[:MOST_FOUND] if one.far <= 1 - FAR]
    known = {one.pk for one in by_meaning}
    return _ordered([*by_meaning, *(one for one in by_words if one.pk not in known)], wish)


def domains(wish: Wish) -> list[tuple[str, int]]:
    """The domains of the patterns that answers cite, with how many questions each has. One query."""
    rows = _narrowed(wish).filter(sources__revision__pattern__domain__gt="")
    counted = rows.values_list("sources__revision__pattern__domain").annotate(n=Count("pk", distinct=True))
    return list(counted.order_by("-n", "sources__revision__pattern__domain")[:FACETS])


def find(pk: int) -> PublicQuestion | None:
    """A question that is or was public. One query."""
    rows = PublicQuestion.objects.select_related("offered_by", "about", "topic").defer("embedding", "words")
    return rows.filter(pk=pk).exclude(published_at=None).first()


def shown(question: PublicQuestion) -> dict[str, Any]:
    """What the partials of an answer need, from the copy alone. One query, two where something cited has changed."""
    cited = sources(question.sources.all())
    return {
        "asked": question,
        "blocks": blocks(question.sentences),
        "quoted": question.generator == EXTRACTIVE,
        "sources": cited,
        "since": since(cited),
        "tier": tier_words(question.tier),
        "generator": generator_words(question.generator),
    }


def since(cited: Sequence[Source]) -> list[Since]:
    """The sources whose words no longer stand, or that were taken out, after they were cited; each thing once."""
    moved = [one for one in cited if one.standing != Standing.SAME]
    return list({one.title: Since(one.title, one.standing, one.read_url) for one in moved}.values())


def newest(limit: int) -> list[PublicQuestion]:
    """The last answered questions that became public. One query."""
    rows = published().filter(outcome=Answer.Outcome.ANSWER).only("pk", "text", "answer_text", "published_at")
    return list(rows.order_by("-published_at", "-pk")[:limit])


def _narrowed(wish: Wish) -> QuerySet[PublicQuestion]:
    wanted = Q()
    if wish.only == "answered":
        wanted &= Q(outcome=Answer.Outcome.ANSWER)
    elif wish.only == "open":
        wanted &= ~Q(outcome=Answer.Outcome.ANSWER)
    if wish.domain or wish.pattern:
        cited = PublicSource.objects.all()
        if wish.domain:
            cited = cited.filter(revision__pattern__domain=wish.domain)
        if wish.pattern:
            named = Q(revision__pattern__slug=wish.pattern) | Q(revision__pattern__merged_into__slug=wish.pattern)
            cited = cited.filter(named)
        about = Q(about__slug=wish.pattern) if wish.pattern and not wish.domain else Q(pk__in=())
        wanted &= Q(pk__in=cited.values("question")) | about
    return published().filter(wanted)


def _ordered(found: list[PublicQuestion], wish: Wish) -> list[PublicQuestion]:
    if wish.order == "title":
        return sorted(found, key=lambda one: (one.text.casefold(), one.pk))
    if wish.order == "newest":
        return sorted(found, key=lambda one: (one.published_at, one.pk), reverse=True)
    return found

"""Finds what the pages of wanted patterns show: topics people ask about, and what the library names and lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from inference.models import PublicQuestion, WantedTopic
from inference.wanted.labels import FEWEST
from inference.wanted.outline import Near, Want
from patterns.models import Pattern
from patterns.naming.nearest import nearest
from patterns.naming.wanted import Wanted
from patterns.queries.library import published
from patterns.queries.wanted import wanted

QUESTIONS = 12
State = WantedTopic.State


def topics(*, limit: int = 0) -> QuerySet[WantedTopic]:
    """What may be shown: named with a reviewer's yes, or with a question its asker made public. Most asked first."""
    open_questions = PublicQuestion.objects.filter(topic=OuterRef("pk"), state=PublicQuestion.State.PUBLISHED)
    rows = WantedTopic.objects.filter(Q(state=State.SHOWN) | Exists(open_questions), merged_into=None)
    rows = rows.order_by("-askers", "-changed_at", "pk")
    return rows[:limit] if limit else rows


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic as the list shows it; `questions` counts the public ones, `askers` is 0 where it would tell too much."""

    topic: WantedTopic
    name: str
    askers: int
    questions: int


def listed(*, limit: int) -> list[Listed]:
    """The topics people ask about, the most asked first. Two queries."""
    found = list(topics(limit=limit))
    public: dict[int, list[PublicQuestion]] = {}
    rows = PublicQuestion.objects.filter(topic__in=found, state=PublicQuestion.State.PUBLISHED)
    for one in rows.only("pk", "text", "topic_id").order_by("published_at", "pk"):
        public.setdefault(one.topic_id, []).append(one)
    return [
        Listed(topic, name_of(topic, public.get(topic.pk, ())), said_askers(topic), len(public.get(topic.pk, ())))
        for topic in found
    ]


def find_topic(pk: int) -> WantedTopic | None:
    """A topic anyone may see, or the one it was joined to. Two queries at most."""
    topic = WantedTopic.objects.filter(pk=pk).select_related("merged_into").first()
    if topic is not None and topic.merged_into is not None:
        topic = topic.merged_into
    return topics().filter(pk=topic.pk).first() if topic is not None else None


def questions_of(topic: WantedTopic) -> list[PublicQuestion]:
    """The public questions of a topic, oldest first."""
    rows = topic.questions.filter(state=PublicQuestion.State.PUBLISHED).defer("sentences", "embedding", "words")
    return list(rows.select_related("offered_by").order_by("published_at", "pk")[:QUESTIONS])


def name_of(topic: WantedTopic, questions: Sequence[PublicQuestion]) -> str:
    """What to call it: its label once a person let it through, else the first public question."""
    if topic.state == State.SHOWN and topic.label:
        return topic.label
    return questions[0].text if questions else ""


def said_askers(topic: WantedTopic) -> int:
    """How many asked, where saying so tells of nobody in particular; else 0."""
    return topic.askers if topic.askers >= FEWEST else 0


def patterns_near(topic: WantedTopic) -> list[Pattern]:
    """The published patterns nearest to a topic, the nearest first. One query."""
    rows = published().filter(pk__in=topic.nearest).only("pk", "slug", "title", "summary", "domain", "created_at")
    found = {pattern.pk: pattern for pattern in rows}
    return [found[pk] for pk in topic.nearest if pk in found]


def written_since(topic: WantedTopic, near: Sequence[Pattern]) -> list[Pattern]:
    """Of the patterns near a topic those that came after it: one of them may be what was wanted."""
    return [one for one in near if one.created_at > topic.created_at]


def find_named(key: str) -> Wanted | None:
    """A pattern that is named and missing, by its key."""
    return next((one for one in wanted() if one.key == key), None)


def want_of_topic(topic: WantedTopic, questions: Sequence[PublicQuestion], near: Sequence[Pattern]) -> Want:
    """A topic as an outline begins with it."""
    why = "Close in meaning to what people asked. Say how the two belong together, or leave it out."
    return Want(
        title=name_of(topic, questions),
        domain=_domain(near),
        questions=tuple(one.text for one in questions),
        askers=said_askers(topic),
        near=tuple(Near(one.slug, one.title, why) for one in near),
    )


def want_of_named(one: Wanted) -> tuple[Want, list[Pattern]]:
    """A named and missing pattern as an outline begins with it, and the patterns near it. Two queries."""
    named = [mention.slug for mention in one.patterns[:6]]
    alike = [near.slug for near in nearest(one.name, limit=3, kind="pattern")]
    slugs = list(dict.fromkeys([*named, *alike]))
    rows = {row.slug: row for row in published().filter(slug__in=slugs).only("slug", "title", "summary", "domain")}
    patterns = [rows[slug] for slug in slugs if slug in rows]
    says, called = "Names this pattern as related.", "Has a similar title; check whether it is the same thing."
    near = tuple(Near(row.slug, row.title, says if row.slug in named else called) for row in patterns)
    by = tuple(mention.title for mention in (*one.lighthouses, *one.patterns))[:12]
    return Want(title=one.name, domain=_domain(patterns), named_by=by, near=near), patterns


def _domain(patterns: Sequence[Pattern]) -> str:
    counted = Counter(one.domain for one in patterns if one.domain)
    return counted.most_common(1)[0][0] if counted else ""

"""Gathers unanswered questions by meaning, a few at a time, and proposes to a reviewer what to call each gathering.

Each question joins the nearest topic or begins one; topics that grew together become one. Vectors and counts go with
their questions when those are forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Avg, Count, F, QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.backends import BackendError, load
from inference.models import Answer, PublicQuestion, UnansweredQuestion, WantedTopic
from inference.retrieval import vector
from inference.retrieval.evidence import readable
from inference.wanted.labels import FEWEST, label
from patterns.review.queue import open_item

KIND = "wanted_topic"
A_ROUND = 64  # questions embedded in one run
JOIN = 0.55  # cosine to a topic's centre from which a question asks for the same thing
MERGE = 0.75  # cosine of two centres from which two topics are one
NEAREST = 5  # patterns
PASSAGES = 30  # looked at to find them
State = WantedTopic.State


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one round did."""

    embedded: int = 0
    joined: int = 0
    merged: int = 0
    proposed: int = 0

    def __str__(self) -> str:
        said = (
            (self.embedded, "embedded"),
            (self.joined, "gathered"),
            (self.merged, "merged"),
            (self.proposed, "proposed"),
        )
        return ", ".join(f"{count} {what}" for count, what in said if count)


def gather() -> Gathered:
    """One round; call it again and again, one at a time. Nothing is loaded where there is nothing to do."""
    try:
        _follow_model()
        public = _embed_public()
        touched = {topic for question in public if (topic := _place_public(question))}
        private = _take_unanswered()
        touched |= {_place_private(answer, found) for answer, found in private}
    except BackendError:
        return Gathered()  # nothing can embed just now: the next round tries again
    touched |= _shrunk()
    merged = _merge(touched)
    proposed = sum(_refresh(topic) for topic in WantedTopic.objects.filter(pk__in=touched, merged_into=None))
    return Gathered(len(public) + len(private), len(private), merged, proposed)


def _embed_public() -> list[PublicQuestion]:
    """Give public questions that have none (or one of another model) their vector."""
    name = load("embedder").name
    waiting = PublicQuestion.objects.filter(state=PublicQuestion.State.PUBLISHED).exclude(embedder=name)
    found = list(waiting.order_by("pk")[:A_ROUND])
    vectors = vector.vectors([one.text for one in found], queries=True) if found else ()
    for question, numbers in zip(found, vectors, strict=True):
        question.embedding, question.embedder = HalfVector(numbers.tolist()), name
        question.save(update_fields=["embedding", "embedder"])
    return found


def _take_unanswered() -> list[tuple[Answer, Sequence[float]]]:
    """Questions of their own that found no answer and are in no topic yet, with their vectors."""
    answers = Answer.objects.filter(
        state=Answer.State.DONE,
        outcome__in=[Answer.Outcome.NONE, Answer.Outcome.NEAREST],
        question__parent=None,
        question__about=None,
        question__unanswered=None,
    )
    # Greetings were no question, and what was searched by words alone was not really searched.
    missed = answers.exclude(route__contains={"kind": "none"}).exclude(route__contains={"words_only": True})
    found = list(missed.select_related("question").order_by("pk")[:A_ROUND])
    vectors = vector.vectors([one.question.text for one in found], queries=True) if found else ()
    return [(answer, numbers.tolist()) for answer, numbers in zip(found, vectors, strict=True)]


def _place_public(question: PublicQuestion) -> int | None:
    if question.answered or question.about_id:
        return None
    question.topic_id = _topic_near(question.embedding.to_list())
    question.save(update_fields=["topic"])
    return question.topic_id


def _place_private(answer: Answer, numbers: Sequence[float]) -> int:
    topic = _topic_near(numbers)
    values = {"topic_id": topic, "embedding": HalfVector(numbers)}
    UnansweredQuestion.objects.update_or_create(question=answer.question, defaults=values)
    _centre(topic)
    return topic


def _topic_near(numbers: Sequence[float]) -> int:
    """The nearest topic that is near enough, or a new one."""
    here = HalfVector(list(numbers))
    topics = _living().annotate(far=CosineDistance("centre", here)).order_by("far", "pk")
    nearest = topics.first()
    if nearest is not None and 1 - nearest.far >= JOIN:
        return nearest.pk
    return WantedTopic.objects.create(centre=here, embedder=load("embedder").name).pk


def _living() -> QuerySet[WantedTopic]:
    return WantedTopic.objects.filter(merged_into=None, embedder=load("embedder").name).exclude(centre=None)


def _centre(topic: int) -> None:
    """Put a topic's centre in the middle of the questions it holds now."""
    middle = UnansweredQuestion.objects.filter(topic=topic).aggregate(middle=Avg("embedding"))["middle"]
    if middle is not None:
        WantedTopic.objects.filter(pk=topic).update(centre=middle)


def _shrunk() -> set[int]:
    """Topics whose questions were forgotten since they were counted; those that hold nothing any more are deleted."""
    counted = WantedTopic.objects.filter(merged_into=None).annotate(now=Count("asked", distinct=True))
    shrunk = set(counted.filter(now__lt=F("kept")).values_list("pk", flat=True))
    empty = WantedTopic.objects.filter(pk__in=shrunk, state=State.GATHERING, asked=None, questions=None, merged=None)
    gone = set(empty.values_list("pk", flat=True))
    WantedTopic.objects.filter(pk__in=gone).delete()
    for topic in shrunk - gone:
        _centre(topic)
    return shrunk - gone


def _follow_model() -> None:
    """Begin anew where the embedding model changed. What people know by its name stays, and is placed by its name."""
    name = load("embedder").name
    other = WantedTopic.objects.exclude(embedder=name)
    other.filter(state=State.GATHERING, merged=None).delete()
    known = list(other.filter(merged_into=None))
    named = [topic.label or "".join(topic.questions.values_list("text", flat=True)[:1]) for topic in known]
    vectors = vector.vectors(named, queries=True) if named else ()
    for topic, numbers in zip(known, vectors, strict=True):
        topic.centre, topic.embedder = HalfVector(numbers.tolist()), name
        topic.save()
        topic.asked.all().delete()


def _merge(touched: set[int]) -> int:
    """Join topics that grew together; the younger goes into the older, a nameless one into one people know."""
    merged = 0
    for pk in sorted(touched):
        topic = _living().filter(pk=pk).first()
        if topic is None:
            continue
        others = _living().exclude(pk=pk).annotate(far=CosineDistance("centre", topic.centre)).order_by("far", "pk")
        other = others.first()
        if other is None or 1 - other.far < MERGE:
            continue
        into, gone = sorted((topic, other), key=lambda one: (one.state == State.GATHERING, one.pk))
        if gone.state != State.GATHERING:
            continue  # both stand before people already
        with transaction.atomic():
            gone.asked.update(topic=into)
            gone.questions.update(topic=into)
            gone.merged.update(merged_into=into)
            WantedTopic.objects.filter(pk=gone.pk).update(merged_into=into, askers=0, label="")
        _centre(into.pk)
        touched.add(into.pk)
        merged += 1
    return merged


def _asked(topic: WantedTopic) -> dict[str, list[str]]:
    """The questions of a topic by who asked them: an account or a session, never a name."""
    found: dict[str, list[str]] = {}
    private = topic.asked.values_list("question__asker_id", "question__visitor", "question__text")
    public = topic.questions.filter(state="published").values_list("offered_by_id", "visitor", "text")
    for account, visitor, text in [*private, *public]:
        found.setdefault(f"account {account}" if account else f"session {visitor}", []).append(text)
    return found


def _refresh(topic: WantedTopic) -> bool:
    """Count a topic's askers, find the patterns nearest to it, and propose a label; whether one was proposed."""
    asked = _asked(topic)
    topic.askers, topic.kept = len(asked), topic.asked.count()
    if topic.centre is not None:
        topic.nearest = _nearest(topic)
    proposed = False
    if topic.state == State.GATHERING and topic.askers >= FEWEST:
        topic.label = label((who, text) for who, texts in asked.items() for text in texts)
        proposed = bool(topic.label)
        topic.state = State.PROPOSED if proposed else topic.state
    with transaction.atomic():
        topic.save()
        if proposed:
            reasons = [f"{topic.askers} different people asked for this, and the library had no answer."]
            open_item(KIND, object_id=topic.pk, title=topic.label, priority=min(15, topic.askers), reasons=reasons)
    return proposed


def _nearest(topic: WantedTopic) -> list[int]:
    """The patterns whose passages come nearest to a topic's centre."""
    passages = readable().filter(generation__model=topic.embedder, pattern__isnull=False).exclude(embedding=None)
    near = passages.annotate(far=CosineDistance("embedding", topic.centre)).order_by("far")
    return list(dict.fromkeys(near.values_list("pattern_id", flat=True)[:PASSAGES]))[:NEAREST]

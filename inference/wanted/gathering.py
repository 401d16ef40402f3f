"""Gathers unanswered questions by meaning, a few at a time, and proposes to a reviewer what to call each gathering.

Vectors and counts go with their questions when those are forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.backends import BackendError, load
from inference.models import Answer, PublicQuestion, UnansweredQuestion, WantedTopic
from inference.retrieval import vector
from inference.retrieval.evidence import readable
from inference.wanted import placing, reading
from inference.wanted.labels import FEWEST, label
from inference.wanted.missed import missed
from patterns.review.priority import Signs
from patterns.review.queue import open_item

KIND = "wanted_topic"
A_ROUND = 16  # questions embedded in one run: a busy machine must do them in the time a worker is waited for
NEAREST = 5  # patterns
PASSAGES = 30  # looked at to find them
LOOKED_AGAIN, A_LOOK = timedelta(days=1), 10  # at what is near a topic that is shown: the library grows
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
    embedded, joined, touched = 0, 0, set()
    try:
        placing.follow_model()
        for question in _embed_public():
            embedded += 1
            touched |= _place_public(question)
        for answer, numbers in _unanswered():
            joined += 1
            touched.add(_place_private(answer, numbers))
    except BackendError:
        pass  # nothing can embed just now: the next round goes on
    touched |= placing.shrink()
    took = placing.merge(touched)
    due = reading.topics().filter(changed_at__lt=timezone.now() - LOOKED_AGAIN)[:A_LOOK]
    touched |= took | set(due.values_list("pk", flat=True))
    proposed = sum(_refresh(topic) for topic in WantedTopic.objects.filter(pk__in=touched, merged_into=None))
    return Gathered(embedded + joined, joined, len(took), proposed)


def _embed_public() -> list[PublicQuestion]:
    """Give public questions that have none (or one of another model) their vector."""
    name = load("embedder").name
    waiting = PublicQuestion.objects.filter(state=PublicQuestion.State.PUBLISHED).exclude(embedder=name)
    found = list(waiting.order_by("pk")[:A_ROUND])
    vectors = vector.vectors([one.text for one in found], queries=True, model=name) if found else ()
    for question, numbers in zip(found, vectors, strict=True):
        question.embedding, question.embedder = HalfVector(numbers.tolist()), name
        question.save(update_fields=["embedding", "embedder"])
    return found


def _unanswered() -> list[tuple[Answer, Sequence[float]]]:
    """Questions of their own that found no answer (or a wrong one) and are in no topic yet, with their vectors."""
    answers = Answer.objects.filter(
        missed(),
        state=Answer.State.DONE,
        question__parent=None,
        question__about=None,
        question__unanswered=None,
    )
    # Greetings were no question, and what was searched by words alone was not really searched.
    asked = answers.exclude(route__contains={"kind": "none"}).exclude(route__contains={"words_only": True})
    found = list(asked.select_related("question").order_by("pk")[:A_ROUND])
    texts = [one.question.text for one in found]
    vectors = vector.vectors(texts, queries=True, model=load("embedder").name) if found else ()
    return [(answer, numbers.tolist()) for answer, numbers in zip(found, vectors, strict=True)]


def _place_public(question: PublicQuestion) -> set[int]:
    if question.answered or question.about_id:
        return set()
    question.topic_id = placing.topic_near(question.embedding.to_list())
    question.save(update_fields=["topic"])
    return {question.topic_id}


def _place_private(answer: Answer, numbers: Sequence[float]) -> int:
    topic = placing.topic_near(numbers)
    values = {"topic_id": topic, "embedding": HalfVector(numbers)}
    UnansweredQuestion.objects.update_or_create(question=answer.question, defaults=values)
    placing.centre(topic)
    return topic


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
            open_item(KIND, object_id=topic.pk, title=topic.label, signs=Signs(asked=topic.askers, minutes=1))
    return proposed


def _nearest(topic: WantedTopic) -> list[int]:
    """The patterns whose passages come nearest to a topic's centre."""
    passages = readable().filter(generation__model=topic.embedder, pattern__isnull=False).exclude(embedding=None)
    near = passages.annotate(far=CosineDistance("embedding", topic.centre)).order_by("far")
    return list(dict.fromkeys(near.values_list("pattern_id", flat=True)[:PASSAGES]))[:NEAREST]

"""Puts a question where its meaning belongs, and keeps topics in the middle of what they hold.

Leader clustering: each question joins the nearest topic or begins one, and topics that grew together become one. The
thresholds were measured (ADR 0021, `python -m bench like`).
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Avg, Count, F, QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.backends import load
from inference.models import UnansweredQuestion, WantedTopic
from inference.retrieval import vector

JOIN = 0.55  # cosine to a topic's centre from which a question asks for the same thing
MERGE = 0.75  # cosine of two centres from which two topics are one
State = WantedTopic.State


def topic_near(numbers: Sequence[float]) -> int:
    """The id of the nearest topic that is near enough to this vector, or of a new one."""
    here = HalfVector(list(numbers))
    nearest = _living().annotate(far=CosineDistance("centre", here)).order_by("far", "pk").first()
    if nearest is not None and 1 - nearest.far >= JOIN:
        return nearest.pk
    return WantedTopic.objects.create(centre=here, embedder=load("embedder").name).pk


def centre(topic: int) -> None:
    """Put a topic's centre in the middle of the questions it holds now; one that holds none keeps its place."""
    middle = UnansweredQuestion.objects.filter(topic=topic).aggregate(middle=Avg("embedding"))["middle"]
    if middle is not None:
        WantedTopic.objects.filter(pk=topic).update(centre=middle)


def shrink() -> set[int]:
    """Centre topics whose questions were forgotten since they were counted, and return them; delete empty ones."""
    counted = WantedTopic.objects.filter(merged_into=None).annotate(now=Count("asked", distinct=True))
    shrunk = set(counted.filter(now__lt=F("kept")).values_list("pk", flat=True))
    empty = WantedTopic.objects.filter(pk__in=shrunk, state=State.GATHERING, asked=None, questions=None, merged=None)
    gone = set(empty.values_list("pk", flat=True))
    WantedTopic.objects.filter(pk__in=gone).delete()
    for topic in shrunk - gone:
        centre(topic)
    return shrunk - gone


def merge(touched: set[int]) -> set[int]:
    """Join topics that grew together with one of `touched`, and return those that took another in.

    The younger goes into the older, and one that nobody knows into one that people know.
    """
    took = set()
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
            WantedTopic.objects.filter(pk=gone.pk).update(merged_into=into, askers=0, kept=0, label="")
        centre(into.pk)
        took.add(into.pk)
    return took


def follow_model() -> None:
    """Begin anew where the embedding model changed. What people know by its name stays, and is placed by its name."""
    name = load("embedder").name
    other = WantedTopic.objects.exclude(embedder=name)
    other.filter(state=State.GATHERING, merged=None).delete()
    known = list(other.filter(merged_into=None))
    named = [_name(topic) for topic in known]
    vectors = vector.vectors(named, queries=True, model=name) if named else ()
    for topic, numbers in zip(known, vectors, strict=True):
        topic.centre, topic.embedder = HalfVector(numbers.tolist()), name
        topic.save()
        topic.asked.all().delete()


def _name(topic: WantedTopic) -> str:
    """The words that stand for a topic where its private questions may not."""
    return topic.label.replace(",", "") or "".join(topic.questions.values_list("text", flat=True)[:1]) or "unknown"


def _living() -> QuerySet[WantedTopic]:
    return WantedTopic.objects.filter(merged_into=None, embedder=load("embedder").name).exclude(centre=None)

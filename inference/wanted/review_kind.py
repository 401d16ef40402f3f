"""What to call a topic that people ask about: the words are the machine's, the yes is a reviewer's.

The reviewer sees the shared words and the nearest patterns, and no private question.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inference.models import WantedTopic
from inference.wanted import reading
from inference.wanted.gathering import KIND
from inference.wanted.labels import FEWEST
from patterns.enums import Decision
from patterns.models import ReviewItem, User
from patterns.review.errors import NotNow
from patterns.review.kinds import QueueKind, register


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `inference/_wanted_review.html`. Three queries."""
    topic = WantedTopic.objects.get(pk=item.object_id)
    return {"topic": topic, "near": reading.patterns_near(topic), "public": reading.questions_of(topic)}


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:  # noqa: ARG001
    """Show the topic among the wanted patterns, or let it be."""
    topic = WantedTopic.objects.select_for_update().get(pk=item.object_id)
    if decision is Decision.ACCEPT and topic.askers < FEWEST:
        raise NotNow(_("Fewer than three people ask for it by now, so its words stay private. Decline it."))
    topic.state = WantedTopic.State.SHOWN if decision is Decision.ACCEPT else WantedTopic.State.DECLINED
    topic.save()


def register_topics() -> None:
    """Add the kind to the queue."""
    register(
        QueueKind(
            name=KIND, label=gettext_lazy("wanted pattern"), template="inference/_wanted_review.html", decide=decide,
            describe=describe, decisions=(Decision.ACCEPT, Decision.DECLINE),
        )
    )  # fmt: skip

"""Keep what a reviewer has written about an item and not sent: it outlives failed posts and lost sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.models import Desk, ReviewItem, User
from patterns.people.roles import is_reviewer
from patterns.review.errors import NotAReviewer

LONGEST: Final = 100_000  # characters of a text that is kept, however long a reason or comment may be
MOST_CHOICES: Final = 100


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the page of one item holds of a reviewer: reason, ready-made ones, ticks, and a comment being written."""

    reason: str = ""
    ready: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    spot: str = ""
    draft: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.reason.strip() or self.ready or self.ticks or self.draft.strip() or self.spot)


def unsent(item: ReviewItem, reviewer: User) -> Unsent:
    """What `reviewer` left on this item, if anything. One query."""
    kept = Desk.objects.filter(item=item, reviewer=reviewer).first()
    return Unsent(kept.reason, tuple(kept.ready), tuple(kept.ticks), kept.spot, kept.draft) if kept else Unsent()


def keep_unsent(item: ReviewItem, reviewer: User, words: Unsent) -> None:
    """Keep what is written, as it is; nothing written keeps nothing."""
    if not is_reviewer(reviewer):
        raise NotAReviewer
    if not words.anything:
        clear(item, reviewer)
        return
    values = {
        "reason": _kept(words.reason), "ready": _few(words.ready), "ticks": _few(words.ticks),
        "spot": words.spot[:220], "draft": _kept(words.draft),
    }  # fmt: skip
    Desk.objects.update_or_create(item=item, reviewer=reviewer, defaults=values)


def clear(item: ReviewItem, reviewer: User) -> None:
    """Forget what was written, because it was sent."""
    Desk.objects.filter(item=item, reviewer=reviewer).delete()


def _kept(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST]


def _few(choices: Sequence[str]) -> list[str]:
    return [one.replace("\x00", "")[:80] for one in choices[:MOST_CHOICES]]

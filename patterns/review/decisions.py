"""Decide on an item once, by another person than its author, on the version that person read."""

from collections.abc import Iterable

from django.db import transaction

from patterns.enums import Decision
from patterns.models import Review, ReviewItem, User
from patterns.people import audit, bans
from patterns.people.roles import is_reviewer
from patterns.review.checklists import record_of, told
from patterns.review.claims import refuse_if_held
from patterns.review.errors import (
    AlreadyDecided,
    NotACurator,
    NotAReviewer,
    NotNow,
    OpenQuestions,
    OwnWork,
    ReasonNeeded,
    Stale,
)
from patterns.review.kinds import kind_of
from patterns.review.queue import close, hand_back


def decide(
    item: ReviewItem, *, reviewer: User, decision: str, reason: str = "", version: int,
    ticks: Iterable[str] | None = None, sure: bool = False, chosen: Iterable[str] = (),
) -> Review:  # fmt: skip
    """Record a decision and have the item's kind carry it out, in one transaction.

    `version` is the item's version on the page the reviewer read. Two reviewers at once: one decides, the other
    gets `AlreadyDecided` or `Stale`. `ticks` are those of the kind's checklist, None where nobody was shown one;
    accepting with open questions raises `OpenQuestions` unless the reviewer is `sure`. `chosen` are the kind's options
    that go with the decision. Raises a `ReviewError`; then nothing has happened.
    """
    wanted, reason = Decision(decision), reason.strip()
    if not is_reviewer(reviewer):
        raise NotAReviewer
    bans.check(reviewer)
    with transaction.atomic():
        locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
        _refuse(locked, reviewer=reviewer, version=version)
        kind = kind_of(locked)
        if not kind.open_to(reviewer):
            raise NotACurator
        if wanted not in kind.decisions:
            raise NotNow(f"This cannot be decided with “{wanted.label}”.")
        if wanted is not Decision.ACCEPT and not reason:
            raise ReasonNeeded
        kept = record_of(locked.kind, ticks) if ticks is not None else []
        if wanted is Decision.ACCEPT and not sure and any(not one["ticked"] for one in kept):
            raise OpenQuestions([one.text for one in told(locked.kind, kept) if not one.ticked])
        review = Review.objects.create(
            item=locked, reviewer=reviewer, author=locked.author, decision=wanted, reason=reason,
            item_version=locked.version, checklist=kept,
        )  # fmt: skip
        more = {"chosen": frozenset(chosen)} if kind.options is not None else {}
        kind.decide(locked, wanted, reviewer=reviewer, reason=reason, **more)
        if wanted is Decision.REQUEST_CHANGES:
            hand_back(locked)
        else:
            close(locked)
        audit.note(reviewer, _DONE[wanted], target=locked, kind=locked.kind, object=locked.object_id, reason=reason)
    return review


def _refuse(item: ReviewItem, *, reviewer: User, version: int) -> None:
    if item.author_id == reviewer.pk:
        raise OwnWork
    said = item.reviews.filter(item_version=item.version).select_related("reviewer").first()
    if said is not None:
        raise AlreadyDecided(said.reviewer.credit, said.get_decision_display())
    if not item.open:
        raise AlreadyDecided
    if version != item.version:
        raise Stale
    refuse_if_held(item, but_for=reviewer)


_DONE = {
    Decision.ACCEPT: "accepted",
    Decision.DECLINE: "declined",
    Decision.REQUEST_CHANGES: "requested changes",
}

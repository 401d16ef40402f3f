"""Accept and reject suggested relations, singly or by the thousand, each act in one transaction and kept for undoing.

Two reviewers at once decide nothing twice: rows are locked in one order, what is no longer as the reviewer saw it is
left alone and counted, and a whole filter is refused when it no longer finds what was seen.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clm_site.jobs import Job, enqueue
from patterns.enums import ChangeKind, Provenance, RelationState
from patterns.models import LibraryChange, Relation, RelationBatch, RelationDecision, Submission, User
from patterns.people import audit, bans
from patterns.people.roles import is_reviewer
from patterns.recording.copying import copy_in
from patterns.relating.choosing import Chosen, decidable, fingerprint
from patterns.review.errors import AlreadyDecided, NotAReviewer, OwnWork, ReasonNeeded, ReviewError

Act = RelationBatch.Act
BECOMES = {Act.ACCEPT: RelationState.APPROVED, Act.REJECT: RelationState.REJECTED}
MOST_PICKED = 500  # rows of one form; more are chosen by a filter


class SetChanged(ReviewError):
    """The filter finds other relations than the reviewer saw; nothing was decided."""

    def __init__(self, *, seen: int, now: int) -> None:
        self.seen, self.now = seen, now
        super().__init__(
            _("The list changed after you opened it: %(seen)s relations then, %(now)s now. Look again, then decide.")
            % {"seen": seen, "now": now}
            if seen != now
            else _("A relation in the list changed after you opened it. Look once more, then decide.")
        )


@dataclass(frozen=True, slots=True)
class Pick:
    """One relation as the reviewer saw it: `mark` is what `mark_of` said of it then."""

    pk: int
    mark: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: its record, and how many were left alone because they had changed, or were one's own."""

    batch: RelationBatch | None
    changed: int = 0
    own: int = 0

    @property
    def count(self) -> int:
        return self.batch.count if self.batch else 0


def mark_of(relation: Relation) -> str:
    """A short name for exactly this relation saying exactly this."""
    said = (relation.pk, relation.kind, relation.source_id, relation.target_id, relation.target_ref, relation.evidence)
    return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()[:12]


def decide(picks: Sequence[Pick], *, reviewer: User, act: str, reason: str = "", key: str = "") -> Outcome:
    """Accept or reject the picked relations and return what came of it.

    One alone that cannot be decided raises `AlreadyDecided` or `OwnWork`; among several it is left alone and counted.
    Several are rejected with a reason. The same `key` again is the same act. Raises `ReviewError`.
    """
    wanted, reason = _checked(reviewer, act), reason.strip()
    if wanted is Act.REJECT and len(picks) > 1 and not reason:
        raise ReasonNeeded
    seen = {pick.pk: pick.mark for pick in picks[:MOST_PICKED]}
    with transaction.atomic():
        if done := _done(key):
            return Outcome(done)
        rows = list(Relation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen).order_by("pk"))
        own = [one for one in rows if one.suggested_by_id == reviewer.pk]
        fresh = [one for one in rows if one not in own and _as_seen(one, seen[one.pk])]
        if len(seen) == 1 and not fresh:
            raise OwnWork if own else _why_not(rows)
        changed = len(seen) - len(own) - len(fresh)
        if not fresh:
            return Outcome(None, changed, len(own))
        if wanted is Act.REJECT and any(one.suggested_by_id for one in fresh) and not reason:
            raise ReasonNeeded
        words = str(fresh[0]) if len(fresh) == 1 else ngettext("%(n)s picked", "%(n)s picked", len(fresh)) % {
            "n": len(fresh)
        }  # fmt: skip
        batch = _record(fresh, reviewer=reviewer, act=wanted, reason=reason, chosen=words, key=key)
        return Outcome(batch, changed, len(own))


def decide_all(chosen: Chosen, *, seen: str, reviewer: User, act: str, reason: str = "", key: str = "") -> Outcome:
    """Accept or reject everything that `chosen` finds, if it is what the reviewer saw (`seen`, a fingerprint as text).

    Raises `SetChanged`, `ReasonNeeded`, `NotAReviewer`; then nothing has happened.
    """
    wanted, reason = _checked(reviewer, act), reason.strip()
    if wanted is Act.REJECT and not reason:
        raise ReasonNeeded
    with transaction.atomic():
        if done := _done(key):
            return Outcome(done)
        held = decidable(chosen, reviewer=reviewer).select_for_update(of=("self",), no_key=True)
        rows = list(held.order_by("pk").defer("raw", "evidence"))
        now = fingerprint(Relation.objects.filter(pk__in=[one.pk for one in rows], state=RelationState.SUGGESTED))
        if str(now) != seen:
            raise SetChanged(seen=_count(seen), now=now.count)
        if not rows:
            return Outcome(None)
        return Outcome(_record(rows, reviewer=reviewer, act=wanted, reason=reason, chosen=chosen.words, key=key))


def settle(relation: Relation, *, reviewer: User, act: str, reason: str, submission: Submission) -> RelationBatch:
    """Carry out what a reviewed submission asks of a locked relation; call it in the review's transaction."""
    if relation.suggested_by_id == reviewer.pk:
        raise OwnWork
    return _record(
        [relation], reviewer=reviewer, act=Act(act), reason=reason, chosen=str(relation), submission=submission
    )


def _record(rows: Sequence[Relation], *, reviewer: User, act: Any, key: str = "", **said: Any) -> RelationBatch:
    """Write the act, one decision for each of the locked `rows`, and what becomes of them."""
    batch = RelationBatch.objects.create(
        reviewer=reviewer, act=act, count=len(rows), key=key[:64] or None, **(said | {"chosen": said["chosen"][:500]})
    )
    state = BECOMES[act]
    copy_in(
        [
            RelationDecision(
                batch=batch, relation=one, before_state=one.state, before_provenance=one.provenance,
                before_by_id=one.decided_by_id, before_at=one.decided_at, state=state, provenance=Provenance.REVIEWED,
            )
            for one in rows
        ]
    )  # fmt: skip
    Relation.objects.filter(decisions__batch=batch).update(
        state=state, provenance=Provenance.REVIEWED, decided_by=reviewer, decided_at=timezone.now()
    )
    tell(rows)
    verb = "accepted relations" if act == Act.ACCEPT else "rejected relations"
    target = rows[0] if len(rows) == 1 else None
    audit.note(
        reviewer, verb.removesuffix("s") if target else verb, target=target, count=len(rows), chosen=batch.chosen,
        reason=batch.reason, batch=batch.pk,
    )  # fmt: skip
    return batch


def tell(rows: Iterable[Relation]) -> None:
    """Write one line of the library's log for each pattern at an end of `rows`, and wake the followers."""
    touched = {end for one in rows for end in (one.source_id, one.target_id) if end}
    copy_in([LibraryChange(kind=ChangeKind.RELATIONS_CHANGED, pattern_id=pk) for pk in sorted(touched)])
    enqueue(Job.FOLLOW_LIBRARY)


def _checked(reviewer: User, act: str) -> Any:
    if not is_reviewer(reviewer):
        raise NotAReviewer
    bans.check(reviewer)
    wanted = Act(act)
    if wanted not in BECOMES:
        raise ValueError(f"{act!r} is no decision")
    return wanted


def _done(key: str) -> RelationBatch | None:
    """The act that was already done with this form's key, if it was sent twice."""
    return RelationBatch.objects.filter(key=key[:64]).first() if key else None


def _as_seen(relation: Relation, mark: str) -> bool:
    return relation.state == RelationState.SUGGESTED and mark_of(relation) == mark


def _why_not(rows: Sequence[Relation]) -> ReviewError:
    """Say why a single relation was not decided: who was quicker, or that it says something else by now."""
    if not rows:
        return AlreadyDecided()
    relation = rows[0]
    if relation.state == RelationState.SUGGESTED:
        return SetChanged(seen=1, now=1)
    return AlreadyDecided(relation.decided_by.credit if relation.decided_by else "", relation.get_state_display())


def _count(seen: str) -> int:
    count = seen.partition("-")[0]
    return int(count) if count.isdecimal() and len(count) < 10 else 0

"""Take an act back: every relation of it that nobody decided on again since becomes what it was before."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.enums import RelationState
from patterns.models import Relation, RelationBatch, RelationDecision, User
from patterns.people import audit, bans
from patterns.people.roles import is_curator, is_reviewer
from patterns.recording.copying import copy_in
from patterns.relating.deciding import Act, tell
from patterns.review.errors import NotAReviewer, NotNow, ReviewError

AT_ONCE = 2_000


class NotYourAct(ReviewError):
    """Acts are taken back by who did them, or by a curator."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Another reviewer did this. They can take it back, or a curator can."))


def undo(batch: RelationBatch, *, by: User) -> RelationBatch:
    """Take `batch` back and return the record of that; its `count` says how many relations became what they were.

    Raises `NotAReviewer`, `NotYourAct`, and `NotNow` for what cannot be taken back (twice, or an undoing itself).
    """
    if not is_reviewer(by):
        raise NotAReviewer
    bans.check(by)
    if batch.reviewer_id != by.pk and not is_curator(by):
        raise NotYourAct
    with transaction.atomic():
        locked = RelationBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if locked.act == Act.UNDO or locked.submission_id:
            raise NotNow(_("This cannot be taken back here: decide on the relation again instead."))
        if RelationBatch.objects.filter(undoes=locked).exists():
            raise NotNow(_("This has been taken back already."))
        decisions = _restorable(locked, by=by)
        back = RelationBatch.objects.create(
            reviewer=by, act=Act.UNDO, count=len(decisions), chosen=locked.chosen, undoes=locked
        )
        copy_in(
            [
                RelationDecision(
                    batch=back, relation_id=one.relation_id, before_state=one.state, before_provenance=one.provenance,
                    before_by_id=one.relation.decided_by_id, before_at=one.relation.decided_at,
                    state=one.before_state, provenance=one.before_provenance,
                )
                for one in decisions
            ]
        )  # fmt: skip
        _restore(decisions)
        tell([one.relation for one in decisions])
        audit.note(by, "took back decisions on relations", count=back.count, batch=locked.pk, chosen=locked.chosen)
    return back


def _restorable(batch: RelationBatch, *, by: User) -> list[RelationDecision]:
    """The decisions of `batch` that still stand, their relations locked in the order that deciding locks them."""
    pks = batch.decisions.values("relation")
    list(
        Relation.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=pks)
        .order_by("pk")
        .values_list("pk")
    )
    later = RelationDecision.objects.filter(relation=OuterRef("relation"), pk__gt=OuterRef("pk"))
    standing = batch.decisions.filter(~Exists(later), relation__state=F("state"), relation__provenance=F("provenance"))
    return list(
        standing.exclude(relation__suggested_by=by)
        .select_related("relation")
        .defer("relation__raw", "relation__evidence")
        .order_by("relation")
    )


def _restore(decisions: list[RelationDecision]) -> None:
    """Give each relation its former verdict; those that were merely suggested, nearly all, in one statement."""
    plain = [one for one in decisions if one.before_state == RelationState.SUGGESTED and one.before_by_id is None]
    by_provenance: dict[str, list[int]] = {}
    for one in plain:
        by_provenance.setdefault(one.before_provenance, []).append(one.relation_id)
    for provenance, pks in by_provenance.items():
        Relation.objects.filter(pk__in=pks).update(
            state=RelationState.SUGGESTED, provenance=provenance, decided_by=None, decided_at=None
        )
    rest = []
    for one in decisions:
        if one.before_state == RelationState.SUGGESTED and one.before_by_id is None:
            continue
        relation = one.relation
        relation.state, relation.provenance = one.before_state, one.before_provenance
        relation.decided_by_id, relation.decided_at = one.before_by_id, one.before_at or timezone.now()
        rest.append(relation)
    Relation.objects.bulk_update(rest, ["state", "provenance", "decided_by", "decided_at"], batch_size=AT_ONCE)

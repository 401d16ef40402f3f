"""Carry an act on many items out: each in a transaction of its own, on its version, with its outcome beside it.

A form that is sent twice, or an act that broke off half way, goes on where it stopped: an item that has an outcome is
left alone.
"""

from collections.abc import Sequence

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.models import BulkAct, BulkOutcome, ReviewItem, User
from patterns.people import audit, bans
from patterns.people.roles import is_reviewer
from patterns.review.bulk.planning import DECISIONS, MOST, Chosen, Kind, kind_refuses
from patterns.review.claims import claim, release
from patterns.review.decisions import decide
from patterns.review.errors import NotAReviewer, NotNow, ReasonNeeded, ReviewError

UNDOES = {Kind.CLAIM: Kind.RELEASE, Kind.RELEASE: Kind.CLAIM}


class BulkError(Exception):
    """Nothing was done and nothing was lost; the message is for the reviewer."""

    status = 409


class Changed(BulkError):
    """The list is not what it was when the reviewer looked."""

    def __init__(self) -> None:
        super().__init__(
            _("The list changed after you looked at it, so nothing was done. Look once more, then confirm.")
        )


class TooMany(BulkError):
    """More than one act may reach."""

    status = 422

    def __init__(self) -> None:
        said = ngettext(
            "At most %(most)s item at once. Narrow the list, or tick some of it.",
            "At most %(most)s items at once. Narrow the list, or tick some of it.",
            MOST,
        )
        super().__init__(said % {"most": MOST})


def carry_out(
    kind: str, chosen: Sequence[Chosen], *, actor: User, key: str, reason: str = "", query: str = ""
) -> BulkAct:
    """Do `kind` to each of `chosen`, and return the act with its outcomes. The same key again is the same act.

    Raises `NotAReviewer`, `ReasonNeeded`, `TooMany`, and `Changed` for somebody else's key.
    """
    reason = reason.strip()
    if not is_reviewer(actor):
        raise NotAReviewer
    bans.check(actor)
    if kind == Kind.DECLINE and not reason:
        raise ReasonNeeded
    if len(chosen) > MOST:
        raise TooMany
    with transaction.atomic():
        values = {"actor": actor, "kind": kind, "reason": reason, "query": query}
        act, new = BulkAct.objects.get_or_create(key=key, defaults=values)
        if act.actor_id != actor.pk or act.kind != kind:
            raise Changed
        if new:
            audit.note(actor, "acted on many", target=act, kind=kind, count=len(chosen))
    for one in chosen:
        _do(act, one, actor=actor)
    return act


def undoable(act: BulkAct) -> bool:
    """Whether `undo` can take an act back: claims and their end, and only once; what was decided stays decided."""
    return act.kind in UNDOES and act.undoes_id is None and not BulkAct.objects.filter(undoes=act).exists()


def undo(act: BulkAct, *, actor: User) -> BulkAct:
    """Give back what was claimed, or claim what was given back. Twice is once. Raises `NotAReviewer`, `NotNow`."""
    if not is_reviewer(actor) or act.actor_id != actor.pk:
        raise NotAReviewer
    if act.kind not in UNDOES or act.undoes_id is not None:
        raise NotNow(_("What was decided stays decided. Its authors can read why, and send again."))
    done = act.outcomes.filter(done=True).select_related("item")
    chosen = [Chosen(outcome.item_id, outcome.item.version) for outcome in done]
    made = carry_out(UNDOES[act.kind], chosen, actor=actor, key=f"undo-{act.pk}", query=act.query)
    BulkAct.objects.filter(pk=made.pk, undoes=None).update(undoes=act)
    return made


def _do(act: BulkAct, chosen: Chosen, *, actor: User) -> None:
    """Deal with one item and write down what came of it. The act's row is held, so that a twin waits and passes."""
    with transaction.atomic():
        BulkAct.objects.select_for_update().get(pk=act.pk)
        item = ReviewItem.objects.filter(pk=chosen.pk).first()
        if item is None or act.outcomes.filter(item=item).exists():
            return
        said = ""
        try:
            with transaction.atomic():
                _reach(act, item, chosen, actor=actor)
        except ReviewError as problem:
            said = problem.brief
        except ObjectDoesNotExist:
            said = _("What it stands for is not there any more.")
        BulkOutcome.objects.create(act=act, item=item, done=not said, said=said)


def _reach(act: BulkAct, item: ReviewItem, chosen: Chosen, *, actor: User) -> None:
    if act.kind == Kind.CLAIM:
        claim(item, reviewer=actor)
    elif act.kind == Kind.RELEASE:
        if not release(item, reviewer=actor):
            raise NotNow(_("You do not hold it."))
    else:
        if refusal := kind_refuses(act.kind, item):
            raise NotNow(refusal)
        decide(item, reviewer=actor, decision=DECISIONS[Kind(act.kind)], reason=act.reason, version=chosen.version)

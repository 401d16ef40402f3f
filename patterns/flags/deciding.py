"""Decide on what was flagged: nothing is wrong, it is mended, taken out, its author warned or banned. With a reason.

The decision is a review like every other (`patterns.review.decide`): once, on what was read, never on one's own work.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.enums import Decision
from patterns.flags.flagging import KIND
from patterns.flags.targets import target_of
from patterns.models import FlagCase, Review, ReviewItem, User
from patterns.people import bans, notices
from patterns.people.roles import is_admin, is_curator, is_reviewer
from patterns.review.decisions import decide as review
from patterns.review.errors import AlreadyDecided, NotAReviewer, NotNow, OwnWork, ReasonNeeded
from patterns.review.queue import lock_open_item

Outcome = FlagCase.Outcome
BAN_DAYS = (7, 30, 365)


def outcomes_for(case: FlagCase, *, reviewer: User) -> list[tuple[Outcome, str]]:
    """What `reviewer` may decide, with the words of the choice."""
    target = target_of(case.kind)
    found = [(Outcome.NOTHING, _("Nothing is wrong with it")), (Outcome.MENDED, _("It was right, and it is mended"))]
    if target is not None and target.hide is not None and (is_curator(reviewer) or not target.curators):
        found.append((Outcome.HIDDEN, str(target.hidden) or _("Take it out")))
    if case.author_id is not None:
        found.append((Outcome.WARNED, _("Warn its author, who reads your reason")))
        may_ban = is_admin(reviewer) or (is_curator(reviewer) and not is_admin(case.author))
        found.append((Outcome.BANNED, _("Ban its author") if may_ban else _("Propose to ban its author")))
    return found


def decide(
    case: FlagCase, *, outcome: str, reason: str, reviewer: User, version: int, ban_days: int = BAN_DAYS[0]
) -> Review:
    """Settle a case and carry the decision out, in one transaction. Raises a `ReviewError`, or `bans.BanError`."""
    if not reason.strip():
        raise ReasonNeeded
    bans.check(reviewer)
    if not is_reviewer(reviewer):
        raise NotAReviewer
    if case.author_id == reviewer.pk:
        raise OwnWork
    with transaction.atomic():
        item = open_case(case)
        if item is None:
            raise AlreadyDecided
        if outcome not in {value for value, _words in outcomes_for(case, reviewer=reviewer)}:
            raise NotNow(_("You cannot decide this. Choose one of what is offered, or leave it to a curator."))
        wanted = Decision.DECLINE if outcome == Outcome.NOTHING else Decision.ACCEPT
        FlagCase.objects.filter(pk=case.pk, outcome="").update(
            outcome=outcome, answer=reason.strip(), decided_by=reviewer, decided_at=timezone.now()
        )
        made = review(item, reviewer=reviewer, decision=wanted, reason=reason, version=version)
        _tell(case, outcome=outcome, reason=reason.strip(), by=reviewer)
        if outcome == Outcome.BANNED and case.author is not None:
            _ban(case.author, reason=reason, days=ban_days, by=reviewer)
    return made


def _tell(case: FlagCase, *, outcome: str, reason: str, by: User) -> None:
    """Who flagged it hears that somebody looked; a warned author hears why."""
    for one in case.flags.exclude(by=None).select_related("by"):
        notices.notify(one.by, kind="flag_settled", url=reverse("flags"), actor=by, title=case.title)
    if outcome == Outcome.WARNED:
        notices.notify(case.author, kind="warned", url=case.address, title=reason)


def open_case(case: FlagCase) -> ReviewItem | None:
    """The item of a case, held until the transaction ends."""
    return lock_open_item(KIND, object_id=case.pk)


def carry_out(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """What the queue's kind does: hide what is to be hidden. Nobody decides on what they flagged themself."""
    case = FlagCase.objects.select_for_update(of=("self",)).get(pk=item.object_id)
    if case.flags.filter(by=reviewer).exists():
        raise OwnWork
    if not case.outcome:
        if decision is not Decision.DECLINE:
            raise NotNow(_("Say what is to be done about it."))
        case.outcome, case.answer, case.decided_by, case.decided_at = Outcome.NOTHING, reason, reviewer, timezone.now()
        case.save()
    if case.outcome == Outcome.HIDDEN and (target := target_of(case.kind)) is not None and target.hide is not None:
        target.hide(case.ref, actor=reviewer, reason=reason)


def _ban(author: User, *, reason: str, days: int, by: User) -> None:
    until = timezone.now() + timedelta(days=days) if days in BAN_DAYS else None
    if bans.refusal(author) is not None:
        return
    if is_curator(by) and (is_admin(by) or not is_admin(author)):
        bans.ban(author, reason=reason, until=until, by=by)
    elif not author.bans.filter(state="proposed").exists():
        bans.propose(author, reason=reason, until=until, by=by)

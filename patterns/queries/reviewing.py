"""Gather what a reviewer and an author see of one submission: its sendings, what changed between two, what was said."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from patterns.diffs import Changes
from patterns.enums import Decision
from patterns.models import Comment, Review, ReviewItem, SavedReason, Sending, Submission, User
from patterns.review.checklists import Answered, told
from patterns.review.comments import CLOSED, may_take_part
from patterns.review.sendings import BASE, NOW, answered_sending, compare
from patterns.review.showing import Part, parts, spots_of
from patterns.review.spots import NoSuchSpot, lines_of, parse_spot
from patterns.review.threads import Talk, talk


@dataclass(frozen=True, slots=True)
class Writing:
    """The comment somebody is about to write: `on` is a spot, `r.` an answer or `e.` a change of comment `pk`."""

    on: str
    text: str
    key: str
    pk: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One text that can be compared."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Discussion:
    """Everything the partials `_sendings.html` and `_comments.html` show."""

    submission: Submission
    item: ReviewItem | None
    sendings: Sequence[Sending]
    olds: Sequence[Choice]
    news: Sequence[Choice]
    old: str
    new: Sending
    changes: Changes
    parts: Sequence[Part]
    talk: Talk
    asked: Review | None
    since: int
    writing: Writing | None
    placed: bool
    may_say: bool

    @property
    def reply(self) -> str:
        """What the author wrote when they sent it again, if that is new."""
        earlier = [one.note for one in self.sendings if one.number < self.new.number]
        return self.new.note if earlier and self.new.note != earlier[-1] else ""


def discussion(
    submission: Submission,
    *,
    item: ReviewItem | None,
    reviews: Sequence[Review],
    reader: User,
    asked: Mapping[str, str],
    draft: str = "",
) -> Discussion | None:
    """Return what `reader` sees; None for drafts, and for others than the author and reviewers. Three queries.

    `asked` is what the address says: `from` and `to` name two texts, `on` the place of a comment to write.
    """
    if not may_take_part(submission, reader):
        return None
    sendings = list(submission.sendings.defer("text", "payload"))
    requests = [one for one in reviews if one.decision == Decision.REQUEST_CHANGES]
    since = answered_sending(sendings, requests)
    compared = compare(
        submission, sendings, old=asked.get("from", "")[:12], new=asked.get("to", "")[:12], answered=since
    )
    if compared is None:
        return None
    changes = compared.changes
    comments = list(submission.comments.select_related("author", "resolved_by", "sending"))
    shown = frozenset(spots_of(changes))
    said = talk(
        comments, author=submission.author, reader=reader, before=lines_of(compared.before.body),
        after=lines_of(compared.after.body), shown=shown,
    )  # fmt: skip
    may_say = submission.state not in CLOSED
    writing = _writing(asked.get("on", "")[:220], draft, comments, reader) if may_say else None
    if writing is not None and not writing.pk and writing.on not in shown:
        writing = replace(writing, on="w")  # the place is not here: whoever wrote about it keeps the words
    return Discussion(
        submission=submission, item=item, sendings=sendings, old=compared.old, new=compared.new, changes=changes,
        olds=_olds(submission, sendings, compared.new.number, compared.old),
        news=[Choice(str(one.number), _named(one), one.number == compared.new.number) for one in sendings],
        parts=parts(changes, said.at, writing=writing.on if writing else ""), talk=said,
        asked=max(requests, key=lambda one: one.at, default=None), since=since, writing=writing,
        placed=writing is not None and writing.on != "w", may_say=may_say,
    )  # fmt: skip


def checked(item: ReviewItem, review: Review) -> tuple[Answered, ...]:
    """The checklist that stands with a decision, in words."""
    return told(item.kind, review.checklist)


def saved_reasons(reviewer: User) -> dict[int, str]:
    """A reviewer's own reasons. One query."""
    return dict(SavedReason.objects.filter(reviewer=reviewer).values_list("pk", "text"))


def find_comment(item: ReviewItem, pk: int) -> Comment | None:
    """A comment on the submission an item stands for. One query."""
    rows = Comment.objects.select_related("submission", "thread")
    return rows.filter(pk=pk, submission_id=item.object_id, submission__kind=item.kind).first()


def submission_of(item: ReviewItem) -> Submission | None:
    """The submission an item stands for, if it is of that kind. One query."""
    rows = Submission.objects.select_related("author", "pattern__current", "based_on")
    return rows.filter(pk=item.object_id, kind=item.kind).first()


def sending_of(item: ReviewItem, number: int) -> Sending | None:
    return Sending.objects.filter(submission_id=item.object_id, submission__kind=item.kind, number=number).first()


def _olds(submission: Submission, sendings: Sequence[Sending], new: int, chosen: str) -> list[Choice]:
    if submission.based_on_id:
        named = [(BASE, _("the revision it was written on"))]
        if submission.pattern is not None and submission.pattern.current_id != submission.based_on_id:
            named.append((NOW, _("the pattern as it is now")))
    else:
        named = [(BASE, _("nothing: all of it"))]
    named += [(str(one.number), _named(one)) for one in sendings if one.number < new]
    return [Choice(value, label, value == chosen) for value, label in named]


def _named(sending: Sending) -> str:
    return _("sending %(n)s") % {"n": sending.number}


def _writing(on: str, draft: str, comments: Sequence[Comment], reader: User) -> Writing | None:
    """What a reader is about to write, when the place they named can take it."""
    key = secrets.token_urlsafe(12)
    if on[:2] in {"r.", "e."}:
        number = on[2:]
        found = next((one for one in comments if str(one.pk) == number and one.deleted_at is None), None)
        if found is None or (on[0] == "e" and found.author_id != reader.pk):
            return Writing("w", draft, key) if draft else None
        return Writing(on, draft or (found.text if on[0] == "e" else ""), key, pk=found.pk, quote=found.quote)
    try:
        parse_spot(on)
    except NoSuchSpot:
        return Writing("w", draft, key) if draft else None
    return Writing(on, draft, key)

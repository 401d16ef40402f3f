"""Say something and decide in one act: either both happen, or neither does and both texts are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from patterns.models import Review, ReviewItem, Submission, User
from patterns.review import comments
from patterns.review.decisions import decide
from patterns.review.desks import clear


@dataclass(frozen=True, slots=True)
class Words:
    """A comment as a form sends it; `on` is a spot, `r.` an answer to or `e.` a change of a comment."""

    text: str
    on: str = "w"
    sending: int = 0
    against: str = ""
    key: str = ""


def say_words(submission: Submission, words: Words, *, author: User) -> comments.Comment:
    """Bring a comment to where it belongs. Raises a `CommentError`."""
    if words.on[:2] not in {"r.", "e."}:
        return comments.say(
            submission, author=author, text=words.text, spot=words.on or "w", sending=words.sending,
            against=words.against, key=words.key,
        )  # fmt: skip
    number = words.on[2:]
    found = submission.comments.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise comments.Elsewhere
    found.submission = submission
    if words.on.startswith("e."):
        return comments.edit(found, author=author, text=words.text)
    return comments.reply(found, author=author, text=words.text, key=words.key)


def decide_and_say(
    item: ReviewItem, *, reviewer: User, decision: str, reason: str, version: int, ticks: Iterable[str] | None,
    sure: bool, words: Words | None = None, submission: Submission | None = None, chosen: Iterable[str] = (),
) -> Review:  # fmt: skip
    """Decide, with a comment where one was being written; then the reviewer's desk is empty. Raises a `ReviewError`."""
    with transaction.atomic():
        locked = ReviewItem.objects.select_for_update().get(pk=item.pk)  # always before the submission
        if words is not None and submission is not None:
            say_words(submission, words, author=reviewer)
        review = decide(
            locked, reviewer=reviewer, decision=decision, reason=reason, version=version, ticks=ticks, sure=sure,
            chosen=chosen,
        )  # fmt: skip
        clear(item, reviewer)
    return review

"""A reviewer's own ready-made reasons: theirs alone, as many as one finds again."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.models import SavedReason, User
from patterns.people.roles import is_reviewer
from patterns.review.errors import NotAReviewer, ReviewError

MOST: Final = 40  # of one reviewer
LONGEST: Final = 1_000  # characters of one


class ReasonError(ReviewError):
    """The reason was not saved; the message says why."""

    status = 422


def save_reason(reviewer: User, *, text: str, pk: int | None = None) -> SavedReason:
    """Keep a new reason, or other words for reason `pk`; the same words again are the same reason.

    Raises `NotAReviewer`, `ReasonError`, and `SavedReason.DoesNotExist` for somebody else's.
    """
    if not is_reviewer(reviewer):
        raise NotAReviewer
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise ReasonError(_("Write the reason first."))
    if len(text) > LONGEST:
        raise ReasonError(_("A saved reason has at most 1,000 characters. Your text is kept below."))
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)  # so that two tabs count in turn
        mine = SavedReason.objects.filter(reviewer=reviewer)
        kept = mine.get(pk=pk) if pk is not None else mine.filter(text=text).first()
        if kept is None:
            if mine.count() >= MOST:
                said = ngettext(
                    "You have %(most)s saved reason, which is as many as one can have. Delete one first.",
                    "You have %(most)s saved reasons, which is as many as one can have. Delete one first.",
                    MOST,
                )
                raise ReasonError(said % {"most": MOST})
            kept = SavedReason(reviewer=reviewer)
        kept.text = text
        kept.save()
        return kept


def delete_reason(reviewer: User, *, pk: int) -> None:
    """Forget one of one's own; twice is once."""
    SavedReason.objects.filter(reviewer=reviewer, pk=pk).delete()

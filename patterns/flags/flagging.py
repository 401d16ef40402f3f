"""Say that something is wrong with a thing, once a person, and gather what several say into one item of the queue."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from patterns.checks import conduct
from patterns.flags import targets
from patterns.models import Flag, FlagCase, ReviewItem, User
from patterns.people import audit, bans
from patterns.review.queue import lock_open_item, open_item

KIND = "flag"
LONGEST = 1000  # characters
PRESSING = {Flag.Reason.HARMFUL, Flag.Reason.PERSONAL, Flag.Reason.ABUSE}
FOR_EACH, FOR_PRESSING, MOST = 5, 10, 60  # priority
TOLD = 10  # flags whose words stand in the queue


class FlagError(Exception):
    """Nothing was kept; the message is a sentence for who flagged."""

    status = 422


def flag(
    kind: str, ref: str, *, reason: str, words: str = "", by: User | None = None, visitor: str = ""
) -> tuple[Flag, bool]:
    """Flag the thing `kind:ref`, and return the flag and whether it is new: one person flags a thing once.

    Without an account, `visitor` is the random id of the session. Raises `FlagError`, or `bans.Banned`.
    """
    bans.check(by)
    thing = targets.find(kind, ref, reader=by)
    if thing is None:
        raise FlagError(_("There is nothing like this here any more."))
    words = _sound(reason, words, by=by, visitor=visitor)
    if thing.author is not None and by is not None and thing.author.pk == by.pk:
        raise FlagError(_("This is your own. You can change it or take it back yourself."))
    with transaction.atomic():
        case = _case(kind, ref, thing)
        who = {"by": by} if by is not None else {"visitor": visitor}
        if (known := case.flags.filter(**who).first()) is not None:
            return known, False
        made = Flag.objects.create(case=case, reason=reason, words=words, **who)
        priority, reasons = standing_of(case)
        open_item(KIND, object_id=case.pk, title=case.title, author=case.author, priority=priority, reasons=reasons)
        audit.note(by, "flagged", target=case, reason=reason, account=by is not None)
    return made, True


def standing_of(case: FlagCase) -> tuple[int, list[str]]:
    """How pressing a case is, and why: more people, and what could do harm. Kept in the words of the library."""
    flags = list(case.flags.all())
    said = {one.reason for one in flags}
    priority = min(MOST, FOR_EACH * len(flags) + FOR_PRESSING * len(said & PRESSING))
    with override("en"):
        people = f"{len(flags)} people flagged it." if len(flags) > 1 else "One person flagged it."
        lines = [
            f"{Flag.Reason(one.reason).label}{f': “{_line(one.words)}”' if one.words else '.'}" for one in flags[-TOLD:]
        ]
    return priority, [people, *map(str, lines)]


def forget_words(user: User) -> None:
    """Delete what somebody wrote beside their flags, in the queue too; that somebody flagged it stays."""
    with transaction.atomic():
        mine = Flag.objects.filter(by=user)
        cases = list(FlagCase.objects.filter(flags__in=mine).distinct().order_by("pk"))
        mine.update(words="")
        for case in cases:
            priority, reasons = standing_of(case)
            if lock_open_item(KIND, object_id=case.pk) is not None:
                open_item(KIND, object_id=case.pk, title=case.title, priority=priority, reasons=reasons)
            else:
                ReviewItem.objects.filter(kind=KIND, object_id=case.pk).update(reasons=[], signs={})


def _sound(reason: str, words: str, *, by: User | None, visitor: str) -> str:
    words = words.replace("\0", "").strip()
    if by is None and not visitor:
        raise FlagError(_("Your browser keeps no cookies, so we could not know your flag again."))
    if reason not in Flag.Reason.values:
        raise FlagError(_("Choose what is wrong with it."))
    if len(words) > LONGEST:
        raise FlagError(_("Keep it under %(n)d characters.") % {"n": LONGEST})
    if reason == Flag.Reason.OTHER and not words:
        raise FlagError(_("Say in a few words what is wrong."))
    if remarks := conduct.remarks(words, author=by):
        raise FlagError(remarks[0].message)
    return words


def _case(kind: str, ref: str, thing: targets.Thing) -> FlagCase:
    """The open case of the thing, held until the transaction ends."""
    values = {"title": thing.title[:300], "address": thing.address[:500], "author": thing.author}
    try:
        with transaction.atomic():
            FlagCase.objects.get_or_create(kind=kind, ref=ref, outcome="", defaults=values)
    except IntegrityError:
        pass  # somebody flagged it at the same moment; theirs is the case
    return FlagCase.objects.select_for_update().get(kind=kind, ref=ref, outcome="")


def _line(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= 200 else f"{said[:199]}…"

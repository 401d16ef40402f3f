"""What a reviewer's page of one item holds: read from the form, kept when it is not sent yet, and laid out again."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from patterns.enums import Decision
from patterns.models import Review, ReviewItem
from patterns.people.roles import is_reviewer
from patterns.queries import reviewing
from patterns.review import QueueKind, kind_of
from patterns.review.canned import composed, ready_reasons
from patterns.review.checklists import checklist_of
from patterns.review.closing import Words
from patterns.review.desks import Unsent, keep_unsent, unsent
from patterns.review.errors import OpenQuestions, ReviewError, Stale
from patterns.review.forms import DecisionForm
from patterns.review.reasons import MOST

FIELDS = frozenset({"reason", "ready", "tick", "draft", "checklist"})
OPTION = "option:"  # begins the tick of a kind's option on a desk, beside those of its checklist


def sent(request: HttpRequest) -> Unsent:
    """What the form brought."""
    given = request.POST
    chosen = [f"{OPTION}{value}" for value in given.getlist("chosen")]
    return Unsent(
        reason=given.get("reason", ""), ready=tuple(given.getlist("ready")), ticks=(*given.getlist("tick"), *chosen),
        spot=given.get("on", ""), draft=given.get("draft", ""),
    )  # fmt: skip


def keep(request: HttpRequest, item: ReviewItem) -> None:
    """Keep what the form brought for later; a form without the desk's fields changes nothing."""
    if FIELDS & set(request.POST):
        keep_unsent(item, request.user, sent(request))


def words_of(request: HttpRequest) -> Words | None:
    """The comment that was being written, if there are words in it."""
    given = request.POST
    if not given.get("draft", "").strip():
        return None
    number = given.get("to", "")
    return Words(
        given["draft"], on=given.get("on", "") or "w",
        sending=int(number) if number.isdecimal() and len(number) < 9 else 0,
        against=given.get("from", "")[:12], key=given.get("key", "")[:64] or "none",
    )  # fmt: skip


def reason_of(request: HttpRequest, item: ReviewItem) -> str:
    """Ready-made and free words as one text."""
    kind = kind_of(item)
    return composed(
        request.POST.get("reason", ""), chosen=request.POST.getlist("ready"),
        ready=ready_reasons(kind.name, kind.decisions), saved=reviewing.saved_reasons(request.user),
    )  # fmt: skip


def ticks_of(request: HttpRequest) -> list[str] | None:
    """The ticked questions; None for a form that showed none."""
    return request.POST.getlist("tick") if "checklist" in request.POST else None


def laid(
    request: HttpRequest, item: ReviewItem, *, kind: QueueKind, reviews: Sequence[Review], problem: ReviewError | None
) -> dict[str, Any]:
    """The context of `_review_item.html` beside what its kind shows."""
    if FIELDS & set(request.POST):
        keep_unsent(item, request.user, sent(request))
        words = sent(request)
    else:
        words = unsent(item, request.user)
    submission = reviewing.submission_of(item)
    given = request.GET if request.method == "GET" else request.POST
    asked = {name: given.get(name, "") for name in ("from", "to", "on")}
    if isinstance(problem, Stale):
        asked |= {"from": given.get("to", ""), "to": ""}  # what changed since the reviewer read it
    asked["on"] = asked["on"] or (words.spot if words.draft else "")
    talk = None
    if submission is not None:
        talk = reviewing.discussion(
            submission, item=item, reviews=reviews, reader=request.user, asked=asked, draft=words.draft
        )
    questions = checklist_of(kind.name, words.ticks)
    ready = ready_reasons(kind.name, kind.decisions)
    saved = reviewing.saved_reasons(request.user)
    return {
        "discussion": talk,
        "at_desk": is_reviewer(request.user),
        "unsent": words,
        "reviews": [(one, reviewing.checked(item, one)) for one in reviews],
        "questions": questions,
        "options": [
            (value, said, f"{OPTION}{value}" in words.ticks)
            for value, said in (kind.options(item) if kind.options else ())
        ],
        "ticked": sum(one.ticked for one in questions),
        "ready_to_ask": [one for one in ready if one.decision is Decision.REQUEST_CHANGES],
        "ready_to_decline": [one for one in ready if one.decision is Decision.DECLINE],
        "saved": [(f"own-{pk}", text) for pk, text in saved.items()],
        "saved_full": len(saved) >= MOST,
        "open_questions": problem.questions if isinstance(problem, OpenQuestions) else (),
        "outdated": isinstance(problem, Stale),
        "form": DecisionForm(initial={"version": item.version, "reason": words.reason}),
    }


def beside(item: ReviewItem, listed: Sequence[ReviewItem]) -> dict[str, Any]:
    """The items before and after this one in the list, and where it stands in it."""
    place = next((index for index, one in enumerate(listed) if one.pk == item.pk), None)
    if place is None:
        return {"earlier": None, "later": listed[0] if listed else None, "place": None}
    return {
        "earlier": listed[place - 1] if place else None,
        "later": listed[place + 1] if place + 1 < len(listed) else None,
        "place": place + 1,
    }

"""The course of a form about relations, to suggest one or to object: write, look, keep, send. Nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from patterns import submissions
from patterns.models import Pattern, Submission
from patterns.queries import editing
from patterns.queries import submissions as queries
from patterns.relating import keeping
from patterns.relating.drafting import Draft, Sent, reopened
from patterns.relating.proposal import sentence
from patterns.submissions.keeping import new_key
from patterns.views import drafts, kept
from patterns.views.exploring import published_or_answer

KEPT = "kept_relation"
_WORDS = ("other", "way", "evidence", "citation", "weight", "note")


@dataclass(frozen=True, slots=True)
class Course:
    """One form. `relation` is what it objects to; `straight` ones are sent without a look at a preview before.

    `form` takes what was sent or `initial`; `shown` is what the template needs besides.
    """

    pattern: Pattern
    address: str
    template: str
    form: Callable[..., forms.Form]
    draft: Callable[[Sent], Draft]
    relation: int = 0
    straight: bool = False
    shown: Mapping[str, Any] = field(default_factory=dict)


def pattern_of(request: HttpRequest, slug: str, view: str) -> Pattern | HttpResponse:
    """The pattern a form is about, or the answer to give instead; words that were sent are given back with it."""
    found = published_or_answer(request, slug, view)
    if isinstance(found, HttpResponse) and request.method == "POST":
        return kept.gone(request, _("The pattern moved, or was taken out of the library, while you were writing."))
    return found


def write(request: HttpRequest, course: Course) -> HttpResponse:
    """The page of one form: opened, or what it sent. `?submission=` opens one's own draft of it again."""
    if request.method == "POST":
        return _sent(request, course, drafts.values_of(request))
    if (waited := drafts.waiting(request, KEPT, address=course.address)) is not None:
        return _sent(request, course, waited)
    number = request.GET.get("submission", "")
    if not number:
        sent = Sent(other=request.GET.get("other", "")[:300].replace("\0", ""), key=new_key())
        return _page(request, course, sent=sent)
    mine = queries.own_relation(course.pattern, author=request.user, pk=number, objection_to=course.relation)
    if mine is None:
        raise Http404(_("There is no such draft of yours."))
    return _page(request, course, sent=reopened(course.pattern, mine), mine=mine)


def _sent(request: HttpRequest, course: Course, values: dict[str, str]) -> HttpResponse:
    """Show, keep or send what the form holds."""
    values = values | ({"other": values["choose"]} if values.get("choose") else {})
    action = values.get("action", drafts.SEND if course.straight else drafts.LOOK)
    form = course.form(values)
    if {"key", "version"} & set(form.errors):
        return render(request, "400.html", status=400)
    sent = Sent(
        **{name: _plain(values.get(name, "")) for name in _WORDS},
        consent=bool(values.get("consent")),
        key=values["key"],
        version=form.cleaned_data["version"],
    )
    if form.errors:
        if action == drafts.BY_ITSELF:
            return drafts.not_saved(next(iter(form.errors.values()))[0], status=422)
        return _page(request, course, sent=sent, errors=form.errors, status=422)
    return _act(request, course, course.draft(sent), action, {name: values.get(name, "") for name in form.fields})


def _act(request: HttpRequest, course: Course, draft: Draft, action: str, values: dict[str, str]) -> HttpResponse:
    """Do what the button says; where a look comes first, only what its author has looked at is sent."""
    if action == drafts.BY_ITSELF:
        return drafts.saved_by_itself(request, lambda: keeping.keep(draft, author=request.user), address=course.address)
    sending = action == drafts.SEND and (course.straight or values["previewed"] == draft.digest)
    if action != drafts.SAVE and not (sending and draft.sendable):
        return _page(request, course, draft=draft, sending=sending, status=422 if sending else 200)
    if not request.user.is_authenticated:
        return drafts.sign_in_first(request, KEPT, address=course.address, values=values)
    try:
        done = (keeping.send if sending else keeping.keep)(draft, author=request.user)
    except submissions.SubmissionError as problem:
        return _page(request, course, draft=draft, said=str(problem), status=problem.status)
    drafts.say_kept(request, KEPT, done, sent=sending)
    return redirect(done.submission)


def _plain(text: str) -> str:
    """Line ends as they were before the browser sent them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _page(
    request: HttpRequest,
    course: Course,
    *,
    sent: Sent | None = None,
    draft: Draft | None = None,
    mine: Submission | None = None,
    errors: ErrorDict | None = None,
    said: str = "",
    sending: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the form. Two queries besides what its draft took."""
    shown = sent or (draft.sent if draft else Sent())
    came_back = draft is not None or errors is not None
    mine = mine or (editing.draft_with(shown.key, author=request.user) if came_back else None)
    initial = asdict(shown) | {"previewed": draft.digest if draft else "", "version": shown.version or ""}
    context = {
        "pattern": course.pattern,
        "address": course.address,
        "form": course.form(initial=initial),
        "draft": draft,
        "mine": mine,
        "asked": editing.asked_of(mine),
        "existing": [
            (one, sentence(one.source.title, one.kind, one.target.title)) for one in (draft.existing if draft else ())
        ],
        "findings": [one for one in (draft.findings if draft else ()) if sending or one.field != "consent"],
        "errors": errors,
        "unsaved": came_back,
        "said": said,
        **course.shown,
    }
    return render(request, course.template, context, status=status)

"""Suggest an edit: write section by section, look at the changes, send them. Nothing typed is ever lost on the way."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns import rendering, submissions, suggesting
from patterns.enums import PublicationState, SubmissionKind
from patterns.forms import EditForm
from patterns.models import Pattern, Submission
from patterns.people.guarded import limited
from patterns.people.limits import allow
from patterns.queries import editing as queries
from patterns.queries import reading
from patterns.suggesting import Sent, Suggestion
from patterns.views.errors import gone

KEPT = "kept_edit"


@require_http_methods(["GET", "HEAD", "POST"])
@limited("send", when=lambda request: request.POST.get("action") == "send" and request.user.is_authenticated)
def suggest_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The edit page of a pattern; `?submission=` opens one's own draft of it again."""
    found = reading.find_pattern(slug)
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    if isinstance(found, reading.Moved):
        return redirect("suggest_edit", found.slug)
    if found.state != PublicationState.PUBLISHED:
        return gone(request, title=found.title)
    if request.method == "POST":
        return _sent(request, found)
    kept = request.session.get(KEPT)
    if kept and kept["slug"] == slug and request.user.is_authenticated:
        messages.info(request, _("Your text is still here. Look at it once more, then send it."))
        return _sent(request, found, kept=kept["data"])
    return _page(request, found, _opened(request, found))


def _opened(request: HttpRequest, pattern: Pattern) -> Sent:
    """The pattern as it is, or one's own draft of it."""
    number = request.GET.get("submission", "")
    mine = queries.own_draft(pattern, author=request.user, pk=number) if number else None
    if number and mine is None:
        raise Http404(_("There is no such draft of yours."))
    base = mine.based_on if mine else pattern.current
    return suggesting.first_sight(base, key=mine.key if mine else secrets.token_urlsafe(16), mine=mine)


def _sent(request: HttpRequest, pattern: Pattern, *, kept: dict[str, str] | None = None) -> HttpResponse:
    """Take what the form sent, or what was `kept` over a sign-in, which is always looked at first."""
    values = request.POST.dict() if kept is None else kept
    values = {name: value.replace("\0", "\ufffd") for name, value in values.items()}  # no database holds that sign
    form = EditForm(values)
    sent = _read(form, values, pattern)
    try:
        suggestion = suggesting.suggest(pattern, sent) if sent else None
    except ValueError:
        suggestion = None
    if suggestion is None:
        return render(request, "400.html", status=400)
    action = values.get("action", "preview") if kept is None else "preview"
    if not allow(request, "edit"):
        said = _("That was a lot in one hour. Your text is below; wait a little, then send it.")
        return _page(request, pattern, suggestion.sent, suggestion, said=said, status=429)
    if form.errors:
        return _page(request, pattern, suggestion.sent, suggestion, form=form, status=422)
    return _act(request, pattern, suggestion, action=action, looked_at=values.get("previewed", ""))


def _act(
    request: HttpRequest, pattern: Pattern, suggestion: Suggestion, *, action: str, looked_at: str
) -> HttpResponse:
    """Show, keep or send: only a text whose changes its author has seen is sent."""
    if action not in {"send", "save"} or (action == "send" and looked_at != suggestion.digest):
        conflict = suggestion.conflicts and action == "send"
        return _page(request, pattern, suggestion.sent, suggestion, status=409 if conflict else 200)
    if action == "send" and not suggestion.sendable:
        return _page(request, pattern, suggestion.sent, suggestion, sending=True, status=422)
    if not request.user.is_authenticated:
        request.session[KEPT] = {"slug": pattern.slug, "data": request.POST.dict()}
        return redirect_to_login(reverse("suggest_edit", args=[pattern.slug]))
    return _keep(request, pattern, suggestion, send=action == "send")


def _read(form: EditForm, values: dict[str, str], pattern: Pattern) -> Sent | None:
    """Return what the form holds, too long or not, so that it can be shown again; None for another page's form."""
    base, texts = queries.revision_of(pattern, values.get("base", "")), _texts(values)
    if base is None or "base" in form.errors or "key" in form.errors or not texts:
        return None
    return Sent(
        base=base,
        title=values.get("title", "").strip(),
        summary=_plain(values.get("summary", "")).strip(),
        texts=texts,
        note=values.get("note", "").strip(),
        consent=bool(values.get("consent")),
        key=values["key"],
    )


def _keep(request: HttpRequest, pattern: Pattern, suggestion: Suggestion, *, send: bool) -> HttpResponse:
    """Save the draft and, where asked, hand it to the reviewers."""
    try:
        submission = submissions.save_draft(
            author=request.user, kind=SubmissionKind.EDIT, title=pattern.title, text=suggestion.text, pattern=pattern,
            based_on=suggestion.sent.base, note=suggestion.sent.note, consent=suggestion.sent.consent,
            key=suggestion.sent.key,
        )  # fmt: skip
        request.session.pop(KEPT, None)
        if send:
            submissions.submit(submission, actor=request.user)
            messages.success(request, _("Sent. A reviewer reads it next; you will find the answer on this page."))
        else:
            messages.success(request, _("Kept as a draft."))
    except submissions.SubmissionError as problem:
        return _page(request, pattern, suggestion.sent, suggestion, said=str(problem), status=problem.status)
    return redirect(submission)


def _texts(values: dict[str, Any]) -> tuple[str, ...]:
    """The sections of the form, in order; none when one is missing."""
    count = sum(name.startswith("section-") for name in values)
    names = [f"section-{number}" for number in range(count)]
    return tuple(map(_plain, (values[name] for name in names))) if all(name in values for name in names) else ()


def _plain(text: str) -> str:
    """Line ends as they were before the browser sent them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _page(
    request: HttpRequest,
    pattern: Pattern,
    sent: Sent,
    suggestion: Suggestion | None = None,
    *,
    form: EditForm | None = None,
    said: str = "",
    sending: bool = False,
    status: int = 200,
) -> HttpResponse:
    findings = suggestion.findings if suggestion else ()
    initial = {"title": sent.title, "summary": sent.summary, "note": sent.note, "consent": sent.consent}
    initial |= {"base": sent.base.pk, "key": sent.key, "previewed": suggestion.digest if suggestion else ""}
    context = {
        "pattern": pattern,
        "form": EditForm(initial=initial),
        "errors": form.errors if form else None,
        "sections": suggesting.sections_of(sent),
        "open_section": request.GET.get("section", ""),
        "suggestion": suggestion,
        "conflicts": [(suggesting.in_words(one), one) for one in suggestion.conflicts] if suggestion else [],
        "rendered": rendering.render(suggestion.document.body, title=sent.title) if suggestion else None,
        "draft": Submission.objects.filter(key=sent.key).first() if request.user.is_authenticated else None,
        "findings": [one for one in findings if sending or one.field != "consent"],
        "said": said,
    }
    return render(request, "patterns/edit.html", context, status=status)

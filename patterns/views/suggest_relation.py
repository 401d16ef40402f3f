"""Suggest a relation: choose, look at the sentence it makes, send. Nothing typed is ever lost on the way."""

import secrets
from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns import submissions
from patterns.enums import SubmissionKind
from patterns.models import Pattern
from patterns.people.limits import allow
from patterns.queries import submissions as queries
from patterns.relating.drafting import Draft, Sent, drafted, reopened
from patterns.relating.forms import RelationForm
from patterns.relating.proposal import sentence
from patterns.views.exploring import published_or_answer

KEPT = "kept_relation"
PER_HOUR = 120  # previews and sendings together


@require_http_methods(["GET", "HEAD", "POST"])
def suggest_relation(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on one pattern; `?other=` names the other one, `?submission=` opens one's own draft again."""
    found = published_or_answer(request, slug, "suggest_relation")
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        return _sent(request, found, request.POST.dict())
    kept = request.session.get(KEPT)
    if kept and kept["slug"] == slug and request.user.is_authenticated:
        messages.info(request, _("Your text is still here. Look at it once more, then send it."))
        return _sent(request, found, kept["data"] | {"action": "preview"})
    return _page(request, found, sent=_opened(request, found))


def _opened(request: HttpRequest, pattern: Pattern) -> Sent:
    """An empty form, or one's own draft."""
    number = request.GET.get("submission", "")
    if not number:
        return Sent(other=request.GET.get("other", "")[:300].replace("\0", ""), key=secrets.token_urlsafe(16))
    mine = queries.own_relation(pattern, author=request.user, pk=number)
    if mine is None:
        raise Http404(_("There is no such draft of yours."))
    return reopened(pattern, mine)


def _sent(request: HttpRequest, pattern: Pattern, values: dict[str, str]) -> HttpResponse:
    """Show, keep or send what the form holds: only what its author has looked at is sent."""
    values = values | ({"other": values["choose"]} if values.get("choose") else {})
    form = RelationForm(values, title=pattern.title)
    if "key" in form.errors:
        return render(request, "400.html", status=400)
    sent = Sent(
        **{name: _plain(values.get(name, "")) for name in ("other", "way", "evidence", "citation", "weight", "note")},
        consent=bool(values.get("consent")),
        key=values["key"],
    )
    if form.errors:
        return _page(request, pattern, sent=sent, errors=form.errors, status=422)
    draft, action = drafted(pattern, sent), values.get("action", "preview")
    if not allow(request, "relation", limit=PER_HOUR, per=3600):
        said = _("That was a lot in one hour. Your text is below; wait a little, then send it.")
        return _page(request, pattern, draft=draft, said=said, status=429)
    looked_at = values.get("previewed") == draft.digest
    if action not in {"send", "save"} or (action == "send" and not (looked_at and draft.sendable)):
        sending = action == "send" and looked_at
        return _page(request, pattern, draft=draft, sending=sending, status=422 if sending else 200)
    if not request.user.is_authenticated:
        request.session[KEPT] = {"slug": pattern.slug, "data": values}
        return redirect_to_login(reverse("suggest_relation", args=[pattern.slug]))
    return _keep(request, pattern, draft, send=action == "send")


def _keep(request: HttpRequest, pattern: Pattern, draft: Draft, *, send: bool) -> HttpResponse:
    """Save the draft and, where asked, hand it to the reviewers."""
    try:
        submission = submissions.save_draft(
            author=request.user,
            kind=SubmissionKind.RELATION,
            title=draft.sentence or _("Relation of %(title)s") % {"title": pattern.title},
            text=draft.text,
            pattern=pattern,
            note=draft.sent.note,
            payload=draft.proposal.payload,
            consent=draft.sent.consent,
            key=draft.sent.key,
        )
        request.session.pop(KEPT, None)
        if send:
            submissions.submit(submission, actor=request.user)
            messages.success(request, _("Sent. A reviewer reads it next; you will find the answer on this page."))
        else:
            messages.success(request, _("Kept as a draft."))
    except submissions.SubmissionError as problem:
        return _page(request, pattern, draft=draft, said=str(problem), status=problem.status)
    return redirect(submission)


def _plain(text: str) -> str:
    """Line ends as they were before the browser sent them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _page(
    request: HttpRequest,
    pattern: Pattern,
    *,
    sent: Sent | None = None,
    draft: Draft | None = None,
    errors: dict | None = None,
    said: str = "",
    sending: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = sent or (draft.sent if draft else Sent())
    initial = asdict(shown) | {"previewed": draft.digest if draft else ""}
    findings = draft.findings if draft else ()
    context = {
        "pattern": pattern,
        "form": RelationForm(initial=initial, title=pattern.title),
        "draft": draft,
        "existing": [
            (one, sentence(one.source.title, one.kind, one.target.title)) for one in (draft.existing if draft else ())
        ],
        "findings": [one for one in findings if sending or one.field != "consent"],
        "errors": errors,
        "said": said,
    }
    return render(request, "patterns/suggest_relation.html", context, status=status)

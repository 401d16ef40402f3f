"""The editor, whatever is written in it: write, look, keep, send. Nothing typed is ever lost on the way.

Longer than most modules because the course of one form, with each way it may end, is read best in one place.
"""

import logging
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from patterns import rendering, submissions
from patterns.enums import PublicationState
from patterns.people import limits
from patterns.people.guarded import trapped_when
from patterns.queries import editing as queries
from patterns.submissions.keeping import new_key
from patterns.views import drafts
from patterns.views.showing_writing import page
from patterns.writing import keeping
from patterns.writing.forms import WritingForm
from patterns.writing.proposing import Proposal, propose
from patterns.writing.works import Work
from patterns.writing.written import Written, over, read, stepped

log = logging.getLogger(__name__)

KEPT = "kept_writing"
_BY_ITSELF = frozenset({"live", drafts.BY_ITSELF})


@trapped_when(drafts.keeps)
def editor(request: HttpRequest, work: Work) -> HttpResponse:
    """The page of one work: opened, or what its form sent. `?submission=` opens one's own draft of it again."""
    if request.method == "POST":
        return _sent(request, work, _values(request))
    if (waited := drafts.waiting(request, KEPT, address=work.address)) is not None:
        return _sent(request, work, waited)
    return _opened(request, work)


def _values(request: HttpRequest) -> dict[str, str]:
    """What was sent; relations come typed and ticked, as one text."""
    values = drafts.values_of(request)
    if "relations" in request.POST:
        values["relations"] = "\n".join(request.POST.getlist("relations")).replace("\0", "\ufffd")
    return values


def _opened(request: HttpRequest, work: Work) -> HttpResponse:
    """The thing as it is, an outline, or one's own draft, carried over to what is published by now."""
    number = request.GET.get("submission", "")
    mine = queries.own_draft(work, author=request.user, pk=number) if number else None
    if number and mine is None:
        raise Http404(_("There is no such draft of yours."))
    if mine is None:
        source = work.current.source if work.current else work.blank()
        written = over(source, work.fields, base=work.current, key=new_key())
        return page(request, work, written)
    known = {"key": mine.key, "note": mine.note, "version": mine.version}
    written = over(mine.text, work.fields, base=mine.based_on, **known)
    stale = work.current is not None and mine.based_on_id != work.thing.current_id
    proposal = propose(work, written) if stale else None
    return page(request, work, proposal.written if proposal else written, proposal, draft=mine)


def _sent(request: HttpRequest, work: Work, values: dict[str, str]) -> HttpResponse:
    """Take what the form sent; a button that arranges sections needs no more than the form."""
    action = values.get("action", "preview")
    form = WritingForm(values, fields=work.fields)
    try:
        written = _read(work, form, values)
        moved = stepped(written, action, name=values.get("new_name", ""))
        if moved is not None:
            return page(request, work, moved)
        by_itself = action in _BY_ITSELF
        proposal = propose(work, written, carry=action in {"preview", "send"}, checked=not by_itself)
    except ValueError as problem:
        log.info("a form of %s was refused: %s", work.kind, problem)
        return render(request, "400.html", status=400)
    return _answered(request, work, proposal, values, form=form, action=action)


def _answered(
    request: HttpRequest, work: Work, proposal: Proposal, values: dict[str, str], *, form: WritingForm, action: str
) -> HttpResponse:
    """Do what the button says, or the page by itself, within what one person may ask for in an hour."""
    if (too_much := _too_much(request, action)) is not None:
        said = _("%(why)s Your text is below, and nothing of it is lost.") % {"why": too_much}
        return page(request, work, proposal.written, proposal, said=said, status=429)
    if action in _BY_ITSELF:
        return _live(request, proposal) if action == "live" else _saved(request, work, proposal)
    if form.errors and action != "save":
        return page(request, work, proposal.written, proposal, errors=form.errors, status=422)
    return _act(request, work, proposal, values, action=action)


def _read(work: Work, form: WritingForm, values: Mapping[str, str]) -> Written:
    """Return what the form holds, too long or not, so that it can be shown again."""
    base = queries.revision_of(work.thing, values.get("base", ""))
    if (base is None) != (work.thing is None) or "key" in form.errors:
        raise ValueError("It is another page's form.")
    return read(values, work.fields, base=base)


def _too_much(request: HttpRequest, action: str) -> limits.Wait | None:
    if action in _BY_ITSELF:
        return limits.wait(request, "typing")
    return limits.wait(request, "send" if action == "send" and request.user.is_authenticated else "edit")


def _act(
    request: HttpRequest, work: Work, proposal: Proposal, values: dict[str, str], *, action: str
) -> HttpResponse:  # fmt: skip
    """Show, keep or send: only a text its author has looked at is sent."""
    if work.thing is not None and work.thing.state != PublicationState.PUBLISHED:
        said = _("This was taken out of the library while you were writing. Your text is below, and you may copy it.")
        return page(request, work, proposal.written, proposal, said=said, status=410)
    if action == "send" and values.get("previewed", "") != proposal.digest:
        return page(request, work, proposal.written, proposal, status=409 if proposal.conflicts else 200)
    if action not in {"send", "save"}:
        return page(request, work, proposal.written, proposal)
    if action == "send" and not (proposal.sendable and proposal.anything):
        return page(request, work, proposal.written, proposal, sending=True, status=422)
    if not request.user.is_authenticated:
        return _to_sign_in(request, work, proposal, values)
    return _keep(request, work, proposal, send=action == "send")


def _keep(request: HttpRequest, work: Work, proposal: Proposal, *, send: bool) -> HttpResponse:
    """Save the draft and, where asked, hand it to the reviewers."""
    act = keeping.send if send else keeping.keep
    try:
        kept = act(work, proposal, author=request.user)
    except submissions.NotReady as problem:
        return page(request, work, proposal.written, proposal, said=str(problem), sending=True, status=problem.status)
    except submissions.SubmissionError as problem:
        return page(request, work, proposal.written, proposal, said=str(problem), status=problem.status)
    drafts.say_kept(request, KEPT, kept, sent=send)
    return redirect(kept.submission)


def _live(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """How the text reads while it is typed; what the checks say of it comes from an address of theirs."""
    rendered = rendering.render(proposal.document.body, title=proposal.document.title)
    context = {"title": proposal.document.title, "rendered": rendered}
    return render(request, "patterns/_live.html", context)


def _saved(request: HttpRequest, work: Work, proposal: Proposal) -> HttpResponse:
    """The page saves while somebody types."""
    return drafts.saved_by_itself(
        request, lambda: keeping.keep(work, proposal, author=request.user), address=work.address
    )


def _to_sign_in(request: HttpRequest, work: Work, proposal: Proposal, values: dict[str, str]) -> HttpResponse:
    """Keep the form while its writer signs in; one too large for that stays on the page."""
    try:
        return drafts.sign_in_first(request, KEPT, address=work.address, values=values)
    except drafts.TooLong as problem:
        return page(request, work, proposal.written, proposal, said=str(problem), status=413)

"""What every form that becomes a draft does alike: it saves itself, waits for a sign-in, and says what became of it."""

from collections.abc import Callable
from functools import reduce

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from patterns import submissions
from patterns.people.guarded import View, limited, trapped_when
from patterns.submissions.keeping import Kept

# What a form asks for by its `action`; the last is what a page asks that saves while somebody types.
LOOK, SAVE, SEND, BY_ITSELF = "preview", "save", "send", "autosave"
LONGEST_KEPT = 1_500_000  # characters of a form that a session keeps over a sign-in


class TooLong(Exception):
    """A session keeps no form of this size; the message is for its writer."""


def guarded(*, usual: str = LOOK) -> Callable[[View], View]:
    """Stand before the view of such a form with its limits, and its traps where a visitor's words would be kept.

    `usual` is what a form asks for that names no action.
    """

    def by_itself(request: HttpRequest) -> bool:
        return action_of(request, usual) == BY_ITSELF

    def sends(request: HttpRequest) -> bool:
        return action_of(request, usual) == SEND and request.user.is_authenticated

    guards = (
        limited("typing", when=by_itself),
        limited("send", when=sends),
        limited("edit", when=lambda request: not by_itself(request) and not sends(request)),
        trapped_when(lambda request: keeps(request, usual)),
    )
    return lambda view: reduce(lambda inner, guard: guard(inner), guards, view)


def action_of(request: HttpRequest, usual: str = LOOK) -> str:
    """What the form asks for; one that a browser kept is only looked at."""
    return LOOK if "kept" in request.POST else request.POST.get("action", usual)


def keeps(request: HttpRequest, usual: str = LOOK) -> bool:
    """Whether the words would be kept: for a visitor, until they have signed in."""
    return action_of(request, usual) in {SAVE, SEND}


def values_of(request: HttpRequest) -> dict[str, str]:
    """What was sent: the form's fields, or all of them in one, as a browser kept them when a save did not arrive."""
    if "kept" in request.POST:
        values = QueryDict(request.POST["kept"]).dict() | {"action": LOOK}
    else:
        values = request.POST.dict()
    values.pop("csrfmiddlewaretoken", None)
    return {name: value.replace("\0", "\ufffd") for name, value in values.items()}  # no database holds that sign


def sign_in_first(request: HttpRequest, name: str, *, address: str, values: dict[str, str]) -> HttpResponse:
    """Keep the form in the session under `name` while its writer signs in. Raises `TooLong`."""
    if sum(map(len, values.values())) > LONGEST_KEPT:
        raise TooLong(
            _("This is too long to be kept while you sign in. Sign in in another window, then send it from here.")
        )
    request.session[name] = {"address": address, "data": values}
    return redirect_to_login(address)


def waiting(request: HttpRequest, name: str, *, address: str) -> dict[str, str] | None:
    """The form of `address` that waited for its writer to sign in, as one who only wants to look at it sends it."""
    kept = request.session.get(name)
    if not (kept and kept.get("address") == address and request.user.is_authenticated):
        return None
    messages.info(request, _("Your text is still here. Look at it once more, then send it."))
    return kept["data"] | {"action": LOOK}


def say_kept(request: HttpRequest, name: str, kept: Kept, *, sent: bool) -> None:
    """Tell the writer what became of the words, which need not wait under `name` any more."""
    request.session.pop(name, None)
    if kept.overtaken is not None:
        messages.warning(
            request,
            _("Another window changed this draft meanwhile. Both texts are kept: this is the one you wrote here."),
        )
    elif sent:
        messages.success(request, _("Sent. A reviewer reads it next; you will find the answer on this page."))
    else:
        messages.success(request, _("Kept as a draft."))


def saved_by_itself(request: HttpRequest, keep: Callable[[], Kept], *, address: str) -> JsonResponse:
    """Answer the page that saves while somebody types: what to say, and what its form goes on with."""
    if not request.user.is_authenticated:
        said = _("Kept in this browser at {time}. Sign in to keep it here.")
        return JsonResponse({"said": said, "kept": False, "values": {}})
    try:
        kept = keep()
    except submissions.SubmissionError as problem:
        return not_saved(str(problem), status=problem.status)
    submission = kept.submission
    said = _("Saved at {time}.")
    if kept.overtaken is not None:
        said = _(
            "Another window changed this draft. What you write here is kept as a draft of its own, saved at {time}."
        )
    return JsonResponse(
        {
            "said": said,
            "kept": True,
            "values": {"key": submission.key, "version": submission.version},
            "address": f"{address}?submission={submission.pk}",
        }
    )


def not_saved(said: str, *, status: int) -> JsonResponse:
    """Tell the page that nothing was kept of what it sent."""
    return JsonResponse({"said": said, "kept": False, "values": {}}, status=status)

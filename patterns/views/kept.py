"""A refused form, shown again with every word that was in it, so that it can be sent once more or copied out."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from patterns.people import traps
from patterns.people.bans import Banned
from patterns.people.limits import Wait

OWN = {"csrfmiddlewaretoken", traps.HIDDEN, traps.STAMP}  # made anew for the form that is shown
SHORT = 60  # characters; longer texts, and those with lines, are shown to be read
WORDY = {"title", "summary", "text", "words", "note", "comment", "question", "email"}
MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """One field as it was sent; `shown` are those a person wrote."""

    name: str
    value: str
    shown: bool

    @property
    def rows(self) -> int:
        return min(20, 3 + self.value.count("\n") + len(self.value) // 90)


def too_many(request: HttpRequest, wait: Wait) -> HttpResponse:
    """Say that it was too much in a short time, when it is over, and keep the text."""
    title = _("That was a lot in a short time")
    return _page(request, title=title, said=str(wait), status=429, again=True)


def once_more(request: HttpRequest) -> HttpResponse:
    """Ask to send a visitor's form again; what made us doubt is not said."""
    title = _("Please send that once more")
    said = _("We could not be sure that a person sent this form. Look at it and send it again.")
    return _page(request, title=title, said=said, status=422, again=True)


def unproven(request: HttpRequest) -> HttpResponse:
    """For a form whose token is no longer good. What another site sent here is never offered to be sent again."""
    title = _("Please send that once more")
    ours = _from_here(request)
    said = _("The form was open for very long, or cookies are switched off, so we could not be sure that it was you.")
    return _page(request, title=title, said=said, status=403, again=ours, keep=ours)


def gone(request: HttpRequest, said: str) -> HttpResponse:
    """For words about something that is not there any more: they cannot be sent, and are given back."""
    return _page(request, title=_("This is not there any more"), said=said, status=410, again=False)


def banned(request: HttpRequest, refused: Banned) -> HttpResponse:
    """Say why and until when, and give back what was written; it cannot be sent."""
    context = {"ban": refused.ban}
    title = _("You cannot contribute at the moment")
    return _page(request, title=title, said=str(refused), status=403, again=False, **context)


def forbidden(request: HttpRequest, said: str) -> HttpResponse:
    """For htmx: say beside the text that this may not be done."""
    return _beside(request, {"heading": _("This is not for everybody"), "said": said, "status": 403})


@sensitive_post_parameters()
def _page(
    request: HttpRequest, *, title: str, said: str, status: int, again: bool, keep: bool = True, **more: object
) -> HttpResponse:
    fields = fields_of(request) if keep else []
    context = {
        "heading": title,
        "said": said,
        "status": status,
        "again": again and request.method == "POST",
        "kept": fields,
        "written": [one for one in fields if one.shown],
        "files": bool(request.FILES) if keep and fields else False,
        **more,
    }
    if getattr(request, "htmx", False):
        return _beside(request, context)
    response = render(request, "moderation/kept.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _beside(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """For htmx: the page still holds the text, so only the sentence is put in, on top of it."""
    response = render(request, "moderation/_kept_said.html", context, status=context["status"])
    response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = "#page-main", "afterbegin", "#refused"
    return response


def fields_of(request: HttpRequest) -> list[Kept]:
    """What the form held, without passwords and without what the next form gets anew; nothing where it cannot be read.

    A file cannot be given back by a page; its owner chooses it again.
    """
    try:
        sent = request.POST
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return []
    found = [
        Kept(name, value, shown=_is_text(name, value))
        for name in sent
        if name not in OWN and "password" not in name.lower()
        for value in sent.getlist(name)
    ]
    return found[:MOST_FIELDS]


def _is_text(name: str, value: str) -> bool:
    """True for what reads like words: not a number, a choice or a key."""
    return bool(value) and (len(value) > SHORT or "\n" in value or " " in value.strip() or name in WORDY)


def _from_here(request: HttpRequest) -> bool:
    """True when the browser says that one of our own pages sent it."""
    if site := request.META.get("HTTP_SEC_FETCH_SITE"):
        return site == "same-origin"
    origin = request.META.get("HTTP_ORIGIN", "")
    return origin in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}

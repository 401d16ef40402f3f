"""A collection as those see it who were given its link: they read it, print its cards, and copy it into their own."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from patterns.collections import collecting
from patterns.models import CollectionShare
from patterns.people.limits import allow
from patterns.queries import collections as queries

KEPT = "kept_copy"


@require_safe
def shared_collection(request: HttpRequest, token: str) -> HttpResponse:
    """Show it. Three queries besides the account's, however many patterns stand in it."""
    link = found_share(token)
    if link.ended_at is not None:
        return no_longer_shared(request)
    page = queries.entries(link.collection, page=request.GET.get("page", "1")[:9])
    context = {"share": link, "collection": link.collection, "page": page}
    return unlisted(render(request, "patterns/collection_shared.html", context | {"mine": _mine(request, link)}))


@require_http_methods(["GET", "HEAD", "POST"])
def copy_collection(request: HttpRequest, token: str) -> HttpResponse:
    """Copy it into one's own. Who is not signed in signs in on the way, and finds it copied."""
    link = found_share(token)
    if link.ended_at is not None:
        return no_longer_shared(request)
    if not request.user.is_authenticated:
        if request.method == "POST":
            request.session[KEPT] = token
        return redirect_to_login(request.path)
    wished = request.session.pop(KEPT, None) == token
    if request.method != "POST" and not wished:
        return redirect(link)
    if not allow(request, "copy"):
        messages.error(request, _("That was a lot in one hour. Wait a little, then try again."))
        return redirect(link)
    try:
        made, left_out = collecting.copy(link, to=request.user)
    except collecting.CollectionError as problem:
        messages.error(request, str(problem))
        return redirect(link)
    messages.success(request, _("Copied. This one is yours and private; change it as you like."))
    if left_out:
        said = ngettext(
            "%(count)s pattern did not fit: a collection holds at most %(most)s.",
            "%(count)s patterns did not fit: a collection holds at most %(most)s.",
            left_out,
        )
        messages.warning(request, said % {"count": left_out, "most": collecting.MOST_ITEMS})
    return redirect(made)


def found_share(token: str) -> CollectionShare:
    """Return what the link is or was for; one that never was is a 404."""
    link = queries.find_share(token)
    if link is None:
        raise Http404(_("There is no shared collection at this address. Ask whoever gave you the link for a new one."))
    return link


def no_longer_shared(request: HttpRequest) -> HttpResponse:
    """Say that it was shared once; nothing of it is told."""
    return unlisted(render(request, "patterns/collection_unshared.html", status=410))


def unlisted(response: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines and shared caches: its address is a secret between people."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


def _mine(request: HttpRequest, link: CollectionShare) -> bool:
    return request.user.is_authenticated and request.user.pk == link.collection.owner_id

"""Save a pattern to a collection. Who is not signed in signs in on the way, and finds it saved."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns.collections import arranging, collecting
from patterns.collections.collecting import create
from patterns.collections.forms import CollectionForm
from patterns.enums import PublicationState
from patterns.models import Collection, Pattern
from patterns.people.limits import allow
from patterns.queries import collections as queries
from patterns.queries import reading
from patterns.views.errors import gone

KEPT = "kept_save"


@require_http_methods(["GET", "HEAD", "POST"])
def save_pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a collection for a pattern; POST with `collection`, or with the title of a new one, puts it there.

    A POST without an account keeps the wish in the session and leads to signing in; back here, it is fulfilled.
    """
    pattern = reading.find_pattern(slug)
    if pattern is None:
        raise Http404(_("There is no pattern at this address."))
    if isinstance(pattern, reading.Moved):
        return redirect("save_pattern", pattern.slug)
    if pattern.state != PublicationState.PUBLISHED:
        return gone(request, title=pattern.title, thing=pattern)
    if not request.user.is_authenticated:
        if request.method == "POST" and allow(request, "save"):
            request.session[KEPT] = pattern.slug
        return redirect_to_login(reverse("save_pattern", args=[pattern.slug]))
    if request.session.get(KEPT) == pattern.slug:
        return _fulfilled(request, pattern)
    return _post(request, pattern) if request.method == "POST" else _page(request, pattern)


def unfinished(request: HttpRequest) -> str:
    """Return where a wish from before signing in is fulfilled, if there is one left."""
    slug = request.session.get(KEPT)
    return reverse("save_pattern", args=[slug]) if slug else ""


def _fulfilled(request: HttpRequest, pattern: Pattern) -> HttpResponse:
    """Save what was wished for before signing in, to the collection used last or to a first one."""
    request.session.pop(KEPT)
    try:
        kept = queries.latest_collection(request.user)
        kept = kept or create(request.user, title=_("Saved patterns"))
        arranging.add(kept, pattern=pattern, actor=request.user)
    except collecting.CollectionError as problem:
        messages.error(request, str(problem))
    else:
        _say_saved(request, kept)
    return _page(request, pattern)


def _post(request: HttpRequest, pattern: Pattern) -> HttpResponse:
    if not allow(request, "save"):
        messages.error(request, _("That was a lot in one hour. Wait a little, then try again."))
        return _page(request, pattern, status=429)
    form = None
    try:
        if request.POST.get("collection"):
            kept = _own(request)
        else:
            form = CollectionForm(request.POST)
            if not form.is_valid():
                return _page(request, pattern, form=form, status=422)
            title, description = form.cleaned_data["title"], form.cleaned_data["description"]
            kept = create(request.user, title=title, description=description)
        if request.POST.get("action") == "take_out":
            return _taken_out(request, pattern, kept)
        arranging.add(kept, pattern=pattern, actor=request.user)
    except collecting.CollectionError as problem:
        messages.error(request, str(problem))
        return _page(request, pattern, form=form, status=problem.status)
    _say_saved(request, kept)
    return redirect(pattern)


def _own(request: HttpRequest) -> Collection:
    text = request.POST["collection"]
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
    found = queries.find_own(number, owner=request.user)
    if found is None:
        raise Http404(_("There is no collection of yours at this address."))
    return found


def _taken_out(request: HttpRequest, pattern: Pattern, collection: Collection) -> HttpResponseRedirect:
    item = collection.items.filter(pattern=pattern).first()
    if item is not None:
        arranging.remove(item, actor=request.user)
        messages.success(request, _("Taken out. Saving it there again brings its note back too."))
    return redirect("save_pattern", pattern.slug)


def _say_saved(request: HttpRequest, collection: Collection) -> None:
    address = collection.get_absolute_url()
    said = _("Saved to the collection {collection}.")
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, collection.title)
    messages.success(request, format_html(said, collection=link))


def _page(
    request: HttpRequest, pattern: Pattern, *, form: CollectionForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "pattern": pattern,
        "collections": queries.collections_for(pattern, owner=request.user),
        "form": form or CollectionForm(),
    }
    return render(request, "patterns/save.html", context, status=status)

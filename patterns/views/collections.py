"""A person's collections: the list of them, and one with everything one can do with it as a whole."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patterns.collections import collecting
from patterns.collections.arranging import WAYS
from patterns.collections.collecting import create, delete
from patterns.collections.forms import CollectionForm
from patterns.models import Collection
from patterns.people.limits import allow
from patterns.queries import collections as queries
from patterns.views.owned import back_to, for_owner
from patterns.views.saving import unfinished


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def collections(request: HttpRequest) -> HttpResponse:
    """List one's own, or make a new one. Four queries besides the account's, however many there are."""
    if request.method == "POST":
        return _create(request)
    waiting = unfinished(request)
    return redirect(waiting) if waiting else _list(request, CollectionForm())


def _create(request: HttpRequest) -> HttpResponse:
    form = CollectionForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    if not allow(request, "collections"):
        form.add_error(None, _("That was a lot in one hour. Your text is below; wait a little, then try again."))
        return _list(request, form, status=429)
    said = form.cleaned_data
    try:
        made = create(request.user, title=said["title"], description=said["description"])
    except collecting.CollectionError as problem:
        form.add_error(None, str(problem))
        return _list(request, form, status=problem.status)
    return redirect(made)


def _list(request: HttpRequest, form: CollectionForm, *, status: int = 200) -> HttpResponse:
    gone = queries.deleted_collections(request.user)
    just = request.GET.get("deleted", "")
    context = {
        "page": queries.own_collections(request.user, page=request.GET.get("page", "1")[:9]),
        "form": form,
        "deleted": gone,
        "just_deleted": next((one for one in gone if str(one.pk) == just), None),
    }
    return render(request, "patterns/collections.html", context, status=status)


@require_safe
@for_owner
def collection(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Show one. Five queries besides the account's, however many patterns stand in it.

    `?moved=` and `?by=` (an item, and the control that moved it) keep the focus where it was; `?taken=` is what was
    taken out just now and can be put back in its place.
    """
    page = queries.entries(collection, page=request.GET.get("page", "1")[:9])
    taken = queries.taken_out(collection)
    moved = next((one for one in page if str(one.item.pk) == request.GET.get("moved")), None)
    by = request.GET.get("by", "")
    just_taken = next((one for one in taken if str(one.item.pk) == request.GET.get("taken")), None)
    context = {
        "collection": collection,
        "page": page,
        "share": queries.open_share(collection),
        "moved": moved,
        "by": by if by in {*WAYS, "place"} else "",
        "taken": taken,
        "just_taken": just_taken,
        "taken_last": just_taken is not None and (just_taken.item.stood_at or 0) > page.end_index(),
        "said": _said(moved.item.position, moved.title, of=page.paginator.count) if moved else "",
        "sharing": request.GET.get("sharing") == "1",
        "full": page.paginator.count >= collecting.MOST_ITEMS,
    }
    return render(request, "patterns/collection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def collection_edit(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Give a collection another title and description; what was written meanwhile elsewhere is shown, not lost."""
    before = {"title": collection.title, "description": collection.description}
    seen = collecting.fingerprint(*before.values())
    if request.method != "POST":
        return _edit_page(request, collection, CollectionForm(initial=before | {"seen": seen}))
    form = CollectionForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, collection, form, status=422)
    try:
        collecting.rename(collection, actor=request.user, **form.cleaned_data)
    except collecting.ChangedMeanwhile as problem:
        again = CollectionForm(request.POST.dict() | {"seen": seen})
        again.add_error(None, str(problem))
        return _edit_page(request, collection, again, theirs=collection, status=problem.status)
    messages.success(request, _("Saved."))
    return redirect(collection)


def _edit_page(
    request: HttpRequest,
    collection: Collection,
    form: CollectionForm,
    *,
    theirs: Collection | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"collection": collection, "form": form, "theirs": theirs}
    return render(request, "patterns/collection_edit.html", context, status=status)


@require_POST
@for_owner
def collection_share(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Make the link, or take it back (`action=stop`)."""
    if request.POST.get("action") == "stop":
        collecting.unshare(collection, actor=request.user)
        messages.success(request, _("Only you can see it now. The old link says that it is no longer shared."))
    elif allow(request, "share"):
        collecting.share(collection, actor=request.user)
        messages.success(request, _("Whoever has the link below can read it now."))
    else:
        messages.error(request, _("That was a lot in one hour. Wait a little, then try again."))
    return back_to(collection, sharing=1)


@require_POST
@for_owner
def collection_delete(request: HttpRequest, collection: Collection) -> HttpResponse:
    delete(collection, actor=request.user)
    return redirect(f"{reverse('collections')}?deleted={collection.pk}")


def _restore(request: HttpRequest, collection: Collection) -> HttpResponse:
    try:
        collecting.put_back(collection, actor=request.user)
    except collecting.CollectionError as problem:
        messages.error(request, str(problem))
        return redirect("collections")
    messages.success(request, _("Put back. It is private; share it again if others should read it."))
    return redirect(collection)


_restore.takes_deleted = True
collection_restore = require_POST(for_owner(_restore))


def _said(position: int, title: str, *, of: int) -> str:
    said = _("“%(title)s” is now number %(position)s of %(of)s.")
    return said % {"title": title, "position": position, "of": of}

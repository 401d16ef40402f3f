"""What the pages of one's own collections share: whose they are, and where an act leads back to."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from patterns.models import Collection, CollectionItem
from patterns.queries import collections as queries


def for_owner(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give `view` the collection instead of its id; a stranger's is as unknown as one that never was."""

    @wraps(view)
    def found(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("collection", args=[pk]))
        collection = queries.find_own(pk, owner=request.user, deleted=True)
        if collection is None:
            raise Http404(_("There is no collection of yours at this address."))
        if collection.deleted_at is not None and not getattr(view, "takes_deleted", False):
            return render(request, "patterns/collection_deleted.html", {"collection": collection}, status=410)
        return view(request, collection, **more)

    return found


def item_of(collection: Collection, pk: int) -> CollectionItem:
    """Return an item of `collection`, or say that there is none."""
    item = queries.find_item(collection, pk)
    if item is None:
        raise Http404(_("This collection has no such pattern."))
    return item


def back_to(
    collection: Collection, *, position: int = 1, fragment: str = "", **said: str | int
) -> HttpResponseRedirect:
    """Lead to the page of `collection` that shows `position`; `said` tells it what was done just now."""
    number = (max(position, 1) - 1) // queries.A_PAGE + 1
    query = urlencode(({"page": number} if number > 1 else {}) | said)
    address = collection.get_absolute_url() + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return HttpResponseRedirect(address)

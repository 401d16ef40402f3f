"""What one does with one pattern in a collection. Each act leads back to the page that shows it, focus included."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from patterns.collections import arranging
from patterns.collections.collecting import ChangedMeanwhile, CollectionError, fingerprint
from patterns.collections.forms import NoteForm
from patterns.models import Collection, CollectionItem
from patterns.queries import collections as queries
from patterns.views.owned import back_to, for_owner, item_of


@require_POST
@for_owner
def item_move(request: HttpRequest, collection: Collection, item: int) -> HttpResponse:
    """Move an item: `to` is one of `arranging.WAYS`, or `place` with the wanted number in `position`."""
    found, to = item_of(collection, item), request.POST.get("to", "place")
    where = to if to in arranging.WAYS else _number(request.POST.get("position", ""))
    if where is None:
        messages.error(request, _("Write the number of the place it should have, such as 3."))
        return back_to(collection, position=found.position or 1, fragment=f"item-{found.pk}")
    try:
        place = arranging.move(found, where=where, actor=request.user)
    except CollectionError as problem:
        messages.error(request, str(problem))
        return back_to(collection)
    return back_to(collection, position=place.position, moved=found.pk, by=to if to in arranging.WAYS else "place")


@require_POST
@for_owner
def item_remove(request: HttpRequest, collection: Collection, item: int) -> HttpResponse:
    found = item_of(collection, item)
    stood_at = found.position or found.stood_at or 1
    try:
        arranging.remove(found, actor=request.user)
    except CollectionError as problem:
        messages.error(request, str(problem))
    return back_to(collection, position=stood_at, taken=found.pk)


@require_POST
@for_owner
def item_restore(request: HttpRequest, collection: Collection, item: int) -> HttpResponse:
    found = item_of(collection, item)
    try:
        place = arranging.put_back(found, actor=request.user)
    except CollectionError as problem:
        messages.error(request, str(problem))
        return back_to(collection)
    return back_to(collection, position=place.position, moved=found.pk, by="up")


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def item_note(request: HttpRequest, collection: Collection, item: int) -> HttpResponse:
    """Write a note; what cannot be kept as it is stays in the form, with the reason."""
    found = item_of(collection, item)
    seen = fingerprint(found.note)
    if request.method != "POST":
        return _note_page(request, collection, found, NoteForm(initial={"note": found.note, "seen": seen}))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _note_page(request, collection, found, form, status=422)
    try:
        arranging.annotate(found, actor=request.user, **form.cleaned_data)
    except CollectionError as problem:
        again = NoteForm(request.POST.dict() | {"seen": seen})
        again.add_error(None, str(problem))
        theirs = found if isinstance(problem, ChangedMeanwhile) else None
        return _note_page(request, collection, found, again, theirs=theirs, status=problem.status)
    return back_to(collection, position=found.position or 1, fragment=f"item-{found.pk}")


def _note_page(
    request: HttpRequest,
    collection: Collection,
    item: CollectionItem,
    form: NoteForm,
    *,
    theirs: CollectionItem | None = None,
    status: int = 200,
) -> HttpResponse:
    entry = queries.as_entries([item])[0]
    context = {"collection": collection, "entry": entry, "form": form, "theirs": theirs}
    return render(request, "patterns/collection_note.html", context, status=status)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None

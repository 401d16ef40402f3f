"""What all curators' pages share: finding the thing, and an act that is confirmed, done once, and told."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from patterns.models import Lighthouse, Pattern
from patterns.publishing import PublishingError, standing
from patterns.queries import reading

Thing = Pattern | Lighthouse
Do = Callable[[dict[str, Any]], tuple[str, str] | str]


def managed_pattern(slug: str, view: str, *more: Any) -> Pattern | HttpResponse:
    """Return the pattern at `slug`, retired and merged ones too, or where it went."""
    found = reading.find_pattern(slug, merged=True)
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    return redirect(view, found.slug, *more) if isinstance(found, reading.Moved) else found


def managed_lighthouse(slug: str, view: str, *more: Any) -> Lighthouse | HttpResponse:
    """Return the lighthouse at `slug`, a retired one too, or where it went."""
    found = reading.find_lighthouse(slug)
    if found is None:
        raise Http404(_("There is no lighthouse at this address."))
    return redirect(view, found.slug, *more) if isinstance(found, reading.Moved) else found


def act(
    request: HttpRequest,
    thing: Thing,
    *,
    form: forms.Form,
    template: str,
    context: dict[str, Any],
    do: Do,
    seen: dict[str, Thing] | None = None,
) -> HttpResponse:
    """Show the page that says what will happen; on POST do it and lead back, or say beside the form why not.

    `do` returns what to tell (with a level of `messages` where it is no success); `seen` are the things the form has
    to have seen, by the names of its fields. Nothing typed is lost.
    """
    status, said = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = do(form.cleaned_data)
            except PublishingError as problem:
                said, status = str(problem), problem.status
                _show_as_it_is(form, seen or {"seen": thing})
            else:
                level, text = told if isinstance(told, tuple) else ("success", told)
                getattr(messages, level)(request, text)
                return redirect(around(thing)["manage_view"], _slug_of(thing))
    whole = {"thing": thing, "form": form, "said": said, **around(thing), **context}
    return render(request, template, whole, status=status)


def _show_as_it_is(form: forms.Form, seen: dict[str, Thing]) -> None:
    """Let a refused form stand on what the page shows now: its reader has just been told."""
    form.data = form.data.copy()
    for name, thing in seen.items():
        thing.refresh_from_db()
        form.data[name] = standing(thing)


def around(thing: Thing) -> dict[str, Any]:
    kind = "pattern" if isinstance(thing, Pattern) else "lighthouse"
    return {"kind": kind, "manage_view": f"manage_{kind}", "revision_view": f"{kind}_revision"}


def _slug_of(thing: Thing) -> str:
    return type(thing).objects.values_list("slug", flat=True).get(pk=thing.pk)

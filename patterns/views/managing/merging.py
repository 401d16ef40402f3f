"""Choose the pattern that stays, see both side by side, make them one; and take that back."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from patterns.format import parse
from patterns.models import Pattern, PatternMerge, Submission
from patterns.people.roles import curator_required
from patterns.publishing import merge, relying, standing, take_back
from patterns.publishing.alike import alike
from patterns.publishing.bringing_over import sections_only_in
from patterns.publishing.forms import ActForm, MergeForm, chosen_pattern
from patterns.publishing.merging import names_to_keep
from patterns.publishing.relying import counts
from patterns.queries import publication
from patterns.submissions import OPEN
from patterns.views.managing.acting import act, around, managed_pattern

NEAR: Final = 6


@require_http_methods(["GET", "HEAD", "POST"])
@curator_required
def merge_pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Without `?into=` (what somebody typed, or an address): choose which pattern stays."""
    found = managed_pattern(slug, "merge_pattern")
    if isinstance(found, HttpResponse):
        return found
    said = ""
    into = _sent(request) if request.method == "POST" else None
    if request.method != "POST" and request.GET.get("into", "").strip():
        try:
            into = chosen_pattern(request.GET["into"][:300])
        except forms.ValidationError as problem:
            said = problem.message
        if into is not None and into.pk == found.pk:
            into, said = None, _("A pattern cannot be merged with itself. Choose another.")
    return _side_by_side(request, found, into) if into else _choose(request, found, said)


@require_http_methods(["GET", "HEAD", "POST"])
@curator_required
def unmerge_pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a merge back."""
    found = managed_pattern(slug, "unmerge_pattern")
    if isinstance(found, HttpResponse):
        return found
    record = publication.open_merge(found)
    if record is None:
        return redirect("manage_pattern", found.slug)
    form = ActForm(request.POST or None, initial={"seen": standing(found)})

    def do(sent: dict[str, Any]) -> tuple[str, str] | str:
        done = take_back(record, by=request.user, reason=sent["reason"])
        if not done.stayed:
            return _("They are two patterns again. Everything that had moved went back.")
        said = ngettext(
            "They are two patterns again. %(n)s row stays where it is, since somebody changed it after the merge.",
            "They are two patterns again. %(n)s rows stay where they are, since somebody changed them after the merge.",
            done.stayed,
        )
        return "warning", said % {"n": done.stayed}

    context = {"merge": record, "moved": _moved(record)}
    return act(request, found, form=form, template="patterns/manage/unmerge.html", context=context, do=do)


def _moved(record: PatternMerge) -> list[tuple[Any, int]]:
    """What went over, in words and numbers; nothing where nothing did."""
    labels = {one.name: one.label for one in relying.reliances()}
    rows = [(labels.get(name, name), one["moved"] + len(one["dropped"])) for name, one in record.moved.items()]
    return [(label, n) for label, n in rows if n]


def _choose(request: HttpRequest, found: Pattern, said: str) -> HttpResponse:
    context = {
        "thing": found,
        **around(found),
        "near": alike(found, limit=NEAR),
        "typed": request.GET.get("into", "")[:300],
        "said": said,
    }
    return render(request, "patterns/manage/merge_choose.html", context, status=422 if said else 200)


def _side_by_side(request: HttpRequest, found: Pattern, into: Pattern) -> HttpResponse:
    if found.merged_into_id:
        return redirect("manage_pattern", found.slug)
    names = names_to_keep(found, into)
    source, target = parse(found.current.source), parse(into.current.source)
    sections = sections_only_in(source, target)
    initial = {"seen": standing(found), "seen_into": standing(into), "into": into.pk, "aliases": names}
    form = MergeForm(request.POST or None, initial=initial, names=names, sections=sections)

    def do(sent: dict[str, Any]) -> str:
        merge(
            found, into=into, by=request.user, reason=sent["reason"], aliases=sent.get("aliases", []),
            sections=sent.get("sections", []), seen=sent["seen"], seen_into=sent["seen_into"],
        )  # fmt: skip
        if sent.get("sections"):
            return _("The two are one now. The sections you chose wait as a draft in your work.")
        return _("The two are one now: “%(title)s”.") % {"title": into.title}

    relying = counts(found)
    open_edits = Submission.objects.filter(pattern=found, state__in=OPEN).count()
    context = {
        "into": into,
        "counts": relying,
        "moving": ", ".join(f"{one.label} ({one.n})" for one in relying if one.n and not one.stays),
        "counts_into": counts(into),
        "here": [section.name for section in source.sections if section.title],
        "there": [section.name for section in target.sections if section.title],
        "open_edits": open_edits,
    }
    return act(
        request, found, form=form, template="patterns/manage/merge.html", context=context, do=do,
        seen={"seen": found, "seen_into": into},
    )  # fmt: skip


def _sent(request: HttpRequest) -> Pattern:
    number = request.POST.get("into", "")
    known = number.isascii() and number.isdecimal() and len(number) <= 18
    found = (
        Pattern.objects.select_related("current").filter(pk=number, current__isnull=False).first() if known else None
    )
    if found is None:
        raise Http404(_("There is no such pattern to merge with."))
    return found

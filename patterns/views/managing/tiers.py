"""Make a pattern gold on evidence, make it silver again, and the list of those that somebody should look at."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patterns.models import Adoption
from patterns.people.roles import curator_required
from patterns.publishing import PublishingError, confirm_gold, lower, standing
from patterns.publishing.forms import ActForm, GoldForm
from patterns.publishing.gold_offers import take_up
from patterns.queries import publication, reading
from patterns.queries.gold_offers import offers
from patterns.views.managing.acting import act, managed_pattern


@require_http_methods(["GET", "HEAD", "POST"])
@curator_required
def gold_pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm, with a ground, that the use by a lighthouse shows the pattern to hold."""
    found = managed_pattern(slug, "gold_pattern")
    if isinstance(found, HttpResponse):
        return found
    adoptions = list(reading.adoptions_of(found))
    choices = [(str(one.pk), one.lighthouse.title) for one in adoptions]
    form = GoldForm(request.POST or None, initial={"seen": standing(found)}, adoptions=choices)

    def do(sent: dict[str, Any]) -> str:
        confirm_gold(
            found, adoption=Adoption(pk=int(sent["adoption"])), by=request.user, ground=sent["ground"],
            seen=sent["seen"],
        )  # fmt: skip
        return _("“%(title)s” is gold, by your name and on this evidence.") % {"title": found.title}

    own = found.current.author_id == request.user.pk
    context = {"adoptions": adoptions, "evidence": publication.evidence_of(found), "own": own}
    return act(request, found, form=form, template="patterns/manage/gold.html", context=context, do=do)


@require_http_methods(["GET", "HEAD", "POST"])
@curator_required
def lower_pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a gold pattern silver again."""
    found = managed_pattern(slug, "lower_pattern")
    if isinstance(found, HttpResponse):
        return found
    form = ActForm(request.POST or None, initial={"seen": standing(found)})

    def do(sent: dict[str, Any]) -> tuple[str, str] | str:
        if not lower(found, by=request.user, reason=sent["reason"], seen=sent["seen"]):
            return "info", _("It is not gold, so nothing changed.")
        return _("“%(title)s” is silver again.") % {"title": found.title}

    context = {"evidence": publication.evidence_of(found)}
    return act(request, found, form=form, template="patterns/manage/lower.html", context=context, do=do)


@require_safe
@curator_required
def review_tiers(request: HttpRequest) -> HttpResponse:
    """Gold whose evidence is gone, what is offered for gold by a merge, and silver that lighthouses use."""
    return _tiers(request)


@require_POST
@curator_required
def take_up_gold(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm by one click what came with a merge, and lead back to the list."""
    try:
        made = take_up(number, by=request.user, seen=request.POST.get("seen", "")[:20])
    except PublishingError as problem:
        return _tiers(request, said=str(problem), status=problem.status)
    messages.success(
        request, _("“%(title)s” is gold, by your name and on this evidence.") % {"title": made.pattern.title}
    )
    return redirect("review_tiers")


def _tiers(request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "gone": publication.gone_evidence(),
        "ready": publication.ready_for_gold(),
        "offers": [
            {
                "offer": one,
                "seen": standing(one.kept),
                "own": one.kept.current.author_id == request.user.pk,
                "merged_by_you": one.merged_by(request.user.pk),
            }
            for one in offers()
        ],
        "said": said,
    }
    return render(request, "patterns/manage/tiers.html", context, status=status)

"""The blocklist, for admins: which domains and words are refused, since when, why, and who wrote it down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from patterns import blocklist as domain
from patterns.models import BlockRule
from patterns.people.moderation_forms import RuleForm
from patterns.people.roles import is_admin, reviewer_required
from patterns.queries import safety as queries


@require_http_methods(["GET", "HEAD", "POST"])
@reviewer_required
def blocklist(request: HttpRequest) -> HttpResponse:
    """The list and the form for a new rule."""
    _only_admins(request)
    form, status = RuleForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = domain.add(
                kind=given["kind"], value=given["value"], reason=given["reason"], by=request.user,
                expires_at=form.until("length"),
            )  # fmt: skip
        except domain.BlocklistError as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, _("“%(value)s” is refused from now on.") % {"value": made.value})
            return HttpResponseRedirect(reverse("blocklist"), status=303)
    if request.method == "POST":
        status = 422
    rules, past = queries.rules_listed()
    return render(request, "moderation/blocklist.html", {"form": form, "rules": rules, "past": past}, status=status)


@require_POST
@reviewer_required
def rule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule back."""
    _only_admins(request)
    rule = BlockRule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404(_("There is no such rule."))
    domain.remove(rule, by=request.user)
    messages.success(request, _("“%(value)s” is accepted again.") % {"value": rule.value})
    return HttpResponseRedirect(reverse("blocklist"), status=303)


def _only_admins(request: HttpRequest) -> None:
    if not is_admin(request.user):
        raise PermissionDenied(_("Only admins keep the blocklist."))

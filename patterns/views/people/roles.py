"""Where admins find a person, read how their roles came to be, and give or take one with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from patterns.enums import Role
from patterns.people import roles as domain
from patterns.people.forms import RoleForm
from patterns.people.models import User
from patterns.people.roles import admin_required
from patterns.queries import people as queries


@require_safe
@never_cache
@admin_required
def roles(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    context = {"words": words, "found": queries.search_people(words), "people": queries.people_with_roles()}
    return render(request, "people/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_required
def roles_of(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = queries.find_person(public_id)
    if found is None or not found.is_active:
        raise Http404(_("There is nobody at this address."))
    if request.method != "POST":
        return _page(request, found, RoleForm())
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    given, role = form.cleaned_data["change"] == "give", Role(form.cleaned_data["role"])
    try:
        change = domain.grant if given else domain.revoke
        change(found, role, by=request.user, reason=form.cleaned_data["reason"])
    except domain.RoleRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form, status=409)
    said = _("%(person)s is %(role)s now.") if given else _("%(person)s is no longer %(role)s.")
    messages.success(request, said % {"person": found.credit, "role": role.label})
    return redirect("roles_of", public_id)


def _page(request: HttpRequest, person: User, form: RoleForm, *, status: int = 200) -> HttpResponse:
    held = [role for role in Role if role in person.roles]
    context = {
        "person": person,
        "own": person.pk == request.user.pk,
        "form": form,
        "held": held,
        "free": [role for role in Role if role not in person.roles],
        "changes": [(Role(one.role).label if one.role in Role.values else one.role, one) for one in
                    queries.role_changes(person)],
    }  # fmt: skip
    return render(request, "people/roles_of.html", context, status=status)

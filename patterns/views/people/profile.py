"""One's own profile and preferences, and the page others see."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from patterns.models import User
from patterns.people.forms import ProfileForm
from patterns.people.profiles import change_profile
from patterns.queries import people as queries


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The name one shows, or does not, and a few words about oneself."""
    if request.method != "POST":
        return render(request, "people/profile.html", {"form": ProfileForm(instance=request.user)})
    form = ProfileForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return render(request, "people/profile.html", {"form": form}, status=422)
    change_profile(request.user, **form.cleaned_data)
    messages.success(request, _("Kept. Your work is credited to %(name)s.") % {"name": request.user.credit})
    return redirect("account")


@require_safe
@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    return render(request, "people/preferences.html")


@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What somebody published here. Two queries besides the one for the person."""
    found = queries.find_person(public_id)
    if found is None:
        raise Http404(_("There is nobody at this address."))
    if found.erased_at is not None:
        response = render(request, "people/person_gone.html", status=410)
    else:
        page = queries.published_by(found, page=request.GET.get("page", "1")[:9])
        response = render(request, "people/person.html", {"person": found, "page": page})
    response["X-Robots-Tag"] = "noindex"
    return response

"""What is held of me, all of it to take away, and the end of the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from patterns.people import exporting
from patterns.people.erasing import NotErased, erase
from patterns.people.forms import EraseForm
from patterns.people.holdings import holdings

KINDS = {"json": "application/json", "txt": "text/plain; charset=utf-8"}


@require_safe
@never_cache
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/data.html", {"holdings": holdings()})


@require_safe
@never_cache
@login_required
@reauthentication_required
def export_data(request: HttpRequest) -> HttpResponse:
    """A download. `?as=txt` is the same for reading."""
    kind = "txt" if request.GET.get("as") == "txt" else "json"
    found = exporting.export(request.user, by=request.user)
    text = exporting.as_text(found) if kind == "txt" else exporting.as_json(found)
    name = f'attachment; filename="commons-language-model-my-data.{kind}"'
    return HttpResponse(text, content_type=KINDS[kind], headers={"Content-Disposition": name})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required
def erase_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; POST by who is sure ends the account. A fresh sign-in is asked for before."""
    form = EraseForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "people/erase.html", {"form": form, "holdings": holdings()}, status=status)
    try:
        erase(request.user, by=request.user)
    except NotErased as refused:
        form.add_error(None, str(refused))
        return render(request, "people/erase.html", {"form": form, "holdings": holdings()}, status=409)
    logout(request)
    messages.success(request, _("Your account is erased. Thank you for what you gave."))
    return redirect("home")

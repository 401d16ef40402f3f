"""Choose the language of the pages; the library's texts stay in theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """GET shows the languages there are; POST remembers one in a cookie and goes back to `next`.

    A page of its own and not a form in the footer, so that pages without forms need no cookie.
    """
    if request.method == "POST":
        return set_language(request)
    back = request.GET.get("next", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return render(request, "patterns/language.html", {"next": back if known else "/"})

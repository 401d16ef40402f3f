"""The page of mails that a site without a mail server would have sent, as they lie on this machine."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from patterns.people.kept_mail import kept
from patterns.people.mail import may_read_kept_mail

MOST = 50


@require_safe
@never_cache
def mail_page(request: HttpRequest) -> HttpResponse:
    if not settings.EMAIL_BACKEND.endswith("KeptMailBackend"):
        raise Http404(_("This site sends its mail; none is kept here."))
    if not may_read_kept_mail(request):
        raise PermissionDenied(_("Kept mails open accounts, so only staff may read them here."))
    return render(request, "patterns/mail.html", {"mails": kept()[:MOST]})

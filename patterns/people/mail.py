"""Mail on a site that has no mail server: kept for a page and written to the log instead of being sent."""

import ipaddress
import logging
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.utils import timezone

from patterns.people.models import KeptMail

log = logging.getLogger(__name__)
KEPT = timedelta(days=7)


class KeptMailBackend(BaseEmailBackend):
    """Keeps each mail for a week. Django's interface: https://docs.djangoproject.com/en/5.2/topics/email/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        KeptMail.objects.filter(at__lt=timezone.now() - KEPT).delete()
        for message in email_messages:
            to = ", ".join(message.recipients())
            KeptMail.objects.create(to=to, subject=message.subject, body=message.body)
            log.info("mail to %s: %s\n%s", to, message.subject, message.body)
        return len(email_messages)


def may_read_kept_mail(request: HttpRequest) -> bool:
    """True for staff, and for whoever sits at this machine while the site is reached at this machine only.

    Kept mails open accounts, so a site with a public address shows them to staff alone, and so does one behind a
    proxy, where every visitor seems to come from this machine.
    """
    if request.user.is_authenticated and request.user.is_staff:
        return True
    forwarded = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
    at_home = _is_this_machine(urlsplit(settings.PUBLIC_URL).hostname or "")
    return at_home and not forwarded and _is_this_machine(request.META.get("REMOTE_ADDR", ""))


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

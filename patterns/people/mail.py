"""Mail on a site that has no mail server: kept on this machine for a day instead of being sent, and who may read it."""

import ipaddress
import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.urls import reverse

from patterns.people import kept_mail

log = logging.getLogger(__name__)


class KeptMailBackend(BaseEmailBackend):
    """Keeps each mail for a day. Django's interface: https://docs.djangoproject.com/en/5.2/topics/email/.

    The log says of which kind a mail was (`message.kind`, where its sender says so) and where it is read, no more:
    neither to whom it went nor a word of it.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            kept_mail.keep(message.recipients(), subject=message.subject, body=message.body)
            kind = getattr(message, "kind", "other")
            log.info("a mail was kept (%s); read it at %s%s", kind, settings.PUBLIC_URL, reverse("mail_page"))
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

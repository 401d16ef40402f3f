"""How accounts behave here: what django-allauth asks a site to decide."""

from typing import Any

import redis
from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from patterns import blocklist
from patterns.people.limits import address_fingerprint


class AccountAdapter(DefaultAccountAdapter):
    """E-mail only, anyone may make an account (https://docs.allauth.org/en/latest/account/adapter.html)."""

    def clean_email(self, email: str) -> str:
        """One address is one account, whatever its letter case; some domains are not accepted."""
        email = super().clean_email(email).lower()
        if rule := blocklist.blocked_domain(email.rpartition("@")[2], blocklist.rules().email):
            said = _("Addresses of %(domain)s cannot be used here. Use another one.") % {"domain": rule}
            raise ValidationError(said)
        return email

    def get_client_ip(self, request: HttpRequest) -> str:
        """What attempts are counted by: a fingerprint that nobody can read afterwards, for no address is stored."""
        try:
            return address_fingerprint(super().get_client_ip(request))
        except redis.RedisError:
            return "unknown"  # nothing is counted while Redis is away

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

"""How accounts behave here: what django-allauth asks a site to decide."""

from typing import Any

import redis
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from patterns.people.limits import address_fingerprint


class AccountAdapter(DefaultAccountAdapter):
    """E-mail only, anyone may make an account (https://docs.allauth.org/en/latest/account/adapter.html)."""

    def clean_email(self, email: str) -> str:
        """One address is one account, whatever its letter case."""
        return super().clean_email(email).lower()

    def get_client_ip(self, request: HttpRequest) -> str:
        """What attempts are counted by: a fingerprint that nobody can read afterwards, for no address is stored."""
        try:
            return address_fingerprint(super().get_client_ip(request))
        except redis.RedisError:
            return "unknown"  # nothing is counted while Redis is away

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

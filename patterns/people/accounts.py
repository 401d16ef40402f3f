"""How accounts behave here: what django-allauth asks a site to decide."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """E-mail only, anyone may make an account (https://docs.allauth.org/en/latest/account/adapter.html)."""

    def clean_email(self, email: str) -> str:
        """One address is one account, whatever its letter case."""
        return super().clean_email(email).lower()

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

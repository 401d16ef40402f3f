"""How accounts behave here: what django-allauth asks a site to decide."""

from typing import Any

import redis
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from patterns import blocklist
from patterns.people import second_step, sessions
from patterns.people.browsers import browser_in_words
from patterns.people.limits import address_fingerprint
from patterns.people.models import User


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

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """What mails about a change to the account say of the browser."""
        return browser_in_words(super().get_http_user_agent(request))

    def render_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> EmailMessage:
        """The mail, with its kind for the log of a site that keeps it (`patterns.people.mail`)."""
        message = super().render_mail(template_prefix, *args, **kwargs)
        message.kind = template_prefix.rpartition("/")[2].replace("_", " ")
        return message

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request, user)

    def logout(self, request: HttpRequest) -> None:
        sessions.forget_current(request)
        super().logout(request)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Of a profile elsewhere nothing is kept but which one it is."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002 - allauth's signature
        """Forget what the provider told; it was needed to find the account and its e-mail address."""
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])


class SecondStepAdapter(DefaultMFAAdapter):
    """The words of the second step (https://docs.allauth.org/en/latest/mfa/adapter.html)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code of this moment. It changes every 30 seconds: type the one shown now."
        ),
    }

    def get_totp_issuer(self) -> str:
        return "Commons Language Model"


class StartSecondStepForm(ActivateTOTPForm):
    """Whoever types the first code has shown the second step in this session and is not asked for another at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits the app shows now")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        code = super().clean_code()
        second_step.record(context.request, self.user, method=second_step.BY_CODE)
        return code


class StopSecondStepForm(DeactivateTOTPForm):
    """Whoever turns the second step off is without one from that moment, in this session too."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if context.request.method == "POST":  # the page itself asks too, to show at once what stands in the way
            second_step.forget(context.request)
        return cleaned

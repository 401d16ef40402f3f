"""The account itself: profile, addresses, second step, accounts elsewhere, sessions, kept mails."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from patterns.models import PersonSession, SignInLink
from patterns.people import kept_mail
from patterns.people.holdings import register
from patterns.people.models import User


def register_holdings() -> None:
    # Before the addresses they were sent to are gone.
    register(
        "kept_mails", export=_mails, erase=lambda user: kept_mail.forget(_mails_to(user)),
        title=_("Mails to you that this site kept"), fate=_("deleted"),
    )  # fmt: skip
    register(
        "account", export=_account, erase=_erase_account, title=_("Your account and profile"),
        fate=_("deleted: address, name, words about you, password, roles. A mark without a name stays in its place."),
        covers=(
            "account.EmailAddress.user", "patterns.SignInLink.user", "admin.LogEntry.user",
            "patterns.User_groups.user", "patterns.User_user_permissions.user",
        ),
    )  # fmt: skip
    register(
        "second_step", export=_second_step, erase=lambda user: _delete(Authenticator, user),
        title=_("The keys of your second step"), fate=_("deleted"), covers=("mfa.Authenticator.user",),
    )  # fmt: skip
    register(
        "accounts_elsewhere", export=_elsewhere, erase=lambda user: _delete(SocialAccount, user),
        title=_("Accounts elsewhere that you sign in with"), fate=_("deleted"),
        covers=("socialaccount.SocialAccount.user",),
    )  # fmt: skip
    register(
        "sessions", export=_sessions, erase=lambda user: _delete(PersonSession, user),
        title=_("Browsers you are signed in with"), fate=_("ended and deleted"),
        covers=("patterns.PersonSession.user",),
    )  # fmt: skip


def _account(user: User) -> list[dict[str, Any]]:
    addresses = EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
    profile = {
        name: getattr(user, name) for name in ("email", "name", "name_public", "about", "date_joined", "last_login")
    }
    return [{**profile, "public_id": str(user.public_id), "roles": list(user.roles), "addresses": list(addresses)}]


def _second_step(user: User) -> list[dict[str, Any]]:
    """Without the secrets: whoever gets hold of the file must not get in by it."""
    return list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at"))


def _elsewhere(user: User) -> list[dict[str, Any]]:
    return list(SocialAccount.objects.filter(user=user).values("provider", "uid", "date_joined", "last_login"))


def _sessions(user: User) -> list[dict[str, Any]]:
    return list(PersonSession.objects.filter(user=user).values("browser", "began_at", "last_used_at"))


def _mails_to(user: User) -> list[kept_mail.KeptMail]:
    """Mails to one of their addresses, and to no address that only contains it."""
    return kept_mail.kept_for({user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)})


def _mails(user: User) -> list[dict[str, Any]]:
    return [{"at": one.at, "subject": one.subject, "body": one.body} for one in _mails_to(user)]


def _erase_account(user: User) -> None:
    for model in (EmailAddress, SignInLink, LogEntry):
        _delete(model, user)


def _delete(model: Any, user: User) -> None:
    model.objects.filter(user=user).delete()

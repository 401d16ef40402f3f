"""Signing in, accounts and their mails in German: no English is left over, and nobody is addressed in another tone."""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail, signing
from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from patterns.models import User
from patterns.people.traps import HIDDEN, STAMP
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db
PASSWORD, SECRET = "a long enough phrase for tests 7", "JBSWY3DPEHPK3PXP"
# What is said alike in both: names, and words German has taken over.
ALIKE = {
    "Commons Language Model",
    "CLM",
    "English",
    "Deutsch",
    "Code",
    "Feed",
    "Mail",
    "Sitemap",
    "llms.txt",
    "CC BY-SA 4.0",
}
OTHER_TONE = re.compile(
    r"\b(?:[Bb]itte|geben|können|haben|möchten|verwenden|speichern|sind|brauchen) Sie\b"
    r"|\bIhr(?:e[mnrs]?)? (?:Konto|Passwort|E-Mail)"
)
UNUSED = {  # mails of ways in that this site has not
    "login_code", "password_reset_code", "webauthn_added", "webauthn_removed", "base",
}  # fmt: skip
Case = Callable[[Client, User], HttpResponse]


class _Texts(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in {"script", "style", "code", "pre"}
        self.found |= {_plain(value) for name, value in attrs if name in {"aria-label", "placeholder", "alt"} and value}

    def handle_endtag(self, tag):
        self._silent -= tag in {"script", "style", "code", "pre"}

    def handle_data(self, data):
        if not self._silent:
            self.found.add(_plain(data))


def _plain(text: str) -> str:
    return " ".join(text.split())


def texts_of(html: str) -> set[str]:
    parser = _Texts()
    parser.feed(html)
    return {text for text in parser.found if re.search("[A-Za-z]{2}", text) and "@" not in text and "://" not in text}


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def sign_in(client: Client, user: User) -> None:
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get("/about/")  # what was said about it is read


def with_app(user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def trap() -> dict[str, str]:
    return {HIDDEN: "", STAMP: signing.dumps(int((time.time() - 30) * 1000), salt="clm.form")}


def get(name: str, *args: str, signed_in: bool = False, app: bool = False, follow: bool = True) -> Case:
    def ask(client: Client, user: User) -> HttpResponse:
        if signed_in:
            sign_in(client, user)
        if app:
            with_app(user)
        return client.get(reverse(name, args=args), follow=follow)

    return ask


def post(name: str, *, signed_in: bool = False, app: bool = False, **data: str) -> Case:
    def send(client: Client, user: User) -> HttpResponse:
        if signed_in:
            sign_in(client, user)
        if app:
            with_app(user)
        filled = {key: value.format(email=user.email, password=PASSWORD) for key, value in data.items()}
        return client.post(reverse(name), filled | trap(), follow=True)

    return send


def without_password(client: Client, user: User) -> HttpResponse:
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    return client.get(reverse("account_set_password"), follow=True)


def confirming(client: Client, user: User) -> HttpResponse:
    row = EmailAddress.objects.create(user=user, email=f"new-{user.email}", verified=False)
    return client.get(reverse("account_confirm_email", args=[EmailConfirmationHMAC(row).key]), follow=True)


def resetting(client: Client, user: User) -> HttpResponse:
    client.post(reverse("account_reset_password"), {"email": user.email} | trap())
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    return client.get(link, follow=True)


def resetting_badly(client: Client, user: User) -> HttpResponse:
    form = resetting(client, user)
    return client.post(form.redirect_chain[-1][0], {"password1": "123", "password2": "1234"}, follow=True)


def second_step(client: Client, user: User) -> HttpResponse:
    with_app(user)
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)


def second_step_wrong(client: Client, user: User) -> HttpResponse:
    second_step(client, user)
    return client.post(reverse("mfa_authenticate"), {"code": "000000"}, follow=True)


def asked_again(client: Client, user: User) -> HttpResponse:
    sign_in(client, user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 9_999}]
    session.save()
    return client.get(reverse("account_email"), follow=True)


def asked_again_wrong(client: Client, user: User) -> HttpResponse:
    asked_again(client, user)
    return client.post(reverse("account_reauthenticate"), {"password": "wrong"}, follow=True)


def asked_by_code(client: Client, user: User) -> HttpResponse:
    with_app(user)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    return client.get(reverse("mfa_reauthenticate"), follow=True)


def signed_out(client: Client, user: User) -> HttpResponse:
    sign_in(client, user)
    return client.post(reverse("account_logout"), follow=True)


CASES: dict[str, Case] = {
    "login": get("account_login"),
    "login, wrong": post("account_login", login="{email}", password="wrong"),
    "login, empty": post("account_login"),
    "login, done": post("account_login", login="{email}", password="{password}"),
    "signup": get("account_signup"),
    "signup, empty": post("account_signup"),
    "signup, no address": post("account_signup", email="nonsense", password1="123", password2="1234"),
    "signup, weak": post("account_signup", email="new@example.org", password1="password", password2="password"),
    "signup, short": post("account_signup", email="new@example.org", password1="x1z", password2="x1z"),
    "signup, like the address": post(
        "account_signup", email="wellspring@example.org", password1="wellspring", password2="wellspring"
    ),
    "signup, done": post("account_signup", email="new@example.org", password1="{password}", password2="{password}"),
    "verification sent": get("account_email_verification_sent"),
    "confirm": confirming,
    "confirm, too old": get("account_confirm_email", "MTIz:1abcde:xyz"),
    "inactive": get("account_inactive"),
    "reset": get("account_reset_password"),
    "reset, no address": post("account_reset_password", email="nonsense"),
    "reset, sent": get("account_reset_password_done"),
    "reset by key": resetting,
    "reset by key, badly": resetting_badly,
    "reset by key, too old": get("account_reset_password_from_key", "1", "set-password"),
    "reset, done": get("account_reset_password_from_key_done"),
    "logout": get("account_logout", signed_in=True),
    "logout, done": signed_out,
    "change password": get("account_change_password", signed_in=True),
    "change password, wrong": post(
        "account_change_password", signed_in=True, oldpassword="wrong", password1="123", password2="1234"
    ),
    "change password, done": post(
        "account_change_password", signed_in=True, oldpassword="{password}", password1="another long phrase 8",
        password2="another long phrase 8",
    ),
    "set password": without_password,
    "email": get("account_email", signed_in=True),
    "email, no address": post("account_email", signed_in=True, email="nonsense", action_add="1"),
    "email, own": post("account_email", signed_in=True, email="{email}", action_add="1"),
    "email, sent": post("account_email", signed_in=True, email="other@example.org", action_add="1"),
    "reauthenticate": asked_again,
    "reauthenticate, wrong": asked_again_wrong,
    "2fa": get("mfa_index", signed_in=True),
    "2fa, with app": get("mfa_index", signed_in=True, app=True),
    "2fa, activate": get("mfa_activate_totp", signed_in=True),
    "2fa, activate, wrong": post("mfa_activate_totp", signed_in=True, code="000000"),
    "2fa, activate, empty": post("mfa_activate_totp", signed_in=True),
    "2fa, deactivate": get("mfa_deactivate_totp", signed_in=True, app=True),
    "2fa, deactivated": post("mfa_deactivate_totp", signed_in=True, app=True),
    "2fa, codes": get("mfa_view_recovery_codes", signed_in=True, app=True),
    "2fa, new codes": get("mfa_generate_recovery_codes", signed_in=True, app=True),
    "2fa, new codes made": post("mfa_generate_recovery_codes", signed_in=True, app=True),
    "2fa, sign in": second_step,
    "2fa, sign in, wrong": second_step_wrong,
    "2fa, reauthenticate": asked_by_code,
    "3rdparty": get("socialaccount_connections", signed_in=True),
    "3rdparty, cancelled": get("socialaccount_login_cancelled"),
    "3rdparty, error": get("socialaccount_login_error"),
    "3rdparty, signup": get("socialaccount_signup"),
}  # fmt: skip


def shown(case: Case, language: str) -> str:
    cache.clear()
    person = make_user(f"Person {language}", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client(headers={"accept-language": language})
    response = case(client, person)
    assert response.status_code in {200, 400, 401, 403, 422}, response.status_code
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    User.objects.filter(email="new@example.org").delete()
    EmailAddress.objects.filter(email="other@example.org").delete()
    return html


@pytest.mark.parametrize("name", CASES)
def test_a_page_leaves_no_english_over(name):
    english, german = (texts_of(shown(CASES[name], language)) for language in ("en", "de"))
    assert len(english) > 10
    assert english & german - ALIKE == set()
    assert not [text for text in german if OTHER_TONE.search(text)]


# Mails

CONTEXT = {
    "email": "a@example.org", "from_email": "b@example.org", "to_email": "c@example.org", "user_agent": "Firefox",
    "deleted_email": "d@example.org", "password_reset_url": "https://x/reset/", "signup_url": "https://x/signup/",
    "activate_url": "https://x/confirm/", "provider": "GitLab", "current_site": {"domain": "x", "name": "x"},
}  # fmt: skip


def mails() -> list[str]:
    """The names of every mail that allauth has for the rooms this site uses."""
    folder = Path(allauth.__file__).parent / "templates"
    found = []
    for room in ("account", "mfa", "socialaccount"):
        for path in sorted((folder / room / "email").glob("*_message.txt")):
            name = path.name.removesuffix("_message.txt")
            if name not in UNUSED:
                found.append(f"{room}/email/{name}")
    return found


@pytest.mark.parametrize("name", mails())
@pytest.mark.parametrize("part", ["subject", "message"])
def test_a_mail_leaves_no_english_over(name, part):
    said = {}
    for language in ("en", "de"):
        with translation.override(language):
            text = render_to_string(f"{name}_{part}.txt", {"timestamp": timezone.now()} | CONTEXT)
        said[language] = {line.strip() for line in text.splitlines() if re.search("[a-z]{2}", line)}
    alike = {line for line in said["en"] & said["de"] if "@" not in line and "https://" not in line}
    assert alike <= {"Commons Language Model, x"}
    assert said["de"]
    assert not OTHER_TONE.search(" ".join(said["de"]))


def test_a_mail_comes_in_the_language_its_reader_asked_in():
    person = make_user(password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client(headers={"accept-language": "de"})
    client.post(reverse("account_reset_password"), {"email": person.email} | trap())
    assert mail.outbox[-1].subject == "Ein neues Passwort wählen"
    assert "um ein neues Passwort für dein Konto gebeten" in mail.outbox[-1].body
    assert "/accounts/password/reset/key/" in mail.outbox[-1].body

"""What every page has around its text, the pages for failures, and the mail page."""

import re
import time

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import get_resolver

from patterns.people import kept_mail
from patterns.people.traps import STAMP, stamp
from patterns.views.errors import server_error
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db
KEPT = "patterns.people.mail.KeptMailBackend"


def test_no_page_carries_inline_script_or_style(client: Client):
    for address in ("/patterns/", "/lighthouses/", "/accounts/login/", "/accounts/signup/", "/nowhere/"):
        html = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\" nonce=\"\S)[^>]*>", html), (
            address
        )
        assert not re.search(r"\s(style|on\w+)=", html), address
        assert "<style" not in html, address


def test_a_page_can_be_skipped_to_its_text(client: Client):
    html = client.get("/patterns/").content.decode()
    assert html.index('href="#page-main"') < html.index("<header")
    assert '<main id="page-main" tabindex="-1">' in html


def test_an_unknown_address_is_a_designed_page(client: Client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "We could not find this page" in response.content.decode()


def test_the_page_for_our_own_failures_needs_no_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        response = server_error(request)
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_a_form_without_its_token_is_explained():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "Please send that once more" in response.content.decode()


@pytest.mark.parametrize("address", ["/patterns/?q=", "/patterns/?domain=", "/nowhere/?", "/accounts/login/?next="])
def test_a_query_string_of_ten_megabytes_is_refused_in_words_and_at_once(client: Client, address: str):
    started = time.monotonic()
    response = client.get(address + "x" * 10_000_000)
    assert response.status_code in {400, 414}
    assert "<h1" in response.content.decode()
    assert time.monotonic() - started < 5


def test_every_error_status_has_its_handler():
    assert all(get_resolver().resolve_error_handler(status) for status in (400, 403, 404, 500))


def test_mail_goes_out_on_sites_that_can_send_it(client: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get("/mail/").status_code == 404


@pytest.mark.parametrize(
    ("public_url", "extra"),
    [
        ("https://clm.example.org", {}),
        ("http://127.0.0.1:8000", {"REMOTE_ADDR": "203.0.113.9"}),
        ("http://127.0.0.1:8000", {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}),
    ],
)
def test_kept_mail_is_for_staff_and_for_this_machine(client: Client, settings, tmp_path, public_url: str, extra: dict):
    settings.EMAIL_BACKEND, settings.PUBLIC_URL, settings.CLM_HOME = KEPT, public_url, tmp_path
    kept_mail.keep(["a@example.org"], subject="Secret link", body="x")
    assert client.get("/mail/", **extra).status_code == 403
    client.force_login(make_user("Staff", is_staff=True))
    assert client.get("/mail/", **extra).status_code == 200


def test_an_account_is_made_by_mail_alone(client: Client, settings):
    settings.FORM_SECONDS = 0
    answers = {
        STAMP: stamp(),
        "email": "New@Example.org",
        "password1": "orchard-well-7!",
        "password2": "orchard-well-7!",
    }
    response = client.post("/accounts/signup/", answers, follow=True)
    assert "Look into your mail" in response.content.decode()
    link = re.search(r"https?://\S+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    client.post(link, follow=True)
    assert client.get("/accounts/email/").status_code == 200


def test_a_wrong_password_keeps_the_address_and_says_what_is_wrong(client: Client):
    html = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"}).content.decode()
    assert "This could not be sent yet" in html
    assert 'value="a@example.org"' in html

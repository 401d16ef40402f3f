"""The content security policy is on everything the site says: pages, errors, redirects, refusals and files."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import path

from patterns.people import limits
from tests.patterns.test_matrix import EVERY

pytestmark = pytest.mark.django_db
HEADER = "Content-Security-Policy"


def strict(response: object) -> None:
    policy = response.headers[HEADER]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert "https:" not in directives["script-src"]
    assert directives["object-src"] == directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("name", "address"), EVERY, ids=[name for name, _ in EVERY])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_answers_under_the_policy(client: Client, name: str, address: str, method: str) -> None:
    """Found or not, allowed or not: the header is there."""
    strict(client.generic(method, address, content_type="application/x-www-form-urlencoded"))


def fails(request: object) -> None:
    raise RuntimeError("Secret words of a stack trace.")


urlpatterns = [path("fails/", fails)]
handler500 = "patterns.views.errors.server_error"


def test_a_page_that_breaks_says_nothing_of_why(settings) -> None:
    settings.ROOT_URLCONF = __name__
    response = Client(raise_request_exception=False).get("/fails/")
    assert response.status_code == 500
    strict(response)
    assert "Secret" not in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"path": "/nowhere/"}, 404),
        ({"path": "/patterns"}, 301),
        ({"path": "/patterns/", "QUERY_STRING": "q=" + "a" * 9000}, 414),
        ({"path": "/patterns/", "HTTP_HOST": "evil.example"}, 400),
        ({"path": "/review/"}, 302),
        ({"path": "/mail/", "REMOTE_ADDR": "198.51.100.1"}, 403),
    ],
    ids=lambda value: str(value)[:40],
)
def test_errors_and_redirects_carry_it_too(client: Client, settings, sent: dict, status: int) -> None:
    settings.EMAIL_BACKEND = "patterns.people.mail.KeptMailBackend"
    response = client.get(**sent)
    assert response.status_code == status
    strict(response)


def test_a_body_that_is_too_large_is_refused_in_words(client: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/ask/", {"question": "a" * 5000})
    assert response.status_code == 413
    strict(response)


def test_a_refusal_for_haste_carries_it_and_says_when_to_come_back(client: Client, settings) -> None:
    settings.LIMITS = {"SIGN_IN": "0"}
    response = client.post("/accounts/login/", {"login": "a@example.org", "password": "a secret phrase"})
    assert response.status_code == 429
    strict(response)
    assert 0 < int(response.headers["Retry-After"]) <= limits.allowance("sign-in").per


def test_a_request_without_encryption_is_led_on_under_the_policy(settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/patterns/")
    assert response.status_code == 301
    strict(response)


def test_static_files_carry_it(settings, tmp_path: Path) -> None:
    """WhiteNoise answers before most middleware; the policy stands before it."""
    (tmp_path / "a.css").write_text("p { color: red }")
    settings.STATIC_ROOT = str(tmp_path)
    response = Client().get("/static/a.css")
    assert response.status_code == 200
    strict(response)

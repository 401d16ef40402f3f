"""Accounts elsewhere: off until named, secrets from the environment alone, and only verified addresses join accounts.

The provider is a small GitLab of the tests' own on this machine, spoken to over real HTTP by a process of its own.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection
from django.urls import NoReverseMatch, reverse

from patterns.models import User
from tests.architecture.reading import ROOT
from tests.factories.library import make_user

EMAIL, SECRET = "ada@example.org", "a-secret-of-the-provider"


def test_without_providers_there_is_no_button_and_no_address(client, db):
    assert "account elsewhere" not in client.get("/accounts/login/").content.decode()
    with pytest.raises(NoReverseMatch):
        reverse("github_login")


def test_a_provider_nobody_knows_is_named_in_the_error():
    done = run_there("print('started')", providers="github,example")
    assert done.returncode != 0
    assert "CLM_SOCIAL_PROVIDERS names 'example'; known are google, github, gitlab, orcid." in done.stderr


class Provider(BaseHTTPRequestHandler):
    """Answers as GitLab's API does: a token for any code, then whose it is."""

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        self._answer({"access_token": "t", "token_type": "bearer"})

    def do_GET(self) -> None:
        self._answer({"id": 7, "username": "ada", "email": EMAIL, "name": "Ada of elsewhere", "avatar_url": "x"})

    def _answer(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def provider() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run_there(program: str, *, providers: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in a fresh process whose site knows `providers`."""
    environment = {
        **os.environ,
        "CLM_SOCIAL_PROVIDERS": providers,
        "DJANGO_SETTINGS_MODULE": "clm_site.settings",
        **more,
    }
    start = "import django; django.setup(); from django.db import connection; import sys\n"
    if more:
        start += "connection.settings_dict['NAME'] = sys.argv[1]\n"
    return subprocess.run(
        [sys.executable, "-c", start + program, connection.settings_dict["NAME"]], cwd=ROOT, env=environment,
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


COME_FROM_THERE = """
import json
from urllib.parse import parse_qs, urlsplit
from django.test import Client
from allauth.socialaccount.models import SocialAccount
from patterns.models import User
client = Client()
page = client.get("/accounts/login/", HTTP_HOST="localhost")
sent = client.post("/accounts/gitlab/login/?process=login", HTTP_HOST="localhost")
state = parse_qs(urlsplit(sent["Location"]).query)["state"][0]
back = client.get("/accounts/gitlab/login/callback/", {"code": "c", "state": state}, HTTP_HOST="localhost")
print(json.dumps({
    "page": page.content.decode(), "policy": page["Content-Security-Policy"], "to": sent["Location"],
    "back": back["Location"], "signed_in": client.session.get("_auth_user_id"),
    "kept": list(SocialAccount.objects.values_list("user__email", "extra_data")), "people": User.objects.count(),
}))
"""


def come_from(provider: str, *, trusted: bool) -> dict[str, Any]:
    trust = "from django.conf import settings\nsettings.SOCIALACCOUNT_PROVIDERS['gitlab']['VERIFIED_EMAIL'] = True\n"
    # Debugging serves style sheets as they are; what is tested does not depend on it.
    done = run_there(
        (trust if trusted else "") + COME_FROM_THERE, providers="gitlab", CLM_GITLAB_URL=provider,
        CLM_SOCIAL_ID_GITLAB="me", CLM_SOCIAL_SECRET_GITLAB=SECRET, CLM_DEBUG="yes",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def person(transactional_db) -> User:
    user = make_user("Ada", email=EMAIL, password="p")
    user.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
    return user


def test_the_sign_in_page_leads_there_and_an_address_not_verified_there_opens_no_account(person, provider):
    found = come_from(provider, trusted=False)
    assert "Go on with GitLab" in found["page"]
    assert found["to"].startswith(f"{provider}/oauth/authorize?client_id=me")
    assert f"form-action 'self' {provider}" in found["policy"]
    assert SECRET not in found["page"] + found["to"]
    assert found["signed_in"] is None
    assert found["kept"] == []
    assert found["people"] == 1


def test_a_verified_address_joins_the_account_and_nothing_of_the_profile_is_kept(person, provider):
    found = come_from(provider, trusted=True)
    assert found["signed_in"] == str(person.pk)
    assert found["kept"] == [[EMAIL, {}]]
    assert found["people"] == 1

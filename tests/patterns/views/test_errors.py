"""Every failure is a designed page: what happened, what one can do, nothing lost."""

import re

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path

from patterns.views import errors
from tests.factories.library import make_lighthouse, make_pattern, make_user

pytestmark = pytest.mark.django_db


def raises(problem: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise problem

    return view


class Addresses:
    """Addresses that fail, beside the site's own, with the site's handlers."""

    from clm_site.urls import handler400, handler403, handler404, handler500
    from clm_site.urls import urlpatterns as _site

    urlpatterns = [
        path("bad/", raises(SuspiciousOperation("odd"))),
        path("large/", raises(RequestDataTooBig("large"))),
        path("fields/", raises(TooManyFieldsSent("many"))),
        path("closed/", raises(PermissionDenied("Only reviewers read this."))),
        path("broken/", raises(ZeroDivisionError("secret detail"))),
        path("away/", raises(OperationalError("connection refused"))),
        path("much/", errors.too_many),
        *_site,
    ]


@pytest.fixture
def asking():
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=Addresses):
        yield client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "We could not read that request"),
        ("/large/", 413, "That is more than this page takes"),
        ("/fields/", 413, "That is more than this page takes"),
        ("/closed/", 403, "Only reviewers read this."),
        ("/broken/", 500, "Something broke on our side"),
        ("/away/", 503, "We are not ready yet"),
        ("/much/", 429, "That was a lot in a short time"),
        ("/nowhere/", 404, "We could not find this page"),
    ],
)
def test_every_failure_says_what_happened_and_offers_a_way_on(asking, address, status, words):
    response = asking.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert 'href="/patterns/"' in html
    assert "secret detail" not in html


@pytest.mark.parametrize("address", ["/broken/", "/away/"])
def test_a_failure_on_our_side_needs_no_database(asking, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        asking.get(address)


def test_a_database_that_is_away_says_when_to_come_back(asking):
    assert asking.get("/away/")["Retry-After"] == "30"


def test_a_failure_is_answered_even_where_no_template_can_be_read():
    broken = [{**django_settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    with override_settings(TEMPLATES=broken):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Try again in a minute" in response.content.decode()


def test_a_form_that_is_too_large_is_said_to_be(asking, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = asking.post("/ask/", {"question": "x" * 500})
    assert response.status_code == 413
    assert "your text is still there" in response.content.decode()


def test_a_page_not_open_offers_to_sign_in_and_come_back(asking):
    assert "/accounts/login/?next=/closed/" in asking.get("/closed/").content.decode()


def test_somebody_signed_in_is_not_told_to(asking):
    asking.force_login(make_user("Ada"))
    html = asking.get("/closed/").content.decode()
    assert "ask an admin of this site for the role" in html
    assert "/accounts/login/?next=/closed/" not in html


def test_a_mistyped_pattern_is_guessed(client):
    make_pattern("Steward-Ownership")
    make_pattern("Bread oven")
    html = client.get("/patterns/steward-ownershp/").content.decode()
    assert "Did you mean" in html
    assert 'href="/patterns/steward-ownership/"' in html
    assert "Bread oven" not in html
    assert 'value="steward ownershp"' in html


def test_a_name_at_a_wrong_place_is_guessed(client):
    make_lighthouse("Barcelona")
    assert 'href="/lighthouses/barcelona/"' in client.get("/places/barcelona/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/patterns/%00/", "/patterns/" + "a" * 3000 + "/", "/%F0%9F%8C%B3/", "/a/%3Cscript%3E/", "/patterns/---/"],
)
def test_odd_addresses_are_answered_all_the_same(client, address):
    make_pattern("Steward-Ownership")
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 404
    assert "<script>" not in html
    assert "We could not find this page" in html


def test_what_was_taken_out_offers_a_search_for_something_like_it(client):
    make_pattern("Risk & reward", slug="risk", state="retired")
    response = client.get("/patterns/risk/")
    assert response.status_code == 410
    assert 'href="/search/?q=Risk%20%26%20reward"' in response.content.decode()

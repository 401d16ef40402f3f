"""The list of one's own sessions is true, costs pages nothing, and what is ended there is ended everywhere."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from patterns.models import AuditEntry, PersonSession, User
from patterns.people import sessions
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase for tests 7"
FIREFOX = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def person() -> User:
    user = make_user("Ada", password=PASSWORD)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def signed_in(user: User, **meta: str) -> Client:
    client = Client(**(FIREFOX | meta))
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302, response.content
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_signing_in_writes_a_row_with_the_browser_in_words(person):
    signed_in(person)
    row = PersonSession.objects.get()
    assert (row.user, row.browser) == (person, "Firefox on Linux")


def test_neither_an_address_nor_the_key_is_kept(person):
    client = signed_in(person, REMOTE_ADDR="198.51.100.77")
    row = str(PersonSession.objects.values().get())
    assert "198.51" not in row
    assert client.session.session_key not in row


def test_signing_out_takes_the_row_away(person):
    client = signed_in(person)
    client.post(reverse("account_logout"))
    assert not PersonSession.objects.exists()


@pytest.mark.parametrize("address", ["/", "/patterns/", "/about/"])
def test_the_list_costs_other_pages_no_query(person, address):
    client, stranger = signed_in(person), Client()
    for visitor in (client, stranger):
        visitor.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            visitor.get(address)
        assert not [one for one in asked if "personsession" in one["sql"]]


def test_a_session_in_use_is_noted_once_in_a_few_minutes(person):
    client = signed_in(person)
    long_ago = timezone.now() - timedelta(hours=2)
    PersonSession.objects.update(last_used_at=long_ago)
    client.get(reverse("account"))
    assert PersonSession.objects.get().last_used_at == long_ago
    session = client.session
    session[sessions.MARK] |= {"at": int(time.time()) - sessions.RENEWED_AFTER - 1}
    session.save()
    client.get(reverse("account"))
    assert PersonSession.objects.get().last_used_at > long_ago


def test_a_session_older_than_the_list_is_taken_up(person, client):
    client.force_login(person)
    assert not PersonSession.objects.exists()
    User.objects.update(last_login=timezone.now() - timedelta(days=2))
    client.get(reverse("home"))
    assert PersonSession.objects.get().user == person


def test_the_row_follows_its_session_to_a_new_key(person):
    client = signed_in(person)
    before = PersonSession.objects.get()
    client.post(reverse("account_change_password"), {
        "oldpassword": PASSWORD, "password1": "another long phrase 8", "password2": "another long phrase 8",
    })  # fmt: skip
    client.get(reverse("home"))
    after = PersonSession.objects.get()
    assert after.pk == before.pk
    assert after.key_sha256 != before.key_sha256


def test_ending_one_signs_out_there_and_nowhere_else(person):
    here, there, other = signed_in(person), signed_in(person), signed_in(person)
    row = PersonSession.objects.get(key_sha256=sessions._hashed(there.session.session_key))
    assert here.post(reverse("end_session", args=[row.pk])).status_code == 302
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)
    assert AuditEntry.objects.filter(actor=person, action="ended a session").count() == 1


def test_ending_all_others_ends_those_the_list_does_not_know_too(person):
    here, listed, unlisted = signed_in(person), signed_in(person), Client()
    unlisted.force_login(person)
    here.post(reverse("end_other_sessions"))
    assert (is_in(here), is_in(listed), is_in(unlisted)) == (True, False, False)
    assert PersonSession.objects.count() == 1


def test_nobody_ends_a_session_of_somebody_else(person):
    signed_in(person)
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.post(reverse("end_session", args=[PersonSession.objects.get().pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        sessions.end(PersonSession.objects.get(), actor=make_user())
    assert PersonSession.objects.exists()


@pytest.mark.parametrize("others", [0, 2])
def test_the_page_asks_the_same_however_many_there_are(person, others, django_assert_num_queries):
    client = signed_in(person)
    for _ in range(others):
        signed_in(person)
    client.get(reverse("own_sessions"))
    with django_assert_num_queries(2):  # the account and its sessions; the session itself comes from the cache
        html = client.get(reverse("own_sessions")).content.decode()
    assert html.count("Firefox on Linux</h2>") == others
    assert "this one" in html


def test_what_a_browser_calls_itself_cannot_write_markup(person):
    client = signed_in(person, HTTP_USER_AGENT="<script>alert(1)</script> Firefox/1 on <b>Linux</b>")
    assert "<script>alert" not in client.get(reverse("own_sessions")).content.decode()


def test_a_new_salt_is_all_it_takes_to_end_every_session(person):
    client = signed_in(person)
    request = HttpRequest()
    request.session = client.session
    assert get_user(request) == person
    sessions.end_all(person)
    request = HttpRequest()
    request.session = client.session
    assert not get_user(request).is_authenticated

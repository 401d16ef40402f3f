"""Limits count people and addresses, and keep no address."""

import pytest
import redis
from django.conf import settings as site
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.test import RequestFactory

from patterns.people import limits
from tests.factories.library import make_user


@pytest.fixture(autouse=True)
def empty_redis(settings):
    settings.ADDRESS_SHARE = 5
    redis.Redis.from_url(site.REDIS_URL).flushdb()


def request_from(address="198.51.100.7", *, user=None):
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    request.session.create()
    return request


def test_the_limit_holds_for_one_session(settings):
    settings.LIMITS = {"ASK": "3"}
    request = request_from()
    assert [limits.allow(request, "ask") for _ in range(5)] == [True, True, True, False, False]


def test_sessions_and_limits_are_counted_apart(settings):
    settings.LIMITS = {"ASK": "1", "RATE": "1"}
    first = request_from()
    limits.allow(first, "ask")
    assert limits.allow(request_from(), "ask")
    assert limits.allow(first, "rate")


def test_one_address_cannot_go_on_with_ever_new_sessions(settings):
    settings.LIMITS = {"ASK": "2"}
    results = [limits.allow(request_from(), "ask") for _ in range(12)]
    assert results == [True] * 10 + [False] * 2


@pytest.mark.django_db
def test_an_account_is_counted_across_its_sessions(settings):
    settings.LIMITS = {"ASK": "1"}
    user = make_user()
    assert limits.allow(request_from("198.51.100.1", user=user), "ask")
    assert not limits.allow(request_from("198.51.100.2", user=user), "ask")


def test_no_address_is_kept():
    limits.allow(request_from("198.51.100.7"), "ask")
    client = redis.Redis.from_url(site.REDIS_URL)
    kept = b" ".join(client.keys("clm:limit:*") + [client.get(key) for key in client.keys("clm:limit:*")])
    assert b"198.51" not in kept
    assert all(client.ttl(key) > 0 for key in client.keys("clm:*"))


def test_the_same_address_has_another_name_on_another_day(monkeypatch):
    request = request_from()
    today = limits._who(request)[-1]
    assert limits._who(request)[-1] == today
    monkeypatch.setattr(limits.time, "strftime", lambda *_: "2031-01-01")
    assert limits._who(request)[-1] != today


def test_without_redis_everybody_passes_and_the_log_says_so(settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    settings.LIMITS = {"ASK": "0"}
    limits._client.cache_clear()
    try:
        assert limits.allow(request_from(), "ask")
    finally:
        limits._client.cache_clear()
    assert "Redis does not answer" in caplog.text
    assert "198.51" not in caplog.text


@pytest.mark.django_db
def test_signing_in_leaves_no_address_behind(client):
    client.post("/accounts/login/", {"login": "a@example.org", "password": "x"}, REMOTE_ADDR="198.51.100.77")
    keys = redis.Redis.from_url(site.REDIS_URL).keys("*")
    assert any(b"login" in key for key in keys)
    assert not any(b"198.51.100.77" in key for key in keys)

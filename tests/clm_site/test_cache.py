"""Without Redis nothing is cached and nothing fails."""

import socket
from collections.abc import Iterator

import pytest

from clm_site.cache import ForgivingRedisCache


@pytest.fixture
def dead_redis() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def away(dead_redis) -> ForgivingRedisCache:
    return ForgivingRedisCache(dead_redis, {})


def test_reading_finds_nothing(away):
    assert away.get("name", "otherwise") == "otherwise"
    assert away.get_many(["name"]) == {}
    assert "name" not in away


def test_writing_is_forgotten(away):
    away.set("name", 1)
    assert away.set_many({"name": 1}) == []
    assert away.add("name", 1)
    assert away.incr("count", 2) == 2
    assert not away.delete("name")
    assert away.get_or_set("name", lambda: "made") == "made"


@pytest.mark.django_db
def test_a_visitor_without_a_session_gets_one(dead_redis, client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": dead_redis}}
    session = client.session
    session["seen"] = True
    session.save()
    assert client.session["seen"]

"""Static files come whole and with the headers that let a browser keep them."""

import asyncio

import pytest
from django.http import HttpResponse
from django.test import AsyncClient


@pytest.fixture
def served(settings, tmp_path):
    (tmp_path / "mark.0123456789ab.css").write_text("body { color: black }")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    return "/static/mark.0123456789ab.css"


def get(address: str, **headers: str) -> HttpResponse:
    return asyncio.run(AsyncClient().get(address, headers=headers))


def test_a_file_is_sent_whole(served):
    answer = get(served)
    assert not answer.streaming
    assert answer.content == b"body { color: black }"


def test_a_file_has_its_type(served):
    assert get(served)["content-type"].startswith("text/css")


def test_a_file_the_browser_has_is_not_sent_again(served):
    first = get(served)
    again = get(served, **{"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")

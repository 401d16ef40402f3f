"""The addresses for machines, and the doctor's list of checks."""

import pytest
from django.test import Client, RequestFactory

from clm_site import doctor, health
from clm_site.doctor import findings


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch):
    """Checks registered in a test are forgotten after it."""
    monkeypatch.setattr(findings, "_checks", {})
    return doctor.register


def test_alive_touches_no_store(client: Client, django_assert_num_queries):
    assert client.get("/health/").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_the_stores_answer_and_the_tables_are_there(client: Client):
    assert client.get("/ready/").json() == {"ready": True, "reasons": []}


@pytest.mark.django_db
def test_not_ready_without_redis_says_so(client: Client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/ready/")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "reasons": ["Redis does not answer."]}


@pytest.mark.django_db
def test_metrics_count_the_outbox(client: Client):
    assert b"clm_outbox_waiting 0.0" in client.get("/metrics/").content


@pytest.mark.parametrize(
    ("address", "headers", "token", "allowed"),
    [
        ("127.0.0.1", {}, "", True),
        ("::1", {}, "", True),
        ("203.0.113.9", {}, "", False),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, "", False),
        ("203.0.113.9", {"Authorization": "Bearer right"}, "right", True),
        ("127.0.0.1", {"Authorization": "Bearer wrong"}, "right", False),
        ("", {}, "", False),
    ],
)
def test_metrics_are_for_this_machine_or_the_token(settings, address, headers, token, allowed):
    settings.METRICS_TOKEN = token
    request = RequestFactory(headers=headers).get("/metrics/", REMOTE_ADDR=address)
    assert health.may_read_metrics(request) is allowed


def test_a_check_that_breaks_does_not_hide_the_others(register):
    register("broken", lambda: 1 / 0)
    register("good", lambda: doctor.fine("All well."))
    found = dict(doctor.examine())
    assert found["broken"].says == "The check itself failed: ZeroDivisionError: division by zero"
    assert found["good"].level is doctor.Level.FINE


def test_a_check_whose_store_is_down_is_left_out(register):
    register("rows", lambda: doctor.problem("never asked", ""), needs=["postgres"])
    assert doctor.examine(down=["postgres"]) == []

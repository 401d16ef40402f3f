"""The stores the settings name are the ones that answer."""

import pytest
import redis
from django.conf import settings
from django.db import connection

from clm_site import env


@pytest.mark.django_db
def test_the_database_is_postgres_with_vectors():
    with connection.cursor() as cursor:
        cursor.execute("SELECT '[1,2]'::vector <-> '[1,4]'::vector")
        assert cursor.fetchone() == (2.0,)


def test_redis_answers_on_a_database_of_its_own():
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.ping()
        assert client.connection_pool.connection_kwargs["db"] > 0


def test_a_variable_for_libraries_is_set_unless_the_operator_did(monkeypatch):
    monkeypatch.setenv("CLM_TRY_THIS", "theirs")
    env.provide("CLM_TRY_THIS", "ours")
    assert env.text("CLM_TRY_THIS") == "theirs"
    monkeypatch.delenv("CLM_TRY_THIS")
    env.provide("CLM_TRY_THIS", "ours")
    assert env.text("CLM_TRY_THIS") == "ours"


def test_variables_with_one_beginning_are_read_by_the_rest_of_their_names(monkeypatch):
    monkeypatch.setenv("CLM_TRY_KEY_ONE", " first ")
    monkeypatch.setenv("CLM_TRY_KEY_EMPTY", " ")
    assert env.prefixed("CLM_TRY_KEY_") == {"ONE": "first"}

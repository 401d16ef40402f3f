"""The stores the settings name are the ones that answer."""

import pytest
import redis
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgres_with_vectors():
    with connection.cursor() as cursor:
        cursor.execute("SELECT '[1,2]'::vector <-> '[1,4]'::vector")
        assert cursor.fetchone() == (2.0,)


def test_redis_answers_on_a_database_of_its_own():
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.ping()
        assert client.connection_pool.connection_kwargs["db"] > 0

"""Whether PostgreSQL and Redis answer, asked past the connection pool, which would wait for long."""

import redis
from django.conf import settings
from django.db import connection

PATIENCE = 2  # seconds


def postgres_answers() -> bool:
    import psycopg

    try:
        with psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": PATIENCE}) as straight:
            straight.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def redis_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False

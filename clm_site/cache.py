"""The cache as a convenience: while Redis is away everything is simply not cached, and no page fails for it."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def _or(otherwise: Callable[..., Any], name: str) -> Callable[..., Any]:
    """RedisCache's method `name`, or what `otherwise` makes of its arguments where Redis does not answer."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgiving(self: RedisCache, *arguments: Any, **options: Any) -> Any:
        try:
            return method(self, *arguments, **options)
        except RedisError as problem:
            log.warning("nothing is cached: Redis does not answer (%s)", type(problem).__name__)
            return otherwise(*arguments, **options)

    return forgiving


class ForgivingRedisCache(RedisCache):
    """Reads find nothing and writes are forgotten while Redis is down or hangs."""

    get = _or(lambda _key, default=None, **_: default, "get")
    get_many = _or(lambda *_, **__: {}, "get_many")
    has_key = _or(lambda *_, **__: False, "has_key")
    add = _or(lambda *_, **__: True, "add")
    set = _or(lambda *_, **__: None, "set")
    set_many = _or(lambda *_, **__: [], "set_many")
    touch = _or(lambda *_, **__: False, "touch")
    delete = _or(lambda *_, **__: False, "delete")
    delete_many = _or(lambda *_, **__: None, "delete_many")
    incr = _or(lambda _key, delta=1, **_: delta, "incr")
    clear = _or(lambda *_, **__: False, "clear")

"""Typed readers of the environment that fail loudly, so that a typo in a setting is a sentence and not a mystery."""

import ipaddress
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class BadSetting(ValueError):
    """An environment variable holds something that cannot be used; the message says which and what would do."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool) -> bool:
    given = text(name).lower()
    if not given:
        return default
    if given in TRUE | FALSE:
        return given in TRUE
    raise BadSetting(f"{name} is '{given}'; write yes or no.")


def integer(name: str, default: int, *, least: int | None = None) -> int:
    given = text(name)
    if not given:
        return default
    try:
        number = int(given)
    except ValueError:
        raise BadSetting(f"{name} is '{given}'; write a whole number.") from None
    if least is not None and number < least:
        raise BadSetting(f"{name} is {number}; the least that works is {least}.")
    return number


def decimal(name: str, default: float) -> float:
    given = text(name)
    if not given:
        return default
    try:
        return float(given)
    except ValueError:
        raise BadSetting(f"{name} is '{given}'; write a number.") from None


def words(name: str, default: list[str] | None = None) -> list[str]:
    """A comma-separated list."""
    given = text(name)
    return [word.strip() for word in given.split(",") if word.strip()] if given else list(default or [])


def one_of(name: str, known: Collection[str]) -> list[str]:
    """A comma-separated list of which each must be one of `known`."""
    given = [word.lower() for word in words(name)]
    for word in given:
        if word not in known:
            raise BadSetting(f"{name} names '{word}'; known are {', '.join(known)}.")
    return given


def is_this_machine(host: str) -> bool:
    """Whether an address names the machine one sits at, and no other."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def prefixed(prefix: str) -> dict[str, str]:
    """Every variable that begins with `prefix` and holds something, by the rest of its name."""
    return {
        name.removeprefix(prefix): value.strip()
        for name, value in os.environ.items()
        if name.startswith(prefix) and value.strip()
    }


def provide(name: str, value: str) -> None:
    """Set a variable that libraries read when they are loaded, unless the operator did."""
    os.environ.setdefault(name, value)


def path(name: str, default: Path) -> Path:
    given = text(name)
    return Path(given).expanduser().resolve() if given else default


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a `postgres://user:password@host:port/name?option=value` address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL must begin with postgres://; PostgreSQL is the only store of record.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": {**options, "pool": {"min_size": 0, "max_size": 16, "timeout": 10}},
    }


def email(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for a `smtp://user:password@host:port` (or `smtps://`) address; none for no address."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise BadSetting("EMAIL_URL must begin with smtp:// (STARTTLS) or smtps:// (TLS).")
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.port != 25,
        "EMAIL_TIMEOUT": 10,
    }

"""Sessions of signed-in people, for browsers and benchmarks that have no wish to type a password."""

from typing import Any


def session_of(user: Any) -> str:
    """The key of a session in which `user` is signed in, as Django's own `login` writes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def newcomers(count: int) -> list[dict[str, str]]:
    """So many accounts without a name, as a sign-up leaves them, each with its address and the key of its session."""
    from tests.factories.library import make_user

    made = []
    for _ in range(count):
        user = make_user()
        user.name = ""
        user.save(update_fields=["name"])
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        made.append({"email": user.email, "session": session_of(user)})
    return made

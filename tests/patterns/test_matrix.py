"""Every address that changes something is in the table, and every role gets from it what the table says."""

import copy
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from django.views.generic import RedirectView

from patterns.enums import Role
from tests.factories.library import make_user
from tests.patterns.matrix import TABLE, Row
from tests.patterns.world import PASSWORD, ROLES, World

pytestmark = pytest.mark.django_db
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
ANY = {"id": "1", "int": "1", "uuid": "6b1f0a3e-0000-4000-8000-000000000000"}  # an argument of each kind of converter
AGAIN = "/accounts/reauthenticate/"
# Mail programs post to it by themselves (RFC 8058); the signed token in the address is the permission.
BY_LETTER = {"notices_unsubscribe"}
ROWS = {row.name: row for row in TABLE}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield (name, an address of its form, pattern) of every view but the operators' window, which has a test below.

    allauth's old addresses, which have no name, lead on to its new ones and do nothing else.
    """
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.app_name != "admin":
                yield from addresses(one, before + str(one.pattern))
        elif getattr(one.callback, "view_class", None) is not RedirectView:
            yield one.name or "", before + filled(one), one


def filled(pattern: URLPattern) -> str:
    """An address that the pattern matches; what it names need not exist."""
    written = str(pattern.pattern)
    if written.startswith("^"):  # allauth's two regular expressions
        return re.sub(r"\(\?P<\w+>[^)]*\)", "a", written.strip("^$"))
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: ANY.get(found[1] or "", "a"), written)


EVERY = sorted({(name, address) for name, address, _pattern in addresses(get_resolver())})


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[Mapping[str, World]]:
    """The world of each role, made once for all rows; each row acts in a copy, and what it does is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {role: World(role).furnished() for role in ROLES}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Attempts are counted for each account, and the accounts of the worlds act in every row."""
    cache.clear()


@pytest.mark.parametrize(("name", "address"), EVERY, ids=[name for name, _ in EVERY])
def test_an_address_that_changes_something_stands_in_the_table(client: Client, name: str, address: str) -> None:
    """Whatever a visitor or an admin is not refused with 405 might change something.

    Both are asked: who may not come in at all is sent to sign in, or home, before the method is looked at.
    """
    answered, boss = set(CHANGING), Client()
    boss.force_login(make_user(roles=[Role.ADMIN]), backend="django.contrib.auth.backends.ModelBackend")
    for one, method in itertools.product((client, boss), CHANGING):
        with transaction.atomic():
            response = one.generic(method, address, content_type="application/x-www-form-urlencoded")
            transaction.set_rollback(True)
        if response.status_code == 405:
            answered.discard(method)
    known = ROWS[name].methods if name in ROWS else frozenset()
    assert answered == known, f"{name} answers {sorted(answered)}; tests/patterns/matrix.py says {sorted(known)}"


def test_the_table_names_no_address_that_is_gone() -> None:
    assert set(ROWS) - {name for name, _address in EVERY} == set()


def test_no_address_stands_in_the_table_twice() -> None:
    assert len(ROWS) == len(TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_each_role_gets_what_the_table_says(worlds: Mapping[str, World], row: Row) -> None:
    wrong = []
    for role in ROLES:
        with transaction.atomic():
            got = outcome(row, copy.deepcopy(worlds[role]))
            transaction.set_rollback(True)
        if got != row.outcomes[role]:
            wrong.append(f"{role}: {got}, and not {row.outcomes[role]}")
    assert wrong == []


def outcome(row: Row, world: World) -> int | str:
    """Send the row's form as the world's person and say what came of it."""
    address, form = reverse(row.name, args=row.at(world)), row.send(world)
    if asked := row.ask(world):
        address += f"?{urlencode(asked)}"
    world.settle()
    client = Client()
    if world.me is not None:
        client.force_login(world.me, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(address, form, HTTP_HOST="localhost")
    if response.headers.get("Location", "").startswith(AGAIN):  # the form waits for its password, and then is sent
        response = client.post(response.headers["Location"], {"password": PASSWORD}, HTTP_HOST="localhost")
    status, leads_to = response.status_code, response.headers.get("Location", "")
    if status == 302 and leads_to.startswith("/accounts/login/"):
        return "sign-in"
    if status not in {200, 302, 303}:
        return status
    return "ok" if row.did is None or row.did(world) else "refused"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_nobody_but_staff_looks_through_the_operators_window(
    client: Client, worlds: Mapping[str, World], role: str
) -> None:
    world = copy.deepcopy(worlds[role])
    if world.me is not None:
        client.force_login(world.me, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("index", "patterns_user_changelist", "patterns_pattern_add", "patterns_auditentry_changelist"):
        response = client.post(reverse(f"admin:{name}"), {})
        assert response.status_code == 302, name
        assert "/login/" in response.headers["Location"], name


def test_a_token_is_asked_of_every_form_that_changes_something() -> None:
    """The table above is walked without tokens; here each address refuses a form that brings none."""
    client, unguarded = Client(enforce_csrf_checks=True), []
    for name, address in EVERY:
        if name in ROWS and name not in BY_LETTER and client.post(address, {}).status_code != 403:
            unguarded.append(name)
    assert unguarded == []

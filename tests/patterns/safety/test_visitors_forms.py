"""Every address that somebody without an account may post to stands behind the traps, or here with the reason why not.

Built from the table of all addresses (`tests.patterns.matrix`), which is complete by a test of its own.
"""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from patterns.people import guarded
from patterns.people.traps import HIDDEN, STAMP
from tests.patterns.matrix import TABLE, Row
from tests.patterns.world import World

pytestmark = pytest.mark.django_db

# What needs no trap: nothing is kept of it, published or mailed, or haste is no sign of a robot.
WITHOUT = {
    "home": "leads to the search and keeps nothing",
    "language": "keeps the choice in the visitor's own cookie",
    "ask": "a follow-up is one press, at once; the question is its asker's alone, and `ask` and `ask-day` count it",
    "stop_answer": "ends what the asker began; nothing is kept",
    "rate_question": "as rate_answer; what is written with it is read only where its writer ticks so",
    "rate_answer": "one press beside an answer; the verdict is read by nobody as it is, and `rate` counts it",
    "withdraw_question": "takes back, by a token nobody guesses",
    "save_pattern": "one press; the session keeps a slug of the library over the sign-in, no words",
    "copy_collection": "one press; the session keeps the token of the share over the sign-in, no words",
    "import_file": "reads a file and shows it in the editor; nothing is kept",
    "live_checks": "answers what was typed; nothing is kept",
    "relation_offers": "answers what was typed; nothing is kept",
    "notices_unsubscribe": "mail programs post it by themselves (RFC 8058), by a signed token; it only ends mails",
    "account_login": "takes an account's password, keeps nothing, and `sign-in` counts it",
    "account_logout": "ends one's own session",
    "account_reset_password_from_key": "takes a key that was mailed",
    "mfa_activate_totp": "django-allauth keeps the request over the sign-in; it is nobody's act before that",
    "mfa_generate_recovery_codes": "likewise",
}
# Shown, looked at and saved in the browser without a trap; kept, as the row of the table asks, only past it.
KEPT_AT_THE_END = {
    "suggest_edit", "edit_lighthouse", "new_pattern", "new_lighthouse", "suggest_relation", "object_relation"
}  # fmt: skip


def filled(row: Row, world: World) -> tuple[str, dict[str, Any]]:
    """The address of a row and its form, as a person sends it."""
    address, form = reverse(row.name, args=row.at(world)), dict(row.send(world))
    if asked := row.ask(world):
        address += f"?{urlencode(asked)}"
    world.settle()
    return address, form


def bare(form: dict[str, Any]) -> dict[str, Any]:
    """The form without what the trap put into it: no page of ours made it."""
    return {name: value for name, value in form.items() if name not in {HIDDEN, STAMP}}


def caught(row: Row) -> bool:
    """Whether a form that no page of ours made is asked for once more, and counted."""
    before = sum(guarded.caught.values())
    with transaction.atomic():
        address, form = filled(row, World("visitor"))
        response = Client().post(address, bare(form), HTTP_HOST="localhost")
        transaction.set_rollback(True)
    if sum(guarded.caught.values()) == before:
        return False
    return response.status_code == 422 and "Please send that once more" in response.content.decode()


def turned_away(row: Row) -> bool:
    """Whether a visitor is refused, or sent to sign in, with nothing of the form kept meanwhile."""
    with transaction.atomic():
        client, (address, form) = Client(), filled(row, World("visitor"))
        response = client.post(address, bare(form), HTTP_HOST="localhost")
        kept = {name for name, _value in client.session.items() if not name.startswith("_")}
        transaction.set_rollback(True)
    leads_to = response.headers.get("Location", "")
    signs_in = response.status_code == 302 and leads_to.startswith(("/accounts/login/", "/accounts/signup/"))
    return (signs_in or response.status_code in {401, 403, 404, 405}) and not kept and not mail.outbox


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_what_visitors_may_post_is_trapped_or_named_with_the_reason(row: Row) -> None:
    if row.name in WITHOUT:
        assert not caught(row), f"{row.name} is trapped by now: take it off the list"
    else:
        assert caught(row) or turned_away(row), f"{row.name} takes visitors' forms: trap it, or say here why not"


def test_the_list_names_no_address_that_visitors_cannot_post_to() -> None:
    rows = {row.name: row for row in TABLE}
    assert set(WITHOUT) <= set(rows)
    assert [name for name in WITHOUT if turned_away(rows[name])] == []


@pytest.mark.parametrize("row", [row for row in TABLE if row.name in KEPT_AT_THE_END], ids=lambda row: row.name)
def test_what_falls_into_a_trap_is_shown_again_and_is_kept_when_it_is_sent_once_more(row: Row) -> None:
    """Every word that was in the form is in the answer, and the answer's own form leads on to signing in."""
    with transaction.atomic():
        client, (address, form) = Client(), filled(row, World("visitor"))
        again = fields_of(client.post(address, bare(form), HTTP_HOST="localhost").content.decode())
        for name, value in bare(form).items():
            assert plain(again[name]) == plain(str(value)), name
        response = client.post(address, again | {STAMP: form[STAMP]}, HTTP_HOST="localhost")
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/accounts/login/")
        assert any(name.startswith("kept") for name, _value in client.session.items())
        transaction.set_rollback(True)


def test_a_page_that_is_shown_again_keeps_the_stamp_it_came_with(client: Client) -> None:
    """A visitor who looked for a minute and sends at once is not asked once more."""
    world = World("visitor")
    form = world.opened("new_pattern") | {"action": "preview"}
    html = client.post(reverse("new_pattern"), form, HTTP_HOST="localhost").content.decode()
    assert form[STAMP] in html
    assert settings.FORM_SECONDS > 0
    html = client.post(reverse("new_pattern"), form | {STAMP: "forged"}, HTTP_HOST="localhost").content.decode()
    assert 'value="forged"' not in html


def fields_of(html: str) -> dict[str, str]:
    """The form on the page that asks once more, as a browser reads it."""
    form = html[html.index('class="column stack kept"') :].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    texts = re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(value) for name, value in [*hidden, *texts]}


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()

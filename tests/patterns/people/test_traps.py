"""What no person does is refused, without a word of why, and with the text kept; a person sends it again."""

import re
import time

import pytest
from django.core import signing
from django.test import Client

from patterns.models import Flag, User
from patterns.people import guarded
from patterns.people.traps import HIDDEN, STAMP, Trap, caught
from tests.factories.library import make_pattern, make_user

ADDRESS = "/flags/new/?of=pattern:ground"
SENT = {"reason": "other", "words": "Words that took a while."}


def sent(form: dict[str, str]) -> dict[str, str]:
    """The form with its stamp made now: `30` stands for one of thirty seconds ago, `30x` for one that was changed."""
    written = re.fullmatch(r"([\d.e]+)(x?)", form.get(STAMP, ""))
    if written is None:
        return form
    opened = int((time.time() - float(written[1])) * 1000)
    return form | {STAMP: signing.dumps(opened, salt="clm.form") + written[2]}


@pytest.mark.parametrize(
    ("form", "trap"),
    [
        ({STAMP: "30"}, None),
        ({STAMP: "30", HIDDEN: "https://spam.example"}, Trap.FILLED),
        ({STAMP: "0.5"}, Trap.HASTY),
        ({STAMP: "90000"}, Trap.STALE),
        ({STAMP: "30x"}, Trap.UNSTAMPED),
        ({STAMP: signing.dumps(1, salt="another form")}, Trap.UNSTAMPED),
        ({STAMP: "1764400000000:plain"}, Trap.UNSTAMPED),
        ({}, Trap.UNSTAMPED),
    ],
)
def test_traps(form: dict[str, str], trap: Trap | None) -> None:
    assert caught(sent(form)) is trap


@pytest.mark.django_db
class TestOnAForm:
    @pytest.fixture(autouse=True)
    def ground(self) -> None:
        make_pattern("Ground", slug="ground")

    @pytest.mark.parametrize("form", [{STAMP: "0"}, {STAMP: "30", HIDDEN: "x"}, {STAMP: "1e6"}, {}])
    def test_every_trap_answers_the_same_and_keeps_the_text(self, client: Client, form: dict[str, str]) -> None:
        before = sum(guarded.caught.values())
        response = client.post(ADDRESS, SENT | sent(form))
        html = response.content.decode()
        assert response.status_code == 422
        assert "Words that took a while." in html
        assert 'name="reason" value="other"' in html
        assert not any(trap.value in html for trap in Trap)
        assert re.sub(r'value="[^"]{40,}"', "", html).count("We could not be sure") == 1
        assert Flag.objects.count() == 0
        assert sum(guarded.caught.values()) == before + 1

    def test_a_person_sends_the_kept_form_again(self, client: Client, settings) -> None:
        html = client.post(ADDRESS, SENT).content.decode()
        settings.FORM_SECONDS = 0
        again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
        assert client.post(ADDRESS, again | {"words": SENT["words"]}).status_code == 303
        assert Flag.objects.get().words == SENT["words"]

    def test_who_is_signed_in_meets_no_trap(self, client: Client) -> None:
        client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(ADDRESS, SENT).status_code == 303

    def test_the_hidden_field_is_out_of_everybodys_way(self, client: Client) -> None:
        html = client.get(ADDRESS).content.decode()
        field = re.search(rf'<div class="not-for-people"[^>]*>.*?name="{HIDDEN}".*?</div>', html, re.DOTALL)[0]
        for told in ('aria-hidden="true"', 'tabindex="-1"', 'autocomplete="off"'):
            assert told in field
        assert "style=" not in field

    def test_signing_up_has_both_and_gives_no_password_back(self, client: Client) -> None:
        assert f'name="{STAMP}"' in client.get("/accounts/signup/").content.decode()
        form = {"email": "new@example.org", "password1": "orchard-well-7!", "password2": "orchard-well-7!"}
        response = client.post("/accounts/signup/", form)
        html = response.content.decode()
        assert response.status_code == 422
        assert "new@example.org" in html
        assert "orchard-well-7!" not in html
        assert not User.objects.exists()

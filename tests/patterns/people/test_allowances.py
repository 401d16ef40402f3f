"""The table of limits: who may how often, set by the operator, and what a refusal says."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from patterns.people import allowances, limits
from patterns.people.standing import Standing
from patterns.people.traps import STAMP, stamp
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer

ADDRESS = "/flags/new/?of=pattern:ground"


def test_nobody_may_less_than_who_is_less_known() -> None:
    for name in allowances.names():
        each = [allowances.allowance(name).most(standing) for standing in Standing]
        assert each == sorted(each), name


def test_an_operator_sets_one_number_or_four(settings) -> None:
    settings.LIMITS = {"SEND": "7", "SIGN_UP": "1 2, 3 4"}
    assert set(allowances.allowance("send").each.values()) == {7}
    assert [allowances.allowance("sign-up").most(one) for one in Standing] == [1, 2, 3, 4]
    allowances.check_settings()


@pytest.mark.parametrize("wrong", [{"SEDN": "7"}, {"SEND": "many"}, {"SEND": "1 2"}, {"SEND": "-1"}])
def test_a_slip_in_a_setting_fails_in_words(settings, wrong: dict[str, str]) -> None:
    settings.LIMITS = wrong
    with pytest.raises(ImproperlyConfigured, match="CLM_LIMIT_SE"):
        allowances.check_settings()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (89, "89 seconds"), (90, "2 minutes"), (3600, "60 minutes"), (7201, "3 hours")],
)
def test_times_are_said_as_people_say_them(seconds: int, words: str) -> None:
    assert limits.in_words(seconds) == words


@pytest.mark.django_db
class TestRefusals:
    @pytest.fixture(autouse=True)
    def ground(self, settings) -> None:
        make_pattern("Ground", slug="ground")
        settings.LIMITS = {"FLAG": "0 0 0 5"}
        settings.FORM_SECONDS = 0

    def test_a_refusal_says_what_happened_when_it_is_over_and_keeps_the_text(self, client: Client) -> None:
        sent = {"reason": "other", "words": "Words that took a while.", STAMP: stamp()}
        response = client.post(ADDRESS, sent)
        html = response.content.decode()
        assert response.status_code == 429
        assert 0 < int(response.headers["Retry-After"]) <= 3600
        assert re.search(
            r"That was a lot of flagging in a short time. In \d+ (?:seconds?|minutes?) there is room", html
        )
        assert "Words that took a while." in html
        assert "Send it again" in html

    def test_the_kept_form_is_sent_once_there_is_room(self, client: Client, settings) -> None:
        html = client.post(ADDRESS, {"reason": "other", "words": "Words.", STAMP: stamp()}).content.decode()
        again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)) | {"words": "Words."}
        settings.LIMITS = {}
        assert client.post(ADDRESS, again).status_code == 303

    def test_who_is_known_may_more(self, client: Client) -> None:
        for person, status in ((make_user(), 429), (make_reviewer(), 303)):
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            assert client.post(ADDRESS, {"reason": "wrong"}).status_code == status

    def test_a_fragment_gets_a_sentence_and_the_form_stays(self, client: Client) -> None:
        response = client.post(ADDRESS, {"words": "x", STAMP: stamp()}, headers={"HX-Request": "true"})
        assert response.status_code == 429
        assert response.headers["HX-Retarget"] == "#page-main"
        assert "<html" not in response.content.decode()

    @pytest.mark.parametrize(
        ("name", "address"),
        [("SIGN_IN", "/accounts/login/"), ("SIGN_UP", "/accounts/signup/"), ("RESET", "/accounts/password/reset/")],
    )
    def test_the_ways_in_are_limited_and_give_no_password_back(
        self, client: Client, settings, name: str, address: str
    ) -> None:
        settings.LIMITS = {name: "0"}
        sent = {
            "login": "a@example.org",
            "email": "a@example.org",
            "password": "secret words",
            "password1": "secret words",
        }
        response = client.post(address, sent | {STAMP: stamp()})
        html = response.content.decode()
        assert response.status_code == 429
        assert "a@example.org" in html
        assert "secret words" not in html

    def test_refusals_are_counted_for_the_metrics(self, client: Client) -> None:
        before = limits.refusals["flag"]
        client.post(ADDRESS, {"words": "x", STAMP: stamp()})
        assert limits.refusals["flag"] == before + 1

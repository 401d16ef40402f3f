"""The blocklist matches what is meant in every writing, and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from patterns import blocklist, checks
from patterns.blocklist import Rules, blocked_domain, blocked_words, folded, host_of, links_in
from patterns.checks import Weight, conduct
from patterns.enums import Role, SubmissionKind, SubmissionState
from patterns.models import AuditEntry, BlockRule, Submission, User
from patterns.people import bans, traps
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_submission

EVIL = frozenset({"evil.example", "xn--bse-sna.example"})


@pytest.mark.parametrize(
    "written",
    ["evil.example", "EVIL.example", "www.evil.example", "a.b.evil.example", "evil.example.", "evil。example",
     "ev\u200bil.example", "ｅｖｉｌ.example", "böse.example", "BÖSE.example", "xn--bse-sna.example",
     "www.böse.example"],
)  # fmt: skip
def test_a_domain_is_found_in_every_writing(written: str) -> None:
    assert blocked_domain(written, EVIL)


@pytest.mark.parametrize("written", ["notevil.example", "evil.example.org", "example", "evil", "", "evil-example", "."])
def test_what_only_looks_like_it_is_not_found(written: str) -> None:
    assert not blocked_domain(written, EVIL)


@pytest.mark.parametrize(
    "link",
    ["https://evil.example/x", "HTTP://EVIL.EXAMPLE", "//evil.example/", "https://good.example@evil.example/",
     "https://evil.example:443/", "https:\\\\evil.example\\x", "www.evil.example/x", "mailto:a@evil.example?subject=x",
     "https://ev%69l.example/", "https&colon;//evil.example/", "&#104;ttps://evil.example"],
)  # fmt: skip
def test_a_link_leads_where_it_leads(link: str) -> None:
    assert blocked_domain(host_of(link), EVIL) == "evil.example"


def test_a_name_before_an_at_sign_is_no_host() -> None:
    assert host_of("https://evil.example@good.example/") == "good.example"


def test_links_are_found_in_markdown_html_and_prose() -> None:
    text = "[a](https://a.example/x), <https://b.example>, <a href='//c.example'>, www.d.example. mailto:e@e.example"
    assert [host_of(link) for link in links_in(text)] == [f"{at}.example" for at in ("a", "b", "c", "www.d", "e")]


@pytest.mark.parametrize("text", ["Casino!", "a cAsInO b", "ca\u00adsino", "ca\u200bsino", "ｃａｓｉｎｏ", "x,casino"])
def test_a_word_is_found_whole_in_every_writing(text: str) -> None:
    assert blocked_words(text, frozenset({"casino"})) == ["casino"]


@pytest.mark.parametrize("text", ["casinos", "occasinor", "cas ino", ""])
def test_a_part_of_a_word_is_no_word(text: str) -> None:
    assert blocked_words(text, frozenset({"casino"})) == []


@given(st.text(max_size=300))
def test_no_text_makes_matching_fail(text: str) -> None:
    for link in links_in(text):
        blocked_domain(host_of(link), EVIL)
    blocked_domain(text, EVIL)
    host_of(text)
    assert folded(folded(text)) == folded(text)
    blocked_words(text, frozenset({"casino"}))


@pytest.fixture
def admin() -> User:
    return make_user("Ada", roles=[Role.ADMIN])


@pytest.mark.django_db
class TestKeeping:
    def test_a_rule_is_kept_as_it_is_compared_and_written_down(self, admin: User) -> None:
        made = blocklist.add(kind="link", value="*.BÖSE.example.", reason="Spam.", by=admin)
        assert made.value == "xn--bse-sna.example"
        assert blocklist.rules() == Rules(link=frozenset({"xn--bse-sna.example"}))
        assert AuditEntry.objects.get().action == "added block rule"

    def test_a_rule_ends(self, admin: User) -> None:
        made = blocklist.add(
            kind="word", value="Casino", reason="x", by=admin, expires_at=timezone.now() + timedelta(days=1)
        )
        type(made).objects.update(expires_at=timezone.now() - timedelta(days=1))
        assert blocklist.rules() == Rules()
        again = blocklist.add(kind="word", value="casino", reason="x", by=admin)
        blocklist.remove(again, by=admin)
        assert blocklist.rules() == Rules()

    @pytest.mark.parametrize(
        ("kind", "value", "reason"),
        [
            ("word", "ab", "x"),
            ("word", "casino", " "),
            ("link", "localhost", "x"),
            ("email", "@", "x"),
            ("no", "x", "x"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, admin: User, kind: str, value: str, reason: str) -> None:
        with pytest.raises(blocklist.BlocklistError):
            blocklist.add(kind=kind, value=value, reason=reason, by=admin)

    def test_a_rule_stands_once(self, admin: User) -> None:
        blocklist.add(kind="word", value="casino", reason="x", by=admin)
        with pytest.raises(blocklist.BlocklistError):
            blocklist.add(kind="word", value="CASINO", reason="x", by=admin)

    def test_only_admins_keep_it(self) -> None:
        with pytest.raises((PermissionDenied, bans.NotAllowed)):
            blocklist.add(kind="word", value="casino", reason="x", by=make_user(roles=[Role.CURATOR]))


@pytest.mark.django_db
class TestAsking:
    def written(self, text: str, author: User | None = None, **fields: object) -> Submission:
        return Submission(
            kind=SubmissionKind.CORRECTION, author=author or make_user(), text=text, consent=True, **fields
        )

    def test_a_submission_says_which_rule_it_met(self, admin: User) -> None:
        blocklist.add(kind="link", value="evil.example", reason="x", by=admin)
        blocklist.add(kind="word", value="casino", reason="x", by=admin)
        found = checks.blocking(checks.run(self.written("A Casino at https://www.evil.example/now")))
        assert [one.message for one in found] == [
            "Links to evil.example are not accepted here.",
            "“casino” is not accepted here. Say it in other words.",
        ]

    def test_what_stood_there_before_is_not_held_against_who_edits(self, admin: User) -> None:
        pattern = make_pattern("Ground", "See https://evil.example/ and the casino.")
        blocklist.add(kind="link", value="evil.example", reason="x", by=admin)
        blocklist.add(kind="word", value="casino", reason="x", by=admin)
        edit = self.written(pattern.current.source + "More.", pattern=pattern, based_on=pattern.current)
        assert [*conduct.blocked(edit)] == []

    def test_newcomers_send_few_new_links(self, settings) -> None:
        settings.NEWCOMER_LINKS = 2
        few, many = ("".join(f"https://{at}.example/ " for at in range(count)) for count in (2, 3))
        newcomer = make_user()
        assert conduct.remarks(few, author=newcomer) == ()
        assert [one.weight for one in conduct.remarks(many, author=newcomer)] == [Weight.BLOCK]
        assert [one.weight for one in conduct.newcomer(Submission(text=many))] == [Weight.WARN]
        assert conduct.remarks(many, author=make_user(roles=[Role.REVIEWER])) == ()

    def test_who_had_something_accepted_is_no_newcomer(self, settings) -> None:
        from patterns.people.standing import Standing, standing
        from patterns.review import decide
        from tests.factories.people import make_item, make_reviewer

        settings.NEWCOMER_LINKS = 0
        author = make_user()
        sent = make_submission(author, kind=SubmissionKind.CORRECTION, state=SubmissionState.SUBMITTED,
                               payload={"question": "x", "original": "", "evidence": [], "consent": "x",
                                        "license": "CC0-1.0", "answer": None})  # fmt: skip
        assert standing(author) is Standing.NEWCOMER
        decide(make_item(sent), reviewer=make_reviewer(), decision="accept", version=1)
        assert standing(author) is Standing.KNOWN
        assert conduct.remarks("https://a.example", author=author) == ()

    def test_an_account_cannot_be_made_with_a_blocked_domain(self, client: Client, admin: User, settings) -> None:
        settings.FORM_SECONDS = 0
        blocklist.add(kind="email", value="throwaway.example", reason="Internal words.", by=admin)
        sent = {"email": "A@Mail.Throwaway.Example", "password1": "orchard-well-7!", "password2": "orchard-well-7!"}
        html = client.post("/accounts/signup/", sent | {traps.STAMP: traps.stamp()}).content.decode()
        assert "Addresses of throwaway.example cannot be used here" in html
        assert "Internal words." not in html
        assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_page_lists_adds_and_takes_back(client: Client, admin: User) -> None:
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"kind": "link", "value": "evil.example", "reason": "Sells things.", "length": "7"}
    html = client.post("/moderation/blocklist/", sent, follow=True).content.decode()
    assert "Sells things." in html
    refused = client.post("/moderation/blocklist/", sent | {"reason": "Words to keep."})
    assert refused.status_code == 422
    assert "This rule stands already." in refused.content.decode()
    assert "Words to keep." in refused.content.decode()
    client.post(f"/moderation/blocklist/{BlockRule.objects.get().pk}/remove/")
    assert blocklist.rules() == Rules()

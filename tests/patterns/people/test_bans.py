"""Bans: for a reason, by another person, with an end; they stop what they should and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from patterns import flags, publishing, review, submissions
from patterns.enums import Role, SubmissionKind
from patterns.models import AuditEntry, Ban, User
from patterns.people import bans
from patterns.relating import deciding
from patterns.relating.undoing import undo
from patterns.review import bulk, comments
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_item, make_reviewer
from tests.factories.relating import picks, suggested
from tests.factories.reviewing import say, send_edit

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def person() -> User:
    return make_user("Bea")


@pytest.fixture
def curator() -> User:
    return make_user("Cy", roles=[Role.CURATOR])


@pytest.fixture
def admin() -> User:
    return make_user("Ada", roles=[Role.ADMIN])


def in_a_week() -> Any:
    return timezone.now() + WEEK


def test_a_ban_stands_until_its_end(person: User, curator: User) -> None:
    made = bans.ban(person, reason="Sent advertisements.", until=in_a_week(), by=curator)
    assert bans.refusal(person) == made
    Ban.objects.filter(pk=made.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert bans.refusal(person) is None
    bans.check(person)


def test_a_new_ban_follows_one_that_is_over(person: User, curator: User) -> None:
    first = bans.ban(person, reason="Once.", until=in_a_week(), by=curator)
    Ban.objects.filter(pk=first.pk).update(until=timezone.now() - timedelta(days=1))
    second = bans.ban(person, reason="Twice.", until=None, by=curator)
    first.refresh_from_db()
    assert first.state == Ban.State.ENDED
    assert bans.refusal(person) == second


def test_visitors_are_not_banned() -> None:
    assert bans.refusal(None) is None
    bans.check(None)


ACTS: dict[str, Callable[[User], Any]] = {
    "write": lambda user: submissions.save_draft(author=user, kind=SubmissionKind.EDIT, title="x"),
    "flag": lambda user: flags.flag("pattern", make_pattern().slug, reason="wrong", by=user),
    "claim": lambda user: review.claim(make_item(), reviewer=user),
    "decide": lambda user: review.decide(make_item(), reviewer=user, decision="decline", reason="No.", version=1),
    "ban": lambda user: bans.ban(make_user(), reason="x", until=None, by=user),
    "propose": lambda user: bans.propose(make_user(), reason="x", until=None, by=user),
    "comment": lambda user: say(send_edit(), user),
    "accept a relation": lambda user: deciding.decide(picks(suggested()), reviewer=user, act="accept"),
    "take a decision back": lambda user: undo(_decided(), by=user),
    "act on many": lambda user: bulk.carry_out("release", [], actor=user, key="k"),
    "retire": lambda user: publishing.retire(make_pattern(), actor=user, reason="x"),
}


@pytest.mark.parametrize("act", ACTS)
def test_who_is_banned_may_not(act: str, admin: User) -> None:
    person = make_user("Bea", roles=[Role.CURATOR])
    bans.ban(person, reason="Sent advertisements.", until=None, by=admin)
    with pytest.raises(bans.Banned):
        ACTS[act](person)


def _decided() -> Any:
    return deciding.decide(picks(suggested()), reviewer=make_reviewer(), act="accept").batch


def test_words_from_before_the_ban_can_be_taken_back_and_not_changed(person: User, curator: User) -> None:
    said = say(send_edit(person), person)
    bans.ban(person, reason="Sent advertisements.", until=None, by=curator)
    with pytest.raises(bans.Banned):
        comments.edit(said, author=person, text="Other words.")
    assert comments.remove(said, by=person).text == ""


def test_sending_a_draft_from_before_the_ban_is_refused(person: User, curator: User) -> None:
    draft = submissions.save_draft(author=person, kind=SubmissionKind.EDIT, title="x")
    bans.ban(person, reason="Sent advertisements.", until=None, by=curator)
    with pytest.raises(bans.Banned):
        submissions.submit(draft, actor=person)
    assert submissions.withdraw(draft, actor=person).state == "withdrawn"


def test_who_bans_whom(person: User, curator: User, admin: User) -> None:
    reviewer, other_admin = make_reviewer(), make_user(roles=[Role.ADMIN])
    for who, by in ((person, reviewer), (admin, curator), (curator, curator), (person, make_user())):
        with pytest.raises(bans.NotAllowed):
            bans.ban(who, reason="x", until=None, by=by)
    assert bans.ban(admin, reason="x", until=None, by=other_admin)
    assert Ban.objects.count() == 1


@pytest.mark.parametrize(("reason", "until"), [("", None), ("  \n", None), ("x", timezone.now() - WEEK)])
def test_a_ban_without_reason_or_with_a_past_end_is_refused(
    person: User, curator: User, reason: str, until: Any
) -> None:
    with pytest.raises(bans.BanError):
        bans.ban(person, reason=reason, until=until, by=curator)


def test_two_bans_at_once_are_one(person: User, curator: User, admin: User) -> None:
    bans.ban(person, reason="x", until=None, by=curator)
    with pytest.raises(bans.BanError, match="already"):
        bans.ban(person, reason="y", until=None, by=admin)


def test_a_reviewer_proposes_and_another_person_decides(person: User, curator: User) -> None:
    both = make_user(roles=[Role.REVIEWER, Role.CURATOR])
    proposal = bans.propose(person, reason="Insults.", until=in_a_week(), by=both)
    assert bans.refusal(person) is None
    with pytest.raises(bans.NotAllowed):
        bans.settle(proposal, accept=True, by=both)
    with pytest.raises(bans.BanError, match="Say why"):
        bans.settle(proposal, accept=False, by=curator)
    bans.settle(proposal, accept=True, by=curator)
    assert bans.refusal(person) == proposal
    with pytest.raises(bans.BanError, match="already"):
        bans.settle(proposal, accept=False, by=curator, answer="No.")


def test_lifting_needs_a_reason_and_is_written_down(person: User, curator: User) -> None:
    made = bans.ban(person, reason="x", until=None, by=curator)
    with pytest.raises(bans.BanError):
        bans.lift(made, by=curator, reason=" ")
    bans.lift(made, by=curator, reason="They said sorry.")
    bans.lift(made, by=curator, reason="Again.")
    assert bans.refusal(person) is None
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["lifted ban", "banned"]


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"by": "self"}, {"by": None, "decided_at": None}, {"state": "proposed", "by": None}]
)
def test_the_database_itself_refuses(person: User, curator: User, wrong: dict) -> None:
    values = {"user": person, "state": "standing", "reason": "x", "by": curator, "decided_at": timezone.now()} | wrong
    if values["by"] == "self":
        values["by"] = person
    if wrong.get("state") == "proposed":
        values["decided_at"] = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Ban.objects.create(**values)


def test_what_a_ban_says_never_changes(person: User, curator: User) -> None:
    made = bans.ban(person, reason="x", until=None, by=curator)
    for changed in ({"reason": "y"}, {"user": curator}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ban.objects.filter(pk=made.pk).update(**changed)


def test_the_banned_read_why_and_keep_their_text(client: Client, curator: User) -> None:
    person, pattern = make_user("Bea"), make_pattern("Ground", slug="ground")
    bans.ban(person, reason="Sent advertisements.", until=in_a_week(), by=curator)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"reason": "other", "words": "Words that took a while."}
    response = client.post(f"/flags/new/?of=pattern:{pattern.slug}", sent)
    html = response.content.decode()
    assert response.status_code == 403
    for words in ("Sent advertisements.", "Words that took a while.", "until"):
        assert words in html
    assert "Send it again" not in html
    for address in ("/", "/patterns/ground/", "/submissions/", "/flags/", "/collections/", "/ask/"):
        assert client.get(address).status_code == 200


def test_htmx_gets_a_sentence_and_the_form_stays(client: Client, curator: User) -> None:
    person = make_user("Bea")
    make_pattern("Ground", slug="ground")
    bans.ban(person, reason="Sent advertisements.", until=None, by=curator)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post("/flags/new/?of=pattern:ground", {"reason": "wrong"}, headers={"HX-Request": "true"})
    assert response.headers["HX-Retarget"] == "#page-main"
    assert response.headers["HX-Reselect"] == "#refused"
    assert 'id="refused"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_the_list_of_bans_asks_as_much_for_three_as_for_one(
    client: Client, curator: User, django_assert_num_queries: Any
) -> None:
    client.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")

    def add() -> None:
        reviewer = make_reviewer()
        bans.ban(make_user(), reason="x", until=None, by=curator)
        bans.propose(make_user(), reason="x", until=None, by=reviewer)
        bans.lift(bans.ban(make_user(), reason="x", until=None, by=curator), by=curator, reason="x")

    for count in (1, 2):
        for _ in range(count):
            add()
        with django_assert_num_queries(4):  # session is kept in the cache; account, two lists, how many are over
            assert client.get("/moderation/bans/").status_code == 200

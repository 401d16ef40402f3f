"""What is held of a person is registered; it is handed out, and on erasure goes or loses its name."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection

from feedback import correcting
from feedback.models import AnswerVerdict, Candidate, LowAnswer, Rating, Release
from inference.models import PublicQuestion, Question
from patterns import flags, publishing, review, submissions
from patterns.collections import arranging, collecting
from patterns.enums import Decision, RelationState, Role, SubmissionKind
from patterns.models import (
    AuditEntry,
    BulkAct,
    Claim,
    Comment,
    Desk,
    Pattern,
    PersonSession,
    Retirement,
    ReviewItem,
    Revision,
    SignInLink,
    Submission,
    User,
)
from patterns.people import bans, erasing, exporting, kept_mail, notices, roles
from patterns.people.holdings import holdings
from patterns.people.profiles import change_profile
from patterns.review import open_item
from patterns.review.filters import Filters
from patterns.review.reasons import save_reason
from patterns.review.saved import save_view
from tests.factories.answers import make_answer
from tests.factories.library import make_pattern, make_relation, make_user
from tests.factories.people import make_item, make_reviewer, make_submission
from tests.factories.questions import offer, publish

pytestmark = pytest.mark.django_db
NAME, EMAIL, SECRET = "Zenobia Quillfeather", "zenobia@quillfeather.example", "zq-private-words"


def columns_to_accounts() -> set[str]:
    """Every column of every table that points at an account, tables between two others included."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.many_to_many and field.related_model is User
    }


def test_every_table_that_points_at_an_account_stands_in_a_holding():
    covered = [label for one in holdings() for label in one.covers]
    assert columns_to_accounts() - set(covered) == set(), "register it: patterns/people/holdings.py"
    assert set(covered) - columns_to_accounts() == set()
    assert len(covered) == len(set(covered))


def test_every_holding_says_what_it_is_and_what_becomes_of_it():
    assert all(str(one.title) and str(one.fate) for one in holdings())


def text_with(words: str, pattern: Pattern) -> str:
    return pattern.current.source.replace("## ", f"{words}\n\n## ", 1)


@pytest.fixture
def person(settings, tmp_path) -> User:
    """Somebody with something in every holding; `SECRET` stands in everything that nobody else may keep."""
    settings.CLM_HOME = tmp_path
    user = make_user(NAME, email=EMAIL, roles=[Role.REVIEWER], password="p")
    change_profile(user, name=NAME, name_public=True, about=f"{SECRET} of mine")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
    SocialAccount.objects.create(user=user, provider="github", uid=SECRET)
    PersonSession.objects.create(user=user, key_sha256="0" * 64, browser=f"Firefox {SECRET}")
    SignInLink.objects.create(user=user, token_sha256="1" * 64, expires_at="2030-01-01T00:00:00Z")
    LogEntry.objects.create(user=user, action_flag=1, object_repr=SECRET)
    kept_mail.keep([EMAIL], subject="Hello", body=SECRET)
    work(user)
    private_things(user)
    moderating(user)
    return user


def moderating(user: User) -> None:
    """What reviewers, curators and moderators do, each once; what only they read says `SECRET`."""
    pattern, curator = make_pattern("Kept in order"), make_user(roles=[Role.CURATOR])
    notices.notify(user, kind="accept", url="/submissions/1/", title=SECRET)
    other = make_user()
    sent = submissions.submit(draft(other, pattern, "Words of others."), actor=other)
    Comment.objects.create(
        submission=sent, sending=sent.sendings.get(), author=user, spot="w", text="In public.", key="c"
    )
    save_view(user, name=SECRET, filters=Filters(author="new"))
    save_reason(user, text=SECRET)
    Desk.objects.create(item=ReviewItem.objects.get(object_id=sent.pk, kind=sent.kind), reviewer=user, draft=SECRET)
    AnswerVerdict.objects.create(
        case=LowAnswer.objects.create(), reviewer=user, verdict="stands", reason="It says so.", score=0.4, components={}
    )
    BulkAct.objects.create(actor=user, kind="decline", reason="Twice.", key="b")
    suggested = {"state": RelationState.SUGGESTED, "suggested_by": user}
    make_relation(pattern, target=make_pattern("Joined"), **suggested)
    Retirement.objects.create(pattern=make_pattern("Gone"), actor=user, reason="Twice.")
    flags.flag("pattern", pattern.slug, reason="wrong", words=SECRET, by=user)
    bans.ban(user, reason="Said in public.", until=None, by=curator)


def work(user: User) -> None:
    """Published, waiting, drafted, withdrawn and declined; a decision, a claim, a dataset row, a release."""
    reviewer, pattern = make_reviewer(), make_pattern("Well in the square", "## Context\n\nWater.\n")
    sent = submissions.submit(draft(user, pattern, "Said in public."), actor=user)
    item = open_item(sent.kind, object_id=sent.pk, title=sent.title, author=user)
    review.claim(item, reviewer=reviewer)
    item.refresh_from_db()
    review.decide(item, reviewer=reviewer, decision=Decision.ACCEPT, reason="", version=item.version)
    declined = submissions.submit(draft(user, pattern, SECRET), actor=user)
    item = open_item(declined.kind, object_id=declined.pk, title=declined.title, author=user)
    item.refresh_from_db()
    review.decide(item, reviewer=reviewer, decision=Decision.DECLINE, reason="Not here.", version=item.version)
    submissions.submit(draft(user, pattern, SECRET), actor=user)
    draft(user, pattern, SECRET)
    decided = make_item(make_submission())
    review.claim(decided, reviewer=user)
    decided.refresh_from_db()
    review.decide(decided, reviewer=user, decision=Decision.DECLINE, reason="No source.", version=decided.version)
    review.claim(make_item(make_submission()), reviewer=user)
    Candidate.objects.create(
        question="Q", answer_text="A", license="CC", consent=correcting.consent_words(user), author=user,
        reviewer=reviewer, state="accepted",
    )  # fmt: skip
    Release.objects.create(version=1, sha256="2" * 64, manifest={}, rows=1, made_by=user)


def draft(user: User, pattern: Pattern, words: str) -> Submission:
    pattern.refresh_from_db()
    return submissions.save_draft(
        author=user, kind=SubmissionKind.EDIT, title=f"{pattern.title} {words}", text=text_with(words, pattern),
        pattern=pattern, based_on=pattern.current, note=words, payload={"words": words}, consent=True,
    )  # fmt: skip


def private_things(user: User) -> None:
    kept = collecting.create(user, title=SECRET, description=SECRET)
    arranging.add(kept, pattern=make_pattern("Another"), actor=user)
    answer = make_answer(f"{SECRET}?", asker=user)
    Rating.objects.create(answer=answer, rater=user, helpful=True, comment=SECRET)
    Rating.objects.create(answer=make_answer("Of others?"), rater=user, helpful=False, comment=SECRET, shows="words")
    waiting = offer(f"What of {SECRET}?", cites=(), by=user)
    public = publish("How does it stay?", cites=())
    PublicQuestion.objects.filter(pk=public.pk).update(offered_by=user, credited=True)
    assert waiting.offered_by == user


def rows_with(words: str) -> dict[str, int]:
    """How many rows of each table hold `words`, in whatever column."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{words}%"])  # noqa: S608
            if count := cursor.fetchone()[0]:
                found[table] = count
        return found


def test_an_export_has_something_of_every_holding_and_no_secret_of_the_second_step(person):
    found = exporting.export(person, by=person)
    assert {one.name for one in holdings() if not found[one.name]} == set()
    assert SECRET not in json.dumps(found["second_step"], default=str)
    assert AuditEntry.objects.filter(actor=person, action="exported personal data").exists()


def test_the_file_is_json_and_the_text_says_the_same(person):
    found = exporting.export(person, by=person)
    assert json.loads(exporting.as_json(found))["account"][0]["email"] == EMAIL
    text = exporting.as_text(found)
    assert "Your collections, with your notes" in text
    assert f"question: {SECRET}?" in text


def test_after_erasure_no_table_holds_name_address_or_private_words(person):
    assert {"patterns_user", "patterns_submission", "inference_question"} <= set(rows_with(SECRET))
    erasing.erase(person, by=person)
    assert rows_with(NAME) == {}
    assert rows_with(EMAIL) == {}
    assert rows_with(SECRET) == {}


def test_after_erasure_what_others_rely_on_stays_under_a_neutral_name(person):
    before = (AuditEntry.objects.filter(actor=person).count(), person.reviews.count())
    erasing.erase(person, by=person)
    revision = Revision.objects.get(author=person)
    assert "Said in public." in revision.source
    assert revision.author.credit == revision.author_name == "a former contributor"
    assert person.reviews.count() == before[1] == 1
    assert AuditEntry.objects.filter(actor=person).count() > before[0]
    assert set(Submission.objects.filter(author=person).values_list("state", flat=True)) == {
        "accepted", "declined", "withdrawn"
    }  # fmt: skip
    assert Candidate.objects.get(author=person).consent.startswith("A former contributor licensed the text")
    assert PublicQuestion.objects.get(offered_by=person, state="published").credit == ""
    assert not Claim.objects.filter(reviewer=person).exists()
    assert (Rating.objects.get().rater, Rating.objects.get().shows) == (None, "")


def test_mails_to_an_address_that_only_contains_theirs_are_somebody_elses(person):
    kept_mail.keep([f"x{EMAIL}"], subject="Hello", body="Of somebody else.")
    kept_mail.keep(["first@example.org", EMAIL.upper()], subject="Hello", body="To both.")
    assert {mail["body"] for mail in exporting.export(person, by=person)["kept_mails"]} == {SECRET, "To both."}
    erasing.erase(person, by=person)
    assert [mail.body for mail in kept_mail.kept()] == ["Of somebody else."]


def test_the_tombstone_opens_nothing(person, client):
    client.force_login(person)
    erasing.erase(person, by=person)
    assert not person.is_active
    assert not person.has_usable_password()
    assert (person.email.endswith("@erased.invalid"), person.roles, person.name) == (True, [], "")
    assert client.get("/account/").status_code == 302


def test_erasing_twice_is_erasing_once(person):
    erasing.erase(person, by=person)
    erasing.erase(person, by=None)
    assert AuditEntry.objects.filter(action="erased account").count() == 1


def test_nobody_erases_another(person):
    with pytest.raises(erasing.NotErased):
        erasing.erase(person, by=make_user(roles=[Role.ADMIN]))
    assert User.objects.get(pk=person.pk).email == EMAIL


def test_the_last_admin_hands_over_first(person):
    roles.grant(person, Role.ADMIN, by=None)
    with pytest.raises(erasing.NotErased, match="last admin"):
        erasing.erase(person, by=person)
    roles.grant(make_user(), Role.ADMIN, by=None)
    erasing.erase(person, by=person)
    assert person.erased_at


def test_a_failure_in_one_room_leaves_everything_as_it_was(person):
    from patterns.people import holdings as registry

    def break_off(_user: User) -> None:
        raise RuntimeError("a disk is full")

    registry.register("broken", export=lambda _user: [], erase=break_off, title="x", fate="x")
    try:
        with pytest.raises(RuntimeError):
            erasing.erase(person, by=person)
    finally:
        registry._holdings.pop("broken")
    assert Question.objects.filter(asker=person).exists()
    assert rows_with(NAME)


def test_a_new_name_follows_onto_what_was_published(person):
    change_profile(person, name="Zoe", name_public=True, about="")
    assert Revision.objects.get(author=person).author_name == "Zoe"
    change_profile(person, name="Zoe", name_public=False, about="")
    assert Revision.objects.get(author=person).author_name == person.credit == f"contributor {person.public_id.hex[:6]}"
    assert publishing.Credit(author=person).author.credit != "Zoe"

"""Who is told what: once while it is unread, never about one's own acts, in the reader's words."""

import pytest
from django.db import transaction
from django.utils import translation

from patterns import flags, review, submissions
from patterns.enums import Decision, Role
from patterns.models import Notice, Submission, User
from patterns.people import bans, notices, roles
from patterns.people.notices.kinds import KINDS, in_words
from patterns.people.notices.mailing import said_by
from patterns.publishing import publish, retire
from patterns.review import comments
from tests.factories.library import make_pattern, make_user
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db


def unread(user) -> int:
    return User.objects.get(pk=user.pk).unread_notices


def test_a_notice_is_counted_until_it_is_read():
    ada = make_user("Ada")
    told = notices.notify(ada, kind="accept", url="/submissions/1/", title="Consent")
    assert unread(ada) == 1
    notices.read(told)
    notices.read(told)
    assert unread(ada) == 0


def test_the_same_thing_before_it_was_read_is_one_notice():
    ada = make_user("Ada")
    for _ in range(3):
        notices.notify(ada, kind="commented", url="/submissions/1/", title="Consent")
    assert unread(ada) == 1
    assert said_by(Notice.objects.get()).endswith("(3 times)")


def test_after_it_was_read_it_is_told_anew():
    ada = make_user("Ada")
    notices.read(notices.notify(ada, kind="commented", url="/submissions/1/", title="Consent"))
    notices.notify(ada, kind="commented", url="/submissions/1/", title="Consent")
    assert unread(ada) == 1
    assert Notice.objects.count() == 2


def test_nobody_is_told_what_they_did_themselves():
    ada = make_user("Ada")
    assert notices.notify(ada, kind="commented", url="/submissions/1/", actor=ada, title="Consent") is None


def test_a_closed_account_is_told_nothing():
    assert notices.notify(make_user("Ada", is_active=False), kind="accept", url="/", title="x") is None


def test_what_is_taken_back_was_never_told():
    ada = make_user("Ada")
    with transaction.atomic():
        notices.notify(ada, kind="accept", url="/", title="x")
        transaction.set_rollback(True)
    assert unread(ada) == 0


@pytest.mark.parametrize("decision", ["accept", "decline", "request_changes"])
def test_an_author_is_told_of_every_decision(decision):
    reviewer = make_user("Grace", roles=[Role.REVIEWER])
    item = sent_edit()
    submission = Submission.objects.get(pk=item.object_id)
    review.decide(item, reviewer=reviewer, decision=decision, reason="Because.", version=item.version)
    told = Notice.objects.get(user=submission.author)
    assert told.url == submission.get_absolute_url()
    assert "Grace" in said_by(told)


def test_the_reviewer_who_asked_for_changes_is_told_that_they_are_made():
    reviewer = make_user("Grace", roles=[Role.REVIEWER])
    item = sent_edit()
    review.decide(item, reviewer=reviewer, decision="request_changes", reason="Shorter.", version=item.version)
    submission = Submission.objects.get(pk=item.object_id)
    submissions.resubmit(submission, actor=submission.author)
    assert Notice.objects.get(user=reviewer).url == item.get_absolute_url()


def test_a_role_is_told():
    ada, admin = make_user("Ada"), make_user("Grace", roles=[Role.ADMIN])
    roles.grant(ada, Role.REVIEWER, by=admin)
    assert said_by(Notice.objects.get(user=ada)) == "Grace gave you the role reviewer."


def test_every_decision_has_its_words():
    assert {decision.value for decision in Decision} <= set(KINDS)


@pytest.mark.parametrize("kind", [*KINDS, "a kind of another version"])
def test_words_never_fail_for_want_of_a_value(kind):
    with translation.override("de"):
        assert in_words(kind, {}, who="")


def test_an_author_is_told_of_a_comment_and_its_writer_of_the_reply():
    item, reviewer = sent_edit(), make_user("Grace", roles=[Role.REVIEWER])
    submission = Submission.objects.get(pk=item.object_id)
    said = comments.say(submission, author=reviewer, text="Which village?", key="a")
    comments.reply(said, author=submission.author, text="Ours.", key="b")
    assert [one.kind for one in Notice.objects.order_by("pk")] == ["commented", "replied"]


def test_who_wrote_a_pattern_hears_that_it_was_taken_out():
    ada, curator = make_user("Ada"), make_user("Grace", roles=[Role.CURATOR])
    pattern = make_pattern("Well", revision={"author": ada})
    retire(pattern, actor=curator, reason="Twice.")
    assert said_by(Notice.objects.get(user=ada)) == "“Well”, which you wrote, was taken out of the library."


def test_who_wrote_a_pattern_hears_that_it_was_changed():
    ada, reviewer = make_user("Ada"), make_user("Grace", roles=[Role.REVIEWER])
    pattern = make_pattern("Well", revision={"author": ada})
    source = pattern.current.source.replace("Well helps", "A well helps")
    publish(pattern, source=source, author=make_user("Eve"), by=reviewer)
    assert Notice.objects.get(user=ada).kind == "pattern_changed"


def test_who_flagged_hears_that_somebody_looked_and_a_warned_author_why():
    ada, eve, reviewer = make_user("Ada"), make_user("Eve"), make_user("Grace", roles=[Role.REVIEWER])
    pattern = make_pattern("Well", revision={"author": ada})
    case = flags.flag("pattern", pattern.slug, reason="wrong", by=eve)[0].case
    version = flags.open_case(case).version
    flags.decide(case, outcome="warned", reason="Name your source.", reviewer=reviewer, version=version)
    assert Notice.objects.get(user=eve).kind == "flag_settled"
    assert "Name your source." in said_by(Notice.objects.get(user=ada))


def test_who_is_banned_hears_the_reason():
    ada, admin = make_user("Ada"), make_user("Grace", roles=[Role.ADMIN])
    bans.ban(ada, reason="Sent advertisements.", until=None, by=admin)
    assert "Sent advertisements." in said_by(Notice.objects.get(user=ada))

"""What is kept long enough goes, what somebody still needs stays, and one failure stops no other."""

import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from clm_site.models import Outbox
from feedback.models import Candidate, Rating
from feedback.recording import rate
from inference.models import Answer, Citation, Question, UsageRecord
from patterns import review
from patterns.collections import arranging, collecting
from patterns.enums import Role
from patterns.models import Claim, Collection
from patterns.people import kept_mail
from tests.factories.answers import make_answer, make_candidate
from tests.factories.collecting import make_collection, order
from tests.factories.library import make_user
from worker.housekeeping import sweep
from worker.tasks import expire

pytestmark = pytest.mark.django_db


def aged(row, days: float, field: str):
    type(row).objects.filter(pk=row.pk).update(**{field: timezone.now() - timedelta(days=days)})
    return row


def test_a_visitors_old_question_goes_with_all_that_hangs_on_it():
    answer = make_answer()
    rate(answer, visitor="somebody", helpful=True)
    UsageRecord.objects.create(answer=answer, generator="extractive")
    aged(answer.question, settings.QUESTIONS_KEPT_DAYS + 1, "asked_at")
    sweep()
    assert [rows.objects.count() for rows in (Question, Answer, Citation, Rating)] == [0, 0, 0, 0]
    assert UsageRecord.objects.get().answer is None


def test_questions_of_accounts_and_young_ones_stay():
    aged(make_answer(asker=make_user()).question, 2 * settings.QUESTIONS_KEPT_DAYS, "asked_at")
    aged(make_answer().question, settings.QUESTIONS_KEPT_DAYS - 1, "asked_at")
    sweep()
    assert Question.objects.count() == 2


def test_an_accepted_correction_outlives_the_question():
    candidate = make_candidate()
    aged(candidate.answer.question, settings.QUESTIONS_KEPT_DAYS + 1, "asked_at")
    sweep()
    assert Candidate.objects.get().answer is None


def test_what_was_deleted_from_collections_goes_after_a_month():
    kept, gone = make_collection(None, *"ABC"), make_collection(None, "D")
    for title, days in (("A", 31), ("B", 29)):
        item = kept.items.select_related("collection").get(title=title)
        arranging.remove(item, actor=kept.owner)
        aged(item, days, "removed_at")
    collecting.delete(gone, actor=gone.owner)
    aged(gone, 31, "deleted_at")
    sweep()
    assert Collection.objects.get() == kept
    assert (order(kept), kept.items.count()) == (["C"], 2)


def test_kept_mails_go_after_a_day(settings, tmp_path):
    settings.CLM_HOME = tmp_path
    ended = (timezone.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(kept_mail.keep(["a@example.org"], subject="Old", body=""), (ended, ended))
    kept_mail.keep(["a@example.org"], subject="New", body="")
    assert sweep()["kept mails"] == 1
    assert [mail.subject for mail in kept_mail.kept()] == ["New"]


def test_claims_end_with_their_time():
    reviewer = make_user(roles=[Role.REVIEWER])
    for number in (1, 2):
        review.claim(review.open_item("other", object_id=number, title="x"), reviewer=reviewer)
    Claim.objects.filter(item__object_id=1).update(expires_at=timezone.now() - timedelta(seconds=1))
    sweep()
    assert Claim.objects.get().item.object_id == 2


def test_sessions_go_when_they_are_over():
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days))
    sweep()
    assert Session.objects.get().session_key == "new"


def test_the_task_says_only_what_it_did():
    assert expire() == ""
    Outbox.objects.create(job="answers.answer", sent_at=timezone.now() - timedelta(days=2))
    assert expire() == "1 sent jobs"

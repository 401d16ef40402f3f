"""What is mailed, when, to whom, once; and the link in it that ends the mails."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from patterns.enums import Role
from patterns.models import Notice, NoticeSettings
from patterns.people import notices
from patterns.people.notices.due import is_due
from patterns.people.notices.mailing import send_due
from patterns.people.notices.unsubscribing import token_of
from tests.factories.library import make_user
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db
Mail = NoticeSettings.Mail


@pytest.fixture
def ada():
    return make_user("Ada", email="ada@example.org")


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


def tell(user, number=1, kind="accept"):
    return notices.notify(user, kind=kind, url=f"/submissions/{number}/", title=f"Work {number}")


def chosen(user, **fields):
    NoticeSettings.objects.update_or_create(user=user, defaults=fields)


def test_one_mail_says_all_that_is_new_and_says_it_once(ada, outbox):
    tell(ada, 1)
    tell(ada, 2)
    assert send_due() == 1
    assert send_due() == 0
    [sent] = outbox
    assert sent.to == ["ada@example.org"]
    assert "Work 1" in sent.body
    assert "/submissions/2/" in sent.body


def test_what_was_read_on_the_site_is_not_mailed(ada, outbox):
    notices.read(tell(ada))
    send_due()
    assert outbox == []


def test_a_kind_that_is_not_wanted_is_not_mailed_but_stays_on_the_site(ada, outbox):
    chosen(ada, quiet=["commented"])
    tell(ada, kind="commented")
    send_due()
    assert outbox == []
    assert Notice.objects.filter(user=ada, read_at=None).exists()


def test_who_wants_no_mails_still_hears_of_the_account_itself(ada, outbox):
    chosen(ada, mail=Mail.NEVER)
    tell(ada)
    tell(ada, 2, kind="role_given")
    send_due()
    assert [("role" in one.body, "Work 1" in one.body) for one in outbox] == [(True, False)]


def test_a_digest_waits_for_its_morning(ada, outbox):
    chosen(ada, mail=Mail.WEEKLY, mailed_at=datetime.now(UTC))
    tell(ada)
    send_due()
    assert outbox == []
    chosen(ada, mailed_at=datetime.now(UTC) - timedelta(days=8))
    send_due()
    assert len(outbox) == 1


def test_a_reviewer_may_be_told_what_waits(outbox):
    reviewer = make_user("Grace", roles=[Role.REVIEWER])
    chosen(reviewer, mail=Mail.DAILY, queue=True)
    sent_edit()
    send_due()
    assert "1 thing waits for a reviewer" in outbox[0].subject


def test_a_mail_server_that_is_down_loses_nothing(ada, outbox, settings):
    tell(ada)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    assert send_due() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due() == 1


def test_a_title_cannot_write_headers(ada, outbox):
    notices.notify(ada, kind="accept", url="/submissions/1/", title="Well\r\nBcc: eve@example.org")
    send_due()
    assert outbox[0].bcc == []
    assert "\n" not in outbox[0].subject


def test_mails_are_in_the_language_that_was_chosen(ada, outbox):
    chosen(ada, language="de")
    tell(ada)
    send_due()
    assert "angenommen" in outbox[0].subject


def test_one_click_ends_the_mails_without_a_session(ada, outbox):
    tell(ada)
    send_due()
    headers = outbox[0].extra_headers
    path = re.search(r"https?://[^/]+(/\S+)>", headers["List-Unsubscribe"])[1]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(path, headers["List-Unsubscribe-Post"], "application/x-www-form-urlencoded").status_code == 200
    tell(ada, 2)
    send_due()
    assert len(outbox) == 1


def test_opening_the_link_ends_nothing(client, ada):
    client.get(f"/notices/unsubscribe/{token_of(ada)}/")
    assert not NoticeSettings.objects.filter(mail=Mail.NEVER).exists()


@pytest.mark.parametrize("token", ["x", "abc:def:ghi", "%00"])
def test_a_link_that_was_not_made_here_ends_nothing(client, token):
    assert client.post(f"/notices/unsubscribe/{token}/").status_code == 404


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - has one


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_weekly_digest_goes_out_once_a_week(start, later):
    """After a digest there is none for the rest of its week, and one in the next."""
    last, now = start, start + later
    monday = (now - timedelta(days=now.weekday())).replace(hour=7, minute=0, second=0, microsecond=0)
    if monday > now:
        monday -= timedelta(days=7)
    assert is_due(Mail.WEEKLY, last=last, now=now) == (last < monday)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(hours=60)))
def test_a_daily_digest_is_never_more_than_a_day_late(start, later):
    now = start + later
    if later >= timedelta(days=1):
        assert is_due(Mail.DAILY, last=start, now=now)

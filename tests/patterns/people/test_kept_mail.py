"""A site without a mail server keeps its mails on its own machine for a day, and nowhere else: they open accounts."""

import logging
import os
import re
import secrets
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.test import Client
from django.utils import timezone

from patterns.models import AuditEntry
from patterns.people import kept_mail, notices
from patterns.people.notices.mailing import send_due
from patterns.retention import forget_mails
from tests.factories.library import make_user
from tests.factories.writing import trap

pytestmark = pytest.mark.django_db
BACKEND = "patterns.people.mail.KeptMailBackend"
EMAIL, SECRET = "her@example.org", "A link that opens: https://example.org/key-8c1f"


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    settings.CLM_HOME, settings.EMAIL_BACKEND = tmp_path, BACKEND
    return tmp_path


def sent(to: str = EMAIL, *, subject: str = "Hello", body: str = SECRET) -> None:
    EmailMessage(subject, body, None, [to], connection=get_connection(BACKEND)).send()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everywhere() -> Iterator[str]:
    """Everything that stands in the database and in Redis, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - the database's own names
            yield from (row[0] for row in cursor.fetchall())
    yield from (str(one.get_decoded()) for one in Session.objects.all())
    client = redis.Redis.from_url(live.REDIS_URL)
    read = {
        b"string": client.get, b"list": lambda key: client.lrange(key, 0, -1), b"hash": client.hgetall,
        b"set": client.smembers, b"zset": lambda key: client.zrange(key, 0, -1), b"stream": client.xrange,
    }  # fmt: skip
    for key in client.scan_iter():
        kind = client.type(key)
        yield f"{key} {read[kind](key) if kind in read else ''}"


def test_a_mail_is_a_file_that_its_owner_alone_reads(home):
    sent()
    (path,) = (home / "mail").iterdir()
    assert (mode(home / "mail"), mode(path)) == (0o700, 0o600)
    (mail,) = kept_mail.kept()
    assert (mail.to, mail.subject, mail.body) == ((EMAIL,), "Hello", SECRET)


def test_a_folder_that_others_could_enter_is_closed(home):
    (home / "mail").mkdir(mode=0o755)
    (home / "mail").chmod(0o755)
    sent()
    assert mode(home / "mail") == 0o700


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_whatever_the_umask_nobody_else_reads_it(home, umask):
    before = os.umask(umask)
    try:
        sent()
    finally:
        os.umask(before)
    assert {mode(path) & 0o077 for path in (home / "mail").iterdir()} == {0}


def test_a_link_for_a_new_password_stands_in_its_file_and_nowhere_else(client: Client, caplog):
    make_user("Her", email=EMAIL)
    with caplog.at_level(logging.DEBUG):
        client.post("/accounts/password/reset/", {"email": EMAIL, **trap()}, HTTP_HOST="localhost")
    (mail,) = kept_mail.kept()
    key = re.search(r"/accounts/password/reset/key/(\S+?)/", mail.body)[1]
    assert not [said for said in everywhere() if key in said]
    assert key not in caplog.text
    lines = "\n".join(one.getMessage() for one in caplog.records if one.name == "patterns.people.mail")
    assert not [private for private in (EMAIL, mail.subject, mail.body.splitlines()[0]) if private in lines]


def test_a_link_that_confirms_an_address_neither(client: Client, caplog, settings):
    settings.FORM_SECONDS = 0
    answers = {
        "email": f"{secrets.token_hex(6)}@example.org",
        "password1": "orchard-well-7!",
        "password2": "orchard-well-7!",
        **trap(),
    }
    with caplog.at_level(logging.DEBUG):
        client.post("/accounts/signup/", answers)
    key = re.search(r"/accounts/confirm-email/(\S+?)/", kept_mail.kept()[0].body)[1]
    assert not [said for said in everywhere() if key in said]
    assert key not in caplog.text


def test_the_log_says_of_which_kind_it_was_and_where_it_is_read(client: Client, caplog, settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8123"
    reader = make_user("Her", email=EMAIL)
    with caplog.at_level("INFO", logger="patterns.people.mail"):
        client.post("/accounts/password/reset/", {"email": EMAIL, **trap()}, HTTP_HOST="localhost")
        notices.notify(reader, kind="warned", url="/flags/", title="Words for her alone")
        send_due()
        sent()
    said = [one.getMessage() for one in caplog.records if one.name == "patterns.people.mail"]
    assert said == [
        f"a mail was kept ({kind}); read it at http://127.0.0.1:8123/mail/"
        for kind in ("password reset key", "notices", "other")
    ]


def test_the_page_shows_them_newest_first_and_escapes_them(client: Client):
    sent(subject="First", body="Open https://example.org/x <b>now</b>")
    sent(subject="Second")
    html = client.get("/mail/").content.decode()
    assert html.index("Second") < html.index("First")
    assert "&lt;b&gt;now" in html
    assert EMAIL in html


def test_after_a_day_they_are_not_shown_and_go(client: Client, home):
    sent(subject="Of the day before")
    (old,) = (home / "mail").iterdir()
    half = home / "mail" / "20250101T000000-ab.new"
    half.write_text("half of one")
    ended = (timezone.now() - timedelta(days=1, minutes=1)).timestamp()
    for path in (old, half):
        os.utime(path, (ended, ended))
    sent(subject="Of today")
    assert "Of the day before" not in client.get("/mail/").content.decode()
    assert forget_mails() == 2
    assert [mail.subject for mail in kept_mail.kept()] == ["Of today"]
    assert len(list((home / "mail").iterdir())) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"to": 5}', '{"to": ["a"]}', "\x00"])
def test_a_file_that_is_none_of_ours_is_passed_over(client: Client, home, text):
    sent()
    (home / "mail" / "20990101T000000-aa.json").write_text(text)
    assert [mail.subject for mail in kept_mail.kept()] == ["Hello"]
    assert client.get("/mail/").status_code == 200


def test_a_mail_writes_nothing_into_the_database(home):
    before = AuditEntry.objects.count()
    sent()
    assert not [said for said in everywhere() if "key-8c1f" in said]
    assert AuditEntry.objects.count() == before

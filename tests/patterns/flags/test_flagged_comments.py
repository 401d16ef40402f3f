"""Comments on a submission are flagged by those who read them, and their words taken out by another person."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patterns import flags
from patterns.models import AuditEntry, Comment, FlagCase, Notice, ReviewItem, User
from patterns.review import comments
from patterns.review.errors import OwnWork
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.reviewing import say, send_edit, submission_of

pytestmark = pytest.mark.django_db
WORDS = "You of all people, <b>wombat</b>."


@pytest.fixture
def author() -> User:
    return make_user("Ada")


@pytest.fixture
def rude() -> User:
    return make_reviewer("Rude")


@pytest.fixture
def comment(author: User, rude: User) -> Comment:
    return say(send_edit(author, title="Well"), rude, WORDS)


def page_of(comment: Comment, reader: User) -> str:
    client = Client()
    client.force_login(reader)
    return client.get(comment.submission.get_absolute_url()).content.decode()


def flagged(comment: Comment, by: User) -> FlagCase:
    return flags.flag("comment", str(comment.pk), reason="abuse", by=by)[0].case


def settle(case: FlagCase, outcome: str, *, by: User, reason: str = "Nobody is spoken to like this here.") -> FlagCase:
    item = ReviewItem.objects.get(kind="flag", object_id=case.pk)
    flags.decide(case, outcome=outcome, reason=reason, reviewer=by, version=item.version)
    case.refresh_from_db()
    return case


def test_it_is_found_by_those_who_may_read_it_alone(comment, author):
    for reader in (author, make_reviewer()):
        thing = flags.find("comment", str(comment.pk), reader=reader)
        assert thing.address == f"{comment.submission.get_absolute_url()}#comment-{comment.pk}"
        assert thing.author == comment.author
        assert WORDS not in thing.title
    for reader in (None, make_user(), make_reviewer(is_active=False)):
        assert flags.find("comment", str(comment.pk), reader=reader) is None
    for ref in ("0", "x", "-1", "9" * 19, "1 or 1", str(comment.pk + 1)):
        assert flags.find("comment", ref, reader=author) is None


def test_a_stranger_is_told_nothing_of_it(client, comment):
    address = f"{reverse('flag_new')}?of=comment:{comment.pk}"
    assert client.get(address).status_code == 404
    client.force_login(make_user())
    assert client.get(address).status_code == 404
    client.force_login(comment.submission.author)
    assert "Well" in client.get(address).content.decode()


def test_each_comment_but_ones_own_carries_the_link(comment, author, rude):
    answer = comments.reply(comment, author=author, text="Pardon?", key="k")
    link = f"{reverse('flag_new')}?of=comment%3A"
    assert f"{link}{comment.pk}" in page_of(comment, author)
    assert f"{link}{answer.pk}" not in page_of(comment, author)
    assert f"{link}{answer.pk}" in page_of(comment, rude)
    assert f"{link}{comment.pk}" not in page_of(comment, rude)
    client = Client()
    client.force_login(make_reviewer())
    desk = client.get(ReviewItem.objects.get(kind="edit").get_absolute_url()).content.decode()
    assert f"{link}{comment.pk}" in desk
    assert f"{link}{answer.pk}" in desk


def test_taken_out_its_words_are_gone_and_a_line_says_so(comment, author, rude):
    answer = comments.reply(comment, author=author, text="Pardon?", key="k")
    settle(flagged(comment, author), "hidden", by=make_reviewer("Grace"))
    comment.refresh_from_db()
    assert (comment.text, comment.taken_out) == ("", True)
    for reader in (author, rude, make_reviewer()):
        page = page_of(comment, reader)
        assert "A reviewer took these words out" in page
        assert "deleted by who wrote it" not in page
        assert "wombat" not in page
        assert "Pardon?" in page  # the thread is read on
        assert f"comment%3A{comment.pk}" not in page
    assert flags.find("comment", str(comment.pk), reader=author) is None
    assert not FlagCase.objects.filter(title__contains="wombat").exists()
    assert comments.reply(answer, author=author, text="Thank you.", key="k2").thread == comment


def test_who_wrote_it_is_told_why_and_the_log_says_who_did_it(client, comment, author, rude):
    grace = make_reviewer("Grace")
    settle(flagged(comment, author), "hidden", by=grace)
    told = Notice.objects.get(user=rude, kind="comment_taken_out")
    assert told.url == f"{comment.submission.get_absolute_url()}#comment-{comment.pk}"
    client.force_login(rude)
    for page in (reverse("notices"), reverse("flags")):
        assert "Nobody is spoken to like this here." in client.get(page).content.decode()
    line = AuditEntry.objects.get(action="took out comment")
    assert (line.actor, line.details["comment"]) == (grace, comment.pk)
    assert WORDS not in str(line.details)


@pytest.mark.parametrize("outcome", ["nothing", "hidden", "warned"])
def test_its_author_does_not_decide_on_it(comment, author, rude, outcome):
    case = flagged(comment, author)
    with pytest.raises(OwnWork):
        settle(case, outcome, by=rude)
    comment.refresh_from_db()
    assert comment.text == WORDS


def test_nor_does_the_author_of_what_it_is_about_take_it_out(rude):
    author = make_reviewer("Ada")
    comment = say(send_edit(author), rude, WORDS)
    case = flagged(comment, make_reviewer())
    with pytest.raises(OwnWork):
        settle(case, "hidden", by=author)
    with pytest.raises(comments.NotYourTalk):
        comments.take_out(comment, by=make_user(), reason="Mine.")
    comment.refresh_from_db()
    case.refresh_from_db()
    assert (comment.text, case.outcome) == (WORDS, "")


def test_nobody_flags_their_own_comment(comment, rude):
    with pytest.raises(flags.FlagError, match="your own"):
        flagged(comment, rude)


def test_one_that_its_writer_deleted_meanwhile_stays_theirs(comment, author, rude):
    case = flagged(comment, author)
    comments.remove(comment, by=rude)
    settle(case, "hidden", by=make_reviewer())
    comment.refresh_from_db()
    assert (comment.text, comment.taken_out) == ("", False)
    assert not Notice.objects.filter(kind="comment_taken_out").exists()


def test_the_links_cost_no_query(author):
    item = send_edit(author)
    client = Client()
    client.force_login(author)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(submission_of(item).get_absolute_url()).status_code == 200
        return len(asked)

    say(item, make_reviewer())
    cost()
    one = cost()
    for number in range(3):
        say(item, make_reviewer(f"Grace {number}"))
    assert cost() == one

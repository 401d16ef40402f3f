"""What is said about a submission: by whom, where it is shown afterwards, and that nobody else hears it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from patterns import review, submissions
from patterns.enums import Decision, Role
from patterns.models import AuditEntry, Comment, Sending
from patterns.queries import review as review_queries
from patterns.queries import reviewing
from patterns.review import comments
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.reviewing import ask_back, say, send_again, send_edit, submission_of

pytestmark = pytest.mark.django_db


def seen(item, reader, **asked):
    submission = submission_of(item)
    reviews = list(review_queries.reviews_of(item))
    return reviewing.discussion(submission, item=item, reviews=reviews, reader=reader, asked=asked)


def shown_at(discussion):
    """Spot → the words beside it."""
    return {spot: [str(one.root.html) for one in found] for spot, found in discussion.talk.at.items()}


@pytest.mark.parametrize("who", ["author", "reviewer", "curator"])
def test_the_author_and_reviewers_take_part(who):
    author = make_user()
    item = send_edit(author)
    people = {"author": author, "reviewer": make_reviewer(), "curator": make_user(roles=[Role.CURATOR])}
    comment = say(item, people[who])
    assert shown_at(seen(item, author)) == {"n.context.3": ["<p>Which one?</p>\n"]}
    assert comments.reply(comment, author=author, text="The upper one.", key="k2").thread == comment


@pytest.mark.parametrize("who", ["stranger", "contributor", "inactive"])
def test_nobody_else_takes_part_or_sees_anything(who):
    item = send_edit()
    said = say(item, make_reviewer())
    people = {
        "stranger": make_user(), "contributor": make_user(roles=[Role.CONTRIBUTOR]),
        "inactive": make_user(roles=[Role.REVIEWER], is_active=False),
    }  # fmt: skip
    person = people[who]
    with pytest.raises(comments.NotYourTalk):
        say(item, person)
    with pytest.raises(comments.NotYourTalk):
        comments.reply(said, author=person, text="Hm", key="k")
    with pytest.raises(comments.NotYourTalk):
        comments.resolve(said, by=person)
    assert seen(item, person) is None
    assert Comment.objects.count() == 1


def test_a_comment_on_a_line_that_stands_is_shown_on_it_after_a_new_sending():
    item = send_edit()
    reviewer = ask_back(item)
    say(item, reviewer, spot="n.solution.3")
    say(item, reviewer, "On the well", spot="n.context.3")
    send_again(item, ("valley", "upper valley"))
    now = seen(item, reviewer, **{"from": "base"})
    assert [(one.where, one.quote) for one in now.talk.apart] == [
        ("stands", "Rules are kept."), ("gone", "A well in a valley."),
    ]  # fmt: skip
    send_again_before = seen(item, reviewer, to="1")
    assert shown_at(send_again_before) == {"n.context.3": ["<p>On the well</p>\n"]}


def test_a_comment_on_a_line_that_was_taken_out_is_shown_on_it():
    item = send_edit(after="## Context\n\nA well in a village.\n")
    say(item, make_reviewer(), "Why?", spot="o.solution.3")
    assert shown_at(seen(item, item.author)) == {"o.solution.3": ["<p>Why?</p>\n"]}


def test_a_thread_is_open_then_answered_then_resolved_and_open_again():
    item, reviewer = send_edit(), make_reviewer()
    said = say(item, reviewer)

    def state():
        (thread,) = seen(item, reviewer).talk.every
        return thread.state, thread.resolved_by

    assert state() == ("open", "")
    comments.reply(said, author=item.author, text="The upper one.", key="k")
    assert state() == ("answered", "")
    comments.resolve(said, by=item.author)
    comments.resolve(said, by=reviewer)
    assert state() == ("resolved", item.author.credit)
    comments.resolve(said, by=reviewer, open_again=True)
    assert state() == ("answered", "")
    assert list(AuditEntry.objects.filter(action__contains="thread").values_list("action", flat=True)) == [
        "reopened thread", "resolved thread",
    ]  # fmt: skip


def test_words_can_be_changed_for_ten_minutes_by_who_wrote_them():
    item, reviewer = send_edit(), make_reviewer()
    said = say(item, reviewer)
    assert comments.edit(said, author=reviewer, text="Which valley?").edited_at
    with pytest.raises(comments.NotYourTalk):
        comments.edit(said, author=item.author, text="Nothing")
    for change in ({"at": timezone.now()}, {"author": item.author}):  # the database lets nobody turn the clock back
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.update(**change)


def test_after_ten_minutes_words_stay(monkeypatch):
    item, reviewer = send_edit(), make_reviewer()
    said = say(item, reviewer)
    monkeypatch.setattr(comments, "EDITABLE", timedelta(0))
    with pytest.raises(comments.CommentError, match="ten minutes"):
        comments.edit(said, author=reviewer, text="Other words")
    said.refresh_from_db()
    assert said.text == "Which one?"


def test_a_deleted_comment_leaves_a_trace_and_no_words():
    item, reviewer = send_edit(), make_reviewer()
    said = say(item, reviewer, "Something hasty")
    comments.reply(said, author=item.author, text="Calm down.", key="k")
    comments.remove(said, by=reviewer)
    comments.remove(said, by=reviewer)
    (thread,) = seen(item, item.author).talk.every
    assert thread.root.deleted
    assert thread.root.html == ""
    assert len(thread.replies) == 1
    with pytest.raises(comments.Elsewhere):
        comments.edit(said, author=reviewer, text="Again")


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("  \n", 422), ("x" * 5_001, 422), ("x" * 5_000, None), ("a\x00b", None)]
)
def test_what_is_too_much_or_nothing_is_refused(text, status):
    item, reviewer = send_edit(), make_reviewer()
    if status is None:
        assert "\x00" not in say(item, reviewer, text).text
        return
    with pytest.raises(comments.CommentError) as refusal:
        say(item, reviewer, text)
    assert refusal.value.status == status
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "spot", ["n.context.99", "n.nowhere.1", "s.nowhere", "o.context.99", "rubbish", "n.context.x", "f.nonsense"]
)
def test_a_place_that_is_not_in_the_text_is_refused(spot):
    item = send_edit()
    with pytest.raises(comments.Elsewhere):
        say(item, make_reviewer(), spot=spot)


def test_a_comment_on_a_sending_that_is_not_there_is_refused():
    item = send_edit()
    with pytest.raises(comments.Elsewhere):
        say(item, make_reviewer(), sending=7)


def test_a_form_sent_twice_is_one_comment():
    item, reviewer = send_edit(), make_reviewer()
    submission = submission_of(item)
    first = comments.say(submission, author=reviewer, text="Once", key="same")
    assert comments.say(submission, author=reviewer, text="Once", key="same") == first
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("ended", ["accepted", "withdrawn"])
def test_nothing_is_added_once_it_is_over(ended):
    item, reviewer = send_edit(), make_reviewer()
    said = say(item, reviewer)
    if ended == "withdrawn":
        submissions.withdraw(submission_of(item), actor=item.author)
    else:
        review.decide(item, reviewer=reviewer, decision=Decision.ACCEPT, version=item.version)
    for act in (lambda: say(item, reviewer), lambda: comments.resolve(said, by=reviewer)):
        with pytest.raises(comments.Over):
            act()
    assert len(seen(item, reviewer).talk.every) == 1


def test_there_are_as_many_comments_as_there_can_be(monkeypatch):
    item, reviewer = send_edit(), make_reviewer()
    monkeypatch.setattr(comments, "MOST", 2)
    say(item, reviewer)
    say(item, reviewer)
    with pytest.raises(comments.CommentError, match="as many comments"):
        say(item, reviewer)


def test_authors_comment_on_their_own_work_and_still_do_not_decide_on_it():
    author = make_reviewer()
    item = send_edit(author)
    assert say(item, author, "I am not sure of this line.")
    with pytest.raises(review.OwnWork):
        review.decide(item, reviewer=author, decision=Decision.ACCEPT, version=item.version)


def test_each_sending_is_kept_as_it_was_sent():
    item = send_edit()
    ask_back(item)
    send_again(item, ("valley", "upper valley"), note="The upper one.")
    first, second = Sending.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert "upper" not in first.text
    assert "upper valley" in second.text
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE patterns_sending SET text = 'x' WHERE id = %s", [first.pk])


def test_sending_twice_is_one_sending():
    item = send_edit()
    submissions.submit(submission_of(item), actor=item.author)
    assert Sending.objects.count() == 1


def test_a_reviewer_sees_what_changed_since_the_last_decision_and_what_was_asked():
    item = send_edit(after="## Context\n\nA well in a valley.\n\n## Solution\n\nRules are kept.\nRules are sung.\n")
    reviewer = ask_back(item)
    send_again(item, ("valley", "upper valley"), note="The upper one.")
    now = seen(item, reviewer)
    assert now.old == "1"
    assert [part.section.anchor for part in now.parts] == ["context"]
    assert (now.asked.reason, now.reply) == ("Say which valley.", "The upper one.")
    whole = seen(item, reviewer, **{"from": "base"})
    assert [part.section.anchor for part in whole.parts] == ["context", "solution"]
    assert seen(item, reviewer, **{"from": "now"}).old == "now"


@pytest.mark.parametrize("asked", [{"from": "9"}, {"to": "x"}, {"from": "2", "to": "1"}, {"from": "1", "to": "1"}])
def test_what_cannot_be_compared_is_the_usual_pair(asked):
    item = send_edit()
    reviewer = ask_back(item)
    send_again(item, ("valley", "upper valley"))
    found = seen(item, reviewer, **asked)
    assert found.old in {"1", "base"}
    assert found.new.number in {1, 2}
    assert found.old != str(found.new.number)


@pytest.mark.parametrize("count", [1, 3])
def test_a_discussion_costs_the_same_for_one_comment_and_for_three(count, django_assert_num_queries):
    item = send_edit(after="## Context\n\n" + "A well.\n\n" * count + "## Solution\n\nRules are kept.\n")
    for round_ in range(count):
        reviewer = make_reviewer()
        for _ in range(count):
            said = say(item, reviewer, spot="n.context.3")
            comments.reply(said, author=item.author, text="Yes.", key=f"k{said.pk}")
        ask_back(item)
        send_again(item, ("kept", f"kept {round_}"))
    submission, reviews, author = submission_of(item), list(review_queries.reviews_of(item)), item.author
    with django_assert_num_queries(3):
        found = reviewing.discussion(submission, item=item, reviews=reviews, reader=author, asked={})
        assert len(found.talk.every) == count * count
        assert [thread.root.who for thread in found.talk.every]

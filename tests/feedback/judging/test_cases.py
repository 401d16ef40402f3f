"""An answer comes before a person where that is allowed, once, and leaves the queue when it no longer is."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from clm_site.models import Outbox
from feedback.judging import cases
from feedback.judging.review_kind import describe
from feedback.models import LowAnswer, Rating
from feedback.recording import rate
from inference.models import Question
from inference.questions import offering
from inference.retention import forget_visitors_questions
from patterns.models import AuditEntry, ReviewItem
from patterns.people import erasing
from tests.factories.answers import make_answer
from tests.factories.judging import item_of, published_low, show, shown
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.questions import offer, publish

pytestmark = pytest.mark.django_db
SECRET = "What did Ada of 12 Elm Street owe?"


def look(answer) -> str:
    return cases.look(answer_id=answer.pk)


def waiting() -> list[ReviewItem]:
    return list(ReviewItem.objects.filter(kind=cases.KIND, open=True))


def page_of(item: ReviewItem) -> str:
    return render_to_string("feedback/_review_low_answer.html", describe(item) | {"item": item})


def rows_with(words: str) -> set[str]:
    """The tables of the queue and the log that hold `words` anywhere."""
    from django.db import connection

    found = set()
    with connection.cursor() as cursor:
        for table in ("patterns_reviewitem", "patterns_auditentry", "feedback_lowanswer", "feedback_answerverdict",
                      "patterns_notice", "clm_site_outbox"):  # fmt: skip
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{words}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


# ── Private answers ──────────────────────────────────────────────────────────────────────────────────────────────


def test_without_the_tick_no_reviewer_sees_a_private_answer_however_many_it_did_not_help():
    answer = make_answer(SECRET)
    for number in range(9):
        rate(answer, visitor=f"v{number}", helpful=False, comment="No.")
    rate(answer, visitor="somebody", helpful=False, comment="No.")
    assert look(answer) == ""
    assert not LowAnswer.objects.exists()


def test_the_tick_of_who_asked_puts_it_into_the_queue():
    asker = make_user()
    answer = make_answer(SECRET, asker=asker)
    show(answer, comment="She owed nothing.")
    assert Outbox.objects.filter(job="bulk.look_at_answer", ids={"answer_id": answer.pk}).exists()
    look(answer)
    (item,) = waiting()
    assert item.author == asker
    assert "It did not help 1 reader." in item.reasons
    assert SECRET in page_of(item)
    assert "She owed nothing." in page_of(item)


def test_the_tick_of_another_reader_shows_their_words_and_not_the_question():
    answer = make_answer(SECRET)
    rating = rate(answer, visitor="a friend", helpful=False, comment="Wrong.", shown=True)
    assert rating.shows == Rating.Shows.WORDS
    look(answer)
    assert waiting() == []


def test_reviewers_read_the_comments_of_those_who_ticked_and_the_reasons_of_all():
    answer = make_answer()
    rate(answer, visitor="a friend", helpful=False, comment="Words of a friend.", shown=True)
    rate(answer, visitor="a stranger", helpful=False, comment="Words of a stranger.", reasons=["unclear"])
    show(answer)
    look(answer)
    page = page_of(waiting()[0])
    assert "Words of a friend." in page
    assert "Words of a stranger." not in page
    assert "It is hard to understand" in page


def test_a_helpful_verdict_shows_nothing():
    answer = make_answer()
    assert rate(answer, visitor="somebody", helpful=True, comment="Fine.", shown=True).shows == ""


@pytest.mark.parametrize("change", [{"helpful": True}, {"helpful": False}])
def test_changing_the_verdict_takes_it_back_at_once_and_leaves_no_text(change):
    answer = shown(SECRET, comment="She owed nothing.")
    item = item_of(answer)
    rate(answer, visitor="somebody", **change)
    item.refresh_from_db()
    assert (item.open, item.signs, item.reasons) == (False, {}, [])
    assert LowAnswer.objects.get().state == LowAnswer.State.WITHDRAWN
    assert "Elm Street" not in page_of(item)
    assert rows_with("Elm Street") == set()
    assert rows_with("owed") == set()


def test_what_was_taken_back_can_be_shown_again():
    answer = shown()
    rate(answer, visitor="somebody", helpful=True)
    show(answer)
    look(answer)
    assert len(waiting()) == 1


def test_looking_twice_is_looking_once():
    answer = shown()
    version = item_of(answer).version
    assert look(answer) == ""
    assert item_of(answer).version == version


def test_more_readers_raise_the_priority_of_the_one_item_in_words():
    answer = shown()
    before = item_of(answer).priority
    rate(answer, visitor="another", helpful=False)
    look(answer)
    (item,) = waiting()
    assert item.priority > before
    assert "It did not help 2 readers." in item.reasons


def test_two_workers_at_once_open_one_case():
    answer = shown()
    with pytest.raises(IntegrityError, match="one_waiting_case_an_answer"), transaction.atomic():
        LowAnswer.objects.create(answer=answer)


def test_neither_the_queue_nor_the_log_tells_a_word_of_a_private_question():
    shown(SECRET, "She owed it [1].")
    assert rows_with("Elm Street") | rows_with("owed") == set()


def test_a_private_answer_that_is_forgotten_leaves_the_queue():
    answer = shown(SECRET)
    item = item_of(answer)
    Question.objects.update(asked_at="2020-01-01T00:00Z")
    assert forget_visitors_questions()
    item.refresh_from_db()
    assert not item.open
    assert "It may not be seen any more" in page_of(item)


def test_who_leaves_takes_their_answer_out_of_the_queue():
    person = make_user()
    item = item_of(shown(SECRET, asker=person))
    erasing.erase(person, by=person)
    item.refresh_from_db()
    assert not item.open


def test_the_database_closes_no_item_that_was_neither_decided_nor_taken_back():
    shown()
    with pytest.raises(IntegrityError, match="no final review"), transaction.atomic():
        ReviewItem.objects.update(open=False)


# ── Public answers ───────────────────────────────────────────────────────────────────────────────────────────────


def test_publishing_has_its_answer_looked_at():
    made = publish()
    assert Outbox.objects.filter(job="bulk.look_at_answer", ids={"question_id": made.pk}).exists()


def test_a_public_answer_that_rests_on_nothing_comes_before_a_person():
    made = published_low("How is it done?")
    (item,) = waiting()
    assert "It scores" in item.reasons[0]
    page = page_of(item)
    for words in ("How is it done?", "2 of 2 sentences are not supported", "not found in the sources"):
        assert words in page
    assert item.title == f"Answer of public question {made.pk} (case {item.object_id})"


def test_a_sound_public_answer_does_not():
    made = publish()
    assert cases.look(question_id=made.pk) == ""


def test_an_offered_question_is_not_looked_at_before_it_is_public():
    made = offer()
    assert cases.look(question_id=made.pk) == ""


def test_a_public_question_without_an_answer_stands_among_the_wanted_and_not_here():
    made = publish(cites=())
    assert cases.look(question_id=made.pk) == ""


def test_several_readers_whom_it_did_not_help_bring_a_public_answer_before_a_person():
    made = publish()
    for number in range(cases.SEVERAL):
        assert not LowAnswer.objects.exists()
        rate(made, visitor=f"v{number}", helpful=False)
        cases.look(question_id=made.pk)
    assert "It did not help 3 readers." in waiting()[0].reasons


def test_readers_whom_it_helped_outweigh_them():
    made = publish()
    for number in range(8):
        rate(made, visitor=f"v{number}", helpful=number > 3)
    cases.look(question_id=made.pk)
    assert len(waiting()) == 1  # as many against as for
    rate(made := publish(), visitor="x", helpful=True)
    for number in range(6):
        rate(made, visitor=f"v{number}", helpful=number > 2)
    assert cases.look(question_id=made.pk) == ""


def test_taking_a_public_question_back_empties_the_queue_and_forgets_what_readers_wrote():
    made = published_low(SECRET)
    rate(made, visitor="v", helpful=False, comment="Elm Street is wrong.", shown=True)
    offering.withdraw(made)
    assert waiting() == []
    assert (Rating.objects.get().comment, Rating.objects.get().shows) == ("", "")
    assert rows_with("Elm Street") == set()


def test_a_case_that_somebody_holds_while_its_question_goes_is_taken_out_by_the_next_look():
    made = published_low()
    LowAnswer.objects.update(state="judged")  # as if the follower had passed it over
    offering.withdraw(made)
    LowAnswer.objects.update(state="waiting", question=made)
    assert "withdrawn" in cases.look(question_id=made.pk)
    assert waiting() == []


def test_the_private_answer_behind_a_public_one_stays_private():
    made = published_low()
    assert made.answer.public_id not in page_of(waiting()[0])


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_reviewer_sees_costs_the_same_however_much_was_said(django_assert_num_queries, count):
    from tests.factories.library import make_pattern

    answer = make_answer(cites=tuple(make_pattern() for _ in range(count)))
    for number in range(count):
        rate(answer, visitor=f"v{number}", helpful=False, comment="No.", shown=True)
    show(answer)
    look(answer)
    item = item_of(answer)
    with django_assert_num_queries(6):
        describe(item)
    public = published_low(cites=tuple(make_pattern() for _ in range(count)))
    for number in range(count):
        rate(public, visitor=f"v{number}", helpful=False)
    item = item_of(public)
    with django_assert_num_queries(5):
        describe(item)


def test_the_whole_page_is_there_for_a_reviewer(client):
    client.force_login(make_reviewer())
    page = client.get(item_of(shown("Is it so?", "It is so [1].")).get_absolute_url()).text
    for words in ("Is it so?", "Correct this answer", "Suggest an edit", "Have you read the passages it cites?"):
        assert words in page


def test_the_log_says_nothing_of_a_case_but_its_number():
    shown(SECRET)
    assert not AuditEntry.objects.filter(target_name__icontains="Elm").exists()

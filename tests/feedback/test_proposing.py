"""A public question becomes a row of the dataset by its asker's tick and a curator's yes, and goes with it."""

import json

import pytest
from django.db import IntegrityError, transaction

from feedback.models import Candidate
from feedback.proposing import KIND, propose
from feedback.recording import rate
from feedback.releasing import NothingToRelease, folder_of, release_dataset
from feedback.training_kind import describe
from inference.models import PublicQuestion
from inference.questions import offering
from patterns import review
from patterns.enums import Role
from patterns.models import AuditEntry, Notice, ReviewItem
from patterns.people import erasing
from patterns.review import NotACurator, OwnWork, ReasonNeeded
from patterns.review.bulk import Chosen, plan
from tests.factories.library import make_curator, make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.questions import decide as let_through
from tests.factories.questions import offer

pytestmark = pytest.mark.django_db
State = Candidate.State
SECRET = "What did Ada of 12 Elm Street owe?"


def published(question: str = "How do tool libraries lend?", text: str = "By a ledger [1].", *, training: bool = True,
              **fields: object) -> PublicQuestion:  # fmt: skip
    """A public question whose asker did, or did not, let it be trained on."""
    made = offer(question, text, **fields)
    PublicQuestion.objects.filter(pk=made.pk).update(training=training)
    let_through(made)
    return made


def item_of(question: PublicQuestion) -> ReviewItem:
    return ReviewItem.objects.get(kind=KIND, object_id=question.candidate.pk)


def decide(question: PublicQuestion, decision: str = "accept", *, by: object = None, reason: str = "") -> None:
    item = item_of(question)
    review.decide(item, reviewer=by or make_curator(), decision=decision, reason=reason, version=item.version)
    question.candidate.refresh_from_db()


def test_the_tick_of_the_form_is_kept_with_the_offer(client):
    from tests.factories.answers import make_answer

    person = make_user()
    client.force_login(person)
    for ticks, kept in (({}, False), ({"training": "on"}, True)):
        answer = make_answer(asker=person)
        page = client.get(f"/answers/{answer.public_id}/offer/").text
        assert 'name="training"' in page
        assert "checked" not in page
        client.post(f"/answers/{answer.public_id}/offer/", {"text": "How?", "license": "on"} | ticks)
        assert PublicQuestion.objects.get(answer=answer).training is kept


def test_without_its_askers_tick_nothing_is_proposed():
    made = published(training=False)
    rate(made, visitor="v", helpful=True)
    assert not Candidate.objects.exists()


def test_a_question_without_an_answer_is_nothing_to_learn_from():
    published(cites=())
    assert not Candidate.objects.exists()


def test_publishing_proposes_a_whole_copy_that_waits_for_a_curator():
    pattern = make_pattern("Tool library")
    made = published(cites=(pattern,))
    candidate = made.candidate
    assert (candidate.state, candidate.question) == (State.PROPOSED, "How do tool libraries lend?")
    assert candidate.answer_text == "By a ledger [1]."
    assert candidate.evidence[0]["slug"] == pattern.slug
    assert list(candidate.revisions.all()) == [pattern.current]
    assert "agreed to its publication in datasets and to training" in candidate.consent
    assert item_of(made).open


def test_proposing_twice_is_proposing_once():
    made = published()
    assert propose(made) == made.candidate
    assert ReviewItem.objects.filter(kind=KIND).count() == 1


def test_an_accepted_row_stands_in_the_next_release(settings, tmp_path):
    settings.DATASETS_DIR = tmp_path
    made, grace = published(by=make_user("Ada")), make_curator("Grace")
    decide(made, by=grace)
    assert (made.candidate.state, made.candidate.reviewer) == (State.ACCEPTED, grace)
    assert AuditEntry.objects.filter(action="accepted for training", actor=grace).exists()
    (row,) = map(json.loads, (folder_of(release_dataset(by=None)) / "train.jsonl").read_text().splitlines())
    assert row["messages"][-1]["content"] == "By a ledger [1]."
    assert (row["author"], row["reviewer"]) == ("a reader", "Grace")
    assert "Ada" not in json.dumps(row)


def test_who_wished_to_be_named_is_named(settings, tmp_path):
    settings.DATASETS_DIR = tmp_path
    made = published(by=make_user("Ada"), credited=True)
    decide(made)
    text = (folder_of(release_dataset(by=None)) / "train.jsonl").read_text()
    assert json.loads(text)["author"] == "Ada"
    erasing.erase(made.offered_by, by=None)
    assert "Ada" not in (folder_of(release_dataset(by=None)) / "train.jsonl").read_text()


def test_a_declined_row_says_why_and_stands_in_none(settings, tmp_path):
    settings.DATASETS_DIR = tmp_path
    made = published(by=make_user())
    with pytest.raises(ReasonNeeded):
        decide(made, "decline")
    decide(made, "decline", reason="Too thin.")
    assert (made.candidate.state, made.candidate.reason) == (State.REJECTED, "Too thin.")
    assert Notice.objects.get(user=made.offered_by, kind="row_declined").said == {"title": "Too thin."}
    with pytest.raises(NothingToRelease):
        release_dataset(by=None)


def test_reviewers_see_it_and_curators_decide():
    made, grace = published(), make_reviewer()
    with pytest.raises(NotACurator):
        decide(made, by=grace)
    with pytest.raises(NotACurator):
        review.claim(item_of(made), reviewer=grace)
    decide(made, by=make_user(roles=[Role.ADMIN]))


def test_a_reviewer_is_told_that_curators_decide_and_is_not_led_there(client):
    made = published()
    client.force_login(make_reviewer())
    page = client.get(item_of(made).get_absolute_url()).text
    assert "Only curators decide on this" in page
    assert 'value="accept"' not in page
    from patterns.queries.queue import next_for
    from patterns.review.filters import Filters

    assert next_for(make_reviewer(), filters=Filters(), besides=ReviewItem(pk=0)) is None
    assert next_for(make_curator(), filters=Filters(), besides=ReviewItem(pk=0)) == item_of(made)


@pytest.mark.parametrize(("kind", "person", "said"), [("accept", make_curator, "one by one"),
                                                      ("decline", make_reviewer, "Only curators"),
                                                      ("claim", make_reviewer, "Only curators")])  # fmt: skip
def test_no_row_is_accepted_unread_and_none_by_who_is_no_curator(kind, person, said):
    item = item_of(published())
    (line,) = plan(kind, [Chosen(item.pk, item.version)], reviewer=person()).lines
    assert said in line.why_not


def test_who_asked_does_not_accept_their_own():
    person = make_curator()
    made = published(by=person)
    with pytest.raises(OwnWork):
        decide(made, by=person)
    with pytest.raises(IntegrityError, match="candidate_by_another_person"), transaction.atomic():
        Candidate.objects.update(state=State.ACCEPTED, reviewer=person)


@pytest.mark.parametrize("gone", ["withdrawn", "removed"])
def test_a_question_that_goes_takes_its_waiting_row_out_of_the_queue(gone):
    made = published(SECRET)
    item = item_of(made)
    take_away(made, gone)
    made.candidate.refresh_from_db()
    item.refresh_from_db()
    assert (made.candidate.state, item.open) == (State.WITHDRAWN, False)
    assert (made.candidate.question, made.candidate.answer_text, made.candidate.evidence) == ("", "", [])


@pytest.mark.parametrize("gone", ["withdrawn", "removed"])
def test_a_question_that_goes_takes_its_accepted_row_out_of_later_releases(settings, tmp_path, gone):
    settings.DATASETS_DIR = tmp_path
    made = published(SECRET)
    decide(made)
    before = folder_of(release_dataset(by=None)) / "train.jsonl"
    take_away(made, gone)
    made.candidate.refresh_from_db()
    assert (made.candidate.state, made.candidate.question) == (State.REJECTED, "")
    with pytest.raises(NothingToRelease):
        release_dataset(by=None)
    assert "Elm Street" in before.read_text()  # what was released was copied, and cannot be called back


def take_away(made: PublicQuestion, how: str) -> None:
    if how == "withdrawn":
        offering.withdraw(made)
        return
    offering.report(made, words="It is false.", by=None)
    let_through(made, kind=offering.REPORTED)


def test_the_log_and_the_queue_tell_no_word_of_it():
    made = published(SECRET)
    decide(made)
    assert not AuditEntry.objects.filter(target_name__icontains="Elm").exists()
    assert "Elm" not in item_of(made).title


def test_the_curator_sees_the_row_as_it_would_be(client):
    made = published("Who answers to ada@example.org?", by=make_user("Ada"), cites=(make_pattern("Tool library"),))
    client.force_login(make_curator())
    page = client.get(item_of(made).get_absolute_url()).text
    for said in ("Who answers to", "By a ledger", "Tool library", "agreed to its publication", "a reader",
                 "It may hold personal data: email", "Should a model answer like this?", 'value="accept"'):  # fmt: skip
        assert said in page


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_curator_sees_costs_the_same_however_much_it_cites(django_assert_num_queries, count):
    item = item_of(published(cites=tuple(make_pattern() for _ in range(count))))
    with django_assert_num_queries(2):
        describe(item)


def test_nothing_closes_a_row_that_nobody_decided_on():
    published()
    with pytest.raises(IntegrityError, match="no final review"), transaction.atomic():
        ReviewItem.objects.filter(kind=KIND).update(open=False)

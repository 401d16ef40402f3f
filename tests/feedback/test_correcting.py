"""A correction goes from the form through the one queue into the dataset, by two people; nothing written is lost."""

import json

import pytest
from django.db import IntegrityError
from django.urls import reverse

from feedback.correcting import CorrectionRefused, correct
from feedback.models import Candidate
from feedback.releasing import folder_of, release_dataset
from inference.models import Answer
from patterns import review
from patterns.enums import Role, SubmissionState
from patterns.models import ReviewItem, Submission
from tests.factories.answers import make_answer
from tests.factories.library import make_user
from tests.factories.writing import trap

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("Ada")


@pytest.fixture
def reviewer():
    return make_user("Grace", roles=[Role.REVIEWER])


@pytest.fixture
def answer(author) -> Answer:
    return make_answer("What is steward ownership?", "It is a tax [1].", asker=author)


@pytest.fixture
def address(answer) -> str:
    return reverse("correct_answer", args=[answer.public_id])


def form(**fields: str) -> dict[str, str]:
    return (
        {
            "text": "It is a form of ownership [1].",
            "note": "It is no tax.",
            "question": "What is steward ownership?",
            "license": "on",
            "training": "on",
            "key": "one-form",
        }
        | trap()
        | fields
    )


def decide(submission: Submission, reviewer, decision: str = "accept", reason: str = "") -> None:
    item = ReviewItem.objects.get(kind="correction", object_id=submission.pk)
    review.decide(item, reviewer=reviewer, decision=decision, reason=reason, version=item.version)


# ── Through the loop ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_waits_in_the_one_queue(answer, author):
    submission = correct(answer, author=author, text="Better [1].")
    item = ReviewItem.objects.get()
    assert (item.kind, item.object_id, item.author) == ("correction", submission.pk, author)


def test_an_accepted_correction_becomes_a_row_with_everything_it_needs(answer, author, reviewer):
    submission = correct(answer, author=author, text="Better [1].")
    decide(submission, reviewer)
    row = Candidate.objects.get()
    assert (row.state, row.author, row.reviewer) == (Candidate.State.ACCEPTED, author, reviewer)
    assert (row.question, row.answer_text, row.rejected_text) == (
        "What is steward ownership?", "Better [1].", "It is a tax [1].",
    )  # fmt: skip
    assert row.license == "CC-BY-SA-4.0"
    assert "Ada licensed the text" in row.consent
    assert [one["text"] for one in row.evidence] == [answer.citations.get().quote]
    assert list(row.revisions.all()) == [answer.citations.get().revision]


def test_an_accepted_correction_stands_in_the_next_release(answer, author, reviewer, settings, tmp_path):
    settings.DATASETS_DIR = tmp_path
    decide(correct(answer, author=author, text="Better [1]."), reviewer)
    (line,) = (folder_of(release_dataset(by=None)) / "preference" / "train.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert row["chosen"][0]["content"] == "Better [1]."
    assert row["rejected"][0]["content"] == "It is a tax [1]."
    assert (row["author"], row["reviewer"]) == ("Ada", "Grace")


def test_a_declined_correction_is_no_row_and_its_author_reads_why(answer, author, reviewer, client):
    submission = correct(answer, author=author, text="Better [1].")
    decide(submission, reviewer, "decline", "The source says otherwise.")
    submission.refresh_from_db()
    assert submission.state == SubmissionState.DECLINED
    assert not Candidate.objects.exists()
    assert submission.events.last().reason == "The source says otherwise."


def test_nobody_accepts_their_own_correction(answer):
    author = make_user(roles=[Role.REVIEWER])
    submission = correct(answer, author=author, text="Better [1].", question="What is it?")
    with pytest.raises(review.OwnWork):
        decide(submission, author)
    assert not Candidate.objects.exists()


def test_the_database_refuses_it_too(answer, author):
    from feedback.curation import accept_correction

    submission = correct(answer, author=author, text="Better [1].")
    with pytest.raises(IntegrityError, match="candidate_by_another_person"):
        accept_correction(submission, reviewer=author)


def test_the_row_outlives_the_answer(answer, author, reviewer):
    submission = correct(answer, author=author, text="Better [1].")
    answer.question.delete()
    decide(submission, reviewer)
    row = Candidate.objects.get()
    assert row.answer is None
    assert row.rejected_text == "It is a tax [1]."


def test_an_answer_the_library_did_not_have_can_be_written(author, reviewer):
    nothing = make_answer("Who?", "We could not find this in the library.", cites=(), asker=author)
    decide(correct(nothing, author=author, text="Somebody."), reviewer)
    assert Candidate.objects.get().rejected_text == ""


def test_the_reviewer_sees_question_difference_passages_and_consent(answer, author, reviewer, client):
    from django.template.loader import render_to_string

    from feedback.review_kind import describe

    correct(answer, author=author, text="It is a form of ownership <b> [1].")
    shown = render_to_string("feedback/_review_correction.html", describe(ReviewItem.objects.get()))
    assert "What is steward ownership?" in shown
    assert "<ins>" in shown
    assert "<b>" not in shown
    assert answer.citations.get().revision.title in shown
    assert "agreed to its publication" in shown


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_text_is_no_correction(answer, author):
    with pytest.raises(CorrectionRefused, match="answer as it was"):
        correct(answer, author=author, text=" It is a tax [1].\r\n")


def test_somebody_elses_question_is_not_published_as_it_was_asked(answer):
    with pytest.raises(CorrectionRefused, match="asked in private"):
        correct(answer, author=make_user(), text="Better [1].")


def test_an_answer_that_is_not_written_cannot_be_corrected(author):
    running = make_answer(asker=author, state=Answer.State.RUNNING)
    with pytest.raises(CorrectionRefused, match="not written yet"):
        correct(running, author=author, text="Better.")


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_starts_with_the_answer(client, author, address):
    client.force_login(author)
    shown = client.get(address).text
    assert "It is a tax [1]." in shown
    assert shown.count("What is steward ownership?") == 2


def test_only_who_asked_finds_the_question_filled_in(client, address):
    client.force_login(make_user())
    form_shown = client.get(address).context["form"]
    assert form_shown["question"].value() == ""


def test_a_correction_is_sent(client, author, address):
    client.force_login(author)
    response = client.post(address, form())
    submission = Submission.objects.get()
    assert (response.status_code, response["Location"]) == (303, submission.get_absolute_url())
    assert submission.state == SubmissionState.SUBMITTED


def test_a_form_sent_twice_is_one_correction(client, author, address):
    client.force_login(author)
    for _ in range(2):
        client.post(address, form())
    assert (Submission.objects.count(), ReviewItem.objects.count()) == (1, 1)


def test_signing_in_loses_nothing(client, author, address):
    response = client.post(address, form(text="Written before signing in [1]."))
    assert response.status_code == 302
    assert "next=" in response["Location"]
    assert not Submission.objects.exists()
    client.force_login(author)
    shown = client.get(address)
    assert "Written before signing in [1]." in shown.text
    assert "your text is still here" in shown.text
    assert shown.context["form"]["license"].value() is True


def test_what_waited_is_forgotten_once_it_is_sent(client, author, address):
    client.post(address, form(text="Written before signing in [1]."))
    client.force_login(author)
    client.post(address, form(text="Written before signing in [1]."))
    assert "Written before" not in client.get(address).text


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("text", "Write the answer as it should be."),
        ("question", "Say the question in words that may be published."),
        ("license", "Without a licence nobody may use your text."),
        ("training", "without your consent we cannot take it"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client, author, address, field, words):
    client.force_login(author)
    given = form()
    del given[field]
    response = client.post(address, given)
    assert response.status_code == 422
    assert words in response.text
    assert "It is no tax." in response.text
    assert not Submission.objects.exists()


def test_an_unchanged_text_is_said_in_the_form(client, author, address):
    client.force_login(author)
    response = client.post(address, form(text="It is a tax [1]."))
    assert response.status_code == 422
    assert "This is the answer as it was." in response.text


def test_a_running_answer_leads_back_to_its_page(client, answer, address):
    Answer.objects.filter(pk=answer.pk).update(state=Answer.State.RUNNING)
    assert client.get(address)["Location"] == answer.get_absolute_url()

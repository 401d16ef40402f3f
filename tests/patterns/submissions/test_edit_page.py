"""The edit page: write, look, send; signed in or not, the pattern changed meanwhile or not, nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from patterns import publishing
from patterns.enums import SubmissionState
from patterns.format import parse
from patterns.models import ReviewItem, Submission
from patterns.writing.parts import parts_of
from tests.factories.library import make_pattern, make_user
from tests.factories.writing import change, fields

pytestmark = pytest.mark.django_db
BODY = "Opening.\n\n## Context\n\nA well in a village.\n\n## Solution\n\nWrite the rules down.\n"


@pytest.fixture
def pattern():
    return make_pattern("Well", BODY, revision={"front": {"id": "pat_w", "title": "Well", "summary": "Short."}})


@pytest.fixture
def author():
    return make_user("Ada", email="ada@example.org", password="a long enough secret")


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def written(client, pattern, before="village", after="valley", **more):
    """Open the page, change a word, look at the changes; return the address and the next form's fields."""
    address = reverse("suggest_edit", args=[pattern.slug])
    values = change(fields(client.get(address)), before, after)
    looked = client.post(address, values | {"action": "preview"} | more)
    assert looked.status_code == 200
    return address, fields(looked) | more


def test_everybody_may_open_the_page(client, pattern):
    response = client.get(reverse("suggest_edit", args=[pattern.slug]))
    assert response.status_code == 200
    assert "A well in a village." in response.content.decode()


def test_a_preview_shows_real_insertions_and_deletions_and_keeps_nothing(signed_in, pattern):
    address = reverse("suggest_edit", args=[pattern.slug])
    values = change(fields(signed_in.get(address)), "village", "valley")
    html = signed_in.post(address, values | {"action": "preview"}).content.decode()
    assert "<del>" in html
    assert "<ins>" in html
    assert "[added:" in html
    assert not Submission.objects.exists()


def test_sending_after_looking_makes_a_submission_that_differs_only_there(signed_in, pattern, author):
    address, values = written(signed_in, pattern, consent="on", note="Geography")
    response = signed_in.post(address, values | {"action": "send"})
    submission = Submission.objects.get()
    assert response.url == submission.get_absolute_url()
    assert submission.text == pattern.current.source.replace("village", "valley")
    assert (submission.author, submission.state, submission.note) == (author, SubmissionState.SUBMITTED, "Geography")
    assert ReviewItem.objects.get().object_id == submission.pk


def test_a_text_whose_changes_were_not_looked_at_is_shown_first(signed_in, pattern):
    address, values = written(signed_in, pattern, consent="on")
    values = change(values, "valley", "canyon")
    response = signed_in.post(address, values | {"action": "send"})
    assert response.status_code == 200
    assert "canyon" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_form_sent_twice_is_one_submission(signed_in, pattern):
    address, values = written(signed_in, pattern, consent="on")
    first = signed_in.post(address, values | {"action": "send"})
    second = signed_in.post(address, values | {"action": "send"})
    assert first.url == second.url
    assert (Submission.objects.count(), ReviewItem.objects.count()) == (1, 1)


def test_without_consent_it_is_not_sent_and_says_so(signed_in, pattern):
    address, values = written(signed_in, pattern)
    response = signed_in.post(address, values | {"action": "send"})
    assert response.status_code == 422
    assert "CC BY-SA 4.0" in response.content.decode()
    assert "valley" in response.content.decode()
    assert not Submission.objects.exists()


def test_an_untouched_form_cannot_be_sent(signed_in, pattern):
    address = reverse("suggest_edit", args=[pattern.slug])
    looked = signed_in.post(address, fields(signed_in.get(address)) | {"action": "preview", "consent": "on"})
    assert "Nothing is changed yet." in looked.content.decode()
    assert signed_in.post(address, fields(looked) | {"action": "send"}).status_code == 422


def test_a_title_that_is_missing_or_too_long_keeps_the_text(signed_in, pattern):
    for title in ("", "x" * 301):
        address, values = written(signed_in, pattern)
        response = signed_in.post(address, values | {"title": title, "action": "send"})
        assert response.status_code == 422
        assert "valley" in response.content.decode()


def test_a_draft_is_kept_and_opened_again(signed_in, pattern):
    address, values = written(signed_in, pattern, note="Later")
    page = signed_in.get(signed_in.post(address, values | {"action": "save"}).url)
    assert "Draft, not sent yet" in page.content.decode()
    submission = Submission.objects.get()
    again = signed_in.get(f"{address}?submission={submission.pk}")
    assert "A well in a valley." in again.content.decode()
    assert [row.part.name for row in again.context["sections"] if row.open and row.differs] == ["Context"]
    assert again.context["form"].initial["key"] == submission.key


def test_a_stranger_cannot_open_my_draft(signed_in, pattern):
    address, values = written(signed_in, pattern)
    signed_in.post(address, values | {"action": "save"})
    number = Submission.objects.get().pk
    other = Client()
    assert other.get(f"{address}?submission={number}").status_code == 404
    other.force_login(make_user())
    assert other.get(f"{address}?submission={number}").status_code == 404
    assert other.get(f"{address}?submission=99999999999999999999999").status_code == 404


def test_what_a_stranger_wrote_survives_the_sign_in(client, pattern, author):
    address, values = written(client, pattern, consent="on", note="Why not")
    response = client.post(address, values | {"action": "send"})
    assert response.status_code == 302
    assert reverse("account_login") in response.url
    assert not Submission.objects.exists()
    client.force_login(author)
    page = client.get(address)
    assert "Your text is still here" in page.content.decode()
    assert "valley" in page.content.decode()
    sent = client.post(address, fields(page) | {"action": "send"})
    submission = Submission.objects.get()
    assert (sent.url, submission.note, submission.author) == (submission.get_absolute_url(), "Why not", author)
    assert "Your text is still here" not in client.get(address).content.decode()


def test_an_edit_of_another_section_is_carried_over(signed_in, pattern):
    address, values = written(signed_in, pattern, consent="on")
    publishing.publish(pattern, source=pattern.current.source.replace("rules", "agreements"), author=make_user())
    looked = signed_in.post(address, values | {"action": "send"})
    assert "in other places" in looked.content.decode()
    signed_in.post(address, fields(looked) | {"action": "send"})
    submission = Submission.objects.get()
    assert "valley" in submission.text
    assert "agreements" in submission.text
    assert submission.based_on.number == 2


def test_an_edit_of_the_same_section_is_a_conflict_that_loses_nothing(signed_in, pattern):
    address, values = written(signed_in, pattern, consent="on")
    publishing.publish(pattern, source=pattern.current.source.replace("village", "town"), author=make_user())
    response = signed_in.post(address, values | {"action": "send"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "A well in a town." in html
    assert "A well in a valley." in html
    assert not Submission.objects.exists()
    signed_in.post(address, fields(response) | {"action": "send"})
    assert "valley" in Submission.objects.get().text


def test_asked_for_changes_are_written_on_the_same_submission(signed_in, pattern):
    from patterns.review import decide
    from tests.factories.people import make_reviewer

    address, values = written(signed_in, pattern, consent="on")
    signed_in.post(address, values | {"action": "send"})
    submission = Submission.objects.get()
    item = ReviewItem.objects.get()
    decide(item, reviewer=make_reviewer(), decision="request_changes", reason="Say which valley.", version=1)
    assert "Say which valley." in signed_in.get(submission.get_absolute_url()).content.decode()
    again = change(fields(signed_in.get(f"{address}?submission={submission.pk}")), "a valley", "the green valley")
    looked = signed_in.post(address, again | {"action": "preview"})
    signed_in.post(address, fields(looked) | {"action": "send", "consent": "on"})
    submission.refresh_from_db()
    assert (submission.state, Submission.objects.count()) == (SubmissionState.RESUBMITTED, 1)
    assert "the green valley" in submission.text


HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) </textarea><script>alert(4)"


def test_hostile_markdown_is_harmless_in_the_preview(signed_in, pattern):
    address = reverse("suggest_edit", args=[pattern.slug])
    values = change(fields(signed_in.get(address)), "A well in a village.", HOSTILE)
    html = signed_in.post(address, values | {"action": "preview", "note": HOSTILE, "title": HOSTILE}).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
    assert 'href="javascript:' not in html


@pytest.mark.parametrize(
    "broken",
    [
        {"base": "99999999"}, {"base": "x"}, {"base": "9" * 30}, {"base": ""}, {"key": "'; DROP"}, {"key": ""},
        {"section-0": None}, {"order": "0,1,2,9"}, {"order": "0,0,1"}, {"order": "0,1,2;"}, {"out": "0"},
        {"source": "bm9uc2Vuc2U="}, {"source": "é"}, {"order": "0,n1"},
    ],
)  # fmt: skip
def test_a_form_that_is_not_ours_gets_a_clear_400(signed_in, pattern, broken):
    address, values = written(signed_in, pattern)
    values = {name: value for name, value in (values | broken).items() if value is not None}
    assert signed_in.post(address, values | {"action": "send"}).status_code == 400
    assert not Submission.objects.exists()


def test_somebody_elses_key_is_refused(signed_in, pattern):
    address, values = written(signed_in, pattern, consent="on")
    signed_in.post(address, values | {"action": "send"})
    other = Client()
    other.force_login(make_user())
    assert other.post(address, values | {"action": "send"}).status_code == 403


def test_retired_moved_and_missing_patterns(client, pattern):
    publishing.retire(pattern, actor=None, reason="")
    assert client.get(reverse("suggest_edit", args=[pattern.slug])).status_code == 410
    assert client.get(reverse("suggest_edit", args=["nowhere"])).status_code == 404


def test_too_many_at_once_keep_their_text(signed_in, pattern, settings):
    address, values = written(signed_in, pattern)
    settings.LIMITS = {"EDIT": "0"}
    response = signed_in.post(address, values | {"action": "preview"})
    assert response.status_code == 429
    assert "valley" in response.content.decode()


def test_the_page_costs_the_same_for_one_section_and_for_many(signed_in, django_assert_num_queries):
    few = make_pattern("Few", "## One\n\nText.\n")
    many = make_pattern("Many", "".join(f"## Part {n}\n\nText.\n" for n in range(30)))
    signed_in.get(reverse("suggest_edit", args=[few.slug]))  # the names of domains are remembered from here on
    for pattern in (few, many):
        with django_assert_num_queries(5):
            signed_in.get(reverse("suggest_edit", args=[pattern.slug]))


def test_a_section_is_taken_out_by_its_button_and_can_be_put_back(signed_in, pattern):
    address = reverse("suggest_edit", args=[pattern.slug])
    values = change(fields(signed_in.get(address)), "rules", "agreements")
    without = signed_in.post(address, values | {"action": "out-2"})
    assert [part.text for part in without.context["out"]] == ["Write the agreements down."]
    looked = signed_in.post(address, fields(without) | {"action": "preview", "consent": "on"})
    assert "is gone or has another name" in looked.content.decode()
    again = signed_in.post(address, fields(looked) | {"action": "back-2"})
    assert [row.part.id for row in again.context["sections"]] == ["0", "1", "2"]
    signed_in.post(address, fields(looked) | {"action": "send"})
    assert [part.name for part in parts_of(parse(Submission.objects.get().text))] == ["", "Context"]

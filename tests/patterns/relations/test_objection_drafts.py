"""Objections are kept as drafts, save themselves, wait for a sign-in and come again, like everything one writes."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patterns import review, submissions
from patterns.enums import Decision, RelationState
from patterns.models import ReviewItem, Submission
from tests.factories.library import make_pattern, make_relation, make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import objection, proposed
from tests.factories.writing import trap

pytestmark = pytest.mark.django_db
NOTE = "It is the other way round:\nthe charter came first."


@pytest.fixture
def relation():
    return make_relation(make_pattern("Solar co-op"), target=make_pattern("Commons charter"))


@pytest.fixture
def page(relation):
    return reverse("object_relation", args=[relation.source.slug, relation.pk])


@pytest.fixture
def author(client):
    author = make_user()
    client.force_login(author)
    return author


def form(answer, **changes):
    """The form as the page shows it, with what its writer changes."""
    initial = answer.context["form"].initial
    return {name: initial[name] for name in ("note", "key", "version")} | changes | trap()


def test_a_draft_is_kept_opened_again_sent_and_withdrawn(client, page, author):
    answer = client.post(page, form(client.get(page), note=NOTE, action="save"), follow=True)
    mine = Submission.objects.get()
    assert (mine.state, mine.note, ReviewItem.objects.count()) == ("draft", NOTE, 0)
    again = f"{page}?submission={mine.pk}"
    assert again in answer.content.decode()
    assert str(mine) in client.get(reverse("submissions")).content.decode()
    opened = client.get(again)
    assert NOTE in opened.content.decode()
    client.post(page, form(opened, note="It is not so.", action="send"))
    mine.refresh_from_db()
    assert (mine.state, mine.note, Submission.objects.count()) == ("submitted", "It is not so.", 1)
    client.post(reverse("submission_withdraw", args=[mine.pk]))
    mine.refresh_from_db()
    assert mine.state == "withdrawn"


def test_it_saves_itself_and_goes_on_from_what_was_saved(client, page, author):
    first = client.get(page)
    said = client.post(page, form(first, note="It is", action="autosave")).json()
    mine = Submission.objects.get()
    assert (said["kept"], said["address"]) == (True, f"{page}?submission={mine.pk}")
    client.post(page, form(first, note=NOTE, action="autosave", **said["values"]))
    mine.refresh_from_db()
    assert (mine.note, Submission.objects.count()) == (NOTE, 1)


def test_the_page_carries_what_saving_by_itself_needs(client, page, relation):
    for address in (page, reverse("suggest_relation", args=[relation.source.slug])):
        html = client.get(address).content.decode()
        assert f'id="edit-form" class="relation-form" method="post" action="{address}"' in html
        assert f'data-keep="{address}"' in html
        for needed in ('id="restore"', 'id="saved"', 'name="version"', "js/editor.js"):
            assert needed in html, needed


def test_too_long_a_reason_is_not_saved_by_itself_and_stays_on_the_page(client, page, author):
    long = "word " * 300
    answer = client.post(page, form(client.get(page), note=long, action="autosave"))
    assert (answer.status_code, json.loads(answer.content)["kept"]) == (422, False)
    answer = client.post(page, form(client.get(page), note=long, action="save"))
    assert (answer.status_code, long.strip() in answer.content.decode()) == (422, True)
    assert not Submission.objects.exists()


def test_two_windows_never_write_over_each_other(client, page, author):
    first = client.get(page)
    client.post(page, form(first, note="From the first.", action="save"))
    mine = Submission.objects.get()
    one, other = (client.get(f"{page}?submission={mine.pk}") for _ in range(2))
    client.post(page, form(one, note="From one.", action="save"))
    answer = client.post(page, form(other, note="From the other.", action="send"), follow=True)
    assert "Both texts are kept" in answer.content.decode()
    assert {(one.note, one.state) for one in Submission.objects.all()} == {
        ("From one.", "draft"), ("From the other.", "draft")
    }  # fmt: skip


def test_a_stranger_writes_first_and_finds_the_words_after_signing_in(client, page):
    answer = client.post(page, form(client.get(page), note=NOTE, action="send"))
    assert reverse("account_login") in answer.url
    client.force_login(make_user())
    answer = client.get(page)
    assert "Your text is still here" in answer.content.decode()
    assert answer.context["form"].initial["note"] == NOTE
    assert client.post(page, form(answer, action="send")).status_code == 302
    assert Submission.objects.get().state == "submitted"


def test_what_a_browser_kept_after_a_lost_session_is_brought_back(client, page, author):
    kept = "note=Half+a+sen&key=key-of-the-form&version="
    answer = client.post(page, {"kept": kept})
    assert (answer.status_code, answer.context["form"].initial["note"]) == (200, "Half a sen")
    assert not Submission.objects.exists()


def test_changes_are_asked_for_made_and_sent_again(client, page, author, relation):
    sent = objection(relation, pattern=relation.source, note="No.", author=author)
    item = ReviewItem.objects.get()
    review.decide(
        item, reviewer=make_reviewer("Grace"), decision=Decision.REQUEST_CHANGES, reason="Who says so?",
        version=item.version,
    )  # fmt: skip
    opened = client.get(f"{page}?submission={sent.pk}")
    assert "Grace asks for changes" in opened.content.decode()
    assert "Who says so?" in opened.content.decode()
    client.post(page, form(opened, note=NOTE, action="send"))
    sent.refresh_from_db()
    assert (sent.state, sent.note) == ("resubmitted", NOTE)


def test_a_draft_opens_on_the_form_it_was_written_on_alone(client, page, author, relation):
    suggestion = reverse("suggest_relation", args=[relation.source.slug])
    mine = objection(relation, pattern=relation.source, note=NOTE, author=author, send=False)
    other = proposed(relation.source, relation.target, author=author, send=False)
    assert client.get(f"{suggestion}?submission={mine.pk}").status_code == 404
    assert client.get(f"{page}?submission={other.pk}").status_code == 404
    client.force_login(make_user())
    assert client.get(f"{page}?submission={mine.pk}").status_code == 404


def test_words_about_a_relation_that_went_are_given_back(client, page, author, relation):
    opened = client.get(page)
    mine = objection(relation, pattern=relation.source, note="Kept.", author=author, send=False)
    relation.state = RelationState.REJECTED
    relation.save()
    answer = client.post(page, form(opened, note=NOTE, action="send"))
    assert (answer.status_code, NOTE in answer.content.decode()) == (410, True)
    assert page not in client.get(reverse("submission", args=[mine.pk])).content.decode()


def test_limits_stand_in_the_table(client, page, author, settings):
    settings.LIMITS = {"SEND": "0"}
    answer = client.post(page, form(client.get(page), note=NOTE, action="send"))
    assert (answer.status_code, NOTE in answer.content.decode()) == (429, True)
    assert client.post(page, form(client.get(page), note=NOTE, action="save")).status_code == 302
    assert Submission.objects.get().state == submissions.State.DRAFT


def test_opening_the_form_costs_the_same_however_often_it_was_written_on(client, page, author, relation):
    def cost(address):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    mine = objection(relation, pattern=relation.source, note=NOTE, author=author, send=False)
    cost(page)
    alone = cost(page)
    assert cost(f"{page}?submission={mine.pk}") == alone + 1

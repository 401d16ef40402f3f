"""Writing what is new: an outline, drafts that save themselves, two windows, an ended session, a forged form."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from patterns.enums import SubmissionKind, SubmissionState
from patterns.format import parse
from patterns.models import Pattern, ReviewItem, Submission
from patterns.review import decide
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.writing import fields

pytestmark = pytest.mark.django_db
ADDRESS = "/contribute/pattern/"


@pytest.fixture
def author():
    return make_user("Ada", email="ada@example.org")


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def filled(client, **more):
    """The form of a new pattern with a title, a summary and one section."""
    values = fields(client.get(ADDRESS))
    first = next(name for name in values if name.startswith("section-") and name != "section-n0")
    return (
        values | {"title": "Shared Well", "summary": "Share it.", first: "In a dry village.\r\n\r\nTwo wells."} | more
    )


def autosaved(client, values):
    response = client.post(ADDRESS, values | {"action": "autosave"})
    return response.status_code, json.loads(response.content)


def sent(client, values):
    looked = client.post(ADDRESS, values | {"action": "preview", "consent": "on"})
    return client.post(ADDRESS, fields(looked) | {"action": "send", "consent": "on"})


def test_the_outline_has_the_sections_of_the_library_with_hints(client):
    response = client.get(ADDRESS)
    assert [row.part.name for row in response.context["sections"]][:4] == ["", "Context", "Problem", "Solution"]
    assert "What pulls in two directions at once?" in response.content.decode()


def test_from_outline_to_published(signed_in, author):
    assert sent(signed_in, filled(signed_in)).status_code == 302
    submission = Submission.objects.get()
    assert (submission.kind, submission.state, submission.title) == ("new_pattern", "submitted", "Shared Well")
    reviewer = make_reviewer()
    reader = Client()
    reader.force_login(reviewer)
    item = ReviewItem.objects.get()
    shown = reader.get(item.get_absolute_url()).content.decode()
    assert "In a dry village." in shown
    assert "The section “Problem” is empty." in shown
    decide(item, reviewer=reviewer, decision="accept", version=item.version)
    pattern = Pattern.objects.get(title="Shared Well")
    assert (pattern.current.author, pattern.tier, pattern.slug) == (author, "silver", "shared-well")
    assert parse(pattern.current.source).uid.startswith("pat_")
    page = signed_in.get(submission.get_absolute_url()).content.decode()
    assert pattern.get_absolute_url() in page


def test_a_draft_saves_itself_and_is_one(signed_in):
    values = filled(signed_in)
    status, first = autosaved(signed_in, values)
    assert (status, first["kept"], "{time}" in first["said"]) == (200, True, True)
    again = values | {"version": str(first["values"]["version"]), "title": "Shared Wells"}
    _, second = autosaved(signed_in, again)
    draft = Submission.objects.get()
    assert (draft.title, draft.state, draft.version) == ("Shared Wells", "draft", second["values"]["version"])
    opened = signed_in.get(first["address"])
    assert opened.context["form"].initial["version"] == draft.version
    assert "In a dry village." in opened.content.decode()


def test_an_untitled_draft_is_kept(signed_in):
    autosaved(signed_in, filled(signed_in, title=""))
    assert Submission.objects.get().title == "Untitled pattern"
    assert "Untitled pattern" in signed_in.get(reverse("contribute")).content.decode()


def test_two_windows_on_one_draft_keep_both_texts(signed_in):
    _, first = autosaved(signed_in, filled(signed_in))
    one, other = (fields(signed_in.get(first["address"])) for _ in range(2))
    autosaved(signed_in, one | {"summary": "Of the first window."})
    status, said = autosaved(signed_in, other | {"summary": "Of the second window."})
    assert status == 200
    assert "Another window changed this draft" in said["said"]
    texts = {parse(text).front["summary"] for text in Submission.objects.values_list("text", flat=True)}
    assert texts == {"Of the first window.", "Of the second window."}
    beside = Submission.objects.get(key=said["values"]["key"])
    assert beside.came_from.key == first["values"]["key"]
    autosaved(signed_in, other | {"summary": "Second again."} | {k: str(v) for k, v in said["values"].items()})
    assert Submission.objects.count() == 2


def test_the_second_window_is_not_sent_in_the_place_of_the_first(signed_in):
    _, first = autosaved(signed_in, filled(signed_in))
    other = fields(signed_in.get(first["address"]))
    autosaved(signed_in, fields(signed_in.get(first["address"])) | {"summary": "Of the first window."})
    response = sent(signed_in, other | {"summary": "Of the second window."})
    page = signed_in.get(response.url).content.decode()
    assert "Both texts are kept" in page
    assert not ReviewItem.objects.exists()
    assert Submission.objects.count() == 2


def test_words_typed_after_sending_in_another_window_are_kept_beside(signed_in):
    _, first = autosaved(signed_in, filled(signed_in))
    other = fields(signed_in.get(first["address"]))
    sent(signed_in, fields(signed_in.get(first["address"])))
    _, said = autosaved(signed_in, other | {"summary": "Too late."})
    assert "Another window" in said["said"]
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["draft", "submitted"]


def test_a_form_sent_twice_is_one_submission(signed_in):
    looked = signed_in.post(ADDRESS, filled(signed_in) | {"action": "preview", "consent": "on"})
    values = fields(looked) | {"action": "send", "consent": "on"}
    assert signed_in.post(ADDRESS, values).url == signed_in.post(ADDRESS, values).url
    assert (Submission.objects.count(), ReviewItem.objects.count()) == (1, 1)


def test_a_stranger_is_saved_in_the_browser_only(client):
    status, said = autosaved(client, filled(client))
    assert (status, said["kept"]) == (200, False)
    assert "Sign in" in said["said"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("action", ["send", "save"])
def test_words_of_an_ended_session_survive_the_sign_in(client, author, action):
    client.force_login(author)
    values = filled(client)
    client.logout()
    looked = client.post(ADDRESS, values | {"action": "preview", "consent": "on"})
    response = client.post(ADDRESS, fields(looked) | {"action": action, "consent": "on"})
    assert reverse("account_login") in response.url
    client.force_login(author)
    page = client.get(ADDRESS)
    assert "Your text is still here" in page.content.decode()
    assert "In a dry village." in page.content.decode()
    assert client.post(ADDRESS, fields(page) | {"action": "send", "consent": "on"}).status_code == 302
    assert Submission.objects.get().state == SubmissionState.SUBMITTED


def test_a_text_too_long_for_a_session_stays_on_the_page(client, monkeypatch):
    from patterns.views import drafts

    looked = client.post(ADDRESS, filled(client) | {"action": "preview", "consent": "on"})
    monkeypatch.setattr(drafts, "LONGEST_KEPT", 100)
    response = client.post(ADDRESS, fields(looked) | {"action": "send", "consent": "on"})
    assert response.status_code == 413
    assert "In a dry village." in response.content.decode()


def test_what_a_browser_kept_is_brought_back(signed_in):
    kept = urlencode(filled(signed_in) | {"action": "send", "consent": "on"})
    response = signed_in.post(ADDRESS, {"kept": kept})
    assert (response.status_code, Submission.objects.count()) == (200, 0)
    assert "In a dry village." in response.content.decode()


def test_sections_are_added_renamed_moved_without_javascript(signed_in):
    values = filled(signed_in, new_name="Costs")
    added = signed_in.post(ADDRESS, values | {"action": "add"})
    moved = signed_in.post(ADDRESS, fields(added) | {"section-n1": "Two days a year.", "action": "up-n1"})
    values = fields(moved) | {"heading-n1": "What it costs", "action": "preview"}
    names = [section.name for section in parse(signed_in.post(ADDRESS, values).context["proposal"].text).sections]
    assert names[-2:] == ["What it costs", "Sources"]


def test_the_live_preview_is_clean_and_keeps_nothing(client):
    hostile = "<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>"
    values = filled(client, title=hostile) | {"section-n0": hostile, "action": "live"}
    response = client.post(ADDRESS, values)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "In a dry village." in html
    assert "<html" not in html


def test_what_a_form_forges_is_ignored(signed_in, author):
    other = make_user("Eve")
    forged = {"kind": "edit", "state": "accepted", "author": str(other.pk), "pattern": "1", "version": "x"}
    sent(signed_in, filled(signed_in) | forged)
    submission = Submission.objects.get()
    assert (submission.kind, submission.state, submission.author) == (
        SubmissionKind.NEW_PATTERN, SubmissionState.SUBMITTED, author
    )  # fmt: skip


def test_a_key_of_another_kind_or_person_is_refused(signed_in):
    values = filled(signed_in)
    autosaved(signed_in, values)
    lighthouse = fields(signed_in.get("/contribute/lighthouse/")) | {"key": values["key"], "title": "Town"}
    assert signed_in.post("/contribute/lighthouse/", lighthouse | {"action": "save"}).status_code == 403
    stranger = Client()
    stranger.force_login(make_user())
    assert autosaved(stranger, values)[0] == 403
    assert Submission.objects.count() == 1


def test_what_was_asked_stands_beside_the_editor_and_reviewers_read_what_was_sent(signed_in):
    sent(signed_in, filled(signed_in))
    submission, item, reviewer = Submission.objects.get(), ReviewItem.objects.get(), make_reviewer("Rita")
    decide(item, reviewer=reviewer, decision="request_changes", reason="Who digs it?", version=item.version)
    page = signed_in.get(f"{ADDRESS}?submission={submission.pk}")
    assert "Rita asks for changes" in page.content.decode()
    assert "Who digs it?" in page.content.decode()
    autosaved(signed_in, fields(page) | {"section-n0": "Unfinished thought."})
    reader = Client()
    reader.force_login(reviewer)
    for address in (submission.get_absolute_url(), item.get_absolute_url()):
        assert "Unfinished thought." not in reader.get(address).content.decode()
    mine = signed_in.get(submission.get_absolute_url()).content.decode()
    assert "What you changed since you sent it" in mine
    opened = signed_in.get(f"{ADDRESS}?submission={submission.pk}")
    sent(signed_in, fields(opened))
    submission.refresh_from_db()
    assert submission.state == SubmissionState.RESUBMITTED
    page = reader.get(submission.get_absolute_url()).content.decode()
    assert "What changed since" in page
    assert "Unfinished thought." in page


def test_nobody_else_reads_a_draft(signed_in):
    _, first = autosaved(signed_in, filled(signed_in))
    draft = Submission.objects.get()
    for user in (make_user(), make_reviewer()):
        other = Client()
        other.force_login(user)
        assert other.get(draft.get_absolute_url()).status_code == 404
        assert other.get(first["address"]).status_code == 404


def test_the_page_costs_the_same_however_much_is_written(signed_in, django_assert_num_queries):
    _, first = autosaved(signed_in, filled(signed_in))
    values = fields(signed_in.get(first["address"]))
    many = values | {f"section-n{n}": "More words." for n in range(1, 30)}
    many |= {f"heading-n{n}": f"Part {n}" for n in range(1, 30)}
    many["order"] += "".join(f",n{n}" for n in range(1, 30))
    for form in (values, many):
        _, saved = autosaved(signed_in, form | {"version": str(Submission.objects.get().version)})
        with django_assert_num_queries(3):  # the account, the draft, the state of the library
            signed_in.get(saved["address"])


def test_contribute_shows_my_drafts_first(signed_in, django_assert_num_queries):
    for count in (1, 3):
        while Submission.objects.count() < count:
            autosaved(signed_in, filled(signed_in))
        with django_assert_num_queries(2):
            page = signed_in.get(reverse("contribute")).content.decode()
        assert page.count("Draft, not sent yet") == count


def test_contribute_costs_a_stranger_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("contribute")).status_code == 200


def test_relations_that_were_typed_and_ticked_are_in_the_file_and_no_others(signed_in):
    make_pattern("Shared Well"), make_pattern("Assembly")
    form = filled(signed_in)
    form["relations"] = ["requires: shared-well", "enables: assembly"]
    signed_in.post(ADDRESS, form | {"action": "save"})
    said = parse(Submission.objects.get().text).front["relationships"]
    assert said == {"requires": ["shared-well"], "enables": ["assembly"]}


def test_a_draft_that_is_saved_again_names_each_relation_once(signed_in):
    form = filled(signed_in) | {"relations": "requires: shared-well", "action": "save"}
    signed_in.post(ADDRESS, form)
    page = signed_in.get(f"{ADDRESS}?submission={Submission.objects.get().pk}")
    signed_in.post(ADDRESS, fields(page) | {"relations": "requires: Shared-Well", "action": "save"})
    assert parse(Submission.objects.get().text).front["relationships"] == {"requires": ["shared-well"]}

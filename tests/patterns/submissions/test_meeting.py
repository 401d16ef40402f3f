"""Where work meets: others' open edits, passages one comes from, patterns that move, new ones that were there."""

import pytest
from django.test import Client
from django.urls import reverse

from patterns import publishing, submissions
from patterns.enums import SubmissionKind, SubmissionState
from patterns.format import parse
from patterns.models import ReviewItem, Submission
from patterns.submissions import NotYours, WrongState, save_draft, submit, turn_into_edit
from tests.factories.library import make_pattern, make_user
from tests.factories.writing import change, fields

pytestmark = pytest.mark.django_db
BODY = "Opening.\n\n## Context\n\nA well in a village.\n\n## Solution\n\nWrite the rules down.\n"


@pytest.fixture
def pattern():
    return make_pattern("Well", BODY, revision={"front": {"id": "pat_w", "title": "Well", "summary": "Short."}})


def edit_of(pattern, author, before, after, *, sent=True):
    text = pattern.current.source.replace(before, after)
    made = save_draft(
        author=author, kind=SubmissionKind.EDIT, title=pattern.title, text=text, pattern=pattern,
        based_on=pattern.current, consent=True,
    )  # fmt: skip
    return submit(made, actor=author) if sent else made


def page_of(client, pattern, query=""):
    return client.get(reverse("suggest_edit", args=[pattern.slug]) + query)


def test_a_sent_edit_of_another_is_named_and_not_shown(client, pattern):
    edit_of(pattern, make_user("Ada"), "rules", "secret words")
    page = page_of(client, pattern).content.decode()
    assert "Ada also has an open edit, of:" in page
    assert "<bdi>Solution</bdi>" in page
    assert "<bdi>Context</bdi>" not in page
    assert "secret words" not in page


def test_an_unsent_edit_is_nobodys_business(client, pattern):
    edit_of(pattern, make_user("Ada"), "rules", "laws", sent=False)
    assert "Ada" not in page_of(client, pattern).content.decode()


def test_my_own_edit_is_not_told_to_me_and_a_field_is_named(client, pattern):
    author = make_user("Ada")
    edit_of(pattern, author, "summary: Short.", "summary: Longer.")
    assert "<bdi>Summary</bdi>" in page_of(client, pattern).content.decode()
    client.force_login(author)
    assert "also has an open edit" not in page_of(client, pattern).content.decode()


def test_others_cost_one_query_however_many(client, pattern, django_assert_num_queries):
    page_of(client, pattern)
    for count in (1, 3):
        while Submission.objects.count() < count:
            edit_of(pattern, make_user(), "rules", f"laws {count}")
        with django_assert_num_queries(4):
            assert page_of(client, pattern).content.decode().count("also has an open edit") == count


def test_the_same_summary_changed_twice_is_a_conflict_that_keeps_mine(client, pattern):
    client.force_login(make_user())
    values = fields(page_of(client, pattern)) | {"summary": "Mine."}
    publishing.publish(pattern, source=pattern.current.source.replace("Short.", "Theirs."), author=make_user())
    response = client.post(reverse("suggest_edit", args=[pattern.slug]), values | {"action": "preview"})
    assert [(where, one.theirs) for where, one in response.context["conflicts"]] == [("the field “Summary”", "Theirs.")]
    assert response.context["form"].initial["summary"] == "Mine."


def test_a_kept_draft_stays_on_its_revision_and_shows_the_conflict_when_it_is_opened(client, pattern):
    client.force_login(make_user())
    address = reverse("suggest_edit", args=[pattern.slug])
    values = change(fields(client.get(address)), "village", "valley")
    publishing.publish(pattern, source=pattern.current.source.replace("village", "town"), author=make_user())
    client.post(address, values | {"action": "save"})
    draft = Submission.objects.get()
    assert (draft.based_on.number, "valley" in draft.text) == (1, True)
    page = client.get(f"{address}?submission={draft.pk}").content.decode()
    assert "The pattern changed while you were writing" in page
    assert "A well in a town." in page
    assert "A well in a valley." in page


def test_a_passage_opens_its_section_and_is_quoted(client, pattern):
    body = pattern.current.body
    start = body.index("Write the rules")
    query = f"?revision=1&start={start}&end={start + len('Write the rules down.')}"
    page = page_of(client, pattern, query)
    assert (page.context["quote"].text, page.context["quote"].still) == ("Write the rules down.", True)
    assert [row.part.name for row in page.context["sections"] if row.focus] == ["Solution"]
    assert " autofocus>" in page.content.decode()
    publishing.publish(pattern, source=pattern.current.source.replace("Write the", "Tell the"), author=make_user())
    changed = page_of(client, pattern, query)
    assert "the text has changed since" in changed.content.decode()
    assert "Tell the rules down." in changed.content.decode()


@pytest.mark.parametrize(
    "query", ["?revision=9&start=0&end=5", "?revision=1&start=9&end=2", "?revision=x&start=0&end=9"]
)
def test_a_passage_that_cannot_be_opens_the_editor_all_the_same(client, pattern, query):
    page = page_of(client, pattern, query)
    assert (page.status_code, page.context["quote"]) == (200, None)


def test_pages_of_passages_and_sections_lead_to_the_editor(client, pattern):
    page = client.get(f"/patterns/{pattern.slug}/r/1/?start=0&end=8").content.decode()
    assert "/patterns/well/edit/?revision=1&amp;start=0&amp;end=8" in page
    assert 'href="/patterns/well/edit/?section=context"' in client.get(pattern.get_absolute_url()).content.decode()


def test_words_for_a_pattern_that_moved_or_was_taken_out_are_not_lost(client, pattern):
    client.force_login(make_user())
    address = reverse("suggest_edit", args=[pattern.slug])
    values = change(fields(client.get(address)), "village", "valley")
    source = pattern.current.source.replace("title: Well", "title: Well\nslug: new-well")
    publishing.publish(pattern, source=source, author=make_user())
    assert client.get(address).status_code == 301
    response = client.post(address, values | {"action": "preview"})
    assert (response.status_code, "valley" in response.content.decode()) == (200, True)
    publishing.retire(pattern, actor=None, reason="")
    response = client.post(reverse("suggest_edit", args=["new-well"]), fields(response) | {"action": "send"})
    assert (response.status_code, "A well in a valley." in response.content.decode()) == (410, True)


@pytest.fixture
def new(pattern):
    author = make_user("Ada")
    text = "---\ntitle: My well\nsources: [Report]\n---\n## Solution\n\nMine.\n\n## Limits\n\nDry years.\n"
    made = save_draft(author=author, kind=SubmissionKind.NEW_PATTERN, title="My well", text=text, consent=True)
    return submit(made, actor=author)


def test_a_new_pattern_becomes_an_edit_of_the_one_that_is_there(pattern, new):
    edit = turn_into_edit(new, pattern, actor=new.author)
    assert (edit.kind, edit.state, edit.pattern, edit.came_from) == ("edit", "draft", pattern, new)
    document = parse(edit.text)
    assert (document.title, document.uid) == ("Well", "pat_w")
    assert "Write the rules down.\n\nMine." in edit.text
    assert "## Limits\n\nDry years." in edit.text
    assert (new.state, ReviewItem.objects.get().open) == (SubmissionState.WITHDRAWN, False)
    assert new.events.last().reason == "It became an edit of “Well”."
    assert turn_into_edit(new, pattern, actor=new.author) == edit
    client = Client()
    client.force_login(new.author)
    assert edit.get_absolute_url() in client.get(new.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in client.get(edit.get_absolute_url()).content.decode()


def test_only_its_author_turns_it_and_only_what_is_open(pattern, new):
    with pytest.raises(NotYours):
        turn_into_edit(new, pattern, actor=make_user())
    submissions.withdraw(new, actor=new.author)
    with pytest.raises(WrongState):
        turn_into_edit(new, pattern, actor=new.author)
    assert Submission.objects.count() == 1


def test_my_work_puts_first_what_waits_for_me_and_narrows(client, pattern, django_assert_num_queries):
    author = make_user("Ada")
    client.force_login(author)
    edit_of(pattern, author, "rules", "laws")
    edit_of(pattern, author, "village", "valley", sent=False)
    sent, address = edit_of(pattern, author, "Opening", "First"), reverse("submissions")
    with django_assert_num_queries(4):
        page = client.get(address)
    assert [one.state for one in page.context["page"]] == ["draft", "submitted", "submitted"]
    assert [(one.name, one.count) for one in page.context["shelves"]] == [("yours", 1), ("sent", 2)]
    submissions.withdraw(sent, actor=author)
    assert [one.state for one in client.get(f"{address}?shelf=withdrawn").context["page"]] == ["withdrawn"]
    assert client.get(f"{address}?shelf=nonsense").context["page"].paginator.count == 3

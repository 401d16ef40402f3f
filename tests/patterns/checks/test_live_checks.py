"""What somebody reads while writing: the panel, JSON for programs, limits, and turning a proposal into an edit."""

import json

import pytest
from django.urls import reverse

from patterns import checks, submissions
from patterns.checks import Finding, Offer, Weight, keeping, panel, typed
from patterns.enums import SubmissionKind, SubmissionState
from patterns.format import parse
from patterns.models import ReviewItem, Submission
from patterns.naming import nearest
from patterns.relating.lines import in_front, read_lines
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer

pytestmark = pytest.mark.django_db
LIVE = "/contribute/checks/"
NEW = {
    "kind": "new_pattern",
    "title": "Shared well",
    "summary": "A village keeps a well together.",
    "section-problem": "Everybody draws water and nobody mends the well.",
    "section-solution": "People agree on rules and write them on the wall. Write to ada@gmail.com.",
}


def asked(client, form, **headers):
    return client.post(LIVE, form, headers={"accept": "application/json"} | headers)


def messages(response):
    return [one["message"] for one in response.json()["findings"]]


def test_a_visitor_without_an_account_reads_what_a_form_says(client):
    answer = asked(client, NEW)
    found = answer.json()
    assert found["sendable"] is True
    personal = next(one for one in found["findings"] if one["rule"] == "personal")
    assert (personal["field"], personal["section"]) == ("text", "Solution")
    assert "ada@gmail.com" in personal["excerpt"]
    assert personal["why"]
    assert personal["advice"]
    assert not Submission.objects.exists()


def test_the_panel_leads_to_the_section_and_says_what_is_needed_first(client):
    page = client.post(LIVE, NEW | {"title": ""}).content.decode()
    assert page.index("Needed before it can be sent") < page.index("A reviewer will ask")
    assert 'href="#section-solution"' in page
    assert 'href="#id_title"' in page


def test_a_panel_that_would_say_the_same_is_left_as_it_is(client):
    first = client.post(LIVE, NEW).content.decode()
    seen = first.partition('name="findings_seen" value="')[2].partition('"')[0]
    assert client.post(LIVE, NEW | {"findings_seen": seen}).status_code == 204
    assert client.post(LIVE, NEW | {"findings_seen": seen, "title": ""}).status_code == 200


def test_an_edit_is_checked_against_its_revision(client):
    pattern = make_pattern("Well", "## Context\n\nOld words, mail old@gmail.com.\n")
    form = {"base": pattern.current.pk, "title": "Well", "summary": "S.", "section-0": "New words."}
    assert messages(asked(client, form)) == []
    same = {"base": pattern.current.pk, "title": "Well", "section-0": "Old words, mail old@gmail.com."}
    assert any("Nothing is changed" in one for one in messages(asked(client, same)))
    more = form | {"section-0": "Old words, mail old@gmail.com. Also new@gmail.com."}
    excerpts = [one.get("excerpt", "") for one in asked(client, more).json()["findings"]]
    assert any("new@gmail.com" in one for one in excerpts)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "none"}, 422),
        ({"base": "x" * 30, "title": "T"}, 200),
        ({"pattern": "no\0where", "title": "T"}, 200),
        ({"text": "---\n{{{\n---\n", "kind": "edit"}, 200),
        ({"title": "\u202e" * 20, "section-a": "<script>alert(1)</script>"}, 200),
        ({"title": "T", "relations": "requires: nowhere\n:::\nx"}, 200),
        ({"title": "x\x00y"}, 422),
    ],
)
def test_odd_forms_get_words_and_no_error(client, form, status):
    assert asked(client, form).status_code == status
    page = client.post(LIVE, form)
    assert "<script>alert" not in page.content.decode()


def test_a_form_that_does_not_fit_its_pattern_is_told_so(client):
    pattern = make_pattern("Well", "## A\n\nx\n\n## B\n\ny\n")
    form = {"base": pattern.current.pk, "title": "Well", "section-7": "## A"}
    assert asked(client, form).status_code == 422


def test_too_much_text_and_too_many_questions_lose_nothing(client, monkeypatch):
    big = asked(client, NEW | {"section-solution": "word " * 50_000})
    assert (big.status_code, "longer" in big.json()["error"]) == (413, True)
    monkeypatch.setattr("patterns.views.checks.allow", lambda *_, **__: False)
    late = asked(client, NEW)
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    panel_said = client.post(LIVE, NEW, headers={"hx-request": "true"})
    assert (panel_said.status_code, b"nothing is lost" in panel_said.content) == (200, True)


def test_only_by_post_and_never_cached(client):
    assert client.get(LIVE).status_code == 405
    assert client.post(LIVE, NEW)["Cache-Control"] == "private, no-store"


def test_names_that_were_meant_are_offered(client):
    make_pattern("Steward ownership")
    make_pattern("Commons charter")
    form = NEW | {"relations": "requires: stewrad-ownership"}
    found = next(one for one in asked(client, form).json()["findings"] if one["rule"] == "relations")
    assert [one["slug"] for one in found["offers"]] == ["steward-ownership"]


def test_checks_cost_the_same_queries_at_one_relation_and_at_three(client, django_assert_num_queries):
    for name in ("A well", "B well", "C well"):
        make_pattern(name)
    asked(client, NEW | {"relations": "requires: nowhere"})
    costs = []
    for lines in ("requires: nowhere", "requires: nowhere\nenables: a-well\nenables: not-here"):
        with django_assert_num_queries(20, exact=False) as context:
            asked(client, NEW | {"relations": lines})
        costs.append(len(context))
    assert costs[0] == costs[1]


# What stays with a submission -----------------------------------------------------------------------------------


def test_what_was_found_is_kept_with_the_step_that_sent_it(client):
    author = make_user()
    pattern = make_pattern("Well", "## Context\n\nA well.\n")
    text = pattern.current.source.replace("A well.", "A well. Ask ada@gmail.com.")
    mine = submissions.save_draft(
        author=author, kind=SubmissionKind.EDIT, title="Well", text=text, pattern=pattern,
        based_on=pattern.current, consent=True,
    )  # fmt: skip
    submissions.submit(mine, actor=author)
    kept = keeping.kept(mine)
    assert [one.rule for one in kept.findings if one.rule == "personal"] == ["personal"]
    client.force_login(make_reviewer())
    page = client.get(reverse("submission_checks", args=[mine.pk])).content.decode()
    assert page.count("ada@gmail.com") == 2
    client.force_login(make_user())
    assert client.get(reverse("submission_checks", args=[mine.pk])).status_code == 404


def test_findings_survive_being_kept():
    finding = Finding(
        Weight.WARN, "What.", "text", "Context", "quoted", "Why.", "Do.", (Offer("a", "A", "near", turns=True),), "near"
    )
    rows = json.loads(json.dumps(keeping.as_json([finding, Finding(Weight.NOTE, "Bare.")])))
    assert keeping.from_json(rows) == (finding, Finding(Weight.NOTE, "Bare."))
    assert keeping.from_json([{"weight": "of tomorrow", "message": "Said.", "new": 1}]) == (
        Finding(Weight.NOTE, "Said."),
    )


def test_every_check_says_its_name_and_blocks_come_first():
    found = checks.run(Submission(kind="new_pattern", text="---\ntitle: T\n---\n\nx\n"))
    assert found[0].weight is Weight.BLOCK
    assert all(one.rule for one in found)
    weights = [group.weight for group in panel.grouped(found)]
    assert weights == sorted(weights, key=list(Weight).index)


# Turning into an edit -------------------------------------------------------------------------------------------


@pytest.fixture
def proposal():
    text = "---\ntitle: Shared well\nsummary: S.\n---\n\n## Context\n\nMy own words.\n\n## Costs\n\nSome.\n"
    return submissions.save_draft(
        author=make_user("Ada"), kind=SubmissionKind.NEW_PATTERN, title="Shared well", text=text, note="Why."
    )


@pytest.fixture
def well():
    return make_pattern("Village well", "## Context\n\nWhat stood there.\n")


def test_a_proposal_becomes_an_edit_with_all_its_words(proposal, well):
    edit = submissions.turn_into_edit(proposal, well, actor=proposal.author)
    again = submissions.turn_into_edit(proposal, well, actor=proposal.author)
    assert edit == again
    assert (edit.kind, edit.state, edit.pattern, edit.based_on) == ("edit", "draft", well, well.current)
    document = parse(edit.text)
    assert document.title == "Village well"
    assert [section.name for section in document.sections] == ["Context", "Costs"]
    assert (
        document.body.index("What stood there.") < document.body.index("My own words.") < document.body.index("Some.")
    )
    proposal.refresh_from_db()
    assert proposal.state == SubmissionState.WITHDRAWN
    assert edit.came_from == proposal
    assert "Village well" in proposal.events.last().reason


def test_what_was_sent_leaves_the_queue_when_it_is_turned(proposal, well):
    proposal.consent = True
    proposal.save()
    submissions.submit(proposal, actor=proposal.author)
    submissions.turn_into_edit(proposal, well, actor=proposal.author)
    assert not ReviewItem.objects.filter(kind="new_pattern", open=True).exists()


def test_only_its_author_turns_it_and_only_while_it_is_open(proposal, well):
    with pytest.raises(submissions.NotYours):
        submissions.turn_into_edit(proposal, well, actor=make_reviewer())
    submissions.withdraw(proposal, actor=proposal.author)
    with pytest.raises(submissions.WrongState):
        submissions.turn_into_edit(proposal, well, actor=proposal.author)


def test_the_button_keeps_what_stands_in_the_form_and_leads_to_the_edit(client, proposal, well):
    client.force_login(proposal.author)
    address = reverse("submission_turn", args=[proposal.pk])
    form = {"turn_into": well.slug, "title": "Shared well", "section-0": "## Context\n\nNewest words."}
    answer = client.post(address, form)
    edit = Submission.objects.get(kind="edit")
    assert answer.url == f"{reverse('suggest_edit', args=[well.slug])}?submission={edit.pk}"
    assert "Newest words." in edit.text
    assert "Newest words." in client.get(answer.url).content.decode()


def test_turning_is_refused_in_words(client, proposal, well):
    address = reverse("submission_turn", args=[proposal.pk])
    assert client.post(address, {"turn_into": well.slug}).status_code == 302
    assert not Submission.objects.filter(kind="edit").exists()
    client.force_login(make_reviewer())
    assert client.post(address, {"turn_into": well.slug}).status_code == 404
    client.force_login(proposal.author)
    assert client.get(address).status_code == 405
    client.post(address, {"turn_into": "nowhere"})
    proposal.refresh_from_db()
    assert proposal.state == SubmissionState.DRAFT


# Relations as lines ---------------------------------------------------------------------------------------------


def test_lines_and_ticked_boxes_are_one_field():
    lines = read_lines(["requires: a charter\r\nA well\n\n", "enables: y", "enables: y", "specializes: z"])
    assert lines == (
        ("requires", "a charter"), ("related", "A well"), ("enables", "y"), ("generalizes_from", "z"),
    )  # fmt: skip
    front = in_front(lines[:2], before={"requires": [{"slug": "A Charter"}, "b"], "tools": []})
    assert front == {"requires": [{"slug": "A Charter"}, "b"], "related": ["A well"]}


def test_sections_named_by_words_are_headed_by_them():
    body = typed.body_of({"section-when-not-to-use": "Never.", "section-1": "## X\n\ny", "section-empty": " "})
    assert body == "## When not to use\n\nNever.\n\n## X\n\ny\n"


def test_nobody_near_is_no_offer():
    assert nearest.nearest_each(["zzzz qqqq"], kind="pattern") == [()]

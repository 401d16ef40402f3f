"""Relations that people suggest and object to: checked, reviewed by another person, credited."""

import pytest
from django.urls import reverse

from patterns import checks, review, submissions
from patterns.enums import Decision, Provenance, RelationState, SubmissionState
from patterns.models import Relation, ReviewItem, Submission
from patterns.relating.proposal import Proposal, sentence
from patterns.review.errors import NotNow, OwnWork
from tests.factories.library import make_pattern, make_relation, make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import objection, proposed, suggested
from tests.factories.writing import trap

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make_pattern("Solar co-op"), make_pattern("Commons charter")


def judge(submission, decision=Decision.ACCEPT, *, reviewer=None, reason=""):
    item = ReviewItem.objects.get(kind="relation", object_id=submission.pk, open=True)
    return review.decide(
        item, reviewer=reviewer or make_reviewer(), decision=decision, reason=reason, version=item.version
    )


def remarks(submission):
    return [(one.weight, one.message) for one in checks.run(submission)]


def test_an_accepted_suggestion_is_an_approved_relation_with_its_authors_name(pair):
    author, reviewer = make_user("Ada"), make_reviewer("Grace")
    submission = proposed(*pair, author=author, kind="requires", weight="strong")
    judge(submission, reviewer=reviewer)
    relation = Relation.objects.get()
    assert (relation.source, relation.kind, relation.target) == (pair[0], "requires", pair[1])
    assert (relation.state, relation.provenance, relation.weight) == (
        RelationState.APPROVED, Provenance.REVIEWED, 0.9
    )  # fmt: skip
    assert (relation.suggested_by, relation.decided_by) == (author, reviewer)
    assert "three towns" in relation.evidence
    assert "Minutes of 2024" in relation.evidence


def test_a_decline_leaves_its_reason_and_no_relation(pair):
    submission = proposed(*pair)
    judge(submission, Decision.DECLINE, reason="The minutes say nothing of it.")
    submission.refresh_from_db()
    assert submission.state == SubmissionState.DECLINED
    assert submission.events.last().reason == "The minutes say nothing of it."
    assert not Relation.objects.exists()


def test_changes_are_asked_for_and_the_same_submission_comes_again(pair):
    author = make_user()
    submission = proposed(*pair, author=author)
    judge(submission, Decision.REQUEST_CHANGES, reason="Which towns?")
    Submission.objects.filter(pk=submission.pk).update(payload=submission.payload | {"evidence": "Seen in Ghent."})
    submission.refresh_from_db()
    submissions.submit(submission, actor=author)
    judge(submission)
    assert "Ghent" in Relation.objects.get().evidence


def test_nobody_decides_on_their_own_suggestion(pair):
    author = make_reviewer()
    submission = proposed(*pair, author=author)
    with pytest.raises(OwnWork):
        judge(submission, reviewer=author)


def test_of_two_alike_the_second_meets_the_first(pair):
    first, second = proposed(*pair), proposed(*pair)
    judge(first)
    with pytest.raises(NotNow, match="says this already"):
        judge(second)
    assert Relation.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": ""}, "how the two are joined"),
        ({"kind": "owns"}, "how the two are joined"),
        ({"evidence": ""}, "Give the evidence"),
        ({"citation": " "}, "where the evidence can be found"),
        ({"target": 10**9}, "names none that is published"),
        ({"target": "1; drop"}, "names none that is published"),
    ],
)
def test_what_cannot_be_sent_says_why(pair, change, said):
    submission = proposed(*pair, send=False, **change)
    assert any(weight == checks.Weight.BLOCK and said in message for weight, message in remarks(submission))
    with pytest.raises(submissions.NotReady):
        submissions.submit(submission, actor=submission.author)


def test_a_pattern_is_not_joined_to_itself(pair):
    assert "joined to itself" in remarks(proposed(pair[0], pair[0], send=False))[0][1]


@pytest.mark.parametrize(
    ("stands", "proposed_kind", "weight", "said"),
    [
        (("enables", False, "approved"), "enables", "block", "says this already"),
        (("related", True, "approved"), "related", "block", "says this already"),
        (("enables", False, "suggested"), "enables", "note", "nobody has reviewed it"),
        (("enables", False, "rejected"), "enables", "warn", "rejected this before"),
        (("requires", True, "approved"), "requires", "warn", "can never begin"),
        (("tensions_with", True, "approved"), "enables", "warn", "contradicts"),
    ],
)
def test_what_stands_between_the_two_already(pair, stands, proposed_kind, weight, said):
    kind, turned, state = stands
    ends = pair[::-1] if turned else pair
    make_relation(ends[0], kind, ends[1], state=state)
    found = [(str(one), message) for one, message in remarks(proposed(*pair, send=False, kind=proposed_kind))]
    assert any(one == weight and said in message for one, message in found)


def test_a_payload_of_anything_proposes_nothing():
    for payload in ({}, {"source": True, "kind": 5, "evidence": ["x"], "sort": "theft", "relation": -1}):
        proposal = Proposal.read(payload)
        assert (proposal.source, proposal.kind, proposal.evidence, proposal.sort) == (0, "", "", "suggestion")


def test_an_accepted_objection_rejects_the_relation(pair):
    relation, reviewer = make_relation(*pair[:1], target=pair[1]), make_reviewer()
    sent = objection(relation, pattern=pair[0], note="It is the other way round.")
    judge(sent, reviewer=reviewer)
    relation.refresh_from_db()
    assert (relation.state, relation.decided_by) == (RelationState.REJECTED, reviewer)
    assert relation.decisions.get().batch.reason == "It is the other way round."


def test_a_declined_objection_leaves_the_relation(pair):
    relation = make_relation(pair[0], target=pair[1])
    sent = objection(relation, pattern=pair[0], note="No.")
    judge(sent, Decision.DECLINE, reason="It is shown in the minutes.")
    relation.refresh_from_db()
    assert relation.state == RelationState.APPROVED


def test_who_suggested_a_relation_does_not_decide_on_an_objection_to_it(pair):
    author = make_reviewer()
    judge(proposed(*pair, author=author))
    sent = objection(Relation.objects.get(), pattern=pair[0], note="No.")
    with pytest.raises(OwnWork):
        judge(sent, reviewer=author)


def test_an_objection_to_what_is_gone_is_not_accepted(pair):
    relation = suggested(*pair)
    sent = objection(relation, pattern=pair[0], note="No.")
    relation.delete()
    with pytest.raises(NotNow, match="is gone"):
        judge(sent)


# Pages ------------------------------------------------------------------------------------------------------------


def form(pair, **changes):
    return {
        "way": "requires:out", "other": pair[1].title, "evidence": "Commons charter came first in Ghent.",
        "citation": "Minutes of 2024", "weight": "clear", "note": "", "consent": "on", "key": "key-of-the-form",
        "action": "preview", "previewed": "",
    } | changes  # fmt: skip


def address(pattern):
    return reverse("suggest_relation", args=[pattern.slug])


def looked_at(client, pair, **changes):
    answer = client.post(address(pair[0]), form(pair, **changes))
    return answer.context["draft"].digest


def test_the_form_shows_the_sentence_and_sends_only_what_was_looked_at(client, pair):
    author = make_user()
    client.force_login(author)
    answer = client.post(address(pair[0]), form(pair, action="send"))
    assert sentence("Solar co-op", "requires", "Commons charter") in answer.content.decode()
    assert not Submission.objects.exists()
    digest = looked_at(client, pair)
    answer = client.post(address(pair[0]), form(pair, action="send", previewed=digest), follow=True)
    submission = Submission.objects.get()
    assert (submission.state, submission.author, submission.payload["kind"]) == ("submitted", author, "requires")
    assert b"Solar co-op" in answer.content
    again = client.post(address(pair[0]), form(pair, action="send", previewed=digest))
    assert (again.status_code, Submission.objects.count()) == (302, 1)


def test_the_other_way_round(client, pair):
    client.force_login(make_user())
    client.post(address(pair[0]), form(pair, way="requires:in", action="save", previewed=""))
    proposal = Proposal.of(Submission.objects.get())
    assert (proposal.source, proposal.target) == (pair[1].pk, pair[0].pk)


def test_a_stranger_writes_first_and_signs_in_when_sending(client, pair):
    digest = looked_at(client, pair)
    answer = client.post(address(pair[0]), form(pair, action="send", previewed=digest) | trap())
    assert answer.status_code == 302
    assert "/login/" in answer.url
    client.force_login(make_user())
    answer = client.get(address(pair[0]))
    assert "Your text is still here" in answer.content.decode()
    assert "came first in Ghent" in answer.content.decode()


def test_a_name_that_is_not_clear_offers_those_it_may_mean(client, pair):
    make_pattern("Commons charters")
    answer = client.post(address(pair[0]), form(pair, other="Commons char"))
    assert {one.title for one in answer.context["draft"].nearest} >= {"Commons charter", "Commons charters"}
    chosen = client.post(address(pair[0]), form(pair, other="Commons char", choose="commons-charter"))
    assert chosen.context["draft"].other == pair[1]


def test_a_draft_is_opened_again_by_its_author_alone(client, pair):
    author = make_user()
    mine = proposed(*pair, author=author, send=False, kind="requires")
    client.force_login(author)
    answer = client.get(f"{address(pair[0])}?submission={mine.pk}")
    assert answer.context["form"].initial["way"] == "requires:out"
    assert client.get(reverse("submission", args=[mine.pk])).status_code == 200
    client.force_login(make_user())
    assert client.get(f"{address(pair[0])}?submission={mine.pk}").status_code == 404


def test_hostile_words_are_escaped_wherever_they_are_shown(client, pair):
    evil = "<script>alert(1)</script>"
    submission = proposed(*pair, evidence=evil, citation=evil)
    client.force_login(make_reviewer())
    item = ReviewItem.objects.get()
    for page in (reverse("review_item", args=[item.pk]), reverse("submission", args=[submission.pk])):
        answer = client.get(page).content.decode()
        assert evil not in answer
        assert "&lt;script&gt;" in answer


def test_an_objection_from_the_explorer(client, pair):
    relation = make_relation(pair[0], target=pair[1])
    page = reverse("object_relation", args=[pair[0].slug, relation.pk])
    assert page in client.get(reverse("relations_of", args=[pair[0].slug])).content.decode()
    assert page in client.get(reverse("pattern", args=[pair[0].slug])).content.decode()
    client.force_login(make_user())
    assert client.post(page, {"note": "", "key": "key-of-the-form"}).status_code == 422
    answer = client.post(page, {"note": "It is the other way round.", "key": "key-of-the-form"}, follow=True)
    assert "other way round" in answer.content.decode()
    assert ReviewItem.objects.get().title == "Wrong: Solar co-op enables Commons charter"


def test_a_relation_of_another_pattern_or_a_rejected_one_cannot_be_objected_to(client, pair):
    other = make_relation(make_pattern(), target=make_pattern())
    rejected = make_relation(pair[0], target=pair[1], state=RelationState.REJECTED)
    for relation in (other, rejected):
        assert client.get(reverse("object_relation", args=[pair[0].slug, relation.pk])).status_code == 404


# What a reviewer reads --------------------------------------------------------------------------------------------


def test_a_reviewer_reads_what_was_found_when_it_was_sent(client, pair):
    submission = proposed(*pair)
    client.force_login(make_reviewer())
    address = ReviewItem.objects.get().get_absolute_url()
    before = client.get(address).context["findings"]
    make_relation(pair[0], "enables", pair[1], state=RelationState.REJECTED)
    assert client.get(address).context["findings"] == before
    assert any("rejected this before" in message for _weight, message in remarks(submission))


def test_a_reviewer_does_not_read_what_its_author_has_not_sent_yet(client, pair):
    author, reviewer = make_user(), make_reviewer()
    submission = proposed(*pair, author=author)
    judge(submission, Decision.REQUEST_CHANGES, reason="Which towns?", reviewer=reviewer)
    submission.refresh_from_db()
    payload = submission.payload | {"evidence": "Half a thought."}
    Submission.objects.filter(pk=submission.pk).update(payload=payload, note="Not yet.")
    client.force_login(reviewer)
    for address in (ReviewItem.objects.get().get_absolute_url(), submission.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "three towns" in page
        assert "Half a thought." not in page
        assert "Not yet." not in page
    client.force_login(author)
    assert "Half a thought." in client.get(submission.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_one_costs_the_same_however_many_wait(client, pair, count, django_assert_num_queries):
    for _ in range(count):
        proposed(*pair)
    client.force_login(make_reviewer())
    address = ReviewItem.objects.order_by("pk").first().get_absolute_url()
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)

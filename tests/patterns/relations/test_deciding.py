"""Accepting, rejecting and undoing: nothing decided twice, none lost, nobody's own, and all of it can be taken back."""

import threading

import pytest
from django.db import connection

from clm_site.models import Outbox
from patterns.enums import ChangeKind, Provenance, RelationState, Role
from patterns.format import parse
from patterns.models import AuditEntry, LibraryChange, Relation, RelationBatch, RelationDecision
from patterns.recording import relations
from patterns.relating.choosing import Chosen, decidable, fingerprint
from patterns.relating.deciding import Pick, SetChanged, decide, decide_all
from patterns.relating.undoing import NotYourAct, undo
from patterns.review.errors import AlreadyDecided, NotAReviewer, NotNow, OwnWork, ReasonNeeded
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import many, picks, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_reviewer("Grace")


def states(*relations_):
    return [Relation.objects.get(pk=one.pk).state for one in relations_]


def seen(chosen, reviewer):
    return str(fingerprint(decidable(chosen, reviewer=reviewer)))


def test_an_accepted_relation_is_approved_reviewed_and_told(reviewer):
    relation = suggested()
    before = LibraryChange.objects.count()
    outcome = decide(picks(relation), reviewer=reviewer, act="accept")
    relation.refresh_from_db()
    assert (relation.state, relation.provenance, relation.decided_by) == (
        RelationState.APPROVED, Provenance.REVIEWED, reviewer
    )  # fmt: skip
    told = LibraryChange.objects.order_by("pk")[before:]
    assert {(one.kind, one.pattern_id) for one in told} == {
        (ChangeKind.RELATIONS_CHANGED, relation.source_id), (ChangeKind.RELATIONS_CHANGED, relation.target_id)
    }  # fmt: skip
    assert Outbox.objects.filter(job="bulk.follow_library").exists()
    line = AuditEntry.objects.get()
    assert (line.action, line.target_id, line.details["batch"]) == (
        "accepted relation", str(relation.pk), outcome.batch.pk
    )  # fmt: skip


def test_many_write_one_audit_line_and_one_change_a_pattern(reviewer):
    found = many(4)
    before = LibraryChange.objects.count()
    decide(picks(*found), reviewer=reviewer, act="reject", reason="Noise.")
    assert states(*found) == [RelationState.REJECTED] * 4
    line = AuditEntry.objects.get()
    assert (line.action, line.details["count"], line.details["reason"]) == ("rejected relations", 4, "Noise.")
    assert LibraryChange.objects.count() == before + 5


def test_one_is_rejected_without_a_reason_and_many_are_not(reviewer):
    one, two = many(2)
    with pytest.raises(ReasonNeeded):
        decide(picks(one, two), reviewer=reviewer, act="reject", reason="  ")
    assert states(one, two) == [RelationState.SUGGESTED] * 2
    decide(picks(one), reviewer=reviewer, act="reject")
    assert states(one, two) == [RelationState.REJECTED, RelationState.SUGGESTED]


def test_readers_and_contributors_decide_nothing():
    relation = suggested()
    for person in (make_user(), make_user(roles=[Role.CONTRIBUTOR])):
        with pytest.raises(NotAReviewer):
            decide(picks(relation), reviewer=person, act="accept")
        with pytest.raises(NotAReviewer):
            decide_all(Chosen(), seen="", reviewer=person, act="accept")
    assert states(relation) == [RelationState.SUGGESTED]


def test_the_slower_reviewer_is_told_who_was_quicker(reviewer):
    relation, slower = suggested(), make_reviewer("Ada")
    seen_ = picks(relation)
    decide(seen_, reviewer=reviewer, act="accept")
    with pytest.raises(AlreadyDecided, match="Grace has already decided on this: approved"):
        decide(seen_, reviewer=slower, act="reject")


def test_a_relation_that_says_something_else_by_now_is_left_alone(reviewer):
    one, two = many(2)
    seen_ = picks(one, two)
    Relation.objects.filter(pk=one.pk).update(evidence="Another sentence.")
    outcome = decide(seen_, reviewer=reviewer, act="accept")
    assert (outcome.count, outcome.changed) == (1, 1)
    assert states(one, two) == [RelationState.SUGGESTED, RelationState.APPROVED]
    with pytest.raises(SetChanged):
        decide(seen_[:1], reviewer=reviewer, act="accept")


def test_nobody_decides_on_what_they_suggested_themselves(reviewer):
    own, other = suggested(suggested_by=reviewer), suggested()
    for act in ("accept", "reject"):
        with pytest.raises(OwnWork):
            decide(picks(own), reviewer=reviewer, act=act, reason="Mine")
    outcome = decide(picks(own, other), reviewer=reviewer, act="accept")
    assert (outcome.count, outcome.own) == (1, 1)
    assert states(own, other) == [RelationState.SUGGESTED, RelationState.APPROVED]


def test_what_a_person_suggested_is_rejected_with_a_reason_only(reviewer):
    relation = suggested(suggested_by=make_user())
    with pytest.raises(ReasonNeeded):
        decide(picks(relation), reviewer=reviewer, act="reject")
    decide(picks(relation), reviewer=reviewer, act="reject", reason="Not shown by it.")
    assert states(relation) == [RelationState.REJECTED]


def test_a_form_sent_twice_is_one_act(reviewer):
    relation = suggested()
    seen_ = picks(relation)
    first = decide(seen_, reviewer=reviewer, act="accept", key="the-same-form")
    again = decide(seen_, reviewer=reviewer, act="accept", key="the-same-form")
    assert (first.batch, RelationBatch.objects.count()) == (again.batch, 1)


def test_picks_that_name_nothing(reviewer):
    with pytest.raises(AlreadyDecided):
        decide([Pick(10**9, "x")], reviewer=reviewer, act="accept")
    assert decide([], reviewer=reviewer, act="accept").count == 0


def test_everything_a_filter_finds_is_decided_and_nothing_else(reviewer):
    target = make_pattern("Biased")
    inside = many(5, target=target)
    outside = suggested(kind="requires")
    chosen = Chosen.of({"target": "biased"})
    outcome = decide_all(chosen, seen=seen(chosen, reviewer), reviewer=reviewer, act="reject", reason="Noise.")
    assert (outcome.count, outcome.batch.chosen) == (5, "to: biased")
    assert states(*inside, outside) == [RelationState.REJECTED] * 5 + [RelationState.SUGGESTED]


@pytest.mark.parametrize("change", ["one more", "one less", "another evidence"])
def test_a_filter_that_finds_something_else_by_now_is_refused(reviewer, change):
    found = many(3, target=make_pattern("Biased"))
    chosen = Chosen.of({"target": "biased"})
    before = seen(chosen, reviewer)
    if change == "one more":
        suggested(target=found[0].target)
    elif change == "one less":
        decide(picks(found[0]), reviewer=make_reviewer(), act="accept")
    else:
        Relation.objects.filter(pk=found[1].pk).update(evidence="New.")
    with pytest.raises(SetChanged, match="after you opened it"):
        decide_all(chosen, seen=before, reviewer=reviewer, act="reject", reason="Noise.")
    assert states(found[2]) == [RelationState.SUGGESTED]


def test_ones_own_is_not_among_all_that_a_filter_finds(reviewer):
    found = many(2, target=make_pattern("Biased"))
    own = suggested(target=found[0].target, suggested_by=reviewer)
    chosen = Chosen.of({"target": "biased"})
    assert decide_all(chosen, seen=seen(chosen, reviewer), reviewer=reviewer, act="accept").count == 2
    assert states(own) == [RelationState.SUGGESTED]


def test_undoing_makes_each_what_it_was(reviewer):
    found = [*many(2), suggested(provenance=Provenance.INFERRED)]
    outcome = decide(picks(*found), reviewer=reviewer, act="reject", reason="Noise.")
    back = undo(outcome.batch, by=reviewer)
    assert back.count == 3
    kept = [Relation.objects.get(pk=one.pk) for one in found]
    assert [one.state for one in kept] == [RelationState.SUGGESTED] * 3
    assert [one.provenance for one in kept] == [Provenance.IMPORTED, Provenance.IMPORTED, Provenance.INFERRED]
    assert {one.decided_by for one in kept} == {None}
    with pytest.raises(NotNow):
        undo(outcome.batch, by=reviewer)


def test_what_was_decided_on_again_since_stays(reviewer):
    found = many(3)
    first = decide(picks(*found), reviewer=reviewer, act="reject", reason="Noise.")
    undo(first.batch, by=reviewer)
    second = decide(picks(*found), reviewer=reviewer, act="reject", reason="Noise after all.")
    Relation.objects.filter(pk=found[0].pk).update(state=RelationState.SUGGESTED)
    decide(picks(found[0]), reviewer=make_reviewer(), act="accept")
    assert undo(second.batch, by=reviewer).count == 2
    assert states(*found) == [RelationState.APPROVED, RelationState.SUGGESTED, RelationState.SUGGESTED]


def test_another_reviewer_cannot_undo_it_and_a_curator_can(reviewer):
    outcome = decide(picks(suggested()), reviewer=reviewer, act="accept")
    with pytest.raises(NotYourAct):
        undo(outcome.batch, by=make_reviewer())
    with pytest.raises(NotAReviewer):
        undo(outcome.batch, by=make_user())
    assert undo(outcome.batch, by=make_user(roles=[Role.CURATOR])).count == 1


FILE = "---\nid: pat_w\ntitle: Well\nsummary: S.\n{key}:\n  - {said}\n---\nText.\n"


@pytest.mark.parametrize("key", ["enables", "specializes_to"])
@pytest.mark.parametrize("said", ["fence", "pat_fence"])
def test_a_rejected_relation_stays_rejected_when_its_file_is_read_again(reviewer, key, said):
    """Also when the file took it out for a while, and when it then names the same pattern in another way."""
    well, fence = make_pattern("Well", uid="pat_w"), make_pattern("Fence", uid="pat_fence")
    document = parse(FILE.format(key=key, said="fence"))
    relations.reread(well, document)
    relation = Relation.objects.get()
    decide(picks(relation), reviewer=reviewer, act="reject")
    relations.reread(well, document)
    assert list(Relation.objects.values_list("pk", "state")) == [(relation.pk, RelationState.REJECTED)]
    relations.reread(well, parse("---\nid: pat_w\ntitle: Well\n---\nText.\n"))
    relations.reread(well, parse(FILE.format(key=key, said=said)))
    kept = Relation.objects.get()
    assert (kept.pk, kept.state, {kept.source, kept.target}) == (relation.pk, RelationState.REJECTED, {well, fence})


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_decide_nothing_twice_and_lose_nothing():
    found = many(40)
    start, done, failed = threading.Barrier(2), [], []

    def work(reviewer, seen_, act):
        try:
            start.wait(10)
            done.append(decide(seen_, reviewer=reviewer, act=act, reason="So it is."))
        except Exception as problem:  # noqa: BLE001 - the test reports it
            failed.append(problem)
        finally:
            connection.close()

    seen_ = picks(*found)
    people = [(make_reviewer(), seen_, "accept"), (make_reviewer(), seen_[::-1], "reject")]
    threads = [threading.Thread(target=work, args=arguments) for arguments in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sum(outcome.count for outcome in done) == 40
    assert RelationDecision.objects.count() == 40
    assert not Relation.objects.filter(state=RelationState.SUGGESTED).exists()

"""What people decided about relations survives a merge and its taking back: no row goes, no verdict, no credit."""

from itertools import count

import pytest
import yaml
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patterns import publishing
from patterns.enums import Provenance, PublicationState, RelationKind, RelationState
from patterns.models import Relation, RelationBatch, RelationDecision
from patterns.queries.relations import neighbours
from patterns.relating import deciding, undoing
from tests.factories.library import make_curator, make_pattern, make_relation, make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import picks, suggested

pytestmark = pytest.mark.django_db
NAMES = ("well", "spring", "fence", "gate")
APPROVED, SUGGESTED, REJECTED = RelationState.APPROVED, RelationState.SUGGESTED, RelationState.REJECTED
POINTING = {  # every table that points at a relation, and why a merge needs to do nothing about it: no relation goes
    "patterns.RelationDecision.relation", "patterns.RelationDoubt.relation", "inference.Citation.relation",
}  # fmt: skip


def _said_where(edge):
    source, kind, target, _, where = edge
    return source, kind, target, where


EDGES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([RelationKind.ENABLES, RelationKind.COMPLEMENTS]),
        st.sampled_from(NAMES),
        st.sampled_from(["curated", "suggested", "accepted", "rejected", "back"]),
        st.sampled_from(["in its file", "in a list", "on this site", "by a person"]),
    ),
    max_size=9,
    unique_by=_said_where,
)
IN_FILE = "in its file"
_key = count()


class Undone(Exception):
    """Ends an example without a trace."""


def merge(merged, into):
    return publishing.merge(merged, into=into, by=make_curator(), reason="They say the same")


def take_back(record):
    return publishing.take_back(record, by=make_curator(), reason="They do not")


def everything():
    """Every relation, decision and act, whole."""
    rows = (model.objects.order_by("pk").values() for model in (Relation, RelationDecision, RelationBatch))
    return [list(some) for some in rows]


def verdicts():
    fields = ("pk", "state", "provenance", "suggested_by", "decided_by", "decided_at")
    return list(Relation.objects.order_by("pk").values_list(*fields))


def decide(relation, act, reviewer=None):
    reviewer = reviewer or make_reviewer()
    return deciding.decide(picks(relation), reviewer=reviewer, act=act, reason="So", key=str(next(_key))).batch


def draw(edges):
    """Four patterns whose files name what they should, and relations of other origins, each with its fate."""
    patterns = {}
    for name in NAMES:
        named = {
            kind: [target for source, its, target, _, where in edges if (source, its, where) == (name, kind, IN_FILE)]
            for kind in ("enables", "complements")
        }
        front = yaml.safe_dump({"title": name.title(), "slug": name, "relationships": named})
        source = f"---\n{front}---\n## Context\n\nShared.\n"
        patterns[name] = publishing.publish_new(source=source, author=make_user())
    for source, kind, target, fate, where in edges:
        decide_as(_related(patterns[source], kind, patterns[target], fate, where), fate)
    return patterns


def _related(source, kind, target, fate, where):
    if where == IN_FILE:
        rows = Relation.objects.filter(
            source=source, kind=kind, target=target, stands_at__startswith=f"relationships.{kind}"
        )
        return rows.get()
    curated = fate == "curated" and where != "by a person"
    return make_relation(
        source, kind, target, evidence="Said once.", suggested_by=make_user() if where == "by a person" else None,
        stands_at="relationships_approved.json[3]" if where == "in a list" else "",
        provenance=Provenance.CURATED if curated else Provenance.IMPORTED, state=APPROVED if curated else SUGGESTED,
    )  # fmt: skip


def decide_as(relation, fate):
    if fate in {"accepted", "rejected"}:
        decide(relation, "accept" if fate == "accepted" else "reject")
    elif fate == "back":
        reviewer = make_reviewer()
        undoing.undo(decide(relation, "reject", reviewer), by=reviewer)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edges=EDGES, names=st.permutations(NAMES))
def test_merges_taken_back_give_every_row_back_and_change_no_verdict_on_the_way(edges, names):
    try:
        with transaction.atomic():
            patterns = draw(edges)
            before, verdict = everything(), verdicts()
            first, second, third = (patterns[name] for name in names[:3])
            records = []
            for gone, kept in ((first, second), (second, third)):
                approved, rejected = stated(gone, kept, as_one=True), settled(kept)
                records.append(merge(gone, kept))
                assert verdicts() == verdict
                assert approved <= stated(kept)
                assert not rejected & waiting_of(kept)
            assert [take_back(record).stayed for record in reversed(records)] == [0, 0]
            assert everything() == before
            raise Undone
    except Undone:
        pass


def told(pattern):
    return {(one.kind, one.outgoing, one.slug): one.suggested for one in neighbours(pattern)}


def of(*patterns, states):
    """What relations of `patterns` with published ones say, as (kind, ends), in `states`."""
    there = {"source__state": PublicationState.PUBLISHED, "target__state": PublicationState.PUBLISHED}
    rows = Relation.objects.filter(Q(source__in=patterns) | Q(target__in=patterns), state__in=states, **there)
    return {(one.kind, one.source_id, one.target_id) for one in rows}


def _both_ways(said):
    """A symmetric relation says the same whichever way round it is written."""
    return {(kind, *(sorted(ends) if kind == RelationKind.COMPLEMENTS else ends)) for kind, *ends in said}


def stated(*patterns, as_one=False):
    """What is approved of `patterns`; of what will be one pattern, without what would join it to itself."""
    said = of(*patterns, states=[APPROVED])
    if as_one:
        gone, kept = (one.pk for one in patterns)
        said = {(kind, *(kept if end == gone else end for end in ends)) for kind, *ends in said}
    return {each for each in _both_ways(said) if each[1] != each[2]}


def settled(pattern):
    """What people rejected of `pattern`, and nothing else says of it."""
    return _both_ways(of(pattern, states=[REJECTED])) - _both_ways(of(pattern, states=[APPROVED, SUGGESTED]))


def waiting_of(pattern):
    return _both_ways(of(pattern, states=[SUGGESTED]))


def test_every_table_that_points_at_a_relation_is_thought_of():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False) and field.related_model is Relation
    }
    assert pointing == POINTING


def test_what_a_person_rejected_of_the_kept_pattern_is_not_suggested_again_by_a_merge():
    well, spring, fence = (make_pattern(name.title()) for name in NAMES[:3])
    decide(suggested(well, fence), "reject")
    again = suggested(spring, fence)
    record = merge(spring, well)
    assert told(well) == {}
    assert record.moved["relations"]["why"] == {"rejected": 1}
    again.refresh_from_db()
    assert (again.source, again.state) == (spring, SUGGESTED)


def test_what_a_person_approved_is_approved_of_the_kept_pattern_too():
    well, spring, fence = (make_pattern(name.title()) for name in NAMES[:3])
    suggested(well, fence)
    decide(suggested(spring, fence), "accept")
    merge(spring, well)
    assert told(well) == {("enables", True, "fence"): False}


def test_two_verdicts_that_differ_are_kept_and_counted():
    well, spring, fence = (make_pattern(name.title()) for name in NAMES[:3])
    decide(suggested(well, fence), "reject")
    decide(suggested(spring, fence), "accept")
    assert merge(spring, well).moved["relations"]["why"] == {"disputed": 1}
    assert told(well) == {("enables", True, "fence"): False}


def test_an_act_at_the_desk_can_be_undone_while_the_patterns_are_one_and_stays_undone():
    well, spring, fence = (make_pattern(name.title()) for name in NAMES[:3])
    reviewer = make_reviewer()
    make_relation(well, target=fence)
    one, other = suggested(spring, fence), suggested(spring, make_pattern("Gate"))
    batch = deciding.decide(picks(one, other), reviewer=reviewer, act="accept").batch
    record = merge(spring, well)
    assert undoing.undo(batch, by=reviewer).count == 2
    assert take_back(record).stayed == 0
    assert {row.state for row in Relation.objects.filter(source=spring)} == {SUGGESTED}
    assert {row.decided_by for row in Relation.objects.filter(source=spring)} == {None}


def test_a_decision_made_after_the_merge_stays_when_it_is_taken_back():
    well, spring, fence = (make_pattern(name.title()) for name in NAMES[:3])
    one = suggested(spring, fence)
    record = merge(spring, well)
    one.refresh_from_db()
    reviewer = make_reviewer()
    decide(one, "reject", reviewer)
    assert take_back(record).stayed == 0
    one.refresh_from_db()
    assert (one.source, one.state, one.decided_by) == (spring, REJECTED, reviewer)


def test_reading_a_file_again_leaves_what_a_merge_set_aside():
    spring, well = make_pattern("Spring"), make_pattern("Well")
    source = "---\ntitle: Gate\nslug: gate\nenables: [spring, well]\n---\n## Context\n\nShared.\n"
    gate = publishing.publish_new(source=source, author=make_user(), by=make_user())
    before = set(Relation.objects.values_list("pk", "source", "target", "state"))
    record = merge(spring, well)
    publishing.publish(gate, source=source.replace("Shared", "Open"), author=make_user(), by=make_user())
    assert set(Relation.objects.values_list("pk", "source", "target", "state")) == before
    assert told(well) == {("enables", False, "gate"): False}
    take_back(record)
    assert told(spring) == told(well) == {("enables", False, "gate"): False}
    spring.refresh_from_db()
    assert spring.state == PublicationState.PUBLISHED


def test_a_verdict_that_came_with_a_merge_does_not_take_the_place_of_what_the_file_says():
    spring, fence = make_pattern("Spring"), make_pattern("Fence")
    source = "---\ntitle: Well\nslug: well\nenables: [fence]\n---\n## Context\n\nShared.\n"
    decide(suggested(spring, fence, stands_at=""), "reject")
    well = publishing.publish_new(source=source, author=make_user(), by=make_user())
    merge(spring, well)
    publishing.publish(well, source=well.current.source.replace("Shared", "Open"), author=make_user(), by=make_user())
    assert told(well) == {("enables", True, "fence"): False}

"""What the records state of what a question asks: approved and declared as facts, suggestions apart, with sources."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from inference import backends, indexing
from inference.facts import Facts, facts_about
from inference.names.entities import forget, link
from inference.prompting.compression import fit
from inference.routing import route
from inference.types import Route, RouteKind
from patterns.enums import Provenance, PublicationState, RelationKind, RelationState
from patterns.models import Relation, RelationDoubt
from tests.factories.library import add_revision, make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db
ENABLES, REQUIRES = RelationKind.ENABLES, RelationKind.REQUIRES


def suggest(source, kind, target, **fields):
    fields = {"state": RelationState.SUGGESTED, "provenance": Provenance.IMPORTED} | fields
    return make_relation(source, kind, target, **fields)


def facts(question):
    forget()
    return facts_about(question, route(question, link(question)))


def said(found):
    return [fact.sentence for fact in found]


@pytest.fixture
def charter():
    return make_pattern("Commons Charter")


@pytest.fixture
def consent():
    return make_pattern("Sociocratic Consent")


@pytest.fixture
def trust():
    return make_pattern("Land Trust")


def test_what_is_required_is_told_to_any_depth_each_step_by_its_own_relation(charter, consent, trust):
    first = make_relation(trust, REQUIRES, charter, evidence="A trust needs a charter to hold land.")
    second = make_relation(charter, REQUIRES, consent)
    found = facts("What does Land Trust require?")
    assert said(found.stated) == [
        "Land Trust requires Commons Charter.",
        "Commons Charter requires Sociocratic Consent.",
    ]
    assert [fact.source.relation_id for fact in found.stated] == [first.pk, second.pk]
    assert found.stated[0].detail == "A trust needs a charter to hold land."
    assert found.suggested == ()


def test_what_requires_it_is_told_from_its_side(charter, consent, trust):
    make_relation(trust, REQUIRES, charter)
    make_relation(charter, REQUIRES, consent)
    assert said(facts("What requires Sociocratic Consent?").stated) == [
        "Sociocratic Consent is required by Commons Charter.",
        "Commons Charter is required by Land Trust.",
    ]


def test_what_nobody_reviewed_is_never_stated(charter, trust):
    suggest(trust, REQUIRES, charter)
    found = facts("What does Land Trust require?")
    assert (said(found.stated), said(found.suggested)) == ([], ["Land Trust requires Commons Charter."])
    assert not found.suggested[0].source.trusted
    assert found.lead.startswith("Nobody has approved a relation that says what Land Trust requires;")


def test_a_relation_of_the_kind_and_the_direction_that_is_asked_for(charter, consent, trust):
    make_relation(charter, ENABLES, consent)
    make_relation(trust, ENABLES, charter)
    make_relation(charter, REQUIRES, trust)
    assert said(facts("What does Commons Charter enable?").stated) == ["Commons Charter enables Sociocratic Consent."]
    assert said(facts("What enables Commons Charter?").stated) == ["Commons Charter is enabled by Land Trust."]


def test_what_goes_both_ways_is_found_from_either_end(consent, trust):
    make_relation(trust, RelationKind.TENSIONS_WITH, consent)
    assert said(facts("What is in tension with Sociocratic Consent?").stated) == [
        "Sociocratic Consent is in tension with Land Trust."
    ]


def test_a_hub_tells_the_best_founded_few_and_how_many_more(consent):
    for _ in range(9):
        suggest(make_pattern(), ENABLES, consent, weight=0.9)
    evident = make_pattern("Weekly Circle")
    suggest(evident, ENABLES, consent, evidence="A weekly circle gives sociocratic consent its rhythm.", weight=0.1)
    other = make_pattern("Unrelated Thing")
    suggest(other, ENABLES, consent, evidence="The moon is far away.", weight=1.0)
    found = facts("What enables Sociocratic Consent?")
    assert len(found.suggested) == 6
    assert found.suggested[0].thing == "Weekly Circle"
    assert [(one.count, one.url) for one in found.more] == [(5, f"/relations/{consent.slug}/")]


def test_a_way_is_told_step_by_step_in_the_direction_it_is_walked(charter, consent, trust):
    make_relation(charter, ENABLES, consent)
    make_relation(trust, REQUIRES, consent)
    found = facts("How are Commons Charter and Land Trust connected?")
    assert said(found.stated) == [
        "Commons Charter enables Sociocratic Consent.",
        "Sociocratic Consent is required by Land Trust.",
    ]
    assert {fact.group for fact in found.stated} == {"By way of Sociocratic Consent"}


def test_a_way_goes_by_a_lighthouse_that_uses_both(charter, trust):
    make_lighthouse("Orchard", uses=(charter, trust))
    assert said(facts("How are Commons Charter and Land Trust connected?").stated) == [
        "Commons Charter is used by Orchard.",
        "Orchard uses Land Trust.",
    ]


def test_a_way_over_suggestions_is_told_only_where_there_is_no_other(charter, consent, trust):
    suggest(charter, ENABLES, trust)
    found = facts("How are Commons Charter and Land Trust connected?")
    assert (said(found.stated), said(found.suggested)) == ([], ["Commons Charter enables Land Trust."])
    make_relation(charter, ENABLES, consent)
    make_relation(consent, ENABLES, trust)
    found = facts("How are Commons Charter and Land Trust connected?")
    assert (len(found.stated), found.suggested) == (2, ())


def test_two_that_nothing_joins(charter, trust):
    found = facts("How are Commons Charter and Land Trust connected?")
    assert (found.stated, found.apart) == ((), ())
    assert found.missing == "No chain of approved relations joins Commons Charter and Land Trust"


def test_what_two_share_is_told_with_both_relations(charter, consent, trust):
    make_relation(charter, ENABLES, consent)
    make_relation(trust, REQUIRES, consent)
    found = facts("What do Commons Charter and Land Trust have in common?")
    assert said(found.stated) == [
        "Commons Charter enables Sociocratic Consent.",
        "Land Trust requires Sociocratic Consent.",
    ]
    assert {fact.group for fact in found.stated} == {"Sociocratic Consent"}


def test_two_lighthouses_share_what_both_use(consent):
    for title in ("Orchard", "Mill House"):
        make_lighthouse(title, uses=(consent,))
    assert said(facts("What do Orchard and Mill House have in common?").stated) == [
        "Orchard uses Sociocratic Consent.",
        "Mill House uses Sociocratic Consent.",
    ]


def test_what_is_like_a_pattern_begins_with_approved_relations_then_with_shared_neighbours(charter, consent, trust):
    make_relation(consent, RelationKind.RELATED, charter)
    make_relation(consent, RelationKind.ALTERNATIVE_TO, trust)
    twin, shared = make_pattern("Dynamic Consent Twin"), make_pattern("Round Table")
    make_relation(twin, ENABLES, charter)
    make_relation(twin, ENABLES, shared)
    make_relation(consent, ENABLES, shared)
    found = facts("What is similar to Sociocratic Consent?")
    assert said(found.stated[:2]) == [
        "Sociocratic Consent is an alternative to Land Trust.",
        "Sociocratic Consent is related to Commons Charter.",
    ]
    assert {fact.group for fact in found.stated[2:]} == {"Dynamic Consent Twin"}


def test_what_is_near_in_meaning_is_no_fact(settings, library_home, consent):
    make_pattern(
        "Consent Rounds",
        "Sociocratic consent in one sentence, in rounds.\n",
        summary="Sociocratic Consent rounds in one sentence.",
    )
    make_pattern("Compost", "Kitchen scraps become soil in a heap.\n", summary="Rotting well.")
    indexing.follow()
    found = facts("What is similar to Sociocratic Consent?")
    assert found.stated == ()
    assert [fact.thing for fact in found.near] == ["Consent Rounds"]
    assert found.near[0].source.passage_id
    assert found.whole


def test_who_uses_a_pattern_and_who_uses_nothing_here(consent, trust):
    make_lighthouse("Orchard", uses=(consent, "Peer Coaching"))
    assert said(facts("Who uses Sociocratic Consent?").stated) == ["Sociocratic Consent is used by Orchard."]
    found = facts("Who uses Land Trust?")
    assert (found.stated, found.missing) == ((), "No lighthouse of this library says that it uses Land Trust")


def test_a_title_that_names_no_pattern_stays_the_lighthouses_own_word(consent):
    make_lighthouse("Orchard", uses=(consent, "Peer Coaching"))
    assert said(facts("Who uses peer coaching?").stated) == ["Orchard lists Peer Coaching."]
    assert said(facts("What does Orchard use?").stated) == [
        "Orchard uses Sociocratic Consent.",
        "Orchard lists Peer Coaching.",
    ]


def test_whether_a_lighthouse_uses_a_pattern(consent, trust):
    make_lighthouse("Orchard", uses=(consent, trust))
    assert said(facts("Does Orchard use Land Trust?").stated) == ["Orchard uses Land Trust."]


def test_a_relation_without_evidence_is_cited_by_its_line(charter, trust):
    add_revision(
        trust,
        "Body.\n",
        front={"id": trust.uid, "title": "Land Trust", "relationships": "{requires: [commons-charter]}"},
    )
    make_relation(trust, REQUIRES, charter, stands_at="relationships.requires[0]")
    (fact,) = facts("What does Land Trust require?").stated
    assert fact.source.section == "relation, line 4: relationships.requires[0]"
    assert fact.source.revision_id == trust.current_id


def test_a_relation_that_stands_in_the_targets_file_is_cited_there(charter, trust):
    make_relation(charter, RelationKind.SPECIALIZES, trust, stands_at="specializes_to[0]")
    (fact,) = facts("What does Commons Charter specialise?").stated
    assert (fact.source.slug, fact.source.revision_id) == (trust.slug, trust.current_id)


def test_a_record_of_a_list_of_relations_is_cited_by_its_number(charter, trust):
    make_relation(trust, REQUIRES, charter, stands_at="relationships_approved.json[12]", evidence="It needs one.")
    (fact,) = facts("What does Land Trust require?").stated
    assert fact.source.section == "relation, relationships_approved.json, record 13"
    assert fact.source.text == "Land Trust requires Commons Charter. It needs one."


def test_two_relations_of_one_file_are_two_things_to_cite(charter, consent, trust):
    make_relation(trust, REQUIRES, charter)
    make_relation(trust, REQUIRES, consent)
    sources = [fact.source for fact in facts("What does Land Trust require?").stated]
    assert len(fit(sources, budget=1000, count=len).evidence) == 2


def test_what_changed_since_the_snapshot_is_told_as_the_records_have_it(settings, tmp_path, charter, consent, trust):
    settings.GRAPH, settings.CLM_HOME = "inference.backends.kuzu.Graph", tmp_path
    backends.forget("graph")
    kept, rejected = make_relation(trust, ENABLES, charter), make_relation(trust, ENABLES, consent)
    retired = make_pattern("Old Way")
    make_relation(trust, ENABLES, retired)
    indexing.build_graph()
    Relation.objects.filter(pk=rejected.pk).update(state=RelationState.REJECTED)
    retired.state = PublicationState.RETIRED
    retired.save()
    assert [fact.source.relation_id for fact in facts("What does Land Trust enable?").stated] == [kept.pk]


def test_a_damaged_snapshot_is_built_anew_and_meanwhile_the_records_answer(settings, tmp_path, charter, trust):
    settings.GRAPH, settings.CLM_HOME = "inference.backends.kuzu.Graph", tmp_path
    backends.forget("graph")
    make_relation(trust, ENABLES, charter)
    indexing.build_graph()
    (tmp_path / "graph" / "1" / "graph.db").write_bytes(b"rubbish")
    assert len(facts("What does Land Trust enable?").stated) == 1
    assert indexing.build_graph() == "2 nodes, 1 edges"
    assert backends.load("graph").count() == (2, 1)


def test_a_graph_that_cannot_be_read_leaves_the_answer_to_the_records(settings, charter, trust):
    settings.GRAPH = "inference.backends.nowhere.Graph"
    backends.forget("graph")
    make_relation(trust, ENABLES, charter)
    assert len(facts("What does Land Trust enable?").stated) == 1


@pytest.mark.parametrize("question", ["What is a Land Trust?", "Compare Land Trust and Commons Charter", "Hello"])
def test_other_questions_get_no_facts(charter, trust, question):
    make_relation(trust, ENABLES, charter)
    found = facts(question)
    assert (found.stated, found.apart, found.missing) == ((), (), "")


def test_a_question_without_names_gets_no_facts():
    assert facts_about("What requires what?", Route(RouteKind.GRAPH, "")).stated == ()


@pytest.mark.parametrize(
    ("question", "queries"),
    [
        ("What does Land Trust enable?", 5),
        ("What does Land Trust require?", 6),
        ("How are Land Trust and Round Table connected?", 5),
        ("What do Land Trust and Round Table have in common?", 4),
    ],
)
@pytest.mark.parametrize("number", [8, 14])
def test_the_number_of_queries_does_not_grow_with_what_is_found(trust, question, queries, number):
    table = make_pattern("Round Table")
    for _ in range(number):
        between = make_pattern()
        make_relation(trust, ENABLES, between)
        make_relation(table, ENABLES, between)
        make_relation(trust, REQUIRES, between, stands_at="relationships.requires[0]")
        suggest(trust, ENABLES, make_pattern())
    wanted = route(question, link(question))
    with CaptureQueriesContext(connection) as done:
        found = facts_about(question, wanted)
    assert len(found.stated) >= 2
    selects = [
        one
        for one in done.captured_queries
        if one["sql"].lstrip().startswith("SELECT") and "set_config" not in one["sql"]
    ]
    assert len(selects) == queries


def test_a_comparison_is_not_told_that_nothing_joins_what_it_compares(charter, trust):
    assert facts("What is the difference between Commons Charter and Land Trust?") == Facts()


def test_a_suggestion_in_doubt_comes_last_with_the_reason_in_its_source(charter, consent, trust):
    noise = suggest(charter, ENABLES, trust, weight=1.0, evidence="Commons Charter and Land Trust.")
    suggest(charter, ENABLES, consent, weight=0.1)
    about = {"others": ["Barn"], "unnamed": ["Land Trust"], "both": 1, "of": 2, "habit": False}
    RelationDoubt.objects.create(relation=noise, kind="other_evidence", facts=about)
    with translation.override("de"):
        found = facts("What does Commons Charter enable?")
    assert [fact.thing for fact in found.suggested] == ["Sociocratic Consent", "Land Trust"]
    assert [fact.doubt for fact in found.suggested] == [
        "", "In doubt: Its evidence speaks of “Barn”, not of “Land Trust”.",
    ]  # fmt: skip
    assert found.suggested[1].doubt in found.suggested[1].source.text


def test_prerequisites_in_doubt_come_after_the_others(charter, consent, trust):
    RelationDoubt.objects.create(relation=suggest(charter, REQUIRES, trust, weight=1.0), kind="mutual")
    suggest(charter, REQUIRES, consent, weight=0.1)
    found = facts("What does Commons Charter require?")
    assert [fact.thing for fact in found.suggested] == ["Sociocratic Consent", "Land Trust"]
    assert found.suggested[1].doubt.startswith("In doubt: ")

"""Each kind of doubt, with the numbers that prove it, and what must hold for any graph."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patterns.doubting import words
from patterns.doubting.bias import FEWEST, overfull
from patterns.doubting.edges import DoubtKind, Edge, Named
from patterns.doubting.finding import doubts_about
from patterns.doubting.naming import Index, names_it, others_named, stretches
from patterns.doubting.pairs import contradict, said
from patterns.enums import RelationKind

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow and not wrong
NAMES = {pk: Named(f"Pattern number {pk}", f"p-{pk:04}") for pk in range(1, 401)}


def edge(pk, source, target, **fields):
    return Edge(
        pk, fields.pop("kind", "enables"), source, target, **({"stands_at": "relationships.enables[0]"} | fields)
    )


def kinds(edges, names=NAMES):
    found = {}
    for doubt in doubts_about(edges, names):
        found.setdefault(doubt.relation, set()).add(doubt.kind)
    return found


def facts(edges, kind, names=NAMES):
    return {doubt.relation: doubt.facts for doubt in doubts_about(edges, names) if doubt.kind == kind}


def test_nothing_speaks_against_a_plain_relation():
    assert kinds([edge(1, 1, 2)]) == {1: {DoubtKind.NONE}}


def test_a_pattern_joined_to_itself_by_id_or_by_name():
    unresolved = edge(2, None, None, source_ref="well", target_ref="Well ")
    assert DoubtKind.SELF_LOOP in kinds([edge(1, 3, 3)])[1]
    assert DoubtKind.SELF_LOOP in kinds([unresolved])[2]


def test_an_end_that_names_nothing_and_one_that_was_taken_out():
    names = NAMES | {2: Named("Gone", "gone", published=False)}
    found = facts([edge(1, 1, None), edge(2, 1, 2), edge(3, None, None)], DoubtKind.DANGLING, names)
    assert found[1]["lost"] == ["target"]
    assert found[2] == {"lost": [], "gone": ["target"]}
    assert "both patterns" in words.sentence(DoubtKind.DANGLING, found[3])


def test_two_that_require_each_other_are_both_doubted():
    edges = [edge(1, 1, 2, kind="requires"), edge(2, 2, 1, kind="requires"), edge(3, 1, 3, kind="requires")]
    found = kinds(edges)
    assert DoubtKind.MUTUAL in found[1] & found[2]
    assert found[3] == {DoubtKind.NONE}


def test_a_suggestion_against_an_approved_requirement_is_doubted_alone():
    edges = [edge(1, 1, 2, kind="requires", state="approved"), edge(2, 2, 1, kind="requires")]
    assert facts(edges, DoubtKind.MUTUAL)[2]["approved"]
    assert 1 not in kinds(edges)


def test_of_what_is_said_twice_the_best_is_not_doubted():
    edges = [edge(1, 1, 2), edge(2, 1, 2, evidence="Seen in Ghent."), edge(3, 1, 2, weight=0.9)]
    found = kinds(edges)
    assert DoubtKind.DUPLICATE not in found[2]
    assert DoubtKind.DUPLICATE in found[1] & found[3]
    assert "3 times" in words.sentence(DoubtKind.DUPLICATE, facts(edges, DoubtKind.DUPLICATE)[1])


def test_a_symmetric_kind_said_from_both_sides_is_said_twice_and_a_directed_one_is_not():
    assert DoubtKind.DUPLICATE in kinds([edge(1, 1, 2, kind="related"), edge(2, 2, 1, kind="related")])[2]
    assert DoubtKind.DUPLICATE not in kinds([edge(1, 1, 2), edge(2, 2, 1)])[2]


def test_a_rejected_relation_neither_repeats_nor_contradicts():
    edges = [edge(1, 1, 2, state="rejected"), edge(2, 1, 2), edge(3, 2, 1, kind="tensions_with", state="rejected")]
    assert kinds(edges)[2] == {DoubtKind.NONE}


def test_kinds_that_cannot_both_be_meant():
    edges = [edge(1, 1, 2, kind="complements"), edge(2, 2, 1, kind="tensions_with")]
    assert facts(edges, DoubtKind.CONTRADICTION)[1]["kinds"] == ["tensions_with"]
    turned = [edge(1, 1, 2, kind="specializes"), edge(2, 2, 1, kind="specializes")]
    assert DoubtKind.CONTRADICTION in kinds(turned)[1]
    assert not contradict("specializes", "specializes", same_way=True)


def biased(count=300, heads=7):
    """Relations of which nine in ten point at the first `heads` of 400 patterns."""
    return [edge(pk, 20 + pk % 370, 1 + pk % heads if pk % 10 else 20 + pk * 7 % 370) for pk in range(1, count + 1)]


def test_a_target_among_those_that_nearly_all_relations_point_at():
    edges = biased()
    found = facts(edges, DoubtKind.BIASED_TARGET)
    doubted = {one.target for one in edges if one.pk in found}
    assert doubted == set(range(1, 8))
    one = found[1]
    assert (one["stretch"], one["patterns"], one["every"]) == (7, 400, 300)
    assert one["there"] == sum(edge.target <= 7 for edge in edges)
    said_ = words.sentence(DoubtKind.BIASED_TARGET, one)
    assert "first 7 of 400 patterns" in said_
    assert f"{one['in']} of the 300 relations" in said_


def test_a_bias_is_a_fact_about_all_relations_of_a_generation_decided_ones_too():
    edges = [
        edge_ if edge_.pk % 2 else edge(edge_.pk, edge_.source, edge_.target, state="rejected") for edge_ in biased()
    ]
    assert facts(edges, DoubtKind.BIASED_TARGET)[1]["every"] == 300


def test_another_generation_of_files_is_not_doubted_for_it():
    other = edge(1000, 5, 1, stands_at="related[0]")
    assert kinds([*biased(), other])[1000] == {DoubtKind.NONE}


def test_where_a_file_names_the_source_that_is_the_biased_end():
    turned = [edge(1000 + n, 1 + n % 7, 100 + n, stands_at="relationships.specializes_to[0]") for n in range(20)]
    found = facts([*biased(), *turned], DoubtKind.BIASED_TARGET)
    assert set(range(1000, 1020)) <= set(found)
    assert found[1000]["title"] == "Pattern number 1"


def test_facts_that_another_version_kept_break_no_page():
    for kind in DoubtKind:
        assert words.sentence(kind, {}) == words.meaning(kind)


def test_relations_spread_over_the_alphabet_are_no_bias():
    edges = [edge(pk, pk % 400 + 1, pk * 13 % 400 + 1) for pk in range(1, 801)]
    assert not facts([one for one in edges if one.source != one.target], DoubtKind.BIASED_TARGET)


def test_few_relations_say_nothing_of_a_bias():
    assert not facts(biased(FEWEST - 1), DoubtKind.BIASED_TARGET)


def test_one_target_far_beyond_the_others():
    edges = [edge(pk, pk % 300 + 50, pk * 17 % 390 + 5) for pk in range(1, 400)]
    edges += [edge(1000 + n, n + 50, 399) for n in range(60)]
    found = facts([one for one in edges if one.source != one.target], DoubtKind.BIASED_TARGET)
    assert found[1000]["outlier"]
    assert "stretch" not in found[1000]


TOWNS = {
    1: Named("Design for Safety", "design-for-safety"),
    2: Named("Design for Maintainability", "design-for-maintainability"),
    3: Named("Design for Ergonomics", "design-for-ergonomics"),
    4: Named("Employee Stock Ownership Plan (ESOP)", "esop"),
}


def evidence(text, source=1, target=2):
    """One piece of evidence among forty of a file that names both ends each time."""
    rest = [
        edge(pk, 1, 2, stands_at=f"x.json[{pk}]", evidence="Design for Safety serves Design for Maintainability.")
        for pk in range(2, 42)
    ]
    edges = [edge(1, source, target, stands_at="x.json[0]", evidence=text), *rest]
    return facts(edges, DoubtKind.OTHER_EVIDENCE, TOWNS).get(1)


def test_evidence_that_names_another_pattern_instead_of_an_end():
    found = evidence("Design for Safety enables Design for Ergonomics by care.")
    assert (found["others"], found["unnamed"]) == (["Design for Ergonomics"], ["Design for Maintainability"])
    assert "names “Design for Ergonomics”" in words.sentence(DoubtKind.OTHER_EVIDENCE, found)


def test_evidence_that_names_both_ends_may_name_others_too():
    assert evidence("Design for Safety needs Design for Maintainability, as Design for Ergonomics does.") is None


def test_evidence_that_names_neither_is_doubted_where_its_file_names_both():
    found = evidence("The right to repair helps people.")
    assert found["others"] == []
    assert "40 of 41" in words.sentence(DoubtKind.OTHER_EVIDENCE, found)


def test_a_description_that_names_nothing_is_no_doubt_where_descriptions_do_not():
    edges = [edge(pk, 1, 2, evidence="It takes courage.") for pk in range(1, 41)]
    assert not facts(edges, DoubtKind.OTHER_EVIDENCE, TOWNS)


def test_an_acronym_names_its_pattern():
    assert names_it("ESOPs differ, an ESOP shares.", TOWNS[4])
    assert not names_it("Shares differ.", TOWNS[4])


def test_a_phrase_is_no_name():
    index = Index.of({9: Named("Technical Infrastructure", "ti")})
    assert others_named("by the technical infrastructure needed", [], index) == []
    assert others_named("by Technical Infrastructure needed", [], index) == [frozenset({9})]


@calm
@given(st.text(max_size=200))
def test_cutting_a_text_at_its_names_loses_no_character(text):
    assert "".join(piece.text for piece in stretches(text, TOWNS)) == text


def test_the_names_in_evidence_are_marked():
    pieces = stretches("Design for Safety, then design for maintainability.", TOWNS)
    assert [(piece.text, piece.pattern) for piece in pieces] == [
        ("Design for Safety", 1), (", then ", None), ("design for maintainability", 2), (".", None)
    ]  # fmt: skip


EDGES = st.lists(
    st.builds(
        lambda source, target, kind, state, weight: (source, target, kind, state, weight),
        st.one_of(st.none(), st.integers(1, 6)),
        st.one_of(st.none(), st.integers(1, 6)),
        st.sampled_from([*RelationKind.values, "odd"]),
        st.sampled_from(["suggested", "approved", "rejected"]),
        st.one_of(st.none(), st.floats(0, 1)),
    ),
    max_size=30,
)


@calm
@given(EDGES)
def test_any_graph(rows):
    edges = [
        edge(pk, source, target, kind=kind, state=state, weight=weight, source_ref=str(source), target_ref=str(pk))
        for pk, (source, target, kind, state, weight) in enumerate(rows, start=1)
    ]
    doubts = doubts_about(edges, NAMES)
    by_relation = {}
    for doubt in doubts:
        by_relation.setdefault(doubt.relation, []).append(doubt.kind)
        assert words.sentence(doubt.kind, doubt.facts)
    suggested = {one.pk for one in edges if one.state == "suggested"}
    assert set(by_relation) == suggested
    assert all(len(set(kinds_)) == len(kinds_) for kinds_ in by_relation.values())
    assert all(
        (DoubtKind.NONE in kinds_) == (len(kinds_) == 1 and kinds_[0] == DoubtKind.NONE)
        for kinds_ in by_relation.values()
    )
    # Every saying that stands keeps one that is not doubted as a repetition: a whole group may be rejected.
    standing = [one for one in edges if one.state != "rejected" and one.joined and one.source != one.target]
    kept = Counter(
        said(one.kind, one.source, one.target)
        for one in standing
        if DoubtKind.DUPLICATE not in by_relation.get(one.pk, ())
    )
    assert all(kept[said(one.kind, one.source, one.target)] >= 1 for one in standing)


@calm
@given(st.lists(st.integers(0, 50), min_size=100, max_size=300))
def test_an_overfull_stretch_holds_more_than_half_of_all_beyond_its_length(counts):
    stretch = overfull(counts)
    if stretch is not None:
        inside = sum(counts[stretch.first - 1 : stretch.last])
        assert (inside, stretch.every) == (stretch.relations, sum(counts))
        assert inside / stretch.every - stretch.length / len(counts) >= 0.5

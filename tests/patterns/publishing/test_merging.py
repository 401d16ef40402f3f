"""Two patterns become one and two again: what relied on either follows, nothing is doubled, nothing is lost."""

import pytest
from django.db import IntegrityError, transaction

from patterns import publishing, submissions
from patterns.collections import arranging, collecting
from patterns.enums import Provenance, PublicationState, RelationKind, RelationState, SubmissionKind, SuitabilityAxis
from patterns.exporting.files import files_of
from patterns.format import parse
from patterns.models import Adoption, AuditEntry, Pattern, PatternMerge, Relation, Submission, Suitability
from patterns.naming.names import Names
from patterns.publishing import Overtaken, Refused, standing
from patterns.publishing.merging import names_to_keep
from patterns.queries import reading
from tests.factories.library import (
    add_revision,
    make_curator,
    make_lighthouse,
    make_pattern,
    make_relation,
    make_user,
    suits,
)

pytestmark = pytest.mark.django_db


def merge(merged, into, **options):
    return publishing.merge(merged, into=into, by=make_curator(), reason="They say the same", **options)


def take_back(record):
    return publishing.take_back(record, by=make_curator(), reason="They do not")


def relations():
    """What readers can be told: between published patterns, and not rejected."""
    there = {"source__state": PublicationState.PUBLISHED, "target__state": PublicationState.PUBLISHED}
    return {
        (one.source.slug, one.kind, one.target.slug, one.state)
        for one in Relation.objects.filter(**there).exclude(state=RelationState.REJECTED)
    }


def test_relations_move_once_and_loops_go():
    well, spring, fence, gate = (make_pattern(name) for name in ("Well", "Spring", "Fence", "Gate"))
    make_relation(spring, target=fence)
    make_relation(gate, RelationKind.REQUIRES, spring)
    make_relation(spring, RelationKind.COMPLEMENTS, gate)
    make_relation(gate, RelationKind.COMPLEMENTS, well)
    make_relation(spring, RelationKind.RELATED, well)
    record = merge(spring, well)
    assert relations() == {
        ("well", "enables", "fence", "approved"),
        ("gate", "requires", "well", "approved"),
        ("gate", "complements", "well", "approved"),
    }
    assert record.moved["relations"]["why"] == {"loops": 1, "repeated": 1}
    assert take_back(record).stayed == 0
    assert relations() == {
        ("spring", "enables", "fence", "approved"),
        ("gate", "requires", "spring", "approved"),
        ("spring", "complements", "gate", "approved"),
        ("gate", "complements", "well", "approved"),
        ("spring", "related", "well", "approved"),
    }


def test_the_approved_one_of_two_that_say_the_same_is_told():
    well, spring, fence = (make_pattern(name) for name in ("Well", "Spring", "Fence"))
    make_relation(spring, target=fence, state=RelationState.SUGGESTED)
    make_relation(spring, target=fence)
    merge(spring, well)
    assert relations() == {("well", "enables", "fence", "approved")}


def test_a_loop_that_a_file_still_names_does_not_come_back():
    spring = make_pattern("Spring")
    well = publishing.publish_new(
        source="---\ntitle: Well\nslug: well\nenables: [spring]\n---\n## Context\n\nShared.\n", author=make_user()
    )
    merge(spring, well)
    text = well.current.source.replace("Shared.", "Shared by all.")
    publishing.publish(well, source=text, author=make_user(), by=make_user())
    assert relations() == set()
    left = Relation.objects.get()
    assert (left.source, left.target) == (well, spring)


def test_what_stands_in_another_file_is_read_again_as_meaning_the_kept_one():
    spring, well = make_pattern("Spring"), make_pattern("Well")
    source = "---\ntitle: Gate\nslug: gate\nenables: [spring]\n---\n## Context\n\nShared.\n"
    gate = publishing.publish_new(source=source, author=make_user(), by=make_user())
    merge(spring, well)
    publishing.publish(gate, source=source.replace("Shared", "Open"), author=make_user(), by=make_user())
    assert relations() == {("gate", "enables", "well", "approved")}


def test_what_stood_in_the_merged_file_is_exported_with_the_kept_one():
    fence, well = make_pattern("Fence"), make_pattern("Well")
    source = "---\ntitle: Spring\nslug: spring\nenables: [fence]\n---\n## Context\n\nShared.\n"
    spring = publishing.publish_new(source=source, library=well.library, author=make_user(), by=make_user())
    merge(spring, well)
    files = {file.path: parse(file.content.decode()) for file in files_of(well.library)}
    assert sorted(document.title for document in files.values()) == ["Fence", "Well"]
    [written] = [one for one in files.values() if one.title == "Well"]
    assert [reference.slug for reference in written.references] == [fence.slug]
    assert written.aliases == ("Spring",)


def test_adoptions_suitabilities_and_names_follow():
    well, spring = make_pattern("Well"), make_pattern("Spring", aliases=["Source"])
    place = make_lighthouse("Harbour", uses=(spring, well))
    suits(spring, SuitabilityAxis.STAGE, "growth", 0.9)
    suits(spring, SuitabilityAxis.STAGE, "start", 0.8)
    suits(well, SuitabilityAxis.STAGE, "growth", 0.5)
    record = merge(spring, well)
    assert set(Adoption.objects.values_list("pattern__slug", flat=True)) == {"well"}
    assert [one.lighthouse for one in reading.adoptions_of(well)] == [place]
    assert set(Suitability.objects.values_list("pattern__slug", "name", "score")) == {
        ("well", "growth", 0.5), ("well", "start", 0.8),
    }  # fmt: skip
    assert well.aliases == ["Spring", "Source"]
    assert Names.load().find(["spring"], library_id=None) == well.pk
    assert Names.load().find([spring.uid], library_id=None) == well.pk
    take_back(record)
    well.refresh_from_db()
    assert (well.aliases, Suitability.objects.filter(pattern=spring).count()) == ([], 2)
    assert list(place.adoptions.values_list("pattern__slug", flat=True)) == ["spring", "well"]


def test_only_the_chosen_names_come_over():
    well, spring = make_pattern("Well"), make_pattern("Spring", aliases=["Source", "Fountain"])
    merge(spring, well, aliases=["Source", "Forged"])
    assert well.aliases == ["Source"]


def test_an_address_no_title_says_is_a_name_too():
    assert names_to_keep(make_pattern("Spring", slug="s-1"), make_pattern("Well")) == ["Spring", "s-1"]


def test_collections_hold_the_kept_one_once_and_lose_no_note():
    owner, well, spring, fence = make_user(), *(make_pattern(name) for name in ("Well", "Spring", "Fence"))
    one, both, gone = (collecting.create(owner, title=title) for title in ("One", "Both", "Gone"))
    arranging.add(one, pattern=spring, actor=owner, note="Here")
    for pattern, note in ((spring, "Deep"), (fence, ""), (well, "Wide")):
        arranging.add(both, pattern=pattern, actor=owner, note=note)
    taken, _ = arranging.add(gone, pattern=well, actor=owner, note="Before")
    arranging.remove(taken, actor=owner)
    arranging.add(gone, pattern=spring, actor=owner, note="Now")

    def held(collection):
        rows = collection.items.exclude(position=None).order_by("position")
        return [(row.position, row.pattern.slug, row.note) for row in rows]

    record = merge(spring, well)
    assert held(one) == [(1, "well", "Here")]
    assert held(both) == [(1, "fence", ""), (2, "well", "Wide\n\nDeep")]
    assert held(gone) == [(1, "well", "Now\n\nBefore")]
    take_back(record)
    assert held(one) == [(1, "spring", "Here")]
    assert held(both) == [(1, "spring", "Deep"), (2, "fence", ""), (3, "well", "Wide")]
    assert held(gone) == [(1, "spring", "Now")]
    assert gone.items.get(pattern=well).note == "Before"


def test_a_collection_deleted_meanwhile_does_not_stop_taking_back():
    owner, well, spring = make_user(), make_pattern("Well"), make_pattern("Spring")
    kept = collecting.create(owner, title="Gone")
    taken, _ = arranging.add(kept, pattern=well, actor=owner, note="Before")
    arranging.remove(taken, actor=owner)
    arranging.add(kept, pattern=spring, actor=owner)
    record = merge(spring, well)
    kept.delete()
    assert take_back(record).stayed == 2
    assert Pattern.objects.get(slug="spring").state == PublicationState.PUBLISHED


def test_what_changed_after_the_merge_stays_and_is_counted():
    well, spring, fence, gate = (make_pattern(name) for name in ("Well", "Spring", "Fence", "Gate"))
    moved = make_relation(spring, target=fence)
    make_relation(spring, target=gate)
    record = merge(spring, well)
    Relation.objects.filter(pk=moved.pk).update(source=gate)
    back = take_back(record)
    assert (back.back, back.stayed) == (1, 1)
    assert relations() == {("gate", "enables", "fence", "approved"), ("spring", "enables", "gate", "approved")}


def test_its_words_are_proposed_and_not_written():
    curator = make_curator()
    well = make_pattern("Well", "## Context\n\nShared.\n")
    spring = make_pattern("Spring", "## Context\n\nShared.\n\n## Risks\n\nIt may run dry.\n")
    publishing.merge(spring, into=well, by=curator, reason="The same", sections=["risks", "no-such"])
    draft = Submission.objects.get()
    assert (draft.author, draft.kind, draft.pattern, draft.state) == (curator, SubmissionKind.EDIT, well, "draft")
    assert parse(draft.text).body == "## Context\n\nShared.\n\n## Risks\n\nIt may run dry.\n"
    assert "It may run dry" not in well.current.source
    assert draft.based_on == well.current


def test_the_old_address_leads_on_and_the_past_stays_readable():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    merge(spring, well)
    assert reading.find_pattern("spring") == reading.Moved("well")
    past = reading.find_pattern("spring", merged=True)
    assert (past.pk, reading.find_revision(past, 1).title) == (spring.pk, "Spring")


def test_merging_twice_is_merging_once_and_chains_lead_to_the_end():
    well, spring, fence = (make_pattern(name) for name in ("Well", "Spring", "Fence"))
    assert merge(spring, well).pk == merge(spring, well).pk
    first = PatternMerge.objects.get()
    second = merge(well, fence)
    assert reading.find_pattern("spring") == reading.Moved("fence")
    assert fence.aliases == ["Well", "Spring"]
    with pytest.raises(Refused, match="Take that merge back first"):
        take_back(first)
    take_back(second)
    take_back(first)
    assert Pattern.objects.filter(state=PublicationState.PUBLISHED).count() == 3
    assert take_back(first).back == 0


@pytest.mark.parametrize("state", ["retired", "merged", "itself"])
def test_nothing_is_merged_into_what_is_not_there(state):
    well, spring, actor = make_pattern("Well"), make_pattern("Spring"), make_curator()
    if state == "retired":
        publishing.retire(well, actor=actor, reason="So")
    elif state == "merged":
        merge(well, make_pattern("Fence"))
    with pytest.raises(Refused):
        merge(spring, spring if state == "itself" else well)
    assert Pattern.objects.get(slug="spring").merged_into is None


def test_a_merged_pattern_is_restored_by_taking_the_merge_back():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    merge(spring, well)
    with pytest.raises(Refused, match="Take the merge back"):
        publishing.restore(spring, actor=make_curator(), reason="So")


def test_whoever_saw_either_text_before_it_changed_is_told():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    seen, seen_into = standing(spring), standing(well)
    add_revision(well, "## Context\n\nDeeper.\n")
    with pytest.raises(Overtaken):
        merge(spring, well, seen=seen, seen_into=seen_into)
    assert not PatternMerge.objects.exists()


def test_one_audit_line_says_what_moved():
    well, spring = make_pattern("Well"), make_pattern("Spring")
    make_relation(spring, target=make_pattern("Fence"))
    merge(spring, well)
    line = AuditEntry.objects.get(action="merged pattern")
    assert (line.target_id, line.details["into"], line.details["moved"]["relations"]) == (str(spring.pk), "well", 1)


def test_an_open_edit_of_the_merged_one_is_not_accepted_and_not_lost():
    from patterns.review import NotNow, decide
    from tests.factories.people import make_item, make_reviewer

    well, spring = make_pattern("Well"), make_pattern("Spring")
    edit = submissions.save_draft(
        author=make_user(), kind=SubmissionKind.EDIT, title="Spring", pattern=spring, based_on=spring.current,
        text=spring.current.source + "More.\n", consent=True,
    )  # fmt: skip
    submissions.submit(edit, actor=edit.author)
    merge(spring, well)
    item = make_item(edit)
    with pytest.raises(NotNow, match="became part of “Well”"):
        decide(item, reviewer=make_reviewer(), decision="accept", version=item.version)
    edit.refresh_from_db()
    assert (edit.state, edit.text.endswith("More.\n")) == ("submitted", True)


def test_the_database_refuses_a_target_that_is_gone_and_a_merge_that_stays_published():
    well, spring, fence = (make_pattern(name) for name in ("Well", "Spring", "Fence"))
    publishing.retire(fence, actor=None, reason="So")
    for values in (
        {"merged_into": fence, "state": PublicationState.RETIRED},
        {"merged_into": well},
        {"merged_into": spring, "state": PublicationState.RETIRED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pattern.objects.filter(pk=spring.pk).update(**values)


def test_a_suggested_relation_stays_suggested():
    well, spring, fence = (make_pattern(name) for name in ("Well", "Spring", "Fence"))
    make_relation(spring, target=fence, state=RelationState.SUGGESTED, provenance=Provenance.IMPORTED)
    merge(spring, well)
    assert relations() == {("well", "enables", "fence", "suggested")}

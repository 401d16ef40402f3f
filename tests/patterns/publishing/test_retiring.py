"""Taking out, bringing back and going back: who may, what is said, and that two at once do it once."""

import pytest
from django.db import IntegrityError, transaction

from patterns import publishing
from patterns.enums import Provenance, PublicationState, RelationState, Role
from patterns.models import AuditEntry, LibraryChange, Pattern, Relation, Retirement
from patterns.publishing import NotACurator, Overtaken, ReasonMissing, Refused, standing
from patterns.queries.publication import open_retirement, successor_of
from tests.factories.library import add_revision, make_curator, make_lighthouse, make_pattern, make_relation, make_user

pytestmark = pytest.mark.django_db
OTHERS = [[], [Role.CONTRIBUTOR], [Role.REVIEWER]]


@pytest.mark.parametrize("roles", OTHERS)
def test_nobody_but_a_curator_acts(roles):
    person, well, fence = make_user(roles=roles), make_pattern("Well"), make_pattern("Fence")
    first = well.current
    add_revision(well, "## Context\n\nDeeper.\n")
    for act in (
        lambda: publishing.retire(well, actor=person, reason="So"),
        lambda: publishing.restore(well, actor=person, reason="So"),
        lambda: publishing.revert(well, to=first, by=person),
        lambda: publishing.rename(well, by=person, reason="So", title="Spring"),
        lambda: publishing.merge(well, into=fence, by=person, reason="So"),
        lambda: publishing.lower(well, by=person, reason="So"),
        lambda: publishing.confirm_gold(well, adoption=None, by=person, ground="So"),
    ):
        with pytest.raises(NotACurator):
            act()
    assert Pattern.objects.get(pk=well.pk).state == PublicationState.PUBLISHED
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMIN])
def test_a_reason_is_kept_with_who_and_where_to_go(role):
    actor, well, spring = make_user(roles=[role]), make_pattern("Well"), make_pattern("Spring")
    assert publishing.retire(well, actor=actor, reason=" Dry ", successor=spring, seen=standing(well))
    said = open_retirement(well)
    assert (said.actor, said.reason, successor_of(said)) == (actor, "Dry", spring)


def test_no_reason_no_act():
    well = make_pattern("Well")
    with pytest.raises(ReasonMissing):
        publishing.retire(well, actor=make_curator(), reason="  ")
    assert Pattern.objects.get().state == PublicationState.PUBLISHED


def test_the_second_curator_is_told_and_the_first_reason_stands():
    well, first, second = make_pattern("Well"), make_curator(), make_curator()
    seen = standing(well)
    assert publishing.retire(well, actor=first, reason="Dry", seen=seen)
    assert not publishing.retire(well, actor=second, reason="Closed", seen=seen)
    assert [one.reason for one in Retirement.objects.all()] == ["Dry"]
    assert publishing.restore(well, actor=second, reason="It rained")
    assert not publishing.restore(well, actor=first, reason="It rained")
    assert Retirement.objects.get().ended_at


def test_whoever_saw_another_text_is_told():
    well = make_pattern("Well")
    seen = standing(well)
    add_revision(well, "## Context\n\nDeeper.\n")
    with pytest.raises(Overtaken):
        publishing.retire(well, actor=make_curator(), reason="Dry", seen=seen)


def test_a_successor_is_another_and_published():
    well, gone, actor = make_pattern("Well"), make_pattern("Gone"), make_curator()
    publishing.retire(gone, actor=actor, reason="So")
    for bad in (well, gone):
        with pytest.raises(Refused):
            publishing.retire(well, actor=actor, reason="So", successor=bad)


def test_a_place_has_no_successor():
    place = make_lighthouse("Harbour")
    with pytest.raises(Refused):
        publishing.retire(place, actor=make_curator(), reason="So", successor=make_pattern("Well"))
    assert type(place).objects.get().state == PublicationState.PUBLISHED


def test_readers_follow_successors_to_one_that_is_there():
    actor = make_curator()
    first, second, third = make_pattern("First"), make_pattern("Second"), make_pattern("Third")
    publishing.retire(first, actor=actor, reason="So", successor=second)
    publishing.retire(second, actor=actor, reason="So", successor=third)
    assert successor_of(open_retirement(first)) == third
    publishing.merge(third, into=make_pattern("Fourth"), by=actor, reason="The same")
    assert successor_of(open_retirement(first)).title == "Fourth"


def test_successors_in_a_circle_lead_nowhere():
    actor, first, second = make_curator(), make_pattern("First"), make_pattern("Second")
    publishing.retire(first, actor=actor, reason="So", successor=second)
    Retirement.objects.create(pattern=second, actor=actor, reason="So", successor=first)
    Pattern.objects.filter(pk=second.pk).update(state=PublicationState.RETIRED)
    assert successor_of(open_retirement(first)) is None


def test_a_lighthouse_is_taken_out_and_back():
    place, actor = make_lighthouse("Harbour"), make_curator()
    assert publishing.retire(place, actor=actor, reason="Closed")
    assert publishing.restore(place, actor=actor, reason="Open again")
    kinds = LibraryChange.objects.filter(lighthouse=place).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["lighthouse_published", "lighthouse_retired", "lighthouse_published"]


def test_a_revert_is_no_review():
    well, spring = make_pattern("Well", revision={"front": {"title": "Well", "slug": "well"}}), make_pattern("Spring")
    first = well.current
    front = {"title": "Well", "slug": "well", "enables": "[spring]"}
    second = add_revision(well, "## Context\n\nDeeper.\n", front=front)
    add_revision(well, "## Context\n\nDeepest.\n")
    publishing.revert(well, to=second, by=make_curator(), reason="Clearer")
    relation = Relation.objects.get(source=well)
    assert (relation.target, relation.state, relation.provenance) == (
        spring, RelationState.SUGGESTED, Provenance.IMPORTED
    )  # fmt: skip
    assert well.tier == "bronze"
    assert well.current.message == "Back to revision 2: Clearer"
    publishing.revert(well, to=first, by=make_curator())
    assert well.current.source == first.source


def test_nobody_puts_a_text_of_their_own_back_over_anothers():
    curator, other = make_curator(), make_curator()
    well = make_pattern("Well", revision={"author": curator})
    first = well.current
    add_revision(well, "## Context\n\nDeeper.\n", author=other)
    with pytest.raises(Refused):
        publishing.revert(well, to=first, by=curator)
    assert publishing.revert(well, to=first, by=other).author == curator


def test_going_back_in_one_s_own_work_is_open_to_oneself():
    curator = make_curator()
    well = make_pattern("Well", revision={"author": curator})
    first = well.current
    add_revision(well, "## Context\n\nDeeper.\n", author=curator)
    assert publishing.revert(well, to=first, by=curator).number == 3


def test_a_retired_text_does_not_go_back():
    well = make_pattern("Well")
    first = well.current
    add_revision(well, "## Context\n\nDeeper.\n")
    publishing.retire(well, actor=None, reason="So")
    with pytest.raises(Refused):
        publishing.revert(well, to=first, by=make_curator())


def test_a_lighthouse_goes_back_to_an_earlier_text_with_what_it_used():
    well, place = make_pattern("Well"), make_lighthouse("Harbour")
    first = add_revision(place, "## Story\n\nOnce.\n", front={"title": "Harbour", "patterns_used": "[Well]"})
    add_revision(place, "## Story\n\nNow.\n", front={"title": "Harbour"})
    revision = publishing.revert(place, to=first, by=make_curator(), reason="Truer")
    assert (revision.number, place.current, place.adoptions.get().pattern) == (4, revision, well)


def test_the_database_keeps_who_took_it_out():
    well = make_pattern("Well")
    publishing.retire(well, actor=make_curator(), reason="Dry")
    with pytest.raises(IntegrityError), transaction.atomic():
        Retirement.objects.update(actor=make_curator())


def test_a_relation_to_what_is_gone_is_still_there_when_it_comes_back():
    relation = make_relation(make_pattern("Fence"), target=make_pattern("Well"))
    publishing.retire(relation.target, actor=make_curator(), reason="Dry")
    publishing.restore(relation.target, actor=make_curator(), reason="Wet")
    relation.refresh_from_db()
    assert relation.target.slug == "well"

"""Gold by its rule, refused by the functions and by the database; told honestly when the evidence is gone."""

import pytest
from django.db import IntegrityError, transaction

from patterns import publishing
from patterns.enums import PublicationState, Tier
from patterns.models import Pattern, TierConfirmation
from patterns.publishing import Refused, standing
from patterns.queries.publication import evidence_of, gone_evidence, ready_for_gold
from tests.factories.library import add_revision, make_curator, make_lighthouse, make_pattern, make_user

pytestmark = pytest.mark.django_db


def silver(title="Well", **fields):
    return make_pattern(title, tier=Tier.SILVER, **fields)


def confirm(pattern, place=None, by=None, ground="They have shared it for ten years."):
    place = place or make_lighthouse(uses=(pattern,))
    adoption = place.adoptions.get(pattern=pattern)
    return publishing.confirm_gold(pattern, adoption=adoption, by=by or make_curator(), ground=ground)


def test_a_lighthouse_and_a_curator_make_it_gold():
    well, curator = silver(), make_curator("Ada")
    place = make_lighthouse("Harbour", uses=(well,))
    confirm(well, place, curator)
    evidence = evidence_of(well)
    assert (well.tier, evidence.confirmation.lighthouse, evidence.confirmation.confirmed_by) == ("gold", place, curator)
    assert evidence.stands


def test_the_author_of_the_text_does_not_confirm_it():
    curator = make_curator()
    well = silver(revision={"author": curator})
    with pytest.raises(Refused, match="Another curator"):
        confirm(well, by=curator)
    assert Pattern.objects.get().tier == Tier.SILVER


def test_bronze_is_not_made_gold():
    with pytest.raises(Refused, match="bronze"):
        confirm(make_pattern("Well"))


def test_a_retired_lighthouse_and_another_pattern_s_use_are_no_evidence():
    well, place = silver(), make_lighthouse("Harbour")
    other = make_lighthouse("Mill", uses=(silver("Fence"),)).adoptions.get()
    with pytest.raises(Refused):
        publishing.confirm_gold(well, adoption=other, by=make_curator(), ground="So")
    adoption = place.adoptions.create(pattern=well, reference="Well", position=0)
    publishing.retire(place, actor=None, reason="Closed")
    with pytest.raises(Refused):
        publishing.confirm_gold(well, adoption=adoption, by=make_curator(), ground="So")


def test_evidence_that_is_gone_is_told_and_nothing_is_lowered_by_itself():
    well = silver()
    place = make_lighthouse(uses=(well,))
    confirm(well, place)
    assert gone_evidence() == []
    place.adoptions.all().delete()
    assert not evidence_of(well).used
    assert [one.confirmation.pattern for one in gone_evidence()] == [well]
    assert Pattern.objects.get().tier == Tier.GOLD
    confirm(well, make_lighthouse(uses=(well,)))
    assert gone_evidence() == []
    assert TierConfirmation.objects.count() == 2


def test_a_text_that_went_back_before_the_confirmed_one_is_listed():
    well, curator = silver(), make_curator()
    first = well.current
    second = add_revision(well, "## Context\n\nDeeper.\n")
    confirm(well)
    publishing.revert(well, to=first, by=curator)
    assert evidence_of(well).reverted
    assert [one.reverted for one in gone_evidence()] == [True]
    publishing.revert(well, to=second, by=curator)
    assert evidence_of(well).stands
    assert gone_evidence() == []


def test_gold_is_made_silver_once_with_a_reason():
    well, curator = silver(), make_curator()
    confirm(well)
    assert publishing.lower(well, by=curator, reason="They stopped", seen=standing(well))
    assert not publishing.lower(well, by=curator, reason="They stopped")
    assert (well.tier, evidence_of(well), TierConfirmation.objects.get().ended_at is None) == ("silver", None, False)


def test_silver_that_is_used_waits_for_a_curator():
    well, fence = silver(), silver("Fence")
    make_lighthouse(uses=(well, "Nothing"))
    make_lighthouse(uses=(well,), state=PublicationState.RETIRED)
    assert [(one, one.uses) for one in ready_for_gold()] == [(well, 1)]
    assert fence not in ready_for_gold()


def test_the_database_refuses_gold_without_its_record():
    well = silver()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pattern.objects.filter(pk=well.pk).update(tier=Tier.GOLD)
    confirm(well)
    with pytest.raises(IntegrityError), transaction.atomic():
        TierConfirmation.objects.update(ended_at=well.created_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        TierConfirmation.objects.update(ground="Something else")


def test_the_database_refuses_the_author_and_a_lighthouse_that_does_not_use_it():
    author = make_user()
    well = silver(revision={"author": author})
    user, stranger = make_lighthouse(uses=(well,)), make_lighthouse()
    for person, place in ((author, user), (make_curator(), stranger)):
        with pytest.raises(IntegrityError), transaction.atomic():
            TierConfirmation.objects.create(
                pattern=well, lighthouse=place, revision=well.current, confirmed_by=person, ground="So"
            )

"""Gold of a merged pattern: not passed on, offered to another curator, taken back with the merge."""

import pytest
from django.urls import reverse

from patterns import publishing
from patterns.enums import Tier
from patterns.models import Pattern, TierConfirmation
from patterns.publishing import NotACurator, Overtaken, Refused, standing
from patterns.publishing.gold_offers import take_up
from patterns.queries.gold_offers import offers
from patterns.queries.publication import evidence_of, gone_evidence
from tests.factories.library import confirm, make_curator, make_lighthouse, make_pattern, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_lighthouse("Harbour")


@pytest.fixture
def spring(place):
    """Gold, confirmed by Grace on the evidence of Harbour."""
    one = make_pattern("Spring", tier=Tier.SILVER)
    place.adoptions.create(pattern=one, reference="Spring", position=0)
    publishing.confirm_gold(
        one, adoption=place.adoptions.get(), by=make_curator("Grace"), ground="They have shared it since 2014."
    )
    return one


@pytest.fixture
def well():
    return make_pattern("Well", tier=Tier.SILVER)


def merge(merged, into, by=None):
    return publishing.merge(merged, into=into, by=by or make_curator("Mary"), reason="They say the same")


def test_the_kept_pattern_is_not_gold_but_offered_for_it_with_what_was_confirmed(spring, well, place):
    record = merge(spring, well)
    well.refresh_from_db()
    (offer,) = offers()
    assert (well.tier, offer.kept, offer.merged, offer.pk) == (Tier.SILVER, well, spring, record.pk)
    assert (offer.confirmation.confirmed_by.name, offer.adoption.lighthouse) == ("Grace", place)


def test_another_curator_takes_it_up_on_the_ground_that_was_given(spring, well, place):
    record, ada = merge(spring, well), make_curator("Ada")
    made = take_up(record.pk, by=ada, seen=standing(Pattern.objects.get(pk=well.pk)))
    well.refresh_from_db()
    assert (well.tier, made.confirmed_by, made.lighthouse, made.revision) == (Tier.GOLD, ada, place, well.current)
    assert made.ground == "Came with “Spring”, which Grace had confirmed: They have shared it since 2014."
    assert evidence_of(well).stands
    assert offers() == []


def test_whoever_merged_the_two_does_not_take_it_up(spring, well):
    mary = make_curator("Mary")
    record = merge(spring, well, by=mary)
    with pytest.raises(Refused, match="Another curator"):
        take_up(record.pk, by=mary)
    assert Pattern.objects.get(pk=well.pk).tier == Tier.SILVER


def test_the_author_of_the_text_that_stays_does_not_take_it_up(spring):
    ada = make_curator("Ada")
    well = make_pattern("Well", tier=Tier.SILVER, revision={"author": ada})
    record = merge(spring, well)
    with pytest.raises(Refused, match="You wrote the text"):
        take_up(record.pk, by=ada)


def test_only_curators_take_it_up_and_only_what_they_saw(spring, well):
    record = merge(spring, well)
    with pytest.raises(NotACurator):
        take_up(record.pk, by=make_user())
    with pytest.raises(Overtaken):
        take_up(record.pk, by=make_curator(), seen="another")


def test_taking_the_merge_back_takes_the_offer_back_and_the_old_gold_is_as_it_was(spring, well):
    before = list(TierConfirmation.objects.values())
    record = merge(spring, well)
    publishing.take_back(record, by=make_curator(), reason="They do not")
    spring.refresh_from_db()
    assert offers() == []
    assert (spring.tier, list(TierConfirmation.objects.values())) == (Tier.GOLD, before)
    assert evidence_of(spring).stands
    with pytest.raises(Refused, match="offered no more"):
        take_up(record.pk, by=make_curator())


def test_what_was_taken_up_before_the_merge_is_taken_back_is_listed_as_gone(spring, well):
    record = merge(spring, well)
    take_up(record.pk, by=make_curator("Ada"))
    publishing.take_back(record, by=make_curator(), reason="They do not")
    assert [one.confirmation.pattern for one in gone_evidence()] == [well]
    assert Pattern.objects.get(pk=spring.pk).tier == Tier.GOLD


def test_an_offer_follows_from_merge_to_merge(spring, well):
    fence = make_pattern("Fence", tier=Tier.SILVER)
    merge(spring, well)
    last = merge(well, fence)
    (offer,) = offers()
    assert (offer.kept, offer.merged, len(offer.merges)) == (fence, spring, 2)
    assert offer.merged_by(last.actor_id)
    publishing.take_back(last, by=make_curator(), reason="They do not")
    assert [one.kept for one in offers()] == [well]


def test_gold_over_which_a_curator_has_decided_since_is_not_offered_again(spring, well):
    record = merge(spring, well)
    take_up(record.pk, by=make_curator("Ada"))
    publishing.lower(Pattern.objects.get(pk=well.pk), by=make_curator(), reason="Read again")
    assert offers() == []


def test_what_is_gold_already_is_not_offered(spring):
    well = make_pattern("Well", tier=Tier.GOLD)
    merge(spring, well)
    assert offers() == []


@pytest.mark.parametrize("tier", [Tier.BRONZE, Tier.SILVER])
def test_an_offer_nobody_can_take_up_yet_says_why(client, spring, place, tier):
    well = make_pattern("Well", tier=tier)
    record = merge(spring, well)
    if tier == Tier.SILVER:
        place.adoptions.all().delete()
    client.force_login(make_curator("Ada"))
    html = client.get(reverse("review_tiers")).content.decode()
    assert ("It is bronze" in html) is (tier == Tier.BRONZE)
    assert ("No published lighthouse says any more" in html) is (tier == Tier.SILVER)
    answer = client.post(
        reverse("take_up_gold", args=[record.pk]), {"seen": standing(Pattern.objects.get(slug="well"))}
    )
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_the_list_says_it_in_words_and_one_click_confirms(client, spring, well):
    record = merge(spring, well)
    client.force_login(make_curator("Ada"))
    html = client.get(reverse("review_tiers")).content.decode()
    assert "Came with “Spring”, confirmed by Grace by Harbour, gold since" in html
    assert "They have shared it since 2014." in html
    seen = standing(Pattern.objects.get(pk=well.pk))
    assert f'value="{seen}"' in html
    page = client.post(reverse("take_up_gold", args=[record.pk]), {"seen": seen}, follow=True).content.decode()
    assert "“Well” is gold, by your name and on this evidence." in page
    assert "Came with “Spring”" not in page


def test_whoever_merged_reads_that_it_is_for_another(client, spring, well):
    mary = make_curator("Mary")
    client.force_login(mary)
    confirmation = client.get(reverse("merge_pattern", args=["spring"]) + "?into=well").content.decode()
    assert "“Well” does not become gold by this" in confirmation
    record = merge(spring, well, by=mary)
    html = client.get(reverse("review_tiers")).content.decode()
    assert "You merged the two. Another curator" in html
    assert reverse("take_up_gold", args=[record.pk]) not in html
    assert "is gold again as it was" in client.get(reverse("unmerge_pattern", args=["spring"])).content.decode()


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_takes_the_same_queries_however_many_are_offered(django_assert_num_queries, many):
    for number in range(many):
        gold, kept = make_pattern(f"Gold {number}", tier=Tier.SILVER), make_pattern(f"Kept {number}", tier=Tier.SILVER)
        confirm(gold)
        merge(gold, kept)
    with django_assert_num_queries(5):
        assert len(offers()) == many

"""Every act reads as one plain sentence with who and why: in a history, on the page of changes and in the feed."""

from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from patterns import publishing
from patterns.enums import Provenance, RelationState, Tier
from patterns.models import Relation
from patterns.people.erasing import erase
from patterns.queries.acts_told import done_with
from patterns.queries.changed import changed
from patterns.relating import deciding, undoing
from patterns.relating.choosing import Chosen, fingerprint, waiting
from patterns.syndication.telling import act_in_words, in_words
from tests.factories.library import add_revision, make_curator, make_lighthouse, make_pattern, make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import picks, proposed, suggested

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
WHY = "It was time."


@pytest.fixture
def ada():
    return make_curator("Ada")


@pytest.fixture
def well():
    return make_pattern("Well", "## Context\n\nShared.\n", tier=Tier.SILVER, revision={"author": make_user("Eve")})


def gold(well, ada, place="Harbour"):
    adoption = make_lighthouse(place, uses=(well,)).adoptions.get()
    publishing.confirm_gold(well, adoption=adoption, by=ada, ground=WHY)


def lowered(well, ada):
    gold(well, make_curator())
    publishing.lower(well, by=ada, reason=WHY)


def restored(well, ada):
    publishing.retire(well, actor=make_curator(), reason="So")
    publishing.restore(well, actor=ada, reason=WHY)


def reverted(well, ada):
    add_revision(well, "## Context\n\nDeeper.\n", author=make_user("Mallory"))
    publishing.revert(well, to=well.revisions.get(number=1), by=ada, reason=WHY)


def merged(well, ada):
    publishing.merge(well, into=make_pattern("Spring"), by=ada, reason=WHY)


def parted(well, ada):
    record = publishing.merge(well, into=make_pattern("Spring"), by=make_curator(), reason="So")
    publishing.take_back(record, by=ada, reason=WHY)


ACTS = {
    "retired": (
        lambda well, ada: publishing.retire(well, actor=ada, reason=WHY),
        "Ada took it out of the library: “It was time”.",
    ),
    "restored": (restored, "Ada brought it back into the library: “It was time”."),
    "renamed": (
        lambda well, ada: publishing.rename(well, by=ada, reason=WHY, title="Deep well", slug="deep-well"),
        "Ada renamed it; it was “Well” before: “It was time”.",
    ),
    "moved": (
        lambda well, ada: publishing.rename(well, by=ada, reason=WHY, slug="deep-well"),
        "Ada moved it from the address “well”: “It was time”.",
    ),
    "reverted": (reverted, "Ada went back to the text of revision 1: “It was time”."),
    "merged": (merged, "Ada made it part of “Spring”: “It was time”."),
    "parted": (parted, "Ada made it a pattern of its own again, beside “Spring”: “It was time”."),
    "gold": (gold, "Ada confirmed it as gold, on the evidence of “Harbour”: “It was time”."),
    "lowered": (lowered, "Ada made it silver again: “It was time”."),
}


def entries(client):
    found = ET.fromstring(client.get("/feed/").content).findall(f"{ATOM}entry")  # noqa: S314
    return [(one.findtext(f"{ATOM}summary"), one.findtext(f"{ATOM}author/{ATOM}name")) for one in found]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_told_once_with_who_and_why_on_the_page_and_in_the_feed(client, well, ada, name):
    do, sentence = ACTS[name]
    do(well, ada)
    assert [act_in_words(one) for one in changed()].count(sentence) == 1
    page = client.get("/changes/").content.decode()
    assert sentence in page
    (found,) = [one for one in entries(client) if one[0].startswith(sentence)]
    assert found[1] == "Ada"


@pytest.mark.parametrize("name", ACTS)
def test_an_act_stands_in_the_history_with_who_and_why(client, well, ada, name):
    do, sentence = ACTS[name]
    do(well, ada)
    well.refresh_from_db()
    assert [act_in_words(one) for one in done_with(well)].count(sentence) == 1
    if name != "retired":  # that address tells it itself
        assert sentence in client.get(f"/patterns/{well.slug}/history/").content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_an_act_keeps_its_reason_and_no_name_when_the_account_is_erased(client, well, ada, name):
    do, sentence = ACTS[name]
    do(well, ada)
    erase(ada, by=None)
    said = sentence.replace("Ada", "A former contributor")
    assert said in [act_in_words(one) for one in changed()]
    assert "Ada" not in client.get("/changes/").content.decode()


@pytest.mark.parametrize("name", sorted(ACTS.keys() - {"gold"}))
def test_an_operator_is_told_as_one(well, name):
    ACTS[name][0](well, None)
    assert ACTS[name][1].replace("Ada", "An operator") in [act_in_words(one) for one in changed()]


def test_nobody_is_told_to_have_said_what_a_curator_said(well, ada):
    """Names taken over by a merge, and texts gone back to, are revisions credited to whoever wrote the text."""
    spring = make_pattern("Spring", revision={"author": make_user("Eve")})
    record = publishing.merge(spring, into=well, by=ada, reason=WHY)
    publishing.rename(well, by=ada, reason=WHY, title="Deep well")
    publishing.take_back(record, by=ada, reason=WHY)
    assert {one.who for one in changed() if one.message} == {"Ada"}
    assert not any("In their words" in in_words(one) for one in changed())


def test_a_moved_address_is_not_told_as_coming_back(well, ada):
    publishing.rename(well, by=ada, reason=WHY, slug="deep-well")
    assert "returned" not in {one.verb for one in changed()}


def test_the_kept_pattern_tells_what_it_took_in_and_gave_back(client, well, ada):
    spring = make_pattern("Spring")
    record = publishing.merge(spring, into=well, by=ada, reason=WHY)
    publishing.take_back(record, by=make_curator("Grace"), reason="They differ.")
    html = client.get("/patterns/well/history/").content.decode()
    assert html.index("Grace made “Spring” a pattern of its own again: “They differ”.") < html.index(
        "Ada made “Spring” a part of it: “It was time”."
    )


def test_an_edit_right_after_a_renaming_is_told_as_the_edit_it_is(well, ada):
    publishing.rename(well, by=ada, reason=WHY, title="Deep well")
    text = well.current.source.replace("Shared.", "Shared by all.")
    eve = make_user("Eve")
    publishing.publish(well, source=text, author=eve, by=make_reviewer(), message="Says by whom")
    told = {one.verb: one for one in changed()}
    assert (told["changed"].who, told["changed"].message) == ("Eve", "Says by whom")
    assert told["renamed"].who == "Ada"


# Relations


def in_bulk(count, *, reviewer, reason="Noise from one machine.", act="reject"):
    target, source = make_pattern("Target"), make_pattern("Source")
    Relation.objects.bulk_create(
        Relation(
            source=source, target=target, kind="enables", provenance=Provenance.IMPORTED, state=RelationState.SUGGESTED,
            library=source.library, stands_at=f"relationships.enables[{number}]",
        )
        for number in range(count)
    )  # fmt: skip
    chosen = Chosen(kind="enables")
    seen = str(fingerprint(waiting(chosen)))
    return deciding.decide_all(chosen, seen=seen, reviewer=reviewer, act=act, reason=reason).batch


def test_ten_thousand_relations_decided_at_once_are_one_line(client):
    in_bulk(10_000, reviewer=make_reviewer("Ada"))
    sentence = "Ada rejected 10,000 suggested relations: “Noise from one machine”."
    assert [act_in_words(one) for one in changed() if one.thing == "relations"] == [sentence]
    page = client.get("/changes/").content.decode()
    assert page.count("10,000") == 2  # the headline and the sentence
    assert sentence in [one[0] for one in entries(client)]
    assert sentence in client.get("/patterns/target/history/").content.decode()
    assert len(client.get("/patterns/target/history/").content) < 60_000


def test_many_single_decisions_of_a_day_are_one_line_and_taking_back_is_told():
    ada = make_reviewer("Ada")
    batches = [deciding.decide(picks(suggested()), reviewer=ada, act="accept").batch for _ in range(3)]
    undoing.undo(batches[0], by=ada)
    assert {act_in_words(one) for one in changed() if one.thing == "relations"} == {
        "Ada accepted 3 suggested relations.",
        "Ada took back a decision on 1 relation.",
    }


def test_a_history_counts_only_the_relations_of_its_pattern():
    ada, well = make_reviewer("Ada"), make_pattern("Well")
    deciding.decide(picks(suggested(well), suggested(None, well), suggested()), reviewer=ada, act="accept")
    assert [act_in_words(one) for one in done_with(well)] == ["Ada accepted 2 suggested relations."]


def test_what_is_said_to_an_author_is_not_told_to_all():
    from patterns.review import decide
    from tests.factories.people import make_item

    submission = proposed(make_pattern(), make_pattern())
    item = make_item(submission)
    decide(item, reviewer=make_reviewer("Ada"), decision="accept", version=item.version, reason="Between you and me.")
    lines = [act_in_words(one) for one in changed() if one.thing == "relations"]
    assert not any("Between you" in line for line in lines)


def test_decisions_about_relations_belong_to_no_domain_and_come_back_on_no_second_page():
    in_bulk(3, reviewer=make_reviewer("Ada"))
    assert not any(one.thing == "relations" for one in changed(domains=["villages"]))
    (line,) = [one for one in changed() if one.thing == "relations"]
    assert not any(one.thing == "relations" for one in changed(before=line.at))


def test_gold_is_told_in_its_domain(ada):
    one = make_pattern("Well", tier=Tier.SILVER, domain="villages")
    gold(one, ada)
    assert "gold" in {each.verb for each in changed(domains=["villages"])}
    assert "gold" not in {each.verb for each in changed(domains=["cities"])}


@pytest.mark.parametrize("count", [1, 5])
def test_query_counts_do_not_grow_with_the_acts(django_assert_num_queries, client, count):
    well, ada = make_pattern("Well", tier=Tier.SILVER), make_curator("Ada")
    for number in range(count):
        one = make_pattern(f"One {number}", tier=Tier.SILVER)
        publishing.rename(one, by=ada, reason=WHY, title=f"Deep {number}")
        publishing.take_back(publishing.merge(one, into=well, by=ada, reason=WHY), by=ada, reason=WHY)
        gold(one, ada, f"Harbour {number}")
        deciding.decide(picks(suggested(well, one)), reviewer=make_reviewer(), act="reject", reason=str(number))
    with django_assert_num_queries(12):
        changed()
    client.get("/patterns/well/history/")
    with django_assert_num_queries(7):
        client.get("/patterns/well/history/")


@pytest.mark.parametrize("name", ACTS)
def test_each_act_reads_in_german(well, ada, name):
    ACTS[name][0](well, ada)
    english = {act_in_words(one) for one in changed()}
    with translation.override("de"):
        german = {act_in_words(one) for one in changed()}
    assert not english & german - {""}


def test_hostile_reasons_stay_words(client, well, ada):
    publishing.retire(well, actor=ada, reason="<script>x</script>")
    assert "<script>x" not in client.get("/changes/").content.decode()
    assert "<script>" not in "".join(said for said, _ in entries(client))

"""Near patterns and offered relations on the starter library, by the real embedder, against what a person judged."""

import pytest

from inference.proposals import duplicates
from inference.proposals.nearness import near_patterns
from inference.proposals.offering import offers
from inference.proposals.opening import opening
from inference.proposals.vectors import opening_vector
from patterns import checks
from patterns.checks import Weight
from patterns.models import Submission

pytestmark = pytest.mark.django_db

# A text nobody has seen, and the patterns a person who knows the library would join it to (with the kind, where the
# text says it).
JUDGED = (
    (
        "Neighbourhood tool shed",
        "A street shares drills, ladders and tents from one shed with a key list.",
        """It is a kind of library of things. It needs working agreements about lending and return. A repair café mends
        what breaks. Without a person who cares for the shed, tools disappear.""",
        {"library-of-things": "generalizes_from", "working-agreements": "requires", "repair-cafe": ""},
        "community-garden time-bank mutual-aid-network cohousing clear-boundaries seed-library",
    ),
    (
        "Bakery owned by its bakers",
        "Bakers buy the bakery from a retiring owner and each has one vote.",
        """It is a form of worker cooperative. Open-book management lets everybody read the accounts. Instead of steward
        ownership, the members themselves hold the votes. A revolving loan fund may lend the first money.""",
        {"worker-cooperative": "generalizes_from", "steward-ownership": "alternatives", "revolving-loan-fund": ""},
        """open-book-management platform-cooperative self-managing-teams transparent-pay sociocratic-consent
        multi-stakeholder-cooperative participatory-budgeting""",
    ),
    (
        "Assembly of river users",
        "Farmers, anglers and towns along one river decide together about water in dry years.",
        """It builds on clear boundaries of who may draw water. Graduated sanctions keep the agreements. It leads to a
        watershed council once trust has grown.""",
        {"clear-boundaries": "requires", "graduated-sanctions": "", "watershed-council": "enables"},
        "nested-governance citizens-assembly rights-of-nature sociocratic-consent commons-charter",
    ),
    (
        "Meeting without a boss",
        "A team that has no manager meets each week and speaks in turns.",
        """It requires rotating facilitation. Check-in rounds open it. Decisions are taken by sociocratic consent and
        kept in a decision log.""",
        {"rotating-facilitation": "requires", "check-in-rounds": "", "sociocratic-consent": "", "decision-log": ""},
        """self-managing-teams roles-not-jobs processing-tensions retrospectives double-linking weekly-review
        working-agreements advice-process""",
    ),
)


@pytest.fixture(autouse=True)
def the_starter_library(starter):
    """Every test of this folder reads it."""


def test_offered_relations_are_sensible():
    """Four of five offers are ones a person would make, all that the text names are among them, in the way it says."""
    good = wrong = 0
    for title, summary, body, named, also in JUDGED:
        found = offers(title=title, summary=summary, body=body)
        assert len(found) <= 8
        kinds = {one.slug: one.kind for one in found}
        assert named.keys() <= kinds.keys(), (title, kinds)
        assert {slug: kind for slug, kind in named.items() if kind} == {
            slug: kinds[slug] for slug, kind in named.items() if kind
        }, title
        good += sum(one.slug in named or one.slug in also.split() for one in found)
        wrong += sum(one.slug not in named and one.slug not in also.split() for one in found)
        assert all(one.reason for one in found)
    assert good / (good + wrong) >= 0.8, (good, wrong)


def test_nothing_is_offered_for_a_text_about_something_else():
    found = offers(title="Sourdough starter", summary="Flour and water ferment.", body="Feed it each day at noon.")
    assert len(found) <= 1


def submission(title, summary, body):
    return Submission(
        kind="new_pattern", text=f"---\ntitle: {title}\nsummary: {summary}\n---\n\n{body}\n", consent=True
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "summary", "slug"),
    [
        (
            "Companies that own themselves",
            "Stewards who carry its purpose hold the votes of a company, so it cannot be sold; profits serve it.",
            "steward-ownership",
        ),
        ("Comunity Land Trust", "Land is held for ever by a trust of residents.", "community-land-trust"),
        (
            "Repairing together",
            "Neighbours meet with volunteers to mend broken toasters, lamps and clothes instead of throwing them away.",
            "repair-cafe",
        ),
    ],
)
def test_what_may_already_be_there_is_named_with_how_near_it_is(title, summary, slug):
    finding = next(iter(duplicates.duplicates(submission(title, summary, "People do it together."))))
    assert finding.offers[0].slug == slug
    assert finding.offers[0].turns
    assert finding.offers[0].how
    assert finding.weight in {Weight.WARN, Weight.NOTE}


def test_something_new_is_left_in_peace():
    new = submission(
        "Sourdough starter", "Flour and water ferment in a jar.", "Feed it each day at noon with rye flour."
    )
    assert list(duplicates.duplicates(new)) == []


def test_without_a_vector_names_and_words_answer_and_say_so(monkeypatch):
    monkeypatch.setattr("inference.proposals.vectors._made", lambda *_, **__: None)
    text = submission("Steward Ownership", "Voting rights stay with stewards.", "Some unheard of words nowhere else.")
    found = list(duplicates.duplicates(text))
    assert found[0].offers[0].slug == "steward-ownership"
    assert "words alone" in found[-1].message


def test_near_patterns_cost_the_same_queries_for_one_and_for_three(django_assert_max_num_queries):
    vector = opening_vector(opening(title="Well", summary="Shared water", body="A village keeps a well."))
    for limit in (1, 3):
        with django_assert_max_num_queries(6):
            near_patterns(title="Well", text="well", vector=vector, limit=limit)


def test_the_check_stands_in_the_registry_for_new_patterns_alone():
    new = submission("Steward Ownership", "Voting rights stay with stewards.", "Words about a company and its purpose.")
    assert any(one.rule == "near" for one in checks.run(new))
    new.kind = "lighthouse"
    assert not any(one.rule == "near" for one in checks.run(new))

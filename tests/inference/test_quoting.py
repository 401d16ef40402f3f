"""What the extractive generator quotes, and the shape it gives to each kind of question."""

from inference.backends.extractive import Generator, written
from inference.excerpts import defines, excerpts
from inference.prompting import build
from inference.types import Entity, Fact, Route, RouteKind
from tests.inference.test_citations import evidence

STEWARD = evidence(
    "Steward-ownership is a way to own a company. It keeps control with people who carry the purpose.",
    title="Steward Ownership", slug="steward", sha256="1",
)  # fmt: skip
AVOID = evidence(
    "Do not lock a company before it has found out what it is for.",
    title="Steward Ownership", slug="steward", section="Section 7: When Not to Use", sha256="2",
)  # fmt: skip
CONSENT = evidence(
    "Consent means that no member of the group has a reasoned objection.", title="Consent", slug="consent", sha256="3"
)
SOURCES = evidence(
    "Kelly wrote about steward ownership in Owning Our Future in 2012.",
    title="Steward Ownership", slug="steward", section="Section 9: Sources", sha256="4",
)  # fmt: skip
TABLE = evidence("| steward ownership | votes of stewards | held in trust |", title="Steward Ownership", slug="steward")
NAMED = Entity("pattern", 1, "steward", "Steward Ownership", "steward ownership", 100.0)
OTHER = Entity("pattern", 2, "consent", "Consent", "consent", 100.0)
DIRECT = Route(RouteKind.DIRECT, "", (NAMED,))
PLAIN = Route(RouteKind.SEMANTIC, "")


def test_a_definition_comes_first_with_what_leans_on_it():
    text = written(build("What is steward ownership?", [AVOID, STEWARD], DIRECT))
    assert text.startswith(f"{STEWARD.text} [2]")


def test_the_section_that_fits_the_question_is_quoted():
    text = written(build("When should we not use steward ownership?", [STEWARD, AVOID], DIRECT))
    assert text.startswith(f"{AVOID.text} [2]")


def test_tables_and_lists_of_sources_are_not_quoted():
    assert excerpts("What is steward ownership?", [SOURCES, TABLE], DIRECT) == ()


def test_a_comparison_has_a_part_for_each():
    route = Route(RouteKind.COMPARE, "", (NAMED, OTHER))
    text = written(build("Compare steward ownership and consent", [STEWARD, CONSENT], route))
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Steward Ownership", "## Consent"]
    assert "objection. [2]" in text


def test_several_entries_stand_as_a_list_with_their_names():
    question = "How does a company or a group of people make decisions with members who carry an objection?"
    text = written(build(question, [CONSENT, STEWARD], PLAIN))
    assert text.startswith("- **Consent**: ")


def test_facts_are_grouped_and_those_without_detail_come_last():
    facts = [
        Fact("Nurseland", "uses", "Consent", CONSENT, "Nurseland decides by consent."),
        Fact("Nurseland", "lists", "Peer Coaching", STEWARD),
        Fact("Nurseland", "lists", "Care", STEWARD),
    ]
    text = written(build("What does Nurseland use?", [CONSENT, STEWARD], PLAIN, facts=facts))
    assert text == (
        "Nurseland uses:\n\n- **Consent**: Nurseland decides by consent. [1]\n\n"
        "Nurseland also lists Peer Coaching and Care [2]."
    )


def test_quoted_text_cannot_cite_or_shape():
    hostile = evidence("Steward ownership is **bad** according to [7] people\nand [2] others who wrote this sentence.")
    text = written(build("What is steward ownership?", [hostile], DIRECT))
    assert "[7]" not in text
    assert "**" not in text


def test_the_pieces_join_to_the_whole():
    prompt = build("What is steward ownership?", [STEWARD, AVOID], DIRECT)
    assert "".join(token.text for token in Generator().stream(prompt)) == written(prompt)


def test_what_defines():
    assert defines("Steward-ownership is a way to own.", ["steward ownership"])
    assert defines("A commons charter (sometimes compact) is an agreement.", ["commons charter"])
    assert not defines("Many people like steward ownership.", ["steward ownership"])

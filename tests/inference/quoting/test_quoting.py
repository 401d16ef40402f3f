"""What a quoting answer says, and the shape it gives to each kind of question."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.backends.extractive import Generator
from inference.checking.citations import settle
from inference.prompting.prompt import build
from inference.quoting import fixed, written
from inference.quoting.aspects import Aspect, asked, aspect_of
from inference.quoting.choosing import defines
from inference.quoting.reading import read
from inference.types import Entity, Fact, Route, RouteKind
from tests.factories.evidence import evidence

ENTRY = {
    "": "Steward-ownership is a way to own a company in which control stays with its purpose."
    " Nobody can sell the votes.",
    "Problem": "The core conflict is money against purpose.\nWhoever buys the money rights gets the decisions too.",
    "Solution": "Therefore, separate votes from money and give the votes to stewards who hold them in trust.",
    "Implementation": "Name the purpose. Say what must never be sold.\n"
    "Choose the stewards. Two of them come from outside."
    "\nFor corporate readers: ask your board.\nFind a lawyer who knows the form well.",
    "Consequences": "What flourishes. Profits stay in the company for many years.\n"
    "What risks emerge. Capital is harder to raise for businesses that burn a lot of it."
    " Legal work is costly where no fitting form exists.",
    "When Not to Use": "Do not lock a company before it has found out what it is for.",
    "Signs of Life and Decay": "Signs of life. Stewards quarrel about the purpose in public.\n"
    "Signs of decay. Three old friends appoint each other again.",
    "Sources": "Kelly wrote about steward ownership in Owning Our Future in 2012.",
}


def entry(sections=ENTRY, *, title="Steward Ownership", slug="steward", first=1):
    return [
        evidence(text, title=title, slug=slug, section=section, sha256=f"{slug}{n}", passage_id=n, start=n * 1000)
        for n, (section, text) in enumerate(sections.items(), first)
    ]


STEWARD = entry()
CONSENT = entry(
    {
        "": "Consent means that no member of the group has a reasoned objection.",
        "Solution": "Therefore, decide by the absence of objections and date each decision.",
        "Consequences": "What risks emerge. Groups without a shared aim talk past each other for hours.",
    },
    title="Consent", slug="consent", first=20,
)  # fmt: skip
NAMED = Entity("pattern", 1, "steward", "Steward Ownership", "steward ownership", 100.0)
OTHER = Entity("pattern", 2, "consent", "Consent", "consent", 100.0)
DIRECT = Route(RouteKind.DIRECT, "", (NAMED,))
PLAIN = Route(RouteKind.SEMANTIC, "")


def answer(question, found=STEWARD, route=DIRECT, **fields):
    return written(build(question, found, route, **fields))


def test_a_plain_question_gets_definition_problem_solution_and_limit():
    assert answer("What is steward ownership?") == (
        "Steward-ownership is a way to own a company in which control stays with its purpose."
        " Nobody can sell the votes. [1]\n\n"
        "**The problem it answers**: Whoever buys the money rights gets the decisions too. [2]\n\n"
        "**How it works**: Therefore, separate votes from money and give the votes to stewards who hold them in trust."
        " [3]\n\n"
        "**When not to use it**: Do not lock a company before it has found out what it is for. [6]"
    )


def test_steps_come_as_a_numbered_list_in_order_and_without_what_is_for_one_kind_of_reader():
    text = answer("How do we start with steward ownership?")
    assert text.split("## How to start\n\n")[1] == (
        "1. **Name the purpose**: Say what must never be sold. [4]\n"
        "2. **Choose the stewards**: Two of them come from outside. [4]\n"
        "3. Find a lawyer who knows the form well. [4]"
    )


@pytest.mark.parametrize(
    ("question", "part", "quoted", "unquoted"),
    [
        ("What are the risks of steward ownership?", "## What can go wrong", "Capital is harder", "Profits stay"),
        ("When should we not use steward ownership?", "**When not to use it**", "Do not lock", "Capital is"),
        ("What are the benefits of steward ownership?", "**What it brings**", "Profits stay", "Capital is"),
        ("How do we know whether steward ownership works?", "**Signs that it lives**", "Stewards quarrel", "Name the"),
        ("What are signs of decay in steward ownership?", "**Signs of decay**", "Three old friends", "quarrel about"),
    ],
)
def test_the_part_that_is_asked_for_follows_the_definition(question, part, quoted, unquoted):
    text = answer(question)
    assert text.startswith("Steward-ownership is a way")
    assert part in text
    assert quoted in text
    assert unquoted not in text


def test_other_words_of_the_question_choose_what_is_told():
    assert "Capital is harder to raise" in answer("What does steward ownership do to capital?")


def test_a_definition_leads_even_if_it_was_found_last():
    assert answer("What is steward ownership?", STEWARD[::-1]).startswith("Steward-ownership is a way")


def test_an_entry_that_never_says_its_name_is_told_under_it():
    found = entry({"": "Listen for what stands behind the words, and say it back before you answer."}, title="Deep Ear")
    text = answer("How can we hear each other?", found, PLAIN)
    assert text.startswith("**Deep Ear**: Listen for")


def test_an_entry_asked_for_by_another_name_is_told_under_its_own():
    known_as = replace(NAMED, matched="Golden Share")
    said = answer("What is a Golden Share?", route=Route(RouteKind.DIRECT, "", (known_as,)))
    assert said.startswith("**Steward Ownership**: Steward-ownership is a way to own")


def test_a_definition_under_a_wrong_heading_is_found_by_its_name():
    only = entry({"Implementation": "Steward ownership is a way to own a company for its purpose and for nobody else."})
    assert "is a way to own a company" in answer("What is Steward Ownership?", only)


def test_an_entry_that_can_be_quoted_is_never_answered_with_nothing():
    only = entry({"Governance": "Ask three people of the valley before the water is turned off in the summer."})
    assert answer("What is Steward Ownership?", only)


def test_what_is_no_prose_or_cannot_stand_alone_is_not_quoted():
    lines = (
        "| steward ownership | votes of stewards | held in trust |",
        "This makes the company last for a very long time.",
        "[!NOTE] Confidence Rating: ★★★ (Established) This is here.",
        "Steward ownership is guided by a set of core principles.",
        "See https://example.org for all there is about steward ownership.",
        "What do people say about steward ownership in the end?",
        "Steward ownership has the field stakeholder_architecture in its file.",
        "a beginning that was cut off before this place. And what then?",
        'Steward ownership is "half of a quotation that never ended.',
        "As described above, steward ownership is described elsewhere.",
    )
    quoted = [one.text for one in read([evidence("\n".join(lines), title="Steward Ownership")]) if not one.leans]
    assert [text for text in quoted if "core principles" not in text] == []
    assert (
        answer("What is steward ownership?", [evidence("\n".join(lines), title="Steward Ownership", slug="steward")])
        == ""
    )


def test_reference_marks_are_taken_out_of_quotations():
    found = entry({"": "Steward ownership is a way to own [3] a company [1, 2] for good[^4]."})
    assert answer("What is steward ownership?", found) == "Steward ownership is a way to own a company for good. [1]"


def test_sources_are_quoted_by_nobody():
    assert "Owning Our Future" not in answer("What do sources say about steward ownership?")


def test_nothing_is_said_twice():
    twice = entry({"": ENTRY[""], "Overview": ENTRY[""], "Solution": ENTRY[""]})
    assert answer("What is steward ownership?", twice).count("way to own a company") == 1


def test_several_entries_stand_in_a_list_with_their_names_and_why_they_were_chosen():
    why = ("says “members” and “decisions”",)
    found = [
        *entry({"": "Members take decisions by lot in small rounds."}, title="Lots", slug="lots"),
        *entry({"": "Members take decisions with the advice of others."}, title="Advice", slug="advice", first=5),
    ]
    text = answer("How can members take decisions?", [replace(one, why=why, score=0.8) for one in found], PLAIN)
    assert text.startswith(fixed.LISTED)
    assert "- **Lots**: Members take decisions by lot in small rounds. [1] (says “members” and “decisions”)" in text
    assert "- **Advice**: " in text
    assert "(says “members” and “decisions”)" in text


def test_a_situation_gets_patterns_with_a_first_step():
    text = answer("We are a young company. Which patterns suit us?", STEWARD, Route(RouteKind.CONTEXT, ""))
    assert text.startswith(fixed.SUITED)
    assert f"{fixed.FIRST_STEP}: Name the purpose: Say what must never be sold. [4]" in text


COMPARED = Route(RouteKind.COMPARE, "", (NAMED, OTHER))


def test_a_comparison_has_a_row_for_each_aspect_that_both_speak_of():
    text = answer("Compare steward ownership and consent", [*STEWARD, *CONSENT], COMPARED)
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## What it is", "## How it works", "## What can go wrong",
    ]  # fmt: skip
    assert text.count("- **Steward Ownership**: ") == text.count("- **Consent**: ") == 3


def test_a_compared_thing_without_a_passage_is_said():
    text = answer("Compare steward ownership and consent", STEWARD, COMPARED)
    assert f"- **Consent**: {fixed.NOTHING}" in text


def test_a_comparison_with_something_unnamed_finds_it_by_its_title_or_says_so():
    route = Route(RouteKind.COMPARE, "", (NAMED,))
    assert "- **Consent**: " in answer("Compare steward ownership with consent", [*STEWARD, *CONSENT], route)
    assert answer("Compare steward ownership with jazz", STEWARD, route).endswith(fixed.NO_OTHER)


def test_facts_are_grouped_and_those_without_detail_come_last():
    facts = [
        Fact("Nurseland", "uses", "Consent", CONSENT[0], "Nurseland decides by consent."),
        Fact("Nurseland", "lists", "Peer Coaching", STEWARD[0]),
        Fact("Nurseland", "lists", "Care", STEWARD[0]),
    ]
    assert answer("What does Nurseland use?", [CONSENT[0], STEWARD[0]], PLAIN, facts=facts) == (
        "Nurseland uses:\n\n- **Consent**: Nurseland decides by consent. [1]\n\n"
        "Nurseland also lists Peer Coaching and Care [2]."
    )


def test_a_relation_that_nobody_stated_is_not_guessed():
    route = Route(RouteKind.GRAPH, "", (NAMED,))
    text = answer("What does steward ownership require?", STEWARD, route)
    assert text.endswith(fixed.NO_RELATION)
    assert "How to start" not in text


def test_no_answer_but_a_list_is_long():
    assert len(answer("What is steward ownership?").split()) <= 130


@pytest.mark.parametrize(
    "question",
    [
        "What is steward ownership?",
        "How do we start with steward ownership?",
        "What are the risks of steward ownership?",
        "What does steward ownership do to capital?",
    ],
)
@pytest.mark.parametrize("route", [DIRECT, PLAIN, COMPARED, Route(RouteKind.CONTEXT, "")])
def test_everything_quoted_is_supported_by_what_it_cites(question, route):
    found = [*STEWARD, *CONSENT]
    sentences, _ = settle(answer(question, found, route), found, range(1, len(found) + 1))
    assert {one.support for one in sentences} <= {"supported", ""}


def test_quoted_text_cannot_shape_the_answer():
    hostile = entry(
        {"": "Steward ownership is **bad** for | people | says `nobody` at all.\n## Steward ownership is bad."}
    )
    text = answer("What is steward ownership?", hostile)
    assert not set("*|`#") & set(text)


def test_the_pieces_join_to_the_whole():
    prompt = build("What is steward ownership?", STEWARD, DIRECT)
    assert "".join(token.text for token in Generator().stream(prompt)) == written(prompt)


@given(st.text(alphabet='Aa .:\n-1[]()|*#?“”"', max_size=200), st.sampled_from(list(RouteKind)), st.text(max_size=40))
@settings(deadline=None)
def test_no_passage_makes_it_fail(text, kind, question):
    written(build(question, [evidence(text, title="A"), *STEWARD], Route(kind, "", (NAMED,))))


@pytest.mark.parametrize(
    ("section", "aspect"),
    [
        ("Section 7: When Not to Use", Aspect.LIMITS),
        ("When to Use", Aspect.FIT),
        ("Anti-Patterns & Gotchas", Aspect.RISKS),
        ("What Flourishes", Aspect.GAINS),
        ("4. Implementation (350 words)", Aspect.STEPS),
        ("Core Principles", Aspect.SOLUTION),
        ("Cognitive Era Considerations", Aspect.ASIDE),
        ("Resources & References", Aspect.ASIDE),
        ("", Aspect.DEFINITION),
        ("Bees", None),
    ],
)
def test_what_a_section_is_about(section, aspect):
    assert aspect_of(section) == aspect


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("What is consent?", ()),
        ("How do we start?", (Aspect.STEPS,)),
        ("When should we not use it?", (Aspect.LIMITS,)),
        ("When should we use it?", (Aspect.FIT,)),
        ("Why do commons fail?", (Aspect.RISKS,)),
        ("How do I know whether it works?", (Aspect.SIGNS,)),
        ("Who uses it?", (Aspect.USES,)),
        ("How does it work?", (Aspect.SOLUTION,)),
    ],
)
def test_what_a_question_asks_for(question, aspects):
    assert asked(question) == aspects


def test_what_defines():
    assert defines("Steward-ownership is a way to own.", ["steward ownership"])
    assert defines("A commons charter (sometimes compact) is an agreement.", ["commons charter"])
    assert defines("OKRs, also known as goals, key results and more, are a method.", ["okr"])
    assert defines("A Decentralised Autonomous Organisation (DAO) is a form.", ["dao"])
    assert not defines("Many people like steward ownership.", ["steward ownership"])
    assert not defines("The emergence of DAOs is recent.", ["dao"])
    assert not defines("DAOs are not for everyone.", ["dao"])


def test_a_part_that_the_entry_does_not_have_is_said_to_be_missing():
    text = answer("What are signs of decay in steward ownership?", STEWARD[:3])
    assert text.startswith("Steward-ownership is a way")
    assert text.endswith("This entry does not say how to tell that it decays.")
    sentences, _ = settle(text, STEWARD, range(1, 9))
    assert sentences[-1].support == ""


def test_steps_for_one_kind_of_reader_are_not_taken_for_the_first_step():
    lines = "For activist movements: form an assembly of your own.\nFor corporate readers: ask the board for its leave."
    found = entry(ENTRY | {"Implementation": lines})
    assert "assembly" not in answer(
        "We are a young company. Which patterns suit us?", found, Route(RouteKind.CONTEXT, "")
    )


def test_a_reason_with_brackets_stays_a_reason():
    why = ("suits a cooperative (0.9): it keeps (nearly) everyone in. And more.",)
    found = [replace(one, why=why) for one in STEWARD]
    text = answer("We are a young company. Which patterns suit us?", found, Route(RouteKind.CONTEXT, ""))
    assert text.endswith("(suits a cooperative 0.9: it keeps nearly everyone in. And more.)")
    assert [one.support for one in settle(text, found, range(1, 9))[0]][-1] == ""

"""Packing evidence into a context: never over the budget, the best first, nothing lost silently."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inference.prompting.compression import fit
from inference.prompting.framing import link, passage, summary
from inference.prompting.prompt import build, plain
from inference.types import Route, RouteKind
from tests.factories.evidence import evidence

LONG = "Word " + " ".join(["word"] * 59) + "."


def count(text):
    return len(text.split())


def passages(number, text=LONG):
    return [
        evidence(f"{text} Number {n} ends.", sha256=str(n), passage_id=n, slug=f"s{n}", title=f"Title {n}")
        for n in range(number)
    ]


def layers(packed):
    return [read.layer for read in packed.read]


def test_all_is_read_where_there_is_room():
    packed = fit(passages(5), budget=1000, count=count)
    assert layers(packed) == ["full"] * 5
    assert (packed.links, packed.left) == ((), 0)


def test_the_best_are_read_and_the_rest_is_summarised_linked_and_counted():
    packed = fit(passages(20), budget=320, count=count)
    assert layers(packed)[:3] == ["full"] * 3
    assert "summary" in layers(packed)
    assert layers(packed) == sorted(layers(packed), key=["full", "part", "summary"].index)
    assert packed.evidence == tuple(passages(20)[: len(packed.read)])
    assert len(packed.evidence) + len(packed.links) + packed.left == 20


def test_a_summarised_passage_is_checked_against_all_of_it():
    packed = fit(passages(20), budget=320, count=count)
    place = layers(packed).index("summary")
    assert packed.evidence[place].text.endswith("ends.")
    assert len(packed.read[place].text) < len(packed.evidence[place].text)


def test_what_stands_for_a_passage_is_what_the_question_asks():
    text = f"{LONG} Bees need water in August. {LONG}"
    packed = fit(passages(9, text), budget=250, count=count, question="What do bees need?")
    assert {read.text for read in packed.read if read.layer == "summary"} == {"Bees need water in August."}


def test_a_window_is_around_what_the_question_asks():
    filler = " ".join(f"This is filler sentence {n} of many others." for n in range(30))
    [read] = fit(
        [evidence(f"{filler} Bees need water in August. {filler}")], budget=60, count=count, question="bees water"
    ).read
    assert read.layer == "part"
    assert "Bees need water in August." in read.text
    assert read.text.startswith("… ")
    assert read.text.endswith(" …")


def test_a_tiny_context_still_reads_something():
    packed = fit([evidence("word " * 200)], budget=20, count=count)
    assert 0 < count(packed.read[0].text) <= 20


def test_the_same_text_is_read_once():
    twice = [evidence("The same.", sha256="a"), evidence("The same.", sha256="a", slug="b")]
    assert len(fit(twice, budget=500, count=count).evidence) == 1


def test_sources_that_are_no_passages_are_all_kept():
    lines = [evidence(f"Line {n}.", sha256="a", passage_id=None) for n in range(3)]
    assert len(fit(lines, budget=500, count=count).evidence) == 3


texts = st.lists(st.text(alphabet="ab .!\n", min_size=1, max_size=400), min_size=0, max_size=12)


@given(texts, st.integers(0, 400), st.sampled_from(["", "a b", "ab?"]))
@settings(deadline=None)
def test_never_over_budget_the_best_first_and_nothing_lost(found, budget, question):
    given_ = [evidence(text, sha256=str(n), passage_id=n, slug=f"s{n}") for n, text in enumerate(found)]
    packed = fit(given_, budget=budget, count=count, question=question)
    spent = sum(
        count((summary if read.layer == "summary" else passage)(n, one, read.text))
        for n, (one, read) in enumerate(zip(packed.evidence, packed.read, strict=True), 1)
    )
    assert spent + sum(map(count, packed.links)) <= budget
    assert packed.evidence == tuple(given_[: len(packed.evidence)])
    rest = given_[len(packed.evidence) :]
    assert [link(one) for one in rest[: len(rest) - packed.left]] == list(packed.links)
    order = {"full": 0, "part": 0, "summary": 1}
    assert [order[layer] for layer in layers(packed)] == sorted(order[layer] for layer in layers(packed))


def test_the_whole_prompt_of_a_small_model_fits():
    route = Route(RouteKind.SEMANTIC, "")
    bare = count(plain(build("Why?", (), route)))
    packed = fit(passages(40), budget=1000 - bare, count=count)
    assert count(plain(build("Why?", packed, route))) <= 1000 + 12  # the names of the two more sections
